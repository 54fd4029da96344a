"""Where the values of a distribution stand on an axis, and how they are named there."""

from collections.abc import Iterable
from datetime import timedelta
from math import ceil, log
from typing import NamedTuple

from facilitator.library.trends import Group, Spread
from facilitator.model.metrics import spoken

_DURATIONS = (60.0, 300.0, 900.0, 3600.0, 4 * 3600.0, 12 * 3600.0, 86400.0, 7 * 86400.0, 30 * 86400.0, 365 * 86400.0)
_LEAST_DURATION = 60.0
_WHOLE_BUDGET = 100.0
_MOST_TICKS = 6


class Axis(NamedTuple):
    """An axis from `low` to `high`; with `ratio` equal distances are equal ratios, as fits durations."""

    low: float
    high: float
    ratio: bool
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Return where a value stands, from 0 to 1; what lies outside stands at the end."""
        value = min(max(value, self.low), self.high)
        if self.ratio:
            return log(value / self.low) / log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


class Kind(NamedTuple):
    """One of the distributions of a trend: its heading, its field of a group, and whether it is a duration."""

    heading: str
    field: str
    duration: bool

    def of(self, group: Group) -> Spread | None:
        """Return the distribution of a group."""
        found: Spread | None = getattr(group, self.field)
        return found

    def named(self, value: float) -> str:
        """Return a value as people say it."""
        return spoken(timedelta(seconds=value)) if self.duration else f"{value:.3g} %"

    def axis(self, spreads: Iterable[Spread]) -> Axis:
        """Return the axis on which all of these stand."""
        values = [each for found in spreads for each in (found.values[0], found.values[-1])]
        if not self.duration:
            step = _WHOLE_BUDGET / 4
            while max(values) > _MOST_TICKS * step:
                step *= 2
            high = max(_WHOLE_BUDGET, ceil(max(values) / step) * step)
            return Axis(0.0, high, False, tuple(step * each for each in range(round(high / step) + 1)))
        least, most = max(_LEAST_DURATION, min(values)), max(_LEAST_DURATION * 2, *values)
        low = max((each for each in _DURATIONS if each <= least), default=_LEAST_DURATION)
        high = min((each for each in _DURATIONS if each >= most and each > low), default=most * 2)
        return Axis(low, high, True, tuple(each for each in _DURATIONS if low <= each <= high))


KINDS = (
    Kind("Time to resolve (MTTR)", "mttr", True),
    Kind("Time to detect (MTTD)", "mttd", True),
    Kind("Share of the error budget", "budget", False),
)
"""The distributions that are drawn."""
