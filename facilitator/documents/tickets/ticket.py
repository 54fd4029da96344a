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

_LONGEST, _LONGEST_FACTOR, _MOST_FACTORS = 8_000, 500, 20
"""What fits into a description (Jira 32,767 characters, GitHub 65,536) when all of it must be escaped."""


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
    title = _cut(one_line(action.text), LONGEST_TITLE) or "Action without words"
    kind = [f"type-{action.type}"] if action.type else []
    return Ticket(
        action=action.id,
        title=title,
        lines=tuple(_lines(session, action, title)),
        owner=_cut(one_line(action.owner), LONGEST_TITLE),
        due=action.due,
        priority=action.priority,
        labels=("postmortem", *kind),
    )


def _lines(session: Session, action: Action, title: str) -> Iterator[tuple[str, str]]:
    if title.endswith("…"):
        yield "In full", _cut(one_line(action.text), _LONGEST)
    at = incident_day(session)
    when = f", {day(at, session.zone, year=True)}" if at is not None else ""
    yield "From the postmortem", f"{_cut(one_line(session.title), _LONGEST_FACTOR) or UNTITLED}{when}"
    factors = {each.id: one_line(each.text) for each in session.factors}
    for factor in [each for each in action.factors if each in factors][:_MOST_FACTORS]:
        yield "Contributing factor", _cut(factors[factor], _LONGEST_FACTOR)
    if action.owner:
        yield "Owner", _cut(one_line(action.owner), _LONGEST_FACTOR)
    if action.due:
        yield "Due", action.due.isoformat()
    if action.priority:
        yield "Priority", action.priority
    yield "Reference", f"{MARK}{action.id}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
