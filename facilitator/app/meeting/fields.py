"""The fields of a meeting that are typed at its opening and its closing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from facilitator.capture.context import Context
from facilitator.capture.due import due_date
from facilitator.capture.reading import Choice, Reading
from facilitator.capture.values import read_moment, typed_value
from facilitator.model.clocks import stamp
from facilitator.model.meeting_items import Meeting
from facilitator.model.moments import Moment
from facilitator.model.session import Session
from facilitator.model.text import one_line


@dataclass(frozen=True, slots=True)
class MeetingField:
    """A field of a meeting: its name in `Meeting`, which is the key of its row, its label, and what to type."""

    name: str
    label: str
    hint: str


NAME = MeetingField("text", "Name", "e.g. Timeline, or Analysis and actions")
HELD = MeetingField("held", "Begins", "e.g. 2026-11-18 15:00")
NEXT = MeetingField("next_meeting", "Next meeting", "a day: 2026-11-25, friday, in 3 days")
_FIELDS = {f"meeting.{field.name}": field for field in (NAME, HELD, NEXT)}


def key_of(field: MeetingField) -> str:
    """Return the key of the row of a field."""
    return f"meeting.{field.name}"


def field_of(key: str) -> MeetingField | None:
    """Return the field whose row has this key, or None."""
    return _FIELDS.get(key)


def shown(field: MeetingField, meeting: Meeting, zone: str) -> str:
    """Return the value of a field for reading; empty when there is none."""
    if field is HELD:
        return stamp(Moment(meeting.held), zone) if meeting.held is not None else ""
    value: date | str | None = getattr(meeting, field.name)
    return f"{value:%A, %b} {value.day}, {value.year}" if isinstance(value, date) else value or ""


def typed(field: MeetingField, meeting: Meeting, session: Session) -> str:
    """Return the value of a field as it would be typed."""
    if field is HELD:
        return typed_value(Moment(meeting.held, session.zone), session) if meeting.held is not None else ""
    return typed_value(getattr(meeting, field.name), session)


def read(field: MeetingField, line: str, context: Context) -> Reading[Any]:
    """Return what is typed for a field; nothing typed empties it."""
    line = one_line(line)
    if not line:
        return Reading("" if field is NAME else None)
    if field is HELD:
        return read_moment(line, context, resolved=False).map(lambda moment: getattr(moment, "at", moment))
    return _coming(line, context.today) if field is NEXT else Reading(line, (line,))


def _coming(line: str, today: date) -> Reading[Any]:
    """Return the day of a next meeting, which is never in the past unless it is written with its year."""
    due = due_date(line, today)
    if due is None:
        return Reading(question="Type a day such as friday, Nov 25, 2026-11-25 or in 3 days")
    if due.wrong or len(due.options) > 1:
        question = f"{due.wrong[:1].upper()}{due.wrong[1:]}" or "Which day is meant?"
        return Reading(
            question=question, choices=tuple(Choice(f"{each:%A %b} {each.day}", each) for each in due.options)
        )
    (day,) = due.options
    return Reading(day, (f"{day:%A, %b} {day.day}, {day.year}",))
