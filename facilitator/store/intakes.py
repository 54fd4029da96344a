"""What was read in for a session: kept beside it, and found again."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from facilitator.intake.drafts import Draft
from facilitator.intake.reader import Options
from facilitator.intake.reading import Found, drafts
from facilitator.intake.report import Report
from facilitator.intake.sifting.skew import shifted
from facilitator.model.edits import add
from facilitator.model.session import Intake, Session
from facilitator.store.draft_files import DraftsError, keep, load


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of a session, each with what was read it came from, and the intakes of which they are not here."""

    drafts: tuple[Draft, ...]
    intakes: dict[str, Intake]
    """By the id of the draft."""
    missing: tuple[tuple[Intake, str], ...] = ()
    """Each with the reason."""


def read_in(store: Path, session_id: str, found: Found, options: Options, report: Report) -> Intake:
    """Read a source and keep its drafts beside the session; return what the session is to say of it, without an id.

    Raises MissingError and SourceError, and DraftsError where they cannot be kept; then nothing is left behind.
    """
    kept = keep(store, session_id, drafts(found, options, report))
    return Intake(
        text=found.source.name,
        kind=found.reader.kind,
        read=options.now,
        digest=kept.digest,
        count=kept.count,
        zone=options.zone,
    )


def with_intake(session: Session, intake: Intake, new_id: Callable[[], str]) -> Session:
    """Return the session with what was read in; the same value when it was read so last, or it is nothing."""
    before = [each for each in session.intakes if each.digest == intake.digest]
    there = bool(before) and max(before, key=lambda each: (each.read, each.id)).zone == intake.zone
    return session if there or not intake.count else add(session, msgspec.structs.replace(intake, id=new_id()))


def drafts_of(store: Path, session: Session) -> Drafts:
    """Return what was read in for a session, each record once: as it was read last, on the corrected clock."""
    found: dict[str, Draft] = {}
    intakes: dict[str, Intake] = {}
    missing: list[tuple[Intake, str]] = []
    for intake in sorted(session.intakes, key=lambda each: (each.read, each.id)):
        try:
            read = load(store, session.id, intake.digest)
        except DraftsError as error:
            missing.append((intake, str(error)))
            continue
        for draft in read:
            found[draft.id] = _on_one_clock(draft, intake)
            intakes[draft.id] = intake
    return Drafts(tuple(found.values()), intakes, tuple(missing))


def _on_one_clock(draft: Draft, intake: Intake) -> Draft:
    """Return a draft with the zone that was told for it, by a right clock."""
    stamp = draft.stamp
    if stamp is None or (stamp.zone and not intake.ahead):
        return draft
    placed = stamp if stamp.zone else msgspec.structs.replace(stamp, zone=intake.zone)
    return msgspec.structs.replace(draft, stamp=shifted(placed, -intake.ahead))
