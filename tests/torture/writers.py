"""Programs that save one session at the same time: every text of each is in the file at the end, or in a conflict."""

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from queue import Empty
from typing import Any

import msgspec

from facilitator.model import edits
from facilitator.model.conflicts import Settlement, settle
from facilitator.model.item import Item
from facilitator.model.moments import Moment
from facilitator.model.session import Action, Entry, Parked, Session
from facilitator.store import codec
from facilitator.store.errors import StoreError
from facilitator.store.history import state
from facilitator.store.opening import Opened, read_opened
from facilitator.store.store import Store
from tests.app.terminal import ENTER, PROGRAM, TAB, Terminal, environment
from tests.benchmarks import made
from tests.torture.options import Options
from tests.torture.reporting import Line
from tests.torture.states import ID, step

NAMES = ("ada", "bo", "cy", "di")
SHARED = 12
MOST_OWN = 40
LINES = 50
_WORD = re.compile(r"\bt[a-z]+\d+\b")


@dataclass
class Told:
    """What one program tells at its end: the texts that it owes, what it counted, and the session as it sees it."""

    added: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    counted: Counter[str] = field(default_factory=Counter)
    seen: str = ""


def lines(options: Options) -> Iterator[Line]:
    """Let four programs edit one session, then two copies of the app."""
    yield _programs(options.folder / "writers", options.edits)
    yield _apps(options.folder / "apps")


def _programs(folder: Path, edits_made: int) -> Line:
    store, each = Store(folder / "store", cache=folder / "cache"), edits_made // len(NAMES)
    path = store.create(_begin()).path
    context = get_context("spawn")
    barrier, told = context.Barrier(len(NAMES)), context.Queue()
    programs = [context.Process(target=write, args=(store.path, name, each, barrier, told)) for name in NAMES]
    began = time.monotonic()
    for program in programs:
        program.start()
    found, reads, unreadable = _read_meanwhile(path, told)
    took = time.monotonic() - began
    for program in programs:
        program.join()
    at_end, counted = read_opened(path).session, sum((each.counted for each in found), Counter())
    added, given_up = (set().union(*(getattr(each, name) for each in found)) for name in ("added", "given_up"))
    recorded = store.history(ID)
    return Line(
        f"{len(NAMES)} programs on one session",
        f"{counted['edits']:,} edits, {counted['edits'] / took:,.0f}/s",
        {
            "texts lost": len(added - given_up - texts(at_end)),
            "refused": counted["refused"],
            "unreadable": unreadable,
            "history wrong": int(state(recorded) != at_end),
            "views wrong": sum(each.seen != digest(at_end) for each in found) + len(NAMES) - len(found),
        },
        {
            "merges": counted["merges"],
            "texts": len(added),
            "conflicts made": counted["conflicts"],
            "left": len(at_end.conflicts),
            "reads": reads,
        },
    )


def _read_meanwhile(path: Path, told: Any) -> tuple[list[Told], int, int]:
    """Read the file again and again until every program has told; return what they told, reads, and failed reads."""
    found: list[Told] = []
    reads = unreadable = 0
    silent = 0
    while len(found) < len(NAMES) and silent < 10_000:
        try:
            found.append(told.get(timeout=0.03))
        except Empty:
            silent += 1
        reads += 1
        try:
            read_opened(path)
        except (StoreError, OSError):
            unreadable += 1
    return found, reads, unreadable


def write(folder: Path, name: str, count: int, barrier: Barrier, told: Any) -> None:
    """Make so many edits, each saved on its own, on a copy of the session that is opened once; tell what they were."""
    chance, tell = random.Random(name), Told()
    store = Store(folder, cache=folder.parent / f"cache of {name}", who=name, timeout=60)
    opened = store.open(ID)
    barrier.wait()
    for number in range(count):
        after = _edited(opened.session, name, number, chance)
        opened = _saved(store, opened, after, number, tell)
        if chance.random() < 0.2:
            time.sleep(chance.uniform(0, 0.01))
    barrier.wait()
    tell.seen = digest(store.look(opened).session)
    told.put(tell)


def _saved(store: Store, opened: Opened, after: Session, number: int, tell: Told) -> Opened:
    before = opened.session
    tell.counted["edits"] += 1
    try:
        saved = store.save(opened, after, (step(before, after, f"edit {number}"),))
    except StoreError:
        tell.counted["refused"] += 1
        return opened
    tell.counted["merges"] += saved.session is not after
    tell.counted["conflicts"] += max(0, len(saved.session.conflicts) - len(after.conflicts))
    there = texts(before), texts(after)
    tell.added |= there[1] - there[0]
    # What somebody takes away who has seen it is not owed any more.
    tell.given_up |= there[0] - there[1]
    return saved


def _edited(session: Session, name: str, number: int, chance: random.Random) -> Session:
    """Return a session after an edit that people make: of a new item, a field, an order, an item of one's own."""
    text, own = f"t{name}{number}", [item for item in _items(session) if f"{name}-" in item.id]
    shared = [item for item in _items(session) if item.id.startswith("SHARED")]
    kind = chance.random()
    if session.conflicts and kind < 0.1:
        return settle(session, chance.choice(session.conflicts), chance.choice((Settlement.KEEP, Settlement.OTHER)))
    if kind < 0.35 or not own:
        item_id = f"{name}-{number}"
        moment = Moment(made.BEGAN)
        new: tuple[Item, ...] = (
            Parked(id=item_id, text=text),
            Entry(id=item_id, text=text, at=moment),
            Action(id=item_id, text=text),
        )
        return edits.add(session, chance.choice(new))
    if kind < 0.6:
        return edits.change(session, chance.choice(shared).id, **{chance.choice(("text", "owner")): text})
    if kind < 0.7:
        return edits.set_field(session, chance.choice(("summary", "impact.prose")), text)
    if kind < 0.8 and len(own) < MOST_OWN:
        return edits.move(session, chance.choice([*shared, *own]).id, chance.randint(-5, 5))
    return edits.remove(session, chance.choice(own).id)


def texts(session: Session) -> set[str]:
    """Return all the texts of a trial that are anywhere in a session, its conflicts included."""
    return set(_WORD.findall(codec.dumps(session).decode()))


def digest(session: Session) -> str:
    """Return what tells one state of a session from another."""
    return sha256(codec.dumps(session)).hexdigest()


def _items(session: Session) -> list[Item]:
    return [*session.parking_lot, *session.timeline, *session.actions]


def _begin() -> Session:
    shared = tuple(Action(id=f"SHARED{number}", rank=number, text=f"shared {number}") for number in range(SHARED))
    return msgspec.structs.replace(made.session(random.Random(made.SEED)), id=ID, actions=shared, timeline=())


def _apps(folder: Path) -> Line:
    """Type lines into two copies of the app that have one session open."""
    store = Store(folder / "store", cache=folder / "cache")
    began = made.BEGAN
    first = Entry(id="01FIRST", at=Moment(began), text="the first")
    store.create(Session(id=ID, title="Typed", created=began, timeline=(first,)))
    names = ("left", "right")
    began_at = time.monotonic()
    with ThreadPoolExecutor(len(names)) as threads:
        list(threads.map(partial(_typed, folder), names))
    took = time.monotonic() - began_at
    at_end = store.open(ID).session
    written = [entry.text for entry in at_end.timeline]
    wanted = [f"{name} {number}" for name in names for number in range(LINES)]
    return Line(
        f"{len(names)} copies of the app on one session",
        f"{len(wanted)} lines typed, {len(wanted) / took:,.0f}/s",
        {
            "lost": len(set(wanted) - set(written)),
            "twice": len(written) - len(set(written)),
            "history wrong": int(state(store.history(ID)) != at_end),
            "conflicts": len(at_end.conflicts),
        },
    )


def _typed(folder: Path, name: str) -> None:
    env = environment(folder / name, FACILITATOR_STORE=str(folder / "store"))
    with Terminal([PROGRAM, "open", ID], env, cwd=folder, columns=100, rows=30) as terminal:
        terminal.wait_until(lambda screen: "Incident" in _top(screen))
        terminal.send(TAB)
        terminal.wait_until(lambda screen: "Timeline" in _top(screen))
        for number in range(LINES):
            terminal.send(f"+1m {name} {number}".encode() + ENTER)
            terminal.wait_until(partial(_is_saved, f"  {name} {number} "))


def _is_saved(text: str, screen: str) -> bool:
    """Tell whether a screen has a text in one of its rows, and says that everything is saved."""
    return _top(screen).endswith("saved") and any(text in f"{line} " for line in screen.split("\n"))


def _top(screen: str) -> str:
    return screen.split("\n", 1)[0]
