"""The header: what is reviewed, how bad it was, when, and who took part."""

from facilitator.documents.escape import inline
from facilitator.documents.references import References, dated, moment_day
from facilitator.documents.tables import aligned
from facilitator.model.clocks import clock, day
from facilitator.model.metrics import incident_day, measured, told, window
from facilitator.model.moments import Moment, Precision
from facilitator.model.session import Participant, ReviewKind, Session


def header(session: Session, references: References) -> str:
    """Return the facts of the header as a table of two columns, the status on top."""
    rows = [
        ("Review of", "" if session.review_kind is ReviewKind.INCIDENT else f"a {session.review_kind}"),
        ("Severity", session.severity or ""),
        ("When", when(session, references)),
        ("Services", _names(session.services)),
        ("Root cause category", inline(session.cause)),
        ("Tags", _names(session.tags)),
        ("Postmortem held", session.held.isoformat() if session.held else ""),
        ("Facilitator", inline(session.facilitator)),
        ("Authors", _names(session.authors)),
        ("Reviewers", _names(session.reviewers)),
        ("Participants", ", ".join(participant(each) for each in session.participants)),
    ]
    return aligned([("Status", session.status.capitalize()), *(row for row in rows if row[1])])


def when(session: Session, references: References) -> str:
    """Return the window of the incident: "2026-11-15, 14:00 to 14:40 UTC (40 min)", or as much of it as is known."""
    zone = references.zone
    start, end = window(session)
    if start is None and end is None:
        first = incident_day(session)
        return day(first, zone, year=True) if first else ""
    if start is None or end is None:
        known = start or end
        return f"{'from' if start else 'until'} {dated(known, zone)}{_zone(known, zone)}" if known else ""
    same_day = moment_day(start, zone) == moment_day(end, zone) and Precision.DAY not in (
        start.precision,
        end.precision,
    )
    last = clock(end, zone) if same_day else dated(end, zone)
    return f"{dated(start, zone)} to {last}{_zone(end, zone)}{_duration(start, end)}"


def _zone(moment: Moment, zone: str) -> str:
    return "" if moment.precision is Precision.DAY else f" {zone}"


def _duration(start: Moment, end: Moment) -> str:
    if end.at <= start.at or Precision.DAY in (start.precision, end.precision):
        return ""
    return f" ({told(measured(start, end))})"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(name for each in names if (name := inline(each)))


def participant(person: Participant) -> str:
    """Return somebody who takes part, with their role in brackets."""
    role = inline(person.role)
    return f"{inline(person.text)} ({role})" if role else inline(person.text)
