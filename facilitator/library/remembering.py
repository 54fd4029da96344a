"""An old lesson: of an incident on this day in an earlier year, else one that chance picks for the day."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import blake2b

import msgspec

from facilitator.library.expressions import All, Days, Order, Query, Sort, Value
from facilitator.library.facts import facts
from facilitator.library.ledger import Line, lines
from facilitator.library.search import Hit, Library
from facilitator.model.session import Lesson, Session
from facilitator.store.errors import StoreError
from facilitator.store.opening import read_opened

SETTLED = timedelta(days=30)
"""How old an incident is before it is an old one; where there is none, all that are past will do."""


class Remembered(msgspec.Struct, frozen=True):
    """A lesson with its session. `years` is how long ago to the day it was, or None; `pending` are its open actions."""

    session: Session
    date: date
    lesson: Lesson
    years: int | None
    pending: tuple[Line, ...]


def remember(library: Library, today: date, *, ready: bool = True) -> Remembered | None:
    """Return the lesson of a day, the same all day long, or None where there is none. Raises OSError."""
    if today == date.min:
        return None
    past = All((Value("has", "lessons"), Days(None, today - timedelta(days=1))))
    hits = library.find(Query(past, Order(Sort.DATE)), places=False, ready=ready).hits
    for hit in _in_line(hits, today):
        try:
            session = read_opened(library.folder / hit.file).session
        except (StoreError, OSError):
            continue
        if session.id == hit.id and session.lessons:
            lesson = min(session.lessons, key=lambda each: _lot(today, each.id))
            day = date.fromisoformat(hit.date)
            pending = tuple(each for each in lines(session, facts(session)) if each.action.pending)
            return Remembered(session, day, lesson, _years(day, today) or None, pending)
    return None


def _in_line(hits: Sequence[Hit], today: date) -> list[Hit]:
    """Return the sessions in the order in which they are taken: nobody else's place changes when one is added."""
    settled = (today - SETTLED).isoformat() if today - date.min > SETTLED else ""

    def place(hit: Hit) -> tuple[bool, bool, bytes]:
        return not _years(date.fromisoformat(hit.date), today), hit.date > settled, _lot(today, hit.id)

    return sorted(hits, key=place)


def _years(day: date, today: date) -> int:
    """Return how many years ago to the day it was, or 0; what was on a leap day comes on the last day of February."""
    same = (day.month, day.day) == (today.month, today.day)
    leap = (day.month, day.day) == (2, 29) and (today.month, today.day) == (2, 28) and not _is_leap(today.year)
    return today.year - day.year if same or leap else 0


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _lot(today: date, identity: str) -> bytes:
    return blake2b(f"{today.isoformat()} {identity}".encode(), digest_size=8).digest()
