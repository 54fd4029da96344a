"""A ticket: an action item in the words in which a tracker keeps it."""

from collections.abc import Iterator
from datetime import date

import msgspec

from facilitator.documents.markdown import UNTITLED
from facilitator.model.clocks import day
from facilitator.model.metrics import incident_day
from facilitator.model.private import published
from facilitator.model.session import Action, ActionStatus, Priority, Session
from facilitator.model.text import one_line

MARK = "facilitator:"
"""What stands before the id of an action in a ticket, by which the ticket is known again."""

LONGEST_TITLE = 250
"""How many characters a title has at most; Jira takes 255 (Jira Cloud, field summary)."""


class Ticket(msgspec.Struct, frozen=True):
    """A ticket to be made. `lines` is what it tells, each a label and a line of plain text; nothing is escaped yet."""

    action: str
    title: str
    lines: tuple[tuple[str, str], ...]
    owner: str = ""
    due: date | None = None
    priority: Priority | None = None
    labels: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """How the action is named in the ticket."""
        return f"{MARK}{self.action}"


def tickets(session: Session, *, again: bool = False) -> tuple[Ticket, ...]:
    """Return the tickets of the pending actions that have none yet, in reading order; of all pending when `again`."""
    session = published(session)
    return tuple(
        _ticket(session, action)
        for action in session.actions
        if action.status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS) and (again or not action.ticket)
    )


def _ticket(session: Session, action: Action) -> Ticket:
    title = one_line(action.text) or "Action without words"
    if len(title) > LONGEST_TITLE:
        title = f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    kind = [f"type-{action.type}"] if action.type else []
    return Ticket(
        action=action.id,
        title=title,
        lines=tuple(_lines(session, action, title)),
        owner=one_line(action.owner),
        due=action.due,
        priority=action.priority,
        labels=("postmortem", *kind),
    )


def _lines(session: Session, action: Action, title: str) -> Iterator[tuple[str, str]]:
    if title.endswith("…"):
        yield "In full", one_line(action.text)
    at = incident_day(session)
    when = f", {day(at, session.zone, year=True)}" if at is not None else ""
    yield "From the postmortem", f"{one_line(session.title) or UNTITLED}{when}"
    factors = {each.id: one_line(each.text) for each in session.factors}
    for factor in action.factors:
        if factor in factors:
            yield "Contributing factor", factors[factor]
    if action.owner:
        yield "Owner", one_line(action.owner)
    if action.due:
        yield "Due", action.due.isoformat()
    if action.priority:
        yield "Priority", action.priority
    yield "Reference", f"{MARK}{action.id}"
