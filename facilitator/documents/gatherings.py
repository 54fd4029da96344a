"""Meetings as documents tell of them: what they are called, when they are, who is there, which are still to come."""

from datetime import UTC, datetime, timedelta

from facilitator.documents.escape import inline
from facilitator.model.clocks import clock, day
from facilitator.model.edits import find
from facilitator.model.meeting_items import Meeting
from facilitator.model.meetings import agenda_of, minutes_of, upcoming
from facilitator.model.moments import Moment, local
from facilitator.model.session import Participant, Session
from facilitator.model.text import one_line

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def took_place(session: Session, meeting: Meeting, now: datetime | None = None) -> bool:
    """Tell whether a meeting was held, or has begun: by its clock, or its date has come and somebody is noted as there.

    Who is there can be noted days before, so that says nothing by itself.
    """
    if meeting not in upcoming(session):
        return True
    return bool(meeting.attendance) and meeting.held is not None and (now is None or meeting.held <= now)


def to_come(session: Session, now: datetime | None = None) -> tuple[Meeting, ...]:
    """Return the meetings that are planned, in order: with an agenda or a date, not begun, and not past."""
    return tuple(meeting for meeting in session.meetings if _is_to_come(session, meeting, now))


def meeting_name(session: Session, meeting: Meeting) -> str:
    """Return what a meeting is called, as plain text: "Analysis and actions", "Meeting", or "Meeting 2" of several."""
    number = next((n for n, each in enumerate(session.meetings, 1) if each is meeting or each.id == meeting.id), 1)
    return one_line(meeting.text) or ("Meeting" if len(session.meetings) == 1 else f"Meeting {number}")


def meeting_title(session: Session, meeting: Meeting) -> str:
    """Return what a meeting is called where it is not clear that it is one: "Meeting: Analysis and actions"."""
    name = meeting_name(session, meeting)
    return f"Meeting: {name}" if one_line(meeting.text) else name


def weekday(at: datetime, zone: str) -> str:
    """Return the day of a moment as people put it in a calendar: "Tue 2026-11-17"."""
    return f"{_WEEKDAYS[local(at, zone).weekday()]} {day(at, zone, year=True)}"


def time_of_day(at: datetime, zone: str) -> str:
    """Return a moment on the clock of a zone: "10:05"."""
    return clock(Moment(at), zone)


def from_to(began: datetime, ended: datetime | None, zone: str) -> str:
    """Return two moments in a zone that is known: "Tue 2026-11-17, 10:00 to 11:00 UTC"."""
    start = f"{weekday(began, zone)}, {time_of_day(began, zone)}"
    if ended is None:
        return f"{start} {zone}"
    same_day = day(began, zone, year=True) == day(ended, zone, year=True)
    end = time_of_day(ended, zone) if same_day else f"{weekday(ended, zone)}, {time_of_day(ended, zone)}"
    return f"{start} to {end} {zone}"


def later(at: datetime, minutes: float) -> datetime:
    """Return the moment so many minutes later, or the last one of the calendar."""
    try:
        return at + timedelta(minutes=minutes)
    except OverflowError:
        return datetime.max.replace(microsecond=0, tzinfo=UTC)


def when_planned(session: Session, meeting: Meeting, zone: str) -> str:
    """Return when a meeting is planned: "Tue 2026-11-17, 10:00 to 11:00 UTC (60 min)", or as much as is known."""
    minutes = minutes_of(agenda_of(session, meeting.id))
    if meeting.held is None:
        return f"{minutes} min" if minutes else ""
    if not minutes:
        return from_to(meeting.held, None, zone)
    return f"{from_to(meeting.held, later(meeting.held, minutes), zone)} ({minutes} min)"


def leader(session: Session, meeting: Meeting | None) -> str:
    """Return the name of who leads a meeting, as plain text: of the meeting, else of the session."""
    named = person(session, meeting.facilitator) if meeting is not None else ""
    return named or one_line(session.facilitator)


def person(session: Session, participant_id: str) -> str:
    """Return the name of a participant, as plain text; nothing for an id that leads nowhere."""
    found = find(session, participant_id) if participant_id else None
    return one_line(found.text) if isinstance(found, Participant) else ""


def with_role(participant: Participant) -> str:
    """Return a participant as plain text: "Alice (incident commander)"."""
    role = one_line(participant.role)
    return f"{one_line(participant.text)} ({role})" if role else one_line(participant.text)


def people(participants: tuple[Participant, ...]) -> str:
    """Return participants with their roles, as one line of Markdown."""
    return ", ".join(inline(name) for each in participants if (name := with_role(each)))


def _is_to_come(session: Session, meeting: Meeting, now: datetime | None) -> bool:
    minutes = minutes_of(agenda_of(session, meeting.id))
    if took_place(session, meeting, now) or (not minutes and meeting.held is None):
        return False
    return meeting.held is None or now is None or later(meeting.held, minutes) >= now
