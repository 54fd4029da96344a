"""Salvaging: a session put together again from what is left in its file and what is known of it otherwise.

What the file still has counts as newer than the last good state, unless it is known to be older; what it lacks comes
from there. So a repair takes nothing away that either has.
"""

from typing import NamedTuple

import msgspec

from facilitator.model.ancestry import ancestor
from facilitator.model.edits import LISTS, items, ordered
from facilitator.model.item import Item
from facilitator.model.merge import merge
from facilitator.model.session import Conflict, Session
from facilitator.store import codec
from facilitator.store.errors import NewerFormatError, UnreadableError
from facilitator.store.fragments import Blank, begun, header_of, item_of, kind_of
from facilitator.store.history_lines import is_id
from facilitator.store.last_good import Known
from facilitator.store.mending import derived_id, mended
from facilitator.store.remains import Found, remains, sides, text_of

_OF_ITEMS = {"text", "rank", "other"}


class Salvaged(msgspec.Struct, frozen=True):
    """A session that was put together again, and how many of its items the broken file still had."""

    session: Session
    from_file: int
    from_elsewhere: int


def session_ids_in(raw: bytes) -> tuple[str, ...]:
    """Return the ids that the session in broken bytes may have; one when that is sure, none when it is lost."""
    headers = sorted((each for each in remains(text_of(raw)).found if _is_header(each)), key=_order)
    possible = tuple(each for each in _ids(headers[0]) if is_id(each)) if headers else ()
    # When only one of the two places is left, it may be damaged too.
    return possible[:1] if len(possible) == 2 and possible[0] == possible[1] else (*possible, "")


def salvage(raw: bytes, known: Known, blank: Blank) -> Salvaged:
    """Return the session in broken bytes, completed by what is known of it.

    `blank` has what to put where nothing is known. Raises UnreadableError when there is nothing of a session in either,
    and NewerFormatError.
    """
    text = text_of(raw)
    both = sides(text)
    parts = [_part(each, known, blank) for each in ((text,) if both is None else (both.ours, both.theirs))]
    found = [each for each in parts if each is not None]
    if not found:
        raise UnreadableError(blank.path, "nothing of a session is left in it, and nothing is known of it otherwise")
    session = found[0].session
    if both is not None and len(found) == 2:
        theirs = msgspec.structs.replace(found[1].session, id=session.id)
        base = None if both.base is None else _part(both.base, known, blank)
        past = known.past
        start = base.session if base is not None else ancestor(theirs, session, past.items, past.headers)
        session = merge(start, session, theirs)
    session = mended(session, known.last.session if known.last is not None else None)
    if codec.loads(codec.dumps(session)) != session:
        raise UnreadableError(blank.path, "what is left of it makes no session")
    there = frozenset[str]().union(*(each.ids for each in found))
    ids = {item.id for kind in LISTS for item in items(session, kind)}
    return Salvaged(session, len(ids & there), len(ids - there))


class _Part(NamedTuple):
    """What one text holds: a session, and the ids of the items that it has itself."""

    session: Session
    ids: frozenset[str]


def _part(text: str, known: Known, blank: Blank) -> _Part | None:
    """Return the session in a text, completed by what is known where the text is damaged; None when there is none."""
    left = remains(text)
    if left.format > codec.FORMAT:
        raise NewerFormatError(blank.path, left.format, codec.FORMAT)
    last = known.last.session if known.last is not None else None
    headers = [each for each in left.found if _is_header(each)]
    header = min(headers, key=_order, default=None)
    if header is None and last is None and not (left.found and left.format):
        return None
    documents = [each for each in left.found if not _is_header(each)]
    documents += [each for one in headers for each in _listed(one)]
    session = header_of(_session_id(header, documents, last), header, last, blank)
    session, ids = _filled(session, sorted(documents, key=_order), last, blank, trusted=left.whole)
    if last is not None and not left.whole:
        # What the file does not have may be lost and not removed, so only what it has counts.
        base = ancestor(session, last, known.past.items, known.past.headers)
        session = merge(base, last, session)
    return _Part(session, ids)


def _filled(
    session: Session, documents: list[Found], last: Session | None, blank: Blank, *, trusted: bool
) -> tuple[Session, frozenset[str]]:
    """Return the session with the items that are in documents, and their ids."""
    earlier = {item.id: item for kind in LISTS for item in items(last, kind)} if last is not None else {}
    found: dict[tuple[type[Item], str], Item] = {}
    again: dict[tuple[type[Item], str], Item] = {}
    cut: list[Conflict] = []
    taken: set[str] = set()
    for document in documents:
        item_id = _item_id(document, earlier, taken)
        before = earlier.get(item_id)
        kind = kind_of(document, type(before) if before is not None else None, trusted=trusted)
        item = item_of(kind, item_id, document, before, blank) if kind is not None else None
        if isinstance(before, Conflict) and isinstance(item, Conflict):
            item = before  # nobody writes in it, so what is different is damage
        if item is None:
            continue
        place = (type(item), item.id)
        taken.add(item.id)
        if place not in found:
            found[place] = item
            cut += begun(document, item) if before is not None else ()
        elif document.whole and not document.late and item != found[place]:
            again[place] = item
    cut = [msgspec.structs.replace(each, id=derived_id(each)) for each in cut]
    filled = _with_items(session, found | {(Conflict, each.id): each for each in cut})
    if again:
        # Two versions of an item: neither is known to be the later one.
        base = _with_items(session, {place: item for place, item in found.items() if place not in again})
        filled = merge(base, filled, _with_items(filled, found | again))
    return filled, frozenset(taken)


def _with_items(session: Session, found: dict[tuple[type[Item], str], Item]) -> Session:
    lists: dict[str, list[Item]] = {name: [] for name in LISTS.values()}
    for (kind, _), item in found.items():
        lists[LISTS[kind]].append(item)
    return msgspec.structs.replace(session, **{name: ordered(tuple(each)) for name, each in lists.items()})


def _is_header(found: Found) -> bool:
    """Tell a header from items, also where the names of the tables between them are lost."""
    if found.table not in ("session", ""):
        return False
    return "title" in found.fields or (found.table == "session" and found.fields.keys().isdisjoint(_OF_ITEMS))


def _order(found: Found) -> tuple[bool, bool, bool]:
    """Return what decides which of two documents with one id counts: the whole one, before the end, under its key."""
    return (found.late, not found.whole, found.key != found.fields.get("id"))


def _ids(found: Found) -> tuple[str, ...]:
    """Return the ids that a document may have: its own one, and that under which it stands."""
    own = found.fields.get("id")
    return (*((own,) if isinstance(own, str) and "id" not in found.damaged else ()), found.key)


def _item_id(found: Found, earlier: dict[str, Item], taken: set[str]) -> str:
    possible = [each for each in _ids(found) if is_id(each)]
    if not possible:
        return derived_id(found.table, found.key, found.fields)
    # A document whose own id another one has was copied by hand, and its key is new.
    free = [each for each in possible if each not in taken] or possible
    return next((each for each in free if each in earlier), free[0])


def _session_id(header: Found | None, documents: list[Found], last: Session | None) -> str:
    if last is not None:
        return last.id
    possible = _ids(header) if header is not None else ()
    return next((each for each in possible if is_id(each)), derived_id([each.key for each in documents]))


def _listed(header: Found) -> list[Found]:
    """Return the items in lists that stand in the header itself, where they do not belong."""
    return [
        Found(name, str(each.get("id", "")), each, header.damaged, header.whole, header.late)
        for name in LISTS.values()
        for each in header.fields.get(name, ())
        if isinstance(each, dict)
    ]
