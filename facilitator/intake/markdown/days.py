"""Days as documents have them: by month name, in either order of numbers, without a year, with a slip of the pen."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from facilitator.capture.dates import FIRST_YEAR, LAST_YEAR, WEEKDAYS
from facilitator.intake.texts.dates_by_evidence import Order
from facilitator.model.clocks import MONTHS


@dataclass(frozen=True, slots=True)
class Day:
    """A day that was written: month and day, or two `numbers` of which either may be the day, or a weekday alone.

    `year` is None when none was written. `slip` says what was not taken as it stands. `end` is where it ends.
    """

    year: int | None = None
    month: int = 0
    day: int = 0
    numbers: tuple[int, int] | None = None
    dotted: bool = False
    weekday: int | None = None
    end: int = 0
    slip: str = ""


_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?(?![a-z])\.?,?\s*(?:the\s+)?(?=\S|$)",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?P<year>\d{4,5})(?P<sep>[-/.\u2010-\u2012])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d]|[./-]\d)"
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>(?:19|20)\d\d)[\s,/-]{{1,2}}(?P<month>{_MONTH_NAME})(?![a-z])\.?[\s-]?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:])",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?=[T _-]?\d\d:?\d\d|\s|$)")
_DAY_MONTH = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s*[-/]?\s*"
    rf"|\s+of\s+)(?P<month>{_MONTH_NAME})(?![a-z])\.?(?:[,\s/-]*(?P<year>(?:19|20)\d\d)(?!\d|:\d))?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{_MONTH_NAME})(?![a-z])\.?[\s-]*(?P<day>\d{{1,2}})(?![\d:.]\d)(?:st|nd|rd"
    rf"|th)?(?![\w%])(?:[,\s-]*(?P<year>(?:19|20)\d\d)(?!\d|:\d))?",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?P<one>\d{1,2})(?P<sep>[-/.])(?P<two>\d{1,2})(?P=sep)(?P<year>\d{2,4})(?![\d:]|[./-]\d)")
_SHORT = re.compile(r"(?P<one>\d{1,2})/(?P<two>\d{1,2})(?![\d/])")
_APART = timedelta(days=60)


def find_day(text: str, at: int) -> Day | None:
    """Return the day that is written at `at`, with a day of the week before it; None when there is none."""
    led = _WEEKDAY.match(text, at)
    start = led.end() if led else at
    weekday = _weekday(led[0]) if led else None
    for pattern in (_ISO, _COMPACT):
        found = pattern.match(text, start)
        if found:
            return _valid(_of_iso(found), weekday)
    for pattern in (_YEAR_FIRST, _DAY_MONTH, _MONTH_DAY):
        found = pattern.match(text, start)
        if found:
            year = int(found["year"]) if found["year"] else None
            month = _month(found["month"])
            return _valid(Day(year, month, int(found["day"]), end=found.end()), weekday)
    found = _NUMBERS.match(text, start) or _SHORT.match(text, start)
    if found:
        return _of_numbers(found, weekday)
    return Day(weekday=weekday, end=led.end()) if led else None


def days_in(text: str) -> Iterator[Day]:
    """Return the full days that are written anywhere in a text."""
    for found in _ANYWHERE.finditer(text):
        day = find_day(text, found.start())
        if day is not None and (day.month or day.numbers):
            yield day


_ANYWHERE = re.compile(
    rf"(?<![\w./:-])(?:\d{{4}}[-/.]\d{{1,2}}[-/.]\d|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d\d|\d{{1,2}}(?:st|nd|rd|th"
    rf"|\.)?[ -](?:of )?{_MONTH_NAME}\b"
    rf"|{_MONTH_NAME}\.?[ -]?\d{{1,2}}(?!\d))",
    re.IGNORECASE,
)


def resolved(day: Day, order: Order, near: date) -> date | None:
    """Return the day that is meant; one without a year is the nearest to `near`, a weekday the next from it on."""
    if day.numbers is not None:
        one, two = day.numbers
        first = order is Order.DAY_FIRST or day.dotted
        number, month = (one, two) if (first and two <= 12) or one > 12 else (two, one)
        day = replace(day, month=month, day=number)
    if not day.month:
        if day.weekday is None:
            return None
        return _moved(near, (day.weekday - near.weekday()) % 7)
    if day.year is not None:
        return _date(day.year, day.month, day.day)
    options = [_date(near.year + step, day.month, day.day) for step in (0, -1, 1)]
    known = [option for option in options if option is not None]
    return min(known, key=lambda option: abs(option - near), default=None)


def _of_iso(found: re.Match[str]) -> Day:
    year, slip = found["year"], ""
    if len(year) == 5:
        fixed = [year[:at] + year[at + 1 :] for at in (4, 3, 2, 1, 0)]
        year = next((each for each in fixed if 1990 <= int(each) <= 2099), year)
        slip = f"{found[0]}: read as the year {year}"
    month, day = int(found["month"]), int(found["day"])
    if month > 12 >= day:  # year, day, month
        month, day = day, month
    return Day(int(year), month, day, end=found.end(), slip=slip)


def _of_numbers(found: re.Match[str], weekday: int | None) -> Day | None:
    one, two = int(found["one"]), int(found["two"])
    written = found.groupdict().get("year")
    dotted = found.groupdict().get("sep") == "."
    if dotted and (written is None or len(written) != 4):
        return None  # a version, or a part of an address
    year: int | None = None
    slip = ""
    if written is not None and len(written) == 3:
        slip = f"{found[0]}: its year has three digits"
    elif written is not None:
        year = int(written) + (2000 if len(written) == 2 else 0)
    if not (1 <= one <= 31 and 1 <= two <= 31 and (one <= 12 or two <= 12)):
        return None
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Day(year, numbers=(one, two), dotted=dotted, weekday=weekday, end=found.end(), slip=slip)


def _valid(day: Day, weekday: int | None) -> Day | None:
    if not 1 <= day.month <= 12 or not 1 <= day.day <= monthrange(day.year or 2000, day.month)[1]:
        return None
    if day.year is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return day if weekday is None else replace(day, weekday=weekday)


def _weekday(name: str) -> int:
    return WEEKDAYS.index(name[:3].capitalize())


def _month(name: str) -> int:
    return MONTHS.index(name[:3].capitalize()) + 1


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
