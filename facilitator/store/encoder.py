"""Encoding a session again and again: only what changed since the last time is looked at and encoded.

In a session of 2 MB encoding takes longer than the disk does. Items are immutable, and most are the same objects from
one save to the next, so their text is taken over in chunks, and what is known of their ids too.
"""

from bisect import bisect, bisect_left
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter, is_
from typing import NamedTuple

import msgspec

from facilitator.model.changes import NO_LISTS, alike
from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.session import Session
from facilitator.store.codec import BY_ID, check_ids, dumps
from facilitator.store.storage import encoded

_CHUNK = 64
_FILE_ENDS = b"\n}\n"
_TABLE_BEGINS, _TABLE_ENDS = b',\n  "%s": {', b"\n  }"
# Neither is found within an item: what it holds is indented further, and the line breaks of its strings are escaped.
_ITEM_BEGINS, _ITEM_ENDS = b'\n    "%s": {\n', b"\n    },"
_ONLY_BEFORE, _ONLY_AFTER = b'{\n  "": {', b"\n  }\n}\n"
_FIRST = attrgetter("first")
_HEADER = attrgetter(*(name for name in Session.__struct_fields__ if name not in LISTS.values()))


class _Chunk(NamedTuple):
    """Items of a table from the id `first` on, in the order of the file: their ids, and their text, a comma last."""

    first: str
    ids: Sequence[str]
    text: bytes


class _Table(NamedTuple):
    """The items of a table in the order of their list, and as chunks in the order of the file."""

    items: tuple[Item, ...]
    chunks: tuple[_Chunk, ...]


class _Changes(NamedTuple):
    """What changed in a table: the items that are new or other than before, the ids that are new, those that went."""

    items: Mapping[str, Item]
    fresh: AbstractSet[str]
    gone: AbstractSet[str]


class _Known(NamedTuple):
    """A session that was encoded: its text without the lists, its tables, and the ids of all items."""

    session: Session
    header: bytes
    tables: dict[str, _Table]
    ids: set[str]


_NO_TABLE = _Table((), ())


class Encoder:
    """Gives the bytes of the files of sessions, remembering those of the last one."""

    def __init__(self) -> None:
        self._last: _Known | None = None

    def dumps(self, session: Session) -> bytes:
        """Return the same bytes as `codec.dumps`, sooner. Raises ValueError as it does."""
        return b"".join(self.pieces(session))

    def pieces(self, session: Session) -> list[bytes]:
        """Return what `dumps` does in pieces, which are not worth joining when they are only written."""
        last = self._last if self._last is not None and self._last.session.id == session.id else None
        lists: dict[str, tuple[Item, ...]] = {name: getattr(session, name) for name in LISTS.values()}
        header = last.header if last is not None and _same_header(last.session, session) else _header(session)
        tables: dict[str, _Table] = last.tables if last is not None else {}
        changes = {
            name: _changes(tables.get(name, _NO_TABLE).items, items)
            for name, items in lists.items()
            if items is not tables.get(name, _NO_TABLE).items
        }
        ids: set[str] = last.ids if last is not None else set()
        fresh, gone = _checked(changes.values(), ids)
        tables = tables | {
            name: _Table(lists[name], _rechunked(tables.get(name, _NO_TABLE).chunks, lists[name], changed))
            for name, changed in changes.items()
        }
        # Changed in place, as the last thing: what was refused above leaves no trace.
        ids -= gone
        ids |= fresh
        self._last = _Known(session, header, tables, ids)
        return _pieces(header, tables)


def _header(session: Session) -> bytes:
    return dumps(msgspec.structs.replace(session, **NO_LISTS)).removesuffix(_FILE_ENDS)


def _same_header(one: Session, other: Session) -> bool:
    return all(map(is_, _HEADER(one), _HEADER(other)))


def _pieces(header: bytes, tables: Mapping[str, _Table]) -> list[bytes]:
    pieces = [header]
    for name in LISTS.values():
        chunks = tables[name].chunks if name in tables else ()
        if chunks:
            pieces.append(_TABLE_BEGINS % name.encode())
            pieces += [chunk.text for chunk in chunks]
            pieces[-1] = pieces[-1].removesuffix(b",")
            pieces.append(_TABLE_ENDS)
    pieces.append(_FILE_ENDS)
    return pieces


def _changes(old: tuple[Item, ...], new: tuple[Item, ...]) -> _Changes:
    """Return what changed from one list to another. Raises ValueError for two new items with the same id.

    Lists are compared by identity from both ends, as most edits change one place: to compare the fields would take
    longer than to encode, and what is equal need not have the same text.
    """
    shorter = min(len(old), len(new))
    front = alike(iter(old), iter(new), shorter)
    back = alike(reversed(old), reversed(new), shorter - front)
    before = {item.id: item for item in old[front : len(old) - back]}
    now = {item.id: item for item in new[front : len(new) - back]}
    if len(now) != len(new) - back - front:
        raise ValueError("two items have the same id")
    changed = {key: item for key, item in now.items() if before.get(key) is not item}
    return _Changes(changed, now.keys() - before.keys(), before.keys() - now.keys())


def _checked(changes: Collection[_Changes], ids: set[str]) -> tuple[set[str], set[str]]:
    """Return the ids that came and that went. Raises ValueError for ids that are odd, or not the only ones."""
    fresh: set[str] = set().union(*(each.fresh for each in changes))
    gone: set[str] = set().union(*(each.gone for each in changes))
    if fresh:
        check_ids([fresh], sum(len(each.fresh) for each in changes))
        if not (ids & fresh) <= gone:
            raise ValueError("two items have the same id")
    return fresh, gone


def _rechunked(chunks: tuple[_Chunk, ...], items: tuple[Item, ...], changes: _Changes) -> tuple[_Chunk, ...]:
    """Return the chunks of a table that now has `items`, made anew where it changed."""
    if not chunks or len(changes.items) + len(changes.gone) > _CHUNK:
        in_file = sorted(items, key=BY_ID)
        parts = (in_file[start : start + _CHUNK] for start in range(0, len(in_file), _CHUNK))
        return tuple(_Chunk(part[0].id, [item.id for item in part], _text(part)) for part in parts)
    renewed = list(chunks)
    for item_id in (*changes.items, *changes.gone):
        place = max(0, bisect(renewed, item_id, key=_FIRST) - 1)
        renewed[place : place + 1] = _with(renewed[place], item_id, changes.items.get(item_id))
    return tuple(renewed)


def _with(chunk: _Chunk, item_id: str, item: Item | None) -> list[_Chunk]:
    """Return what comes in the place of a chunk when the item of this id is now so, or gone."""
    ids, text = list(chunk.ids), chunk.text
    place = bisect_left(ids, item_id)
    start = _begin(text, ids[place]) if place < len(ids) else len(text)
    end = start
    if place < len(ids) and ids[place] == item_id:
        end = text.index(_ITEM_ENDS, start) + len(_ITEM_ENDS)
        del ids[place]
    if item is not None:
        ids.insert(place, item_id)
    text = b"".join((text[:start], _text([item]) if item is not None else b"", text[end:]))
    if len(ids) <= 2 * _CHUNK:
        return [_Chunk(ids[0], ids, text)] if ids else []
    middle = _begin(text, ids[_CHUNK])
    return [_Chunk(ids[0], ids[:_CHUNK], text[:middle]), _Chunk(ids[_CHUNK], ids[_CHUNK:], text[middle:])]


def _begin(text: bytes, item_id: str) -> int:
    return text.index(_ITEM_BEGINS % item_id.encode())


def _text(items: Sequence[Item]) -> bytes:
    """Return items as they stand in a table, each with a line break before and a comma after it."""
    documents = {item.id: item for item in items}
    return encoded({"": documents}).removeprefix(_ONLY_BEFORE).removesuffix(_ONLY_AFTER) + b","
