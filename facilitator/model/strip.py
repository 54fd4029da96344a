"""The timeline strip: a whole timeline on one line, with its density, its milestones and its silences."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

import msgspec

from facilitator.model.session import Entry, Milestone
from facilitator.model.strip_scale import Scale, median, scale

_STANDS_OUT = 3
_OF_THE_WHOLE = 1 / 10
_ORDER = {milestone: number for number, milestone in enumerate(Milestone)}


class Break(msgspec.Struct, frozen=True):
    """A time that is cut out: the `size` columns from `column` on stand for it; `span` is how long it is."""

    column: int
    size: int
    span: timedelta


class Mark(msgspec.Struct, frozen=True):
    """A milestone, the number of its entry in the timeline, and where it lies; `at` is in seconds."""

    milestone: Milestone
    entry: int
    column: int
    at: float


class _Marked(NamedTuple):
    """A milestone and its entry before there is a scale."""

    milestone: Milestone
    entry: int
    at: float


class Silence(msgspec.Struct, frozen=True):
    """A time without an entry that is long for this incident: between which columns, and how long."""

    first: int
    last: int
    span: timedelta


class Strip(msgspec.Struct, frozen=True):
    """A timeline over `columns` columns.

    `counts` says how many entries begin in each column, `covered` whether an entry with an end spans it. `places` holds
    the column of each entry, `nearest` the number of the entry nearest to each column: the first of those that share
    one. Breaks, marks and silences are in order of time.
    """

    columns: int
    counts: tuple[int, ...] = ()
    covered: tuple[bool, ...] = ()
    places: tuple[int, ...] = ()
    nearest: tuple[int, ...] = ()
    breaks: tuple[Break, ...] = ()
    marks: tuple[Mark, ...] = ()
    silences: tuple[Silence, ...] = ()


def strip(timeline: Sequence[Entry], columns: int, *, gap: int = 2, least: int = 3) -> Strip:
    """Return the strip of a timeline, whose entries may stand in any order.

    A break takes `gap` columns, and what lies between two breaks at least `least`. An end before the beginning of its
    entry is left out. Without entries, everything is empty but the number of columns.
    """
    columns = max(1, columns)
    if not timeline:
        return Strip(columns)
    begins = [entry.at.at.timestamp() for entry in timeline]
    ends = [
        begin if entry.until is None else max(begin, entry.until.timestamp())
        for entry, begin in zip(timeline, begins, strict=True)
    ]
    points = sorted({*begins, *ends})
    # Columns are counted by their middles, so that the first and the last moment have a whole column each.
    heart = _heart(marks := _marks(timeline, begins), begins)
    drawn = scale(points, columns - 1, gap=gap + 1, least=least - 1, heart=heart)
    where = {point: int(place + 0.5) for point, place in zip(points, drawn.places(points), strict=True)}
    places = tuple(where[begin] for begin in begins)
    counts = [0] * columns
    for place in places:
        counts[place] += 1
    return Strip(
        columns=columns,
        counts=tuple(counts),
        covered=_covered([(where[begin], where[end]) for begin, end in zip(begins, ends, strict=True)], columns),
        places=places,
        nearest=_nearest(places, columns),
        breaks=tuple(
            Break(int(after.start + 0.5) - gap, gap, timedelta(seconds=after.first - before.last))
            for before, after in pairwise(drawn.stretches)
        ),
        marks=tuple(Mark(milestone, number, places[number], at) for milestone, number, at in marks),
        silences=_silences(sorted(zip(begins, ends, strict=True)), where, drawn),
    )


def smoothed(strip: Strip, reach: int) -> list[float]:
    """Return how dense the entries are around each column: those up to `reach` columns away count, nearer ones more.

    A break separates: what lies beyond it does not count.
    """
    heights = [0.0] * strip.columns
    edges = [0, *(edge for each in strip.breaks for edge in (each.column, each.column + each.size)), strip.columns]
    for column, count in enumerate(strip.counts):
        if not count:
            continue
        number = bisect_right(edges, column, hi=len(edges) - 1)
        first, last = edges[number - 1], edges[number]
        for near in range(max(first, column - reach), min(last, column + reach + 1)):
            heights[near] += count * (1 - abs(near - column) / (reach + 1))
    return heights


def _covered(spans: Sequence[tuple[int, int]], columns: int) -> tuple[bool, ...]:
    changes = [0] * (columns + 1)
    for first, last in spans:
        if last > first:
            changes[first] += 1
            changes[last + 1] -= 1
    depth, covered = 0, []
    for change in changes[:-1]:
        depth += change
        covered.append(depth > 0)
    return tuple(covered)


def _nearest(places: Sequence[int], columns: int) -> tuple[int, ...]:
    firsts: dict[int, int] = {}
    for number, place in enumerate(places):
        firsts.setdefault(place, number)
    taken = sorted(firsts)
    nearest: list[int] = []
    passed = 0
    for column in range(columns):
        while passed + 1 < len(taken) and taken[passed + 1] - column < abs(column - taken[passed]):
            passed += 1
        nearest.append(firsts[taken[passed]])
    return tuple(nearest)


def _marks(timeline: Sequence[Entry], begins: Sequence[float]) -> list[_Marked]:
    """Return the milestones in order of time; where two entries have the same one, that of the earlier."""
    found: dict[Milestone, _Marked] = {}
    for number, entry in enumerate(timeline):
        for milestone in entry.milestones:
            if milestone not in found or begins[number] < found[milestone].at:
                found[milestone] = _Marked(milestone, number, begins[number])
    return sorted(found.values(), key=lambda each: (each.at, _ORDER[each.milestone]))


def _heart(marks: Sequence[_Marked], begins: Sequence[float]) -> tuple[float, float] | None:
    """Return the time between the first and the last milestone, when at least half of the entries lie there."""
    if not marks or marks[0].at == marks[-1].at:
        return None
    first, last = marks[0].at, marks[-1].at
    return (first, last) if 2 * sum(first <= begin <= last for begin in begins) >= len(begins) else None


def _silences(spans: Sequence[tuple[float, float]], where: dict[float, int], drawn: Scale) -> tuple[Silence, ...]:
    """Return the silences that stand out: long beside the usual step of this incident, and beside the whole of it.

    The time that an entry spans is not silent. One that is cut out of the scale is a break, and not told twice.
    """
    silent: list[tuple[float, float]] = []
    heard = spans[0][0]
    for begin, end in spans:
        if begin > heard:
            silent.append((heard, begin))
        heard = max(heard, end)
    usual = median([last - first for first, last in silent])
    whole = sum(stretch.last - stretch.first for stretch in drawn.stretches)
    broken = {stretch.first for stretch in drawn.stretches[1:]}
    return tuple(
        Silence(where[first], where[last], timedelta(seconds=last - first))
        for first, last in silent
        if last - first > _STANDS_OUT * usual and last - first >= whole * _OF_THE_WHOLE and last not in broken
    )
