"""Tables in text, such as CSV, as rows with named cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from facilitator.intake.report import Report
from facilitator.intake.source import Member, Source
from facilitator.intake.texts.column_roles import NAMES, has_times, known_names, plain_name
from facilitator.intake.texts.json_rows import Row
from facilitator.intake.texts.record_times import Base, of_cell
from facilitator.intake.texts.separated import Form, declared, forms, is_ruler, records
from facilitator.intake.texts.text_lines import text_lines
from facilitator.model.text import one_line

BEYOND = ""
"""The name under which a row keeps what it has past the last column."""

MOST_LINES = 400
"""By how many lines a table is told."""

_LONGEST_NAME, _MOST_COLUMNS = 120, 1000


@dataclass(frozen=True, slots=True)
class Table:
    """How a text is a table: its separator, its columns, whether a row of names comes first, and its first rows."""

    form: Form
    names: tuple[str, ...]
    headed: bool
    rows: tuple[Mapping[str, str], ...]


def table_of(lines: Sequence[str], base: Base) -> Table | None:
    """Return the table that the first lines of a text are, or None. Of several ways the one with times is taken."""
    found = []
    for form in forms(lines):
        if form.width > _MOST_COLUMNS:
            continue
        headed = _is_header(form.first, base)
        names = _names(form, headed=headed)
        rows = [cells for _, _, cells in _rows(enumerate(lines, 1), form, names, "", Report(), headed=headed)]
        table = Table(form, names, headed, tuple(rows[:MOST_LINES]))
        score = (has_times(table.rows, base), form.share >= 0.6, known_names(names), form.share)
        found.append((score, table))
    return max(found, key=lambda each: each[0])[1] if found else None


def table_rows(source: Source, member: Member, base: Base, report: Report) -> Iterator[Row]:
    """Return the rows of a member that is a table; nothing when it is none, which is reported."""
    lines = text_lines(source, member, report)
    first = list(islice(lines, MOST_LINES))
    table = table_of([line for _, line in first], base)
    if table is None:
        report.skip(member.name, "", "no columns")
        return
    yield from _rows(chain(first, lines), table.form, table.names, member.name, report, headed=table.headed)


def _rows(
    lines: Iterable[tuple[int, str]],
    form: Form,
    names: tuple[str, ...],
    file: str,
    report: Report,
    *,
    headed: bool,
) -> Iterator[Row]:
    separator, width = form.separator, len(names)
    begun = not headed
    for number, cells in records(_without_sign(lines), separator, file, report):
        if len(cells) == width:
            row = dict(zip(names, cells, strict=True))
        elif len(cells) < width:
            row = dict(zip(names, cells, strict=False))
        else:
            row = dict(zip(names, cells, strict=False))
            if any(cell.strip() for cell in cells[width:]):
                row[BEYOND] = separator.join(cells[width:])
        if not begun:
            begun = True
        elif (cells[0][:1] not in "-+=" or not is_ruler(cells)) and (not headed or tuple(cells) != form.first):
            yield number, f"line {number}", row


def _without_sign(numbered: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Leave out the line "sep=;"."""
    lines = iter(numbered)
    first = next((each for each in lines if each[1].strip()), None)
    if first is not None:
        yield from lines if declared(first[1]) else chain((first,), lines)


def _is_header(cells: Sequence[str], base: Base) -> bool:
    """Return whether a row is one of names: no times, no numbers, nothing long."""
    told = [cell.strip() for cell in cells if cell.strip()]
    if not told or any(len(cell) > _LONGEST_NAME for cell in told):
        return False
    return all(of_cell(cell, base) is None and not _is_number(cell) for cell in told)


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def _names(form: Form, *, headed: bool) -> tuple[str, ...]:
    """Return the names of the columns, each once; "column 3" for one without a name."""
    # Where the words come last, what goes on past the last name belongs to them: they had the separator in them.
    ends_in_words = headed and plain_name(form.first[-1]) in NAMES["text"]
    found: dict[str, None] = {}
    for number in range(len(form.first) if ends_in_words else form.width):
        written = one_line(form.first[number])[:_LONGEST_NAME] if headed and number < len(form.first) else ""
        name = written or f"column {number + 1}"
        while name in found:
            name = f"{written or 'column'} {number + 1}" if name == written else f"{name} {number + 1}"
        found[name] = None
    return tuple(found)
