"""Which drafts become entries at once: what `--take` asks for."""

from collections.abc import Sequence
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
    """The session with what was read in, how many of its drafts are new to it, and the entries that were made."""

    session: Session
    new: int
    entries: tuple[Entry, ...] = ()


def taken_in(store: Path, session: Session, intakes: Sequence[Intake], wanted: str) -> Taken:
    """Return a session with what was read in for it, and of that the `wanted` as entries. Raises DraftsError.

    What was read in before counts too: of two that tell the same, no second one is proposed.
    """
    before = session
    for intake in intakes:
        session = with_intake(session, intake, new_id)
    read = {draft.id for intake in intakes for draft in load(store, session.id, intake.digest)}
    new = len(read - {draft.id for draft in drafts_of(store, before).drafts}) if before.intakes else len(read)
    if wanted == NONE or not read:
        return Taken(session, new)
    session, entries = chosen(drafts_of(store, session).drafts, session, read, wanted)
    return Taken(session, new, entries)


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
