"""Forms: the fields of a session as rows, each with its value or a hint of what it takes."""

from itertools import groupby

from facilitator.app.panels.panel import Panel
from facilitator.app.rows import Row, Tone, heading
from facilitator.capture.fields import Field, fields, shown_field
from facilitator.model.clocks import stamp
from facilitator.model.metrics import window
from facilitator.model.phases import Phase
from facilitator.model.session import ResponseKind, Session

PARTICIPANTS = "participants"
"""The key of the row under which a typed line becomes a participant."""


def field_row(field: Field, session: Session, *, note: str = "") -> Row:
    """Return the row of a field: its value, or its hint, quietly, while it is empty."""
    shown = shown_field(field, session)
    return Row(
        field.path,
        shown or field.hint,
        lead=field.label,
        mark=" " if shown else "·",
        tone=Tone.BODY if shown else Tone.HINT,
        tail=note,
    )


def incident_rows(session: Session) -> list[Row]:
    """Return the form of the incident, and the people who take part."""
    rows: list[Row] = []
    for group, members in groupby(fields(Phase.INCIDENT), _group):
        rows.append(heading(group, first=not rows))
        rows += [field_row(field, session, note=_window_note(field, session)) for field in members]
    rows += [
        heading("People who take part"),
        Row(PARTICIPANTS, "name, role", lead="Add somebody", mark="+", tone=Tone.MUTED),
        *(Row(each.id, f"{each.text}, {each.role}" if each.role else each.text) for each in session.participants),
    ]
    return rows


def response_rows(session: Session) -> list[Row]:
    """Return the form of detection and response, with the two lists of notes."""
    rows: list[Row] = []
    for group, members in groupby(fields(Phase.RESPONSE), _group):
        rows.append(heading(group, first=not rows))
        rows += [field_row(field, session) for field in members]
    for kind, title, mark in (
        (ResponseKind.WELL, "What went well", "+"),
        (ResponseKind.HARDER, "What was harder than expected", "-"),
    ):
        notes = [note for note in session.response_notes if note.kind is kind]
        rows.append(heading(title))
        rows += [Row(note.id, note.text, mark=mark) for note in notes]
        if not notes:
            rows.append(Row("", f"type {mark} and a sentence", mark=" ", tone=Tone.MUTED))
    return rows


def _group(field: Field) -> str:
    part, dot, _ = field.path.partition(".")
    if dot:
        return {"impact": "Impact", "detection": "Detection", "response": "Response"}[part]
    return {
        "cause": "Classification", "tags": "Classification",
        "held": "Postmortem", "facilitator": "Postmortem", "authors": "Postmortem", "reviewers": "Postmortem",
    }.get(field.path, "Incident")  # fmt: skip


def _window_note(field: Field, session: Session) -> str:
    if field.path not in ("started", "resolved"):
        return ""
    start, end = window(session)
    told = start if field.path == "started" else end
    stated = session.started if field.path == "started" else session.resolved
    return f"timeline: {stamp(told, session.zone)}" if told is not None and told != stated else ""


INCIDENT = Panel(
    rows=incident_rows,
    invitation="type the value of the marked field",
    fields=fields(Phase.INCIDENT),
)
RESPONSE = Panel(
    rows=response_rows,
    invitation="type the value of the marked field, or + what went well, - what was harder than expected",
    fields=fields(Phase.RESPONSE),
)
