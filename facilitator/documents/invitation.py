"""The invitation: the meetings that have a date, for a calendar (RFC 5545).

icalendar takes 0.1 s to import, so this module is imported only where an invitation is written.
"""

from collections.abc import Iterator
from datetime import datetime

from icalendar import Calendar, Event

from facilitator.documents.calendar_text import CalendarText
from facilitator.documents.gatherings import later, leader, person, with_role
from facilitator.documents.markdown import UNTITLED
from facilitator.documents.occasion import ANY, NotYetError, Occasion
from facilitator.model.meeting_items import Box, Meeting
from facilitator.model.meetings import agenda_of, minutes_of
from facilitator.model.private import published
from facilitator.model.session import Session
from facilitator.model.text import one_line

_NO_DATE = "no meeting has both a date and an agenda yet; plan one, and say when it begins"


def invitation(session: Session, occasion: Occasion = ANY) -> str:
    """Return the meetings that have a moment and an agenda as an iCalendar file, with the line ends that it demands.

    The same meeting has the same identity each time, so a calendar replaces what it has. It is stamped with the moment
    of the occasion, else with that at which the session was made. Nobody's address is known: those who are invited
    are named in the description. Raises NotYetError when no meeting has both a date and an agenda.
    """
    session = published(session)
    calendar = Calendar()
    calendar.add("prodid", CalendarText("-//Facilitator//Postmortems//EN"))
    calendar.add("version", "2.0")
    for meeting in session.meetings:
        boxes = agenda_of(session, meeting.id)
        if meeting.held is not None and minutes_of(boxes) > 0:
            calendar.add_component(_event(session, meeting, meeting.held, boxes, occasion))
    if not calendar.subcomponents:
        raise NotYetError(_NO_DATE)
    return bytes(calendar.to_ical()).decode()


def _event(session: Session, meeting: Meeting, begin: datetime, boxes: tuple[Box, ...], occasion: Occasion) -> Event:
    event = Event()
    name = one_line(meeting.text)
    title = f"Postmortem: {one_line(session.title) or UNTITLED}"
    event.add("uid", CalendarText(one_line(f"{session.id}-{meeting.id}")))
    event.add("dtstamp", occasion.now or session.created)
    event.add("dtstart", begin)
    event.add("dtend", later(begin, minutes_of(boxes)))
    event.add("summary", CalendarText(f"{title}, {name}" if name else title))
    event.add("description", CalendarText("\n".join(_description(session, meeting, boxes, occasion))))
    return event


def _description(session: Session, meeting: Meeting, boxes: tuple[Box, ...], occasion: Occasion) -> Iterator[str]:
    """Yield the lines of the description: people, agenda, ground rules. The agenda has no times: a meeting may move."""
    invited = ", ".join(name for each in session.participants if (name := with_role(each)))
    people = (
        ("Facilitator", leader(session, meeting)),
        ("Takes notes", person(session, meeting.note_taker)),
        ("Invited", invited),
    )
    named = [f"{label}: {value}" for label, value in people if value]
    yield from named
    yield from ("",) if named else ()
    yield f"Agenda, {minutes_of(boxes)} minutes"
    yield from (f"{box.minutes:>3} min  {one_line(box.text)}" for box in boxes)
    yield from ("", "Ground rules")
    yield from (f"- {rule}" for rule in occasion.ground_rules)
