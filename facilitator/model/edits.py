"""Edits: functions from a session to a session. They never fail silently and never touch what they do not name."""

from bisect import bisect
from collections.abc import Collection
from operator import attrgetter
from typing import Any, TypeVar, cast

import msgspec

from facilitator.model.item import Item
from facilitator.model.meeting_items import Account, Box, Meeting, Note, Survey, Switch
from facilitator.model.review_items import (
    Approval,
    Comment,
    Consent,
    Pseudonym,
    Redaction,
    ReviewRequest,
    Version,
    Withheld,
)
from facilitator.model.session import (
    Action,
    Conflict,
    Entry,
    Factor,
    Intake,
    Lesson,
    Milestone,
    Mute,
    Parked,
    Participant,
    Precedent,
    Question,
    ResponseNote,
    Session,
    Why,
)

ItemT = TypeVar("ItemT", bound=Item)

LISTS: dict[type[Item], str] = {
    Participant: "participants",
    Entry: "timeline",
    ResponseNote: "response_notes",
    Why: "whys",
    Factor: "factors",
    Precedent: "precedents",
    Lesson: "lessons",
    Action: "actions",
    Parked: "parking_lot",
    Question: "questions",
    Account: "accounts",
    Meeting: "meetings",
    Box: "boxes",
    Switch: "switches",
    Survey: "surveys",
    Note: "notes",
    Mute: "mutes",
    Intake: "intakes",
    ReviewRequest: "review_requests",
    Comment: "comments",
    Approval: "approvals",
    Version: "versions",
    Withheld: "withheld",
    Redaction: "redactions",
    Pseudonym: "pseudonyms",
    Consent: "consents",
    Conflict: "conflicts",
}
"""Each kind of item, and the field of the session that lists it."""

LINK_FIELDS: dict[type[Item], tuple[str, ...]] = {
    Why: ("evidence",),
    Factor: ("whys", "evidence"),
    Precedent: ("factors",),
    Action: ("factors",),
    Meeting: ("attendance", "new_here"),
}
"""Each kind of item that is linked to others, and its fields that hold their ids."""

OWNER_FIELDS: dict[type[Item], str] = {
    Account: "entry",
    Box: "meeting",
    Switch: "meeting",
    Survey: "meeting",
    Withheld: "about",
    Redaction: "about",
    Mute: "about",
}
"""Each kind of item that is a part of another one, goes with it and keeps it, and its field that holds the id.

Those that have an `about` may be a part of a part, such as an account: so they come last.
"""

_NAMED: dict[type[Item], tuple[str, ...]] = {
    Question: ("about",),
    Comment: ("about", "reply_to"),
    Account: ("teller",),
    Meeting: ("facilitator", "note_taker"),
}
"""Each kind of item that names others, and its fields that hold one id or none."""

_ENTRY_ORDER, _ORDER = attrgetter("at.at", "rank", "id"), attrgetter("rank", "id")


class EditError(ValueError):
    """An edit that does not apply to this session, such as a change to an item that is not there."""


def items(session: Session, kind: type[ItemT]) -> tuple[ItemT, ...]:
    """Return the session's items of one kind, in reading order."""
    return cast("tuple[ItemT, ...]", getattr(session, LISTS[kind]))


def find(session: Session, item_id: str) -> Item | None:
    """Return the item with this id, of whatever kind, or None."""
    for name in LISTS.values():
        for item in getattr(session, name):
            if item.id == item_id:
                return cast("Item", item)
    return None


def get(session: Session, kind: type[ItemT], item_id: str) -> ItemT:
    """Return the item of `kind` with this id; raise EditError when there is none."""
    for item in items(session, kind):
        if item.id == item_id:
            return item
    raise EditError(f"no {kind.__name__.lower()} {item_id!r} in this session")


def add(session: Session, item: Item, *, after: str | None = None) -> Session:
    """Return the session with `item` filed in its list.

    Entries stand where their time puts them; other items come last, or right after the item with the id `after`. What
    is a part of another item comes among the other parts of that.
    A milestone leaves the entry that had it. Raises EditError for an item without an id, or with one that is taken.
    """
    if not item.id or find(session, item.id) is not None:
        raise EditError(f"an item needs an id of its own, not {item.id!r}")
    present = items(session, type(item))
    if isinstance(item, Why) and item.parent is not None:
        get(session, Why, item.parent)
    session, item = _placed(session, item, _siblings(present, item), after)
    return _with_item(session, item, items(session, type(item)))


def change(session: Session, item_id: str, /, **fields: Any) -> Session:
    """Return the session with some fields of one item replaced. Raises EditError when there is no such item."""
    old = find(session, item_id)
    if old is None:
        raise EditError(f"no item {item_id!r} in this session")
    return put(session, msgspec.structs.replace(old, **fields))


def put(session: Session, item: Item) -> Session:
    """Return the session with the item of the same id replaced by `item`. Raises EditError when there is none."""
    present = items(session, type(item))
    kept = tuple(old for old in present if old.id != item.id)
    if len(kept) == len(present):
        raise EditError(f"no {type(item).__name__.lower()} {item.id!r} in this session")
    return _with_item(session, item, kept)


def remove(session: Session, item_id: str) -> Session:
    """Return the session without one item, the whys below it, what is a part of it, and links to any of these."""
    item = find(session, item_id)
    if item is None:
        raise EditError(f"no item {item_id!r} in this session")
    gone = {item_id}
    if isinstance(item, Why):
        gone |= {why.id for why in descendants(session, item_id)}
    return without(session, gone)


def without(session: Session, ids: Collection[str]) -> Session:
    """Return the session without the items with these ids, what is a part of them, and links to any of these.

    Whys below one of them stay, so their ids must be among these, or they must have another place already.
    """
    gone = {*ids}
    for kind in OWNER_FIELDS:
        gone |= {part.id for part in items(session, kind) if owner(part) in gone}
    for name in LISTS.values():
        present: tuple[Item, ...] = getattr(session, name)
        kept = tuple(unlinked(each, gone) for each in present if each.id not in gone and not _is_about(each, gone))
        if kept != present:
            session = msgspec.structs.replace(session, **{name: kept})
    return session


def move(session: Session, item_id: str, places: int) -> Session:
    """Return the session with one item moved `places` down its list (up when negative), as far as it goes.

    Whys move among the answers to the same why; entries only among entries of the same moment; time boxes within
    their meeting.
    """
    item = find(session, item_id)
    if item is None:
        raise EditError(f"no item {item_id!r} in this session")
    siblings = [each for each in _siblings(items(session, type(item)), item) if each.id != item_id]
    now = sum(1 for each in siblings if _order(each) < _order(item))
    place = max(0, min(len(siblings), now + places))
    if place == now:
        return session
    ordered = [*siblings[:place], item, *siblings[place:]]
    session = _reranked(session, ordered) if not _fits(siblings, place) else session
    siblings = [get(session, type(each), each.id) for each in siblings]
    return put(session, msgspec.structs.replace(get(session, type(item), item_id), rank=_rank_at(siblings, place)))


def toggle_link(session: Session, item_id: str, field: str, target_id: str) -> Session:
    """Return the session with the link from one item to another made, or removed when it was there.

    `field` is the linking field of the item: "evidence", "whys" or "factors".
    """
    item = find(session, item_id)
    if item is None or field not in LINK_FIELDS.get(type(item), ()) or find(session, target_id) is None:
        raise EditError(f"cannot link {item_id!r} to {target_id!r} by {field!r}")
    links: tuple[str, ...] = getattr(item, field)
    changed = tuple(link for link in links if link != target_id) if target_id in links else (*links, target_id)
    return change(session, item_id, **{field: changed})


def set_field(session: Session, path: str, value: Any) -> Session:
    """Return the session with one field replaced: "severity", or "impact.users" for a field of a part."""
    name, _, rest = path.partition(".")
    if not rest:
        return msgspec.structs.replace(session, **{name: value})
    part = msgspec.structs.replace(getattr(session, name), **{rest: value})
    return msgspec.structs.replace(session, **{name: part})


def get_field(session: Session, path: str) -> Any:
    """Return the value of one field; see `set_field` for the form of `path`."""
    return attrgetter(path)(session)


def children(session: Session, why_id: str | None) -> tuple[Why, ...]:
    """Return the answers right below a why, in order; the effects when `why_id` is None."""
    return tuple(why for why in session.whys if why.parent == why_id)


def descendants(session: Session, why_id: str) -> tuple[Why, ...]:
    """Return all answers below a why, each before what is below it."""
    below: list[Why] = []
    by_parent: dict[str | None, list[Why]] = {}
    for why in session.whys:
        by_parent.setdefault(why.parent, []).append(why)
    waiting = by_parent.get(why_id, [])[::-1]
    while waiting:
        why = waiting.pop()
        below.append(why)
        waiting += by_parent.get(why.id, [])[::-1]
    return tuple(below)


def owner(item: Item) -> str | None:
    """Return the id of what an item is a part of, or None for an item of a kind that is no part of another."""
    field = OWNER_FIELDS.get(type(item))
    return cast("str", getattr(item, field)) if field is not None else None


def ordered(kind_items: tuple[ItemT, ...]) -> tuple[ItemT, ...]:
    """Return items of one kind in reading order: by moment for entries, then by rank, then by age."""
    entries = bool(kind_items) and isinstance(kind_items[0], Entry)
    return tuple(sorted(kind_items, key=_ENTRY_ORDER if entries else _ORDER))


def _order(item: Item) -> tuple[Any, ...]:
    return (item.at.at, item.rank, item.id) if isinstance(item, Entry) else (item.rank, item.id)


def _siblings(present: tuple[Item, ...], item: Item) -> list[Item]:
    """Return those of `present` among which the rank of `item` decides."""
    if isinstance(item, Entry):
        return [each for each in present if isinstance(each, Entry) and each.at.at == item.at.at]
    if isinstance(item, Why):
        return [each for each in present if isinstance(each, Why) and each.parent == item.parent]
    if type(item) in OWNER_FIELDS:
        return [each for each in present if owner(each) == owner(item)]
    return list(present)


def _placed(session: Session, item: ItemT, siblings: list[Item], after: str | None) -> tuple[Session, ItemT]:
    place = next((number for number, each in enumerate(siblings, 1) if each.id == after), len(siblings))
    if not _fits(siblings, place):
        session = _reranked(session, siblings)
        siblings = [get(session, type(each), each.id) for each in siblings]
    return session, msgspec.structs.replace(item, rank=_rank_at(siblings, place))


def _rank_at(siblings: list[Item], place: int) -> float:
    if not siblings:
        return 1.0
    if place == 0:
        return siblings[0].rank - 1.0
    if place == len(siblings):
        return siblings[-1].rank + 1.0
    return (siblings[place - 1].rank + siblings[place].rank) / 2


def _fits(siblings: list[Item], place: int) -> bool:
    if place in (0, len(siblings)):
        return True
    return siblings[place - 1].rank < _rank_at(siblings, place) < siblings[place].rank


def _reranked(session: Session, siblings: list[Item]) -> Session:
    for number, each in enumerate(siblings, 1):
        session = put(session, msgspec.structs.replace(each, rank=float(number)))
    return session


def unlinked(item: ItemT, gone: Collection[str]) -> ItemT:
    """Return an item without its links to items that are gone."""
    for field in LINK_FIELDS.get(type(item), ()):
        links: tuple[str, ...] = getattr(item, field)
        if links and any(link in gone for link in links):
            item = msgspec.structs.replace(item, **{field: tuple(link for link in links if link not in gone)})
    lost = [field for field in _NAMED.get(type(item), ()) if getattr(item, field) in gone]
    return msgspec.structs.replace(item, **dict.fromkeys(lost, "")) if lost else item


def _is_about(item: Item, gone: Collection[str]) -> bool:
    return isinstance(item, Conflict) and item.about in gone


def _with_item(session: Session, item: Item, others: tuple[Item, ...]) -> Session:
    """Return the session with `item` at its place among `others`, which are in order and lose its milestones."""
    if isinstance(item, Entry) and item.milestones:
        others = tuple(_without_milestones(each, item.milestones) for each in others)
    place = bisect(others, _order(item), key=_order)
    return msgspec.structs.replace(session, **{LISTS[type(item)]: (*others[:place], item, *others[place:])})


def _without_milestones(item: Item, taken: tuple[Milestone, ...]) -> Item:
    if not isinstance(item, Entry) or not item.milestones or set(item.milestones).isdisjoint(taken):
        return item
    kept = tuple(milestone for milestone in item.milestones if milestone not in taken)
    return msgspec.structs.replace(item, milestones=kept)
