"""Records in columns: CSV and its like, JSON lines, and lists of flat objects, as many tools export them.

Which column holds what is told by its name and by what is in it, or by the options; else it is asked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, islice

import msgspec

from facilitator.intake.drafts import Draft, Stamp
from facilitator.intake.errors import MissingError, Need
from facilitator.intake.payloads.records import with_detail
from facilitator.intake.reader import Options, Reader, Sample
from facilitator.intake.report import Report
from facilitator.intake.source import Member, Source
from facilitator.intake.texts.column_roles import Roles, known_names, settled
from facilitator.intake.texts.dates_by_evidence import decide
from facilitator.intake.texts.json_rows import Row, is_json, json_rows, rows_of
from facilitator.intake.texts.occurrences import Occurrences
from facilitator.intake.texts.record_times import Base, Found, of_cell, zone_kept
from facilitator.intake.texts.tables import BEYOND, MOST_LINES, table_of, table_rows
from facilitator.intake.texts.text_lines import start_of
from facilitator.model.moments import find_zone
from facilitator.model.text import MAX_TEXT, one_line, paragraphs

_LOOKED_AT = 200
_LINKS = ("https://", "http://")
_LONGEST_FIELD, _LONGEST_LINK = 500, 2000
_HALF_A_DAY, _ONE_DAY = timedelta(hours=12), timedelta(days=1)
_NO_DAY = "the column of times has no days: on which day did it begin?"


def recognises(sample: Sample) -> int:
    """Return how likely a text has columns of times and words."""
    base = Base(date(2026, 1, 1))
    if sample.json is not None:
        found = list(islice((cells for _, cells in rows_of(sample.json) if cells is not None), _LOOKED_AT))
        return 42 if found and _fits(found, base) else 0
    lines = [line.removesuffix("\r") for line in sample.text.removeprefix("\ufeff").split("\n")[: MOST_LINES + 1]]
    table = table_of(lines[:-1] if len(lines) > 1 else lines, base)
    if table is None or (table.form.separator == "|" and table.form.first[:1] == ("",)):
        return 0
    known = table.headed and known_names(table.names) >= 1
    if _fits(table.rows, base):
        return 40 if table.form.share <= 0.8 else 74 if known else 46
    return 66 if known and table.form.share > 0.8 and _fits(table.rows, base, any_words=True) else 0


def read(source: Source, options: Options, report: Report) -> Iterator[Draft]:
    """Return a draft for each row. Raises MissingError when the columns, or the day, must be asked."""
    for member in source.members():
        yield from _read_member(source, member, options, report)


def _read_member(source: Source, member: Member, options: Options, report: Report) -> Iterator[Draft]:
    base = Base(options.now.date(), options.day)
    rows = _rows(source, member, base, report)
    first = list(islice(rows, _LOOKED_AT))
    if not first:
        return
    roles = settled([cells for _, _, cells in first], base, options.columns)
    again = (_written(cells, roles) for _, _, cells in _rows(source, member, base, Report()))
    base = _with_order([_written(cells, roles) for _, _, cells in first], again, base, member, report)
    found = [of_cell(_written(cells, roles), base) for _, _, cells in first]
    if options.day is None and any(found) and all(each is None or each.form == "clock" for each in found):
        raise MissingError(Need.DAY, _NO_DAY)
    ids = Occurrences("columns")
    last: datetime | None = None
    for line, place, cells in chain(first, rows):
        stamp, reason, clock = _stamp(cells, roles, base, last)
        text = _text(cells, roles)
        if stamp is None or not text or len(text) > MAX_TEXT:
            report.skip(member.name, place, reason or ("longer than 100,000 characters" if text else "no text"))
            continue
        if BEYOND in cells and not _is_last(roles.text, cells):
            report.skip(member.name, place, "more cells than there are columns")
            continue
        last = stamp.local
        yield Draft(
            id=ids.id_of(*cells.values(), *((stamp.local.date(),) if clock else ())),
            text=text,
            stamp=stamp,
            who=_first(cells, roles.who),
            place=_first(cells, roles.place),
            link=_link(cells, roles.link),
            file=member.name,
            line=line,
        )


def _rows(source: Source, member: Member, base: Base, report: Report) -> Iterator[Row]:
    rows_are_json = is_json(start_of(source, member))
    return json_rows(source, member, report) if rows_are_json else table_rows(source, member, base, report)


def _fits(rows: Sequence[Mapping[str, str]], base: Base, *, any_words: bool = False) -> bool:
    """Return whether rows have a column of times and one of words; with `any_words`, whatever there is beside times."""
    names = [name for row in rows[:1] for name in row]
    wanted = {"text": names[0]} if any_words and names else {}
    try:
        settled(rows, base, wanted)
    except MissingError:
        return False
    return True


def _with_order(first: Sequence[str], again: Iterable[str], base: Base, member: Member, report: Report) -> Base:
    """Return the base with the order of days in numbers: by the first rows, and by all when those leave it open."""
    decision = decide(first, base.today, base.day)
    if decision is not None and not decision.sure:
        decision = decide(again, base.today, base.day)
    if decision is None:
        return base
    if not decision.sure:
        report.skip(member.name, "", f"days may be read in two ways, read {decision.order.value}: {decision.why}")
    return Base(base.today, base.day, decision.order)


def _written(cells: Mapping[str, str], roles: Roles) -> str:
    """Return the time of a row as it is written, with its day."""
    clock = _first(cells, roles.time)
    return f"{cells.get(roles.date, '').strip()} {clock}".strip() if roles.date else clock


def _stamp(cells: Mapping[str, str], roles: Roles, base: Base, last: datetime | None) -> tuple[Stamp | None, str, bool]:
    """Return when a row was, or why that is not known; and whether it is written without its day."""
    written = _written(cells, roles)
    if not written:
        return None, "no time", False
    found = of_cell(written, base)
    if found is None:
        return None, f"a time that cannot be read: {one_line(written)[:80]}", False
    stamp = found.stamp()
    if found.form == "clock":
        if base.day is None:
            return None, "a time without a day", True
        local = stamp.local
        while last is not None and last - local > _HALF_A_DAY:
            local += _ONE_DAY
        stamp = msgspec.structs.replace(stamp, local=local)
    zone = found.zone or _zone(cells, roles)
    until = _until(cells, roles, base, found)
    if zone != stamp.zone or until is not None:
        stamp = msgspec.structs.replace(stamp, zone=zone, until=until)
    return stamp, "", found.form == "clock"


def _zone(cells: Mapping[str, str], roles: Roles) -> str:
    written = _first(cells, roles.zone)
    if written:
        return zone_kept(written) or (written if find_zone(written) is not None else "")
    return "UTC" if roles.time[0] in roles.utc else ""


def _until(cells: Mapping[str, str], roles: Roles, base: Base, start: Found) -> datetime | None:
    written = _first(cells, roles.until)
    found = of_cell(written, base) if written else None
    if found is None or found.form == "clock" or found.zone != start.zone or found.local <= start.local:
        return None
    return found.local


def _text(cells: Mapping[str, str], roles: Roles) -> str:
    name = next((name for name in roles.text if cells.get(name, "").strip()), "")
    raw = cells.get(name, "")
    if BEYOND in cells:
        raw = f"{raw},{cells[BEYOND]}"
    text = raw.strip() if raw.isascii() and raw.isprintable() else paragraphs(raw).strip()
    if roles.detail and name != roles.detail:
        text = with_detail(text, paragraphs(cells.get(roles.detail, "")).strip())
    return text


def _is_last(names: Sequence[str], cells: Mapping[str, str]) -> bool:
    """Return whether the words are in the last column, so that what goes on past it are words too."""
    columns = [name for name in cells if name != BEYOND]
    return bool(columns) and columns[-1] == names[0]


def _first(cells: Mapping[str, str], names: Sequence[str]) -> str:
    for name in names:
        cell = cells.get(name)
        if cell and not cell.isspace():
            return one_line(cell)[:_LONGEST_FIELD].strip()
    return ""


def _link(cells: Mapping[str, str], names: Sequence[str]) -> str:
    link = _first(cells, names)
    return link if link.startswith(_LINKS) and len(link) <= _LONGEST_LINK and " " not in link else ""


READER = Reader("columns", "CSV, JSON lines or another table", recognises, read)
