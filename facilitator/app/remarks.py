"""Comments where they are about something: a quiet number at the row, and the threads below the marked one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from facilitator.app.remade import Remade
from facilitator.app.rows import Line, Row, Tone
from facilitator.model.clocks import day
from facilitator.model.review_items import Comment
from facilitator.model.session import Session
from facilitator.review.comments import Thread, threads

MOST_BELOW = 3
"""How many threads stand below a marked row; the others stand in Review."""


class Remarks:
    """Shows open comments at the rows of any panel; what stays the same is made once."""

    def __init__(self) -> None:
        self._rows = Remade()
        self._comments: tuple[Comment, ...] = ()
        self._by_row: dict[str, tuple[Thread, ...]] = {}

    def at(self, session: Session, key: str) -> tuple[Thread, ...]:
        """Return the open threads about the row with this key: that of an item, or of a field."""
        return self._known(session).get(key, ())

    def rows(self, rows: Sequence[Row], session: Session) -> Sequence[Row]:
        """Return rows with the number of their open comments at the right; rows that stay are the same objects."""
        by_row = self._known(session)
        if not by_row:
            return rows

        def count(row: Row) -> int | None:
            found = by_row.get(row.key, ())
            return sum(1 + len(each.replies) for each in found) or None

        return self._rows.rows(rows, count, lambda row: _counted(row, count(row) or 0))

    def lines(self, session: Session, key: str, way: str) -> tuple[Line, ...]:
        """Return what stands below the marked row: its open threads. `way` is the key that answers."""
        found = self.at(session, key)
        lines = [line for each in found[:MOST_BELOW] for line in thread_lines(each, session.zone)]
        rest = len(found) - MOST_BELOW
        more = (Line(f"and {rest} more, in Review"),) if rest > 0 else ()
        return (*lines, *more, *((Line(f"{way} answers, or resolves", Tone.HINT),) if found else ()))

    def _known(self, session: Session) -> Mapping[str, tuple[Thread, ...]]:
        if session.comments is not self._comments:
            self._comments, by_row = session.comments, dict[str, tuple[Thread, ...]]()
            for each in threads(session):
                key = each.comment.about or each.comment.place
                if key and not each.comment.resolved:
                    by_row[key] = (*by_row.get(key, ()), each)
            self._by_row = by_row
        return self._by_row


def thread_lines(thread: Thread, zone: str) -> tuple[Line, ...]:
    """Return a thread as lines: the comment, and its replies below it."""
    replies = (Line(f"   ↳ {said(each, zone)}", Tone.BODY) for each in thread.replies)
    return Line(f"• {said(thread.comment, zone)}", Tone.BODY), *replies


def said(comment: Comment, zone: str) -> str:
    """Return a comment with who said it, and on which day: "Alice, Nov 22: which alert?"."""
    text = " ".join(comment.text.split())
    return f"{comment.by or 'somebody'}, {day(comment.at, zone)}: {text}"


def _counted(row: Row, count: int) -> Row:
    words = f"{count} comment{'s' if count > 1 else ''}"
    return replace(row, tail=f"{row.tail}  {words}" if row.tail else words)
