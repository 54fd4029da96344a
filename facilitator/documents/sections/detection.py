"""How it was noticed, and how the response went."""

from collections.abc import Iterable

from facilitator.documents.escape import block, inline
from facilitator.documents.layout import bullets, labelled, section, stacked
from facilitator.documents.references import References
from facilitator.documents.sections.impact import YES_OR_NO
from facilitator.model.metrics import SPANS, Absent, Measured, Metric, measure, milestone_moment, told
from facilitator.model.session import DetectionSource, ResponseKind, Session

_SOURCES = {
    DetectionSource.ALERT: "an alert",
    DetectionSource.CUSTOMER: "a customer",
    DetectionSource.PERSON: "a person",
}
_REPORTED = (Metric.MTTD, Metric.MTTA, Metric.MTTR)


def detection(session: Session, references: References) -> str:
    """Return how it was noticed, how long that took, and what would have been faster."""
    given = session.detection
    facts = (
        labelled("Noticed by", _SOURCES[given.source] if given.source else ""),
        labelled("Time to detect (MTTD)", _measured(session, Metric.MTTD, references)),
        labelled("Was that the right way to find out?", YES_OR_NO[given.appropriate]),
        labelled("What would have been faster?", block(given.faster)),
    )
    return stacked((bullets(facts), block(given.prose), _not_measured(session)))


def response(session: Session, references: References) -> str:
    """Return how it was resolved, the times of the response, and what went well and what was hard."""
    given = session.response
    facts = (
        labelled("How it was resolved", block(session.resolution)),
        labelled("Time to acknowledge (MTTA)", _measured(session, Metric.MTTA, references)),
        labelled("Time to resolve (MTTR)", _measured(session, Metric.MTTR, references)),
        labelled("Runbooks", block(given.runbooks)),
        labelled("Incident command", block(given.command)),
        labelled("Communication", block(given.communication)),
    )
    return stacked(
        (
            bullets(facts),
            section("What went well", bullets(_notes(session, ResponseKind.WELL, references)), level=3),
            section(
                "What was harder than expected", bullets(_notes(session, ResponseKind.HARDER, references)), level=3
            ),
        )
    )


def _notes(session: Session, kind: ResponseKind, references: References) -> Iterable[str]:
    said = ((inline(note.text), note.id) for note in session.response_notes if note.kind is kind)
    return (f"{text}{references.mark(note_id)}" for text, note_id in said if text)


def _measured(session: Session, metric: Metric, references: References) -> str:
    found = measure(session, metric)
    if not isinstance(found, Measured):
        return ""
    begin, end = (milestone_moment(session, each) for each in SPANS[metric])
    said = told(found)
    return f"{said} ({references.time(begin)} to {references.time(end)})" if begin and end else said


def _not_measured(session: Session) -> str:
    """Return which metrics are missing and why, once the timeline has milestones at all."""
    if not any(entry.milestones for entry in session.timeline):
        return ""
    found = {metric: measure(session, metric) for metric in _REPORTED}
    reasons = [f"{metric} ({absent.reason})" for metric, absent in found.items() if isinstance(absent, Absent)]
    return f"*Not measured: {', '.join(reasons)}.*" if reasons else ""
