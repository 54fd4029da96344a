"""Charts with a column for each month or quarter: distributions, and actions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

from facilitator.app.trends.canvas import BLOCKS, Canvas, Place
from facilitator.app.trends.picture import Part, Picture, recoloured, written_at
from facilitator.app.trends.pieces import Piece, Signs, Tone
from facilitator.library.charts import Chart, Columns, Stacks
from facilitator.library.scales import Axis
from facilitator.library.trends import Spread

_WIDEST_COLUMN = 9
_YEAR_ROOM = 6
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def columns_picture(
    chart: Chart, body: Columns | Stacks, size: tuple[int, int], *, signs: Signs, marked: int
) -> Picture:
    """Draw a chart of columns; `marked` is the place of the mark to point at, or -1.

    `size` is how many cells and lines there are. Where not all periods have room, the last ones do, or those around the
    mark.
    """
    width, height = size
    lines = max(2, height - 2)
    axis, left = _axis(body, lines)
    room = max(2, width - max((len(name) for _, name in left), default=0) - 1)
    step = max(1, min(_WIDEST_COLUMN, room // max(1, len(chart.marks))))
    solid = step - (1 if step > 1 else 0)
    shown = min(len(chart.marks), room // step)
    last = len(chart.marks) - shown
    first = max(0, min(last, marked - shown // 2)) if marked >= 0 else last
    canvas = Canvas(step * shown, lines, signs)
    names = [each.name for each in chart.marks[first : first + shown]]
    canvas.axes(left, list(period_ticks(names, step, canvas.columns)))
    swarm = _Swarm(canvas, body.spreads, axis, solid) if isinstance(body, Columns) and axis is not None else None
    for number in range(shown):
        cells = range(number * step, number * step + solid)
        if swarm is not None:
            swarm.draw(first + number, cells)
        elif isinstance(body, Stacks):
            _stack(canvas, body, first + number, cells)
    each = swarm.each if swarm is not None else 1
    starts = [canvas.margin + number * step for number in range(shown)]
    parts = tuple(Part(first + number, start, start + solid - 1) for number, start in enumerate(starts))
    return Picture(_pointed(canvas.drawn(), parts, lines, marked, signs.below), parts, upright=True, each=each)


def _pointed(
    drawn: list[list[Piece]], parts: tuple[Part, ...], lines: int, marked: int, sign: str
) -> list[list[Piece]]:
    """Return a drawing with the marked column in another tone, and a sign below it."""
    part = next((each for each in parts if each.mark == marked), None)
    if part is None:
        return drawn
    upper = [recoloured(line, part.first, part.last, Tone.MARKED) for line in drawn[:lines]]
    return [*upper, written_at(drawn[lines], (part.first + part.last) // 2, sign, Tone.MARKED), *drawn[lines + 1 :]]


def period_ticks(names: Sequence[str], step: float, columns: int) -> Iterator[tuple[float, str]]:
    """Yield where the names of periods stand below an axis: years first, months between them where they fit."""
    places = [(number * step + (step - 1) / 2) / max(1, columns - 1) for number in range(len(names))]
    firsts = [number for number, name in enumerate(names) if _within(name) in ("", "Jan", "Q1")]
    apart = min((later - earlier for earlier, later in pairwise(firsts)), default=len(names)) * step
    years = firsts[:: max(1, ceil(_YEAR_ROOM / apart))]
    yield from ((places[number], names[number][:4]) for number in years)
    if names and (not years or years[0] * step >= len(names[0]) + 2):
        yield places[0], names[0]
    for number, name in enumerate(names):
        part = _within(name)
        if number and number not in firsts and (step > len(part) + 1 or part in ("Apr", "Jul", "Oct")):
            yield places[number], part


def _within(name: str) -> str:
    """Return the month or the quarter of a period, "" for a year."""
    if " " in name:
        return name[5:]
    return _MONTHS[int(name[5:]) - 1] if "-" in name else ""


def _axis(body: Columns | Stacks, lines: int) -> tuple[Axis | None, list[tuple[float, str]]]:
    """Return the axis of a distribution, and the names at the left."""
    if isinstance(body, Stacks):
        highest = _highest(body)
        middle = [(0.5, f"{highest // 2:,}")] if highest % 2 == 0 else []
        return None, [(0.0, "0"), *middle, (1.0, f"{highest:,}")]
    axis = body.kind.axis(each for each in body.spreads if each is not None)
    ticks = [(axis.place(each), body.kind.named(each)) for each in axis.ticks]
    kept: list[tuple[float, str]] = []
    for place, name in ticks:
        if not kept or (place - kept[-1][0]) * lines >= 1.5:
            kept.append((place, name))
    return axis, kept


class _Swarm:
    """Draws the values of periods as dots side by side, with the quartiles and the median as lines over them.

    A dot is a sign where all have room so, else a quarter of a cell, which is `each` sessions at most.
    """

    def __init__(self, canvas: Canvas, spreads: Sequence[Spread | None], axis: Axis, solid: int) -> None:
        self._canvas, self._spreads, self._axis = canvas, spreads, axis
        self._shares = [[axis.place(value) for value in each.values] if each is not None else [] for each in spreads]
        self._fine, most = 1, self._most(1)
        if most > solid and not canvas.signs.plain:
            self._fine, most = BLOCKS, self._most(BLOCKS)
        self.each = max(1, ceil(most / (solid * self._fine)))

    def draw(self, number: int, cells: range) -> None:
        """Draw the period at this place into these columns."""
        found, canvas = self._spreads[number], self._canvas
        if found is None:
            return
        places: list[Place] = []
        room = len(cells) * self._fine
        for row, count in self._counts(number, self._fine).items():
            dots = ceil(count / self.each)
            apart = 2 if self._fine == 1 and 2 * dots - 1 <= room else 1
            start = cells.start * self._fine + (room - (dots - 1) * apart) // 2
            places += [(start + dot * apart, row) for dot in range(dots)]
        if self._fine == 1:
            canvas.put(canvas.signs.dots[0], Tone.DOT, places)
        else:
            canvas.blocks(Tone.DOT, places)
        for value in (found.lower, found.upper):
            if value is not None:
                canvas.put(canvas.signs.line, Tone.BAR, [(x, self._row(value)) for x in cells])
        if len(found.values) > 1:
            canvas.put(canvas.signs.median, Tone.MEDIAN, [(x, self._row(found.median)) for x in cells])

    def _most(self, fine: int) -> int:
        counts = (self._counts(number, fine).values() for number in range(len(self._spreads)))
        return max((max(each, default=0) for each in counts), default=0)

    def _counts(self, number: int, fine: int) -> "Counter[int]":
        """Return how many values of a period stand in each row, where a line has so many rows."""
        rows = self._canvas.lines * fine - 1
        return Counter([rows - round(share * rows) for share in self._shares[number]])

    def _row(self, value: float) -> int:
        """Return the line in which a value stands."""
        rows = self._canvas.lines - 1
        return rows - round(self._axis.place(value) * rows)


def _stack(canvas: Canvas, body: Stacks, number: int, cells: range) -> None:
    """Draw how many actions of a period are done, pending and given up, from below."""
    highest, signs = _highest(body), canvas.signs
    parts = (
        (body.done, signs.full, Tone.BAR),
        (body.pending, signs.rest, Tone.REST),
        (body.given_up, signs.given_up, Tone.AXIS),
    )
    total = 0
    for counts, sign, tone in parts:
        before = round(total * canvas.lines / highest)
        total += counts[number]
        high = max(round(total * canvas.lines / highest), before + 1 if counts[number] else 0)
        canvas.put(sign, tone, [(x, canvas.lines - 1 - y) for y in range(before, high) for x in cells])


def _highest(body: Stacks) -> int:
    return max((sum(each) for each in zip(*body, strict=True)), default=0) or 1
