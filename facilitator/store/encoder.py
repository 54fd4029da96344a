"""Encoding a session again and again: only what changed since the last time is encoded.

In a session of 1.5 MB encoding takes longer than the disk does. Items are immutable, and most are the same from one
save to the next, so their text is taken over in chunks.
"""

from collections.abc import Sequence
from itertools import repeat
from operator import is_
from typing import NamedTuple

import msgspec

from facilitator.model.edits import LISTS
from facilitator.model.session import Item, Session
from facilitator.store.codec import BY_ID, NO_LISTS, check_ids, dumps
from facilitator.store.storage import encoded

_CHUNK = 64
_BEGIN = b'{\n  "": {\n'
_END = b"\n  }\n}\n"


class _Chunk(NamedTuple):
    """Some items of a table, and their text."""

    items: tuple[Item, ...]
    text: bytes


class _Table(NamedTuple):
    """The items of a table in the order of their list, their ids, and the chunks in the order of the file."""

    items: tuple[Item, ...]
    ids: set[str]
    chunks: tuple[_Chunk, ...]


_EMPTY = _Table((), set(), ())


class Encoder:
    """Gives the bytes of the files of sessions, remembering those of the last long one."""

    def __init__(self) -> None:
        self._last: dict[str, _Table] = {}

    def dumps(self, session: Session) -> bytes:
        """Return the same bytes as `codec.dumps`, sooner. Raises ValueError as it does."""
        lists: dict[str, tuple[Item, ...]] = {name: getattr(session, name) for name in LISTS.values()}
        count = sum(map(len, lists.values()))
        if count <= _CHUNK:
            return dumps(session)
        tables = {name: _table(items, self._last.get(name, _EMPTY)) for name, items in lists.items() if items}
        if len(set().union(*(table.ids for table in tables.values()))) != count:
            raise ValueError("two items have the same id")
        self._last = tables
        # Joined once: copying 1.5 MB a second time costs more than all else here.
        pieces = [dumps(msgspec.structs.replace(session, **NO_LISTS)).removesuffix(b"\n}\n")]
        for name, table in tables.items():
            pieces.append(b',\n  "%s": {\n' % name.encode())
            for chunk in table.chunks:
                pieces += chunk.text, b",\n"
            pieces[-1] = b"\n  }"
        return b"".join([*pieces, b"\n}\n"])


def _table(items: tuple[Item, ...], last: _Table) -> _Table:
    if items is last.items:
        return last
    in_file = sorted(items, key=BY_ID)
    parts = [tuple(in_file[start : start + _CHUNK]) for start in range(0, len(in_file), _CHUNK)]
    before = (*last.chunks, *repeat(_Chunk((), b""), len(parts)))
    chunks = tuple(
        chunk if _same(part, chunk.items) else _encoded(part) for part, chunk in zip(parts, before, strict=False)
    )
    return _Table(items, {item.id for item in items}, chunks)


def _same(items: Sequence[Item], others: Sequence[Item]) -> bool:
    """Tell whether two rows of items are the same objects; to compare their fields would take longer than to encode."""
    return len(items) == len(others) and all(map(is_, items, others))


def _encoded(items: tuple[Item, ...]) -> _Chunk:
    """Return items as they stand in a table, without what is around them."""
    documents = {item.id: item for item in items}
    check_ids([documents], len(items))
    return _Chunk(items, encoded({"": documents}).removeprefix(_BEGIN).removesuffix(_END))
