"""A program that saves and says so, to be traced: `python -m tests.torture.traced store|stock FOLDER SAVES`."""

import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from tinydb import TinyDB

from facilitator.store import codec, history, storage
from facilitator.store.store import Store
from tests.torture.states import number_of, save_next, state_at

Acknowledge = Callable[[int], None]


def save_in_store(folder: Path, saves: int, acknowledge: Acknowledge) -> None:
    """Make a store and save, with a copy at every save and a history that is shortened every few saves."""
    store = Store(folder, cache=folder.with_name("cache"), who="traced")
    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(storage, "COPY_EVERY", 0.0))
        stack.enter_context(mock.patch.object(history, "MAX_BYTES", 60_000))
        opened = store.create(state_at(0))
        acknowledge(0)
        for _ in range(saves):
            opened = save_next(store, opened)
            acknowledge(number_of(opened.session))


def save_in_stock(folder: Path, saves: int, acknowledge: Acknowledge) -> None:
    """Save the same through TinyDB's own storage."""
    folder.mkdir()
    with TinyDB(folder / "stock.json") as database:
        for number in range(saves + 1):
            database.storage.write(tables(number))
            acknowledge(number)


def tables(number: int) -> Any:
    """Return a state as TinyDB has it."""
    return json.loads(codec.dumps(state_at(number)))


def main(kind: str, folder: str, saves: str) -> None:
    """Save and say so."""
    saving = {"store": save_in_store, "stock": save_in_stock}[kind]
    saving(Path(folder), int(saves), lambda number: _say(f"ack {number}\n"))


def _say(text: str) -> None:
    os.write(1, text.encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
