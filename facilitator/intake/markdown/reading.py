"""A published postmortem, from its text to a document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from facilitator.intake.errors import SourceError
from facilitator.intake.markdown.actions import ActionReader
from facilitator.intake.markdown.clock import Calendar, Clock, order_of
from facilitator.intake.markdown.days import Day, days_in, find_day, resolved
from facilitator.intake.markdown.document import Document, DocumentEntry, KeyTime, Section
from facilitator.intake.markdown.headings import Meaning
from facilitator.intake.markdown.inline import plain
from facilitator.intake.markdown.lines import Kind, lines_of
from facilitator.intake.markdown.metadata import facts_of, names_of, severity_of
from facilitator.intake.markdown.parts import Part, parts_of
from facilitator.intake.markdown.placeholders import is_template, is_title
from facilitator.intake.markdown.prepare import Prepared, prepared
from facilitator.intake.markdown.sections import sections_of
from facilitator.intake.markdown.stamps import find_stamp
from facilitator.intake.markdown.tables import columns_of
from facilitator.intake.markdown.timeline import NO_DAY, Timeline, TimelineReader, mended
from facilitator.intake.markdown.zones import kept_name, zone_said, zones_after_times
from facilitator.intake.report import Report
from facilitator.intake.texts.dates_by_evidence import Order
from facilitator.model.text import one_line

LONGEST = 64_000_000
"""The longest document that is read, in characters."""

_US = frozenset(
    {
        "America/New_York",
        "America/Los_Angeles",
        "America/Chicago",
        "America/Denver",
        "-04:00",
        "-05:00",
        "-06:00",
        "-07:00",
        "-08:00",
    }
)
_UPDATE = re.compile(r"\s*[(\[]\s*(?:update|updated|published|edited)\b[^()\[\]]{0,40}[)\]]\s*", re.IGNORECASE)
_FILE_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?([0-3]\d)(?!\d)")
_HALF = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_SOME = 3
_KNOWN = 200
_SCANNED = 400_000


def read_document(text: str, file: str, today: date, report: Report, *, day: date | None = None) -> Document:
    """Return what a postmortem in Markdown says. What looked like an entry or an action and is none is reported.

    `file` is the name for the report, in which a day may stand; `today` tells which year a day without one is in, and
    `day` on which day times are that have none, where the document says nothing of it.
    Raises SourceError for a text that is too long; nothing else stops it.
    """
    if len(text) > LONGEST:
        raise SourceError(f"{file} is longer than {LONGEST:,} characters: split it, or read it as plain text")
    ready = prepared(text)
    heading, _, parts = parts_of(lines_of(ready.body))
    return _Reader(ready, (heading, parts), file, today, report).document(day)


class _Reader:
    """Puts one document together. The steps follow each other: facts, calendar, timeline, actions, the rest."""

    def __init__(
        self, ready: Prepared, structure: tuple[str, list[Part]], file: str, today: date, report: Report
    ) -> None:
        heading, parts = structure
        self._parts, self._file, self._report, self._ready = parts, file, report, ready
        self._facts = facts_of(ready.front, parts)
        rows = {line.number for part in parts for line in part.lines if line.header}
        self._used = {number for number in rows if number + 2 in self._facts.lines}
        self._title = self._find_title(heading)
        self._zone = self._stated_zone()
        plain_calendar = Calendar(self._order(today), None, today)
        self._days = self._known_days(plain_calendar)
        near = next(
            (
                day
                for kind in ("date", "title", "start", "timeline", "summary", "front", "file", "any")
                for day in self._days.get(kind, ())
            ),
            None,
        )
        self._calendar = replace(plain_calendar, near=near)
        self._year = near.year if near else None

    def document(self, day: date | None) -> Document:
        """Return the document; `day` is that of times for which it names none."""
        if day is not None and self._calendar.near is None:
            self._calendar = replace(self._calendar, near=day)
        if is_template(
            self._title or self._parts[0].heading, self._ready.body[:_SCANNED], self._ready.comments, self._file
        ):
            self._report.skip(self._file, "", "a template that nobody filled in")
            return Document(title="" if is_title(self._title) else self._title)
        timeline, taken = self._timeline()
        timeline.report(self._file, self._report)
        actions = ActionReader(self._calendar, self._file, self._report)
        for number, part in enumerate(self._parts):
            if part.meaning == Meaning.ACTIONS:
                actions.read(part)
                taken[number] = Section.ACTIONS
        sections, others = sections_of(self._parts, taken, self._facts.lines | self._used)
        for section, notes in ((Section.TIMELINE, timeline.notes), (Section.ACTIONS, actions.notes)):
            kept = tuple(text for note in notes if (text := plain(note)))
            if kept:
                sections[section] = (*sections.get(section, ()), *kept)
        zone = timeline.zone or self._zone
        return Document(
            title=self._title,
            date=self._date(timeline.entries),
            severity=severity_of(self._facts, self._title),
            zone=zone,
            entries=tuple(timeline.entries),
            actions=tuple(actions.actions),
            sections=sections,
            others=tuple(others),
            key_times=(*self._stated_times(), *mended(timeline.key_times, self._year)),
            services=names_of(self._facts.values.get("services", ())),
            authors=names_of(self._facts.values.get("authors", ())),
            participants=names_of(self._facts.values.get("participants", ())),
            remarks=tuple(timeline.remarks),
            dayless=any(why.startswith(NO_DAY) for _, why in timeline.skipped),
        )

    def _find_title(self, heading: str) -> str:
        stated = self._facts.first("front title")
        in_row = "" if heading else self._facts.first("row title")
        for each in (stated, self._facts.first("title"), _UPDATE.sub(" ", heading), in_row):
            if each and not is_title(each):
                return one_line(each)
        if not heading and len(self._parts) > 1 and not self._parts[0].lines and self._parts[1].meaning is None:
            return _UPDATE.sub(" ", self._parts[1].heading).strip()
        first = self._parts[0].lines[:1]
        if heading and first and first[0].kind is Kind.TEXT and len(first[0].raw) < 200:
            self._used.add(first[0].number)
            return plain(first[0].raw)
        return ""

    def _stated_zone(self) -> str:
        for value in self._facts.values.get("zone", ()):
            if kept_name(value):
                return value
        counted: dict[str, int] = {}
        for text in self._plain_texts():
            said = zone_said(text) if "ime" in text or "tz" in text.casefold() or "clock" in text else ""
            if said:
                return said
            for zone in zones_after_times(text):
                counted[zone] = counted.get(zone, 0) + 1
        return next(iter(counted)) if len({kept_name(zone) for zone in counted}) == 1 else ""

    def _plain_texts(self) -> Iterator[str]:
        """Return the headings and texts of the document, up to a bound: what is asked of them is said early."""
        size = 0
        for part in self._parts:
            yield part.heading
            for line in part.lines:
                size += len(line.raw)
                if size > _SCANNED:
                    return
                if line.kind is not Kind.CODE and line.raw:
                    yield line.raw[:2000]

    def _order(self, today: date) -> Order:
        texts = list(self._plain_texts())
        texts += [cell for part in self._parts for line in part.lines[:500] for cell in line.cells]
        known = [
            day
            for text in (*texts, self._title, *self._facts.values.get("front date", ()))
            for each in days_in(text)
            if each.numbers is None
            and each.year is not None
            and (day := resolved(each, Order.DAY_FIRST, today)) is not None
        ]
        named = _FILE_DAY.search(self._file.rsplit("/", 1)[-1])
        if named is not None and (written := find_day("-".join(named.groups()), 0)) is not None:
            day = resolved(written, Order.DAY_FIRST, today)
            known += [day] if day is not None else []
        american = kept_name(self._zone) in _US or (not self._zone and any(_HALF.search(text) for text in texts))
        return order_of((*texts, self._title), known[:_KNOWN], today, month_first=american)

    def _known_days(self, calendar: Calendar) -> dict[str, list[date]]:
        """Return the days that the document names, by where it does."""
        facts = self._facts.values
        front = [day for value in facts.get("front date", ()) if (day := _day(value, calendar)) is not None]
        named = _FILE_DAY.search(self._file.rsplit("/", 1)[-1])
        file = _day("-".join(named.groups()), calendar) if named else None
        near = replace(calendar, near=next(iter(front), file))
        timeline = [part.heading for part in self._parts if part.meaning == Meaning.TIMELINE]
        told = {
            "date": facts.get("date", []),
            "start": [*facts.get("start", []), *facts.get("detected", [])],
            "title": [self._title, self._parts[0].heading],
            "timeline": timeline,
            "summary": self._told(),
        }
        days = {kind: [day for text in texts for day in _days(text, near)] for kind, texts in told.items()}
        days["front"] = front
        texts = (
            *self._plain_texts(),
            *(cell for part in self._parts for line in part.lines[:50] for cell in line.cells),
        )
        whole = (each for text in texts for each in days_in(text[:300]) if each.year is not None)
        days["any"] = [day for each in islice(whole, 1) if (day := calendar.day(each)) is not None]
        days["file"] = [file] if file else []
        return days

    def _told(self) -> list[str]:
        """Return the texts before the timeline, in which the day may be told."""
        texts: list[str] = []
        for part in self._parts[:6]:
            if part.meaning in (Meaning.ACTIONS, Meaning.TIMELINE):
                break
            texts += [line.raw for line in part.lines[:40] if line.kind is not Kind.CODE]
        return texts

    def _date(self, entries: Sequence[DocumentEntry]) -> date | None:
        """Return the day of the incident: stated, in the title, told, of the first entry, or in its file's name."""
        for kind in ("date", "title", "start"):
            if self._days.get(kind):
                return self._days[kind][0]
        told = next(iter(self._days["summary"]), None)
        if told is not None and entries:
            days = [entry.stamp.local.date() for entry in entries]
            if told in (*self._days["front"], *self._days["file"]) or min(days) <= told <= max(days):
                return told
        if entries:
            return entries[0].stamp.local.date()
        return next(
            (self._days[kind][0] for kind in ("timeline", "summary", "front", "file") if self._days.get(kind)), None
        )

    def _stated_times(self) -> Iterator[KeyTime]:
        """Return the times that are stated as facts: "Start: 2024-01-15 09:00 UTC"."""
        clock = Clock(self._calendar, self._zone)
        for kind in ("start", "detected", "resolved"):
            for value in self._facts.values.get(kind, ())[:1]:
                written = find_stamp(value)
                stamp = clock.read(written) if written is not None and written.clock is not None else None
                if stamp is not None:
                    yield KeyTime(kind, stamp, 0)

    def _timeline(self) -> tuple[Timeline, dict[int, Section]]:
        """Return the timeline and the parts that it was read from."""
        sure = [number for number, part in enumerate(self._parts) if part.meaning == Meaning.TIMELINE]
        result, taken = self._read_parts(sure, sure=True)
        if result.entries:
            return result, taken
        rest = [
            number for number, part in enumerate(self._parts) if part.meaning not in (Meaning.TIMELINE, Meaning.ACTIONS)
        ]
        for numbers, least in (
            ([each for each in rest if self._parts[each].meaning == Meaning.MAYBE], 2),
            (rest, _SOME),
        ):
            found, parts = self._read_parts(numbers, sure=False, least=least)
            if found.entries:
                found.key_times = result.key_times
                found.skipped += result.skipped
                found.notes += result.notes
                return found, {**taken, **parts}
        result.key_times = list(mended(result.key_times, self._year))
        result.entries = [DocumentEntry(each.stamp, each.label, each.line, each.label) for each in result.key_times]
        return result, taken

    def _read_parts(self, numbers: Sequence[int], *, sure: bool, least: int = 0) -> tuple[Timeline, dict[int, Section]]:
        result = Timeline()
        taken: dict[int, Section] = {}
        for number in numbers:
            read = TimelineReader(self._parts[number], self._calendar, self._zone, sure=sure).read()
            table = sum(1 for line in self._parts[number].lines if line.header and columns_of(line.cells) is not None)
            if not sure and len(read.entries) < (2 if table else least):
                continue
            result.entries += read.entries
            result.key_times += read.key_times
            result.notes += read.notes
            result.remarks += read.remarks
            result.skipped += read.skipped
            result.zone = result.zone or read.zone
            taken[number] = Section.TIMELINE
        return result, taken


def _days(text: str, calendar: Calendar) -> list[date]:
    return [day for each in days_in(text[:5000]) if (day := calendar.day(each)) is not None]


def _day(text: str, calendar: Calendar) -> date | None:
    day = find_day(text.strip(), 0)
    return calendar.day(day) if isinstance(day, Day) and (day.month or day.numbers) else None
