"""An old lesson on the home screen: one calm line while nothing is typed."""

from datetime import date
from typing import TYPE_CHECKING

from facilitator.app.librarian import Librarian
from facilitator.app.step_words import shortened
from facilitator.app.widgets.bar import Part
from facilitator.model.text import one_line

if TYPE_CHECKING:
    from facilitator.library.remembering import Remembered

_LONGEST_TITLE, _LONGEST_LESSON = 40, 80


def lesson_of(librarian: Librarian, today: date) -> "Remembered | None":
    """Return the lesson of a day. None where there is none, and where only reading all files would tell it."""
    # Imported where it is used: home is there before it.
    from facilitator.library.remembering import remember

    if not librarian.ready:
        return None
    try:
        with librarian.lent() as library:
            return remember(library, today)
    except OSError:
        return None


def lesson_parts(found: "Remembered", key: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return the two sides of the line: when it was learned, the lesson and where; the key that opens its session."""
    if found.years is None:
        when = f"{found.date:%B %Y}"
    else:
        when = "A year ago today" if found.years == 1 else f"{found.years} years ago today"
    lesson = shortened(one_line(found.lesson.text), _LONGEST_LESSON)
    title = shortened(one_line(found.session.title), _LONGEST_TITLE)
    left = ((f"   {when}: {lesson}", "$foreground 80%"), (f"  {title}", "$secondary"))
    return left, ((f"  {key}", "bold $accent"), (" open ", "$secondary"))
