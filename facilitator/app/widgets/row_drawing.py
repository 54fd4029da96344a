"""How one row becomes lines of cells."""

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
"""Below so many cells for its words, a row has its tail on a line of its own."""


class Piece(NamedTuple):
    """A run of text in one tone; the tone names a component class."""

    text: str
    tone: str


def row_lines(row: Row, width: int, lead: int, *, selected: bool = False, uniform: bool = False) -> list[list[Piece]]:
    """Return the lines of a row, each a list of pieces, none wider than `width` cells.

    `lead` is the width of the column at the left; a `uniform` row is cut to one line.
    """
    arrow = ARROW if selected else "  "
    if not row.key and row.tone is Tone.HEADING:
        return [*_lines(row.above, 0, width), [Piece(fitted(f"  {row.body}", width), row.tone)]]
    indent = _indent(row.indent, width, lead)
    column = MARGIN + (lead + 2 if lead else 0) + indent
    tail = drawable(row.tail)
    tail_width = cell_len(tail)
    room = width - column - (tail_width + 2 if tail else 0)
    beside = uniform or not tail or (room >= _NARROW and tail_width <= width // 3)
    if not beside:
        room = width - column
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
            gap = width - column - cell_len(text) - tail_width
            line += [Piece(" " * max(1, gap), "body"), Piece(tail, "tail")]
        lines.append(line)
    if tail and not beside and not uniform:
        lines += [[Piece(" " * column, "body"), Piece(text, "tail")] for text in wrapped(tail, width - column)]
    return [*lines, *_lines(row.below, column, width)]


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
