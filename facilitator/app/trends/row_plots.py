"""Charts with a row for each name: bars, bars over time, distributions, days, ratios."""

from collections import Counter
from datetime import date
from math import ceil, log2

from rich.cells import cell_len

from facilitator.app.drawing import drawable, fitted
from facilitator.app.trends.canvas import BLOCKS, Canvas
from facilitator.app.trends.picture import Part, Picture
from facilitator.app.trends.pieces import Piece, Signs, Tone
from facilitator.app.trends.time_plots import period_ticks
from facilitator.library.charts import Bands, Bars, Chart, Days, Ratios, Strips

Rows = Bands | Bars | Strips | Days | Ratios

_TALLEST_BAND = 4
_WIDEST_BAR = 12
_WIDEST_NAME = 44
_LEAST_PLOT = 24
_OCTAVES = 4
"""The axis of ratios goes from 1/16 to 16 times."""


def rows_picture(chart: Chart, body: Rows, size: tuple[int, int], *, signs: Signs, marked: int) -> Picture:
    """Draw a chart of rows; `marked` is the place of the mark to point at, or -1.

    `size` is how many cells and lines there are. Where not all rows have room, the first ones do, or those around the
    mark.
    """
    width, height = size
    lines, count = max(2, height - 2), len(chart.marks)
    high = _height(body, lines, count)
    shown = max(1, min(count, (lines if isinstance(body, Bands) else lines + high - 1) // high))
    first = max(0, min(count - shown, marked - shown // 2))
    names = min(max(cell_len(drawable(each.name)) for each in chart.marks), max(8, width * 2 // 5), _WIDEST_NAME)
    values = _value_room(chart, width - names - 4)
    room = width - names - 4 - (values + 2 if values else 0)
    if isinstance(body, Bands):
        count, step = _band_step(body, room, signs)
        room = min(room, ceil(count * step / BLOCKS) + 1)
    canvas = Canvas(room, min(lines, shown * high), signs)
    _Rows(canvas, first, shown, high).draw(body)
    named = high - 1 if isinstance(body, Bands) else 0
    found: list[list[Piece]] = []
    for place, line in enumerate(canvas.drawn()):
        number, inside = divmod(place, high)
        if place >= canvas.lines or inside != named:
            found.append([Piece(" " * (names + 3), Tone.NAME), *line])
            continue
        mark = chart.marks[first + number]
        here = first + number == marked
        start = Piece(f"{signs.arrow} " if here else "  ", Tone.MARKED)
        name = Piece(f"{fitted(mark.name, names)} ", Tone.MARKED if here else Tone.NAME)
        value = [Piece(f"  {drawable(mark.value).rjust(values)}", Tone.TOLD)] if values else []
        found.append([start, name, *line, *value])
    parts = tuple(Part(first + number, number * high, number * high + high - 1) for number in range(shown))
    return Picture(found, parts, upright=False)


def _height(body: Rows, lines: int, count: int) -> int:
    """Return how many lines each of so many rows has."""
    if isinstance(body, Bands):
        return max(2, min(_TALLEST_BAND, lines // count))
    return 2 if 2 * count <= lines + 1 else 1


def _band_step(body: Bands, columns: int, signs: Signs) -> tuple[int, int]:
    """Return how many periods have room, the last ones, and how many blocks each of them has."""
    room = columns * BLOCKS
    step = max(1, min(_WIDEST_BAR, room // max(1, len(body.periods))))
    if signs.plain:  # which has whole cells only
        step = max(BLOCKS, step // BLOCKS * BLOCKS)
    return min(len(body.periods), room // step), step


def _value_room(chart: Chart, width: int) -> int:
    """Return how wide the values at the right are, or 0 where they have no room."""
    widest = max(cell_len(drawable(each.value)) for each in chart.marks)
    return widest if width - widest >= max(_LEAST_PLOT, width // 2) else 0


class _Rows:
    """Draws rows on a surface: `shown` ones from `first` on, each `high` lines high."""

    def __init__(self, canvas: Canvas, first: int, shown: int, high: int) -> None:
        self._canvas, self._first, self._shown, self._high = canvas, first, shown, high

    def draw(self, body: Rows) -> None:
        match body:
            case Bands():
                self._bands(body)
            case Bars():
                self._bars(body)
            case Strips():
                self._strips(body)
            case Days():
                self._days(body)
            case Ratios():
                self._ratios(body)

    def _bands(self, body: Bands) -> None:
        canvas, highest = self._canvas, max(map(max, body.counts)) or 1
        count, step = _band_step(body, canvas.columns, canvas.signs)
        solid = max(1, step - (BLOCKS if canvas.signs.plain else 1))
        most = self._high * BLOCKS - 1
        blocks = []
        for row in range(self._shown):
            ground = (row + 1) * self._high * BLOCKS - 1
            for place, met in enumerate(body.counts[self._first + row][-count:]):
                tall = max(1, round(met * most / highest)) if met else 0
                across = range(place * step, place * step + solid)
                blocks += [(x, ground - y) for y in range(tall) for x in across]
        canvas.blocks(Tone.BAR, blocks)
        canvas.axes((), list(period_ticks(body.periods[-count:], step / BLOCKS, canvas.columns)))

    def _bars(self, body: Bars) -> None:
        canvas, highest = self._canvas, max((*body.counts, *body.of), default=0) or 1
        for row in range(self._shown):
            number, y = self._first + row, row * self._high
            if body.of:
                canvas.put(
                    canvas.signs.rest,
                    Tone.REST,
                    [(x, y) for x in range(round(body.of[number] * canvas.columns / highest))],
                )
            count = body.counts[number]
            wide = max(1, round(count * canvas.columns * BLOCKS / highest)) if count else 0
            # Half as high as the row, so that bars below each other stay apart.
            canvas.blocks(Tone.BAR, [(x, y * BLOCKS + 1) for x in range(wide)])
        canvas.axes((), [(0.0, "0"), (1.0, f"{highest:,}")])

    def _strips(self, body: Strips) -> None:
        canvas, axis = self._canvas, body.kind.axis(body.spreads)
        for row in range(self._shown):
            found, y = body.spreads[self._first + row], row * self._high
            if found.lower is not None and found.upper is not None:
                between = range(self._x(axis.place(found.lower)), self._x(axis.place(found.upper)) + 1)
                canvas.put(canvas.signs.line, Tone.BAR, [(x, y) for x in between])
            canvas.crowd(Tone.DOT, Counter((self._x(axis.place(value)), y) for value in found.values))
            if len(found.values) > 1:
                canvas.put(canvas.signs.upright, Tone.MEDIAN, [(self._x(axis.place(found.median)), y)])
        canvas.axes((), [(axis.place(each), body.kind.named(each)) for each in axis.ticks])

    def _days(self, body: Days) -> None:
        canvas, span = self._canvas, max(1, (body.last - body.first).days)
        counts = Counter(
            (self._x((day - body.first).days / span), row * self._high)
            for row in range(self._shown)
            for day in body.days[self._first + row]
        )
        canvas.crowd(Tone.DOT, counts)
        canvas.axes((), _day_ticks(body.first, body.last, span))

    def _ratios(self, body: Ratios) -> None:
        canvas = self._canvas
        canvas.put("|" if canvas.signs.plain else "│", Tone.AXIS, [(self._x(0.5), y) for y in range(canvas.lines)])
        for row in range(self._shown):
            low, ratio, high = body.intervals[self._first + row]
            y, start, end = row * self._high, _octave(low), _octave(high)
            left, right = self._x(max(0.0, start)), self._x(min(1.0, end))
            canvas.put(canvas.signs.line, Tone.BAR, [(x, y) for x in range(left, right + 1)])
            canvas.put(canvas.signs.ends[0] if start >= 0 else canvas.signs.cut[0], Tone.BAR, [(left, y)])
            canvas.put(canvas.signs.ends[1] if end <= 1 else canvas.signs.cut[1], Tone.BAR, [(right, y)])
            if ratio is not None and 0 <= _octave(ratio) <= 1:
                canvas.put(canvas.signs.middle, Tone.MEDIAN, [(self._x(_octave(ratio)), y)])
        names = (("as many", 0.5), ("1/16", 0.0), ("16 times", 1.0), ("1/4", 0.25), ("4", 0.75))
        canvas.axes((), [(place, name) for name, place in names])

    def _x(self, share: float) -> int:
        return round(min(max(share, 0.0), 1.0) * (self._canvas.columns - 1))


def _octave(ratio: float | None) -> float:
    """Return where a ratio stands on its axis, from 0 to 1; below 0 and above 1 where it is beyond."""
    if ratio is None:
        return 2.0
    return (log2(ratio) + _OCTAVES) / (2 * _OCTAVES) if ratio > 0 else -1.0


def _day_ticks(first: date, last: date, span: int) -> list[tuple[float, str]]:
    """Return the years between two days, or the days themselves where there is none."""
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    ends = [(0.0, str(first)), (1.0, str(last))]
    named = [((each - first).days / span, str(each.year)) for each in years]
    return [*ends, *named] if last > first else ends[:1]
