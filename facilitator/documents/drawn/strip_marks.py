"""The milestones below a timeline strip: marks in their columns, with names and durations where there is room."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

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

_BY_MARK = 1
_APART = 2


def mark_milestones(board: Board, marks: Sequence[Mark], left: int, signs: tuple[str, str]) -> None:
    """Write milestones on a line whose scale begins at the column `left`; `signs` are a mark and a line."""
    sign, rule = signs
    for mark in marks:
        board.write(left + mark.column, sign, Tone.MARK)
    groups = list(_groups(marks))
    for group in sorted(groups, key=lambda group: min(_FIRST_NAMED.index(mark.milestone) for mark in group)):
        _name(board, group, left)
    for before, after in pairwise(groups):
        _measure(board, before[-1], after[0], left, rule)


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


def _name(board: Board, group: Sequence[Mark], left: int) -> None:
    """Write the names of marks that stand together, behind them or in front of them."""
    behind = left + group[-1].column + 1 + _BY_MARK
    for text in (", ".join(mark.milestone for mark in group), " ".join(SHORT[mark.milestone] for mark in group)):
        if board.write_if_free(behind, text, Tone.STRONG, before=_BY_MARK, behind=_APART):
            return
        before = left + group[0].column - _BY_MARK - len(text)
        if board.write_if_free(before, text, Tone.STRONG, before=_APART, behind=_BY_MARK):
            return


def _measure(board: Board, before: Mark, after: Mark, left: int, rule: str) -> None:
    first, end = board.room(left + before.column + 1, left + after.column)
    first, end = first + 1, end - 1
    for text in passed(before, after):
        room = end - first - len(text) - 2
        if room >= 2:
            board.write(first, f"{rule * (room // 2)} {text} {rule * (room - room // 2)}", Tone.MUTED)
            return
