"""Settling conflicts: a field that two people changed at the same time, and whose other value is kept beside it."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import msgspec

from facilitator.model import edits
from facilitator.model.changes import PATHS
from facilitator.model.edits import LINK_FIELDS, EditError
from facilitator.model.item import Item
from facilitator.model.session import Conflict, Session
from facilitator.model.text import MAX_TEXT


class Settlement(StrEnum):
    """What becomes of the two values."""

    KEEP = "keep"
    OTHER = "other"
    BOTH = "both"


class Versions(msgspec.Struct, frozen=True):
    """The two values of a field, that which the session shows and the other one."""

    shown: Any
    other: Any


def versions(session: Session, conflict: Conflict) -> Versions | None:
    """Return the two values of a conflict, or None when it is about nothing that this session can hold.

    A conflict from a file may name anything, and hold anything.
    """
    owner = edits.find(session, conflict.about) if conflict.about else session
    if owner is None or conflict.field not in _settable(owner):
        return None
    shown = _value(owner, conflict.field)
    try:
        other = _sound(session, owner, conflict, msgspec.convert(conflict.other, _type_of(owner, conflict.field)))
    except (msgspec.ValidationError, ValueError, OverflowError):
        return None
    return Versions(shown, other)


def can_hold_both(session: Session, conflict: Conflict) -> bool:
    """Tell whether the field takes both values, one after the other: where it holds sentences, and there is room."""
    found = versions(session, conflict)
    if found is None or conflict.field not in (_ITEM_PROSE if conflict.about else _PROSE):
        return False
    return len(_joined(conflict, found)) <= MAX_TEXT


def settle(session: Session, conflict: Conflict, settlement: Settlement) -> Session:
    """Return the session with a conflict settled and gone.

    One that is about nothing changes nothing else, however it is settled. Raises EditError when there is no such
    conflict, and when the field cannot hold both values.
    """
    conflict = edits.get(session, Conflict, conflict.id)
    found = versions(session, conflict)
    if settlement is Settlement.BOTH and found is not None and not can_hold_both(session, conflict):
        raise EditError(f"{conflict.field!r} holds one value; keep one of the two")
    if found is not None and settlement is not Settlement.KEEP:
        value = found.other if settlement is Settlement.OTHER else _joined(conflict, found)
        if conflict.about:
            session = edits.change(session, conflict.about, **{conflict.field: value})
        else:
            session = edits.set_field(session, conflict.field, value)
    return edits.remove(session, conflict.id)


_PROSE = frozenset(
    {
        "summary",
        "trigger",
        "resolution",
        "impact.prose",
        "detection.prose",
        "detection.faster",
        "response.runbooks",
        "response.command",
        "response.communication",
    }
)
"""The fields of a session that hold sentences."""

_ITEM_PROSE = frozenset({"text", "note", "answer", "outcome", "seen", "meant", "expected", "options"})
"""The fields of items that hold sentences."""

_LINES = frozenset({"text"})
"""Those of them that hold one line."""


def _joined(conflict: Conflict, found: Versions) -> str:
    between = "; " if conflict.about and conflict.field in _LINES else "\n\n"
    return between.join(each for each in (found.shown, found.other) if each)


def _settable(owner: Item | Session) -> tuple[str, ...]:
    """Return the fields that people may change, and not only edits that keep the session whole."""
    if isinstance(owner, Session):
        return PATHS
    if isinstance(owner, Conflict):
        return ()
    return tuple(name for name in owner.__struct_fields__ if name not in ("id", "rank", "parent"))


def _type_of(owner: Item | Session, path: str) -> Any:
    kind: Any = type(owner)
    for name in path.split("."):
        kind = next(field.type for field in msgspec.structs.fields(kind) if field.name == name)
    return kind


def _value(owner: Any, path: str) -> Any:
    for name in path.split("."):
        owner = getattr(owner, name)
    return owner


def _sound(session: Session, owner: Item | Session, conflict: Conflict, value: Any) -> Any:
    """Return a value of the right type as the field can have it. Raises ValueError for one that it cannot have."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("the time has no zone")
        return value.astimezone(UTC)
    if isinstance(owner, Item) and conflict.field in LINK_FIELDS.get(type(owner), ()):
        return tuple(each for each in value if edits.find(session, each) is not None)
    if conflict.field == "milestones":
        # What is kept is the milestone alone; the entry has others beside it.
        return tuple(dict.fromkeys((*_value(owner, conflict.field), *value)))
    return value
