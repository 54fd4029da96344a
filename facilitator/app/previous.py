"""What became of the actions of earlier sessions on the same services: found behind the scenes, for the opening."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from facilitator.app.librarian import Librarian
from facilitator.app.rows import Line, Tone
from facilitator.model.moments import local
from facilitator.model.session import Session
from facilitator.model.text import handle, one_line

if TYPE_CHECKING:
    from facilitator.library.ledger import Line as Found

MOST = 12
"""How many actions are listed at most."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The actions of earlier sessions: how many are open, in words, and a line for each that is, what is due first.

    `told` is empty where there are no actions. On a `shared` screen they are counted and not listed: they are of
    other sessions, and name their owners.
    """

    told: str = ""
    pending: tuple[str, ...] = ()
    shared: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """The list that stands below the row."""
        if self.shared or not self.pending:
            return ()
        rest = len(self.pending) - MOST
        more = (Line(f"and {rest:,} more, in the register of actions beside home"),) if rest > 0 else ()
        return (*(Line(each, Tone.BODY) for each in self.pending[:MOST]), *more)


class PreviousFinder:
    """Looks for the actions of earlier sessions on the services of one."""

    def __init__(self, librarian: Librarian, now: Callable[[], datetime]) -> None:
        self._librarian, self._now = librarian, now
        self.latest = Previous()

    def look(self, session: Session) -> Previous:
        """Return what is known of previous actions. It takes a while, and is called in a thread."""
        if not session.services:
            return Previous()
        # Imported where it is used: the screen is there before it.
        from facilitator.library.facts import facts
        from facilitator.library.register import previous_actions, told_previous

        before, today = facts(session).when.date(), local(self._now(), session.zone).date()
        try:
            ready = self._librarian.refresh()
            with self._librarian.lent() as library:
                found = previous_actions(library, session.services, before, but=session.id, ready=ready)
        except OSError:
            return Previous()  # the store cannot be listed, which saving tells with all that belongs to it
        return Previous(told_previous(found), tuple(_told(each, today) for each in found.lines))


def _told(line: "Found", today: date) -> str:
    from facilitator.app.register_rows import due_told

    facts = (due_told(line, today), handle(line.action.owner), f"{line.date:%b} {line.date.day}, {line.date.year}")
    return f"{one_line(line.action.text)}  ({', '.join(each for each in facts if each)})"
