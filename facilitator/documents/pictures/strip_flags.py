"""The names of milestones below a timeline: like flags on poles, so placed that none covers another or its pole."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from facilitator.documents.pictures.measure import text_width
from facilitator.model.strip import Mark

SIZE, STEP = 12.0, 17.0
POLE = 8.0
"""How far to the right of its pole a flag begins."""

_TOGETHER = 8
_CLEAR = 10.0


class Flag(NamedTuple):
    """Milestones that share a pole: where it stands, their names and clocks, how wide these are, and how far down."""

    column: int
    marks: tuple[Mark, ...]
    names: list[str]
    clocks: list[str]
    name_width: float
    width: float
    top: float

    @property
    def bottom(self) -> float:
        """How far down the flag ends."""
        return self.top + len(self.marks) * STEP


def flags(marks: Sequence[Mark], clocks: Sequence[str]) -> list[Flag]:
    """Return the flags of milestones in their order; `clocks` has the time of each.

    A flag flies to the right. It hangs below all those whose poles it would cross; their poles end above it.
    """
    placed: list[Flag] = []
    for group in reversed(list(_groups(list(zip(marks, clocks, strict=True))))):
        names = [str(mark.milestone) for mark, _ in group]
        times = [clock for _, clock in group]
        name_width = max(text_width(name, SIZE, bold=True) for name in names)
        width = POLE + name_width + 6.0 + max(text_width(clock, SIZE) for clock in times)
        column = group[0][0].column
        crossed = [flag.bottom for flag in placed if flag.column <= column + width + _CLEAR]
        flag = Flag(
            column, tuple(mark for mark, _ in group), names, times, name_width, width, max(crossed, default=0.0)
        )
        placed.append(flag)
    return placed[::-1]


def _groups(marks: Iterable[tuple[Mark, str]]) -> Iterable[list[tuple[Mark, str]]]:
    group: list[tuple[Mark, str]] = []
    for mark in marks:
        if group and mark[0].column - group[0][0].column > _TOGETHER:
            yield group
            group = []
        group.append(mark)
    if group:
        yield group
