"""The lines of a history: a step as JSON and back. What is read may have been written by anybody."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from facilitator.model.changes import Change, Part
from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.session import Entry, Session
from facilitator.model.text import one_line
from facilitator.store import codec
from facilitator.store.codec import FORMAT, cleaned_json
from facilitator.store.errors import StoreError
from facilitator.store.steps import Recorded, Turn, named
from facilitator.store.storage import NO_FILE, Revision

BEGIN = b'{"format":%d,' % FORMAT
"""How every line begins that this version understands."""

REFUSALS = (msgspec.MsgspecError, ValueError, TypeError, KeyError, OverflowError, RecursionError, StoreError)
"""What is raised for a line, or for a session, that makes no sense."""

_ID = re.compile("[A-Za-z0-9_-]{1,64}")
_KINDS: dict[str, type[Part]] = {"session": Session} | {name: kind for kind, name in LISTS.items()}


class _Written(msgspec.Struct, frozen=True, omit_defaults=True):
    table: str
    before: Any = None
    after: Any = None


class _Read(msgspec.Struct, frozen=True):
    table: str
    before: msgspec.Raw = msgspec.Raw(b"null")
    after: msgspec.Raw = msgspec.Raw(b"null")


class _Line(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    format: int
    revision: tuple[int, int, int]
    id: str
    at: datetime
    by: str
    label: str
    turn: Turn = Turn.DONE
    of: str = ""


class _LineWritten(_Line, frozen=True, omit_defaults=True, kw_only=True):
    state: Session | None = None
    changes: tuple[_Written, ...] = ()


class _LineRead(_Line, frozen=True, kw_only=True):
    state: Session | None = None
    changes: tuple[_Read, ...] = ()


class _Mark(msgspec.Struct, frozen=True):
    revision: tuple[int, int, int]


class _Age(msgspec.Struct, frozen=True):
    at: datetime


def is_id(text: str) -> bool:
    """Tell whether a text can be the id of a session or an item: it has nothing in it that leads elsewhere."""
    return _ID.fullmatch(text) is not None


def encoded_lines(steps: Sequence[Recorded], revision: Revision) -> list[bytes]:
    """Return the lines of a save. Only the last one has the revision, so that a part of them is no whole save."""
    return [*(_encoded(each, NO_FILE) for each in steps[:-1]), _encoded(steps[-1], revision)]


def revision_in(line: bytes) -> Revision | None:
    """Return the revision that a line leads to, NO_FILE when it is not the last one of a save; None for nonsense."""
    try:
        return Revision(*msgspec.json.decode(line, type=_Mark).revision)
    except REFUSALS:
        return None


def time_in(line: bytes) -> datetime | None:
    """Return when the step of a line was made, aware; None for nonsense."""
    try:
        at = msgspec.json.decode(line, type=_Age).at
    except REFUSALS:
        return None
    return at if at.tzinfo is not None else None


def _encoded(recorded: Recorded, revision: Revision) -> bytes:
    changes = tuple(_Written(_table(change.part), change.before, change.after) for change in recorded.changes)
    line = _LineWritten(
        format=FORMAT,
        revision=(revision.modified, revision.size, revision.inode),
        id=recorded.id,
        at=recorded.at,
        by=recorded.by,
        label=recorded.label,
        turn=recorded.turn,
        of=recorded.of,
        state=recorded.state,
        changes=changes,
    )
    return msgspec.json.encode(line) + b"\n"


def _table(part: Part) -> str:
    return LISTS[type(part)] if isinstance(part, Item) else "session"


def decoded(raw: bytes, session_id: str) -> Recorded | None:
    """Return what a line says about the session of this id, its text cleaned, or None when that makes no sense."""
    try:
        line = msgspec.json.decode(cleaned_json(raw), type=_LineRead)
        if line.format != FORMAT or line.at.tzinfo is None:
            return None
        whole = codec.loads(codec.dumps(line.state)) if line.state is not None else None
        if whole is not None and whole.id != session_id:
            return None
        return Recorded(
            id=line.id,
            at=line.at.astimezone(UTC),
            by=named(line.by),
            label=one_line(line.label),
            turn=line.turn,
            of=line.of,
            state=whole,
            changes=tuple(_change(change, session_id) for change in line.changes),
        )
    except REFUSALS:
        return None


def _change(read: _Read, session_id: str) -> Change:
    """Return a change with what the file of a session would give back. Raises what is in REFUSALS."""
    kind = _KINDS[read.table]
    before, after = (_part(raw, kind, session_id) for raw in (read.before, read.after))
    if before is None and after is None:
        raise ValueError("a change of nothing")
    if before is not None and after is not None and before.id != after.id:
        raise ValueError("a change of two items")
    return Change(before, after)


def _part(raw: msgspec.Raw, kind: type[Part], session_id: str) -> Part | None:
    part = msgspec.json.decode(raw, type=kind | None)
    if isinstance(part, Session):
        if part.id != session_id or part.created.tzinfo is None or any(getattr(part, name) for name in LISTS.values()):
            raise ValueError("no header of this session")
        return msgspec.structs.replace(part, created=part.created.astimezone(UTC))
    if part is not None and not is_id(part.id):
        raise ValueError("an item without an id")
    if isinstance(part, Entry) and part.until is not None:
        if part.until.tzinfo is None:
            raise ValueError("a time without a zone")
        return msgspec.structs.replace(part, until=part.until.astimezone(UTC))
    return part
