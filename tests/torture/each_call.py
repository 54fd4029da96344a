"""A save of which one system call after the other fails: the session stays as it was or becomes what was saved."""

import contextlib
import errno
import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest import mock

from facilitator.model import edits
from facilitator.model.session import Parked, Session
from facilitator.store import history, storage
from facilitator.store.errors import SaveError, StoreError
from facilitator.store.history import state
from facilitator.store.opening import Opened
from facilitator.store.store import Store
from tests.torture.calls import hooked
from tests.torture.reporting import Line
from tests.torture.states import ID, save_next, state_at
from tests.torture.trial import begun, left_over, looked_at, store_in

WRONG = (
    "lost", "unreadable", "not as said", "not saved again", "history wrong", "left over", "descriptors left",
)  # fmt: skip
LONG_AGO = 1_700_000_000


@dataclass(frozen=True)
class Failure:
    """What a call does instead of what it should: it fails with this number, or writes only half if there is none.

    With `lasting`, so do all after it.
    """

    name: str
    number: int | None
    lasting: bool = False


FAILURES = (
    Failure("EIO once", errno.EIO),
    Failure("EIO from then on", errno.EIO, lasting=True),
    Failure("ENOSPC once", errno.ENOSPC),
    Failure("ENOSPC from then on", errno.ENOSPC, lasting=True),
    Failure("EINTR once", errno.EINTR),
    Failure("half written once", None),
    Failure("half written from then on", None, lasting=True),
)


class _Breaker:
    """Answers calls, and lets the one of a number fail."""

    def __init__(self, failure: Failure, at: int) -> None:
        self.calls = 0
        self._failure, self._at = failure, at

    def __call__(self, name: str, real: Any, *arguments: Any, **named: Any) -> Any:
        self.calls += 1
        failing = self.calls == self._at or (self._failure.lasting and self.calls > self._at)
        if not failing:
            return real(*arguments, **named)
        number = self._failure.number
        if number is None:
            return _half(name, real, *arguments, **named)
        if name == "close":
            # What is closed with an error is closed.
            real(*arguments)
        raise OSError(number, os.strerror(number))


def lines(folder: Path) -> Iterator[Line]:
    """Let each call of each kind of save fail in each way."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(line, folder), FAILURES)


def line(folder: Path, failure: Failure) -> Line:
    """Let each call of each kind of save fail in one way."""
    found: Counter[str] = Counter()
    details: list[str] = []
    for kind in KINDS:
        for at in count(1):
            trials = folder / f"{failure.name} {kind} {at}".replace(" ", "-")
            result, done = broken_save(trials, kind, failure, at)
            found += result
            details += [f"{kind}, call {at}: {name}" for name in WRONG if result[name]]
            if done:
                break
    tried = f"{found['calls']:,} calls of {len(KINDS)} kinds of saves"
    wrong = {name: found[name] for name in WRONG}
    return Line(f"a call fails: {failure.name}", tried, wrong, {"refused": found["refused"]}, details=tuple(details))


def broken_save(folder: Path, kind: str, failure: Failure, at: int) -> tuple[Counter[str], bool]:
    """Let the call of a number fail in a save, and save again.

    Returns what was wrong, and whether the save had fewer calls.
    """
    found: Counter[str] = Counter()
    store, opened = begun(folder)
    theirs = KINDS[kind](folder, opened)
    breaker, descriptors = _Breaker(failure, at), _descriptors()
    saved = None
    with _in_a_hurry(kind):
        try:
            with hooked(breaker):
                saved = save_next(store, opened)
        except SaveError as error:
            found["refused"] += 1
            found["not as said"] += error.error.errno != failure.number
        except StoreError:
            found["not as said"] += 1
    found["calls"] += breaker.calls >= at
    found["descriptors left"] += _descriptors() != descriptors
    expected = theirs(state_at(2))
    found += looked_at(folder, [expected] if saved else [expected, theirs(opened.session)])
    if saved is None:
        try:
            saved = save_next(store, opened)
        except StoreError:
            found["not saved again"] += 1
    else:
        expected = edits.set_field(saved.session, "resolution", "once more")
        saved = store.save(saved, expected)
    found["not saved again"] += saved is None or saved.session != expected
    found += looked_at(folder, [expected])
    found["history wrong"] += state(store.history(ID)) != store_in(folder).open(ID).session
    found["left over"] += left_over(store)
    return found, breaker.calls < at


Change = Callable[[Session], Session]


def _plain(_folder: Path, _opened: Opened) -> Change:
    return lambda session: session


def _merging(folder: Path, opened: Opened) -> Change:
    """Let another program save first."""
    other = Store(folder / "store", cache=folder / "cache of another", who="other")

    def with_theirs(session: Session) -> Session:
        return edits.add(session, Parked(id="THEIRS", text="theirs"))

    other.save(opened, with_theirs(opened.session))
    return with_theirs


def _first(_folder: Path, opened: Opened) -> Change:
    """Take the working folder away, with the lock, the copies and the history."""
    for path in sorted((opened.path.parent / storage.WORKING).rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (opened.path.parent / storage.WORKING).rmdir()
    return lambda session: session


def _of_long_ago(_folder: Path, opened: Opened) -> Change:
    """Give the file a time long ago, so that it is kept as the copy of that day."""
    os.utime(opened.path, (LONG_AGO, LONG_AGO))
    return lambda session: session


KINDS: dict[str, Callable[[Path, Opened], Change]] = {
    "plain": _plain,
    "merging": _merging,
    "first": _first,
    "with all copies": _of_long_ago,
}
"""Kinds of saves, by how they are prepared; the result makes what is saved of a state what will be in the file."""


@contextlib.contextmanager
def _in_a_hurry(kind: str) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        if kind == "with all copies":
            stack.enter_context(mock.patch.object(storage, "COPY_EVERY", 0.0))
            stack.enter_context(mock.patch.object(history, "MAX_BYTES", 10_000))
        yield


def _half(name: str, real: Any, *arguments: Any, **named: Any) -> Any:
    if name == "write":
        return real(arguments[0], bytes(arguments[1])[: max(1, len(arguments[1]) // 2)])
    if name == "writev":
        return real(arguments[0], arguments[1][: max(1, len(arguments[1]) // 2)])
    return real(*arguments, **named)


def _descriptors() -> int:
    """Return how many descriptors are open, 0 where that is not known."""
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0
