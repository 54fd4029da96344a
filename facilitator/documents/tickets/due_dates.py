"""The due dates of actions, for a calendar (RFC 5545).

icalendar takes 0.1 s to import, so this module is imported only where due dates are written.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from facilitator.documents.calendar_text import CalendarText
from facilitator.documents.tickets.ticket import Ticket


def due_dates(tickets: Sequence[Ticket], at: datetime) -> str:
    """Return a day in the calendar for each ticket that has a due date, with the line ends that iCalendar demands.

    The same action has the same identity each time, so a calendar replaces what it has. `at` is the moment at which the
    file is made, aware: each is stamped with it, to the second and in UTC (RFC 5545, 3.8.7.2).
    """
    calendar = Calendar()
    calendar.add("prodid", CalendarText("-//Facilitator//Postmortems//EN"))
    calendar.add("version", "2.0")
    for each in tickets:
        if each.due is not None:
            event = Event()
            event.add("uid", CalendarText(f"{each.action}-due"))
            event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
            event.add("dtstart", each.due)
            if each.due.toordinal() < each.due.max.toordinal():
                event.add("dtend", each.due + timedelta(days=1))
            event.add("transp", "TRANSPARENT")
            owner = f" ({each.owner})" if each.owner else ""
            event.add("summary", CalendarText(f"Due: {each.title}{owner}"))
            event.add("description", CalendarText("\n".join(f"{label}: {text}" for label, text in each.lines)))
            calendar.add_component(event)
    return bytes(calendar.to_ical()).decode()
