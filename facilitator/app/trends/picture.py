"""A chart as lines of pieces, and which part of it stands where."""

from typing import NamedTuple

from facilitator.app.trends.pieces import Piece, Tone
from facilitator.library.charts import Chart


class Part(NamedTuple):
    """Where a mark of a chart stands: its place among the marks, and its first and last cell or line."""

    mark: int
    first: int
    last: int


class Picture(NamedTuple):
    """A chart that is drawn: its lines, where its parts are, and whether these are columns or else rows.

    `each` is how many sessions a dot of a distribution is at most: 1, unless there are more than have room.
    """

    lines: list[list[Piece]]
    parts: tuple[Part, ...]
    upright: bool
    each: int = 1

    def mark_at(self, x: int, y: int) -> int | None:
        """Return which mark stands at a cell."""
        place = x if self.upright else y
        return next((each.mark for each in self.parts if each.first <= place <= each.last), None)

    def left_out(self, chart: Chart) -> int:
        """Return how many marks of the chart have no room."""
        return len(chart.marks) - len(self.parts) if self.lines else 0


def recoloured(line: list[Piece], first: int, last: int, tone: Tone) -> list[Piece]:
    """Return a line with the cells from `first` to `last` in another tone; each character of it is one cell."""
    found: list[Piece] = []
    at = 0
    for text, before in line:
        cuts = [max(0, min(len(text), each - at)) for each in (first, last + 1)]
        for part, each in zip(
            (text[: cuts[0]], text[cuts[0] : cuts[1]], text[cuts[1] :]), (before, tone, before), strict=True
        ):
            if part:
                found.append(Piece(part, each))
        at += len(text)
    return found


def written_at(line: list[Piece], at: int, sign: str, tone: Tone) -> list[Piece]:
    """Return a line with a sign in one cell."""
    found: list[Piece] = []
    place = 0
    for text, before in line:
        inside = at - place
        if 0 <= inside < len(text):
            found += [
                each
                for each in (Piece(text[:inside], before), Piece(sign, tone), Piece(text[inside + 1 :], before))
                if each.text
            ]
        else:
            found.append(Piece(text, before))
        place += len(text)
    return found
