"""Fragments: a value of the model made from what is left of its document, completed from an earlier value."""

from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

import msgspec

from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.session import Conflict, Entry, Session
from facilitator.model.text import one_line
from facilitator.store.remains import KINDS, Found

LOST = "(the text is lost)"
"""The text of an item of which everything else is there."""

_REFUSALS = (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError)
_ALIKE = 0.9


class Blank(msgspec.Struct, frozen=True):
    """What to put where nothing is known: the path of the file, a title, and when the session was made, in UTC."""

    path: Path
    title: str
    created: datetime


def kind_of(found: Found, earlier: type[Item] | None, *, trusted: bool) -> type[Item] | None:
    """Return what kind of item a document is, or None when it is like none.

    That is what its table says, if the file is to be `trusted` there; else the kind whose fields it has, which its
    `earlier` value had or which its table says when there are several.
    """
    own = KINDS.get(found.table)
    if trusted and own is not None and issubclass(own, Item):
        return own
    names = found.fields.keys() - {"id", "rank"}
    scores = {kind: sum(1 if name in kind.__struct_fields__ else -2 for name in names) for kind in LISTS}
    best = max(scores, key=lambda kind: (scores[kind], kind is earlier, kind is own))
    if scores[best] > 0:
        return best
    return earlier or next((kind for kind in LISTS if kind is own), None)


def item_of(kind: type[Item], item_id: str, found: Found, earlier: Item | None, blank: Blank) -> Item | None:
    """Return the item that a document is, or None when too little of it is left."""
    known = {name: getattr(earlier, name) for name in kind.__struct_fields__} if type(earlier) is kind else {}
    values = _values(kind, found, known)
    if kind is Entry and "at" not in known:
        values.setdefault("at", Moment(blank.created, "UTC", Precision.DAY, Approximation.ABOUT))
    if not known and not values.keys() - {"id", "rank", "at"}:
        return None
    if _is_required(kind, "text") and (not found.whole or "text" not in values):
        values["text"] = values.get("text") or known.get("text", LOST)
    try:
        return kind(**{**values, "id": item_id})
    except TypeError:
        return None


def header_of(session_id: str, found: Found | None, earlier: Session | None, blank: Blank) -> Session:
    """Return the header that is left in a document, or known otherwise."""
    names = [name for name in Session.__struct_fields__ if name not in LISTS.values()]
    known = {name: getattr(earlier, name) for name in names} if earlier is not None else {}
    values = _values(Session, found, known) if found is not None else known
    blanks: dict[str, Any] = {"title": blank.title, "created": blank.created}
    return Session(**{**blanks, **{name: values[name] for name in names if name in values}, "id": session_id})


def begun(found: Found, item: Item) -> tuple[Conflict, ...]:
    """Return what a document has only the beginning of, and the item says otherwise, as conflicts without ids."""
    return tuple(
        Conflict(about=item.id, field=name, other=value)
        for name, value in found.fields.items()
        if name in found.damaged and name == "text" and not _says_the_same(getattr(item, "text", ""), value)
    )


def _says_the_same(whole: str, part: Any) -> bool:
    """Tell whether a text is another one that was cut off, or damaged in one place."""
    if not isinstance(part, str) or whole.startswith(part):
        return True
    front = _alike(whole, part)
    back = _alike(whole[front:][::-1], part[front:][::-1])
    return front + back >= _ALIKE * max(len(whole), len(part))


def _alike(one: str, other: str) -> int:
    """Return how many characters at the beginning are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _values(kind: type[msgspec.Struct], found: Found, known: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that are there and make sense; what is missing or damaged as it is known to have been."""
    fields = _with_names_mended(kind, found)
    # What a whole document does not have is as it is by default.
    values = {} if found.whole and fields.keys() == found.fields.keys() else dict(known)
    for field in msgspec.structs.fields(kind):
        if field.name not in fields or (field.name in found.damaged and field.name in known):
            continue
        try:
            values[field.name] = _converted(fields[field.name], field.type)
        except _REFUSALS:
            if field.name in known:
                values[field.name] = known[field.name]
    for name in known.keys() - values.keys() if found.whole else ():
        if _is_required(kind, name):
            values[name] = known[name]
    return values


def _converted(value: Any, kind: Any) -> Any:
    if kind is Moment and isinstance(value, str):
        value = {"at": value}
    if kind is str and not isinstance(value, str):
        value = one_line(str(value))
    converted = msgspec.convert(value, kind)
    if isinstance(converted, datetime) and converted.tzinfo is None:
        raise ValueError("the time has no zone")
    return converted.astimezone(UTC) if isinstance(converted, datetime) else converted


def _is_required(kind: type[msgspec.Struct], name: str) -> bool:
    return any(field.name == name and field.required for field in msgspec.structs.fields(kind))


def _with_names_mended(kind: type[msgspec.Struct], found: Found) -> dict[str, Any]:
    """Return the fields of a document, those whose names are damaged under those that they are like."""
    odd = found.fields.keys() - set(kind.__struct_fields__)
    if not odd or not found.whole:
        return found.fields
    # Imported where it is used: only a damaged file needs it.
    from difflib import get_close_matches

    free = [name for name in kind.__struct_fields__ if name not in found.fields]
    mended = {name: next(iter(get_close_matches(name, free, n=1, cutoff=0.6)), name) for name in odd}
    return {mended.get(name, name): value for name, value in found.fields.items()}
