"""The milestones below a timeline strip: marks in their columns, with names and durations where there is room."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from facilitator.documents.drawn.pieces import Tone
from facilitator.documents.drawn.strip_board import Board
from facilitator.model.metrics import spoken
from facilitator.model.session import Milestone
from facilitator.model.strip import Mark

SHORT = {
    Milestone.START: "start",
    Milestone.DETECTED: "det",
    Milestone.ACKNOWLEDGED: "ack",
    Milestone.DECLARED: "decl",
    Milestone.MITIGATED: "mit",
    Milestone.RESOLVED: "res",
}
"""Short names of the milestones, for where there is little room."""

_FIRST_NAMED = (
    Milestone.START,
    Milestone.RESOLVED,
    Milestone.DETECTED,
    Milestone.MITIGATED,
    Milestone.DECLARED,
    Milestone.ACKNOWLEDGED,
)
_ALIKE = 6
"""Marks that are nearer than this have no room for a name between them, and share one."""

_APART = 2
"""So many blank cells part the names of one group from another."""


class MarkSigns(NamedTuple):
    """The characters of this line: a mark, what ties names to their marks, and the dots around a duration."""

    mark: str
    tie: str
    dots: str


def mark_milestones(board: Board, marks: Sequence[Mark], left: int, signs: MarkSigns) -> None:
    """Write milestones on a line whose scale begins at the column `left`.

    Names are tied to their marks, and the marks of a group to each other, so that it does not matter on which side of
    them there is room for the names.
    """
    groups = list(_groups(marks))
    for group in groups:
        _mark(board, group, left, signs.mark, " ")
    for group in sorted(groups, key=lambda group: min(_FIRST_NAMED.index(mark.milestone) for mark in group)):
        if _name(board, group, left, signs.tie):
            _mark(board, group, left, signs.mark, signs.tie)
    for before, after in pairwise(groups):
        _measure(board, before[-1], after[0], left, signs.dots)


def passed(before: Mark, after: Mark) -> Iterator[str]:
    """Return ways to say how long it took from one milestone to the next, the best one first."""
    span = spoken(timedelta(seconds=after.at - before.at))
    words = {
        (Milestone.START, Milestone.DETECTED): "undetected",
        (Milestone.DETECTED, Milestone.ACKNOWLEDGED): "unacknowledged",
        (Milestone.MITIGATED, Milestone.RESOLVED): "recovering",
    }
    if word := words.get((before.milestone, after.milestone)):
        yield f"{word} {span}"
    yield span


def _groups(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    group: list[Mark] = []
    for mark in marks:
        if group and mark.column - group[-1].column >= _ALIKE:
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _mark(board: Board, group: Sequence[Mark], left: int, mark: str, between: str) -> None:
    """Write the marks of a group and what is between them, so that nothing else is written there."""
    first, last = left + group[0].column, left + group[-1].column
    board.write(first, between * (last - first + 1), Tone.LINE)
    for each in group:
        board.write(left + each.column, mark, Tone.MARK)


def _name(board: Board, group: Sequence[Mark], left: int, tie: str) -> bool:
    """Write the names of marks that stand together, tied to them: behind them, or in front, or nowhere without room."""
    first, behind = left + group[0].column, left + group[-1].column + 1
    for text in (", ".join(mark.milestone for mark in group), " ".join(SHORT[mark.milestone] for mark in group)):
        if board.write_if_free(behind + 1, text, Tone.STRONG, before=1, behind=_APART):
            board.write(behind, tie, Tone.LINE)
            return True
        if board.write_if_free(first - 1 - len(text), text, Tone.STRONG, before=_APART, behind=1):
            board.write(first - 1, tie, Tone.LINE)
            return True
    return False


def _measure(board: Board, before: Mark, after: Mark, left: int, dots: str) -> None:
    first, end = board.room(left + before.column + 1, left + after.column)
    first, end = first + 1, end - 1
    for text in passed(before, after):
        room = end - first - len(text) - 2
        if room >= 2:
            board.write(first, f"{dots * (room // 2)} {text} {dots * (room - room // 2)}", Tone.MUTED)
            return
