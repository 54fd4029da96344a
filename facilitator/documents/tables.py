"""Tables of Markdown whose columns are aligned in the source as well."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

WIDEST = 100
"""Columns are padded up to this width; a longer cell sticks out, so that it does not blow up every other row."""

WIDEST_AT_THE_END = 40
"""The same for the last column, where nothing follows that would lose its place."""

_WIDE = ("W", "F")
_NO_WIDTH = ("Mn", "Me", "Cf")


def width(text: str) -> int:
    """Return how many columns of a terminal `text` takes: 2 for a wide character, 0 for a combining one."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], ends: Sequence[str] = ()) -> str:
    """Return a table without the columns that are empty in every row; nothing when there are no rows.

    `headings` and cells are Markdown of one line each, escaped already. `ends` follow the last cell of each row, which
    they neither widen nor keep.
    """
    lines = list(rows)
    columns = [index for index in range(len(headings)) if any(line[index] for line in lines)]
    if not columns:
        return ""
    return aligned([[line[index] for index in columns] for line in (headings, *lines)], ends)


def aligned(rows: Sequence[Sequence[str]], ends: Sequence[str] = ()) -> str:
    """Return rows of equal length as a table; the first is its heading. `ends` follow the rows below it."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    padded = [*(_padded(column, WIDEST) for column in columns[:-1]), _padded(columns[-1], WIDEST_AT_THE_END)]
    lines = zip(*padded, strict=True)
    if not any(ends):
        return "\n".join(_row(cells) for cells in lines)
    return "\n".join(_row(cells, end) for cells, end in zip(lines, ("", "", *ends), strict=True))


def _padded(column: list[str], limit: int) -> list[str]:
    """Return the cells of one column filled up to the same width, with the rule below the heading."""
    widths = [width(cell) for cell in column]
    widest = max([3, *(each for each in widths if each <= limit)])
    padded = [cell + " " * (widest - wide) for cell, wide in zip(column, widths, strict=True)]
    return [padded[0], "-" * widest, *padded[1:]]


def _row(cells: Sequence[str], end: str = "") -> str:
    return f"| {' | '.join(cells)}{end} |"


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
