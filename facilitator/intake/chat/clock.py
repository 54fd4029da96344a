"""Which moment the time of a message is: the days that the text names, and midnight between messages."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from facilitator.capture.dates import FIRST_YEAR, LAST_YEAR, Form, Toward, find_day
from facilitator.capture.zones import zone_called
from facilitator.intake.chat.heads import DAY, Head
from facilitator.intake.drafts import Stamp
from facilitator.intake.errors import MissingError, Need
from facilitator.intake.reader import Options
from facilitator.intake.texts.dates_by_evidence import day_of, decide, numbers
from facilitator.model.moments import Precision, find_zone

_WORDS = re.compile(r"(?i:(today)|(yesterday)|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)")
_LINE_OF_DAY = re.compile(
    r"[\s\-–—=*_#]*(?:(?:Day changed(?: to)?|Log (?:opened|closed)|Session (?:Start|Time|Close)|Started on)\b:?)?"
    rf"[\s\-–—=*]*(?:{DAY}|(?:[A-Z][a-z]{{2}} )?(?P<named>[A-Z][a-z]{{2}} {{1,2}}\d{{1,2}}) (?:\d\d:\d\d(?::\d\d)? )?"
    r"(?P<year>\d{4}))[\s\-–—=*_]*"
)
_SHORT_YEAR = re.compile(r"(.*[A-Za-z].*[- ,])(\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


def day_line(line: str) -> str:
    """Return the day that a line between messages names, "--- Day changed Sun Nov 15 2026", or ""."""
    if len(line) > 80:
        return ""
    found = _LINE_OF_DAY.fullmatch(line)
    if found is None:
        return ""
    return found["day"] or f"{' '.join(found['named'].split())}, {found['year']}"


def is_weekday(written: str) -> bool:
    """Return whether a day is a day of the week, "Monday", which a message may say as well."""
    found = _WORDS.fullmatch(written)
    return found is not None and not found[1] and not found[2]


class Clock:
    """Turns the times of messages into stamps, in their order.

    `backwards` is how many minutes a time may lie before the one above it on the same day: a chat in which threads
    stand below their first message runs back now and then. Raises MissingError when the day is nowhere said.
    """

    def __init__(self, options: Options, heads: Iterable[Head], days: Iterable[str], backwards: int) -> None:
        here = find_zone(options.zone) if options.zone else None
        self._today = (options.now.astimezone(here) if here else options.now).date()
        self._given, self._backwards = options.day, backwards
        seen = list(heads)
        self._twelve = any(head.half for head in seen)
        written = dict.fromkeys([*days, *(_with_half(head) for head in seen if head.day)])
        self._decision = decide(written, self._today, options.day)
        self._written = list(written)
        self._day: date | None = None
        self._last = -1
        self._anchor: date | None = None
        self._days: dict[str, date | None] = {}

    def new_day(self, written: str) -> None:
        """Take the day that a line between the messages names."""
        day = self._found(written)
        if day is not None:
            self._day, self._last = day, -1

    def stamp(self, head: Head) -> Stamp:
        """Return the stamp of a message. Raises ValueError when the day that it names is not in the calendar."""
        day = self._found(head.day) if head.day else None
        if head.day and day is None:
            raise ValueError(f"{head.day} is not in the calendar")
        hour = self._hour(head)
        minutes = hour * 60 + head.minute
        if day is not None:
            self._day = day
        elif self._day is None:
            self._day = self._first_day()
        elif self._last - minutes > self._backwards:
            self._day += timedelta(days=1)
        if day is not None or minutes > self._last or self._last - minutes > self._backwards:
            self._last = minutes
        at = datetime.combine(self._day, time(hour, head.minute, head.second or 0))
        return Stamp(at, _zone(head.zone, at), Precision.MINUTE if head.second is None else Precision.SECOND)

    def _hour(self, head: Head) -> int:
        """Return the hour on a clock of 24 hours; where AM and PM are left out now and then, the next such hour."""
        if head.half and 1 <= head.hour <= 12:
            return head.hour % 12 + (12 if head.half == "p" else 0)
        if not self._twelve or not 1 <= head.hour <= 12 or self._last < 0:
            return head.hour
        minutes = head.hour % 12 * 60 + head.minute
        later = [each for each in (minutes, minutes + 720) if each >= self._last - 5]
        return (later[0] if later else minutes) // 60

    def _first_day(self) -> date:
        if self._given is not None:
            return self._given
        raise MissingError(Need.DAY, "The first messages have times but no date. Which day are they of?")

    def _found(self, written: str) -> date | None:
        """Return the day that is written, or None for one that is not in the calendar."""
        if written not in self._days:
            self._days[written] = self._read(written)
        return self._days[written]

    def _read(self, written: str) -> date | None:
        if _WORDS.fullmatch(written):
            return self._by_word(written)
        iso = _YEAR_FIRST.fullmatch(written)
        if iso:
            return _date(int(iso[1]), int(iso[2]), int(iso[3]))
        found = numbers(written)
        if found is not None and self._decision is not None:
            if not self._decision.sure:
                raise self._either()
            day = day_of(*found[:3], self._decision.order)
            return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None
        short = _SHORT_YEAR.fullmatch(written)
        near = self._given or self._today
        toward = Toward.NEAREST if self._given else Toward.BACK
        days = find_day(f"{short[1]}20{short[2]}" if short else written, 0, near=near, today=self._today, toward=toward)
        return days.options[0] if days and (not days.wrong or days.form is Form.FULL) else None

    def _by_word(self, written: str) -> date:
        """Return the day of "Yesterday", counted from the day that was given for the first such word."""
        if self._given is None:
            days = (self._today, self._today - timedelta(days=1))
            why = f'The text says "{written}", which counts from when it was copied. Which day is meant?'
            raise MissingError(Need.DAY, why, [day.isoformat() for day in days])
        told = find_day(written, 0, near=self._today, today=self._today, toward=Toward.BACK)
        counted = told.options[0] if told else self._today
        if self._anchor is None:
            self._anchor = counted
        return self._given + (counted - self._anchor)

    def _either(self) -> MissingError:
        """Return the question that a date of two numbers asks: "03/04/2026"."""
        first = next(found for each in self._written if (found := numbers(each)) is not None)
        days = (_date(first[2], first[1], first[0]), _date(first[2], first[0], first[1]))
        why = "The dates may have the day or the month first, and nothing in the text decides. Which day is the first?"
        return MissingError(Need.DAY, why, [day.isoformat() for day in days if day is not None])


def _with_half(head: Head) -> str:
    """Return the day of a head with AM or PM behind it, which says something of how its numbers are meant."""
    half = f", {head.hour}:{head.minute:02} {head.half}m" if head.half else ""
    return f"{head.day}{half}"


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _zone(written: str, at: datetime) -> str:
    """Return a zone that stamps know, for one that is written in a chat: "UTC", "+02:00"."""
    zone = zone_called(written) if written else None
    offset = zone.utcoffset(at) if zone else None
    if offset is None:
        return ""
    minutes = offset // timedelta(minutes=1)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "UTC"
