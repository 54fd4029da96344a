"""How one row becomes lines of cells."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from rich.cells import cell_len

from facilitator.app.drawing import drawable, fitted, wrapped
from facilitator.app.rows import Line, Row, Tone

MARGIN = 4
"""Cells before the words: the cursor's arrow, a space, the mark, a space."""

ARROW = "› "
"""What the first line of the selected row begins with."""

LONGEST_LEAD = 20
"""The widest that the column at the left gets; a longer lead has a line of its own."""

_NARROW = 28
"""Below so many cells for its words, a row has its tail and a long lead on lines of their own."""

_SHORT_LEAD = 6
"""The widest lead that stands beside the words of a narrow list: a time of day, but not the label of a field."""


class Piece(NamedTuple):
    """A run of text in one tone; the tone names a component class."""

    text: str
    tone: str


class Words(NamedTuple):
    """Where the words of a row stand among its lines: under how many others, from which column, on how many lines."""

    above: int
    column: int
    lines: int


def lead_width(leads: Sequence[str], width: int, longest: int) -> int:
    """Return the width of the column at the left for rows with these leads, at most `longest`.

    A narrow list has the column for short leads only, and none where most are long: those stand above their words.
    """
    lead = min(longest, max((len(each) for each in leads), default=0))
    if lead <= _SHORT_LEAD or width - MARGIN - lead - 2 >= _NARROW:
        return lead
    known = [len(each) for each in leads if each]
    short = [each for each in known if each <= _SHORT_LEAD]
    return max(short) if len(short) * 2 > len(known) else 0


def row_lines(row: Row, width: int, lead: int, *, selected: bool = False, uniform: bool = False) -> list[list[Piece]]:
    """Return the lines of a row, each a list of pieces, none wider than `width` cells.

    `lead` is the width of the column at the left; a `uniform` row is cut to one line.
    """
    arrow = ARROW if selected else "  "
    if not row.key and row.tone is Tone.HEADING:
        return [*_lines(row.above, 0, width), [Piece(fitted(f"  {row.body}", width), row.tone)]]
    indent, column, room, beside = _fit(row, width, lead, uniform=uniform)
    tail = drawable(row.tail)
    body = [fitted(row.body, room)] if uniform else wrapped(drawable(row.body), room)
    start = [Piece(arrow, "mark"), Piece(f"{row.mark} ", "mark")]
    lines = [*_lines(row.above, MARGIN, width)]
    if cell_len(row.lead) > lead:
        lines.append([*start, Piece(fitted(row.lead, max(1, width - MARGIN)).rstrip(), "lead")])
        start = [Piece(" " * (column - indent), "lead")]
    elif lead:
        start.append(Piece(fitted(row.lead, lead) + "  ", "lead"))
    start.append(Piece(" " * indent, "body"))
    for number, text in enumerate(body):
        line = [*start] if number == 0 else [Piece(" " * column, "body")]
        line.append(Piece(text, row.tone))
        if number == 0 and tail and beside:
            gap = width - column - cell_len(text) - cell_len(tail)
            line += [Piece(" " * max(1, gap), "body"), Piece(tail, "tail")]
        lines.append(line)
    if tail and not beside and not uniform:
        lines += [[Piece(" " * column, "body"), Piece(text, "tail")] for text in wrapped(tail, width - column)]
    return [*lines, *_lines(row.below, column, width)]


def row_height(row: Row, width: int, lead: int) -> int:
    """Return how many lines `row_lines` makes of a row, at a fraction of its cost."""
    if not row.key and row.tone is Tone.HEADING:
        return len(_lines(row.above, 0, width)) + 1
    _, column, room, beside = _fit(row, width, lead, uniform=False)
    height = len(wrapped(drawable(row.body), room)) + (cell_len(row.lead) > lead)
    if row.tail and not beside:
        height += len(wrapped(drawable(row.tail), width - column))
    if row.above or row.below:
        height += len(_lines(row.above, MARGIN, width)) + len(_lines(row.below, column, width))
    return height


def words_of(row: Row, width: int, lead: int) -> Words:
    """Return where `row_lines` has the words of a row."""
    _, column, room, _ = _fit(row, width, lead, uniform=False)
    above = len(_lines(row.above, MARGIN, width)) + (cell_len(row.lead) > lead)
    return Words(above, column, len(wrapped(drawable(row.body), room)))


def held_free(row: Row, lines: int) -> Row:
    """Return a row with blank lines for its words, which something else stands over."""
    return replace(row, body="\n" * (lines - 1))


def _fit(row: Row, width: int, lead: int, *, uniform: bool) -> tuple[int, int, int, bool]:
    """Return the indent of a row, the column of its words, the room for them, and whether its tail stands beside."""
    indent = _indent(row.indent, width, lead)
    column = MARGIN + (lead + 2 if lead else 0) + indent
    tail = cell_len(drawable(row.tail)) if row.tail else 0
    room = width - column - (tail + 2 if tail else 0)
    beside = uniform or not tail or (room >= _NARROW and tail <= width // 3)
    return indent, column, room if beside else width - column, beside


def extra_lines(lines: tuple[Line, ...], width: int, lead: int, indent: int) -> list[list[Piece]]:
    """Return the lines that stand below a row only while it is selected, under its words."""
    return _lines(lines, MARGIN + (lead + 2 if lead else 0) + _indent(indent, width, lead), width)


def _indent(indent: int, width: int, lead: int) -> int:
    return min(indent, max(0, width - MARGIN - lead - _NARROW))


def _lines(lines: tuple[Line, ...], column: int, width: int) -> list[list[Piece]]:
    drawn: list[list[Piece]] = []
    for line in lines:
        hang = "  " if line.tone is Tone.HEADING and column == MARGIN else " " * column
        texts = wrapped(drawable(line.text), width - len(hang))
        drawn += [[Piece(hang, "body"), Piece(text, line.tone)] for text in texts]
    return drawn
