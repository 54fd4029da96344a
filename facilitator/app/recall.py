"""Past incidents that a session is like, found behind the scenes and kept for the rows and the line beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from facilitator.app.librarian import Librarian
from facilitator.model.aliases import by_role
from facilitator.model.moments import local
from facilitator.model.precedents import precedent_id
from facilitator.model.session import Precedent, Session

if TYPE_CHECKING:
    from facilitator.library.similar import Similar

MOST = 8
"""How many past incidents are shown at most."""

NOTABLE = 0.15
"""From which score on a past incident is worth a word; below, it shares little more than some words."""


@dataclass(frozen=True, slots=True)
class Past:
    """A past incident with its session. `roles` puts roles in place of the names that are in it."""

    similar: "Similar"
    session: Session
    roles: Callable[[str], str]

    @property
    def notable(self) -> bool:
        """Whether it is worth a word."""
        return self.similar.score >= NOTABLE

    @property
    def precedent(self) -> Precedent:
        """The incident as one that can be noted in a session."""
        found = self.similar
        return Precedent(
            id=precedent_id(found.id), text=found.title, session=found.id, day=date.fromisoformat(found.date)
        )


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was found for a session, the most similar first; nothing was looked for while `compared` is None.

    `recurrence` is "the third like this in 14 months", or empty. In a `roles` view no names are shown.
    """

    compared: object = None
    pasts: tuple[Past, ...] = ()
    recurrence: str = ""
    roles: bool = False

    @property
    def shown(self) -> object:
        """What of it is on the screen."""
        return self.compared is None, tuple(each.similar for each in self.pasts), self.recurrence

    @property
    def notable(self) -> int:
        """How many are worth a word."""
        return sum(each.notable for each in self.pasts)

    @property
    def summary(self) -> str:
        """What was found, in one line; empty when nothing is worth a word."""
        count = f"{self.notable}{' or more' if self.notable == MOST else ''} similar"
        return f"{count}{f': {self.recurrence}' if self.recurrence else ''}" if self.notable else ""

    def past(self, session_id: str) -> Past | None:
        """Return the past incident of a session, if it is among these."""
        return next((each for each in self.pasts if each.session.id == session_id), None)


class Recaller:
    """Looks for past incidents that a session is like."""

    def __init__(self, librarian: Librarian, now: Callable[[], datetime]) -> None:
        self._librarian, self._now = librarian, now
        self.latest = Recalled()

    def look(self, session: Session) -> Recalled:
        """Return the past incidents that a session is like. It takes a while, and is called in a thread."""
        # Imported where it is used: the screen is there before it.
        from facilitator.library.reading import read
        from facilitator.library.similar import similar

        key, today = compared(session), local(self._now(), session.zone).date()
        try:
            ready = self._librarian.refresh()
            with self._librarian.lent() as library:
                found = similar(library, session, today, limit=MOST, ready=ready)
                held = [(each, read(library.folder, each.file)) for each in found.sessions]
        except OSError:
            return Recalled(key)  # the store cannot be listed, which saving tells with all that belongs to it
        pasts = tuple(
            Past(each, there.session, by_role(there.session))
            for each, there in held
            if there is not None and there.session is not None and there.session.id == each.id
        )
        return Recalled(key, pasts, found.recurrence)


def compared(session: Session) -> object:
    """Return what of a session decides which past incidents are looked for again: not each line of the timeline."""
    return (
        session.title,
        session.summary,
        session.services,
        session.tags,
        session.cause,
        session.trigger,
        tuple((each.text, each.category, each.root_cause, each.mitigator) for each in session.factors),
        tuple(each.text for each in session.whys),
    )
