"""Merging: what two people made of the same session, in one session, item by item and field by field.

What holds, whoever merges, and property tests show:

- The order of the two does not matter, and merging one of them again into the result changes nothing.
- An item that either added is there. One that either removed is gone, unless the other wrote in it: links and
  milestones that it lost, and links to what is gone, are not writing. The whys above an answer that stays do, too,
  and so does an item about which the other one filed an account, a time box, or whatever is a part of it.
- No text is lost. Where both wrote in one field, the longer value is shown, and the other is kept as a conflict, to be
  settled by a person. Sets of names and links take what either added.
- The result is as sound as the two: whys are trees, links lead somewhere, a milestone has one entry. An answer that
  one moved below what the other moved below it becomes an effect of its own. A milestone that each gave to another
  entry stays with the one made first, and the other claim is kept as a conflict.

When three or more merge, all end with the same session after each has saved and read. Which one that is does not depend
on who comes first, unless one removes what a second is linking to or marking and a third is changing, or they move
answers below each other in a circle: then the order may decide whether a link, a milestone, a place in the tree, or an
item in which nobody wrote anything new, stays. No text that anybody wrote depends on it.
"""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar, cast

import msgspec

from facilitator.model.changes import PATHS, apply, diff
from facilitator.model.consistency import by_hand, conflict_id, forest, one_entry_a_milestone, standing
from facilitator.model.edits import LINK_FIELDS, LISTS, OWNER_FIELDS, get_field, ordered, owner, set_field, unlinked
from facilitator.model.identity import distinct
from facilitator.model.item import Item
from facilitator.model.session import Conflict, Entry, Session, Why
from facilitator.model.values import UNSAID, Merged, merged

ItemT = TypeVar("ItemT", bound=Item)


class _Sides(NamedTuple):
    """One list of the three sessions, each as items by id."""

    base: dict[str, Item]
    mine: dict[str, Item]
    theirs: dict[str, Item]


class _Found:
    """What merging finds on its way, by ids: conflicts, items that are gone or disputed, second choices of places."""

    def __init__(self, base: Session, mine: Session, theirs: Session) -> None:
        self.known = {conflict.id for conflict in base.conflicts}
        self.conflicts: dict[str, Conflict] = {}
        self.gone: set[str] = set()
        self.places: dict[str, str | None] = {}
        # What somebody disputes is not removed by somebody who does not know.
        before = frozenset(msgspec.json.encode(each) for each in base.conflicts)
        self.disputed = tuple(
            {each.about for each in side.conflicts if msgspec.json.encode(each) not in before}
            | _gone_on_with(base, side)
            for side in (mine, theirs)
        )

    def keep(self, about: str, field: str, value: Any) -> None:
        """Keep a value as a conflict."""
        other = msgspec.json.decode(msgspec.json.encode(value))
        conflict = Conflict(about=about, field=field, other=other)
        key = conflict_id(conflict)
        # One of the base may have been settled by now, and is not meant again.
        while key in self.known:
            key = f"C{sha256(key.encode()).hexdigest()[:25]}"
        self.conflicts[key] = msgspec.structs.replace(conflict, id=key)


def merge(base: Session, mine: Session, theirs: Session) -> Session:
    """Return what `mine` and `theirs` have become since both were `base`, with the conflicts between them.

    All three are states of one session. Items that are the same in both are those of `mine`, as objects too.
    """
    if mine is theirs or theirs in (base, mine):
        return mine
    if mine == base:
        return apply(mine, diff(mine, theirs))
    base, mine, theirs = distinct(base, mine, theirs)
    found = _Found(base, mine, theirs)
    session = _merged_header(base, mine, theirs, found)
    for kind, name in LISTS.items():
        if kind is not Conflict:
            session = msgspec.structs.replace(session, **{name: _merged_list(kind, base, mine, theirs, found)})
    return _with_conflicts(session, base, mine, theirs, found)


def _merged_header(base: Session, mine: Session, theirs: Session, found: _Found) -> Session:
    session = msgspec.structs.replace(mine, created=min(mine.created, theirs.created))
    for path in PATHS:
        ours, others = get_field(mine, path), get_field(theirs, path)
        if ours != others:
            value = merged(get_field(base, path), ours, others)
            session = set_field(session, path, value.shown)
            _keep(found, "", path, value)
    return session


def _merged_list(kind: type[Item], base: Session, mine: Session, theirs: Session, found: _Found) -> tuple[Item, ...]:
    name = LISTS[kind]
    before, ours, others = (getattr(side, name) for side in (base, mine, theirs))
    if ours is others is before and not (found.gone and kind in LINK_FIELDS):
        return cast("tuple[Item, ...]", ours)
    sides = _Sides(*(_by_id(kind, items, found.gone) for items in (before, ours, others)))
    items = _merged_items(sides, found)
    if kind is Entry:
        entries, lost = one_entry_a_milestone(_of(Entry, items), (_of(Entry, side).values() for side in sides[1:]))
        items = dict(entries)
        for about, milestone in lost:
            found.keep(about, "milestones", (milestone,))
    if kind is Why:
        known = {**sides.base, **sides.theirs, **sides.mine}
        items = dict(forest(_of(Why, items), _of(Why, known), _of(Why, sides.base), found.places))
    found.gone |= sides.base.keys() - items.keys()
    return ordered(tuple(items.values()))


def _merged_items(sides: _Sides, found: _Found) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for key in sides.mine | sides.theirs:
        was, ours, others = (side.get(key) for side in sides)
        if ours is None or others is None:
            here = 1 if ours is None else 0
            kept = cast("Item", others if ours is None else ours)
            # Whoever removed it did not know what the other one wrote in it, or that it is disputed.
            if was is None or key in found.disputed[here] or _is_written(was, kept):
                items[key] = kept
        elif ours is others or others in (ours, was):
            items[key] = ours
        elif ours == was:
            items[key] = others
        else:
            items[key] = _merged_item(was, ours, others, found)
    return items


def _merged_item(was: Item | None, mine: Item, theirs: Item, found: _Found) -> Item:
    values = {}
    for name in mine.__struct_fields__:
        ours, others = getattr(mine, name), getattr(theirs, name)
        if ours != others:
            value = merged(_defaults(type(mine))[name] if was is None else getattr(was, name), ours, others)
            values[name] = value.shown
            # The place of an item holds no words: when both moved it, either will do.
            if name == "parent":
                found.places[mine.id] = value.other
            elif name != "rank":
                _keep(found, mine.id, name, value)
    return msgspec.structs.replace(mine, **values)


def _is_written(was: Item, now: Item) -> bool:
    """Tell whether there is more in an item than that it lost links or milestones, as other edits make it do."""
    lists = (*LINK_FIELDS.get(type(now), ()), *(("milestones",) if isinstance(now, Entry) else ()))
    for name in now.__struct_fields__:
        before, after = getattr(was, name), getattr(now, name)
        if before != after and not (name in lists and set(after) <= set(before)):
            return True
    return False


def _with_conflicts(session: Session, base: Session, mine: Session, theirs: Session, found: _Found) -> Session:
    before, ours, others = base.conflicts, mine.conflicts, theirs.conflicts
    if not (ours or others or found.conflicts):
        return session
    known, first_side, second_side = ({each.id: each for each in side} for side in (before, ours, others))
    conflicts: dict[str, Conflict] = {}
    for key in first_side | second_side:
        was, first, second = known.get(key), first_side.get(key), second_side.get(key)
        if first is None or second is None:
            if was is None or (first or second) != was:
                conflicts[key] = cast("Conflict", first or second)
            continue
        less, more = sorted((first, second), key=msgspec.json.encode)
        conflicts[key] = less if more == was else more
        if less not in (more, was) and more != was:
            found.keep(less.about, less.field, less.other)
    conflicts = {key: each for key, each in conflicts.items() if each.about not in found.gone} | found.conflicts
    settled = by_hand(mine, found.known) | by_hand(theirs, found.known)
    return msgspec.structs.replace(session, conflicts=ordered(standing(conflicts, session, found.known, settled)))


def _keep(found: _Found, about: str, field: str, value: Merged) -> None:
    if value.other is not None:
        found.keep(about, field, value.other)


def _by_id(kind: type[Item], items: tuple[Item, ...], gone: set[str]) -> dict[str, Item]:
    if gone and kind in LINK_FIELDS:
        items = tuple(unlinked(item, gone) for item in items)
    return {item.id: item for item in items}


def _gone_on_with(base: Session, side: Session) -> set[str]:
    """Return the ids of the items of which one side filed or changed a part."""
    found: set[str] = set()
    for kind in OWNER_FIELDS:
        was, now = getattr(base, LISTS[kind]), getattr(side, LISTS[kind])
        if now is not was:
            known = {part.id: part for part in was}
            found |= {owner(part) or "" for part in now if part != known.get(part.id)}
    # What is a part of a part keeps the whole.
    return found | {
        owner(part) or "" for kind in OWNER_FIELDS for part in getattr(side, LISTS[kind]) if part.id in found
    }


def _of(_kind: type[ItemT], items: Mapping[str, Item]) -> dict[str, ItemT]:
    return cast("dict[str, ItemT]", items)


@cache
def _defaults(kind: type[Item]) -> dict[str, Any]:
    """Return what each field of an item is when nothing is said in it."""
    fields = msgspec.structs.fields(kind)
    return {field.name: UNSAID if field.default is msgspec.NODEFAULT else field.default for field in fields}
