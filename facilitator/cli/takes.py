"""Which drafts become entries at once: what `--take` asks for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from facilitator.cli.places import read_settings
from facilitator.intake.drafts import Draft
from facilitator.intake.sifting.sifted import proposed_among, sift, take
from facilitator.model.session import Entry, Intake, Session
from facilitator.settings.proposals import all_rules
from facilitator.store.draft_files import load
from facilitator.store.ids import new_id
from facilitator.store.intakes import drafts_of, with_intake

NONE, PROPOSALS, ALL = "none", "proposals", "all"


class Taken(NamedTuple):
    """The session with what was read in, and the entries that were made.

    `new` says how many of the drafts are new to the session, `moved` of how many that it had the time is another now.
    """

    session: Session
    new: int
    entries: tuple[Entry, ...] = ()
    moved: int = 0


class Tried(NamedTuple):
    """What would come of reading in: what is new, has another time, and is proposed, from when to when (in UTC)."""

    new: int
    moved: int
    proposed: int
    first: datetime | None
    last: datetime | None


def taken_in(store: Path, session: Session, intakes: Sequence[Intake], wanted: str) -> Taken:
    """Return a session with what was read in for it, and of that the `wanted` as entries. Raises DraftsError.

    What was read in before counts too: of two that tell the same, no second one is proposed.
    """
    before = session
    for intake in intakes:
        session = with_intake(session, intake, new_id)
    read = {draft.id for intake in intakes for draft in load(store, session.id, intake.digest)}
    had = {draft.id: draft for draft in drafts_of(store, before).drafts} if before.intakes else {}
    new = len(read - had.keys())
    moved = 0
    if session is not before and had:
        moved = _moved((each for each in drafts_of(store, session).drafts if each.id in read), had, session.zone)
    if wanted == NONE or not read:
        return Taken(session, new, moved=moved)
    session, entries = chosen(drafts_of(store, session).drafts, session, read, wanted)
    return Taken(session, new, entries, moved)


def tried(store: Path, session: Session, read: Sequence[Draft]) -> Tried:
    """Return what would come of drafts that were read for a session, each with its zone; nothing is kept."""
    had = {draft.id: draft for draft in drafts_of(store, session).drafts}
    now = {draft.id: draft for draft in read}
    _, settings, _ = read_settings()
    sifted = sift(list({**had, **now}.values()), session, all_rules(settings.proposal, settings.silent_proposals))
    times = sorted(at for each in now.values() if (at := _at(each, session.zone)) is not None)
    return Tried(
        new=len(now.keys() - had.keys()),
        moved=_moved(now.values(), had, session.zone),
        proposed=len(proposed_among(sifted, session, set(now))),
        first=times[0] if times else None,
        last=times[-1] if times else None,
    )


def _moved(now: Iterable[Draft], had: Mapping[str, Draft], zone: str) -> int:
    return sum(each.id in had and _at(each, zone) != _at(had[each.id], zone) for each in now)


def _at(draft: Draft, zone: str) -> datetime | None:
    """Return when a draft was, in UTC; None where that is not known or not in the calendar."""
    try:
        return draft.stamp.moment(zone).at if draft.stamp is not None else None
    except (ValueError, OverflowError):
        return None


def chosen(
    drafts: Sequence[Draft], session: Session, among: set[str], wanted: str
) -> tuple[Session, tuple[Entry, ...]]:
    """Return a session with those of its drafts that are `wanted` and `among` some ids as entries, and these."""
    _, settings, _ = read_settings()
    sifted = sift(drafts, session, all_rules(settings.proposal, settings.silent_proposals))
    ids = [each.id for each in sifted.drafts if each.id in among]
    known = {entry.id for entry in session.timeline}
    after = take(sifted, session, ids if wanted == ALL else proposed_among(sifted, session, among), new_id)
    return after, tuple(entry for entry in after.timeline if entry.id not in known)
