"""The entries of a timeline, whichever way it is laid out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from facilitator.intake.drafts import Stamp
from facilitator.intake.markdown.clock import Calendar, Clock
from facilitator.intake.markdown.days import days_in
from facilitator.intake.markdown.document import DocumentEntry, KeyTime, Remark
from facilitator.intake.markdown.inline import inline, plain
from facilitator.intake.markdown.lines import Kind, Line
from facilitator.intake.markdown.parts import Part
from facilitator.intake.markdown.placeholders import is_blank
from facilitator.intake.markdown.stamps import Written, find_stamp
from facilitator.intake.markdown.tables import Columns, columns_by_rows, columns_of
from facilitator.intake.markdown.years import wrong_years
from facilitator.intake.markdown.zones import kept_name, zone_in, zone_said
from facilitator.intake.report import Report
from facilitator.model.text import MAX_TEXT, paragraphs

_LOOKS = re.compile(
    r"\W*(?:\d{1,2}[:.h]\d\d|\d{4}[-/.]\d|\d{1,2}[-/]\d{1,2}[-/]\d|(?:yyyy|hh|20xx|dd|mm|xx|tbd|tbc|\?\?|--|__)[-:/.\s](?=\W*(?:mm|dd|hh|yy|xx|\?|-|_|$)))",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:(?::[a-z0-9_+-]{2,30}:|[^\w\s\[({~<≈\-–—?|\"'`.:/#@+>]\ufe0f?)\s?){1,4}(?=[\d\[(~])")
"""An emoji before a stamp, as a sign or by its name."""
_FULL = 60
_CLOCK = re.compile(r"\d:\d\d")
_KEY = re.compile(
    r"(?P<label>[A-Za-z][^\d:|]{1,60}?)\s*(?::|–|—|\s-|\bat\b|\bon\b|(?=\s[\d~]))\s*(?P<stamp>[\d~A-Z(?].{3,60})"
)
_TWELVE = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_SAYS_ZONE = 160
_SURE_ONES = 2
"""A time that nobody knows is an entry beside so many that are known; else it is left from a template."""
NO_DAY = "no day is known for this time"
"""Why a time that is written is no entry: for the report."""
_UNREAD = "the time cannot be read"
_BLANK = "a placeholder of the template"
_EMPTY = "nothing is said of it"


@dataclass(slots=True)
class _Entry:
    """An entry while its text is gathered. `day_only` is set for what may turn out to be the heading of a day."""

    written: Written
    stamp: Stamp
    line: int
    texts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    day_only: bool = False
    zoned: bool = False
    size: int = 0


@dataclass(slots=True)
class Timeline:
    """What is read from one part of a document."""

    entries: list[DocumentEntry] = field(default_factory=list)
    key_times: list[KeyTime] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    zone: str = ""

    def report(self, file: str, report: Report) -> None:
        """Add what was not read to the report."""
        for line, why in self.skipped:
            report.skip(file, f"line {line}", why)


class TimelineReader:
    """Reads the lines of one part from the top down. `sure` is false where a part only may be a timeline."""

    def __init__(self, part: Part, calendar: Calendar, zone: str, *, sure: bool) -> None:
        self._part, self._sure = part, sure
        self._result = Timeline()
        self._entries: list[_Entry] = []
        self._current: _Entry | None = None
        self._above = ""
        self._rows: list[Line] = []
        stated = zone_in(part.heading)
        days = [day for each in days_in(part.heading) if (day := calendar.day(each)) is not None]
        self._calendar = replace(calendar, near=days[0]) if days else calendar
        self._clock = Clock(self._calendar, stated or zone, noon_unsaid=_noon_unsaid(part.lines))

    def read(self) -> Timeline:
        """Return the entries of the part, with what is said besides."""
        for line in self._part.lines:
            if line.kind is Kind.ROW:
                if line.header:
                    self._finish_table()
                self._rows.append(line)
                continue
            self._finish_table()
            self._line(line)
        self._finish_table()
        return self._done()

    def _line(self, line: Line) -> None:
        match line.kind:
            case Kind.CODE:
                self._go_on(line, line.raw, code=True)
            case Kind.HEADING:
                self._heading(line)
            case _ if line.quoted:
                self._go_on(line, plain(line.raw))
            case _:
                self._text(line)

    def _heading(self, line: Line) -> None:
        text = plain(line.raw)
        written = find_stamp(text)
        if written is not None:
            self._begin(line, written, text[written.end :], heading=True)
            return
        self._current = None
        zone = zone_in(text)
        if zone:
            self._clock.zone = zone
        days = [day for each in days_in(text) if (day := self._calendar.day(each, self._clock.day)) is not None]
        if days:
            self._clock.on(days[0])
        if _LOOKS.match(text):
            self._skip(line.number, text)

    def _text(self, line: Line) -> None:
        text = plain(line.raw)
        above, self._above = self._above, text
        sign = _SIGN.match(text)
        text = text[sign.end() :] if sign else text
        written = find_stamp(text) if line.first or line.level == 0 else None
        if written is not None and self._is_entry(line, written, text, above):
            self._begin(line, written, text[written.end :])
            return
        key = self._key_time(line, text)
        if key is not None:
            self._result.key_times.append(key)
            return
        zone = zone_said(text) if len(text) <= _SAYS_ZONE else ""
        if zone and line.kind is Kind.TEXT and (self._current is None or self._current.day_only):
            self._clock.zone = zone
            return
        if self._sure and line.first and (_LOOKS.match(text) if written is None else is_blank(text[written.end :])):
            self._skip(line.number, text)
            self._current = None
            return
        self._go_on(line, text)

    def _is_entry(self, line: Line, written: Written, text: str, above: str) -> bool:
        """Return whether a line that begins with a stamp is an entry, not a sentence or the next line of one."""
        rest = text[written.end :]
        timed = written.clock is not None or written.at is not None
        if rest and is_blank(rest) and len(rest) > 2:
            return False
        if written.vague:
            return self._sure and line.first
        if not line.first:
            dated = timed or (written.day is not None and written.day.year is not None)
            # A line that was not full, or ends a sentence, was ended on purpose.
            ended = timed and self._current is not None and (len(above) < _FULL or above.endswith((".", "!", "?")))
            return dated and (written.separated or ended or line.raw.startswith(("**", "__", "*", "_")))
        if not timed and self._current is not None and line.level > 1 and not written.separated and rest:
            return False
        if self._sure:
            return True
        marked = line.kind is Kind.ITEM or line.raw.startswith(("**", "__", "*", "_", "`", "["))
        return (timed and marked) or (written.separated and (timed or written.day is not None))

    def _key_time(self, line: Line, text: str) -> KeyTime | None:
        """Return what "First detected: 2023-01-11 14:22" says, where such a line is an item or a line of its own."""
        if (
            not self._sure
            or not line.first
            or len(text) > 130
            or (self._current is not None and line.kind is not Kind.ITEM)
        ):
            return None
        found = _KEY.fullmatch(text)
        written = find_stamp(found["stamp"], alone=True) if found else None
        if (
            found is None
            or written is None
            or (written.end < len(found["stamp"]) and not is_blank(found["stamp"][written.end :]))
        ):
            return None
        if written.clock is None and (written.day is None or written.day.year is None):
            return None
        stamp = self._clock.read(written)
        return None if stamp is None else KeyTime(found["label"].strip(), stamp, line.number)

    def _begin(self, line: Line, written: Written, rest: str, *, heading: bool = False) -> None:
        """Begin an entry, or go to another day."""
        rest = rest.strip()
        timed = written.clock is not None or written.at is not None
        zone = zone_in(rest) if not timed and len(rest) < 60 else ""
        if zone:
            self._clock.zone, rest = zone, ""
        if timed and written.day is None:
            self._leave_day_heading()
        stamp = self._clock.read(written)
        if stamp is None:
            self._result.skipped.append(
                (line.number, f"{NO_DAY}: {written.text}" if timed else f"{_UNREAD}: {written.text}")
            )
            self._current = None
            return
        if not written.clock and _LOOKS.match(rest) and not written.vague:
            self._result.remarks.append(Remark(line.number, f"{rest[:20]}: {_UNREAD}, only the day was taken"))
        if written.remark:
            self._result.remarks.append(Remark(line.number, written.remark))
        entry = _Entry(written, stamp, line.number, [rest] if rest else [], zoned=bool(written.zone))
        entry.links += _links(line)
        entry.day_only = not timed and not written.vague and (heading or not rest)
        self._entries.append(entry)
        self._current = entry

    def _leave_day_heading(self) -> None:
        """Take back the entry above when it only named the day of those that follow."""
        above = self._current
        if above is not None and above.day_only:
            self._entries.remove(above) if self._entries[-1] is not above else self._entries.pop()
            self._result.notes += above.texts
            self._current = None

    def _go_on(self, line: Line, text: str, *, code: bool = False) -> None:
        """Add a line to the entry above, or to what the part says besides."""
        if not text.strip():
            return
        entry = self._current
        if entry is None:
            self._result.notes.append(text)
            return
        if not code:
            entry.links += _links(line)
        entry.size += len(text) + 1
        if entry.size > MAX_TEXT:
            return
        if line.kind is Kind.ITEM:
            indent = "  " * max(0, line.level - 2)
            entry.texts.append(f"{indent}{'' if not entry.texts else '- '}{text}")
        elif entry.texts and not line.first and not code:
            entry.texts[-1] = f"{entry.texts[-1]} {text}"
        else:
            entry.texts.append(text)

    def _finish_table(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        headed = rows[0].header or columns_of(rows[0].cells) is not None
        cells = [[plain(cell) for cell in row.cells] for row in rows]
        columns = columns_of(rows[0].cells) if headed else None
        body = cells[1:] if headed else cells
        columns = columns or (columns_by_rows(body if any(cells[0]) else cells[1:]) if self._sure else None)
        if columns is None:
            self._result.notes += [" – ".join(cell for cell in row if cell) for row in cells]
            return
        if columns.zone:
            self._clock.zone = columns.zone
        if columns.year is not None and not (self._calendar.near and self._calendar.near.year == columns.year):
            self._clock.on(date(columns.year, 7, 1))
        self._current = None
        for row, texts in zip(rows[1:] if headed else rows, body, strict=True):
            self._row(row, texts, columns)
        self._current = None

    def _row(self, row: Line, cells: Sequence[str], columns: Columns) -> None:
        written = columns.stamp(cells)
        text = columns.text(cells)
        if written is None:
            told = columns.told(cells)
            if (told and not is_blank(told)) or (told and text):
                self._skip(row.number, f"{told} | {text}")
            elif text and not is_blank(text):
                self._go_on(row, text)
            return
        if is_blank(text):
            if written.clock is None and not text:  # a row that only names the day of those below
                day = self._clock.day_of(written)
                self._clock.on(day) if day else None
                return
            self._result.skipped.append((row.number, f"{_EMPTY if not text else _BLANK}: {columns.told(cells)}"))
            return
        self._begin(row, written, text)
        told = columns.told(cells)
        if written.clock is None and written.at is None and not written.vague and _CLOCK.search(told):
            self._result.remarks.append(Remark(row.number, f"{told[:40]}: {_UNREAD}, only the day was taken"))

    def _skip(self, line: int, text: str) -> None:
        blank = is_blank(text) or re.search(r"(?i)yyyy|20xx|hh:mm|mm-dd|dd-mm", text)
        self._result.skipped.append((line, f"{_BLANK if blank else _UNREAD}: {text[:60]}"))

    def _mend_years(self) -> None:
        year = self._calendar.near.year if self._calendar.near else None
        for each in wrong_years([entry.stamp for entry in self._entries], year):
            entry = self._entries[each.place]
            self._result.remarks.append(Remark(entry.line, f"{entry.written.text}: read as in {each.stamp.local.year}"))
            entry.stamp = each.stamp

    def _done(self) -> Timeline:
        result = self._result
        if sum(1 for entry in self._entries if not entry.written.vague) < _SURE_ONES:
            self._entries = [entry for entry in self._entries if not entry.written.vague]
        self._mend_years()
        for entry in _with_zones(self._entries):
            text = paragraphs("\n".join(entry.texts))
            if not text:
                if not entry.day_only:
                    result.skipped.append((entry.line, f"{_EMPTY}: {entry.written.text}"))
                continue
            result.entries.append(
                DocumentEntry(
                    entry.stamp, text[:MAX_TEXT], entry.line, entry.written.text, tuple(dict.fromkeys(entry.links))
                )
            )
        stated = self._clock.zone or next((each.written.zone for each in self._entries if each.written.zone), "")
        result.zone = stated
        return result


def mended(times: Sequence[KeyTime], year: int | None) -> tuple[KeyTime, ...]:
    """Return stated times with their years as those around them have them."""
    found = {each.place: each.stamp for each in wrong_years([each.stamp for each in times], year)}
    return tuple(replace(each, stamp=found.get(place, each.stamp)) for place, each in enumerate(times))


def _with_zones(entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """Return the entries; where none but some lines name a zone, the others have that of the line above them."""
    named = [kept_name(entry.written.zone) for entry in entries if entry.zoned]
    last = named[0] if len(set(named)) == 1 else ""
    for entry in entries:
        if entry.stamp.zone:
            last = entry.stamp.zone
        elif last:
            entry.stamp = _in_zone(entry.stamp, last)
        yield entry


def _links(line: Line) -> tuple[str, ...]:
    raw = line.raw if not line.cells else " ".join(line.cells)
    return tuple(link for link in inline(raw).links if link.startswith("http")) if "http" in raw else ()


def _in_zone(stamp: Stamp, zone: str) -> Stamp:
    return Stamp(stamp.local, zone, stamp.precision, stamp.approximation, stamp.until)


def _noon_unsaid(lines: Sequence[Line]) -> bool:
    """Return whether the times of a part are on a clock of 12 hours on which nothing says which half is meant."""
    clocks = []
    for line in lines[:2000]:
        text = plain(line.cells[0] if line.cells else line.raw[:200])
        if _TWELVE.search(text[:30]):
            return False
        found = find_stamp(text) if text[:1].isdigit() else None
        if found is not None and found.clock is not None:
            clocks.append((found.clock.hour, text.lstrip("~([").startswith("0")))
    return bool(clocks) and all(1 <= hour <= 12 and not zero for hour, zero in clocks)
