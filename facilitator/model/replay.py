"""Replaying: making changes to a session that others have gone on with since, as undo and redo do."""

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from facilitator.model.changes import PATHS, Change, Part, apply, header
from facilitator.model.consistency import forest, has_circle
from facilitator.model.edits import LINK_FIELDS, LISTS, OWNER_FIELDS, get_field, owner, set_field, unlinked
from facilitator.model.item import Item
from facilitator.model.session import Conflict, Entry, Session, Why
from facilitator.model.values import united, without

ItemT = TypeVar("ItemT", bound=Item)


def replay(session: Session, changes: Iterable[Change]) -> Session:
    """Return the session with the changes made to it, as far as nobody else changed the same fields since.

    This is how an edit is undone and done again while others go on with the session. What they wrote stays: an item
    that they wrote in or that is disputed is not removed, nor is a why to which they gave answers. A milestone, a place
    in the tree, and a link that the session has no room for any more is not given back.
    """
    changes = tuple(changes)
    present = {kind: {item.id: item for item in getattr(session, name)} for kind, name in LISTS.items()}
    taken = {key: kind for kind, items in present.items() for key in items}
    settled = {change.part.id for change in changes if change.after is None}
    disputed = {each.about for each in session.conflicts if each.id not in settled}
    parts = [part for kind in OWNER_FIELDS for part in present[kind].values()]
    disputed |= {owner(part) or "" for part in parts if part.id not in settled}
    disputed |= {owner(part) or "" for part in parts if part.id in disputed}
    made: list[Change] = []
    for change in changes:
        part = change.part
        now = header(session) if isinstance(part, Session) else present[type(part)].get(part.id)
        if now is None and taken.get(part.id, type(part)) is not type(part):
            continue
        after = None if now is None and change.before is not None else _replayed(now, change)
        if after is None and now is not None and part.id in disputed:
            after = now
        if after != now:
            made.append(Change(now, after))
    done = apply(session, made)
    done = msgspec.structs.replace(done, timeline=_with_earlier_milestones(done.timeline, session.timeline))
    if done.whys != session.whys:
        done = msgspec.structs.replace(done, whys=_as_trees(done.whys, session.whys))
    return _without_loose_links(done, session, made)


def _replayed(now: Part | None, change: Change) -> Part | None:
    before, after = change.before, change.after
    if now == before:
        return after
    if now is None or before is None or after is None:
        return now
    if isinstance(now, Session) and isinstance(before, Session) and isinstance(after, Session):
        for path in PATHS:
            value = _taken_over(get_field(before, path), get_field(now, path), get_field(after, path))
            now = set_field(now, path, value)
        return now
    names = type(now).__struct_fields__
    values = {name: _taken_over(getattr(before, name), getattr(now, name), getattr(after, name)) for name in names}
    return msgspec.structs.replace(now, **values)


def _taken_over(before: Any, now: Any, after: Any) -> Any:
    if now == before:
        return after
    return united(before, now, after) if isinstance(now, tuple) else now


def _with_earlier_milestones(timeline: tuple[Entry, ...], earlier: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return entries of which none has got a milestone that another one has, and had earlier."""
    if timeline is earlier:
        return timeline
    had = {entry.id: entry.milestones for entry in earlier if entry.milestones}
    held = {each for entry in timeline for each in entry.milestones if each in had.get(entry.id, ())}
    mended = []
    for entry in timeline:
        lost = {each for each in entry.milestones if each in held and each not in had.get(entry.id, ())}
        mended.append(_with(entry, milestones=without(entry.milestones, lost)) if lost else entry)
    return tuple(mended)


def _as_trees(whys: tuple[Why, ...], earlier: tuple[Why, ...]) -> tuple[Why, ...]:
    """Return whys with those above them; a place in the tree that is gone, or leads round, is not taken."""
    before = {why.id: why for why in earlier}
    present = {why.id: why for why in whys}
    for why in whys:
        if why.parent is not None and why.parent not in present and why.parent not in before:
            present[why.id] = _with(why, parent=before[why.id].parent if why.id in before else None)
    if has_circle({key: why.parent for key, why in present.items()}):
        for key in present.keys() & before.keys():
            present[key] = _with(present[key], parent=before[key].parent)
    mended = forest(present, before, before)
    return tuple(sorted(mended.values(), key=lambda why: (why.rank, why.id)))


def _without_loose_links(session: Session, earlier: Session, made: list[Change]) -> Session:
    """Return a session in which nothing leads to what was removed, or was removed by others before."""
    if not made:
        return session
    present = {item.id for name in LISTS.values() for item in getattr(session, name)}
    loose = {item.id for name in LISTS.values() for item in getattr(earlier, name)} - present
    for change in made:
        loose |= _targets(change) - present
    if not loose:
        return session
    for kind, name in LISTS.items():
        items: tuple[Item, ...] = getattr(session, name)
        if kind in LINK_FIELDS:
            items = tuple(unlinked(item, loose) for item in items)
        elif kind is Conflict:
            items = tuple(each for each in session.conflicts if each.about not in loose)
        elif kind in OWNER_FIELDS:
            loose |= {item.id for item in items if owner(item) in loose}
            items = tuple(item for item in items if item.id not in loose)
        session = msgspec.structs.replace(session, **{name: items})
    return session


def _targets(change: Change) -> set[str]:
    """Return the ids of what an item is linked to, about, or, when it comes back, a part of."""
    part = change.after
    if not isinstance(part, Item):
        return set()
    links = {link for name in LINK_FIELDS.get(type(part), ()) for link in getattr(part, name)}
    whole = part.about if isinstance(part, Conflict) else owner(part) if change.before is None else None
    return links | {whole} if whole else links


def _with(item: ItemT, **fields: Any) -> ItemT:
    return msgspec.structs.replace(item, **fields)
