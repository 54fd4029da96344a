"""The fields of a session that are filled in as a form, and what is typed into them."""

from dataclasses import dataclass

from facilitator.capture import values
from facilitator.capture.context import Context
from facilitator.capture.people import read_names, read_participant
from facilitator.capture.reading import Reading
from facilitator.model.edits import get_field
from facilitator.model.phases import Phase
from facilitator.model.session import CATEGORIES, DetectionSource, ReviewKind, Session, Severity, Status
from facilitator.model.text import MAX_TEXT, one_line, paragraphs

__all__ = ["Field", "fields", "read_field", "read_participant", "shown_field", "typed_field"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form.

    `path` is what `edits.get_field` takes, `hint` says what to type, `prose` is true for a text of several paragraphs,
    and `choices` are the values that the field can have, or, for the root cause category, those that everybody has.
    """

    path: str
    label: str
    hint: str
    prose: bool = False
    choices: tuple[str, ...] = ()


_YES_NO = ("yes", "no")

_FIELDS: dict[Phase, tuple[Field, ...]] = {
    Phase.INCIDENT: (
        Field("title", "Title", "what happened, in a few words"),
        Field("review_kind", "Review of", "incident, near miss, experiment ...", choices=tuple(map(str, ReviewKind))),
        Field("severity", "Severity", "SEV1 to SEV4", choices=tuple(map(str, Severity))),
        Field("status", "Status", "draft, in review, final", choices=tuple(map(str, Status))),
        Field("services", "Services", "e.g. checkout, payments"),
        Field("zone", "Time zone", "of the document: UTC, Europe/Paris, +02:00"),
        Field("started", "Started", "e.g. 2026-11-15 14:00 UTC"),
        Field("resolved", "Resolved", "e.g. 2026-11-15 14:40 UTC"),
        Field("summary", "Summary", "two or three sentences for someone who was not there", prose=True),
        Field("impact.prose", "Impact", "what users noticed, and for how long", prose=True),
        Field("impact.users", "Users affected", "e.g. 12,000 or 12k"),
        Field("impact.features", "Features affected", "e.g. card payment, order history"),
        Field("impact.regions", "Regions affected", "e.g. eu-west-1, us-east-1"),
        Field("impact.revenue", "Revenue lost", "an amount with its currency: 40,000 EUR"),
        Field("impact.error_budget", "Error budget used", "in percent: 23 %"),
        Field("impact.sla_breached", "SLA breached", "yes or no", choices=_YES_NO),
        Field("cause", "Root cause category", "code, testing, configuration ...", choices=CATEGORIES),
        Field("tags", "Tags", "e.g. deploy, cache"),
        Field("held", "Postmortem held", "e.g. 2026-11-18, today, Nov 18"),
        Field("facilitator", "Facilitator", "who led the meeting"),
        Field("authors", "Authors", "e.g. Alice Berg, Bob Chen"),
        Field("reviewers", "Reviewers", "e.g. Carol Diaz, Dan Eze"),
    ),
    Phase.RESPONSE: (
        Field(
            "detection.source", "Detected by", "alert, customer, person", choices=tuple(map(str, DetectionSource))
        ),
        Field("detection.prose", "How it was detected", "what was noticed, by what or whom", prose=True),
        Field("detection.appropriate", "Was that the right way?", "yes or no", choices=_YES_NO),
        Field("detection.faster", "What would have been faster?", "e.g. an alert, a check, a test", prose=True),
        Field("response.runbooks", "Runbooks", "which were used, missing or out of date", prose=True),
        Field("response.command", "Incident command", "who coordinated, and how that went", prose=True),
        Field("response.communication", "Communication", "inside, to users, to others", prose=True),
    ),
    Phase.FACTORS: (
        Field("trigger", "Trigger", "what set it off", prose=True),
        Field("resolution", "Resolution", "what ended it", prose=True),
    ),
}  # fmt: skip

_LISTS = frozenset({"services", "tags", "authors", "reviewers", "impact.features", "impact.regions"})
_ENUMS: dict[str, type[ReviewKind | Severity | Status]] = {
    "review_kind": ReviewKind,
    "severity": Severity,
    "status": Status,
}
_YES_OR_NO = frozenset({"impact.sla_breached", "detection.appropriate"})
_MOMENTS = frozenset({"started", "resolved"})


def fields(phase: Phase) -> tuple[Field, ...]:
    """Return the fields of a phase, in the order of its form; none for a phase that has only a list."""
    return _FIELDS.get(phase, ())


def read_field(field: Field, line: str, context: Context) -> Reading[object]:
    """Return the value of what was typed into a field; see `Reading` for when it is settled.

    Nothing typed clears the field. The text that the field has already (`typed_field`) is always read as its value.
    """
    if line == typed_field(field, context.session):
        return Reading(get_field(context.session, field.path))
    if len(line) > MAX_TEXT:
        return Reading(question=f"That is too long: a field holds {MAX_TEXT:,} characters. Shorten it")
    if field.prose:
        return Reading(paragraphs(line))
    line = one_line(line)
    if not line:
        return _cleared(field)
    if field.path in _LISTS:
        return Reading(read_names(line))
    if field.path == "detection.source":
        return values.read_source(line)
    if field.path in _ENUMS:
        return values.read_member(line, _ENUMS[field.path])
    if field.path in _YES_OR_NO:
        return values.read_yes_no(line)
    if field.path in _MOMENTS:
        return values.read_moment(line, context, resolved=field.path == "resolved")
    return _read_other(field, line, context)


def typed_field(field: Field, session: Session) -> str:
    """Return the line from which `read_field` gives the value that the field has in `session`; "" when it is empty."""
    return values.typed_value(get_field(session, field.path), session)


def shown_field(field: Field, session: Session) -> str:
    """Return the value of a field for reading: "23 %", "yes", "12,000", "Nov 15, 14:00 UTC"; "" when it is empty."""
    shown = values.shown_value(get_field(session, field.path), session)
    return f"{shown} %" if field.path == "impact.error_budget" and shown else shown


def _cleared(field: Field) -> Reading[object]:
    required = {
        "title": "A session needs a title",
        "review_kind": "What is reviewed? Type incident, near miss, experiment or expected failure",
        "status": "How far is the document? Type draft, in review or final",
        "zone": "The document needs a time zone. Type UTC, or a name such as Europe/Paris",
    }
    if field.path in required:
        return Reading(question=required[field.path])
    if field.path in _LISTS:
        return Reading(())
    return Reading("" if field.path in ("cause", "facilitator", "impact.revenue") else None)


def _read_other(field: Field, line: str, context: Context) -> Reading[object]:
    match field.path:
        case "impact.users":
            return values.read_count(line)
        case "impact.error_budget":
            return values.read_percent(line)
        case "held":
            return values.read_date(line, context.today)
        case "zone":
            return values.read_zone(line)
        case "cause":
            return values.read_cause(line)
    return Reading(line)
