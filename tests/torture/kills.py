"""Programs that are killed while they save: nothing that was acknowledged is lost, and the file is always whole."""

import contextlib
import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from unittest import mock

from tinydb import TinyDB

from facilitator.store import history, storage
from facilitator.store.errors import StoreError
from facilitator.store.history import state
from facilitator.store.store import Store
from tests.store.saver import killed_child
from tests.torture.options import Options
from tests.torture.reporting import Line
from tests.torture.states import ID, label_of, number_of, save_next, state_at
from tests.torture.traced import tables
from tests.torture.trial import left_over

KILLS_OF_A_ROUND = 25
PAUSE = 0.004
"""Seconds within which the kill falls after some acknowledgement: about two saves."""


@dataclass(frozen=True)
class Round:
    """Some kills in a store of their own. In a `busy` one copies are made and histories shortened at every turn."""

    folder: Path
    seed: int
    kills: int
    busy: bool = False


def lines(options: Options) -> Iterator[Line]:
    """Kill programs that save through the store, then such as save through TinyDB's own storage."""
    rounds = [
        Round(options.folder / f"kills-{seed}", seed, kills, busy=seed % 3 == 2)
        for seed, kills in enumerate(_portions(options.kills))
    ]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        ours = sum(pool.map(killed_in_store, rounds), Counter())
        yield Line(
            "saves killed, the store",
            f"{ours['kills']:,} kills, {ours['saves']:,} saves",
            {name: ours[name] for name in ("lost", "unreadable", "half", "history wrong", "steps lost", "left over")},
        )
        stock = sum(pool.map(killed_in_stock, rounds), Counter())
        yield Line(
            "saves killed, TinyDB's own storage",
            f"{stock['kills']:,} kills, {stock['saves']:,} saves",
            found={name: stock[name] for name in ("lost", "unreadable")},
            compared=True,
        )


def killed_in_store(task: Round) -> Counter[str]:
    """Return what some kills left behind."""
    chance, found = random.Random(task.seed), Counter(kills=task.kills)
    store = _store(task)
    number = number_of(store.create(state_at(0)).session)
    for _ in range(task.kills):
        last = killed_child(partial(_save_for_ever, task), chance, pause=PAUSE)
        number = _looked_at(_store(task), number, last or number, found, busy=task.busy)
        if number < 0:
            break
    found["left over"] += left_over(store)
    return found


def _looked_at(store: Store, before: int, last: int, found: Counter[str], *, busy: bool) -> int:
    """Look at what a kill left behind and save once more; return the number of the state then, -1 when that fails."""
    found["saves"] += last - before
    try:
        opened = store.open(ID)
    except StoreError:
        found["unreadable"] += 1
        return -1
    number = number_of(opened.session)
    found["lost"] += max(0, last - number)
    found["half"] += number > last + 1 or opened.session != state_at(number)
    if not busy:
        labels = {step.label for step in store.history(ID)}
        found["steps lost"] += sum(label_of(each) not in labels for each in range(before + 1, last + 1))
    with _in_a_hurry(busy):
        saved = save_next(store, opened)
    found["history wrong"] += state(store.history(ID)) != saved.session
    return number_of(saved.session)


def _save_for_ever(task: Round, acknowledge: Callable[[int], None]) -> None:
    store = _store(task)
    opened = store.open(ID)
    with _in_a_hurry(task.busy):
        while True:
            opened = save_next(store, opened)
            acknowledge(number_of(opened.session))


@contextlib.contextmanager
def _in_a_hurry(busy: bool) -> Iterator[None]:
    """Let every save make a copy, and shorten the history every few saves, if the round is a busy one."""
    with contextlib.ExitStack() as stack:
        if busy:
            stack.enter_context(mock.patch.object(storage, "COPY_EVERY", 0.0))
            stack.enter_context(mock.patch.object(history, "MAX_BYTES", 60_000))
        yield


def killed_in_stock(task: Round) -> Counter[str]:
    """Return what the same kills left behind of the same sessions in TinyDB's own storage."""
    chance, found = random.Random(task.seed), Counter(kills=task.kills)
    path = task.folder / "stock.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    number = 0
    path.write_text(json.dumps(tables(number)))
    for _ in range(task.kills):
        last = killed_child(partial(_save_stock, path, number), chance, pause=PAUSE) or number
        found["saves"] += last - number
        try:
            number = int(json.loads(path.read_text())["session"][ID]["trigger"])
            found["lost"] += max(0, last - number)
        except ValueError:
            found["unreadable"] += 1
            number = last
            path.write_text(json.dumps(tables(number)))
    return found


def _save_stock(path: Path, number: int, acknowledge: Callable[[int], None]) -> None:
    with TinyDB(path) as database:
        while True:
            number += 1
            database.storage.write(tables(number))
            acknowledge(number)


def _store(task: Round) -> Store:
    return Store(task.folder / "store", cache=task.folder / "cache", who="tortured")


def _portions(kills: int) -> Iterator[int]:
    while kills > 0:
        yield min(kills, KILLS_OF_A_ROUND)
        kills -= KILLS_OF_A_ROUND
