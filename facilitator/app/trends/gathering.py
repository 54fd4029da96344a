"""What the trends are made of, asked of the library: to be called in a thread."""

from datetime import date

from facilitator.app.librarian import Librarian
from facilitator.library.briefs import briefs, done_lines
from facilitator.library.completed import with_days
from facilitator.library.expressions import Query
from facilitator.library.impact import Impacts, impacts
from facilitator.library.ledger import Brief


def sessions_of(librarian: Librarian, query: Query) -> tuple[Brief, ...]:
    """Return the sessions that a query asks for, the oldest incident first. Raises OSError."""
    with librarian.lent() as library:
        return briefs(library, query, ready=librarian.ready)


def impacts_of(librarian: Librarian, query: Query, today: date) -> Impacts:
    """Return what the actions of these sessions that are done may have changed, in the whole store. Raises OSError."""
    with librarian.lent() as library:
        every = briefs(library, Query(), ready=librarian.ready)
        done = done_lines(library, query, ready=librarian.ready)
        return impacts(with_days(library.folder, done), every, today)
