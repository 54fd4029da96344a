"""What a benchmark prints: one measurement beside another of the same run, and the bound for their ratio."""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

Times = Mapping[str, list[float]]
"""Measurements by name; the same place in each list is the same round."""

COLUMNS = (52, 11, 34, 11, 7, 14)
HEADINGS = ("what", "measured", "against", "measured", "ratio", "bound")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `bound` is for the ratio, `limit` for the measurement itself, in its unit."""

    what: str
    value: float
    unit: str = "ms"
    against: str = ""
    reference: float | None = None
    ratio: float | None = None
    bound: float | None = None
    limit: float | None = None

    @property
    def over(self) -> bool:
        """Whether the bound is broken."""
        by_ratio = self.bound is not None and self.ratio is not None and self.ratio > self.bound
        return by_ratio or (self.limit is not None and self.value > self.limit)

    @property
    def shown(self) -> str:
        """The line as it is printed."""
        bound = f"{self.bound:g}x" if self.bound is not None else ""
        if self.limit is not None:
            bound = f"{bound} {self.limit:g} {self.unit}".strip()
        cells = (
            self.what,
            _number(self.value, self.unit),
            self.against,
            _number(self.reference, self.unit),
            f"{self.ratio:.2f}x" if self.ratio is not None else "",
            f"{bound}{'  OVER' if self.over else ''}",
        )
        return in_columns(cells)


def compared(
    what: str,
    times: Times,
    name: str,
    base: str,
    *,
    bound: float | None = None,
    limit: float | None = None,
    unit: str = "ms",
) -> Line:
    """Return the line for `name` against `base`: the medians, and the median of the ratios round by round."""
    ratio = statistics.median(mine / theirs for mine, theirs in zip(times[name], times[base], strict=True))
    mine, theirs = statistics.median(times[name]), statistics.median(times[base])
    return Line(what, mine, unit, base, theirs, ratio, bound, limit)


def interleaved(rounds: int, tasks: Mapping[str, Callable[[], float]], *, warm_up: int = 1) -> dict[str, list[float]]:
    """Run the tasks in turn, again and again, so that noise falls on all alike; return what each measured."""
    measured: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(-warm_up, rounds):
        for name, task in tasks.items():
            value = task()
            if number >= 0:
                measured[name].append(value)
    return measured


def timed(task: Callable[[], object], *, times: int = 1) -> float:
    """Return how long a call takes, in milliseconds, as the mean of so many calls."""
    began = time.perf_counter()
    for _ in range(times):
        task()
    return (time.perf_counter() - began) * 1000 / times


def in_columns(cells: Iterable[str]) -> str:
    """Return the cells of a line, numbers to the right."""
    numbers = (1, 3, 4)
    aligned = (
        cell.rjust(width) if place in numbers else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, COLUMNS, strict=True))
    )
    return "  ".join(aligned).rstrip()


def heading() -> Iterator[str]:
    """Yield the lines above the table."""
    yield in_columns(HEADINGS)
    yield in_columns("-" * width for width in COLUMNS)


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    digits = 3 if value < 0.1 else 2 if value < 10 else 1 if value < 1000 else 0
    return f"{value:,.{digits}f} {unit}"
