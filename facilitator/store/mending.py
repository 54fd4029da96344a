"""Mending a session: ids of their own, answers below a why that is there, links that lead somewhere."""

from collections.abc import Iterable
from hashlib import sha256

import msgspec

from facilitator.model.consistency import conflict_id, forest, one_entry_a_milestone
from facilitator.model.edits import LISTS, items, ordered
from facilitator.model.item import Item
from facilitator.model.meeting_items import Meeting
from facilitator.model.session import Action, Conflict, Entry, Factor, Milestone, Mute, Participant, Session, Why
from facilitator.store.history_lines import is_id

_LINKS: tuple[tuple[type[Item], str, type[Item]], ...] = (
    (Why, "evidence", Entry),
    (Factor, "whys", Why),
    (Factor, "evidence", Entry),
    (Action, "factors", Factor),
    (Meeting, "attendance", Participant),
    (Meeting, "new_here", Participant),
)


_ABOUT = (("mutes", "muted finding", "muted findings"), ("conflicts", "conflict", "conflicts"))
"""The lists of items that are about others: their names, and how one and several of them are called."""


def problems(session: Session) -> tuple[str, ...]:
    """Return what does not fit together in a session that can be read, each as a clause."""
    found = []
    lost = sum(len(_lost(session, *each)) for each in _LINKS)
    if lost:
        found.append(f"{counted(lost, 'link leads', 'links lead')} to items that are not there")
    for name, one, many in _ABOUT:
        about = sum(1 for each in getattr(session, name) if each.about and each.about not in _ids(session))
        if about:
            found.append(f"{counted(about, f'{one} is', f'{many} are')} about items that are not there")
    for milestone in Milestone:
        count = sum(milestone in entry.milestones for entry in session.timeline)
        if count > 1:
            found.append(f"{count} entries are marked {milestone}")
    return tuple(found)


def mended(session: Session, known: Session | None = None) -> Session:
    """Return a session in which everything fits together, the same when it did.

    Of two items with one id the second gets another. A why that still has answers comes back from `known`, an earlier
    state; where that is not known, the answers become effects of their own. Circles of answers are opened. Links to
    nothing go. A milestone stays with its earliest entry, and the claim of another one becomes a conflict. A muted
    finding about nothing is about what it was about in `known`, or goes.
    """
    session = _with_ids_of_their_own(session)
    whys = {why.id: why for why in session.whys}
    before = {why.id: why for why in known.whys} if known is not None else {}
    taken = _ids(session)
    session = _with(
        session, forest(whys, {key: why for key, why in before.items() if key not in taken}, before).values()
    )
    for link in _LINKS:
        session = _unlinked(session, *link)
    return _about_what_is_there(_with_one_entry_a_milestone(session), known)


def counted(number: int, one: str, many: str) -> str:
    """Return a number with the noun that it asks for."""
    return f"{number} {one if number == 1 else many}"


def derived_id(*parts: object) -> str:
    """Return an id made from what it is for, so that the same repair gives the same one."""
    return f"R{sha256(repr(parts).encode(errors='replace')).hexdigest()[:25].upper()}"


def _ids(session: Session) -> set[str]:
    return {item.id for name in LISTS.values() for item in getattr(session, name)}


def _lost(session: Session, kind: type[Item], field: str, target: type[Item]) -> set[str]:
    """Return the ids to which links lead, and which no item of the right kind has."""
    wanted = {link for item in items(session, kind) for link in getattr(item, field)}
    return wanted - {item.id for item in items(session, target)}


def _unlinked(session: Session, kind: type[Item], field: str, target: type[Item]) -> Session:
    lost = _lost(session, kind, field, target)
    if not lost:
        return session
    kept = (
        msgspec.structs.replace(item, **{field: tuple(link for link in getattr(item, field) if link not in lost)})
        for item in items(session, kind)
    )
    return _with(session, kept)


def _with_one_entry_a_milestone(session: Session) -> Session:
    before = {entry.id: entry for entry in session.timeline}
    entries, lost = one_entry_a_milestone(before, ())
    if not lost:
        return session
    conflicts = {conflict.id: conflict for conflict in session.conflicts}
    for entry_id in dict.fromkeys(key for key, _ in lost):
        conflict = Conflict(about=entry_id, field="milestones", other=[*before[entry_id].milestones])
        conflicts.setdefault(conflict_id(conflict), msgspec.structs.replace(conflict, id=conflict_id(conflict)))
    return _with(_with(session, entries.values()), conflicts.values())


def _about_what_is_there(session: Session, known: Session | None) -> Session:
    """Return a session in which mutes and conflicts are about items that are there, as `known` may tell, or gone."""
    for name, *_ in _ABOUT:
        ids = _ids(session)
        items: tuple[Mute | Conflict, ...] = getattr(session, name)
        before: dict[str, Mute | Conflict] = {each.id: each for each in getattr(known, name, ())}
        found = [each if not each.about or each.about in ids else before.get(each.id, each) for each in items]
        kept = tuple(each for each in found if not each.about or each.about in ids)
        if kept != items:
            session = msgspec.structs.replace(session, **{name: kept})
    return session


def _with(session: Session, changed: Iterable[Item]) -> Session:
    """Return the session with a list replaced by the items that are given, in order."""
    new = ordered(tuple(changed))
    return msgspec.structs.replace(session, **{LISTS[type(new[0])]: new}) if new else session


def _with_ids_of_their_own(session: Session) -> Session:
    taken: set[str] = set()
    lists: dict[str, tuple[Item, ...]] = {}
    for name in LISTS.values():
        kept = []
        for item in getattr(session, name):
            own = item.id not in taken and is_id(item.id)
            kept.append(item if own else msgspec.structs.replace(item, id=derived_id(name, item)))
            taken.add(kept[-1].id)
        lists[name] = tuple(kept)
    return msgspec.structs.replace(session, **lists)
