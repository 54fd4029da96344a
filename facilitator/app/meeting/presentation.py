"""What others in the room may see: everything, or the panel alone without private things, or also without names."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from facilitator.app.remade import Remade
from facilitator.app.rows import Line, Row
from facilitator.model.aliases import by_role
from facilitator.model.private import published
from facilitator.model.session import Session

_AIR = (Line(""),)


class View(StrEnum):
    """How a session is shown."""

    NORMAL = "everything"
    PRESENTER = "for a shared screen"
    ROLES = "for a shared screen, with roles in place of names"


class Presentation:
    """Shows a session and its rows in one of the views; what stays the same is made once."""

    def __init__(self) -> None:
        self.view = View.NORMAL
        self._shown: tuple[Session, Session] | None = None
        self._alias: tuple[Session, Callable[[str], str]] | None = None
        self._rows = Remade()

    @property
    def shared(self) -> bool:
        """Whether others see the screen."""
        return self.view is not View.NORMAL

    def turn(self) -> View:
        """Go on to the next view, and return it."""
        views = tuple(View)
        self.view = views[(views.index(self.view) + 1) % len(views)]
        return self.view

    def session(self, session: Session) -> Session:
        """Return the session as it may be seen."""
        if not self.shared:
            return session
        if self._shown is None or self._shown[0] is not session:
            self._shown = session, published(session)
        return self._shown[1]

    def rows(self, rows: Sequence[Row], session: Session, *, named: bool = False) -> Sequence[Row]:
        """Return rows as they may be seen, with air between them; the same objects for rows that are the same.

        Names stay where they are asked for (`named`).
        """
        if not self.shared:
            return rows
        shown = str if named else self._named(session)
        return self._rows.rows(rows, lambda _row: shown, lambda row: _row_named(row, shown))

    def lines(self, lines: tuple[Line, ...], session: Session) -> tuple[Line, ...]:
        """Return lines as they may be seen."""
        if self.view is not View.ROLES:
            return lines
        named = self._named(session)
        return tuple(Line(named(line.text), line.tone) for line in lines)

    def words(self, text: str, session: Session) -> str:
        """Return a text as it may be seen."""
        return self._named(session)(text) if self.view is View.ROLES else text

    def _named(self, session: Session) -> Callable[[str], str]:
        if self.view is not View.ROLES:
            return str
        if self._alias is None or self._alias[0] is not session:
            if self._alias is None or _people(self._alias[0]) != _people(session):
                self._alias = session, by_role(session)
            else:
                self._alias = session, self._alias[1]
        return self._alias[1]


def _row_named(row: Row, named: Callable[[str], str]) -> Row:
    return replace(
        row,
        body=named(row.body),
        tail=named(row.tail),
        above=(*_AIR, *row.above) if row.key and row.above[:1] != _AIR else row.above,
        below=tuple(Line(named(line.text), line.tone) for line in row.below),
    )


def _people(session: Session) -> tuple[object, ...]:
    """Return what names of people come from."""
    owners = tuple(each.owner for each in session.actions) + tuple(each.owner for each in session.questions)
    roles = tuple((each.facilitator, each.note_taker) for each in session.meetings)
    named = session.facilitator, session.authors, session.reviewers, session.services, session.tags
    return session.participants, owners, roles, *named
