"""Every text of a session with its place, and the session made of other texts."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

import msgspec

from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.meeting_items import Meeting
from facilitator.model.session import Conflict, Session

_NO_TEXT = frozenset(
    (
        "id", "zone", "parent", "evidence", "whys", "factors", "about", "reply_to", "entry", "teller", "meeting",
        "session", "attendance", "new_here", "note_taker", "box", "skipped", "phase", "digest", "format", "profile",
    )
)  # fmt: skip
"""The fields that hold ids, digests and names that the program gave. All others are texts, also those to come."""

_NAMES = frozenset(("owner", "by", "facilitator", "authors", "reviewers"))


StructT = TypeVar("StructT", bound=msgspec.Struct)


class Spot(NamedTuple):
    """One text: the id of its item, or empty for the session, its field, and its number where a field has several.

    `names_somebody` tells that the field holds the name of a person, or of several, each a text of its own.
    """

    about: str
    place: str
    number: int
    text: str
    names_somebody: bool = False


class _Field(NamedTuple):
    name: str
    several: bool
    names_somebody: bool


Change = Callable[[str, str, int, str], str]
"""What a text becomes, by the id of its item, its field and its number."""


def spots(session: Session) -> Iterator[Spot]:
    """Yield every text of a session that is not empty, but for conflicts: its own first, then those of its items."""
    for prefix, value in _own(session):
        yield from _texts(value, "", prefix)
    for kind, name in LISTS.items():
        if kind is not Conflict:
            for item in getattr(session, name):
                yield from _texts(item, item.id, "")


def with_texts(session: Session, change: Change) -> Session:
    """Return the session with every text replaced by what `change` makes of it, and without conflicts.

    A conflict holds a version that nobody chose, in any form, so it goes. What does not change is the same object.
    """
    replaced: dict[str, Any] = {}
    for prefix, value in _own(session):
        other = _with(value, "", prefix, change)
        if other is not value and prefix:
            replaced[prefix.removesuffix(".")] = other
        elif other is not value:
            replaced |= {each.name: getattr(other, each.name) for each in _fields(Session)}
    for kind, name in LISTS.items():
        if kind is Conflict:
            if session.conflicts:
                replaced["conflicts"] = ()
            continue
        items: tuple[Item, ...] = getattr(session, name)
        others = tuple(_with(item, item.id, "", change) for item in items)
        if any(one is not other for one, other in zip(items, others, strict=True)):
            replaced[name] = others
    return msgspec.structs.replace(session, **replaced) if replaced else session


def _own(session: Session) -> Iterator[tuple[str, msgspec.Struct]]:
    yield "", session
    for name in ("impact", "detection", "response"):
        yield f"{name}.", getattr(session, name)


def _texts(value: msgspec.Struct, about: str, prefix: str) -> Iterator[Spot]:
    for field in _fields(type(value)):
        found = getattr(value, field.name)
        for number, text in enumerate(found if field.several else (found,)):
            if text:
                yield Spot(about, f"{prefix}{field.name}", number, text, field.names_somebody)


def _with(value: StructT, about: str, prefix: str, change: Change) -> StructT:
    replaced: dict[str, Any] = {}
    for field in _fields(type(value)):
        place = f"{prefix}{field.name}"
        found = getattr(value, field.name)
        if field.several:
            others = tuple(change(about, place, number, text) for number, text in enumerate(found))
            if others != found:
                replaced[field.name] = tuple(dict.fromkeys(each for each in others if each))
        elif found and (other := change(about, place, 0, found)) != found:
            replaced[field.name] = other
    return msgspec.structs.replace(value, **replaced) if replaced else value


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[_Field, ...]:
    found: list[_Field] = []
    for field in msgspec.structs.fields(kind):
        several = get_origin(field.type) is tuple and get_args(field.type)[0] is str
        if (field.type is not str and not several) or field.name in _NO_TEXT:
            continue
        if kind is Meeting and field.name == "facilitator":
            continue
        names = field.name in _NAMES or (field.name == "text" and kind.__name__ in ("Participant", "ReviewRequest"))
        found.append(_Field(field.name, several, names))
    return tuple(found)
