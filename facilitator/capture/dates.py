"""Days as people write them: "2026-11-15", "Nov 15", "15 Nov 2026", "15/11/2026", "yesterday", "next fri"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from facilitator.model.clocks import MONTHS

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""The short English names of the days of the week, Monday first."""

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""The years that a date may name: those for which the rules of zones mean something."""


class Toward(Enum):
    """Which day is meant when several are possible: the nearest one, one that has been, or one to come."""

    NEAREST = "nearest"
    BACK = "back"
    AHEAD = "ahead"


class Form(Enum):
    """How a day was written, and so how sure it is that a day was meant.

    FULL: by month and day; WORD: "yesterday", "Monday"; BARE: "15/11", which could as well be a fraction.
    """

    FULL = "full"
    WORD = "word"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Days:
    """A day that was written. Two `options` for an ambiguous one, best first.

    `wrong` says why there is no such day ("Feb 30 is not in the calendar"); the options are then what may be meant.
    `end` is where it ends in the line.
    """

    options: tuple[date, ...]
    end: int
    form: Form = Form.FULL
    wrong: str = ""


# "may" and "march" are words of a sentence when they are not capitals.
_MONTH = (
    r"(?P<month>(?i:jan|january|feb|february|mar|apr|april|jun|june|jul|july|aug|august|sept?|september|oct|october"
    r"|nov|november|dec|december)|May|MAY|March|MARCH)"
)
_WEEKDAY = r"(?i:mon|monday|tue|tues|tuesday|wed|wednesday|thu|thurs?|thursday|fri|friday|sat|saturday|sun|sunday)"
_LED = rf"(?:(?P<weekday>{_WEEKDAY})\b\.?,? )?"
# A number that goes on as a time is no year and no day: "Nov 14:22", "Nov 15 1422 rollback" is settled by `_year`.
_STOP = r"(?!\w|[:.,]\d)"
_ISO = re.compile(
    rf"{_LED}(?P<year>\d{{4}})(?P<between>[-/])(?P<number>\d{{1,2}})(?P=between)(?P<day>\d{{1,2}})(?=T\d|\W|$)"
)
_DAY_MONTH = re.compile(
    rf"{_LED}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[ -]?{_MONTH}\b\.?(?P<rest>(?:, ?| |-)(?P<year>\d{{4}}){_STOP})?"
)
_MONTH_DAY = re.compile(
    rf"{_LED}{_MONTH}\.? ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_STOP}(?P<rest>(?:, ?| )(?P<year>\d{{4}}){_STOP})?"
)
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|(?<=/)\d{2})(?=\W|$)|(?<=\d)(?=[ ,]|$)|\.(?= ))")
_WORD = re.compile(rf"(?i:(today|yesterday|tomorrow)|(?:(last|this|next) )?({_WEEKDAY}))(?!\w)")

_ONE_DAY = timedelta(days=1)


def find_day(line: str, start: int, *, near: date, today: date, toward: Toward) -> Days | None:
    """Return the day that is written in `line` at `start`, or None when none is.

    A day without a year is the one nearest to `near`, not after `today` when `toward` is BACK; when it is AHEAD, it is
    the first from `today` on. Words and days of the week are counted from `today`.
    """
    for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY):
        found = pattern.match(line, start)
        if found:
            return _of_calendar(found, near, today, toward)
    found = _NUMBERS.match(line, start)
    if found:
        return _of_numbers(found, near, today, toward)
    found = _WORD.match(line, start)
    if found:
        return Days((_of_word(found, today, toward),), found.end(), Form.WORD)
    return None


def day_alone(written: str, today: date) -> date | None:
    """Return the day that `written` is, one that has been where that is open; None when it is none, or several."""
    text = written.strip()
    days = find_day(text, 0, near=today, today=today, toward=Toward.BACK)
    if days is None or days.wrong or days.end != len(text) or len(days.options) != 1:
        return None
    return days.options[0]


def named(day: date, today: date) -> str:
    """Return a day as it is said back: "Fri Nov 27", with its year when that is not this year."""
    year = "" if day.year == today.year else f", {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {MONTHS[day.month - 1]} {day.day}{year}"


def later(day: date, days: int) -> date:
    """Return the day that many days later, or the last one that a date may name."""
    last = date(LAST_YEAR, 12, 31)
    return day + timedelta(days=days) if days <= (last - day).days else last


def months_later(day: date, months: int) -> date:
    """Return the same day that many months later, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > LAST_YEAR:
        return date(LAST_YEAR, 12, 31)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _of_calendar(found: re.Match[str], near: date, today: date, toward: Toward) -> Days:
    parts = found.groupdict()
    end, year = found.end(), parts["year"]
    if "rest" in parts and year is not None and not _is_year(year, parts["rest"], found.string, end, today):
        end, year = found.start("rest"), None
    month = int(parts["number"]) if "number" in parts else _month_number(parts["month"])
    days = _days((year, month, int(parts["day"])), end, near, today, toward)
    if parts["weekday"] and not days.wrong:
        days = _on_weekday(days, parts["weekday"], today)
    return days


def _is_year(year: str, rest: str, line: str, end: int, today: date) -> bool:
    """Return whether four digits after a day are its year: "Nov 15 1422 rollback" has a time there."""
    if rest[0] in ",-" or (line[end : end + 1] == " " and line[end + 1 : end + 2].isdecimal()):
        return True
    return int(year[:2]) > 23 or int(year[2:]) > 59 or abs(int(year) - today.year) <= 1


def _month_number(name: str) -> int:
    return MONTHS.index(name[:3].capitalize()) + 1


def _days(written: tuple[str | None, int, int], end: int, near: date, today: date, toward: Toward) -> Days:
    """Return the day of a year (None when none was written), a month and a day."""
    year, month, day = written
    if not 1 <= month <= 12:
        return Days((), end, wrong=f"there is no month {month}")
    if year is not None and not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return Days((), end, wrong=f"the year {year} is out of range")
    base = today if toward is Toward.AHEAD else near
    years = [int(year)] if year is not None else _years(base.year)
    valid = [date(each, month, day) for each in years if 1 <= day <= monthrange(each, month)[1]]
    if not valid:
        last = date(years[0], month, monthrange(years[0], month)[1])
        if year is None and toward is Toward.AHEAD and last < today:
            last = months_later(last, 12)
        guesses = (last, last + _ONE_DAY) if day > last.day else ()
        wanted = f"{MONTHS[month - 1]} {day}" + (f", {year}" if year else "")
        return Days(guesses, end, wrong=f"{wanted} is not in the calendar")
    if year is not None:
        return Days((valid[0],), end)
    if toward is Toward.AHEAD:
        return Days((next((each for each in sorted(valid) if each >= today), valid[0]),), end)
    if toward is Toward.BACK:
        valid = [each for each in valid if each <= today] or valid
    return Days((min(valid, key=lambda each: abs(each - near)),), end)


def _years(base: int) -> list[int]:
    """Return the years in which a day without a year may lie, the likeliest first; a leap year is among them."""
    around = (base, base - 1, base + 1, *range(base - 8, base - 1), *range(base + 2, base + 9))
    return [min(max(year, FIRST_YEAR), LAST_YEAR) for year in around]


def _on_weekday(days: Days, weekday: str, today: date) -> Days:
    day = days.options[0]
    if WEEKDAYS[day.weekday()] == weekday[:3].capitalize():
        return days
    return Days(days.options, days.end, wrong=f"the day of the week does not fit: it is {named(day, today)}")


def _of_numbers(found: re.Match[str], near: date, today: date, toward: Toward) -> Days | None:
    """Read "15.11.2026", "15/11/2026", "15.11. ", "15/11": with dots the day is first, else either may be."""
    first, between, second = int(found[1]), found[2], int(found[3])
    year = f"20{found[4]}" if found[4] and len(found[4]) == 2 else found[4]
    closed = found[0].endswith(".")
    if year is None and not (between == "/" or (between == "." and closed)):
        return None
    orders = [(second, first)] if between == "." else [(second, first), (first, second)]
    read = [_days((year, month, day), found.end(), near, today, toward) for month, day in orders]
    valid = [days for days in read if not days.wrong] or read[:1]
    options = dict.fromkeys(option for days in valid for option in days.options)
    form = Form.FULL if year is not None else Form.BARE
    return Days(tuple(options), found.end(), form, valid[0].wrong)


def _of_word(found: re.Match[str], today: date, toward: Toward) -> date:
    word, which, weekday = (group.lower() if group else "" for group in found.groups())
    if word:
        return today + {"today": 0, "yesterday": -1, "tomorrow": 1}[word] * _ONE_DAY
    wanted = WEEKDAYS.index(weekday[:3].capitalize())
    if toward is Toward.AHEAD or which == "next":
        if which == "next":  # the day in the next week of the calendar, Monday to Sunday
            return later(today, 7 - today.weekday() + wanted)
        return later(today, (wanted - today.weekday() - 1) % 7 + 1)
    back = (today.weekday() - wanted) % 7
    return today - (back or (7 if which == "last" else 0)) * _ONE_DAY
