"""Ancestry: what two copies of a session come from, when nobody kept it.

A tool that keeps folders in step leaves a second file where both sides changed one. What that was made from is looked
for in what is known of the past.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from facilitator.model.changes import PARTS, PATHS, header
from facilitator.model.edits import LISTS, get_field, ordered, set_field
from facilitator.model.item import Item
from facilitator.model.session import Session

ItemT = TypeVar("ItemT", bound=Item)


def ancestor(
    copy: Session, now: Session, past: Mapping[str, Sequence[Item]], headers: Sequence[Session] = ()
) -> Session:
    """Return the base for merging a `copy` of a session, of which no common base is known, with the session as it is.

    `past` holds for each id the values that the item is known to have had, and `headers` those of the session's own
    fields, oldest first; either may lack anything. What the copy has as it once was, it brings nothing new in. What it
    has otherwise was made from that past value which is most like it, from the oldest when several are. Where nothing
    is known, there was nothing before, so that both are kept: an item that only one of the two has is never taken for
    one that the other has removed, unless it is known to have been there, and is in the copy.
    """
    base = _base_header(copy, now, headers)
    lists: dict[str, tuple[Item, ...]] = {}
    for name in LISTS.values():
        present = {item.id: item for item in getattr(now, name)}
        copied: tuple[Item, ...] = getattr(copy, name)
        found = (_base_item(item, present.get(item.id), past.get(item.id, ())) for item in copied)
        lists[name] = ordered(tuple(item for item in found if item is not None))
    return msgspec.structs.replace(base, **lists)


def _base_item(copied: ItemT, now: Item | None, past: Iterable[Item]) -> ItemT | None:
    if copied == now:
        return copied
    known = [each for each in past if isinstance(each, type(copied))]
    return max(known, key=lambda each: _alike(each, copied, copied.__struct_fields__), default=None)


def _base_header(copy: Session, now: Session, headers: Sequence[Session]) -> Session:
    nearest = max(headers, key=lambda each: _alike_by_paths(each, copy), default=None)
    base = header(now)
    for path in PATHS:
        copied = get_field(copy, path)
        if copied == get_field(now, path) or any(copied == get_field(each, path) for each in headers):
            value = copied
        else:
            value = _DEFAULTS[path] if nearest is None else get_field(nearest, path)
        base = set_field(base, path, value)
    return base


def _alike(first: Item, second: Item, fields: Iterable[str]) -> int:
    return sum(getattr(first, name) == getattr(second, name) for name in fields)


def _alike_by_paths(first: Session, second: Session) -> int:
    return sum(get_field(first, path) == get_field(second, path) for path in PATHS)


def _defaults() -> dict[str, Any]:
    """Return what each field of a session is when nothing is said in it; the title, which always is, is empty."""
    fields = {field.name: field.default for field in msgspec.structs.fields(Session)}
    defaults: dict[str, Any] = {}
    for path in PATHS:
        name, _, inner = path.partition(".")
        defaults[path] = getattr(PARTS[name], inner) if inner else fields[name]
    return defaults | {"title": ""}


_DEFAULTS = _defaults()
