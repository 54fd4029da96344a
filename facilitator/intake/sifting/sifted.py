"""Sifting: what of the drafts of a session goes onto its timeline, and what is set aside."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from facilitator.intake.drafts import Draft
from facilitator.intake.sifting.axis import in_order
from facilitator.intake.sifting.duplicates import Group, duplicates
from facilitator.intake.sifting.filters import Shelf, State
from facilitator.intake.sifting.proposal_values import Proposal, ProposalRules
from facilitator.intake.sifting.proposals import propose
from facilitator.intake.sifting.skew import Skew, skews
from facilitator.intake.sifting.taking import entry_of, links_of, taken_origins, told_by
from facilitator.model.edits import change, get, ordered
from facilitator.model.session import Entry, Intake, Milestone, Session


@dataclass(frozen=True, slots=True)
class Sifted:
    """Drafts in the order of time, what of them is proposed, and which tell the same; each by the id of the draft."""

    shelf: Shelf
    proposals: Mapping[str, Proposal]
    groups: Mapping[str, Group]
    by_id: Mapping[str, Draft]
    places: Mapping[str, int]
    skews: tuple[Skew, ...] = ()

    def second(self, id: str) -> float | None:
        """Return when a draft was, in seconds, or None when it has no time. Raises KeyError for one not there."""
        return self.shelf.seconds[self.places[id]]

    @property
    def drafts(self) -> Sequence[Draft]:
        """The drafts, in the order of time; those without one come last."""
        return self.shelf.drafts


def laid_out(drafts: Sequence[Draft], zone: str) -> Sifted:
    """Return drafts in the order of time, before anything is proposed."""
    in_time = [draft for _, draft in in_order(drafts, zone)]
    by_id = {draft.id: draft for draft in in_time}
    return Sifted(Shelf(in_time, zone), {}, {}, by_id, {id: place for place, id in enumerate(by_id)})


def sift(drafts: Sequence[Draft], session: Session, rules: ProposalRules) -> Sifted:
    """Return drafts as they are sifted for a session: what is proposed depends on its window and its services."""
    zone = session.zone
    proposed = propose(
        drafts,
        rules,
        since=session.started.at if session.started else None,
        until=session.resolved.at if session.resolved else None,
        services=session.services,
        zone=zone,
    )
    groups = duplicates(drafts, zone)
    return replace(
        laid_out(drafts, zone),
        proposals={each.id: each for each in proposed},
        groups={draft: group for group in groups for draft in group.ids},
        skews=skews(drafts, groups, zone),
    )


def states(sifted: Sifted, session: Session) -> dict[State, frozenset[str]]:
    """Return the ids of the drafts in each state. What is taken or set aside is proposed no more.

    Of those that tell the same, the fullest is proposed where any of them is.
    """
    taken, left = taken_origins(session), left_aside(session)
    heads = {_same(sifted, id)[0] for id in sifted.proposals if id not in left}
    proposed = {id for id in heads if id not in left and taken.isdisjoint(_same(sifted, id))}
    return {State.PROPOSED: frozenset(proposed), State.TAKEN: taken, State.LEFT: left}


def proposed_among(sifted: Sifted, session: Session, ids: Collection[str]) -> list[str]:
    """Return the ids of what is proposed, in the order of time, where it or what tells the same is among `ids`.

    What tells the same as an entry that was taken already counts too: taken, it comes to that entry.
    """
    found = states(sifted, session)
    proposed = {id for id in found[State.PROPOSED] if any(one in ids for one in _same(sifted, id))}
    taken, left = found[State.TAKEN], found[State.LEFT]
    twins = {id for id in ids if id not in taken and id not in left and not taken.isdisjoint(_same(sifted, id))}
    return [each.id for each in sifted.drafts if each.id in proposed or each.id in twins]


def proposed_for(sifted: Sifted, id: str) -> tuple[tuple[str, ...], tuple[Milestone, ...]]:
    """Return why a draft, or one that tells the same, is proposed, and which milestones it may mark."""
    found = [sifted.proposals[each] for each in _same(sifted, id) if each in sifted.proposals]
    reasons = dict.fromkeys(reason for each in found for reason in each.reasons)
    marks = {each.milestone for each in found}
    return tuple(reasons), tuple(each for each in Milestone if each in marks)


def left_aside(session: Session) -> frozenset[str]:
    """Return the ids of the drafts that were set aside."""
    return frozenset(draft for intake in session.intakes for draft in intake.left)


def take(sifted: Sifted, session: Session, ids: Iterable[str], new_id: Callable[[], str], *, text: str = "") -> Session:
    """Return the session with drafts as entries of its timeline, those that tell the same as one; each once.

    Where one that tells the same is an entry already, they come to that entry, which then has the most exact time of
    all unless somebody edited it. `text` is what to say in place of their own words. A milestone that is proposed goes
    with its draft where the session has none of that kind. What has no time that can be placed stays a draft.
    """
    entries = list(session.timeline)
    places = {origin: place for place, entry in enumerate(entries) for origin in entry.origins}
    before = frozenset(places)
    marked = {milestone for entry in entries for milestone in entry.milestones}
    for id in ids:
        if id in places or id not in sifted.by_id:
            continue
        same = _same(sifted, id)
        more = [sifted.by_id[each] for each in same if each in sifted.by_id and each not in places]
        place = next((places[each] for each in same if each in places), None)
        proposed = proposed_for(sifted, id)[1]
        if place is not None:
            told_now = {sifted.proposals[draft.id].milestone for draft in more if draft.id in sifted.proposals}
            proposed = tuple(each for each in proposed if each in told_now)
        milestones = [each for each in proposed if each not in marked]
        if place is None:
            try:
                entry = entry_of(more, session.zone, milestones=milestones)
            except ValueError:
                continue
            place = len(entries)
            entries.append(msgspec.structs.replace(entry, id=new_id(), text=text or entry.text))
        else:
            entry = _joined(sifted, entries[place], more, session.zone)
            marks = tuple(each for each in Milestone if each in entry.milestones or each in milestones)
            entries[place] = msgspec.structs.replace(entry, milestones=marks, text=text or entry.text)
        places |= {draft.id: place for draft in more}
        marked |= {*milestones}
    new = places.keys() - before
    if not new:
        return session
    return msgspec.structs.replace(leave(session, new, {}, aside=False), timeline=ordered(tuple(entries)))


def merge_into(sifted: Sifted, session: Session, id: str, entry_id: str) -> Session:
    """Return the session with a draft, and what tells the same, as a further origin of an entry.

    The words of the entry stay; where it is known from and the links of the draft come to it. Raises KeyError for a
    draft that is not there, and EditError for such an entry.
    """
    entry = get(session, Entry, entry_id)
    more = [sifted.by_id[each] for each in _same(sifted, id) if each not in entry.origins]
    if not more:
        return session
    return change(leave(session, {draft.id for draft in more}, {}, aside=False), entry_id, **_further(entry, more))


def leave(session: Session, ids: Collection[str], intakes: Mapping[str, Intake], *, aside: bool) -> Session:
    """Return the session with drafts set aside, or not aside any more; `intakes` says what each was read in with."""
    changed = []
    for intake in session.intakes:
        kept = tuple(each for each in intake.left if each not in ids)
        new = sorted(each for each in ids if aside and each in intakes and intakes[each].id == intake.id)
        left = (*kept, *new)
        changed.append(intake if left == intake.left else msgspec.structs.replace(intake, left=left))
    return msgspec.structs.replace(session, intakes=tuple(changed)) if [*session.intakes] != changed else session


def _further(entry: Entry, more: Sequence[Draft]) -> dict[str, Any]:
    """Return what an entry says of where it is from, with further drafts."""
    return {
        "origins": (*entry.origins, *(draft.id for draft in more)),
        "source": "; ".join(filter(None, (entry.source, told_by(more)))),
        "links": tuple(dict.fromkeys((*entry.links, *links_of(more)))),
    }


def _joined(sifted: Sifted, entry: Entry, more: Sequence[Draft], zone: str) -> Entry:
    """Return an entry with further drafts that tell the same, at the time that they would have been taken with.

    A time that is not that of the drafts from which the entry was taken was edited: then it stays.
    """
    after = msgspec.structs.replace(entry, **_further(entry, more))
    known = [sifted.by_id[each] for each in entry.origins if each in sifted.by_id]
    try:
        was, now = entry_of(known, zone), entry_of([*known, *more], zone)
    except ValueError:
        return after
    unedited = (entry.at, entry.until) == (was.at, was.until)
    return msgspec.structs.replace(after, at=now.at, until=now.until) if unedited else after


def _same(sifted: Sifted, id: str) -> tuple[str, ...]:
    """Return the ids of the drafts that tell the same as one, the fullest first."""
    group = sifted.groups.get(id)
    return (id,) if group is None else (group.head, *(each for each in group.ids if each != group.head))
