"""What is known of a session apart from its file: the last good copy, the copies of earlier days, the history."""

import contextlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path

import msgspec

from facilitator.model.changes import header
from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.session import Session
from facilitator.store import codec
from facilitator.store.daily import daily_copies
from facilitator.store.errors import UnreadableError
from facilitator.store.history import History, state
from facilitator.store.steps import Recorded
from facilitator.store.storage import backup_of, read_file


class Past(msgspec.Struct, frozen=True):
    """The values that the items of a session had, by id, and those of its header."""

    items: dict[str, tuple[Item, ...]] = {}
    headers: tuple[Session, ...] = ()


class Earlier(msgspec.Struct, frozen=True):
    """A state that a session once had, when that was, and where it is known from."""

    session: Session
    at: datetime
    source: str


class Known(msgspec.Struct, frozen=True):
    """The last good state of a session, None when there is none, and the values of the past, newest first."""

    last: Earlier | None = None
    past: Past = Past()


_AT = attrgetter("at")


def known_of(path: Path, *ids: str) -> Known:
    """Return what is known of the session in a file of the store, whatever the file holds now.

    `ids` are those that it may have. An empty one among them, or none at all, says that it may be any: that of the
    newest copy of a file of this name.
    """
    states = list(_copies(path))
    found = [each for each in states if each.session.id in ids]
    if not found and "" in (ids or ("",)):
        found = states
    session_id = max(found, key=_AT).session.id if found else next((each for each in ids if each), "")
    states = [each for each in states if each.session.id == session_id]
    steps, unreadable = steps_of(path.parent, session_id) if session_id else ((), 0)
    recorded = state(steps)
    # Where lines are missing nobody knows what was in them.
    if recorded is not None and not (unreadable and states):
        states.append(Earlier(recorded, steps[-1].at, "its history"))
    states.sort(key=_AT, reverse=True)
    parts = [part for each in states for part in _parts_of_session(each.session)]
    return Known(states[0] if states else None, past_of([*parts, *reversed(tuple(parts_of(steps)))]))


def past_of(parts: Iterable[Item | Session]) -> Past:
    """Return values of items and headers sorted by what they are values of, each once, in the order that they have."""
    values: dict[str, dict[bytes, Item]] = {}
    headers: dict[bytes, Session] = {}
    for part in parts:
        key = msgspec.json.encode(part)
        if isinstance(part, Session):
            headers.setdefault(key, part)
        else:
            values.setdefault(part.id, {}).setdefault(key, part)
    return Past({key: tuple(each.values()) for key, each in values.items()}, tuple(headers.values()))


def parts_of(steps: Iterable[Recorded]) -> Iterator[Item | Session]:
    """Yield all values of items and headers in the steps of a history, in their order."""
    for step in steps:
        if step.state is not None:
            yield from _parts_of_session(step.state)
        for change in step.changes:
            yield from (part for part in (change.before, change.after) if part is not None)


def steps_of(store: Path, session_id: str) -> tuple[tuple[Recorded, ...], int]:
    """Return the steps in the history of a session, oldest first, and the number of lines that cannot be read."""
    history = History(store, session_id)
    try:
        raw, _ = read_file(history.path)
    except (OSError, UnreadableError):
        return (), 0
    steps = history.read()
    return steps, sum(map(bool, raw.split(b"\n"))) - len(steps)


def _copies(path: Path) -> Iterator[Earlier]:
    copies = [
        (backup_of(path), "its last good copy"),
        *((each, "a copy of an earlier day") for each in daily_copies(path)),
    ]
    for copy, source in copies:
        with contextlib.suppress(OSError, UnreadableError):
            raw, revision = read_file(copy)
            at = datetime.fromtimestamp(revision.modified // 1_000_000_000, UTC)
            yield Earlier(codec.loads(raw, copy), at, source)


def _parts_of_session(session: Session) -> Iterator[Item | Session]:
    yield header(session)
    for name in LISTS.values():
        yield from getattr(session, name)
