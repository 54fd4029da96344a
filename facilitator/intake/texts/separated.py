"""Text with columns, such as CSV: which sign separates them, and its records, one bad one never taking others along."""

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from facilitator.intake.report import Report

SEPARATORS = "\t;,|"
_MOST_LINES, _FEWEST_LINES, _LONGEST_RECORD, _MOST_TRIES = 2_000, 10, 1_000_000, 8
_LOOKED_AT = 100
_NOT_CLOSED = "a quote that is not closed as it should be"

Numbered = tuple[int, str]
Cells = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """How a text is separated. `width` is how many columns most of its records have, `share` how many of them do."""

    separator: str
    width: int
    share: float
    first: tuple[str, ...]


def declared(line: str) -> str:
    """Return the sign of a first line such as "sep=;", which spreadsheets write, or ""."""
    name, _, sign = line.strip().strip('"').partition("=")
    return sign[:1] or "\t" if name.casefold() == "sep" and len(sign) <= 1 else ""


def forms(lines: Sequence[str]) -> list[Form]:
    """Return the ways in which the first lines of a text may be separated: those that give two columns and more."""
    lines = [line for line in lines if line.strip()]
    sign = declared(lines[0]) if lines else ""
    found = []
    for separator in sign or SEPARATORS:
        numbered = list(enumerate(lines[1:] if sign else lines))
        rows = [cells for _, cells in records(numbered, separator, "", Report()) if not is_ruler(cells)][:_LOOKED_AT]
        widths = Counter(len(cells) for cells in rows[1:] or rows)
        width, number = widths.most_common(1)[0] if widths else (0, 0)
        if width > 1 or (rows and len(rows[0]) > 1):
            found.append(Form(separator, max(width, len(rows[0])), number / len(rows[1:] or rows), tuple(rows[0])))
    return found


def is_ruler(cells: Sequence[str]) -> bool:
    """Return whether a record is nothing but a line drawn below a heading: "-----+-----"."""
    return all(not cell.strip("-+=: |") for cell in cells) and any("-" in cell or "=" in cell for cell in cells)


def records(lines: Iterable[Numbered], separator: str, file: str, report: Report) -> Iterator[Cells]:
    """Return the records of numbered lines, with the line on which each begins; blank ones are left out.

    A quoted cell may go on for 2,000 lines; where its quote is not closed by then, the line is reported, and the lines
    after it are read as if it were not there.
    """
    waiting: deque[Numbered] = deque()
    reach = _MOST_LINES
    source = iter(lines)
    while True:
        line = waiting.popleft() if waiting else next(source, None)
        if line is None:
            return
        number, text = line
        if '"' not in text:
            if text.strip():
                yield number, text.split(separator)
            continue
        ended, cells = _quoted(text, separator)
        if ended:
            yield number, _lenient(text, separator) if cells is None else cells
            continue
        cells, taken = _joined(text, separator, waiting, source, reach)
        # Where one quote after the other is not closed, looking far ahead for each would take forever.
        reach = max(_FEWEST_LINES, reach // 2) if cells is None else _MOST_LINES
        if cells is None:
            report.skip(file, f"line {number}", _NOT_CLOSED)
            waiting.extendleft(reversed(taken))
        else:
            yield number, cells


def _joined(
    text: str, separator: str, waiting: deque[Numbered], source: Iterator[Numbered], reach: int
) -> tuple[list[str] | None, list[Numbered]]:
    """Return the record that goes on over lines, or None, and the lines that were taken for it."""
    taken: list[Numbered] = []
    parts, length, tries = [text], len(text), 0
    while len(taken) < reach and length < _LONGEST_RECORD and tries < _MOST_TRIES:
        following = waiting.popleft() if waiting else next(source, None)
        if following is None:
            return None, taken
        taken.append(following)
        parts.append(following[1])
        length += len(following[1]) + 1
        # Quotes in a cell are doubled, so only a line with an odd number of them can end it.
        if following[1].count('"') % 2:
            tries += 1
            ended, cells = _quoted("\n".join(parts), separator)
            if ended:
                return cells, taken
    return None, taken


def _quoted(text: str, separator: str) -> tuple[bool, list[str] | None]:
    """Return whether the last quote of a record is closed, and its cells, or None when the quotes are not well set."""
    spaced = f'{separator} "' in text
    lines = StringIO(text, newline="")
    try:
        rows = list(csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=spaced))
    except csv.Error as error:
        return "unexpected end of data" not in str(error), None
    return True, rows[0] if len(rows) == 1 else None


def _lenient(text: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=separator), [])
    except csv.Error:
        return text.split(separator)
