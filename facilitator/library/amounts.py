"""Durations, numbers, ages and days as they are written in a query line."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

SECOND_UNITS = {
    "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "hr": 3600, "hour": 3600, "hours": 3600, "d": 86400, "day": 86400,
    "days": 86400, "w": 7 * 86400,
}  # fmt: skip
_MULTIPLES = {"": 1, "k": 1_000, "m": 1_000_000}

_NUMBER = r"\d{1,12}(?:\.\d{1,6})?"
_DURATION = re.compile(rf"(?:{_NUMBER}\s?[a-z]+\s?)+")
_DURATION_PART = re.compile(rf"({_NUMBER})\s?([a-z]+)")
_COUNT = re.compile(rf"({_NUMBER})([km]?)")
_SHARE = re.compile(rf"({_NUMBER})%?")
_AGE = re.compile(r"(\d{1,6})\s?(d|day|days|w|week|weeks|m|mo|month|months|y|year|years)")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_COMPARED = re.compile(r"(>=|<=|>|<|=)?\s*(.*)", re.DOTALL)


class MalformedError(ValueError):
    """A value that cannot be read; the message says how it is written, and `at` where it is wrong, in characters."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


class Between(NamedTuple):
    """What a value may be written as: one, a range, or a comparison; `sign` is empty for the former two.

    For a range `low` or `high` may be None, when that side is open; for the others both are the same.
    """

    sign: str
    low: str | None
    high: str | None


class Period(NamedTuple):
    """Some days, both included."""

    first: date
    last: date


def between(text: str) -> Between:
    """Read `a..b`, `a..`, `..b`, `>a`, `>=a`, `<a`, `<=a`, `=a` or `a`. Raises MalformedError."""
    low, dots, high = text.partition("..")
    if dots:
        if not low and not high:
            raise MalformedError("a range has a beginning or an end, such as 1..2 or 1..")
        return Between("", low.strip() or None, high.strip() or None)
    match = _COMPARED.fullmatch(text)
    sign, value = (match[1] or "", match[2]) if match else ("", text)
    if not value:
        raise MalformedError(f"nothing stands after {sign}", len(sign))
    return Between("" if sign == "=" else sign, value, value)


def seconds(text: str) -> float:
    """Return a duration in seconds: "90s", "30m", "2h", "1h30m", "1.5d". Raises MalformedError."""
    text = text.lower().strip()
    if not _DURATION.fullmatch(text):
        raise MalformedError("a duration is a number with a unit, such as 30m, 2h or 1d")
    total = 0.0
    for number, unit in _DURATION_PART.findall(text):
        if unit not in SECOND_UNITS:
            raise MalformedError(f"no unit of time is called '{unit[:20]}': s, m, h, d or w")
        total += float(number) * SECOND_UNITS[unit]
    return total


def count(text: str) -> float:
    """Return a number: "500", "10k", "1.5m". Raises MalformedError."""
    match = _COUNT.fullmatch(text.lower().replace(",", ""))
    if match is None:
        raise MalformedError("a number of users is written as 500, 10k or 1.5m")
    return float(match[1]) * _MULTIPLES[match[2]]


def share(text: str) -> float:
    """Return a share in percent: "20%", "20". Raises MalformedError."""
    match = _SHARE.fullmatch(text)
    if match is None:
        raise MalformedError("a share of the error budget is written as 20% or 12.5%")
    return float(match[1])


def ago(text: str, today: date) -> date:
    """Return the day that lies so far back: "60d", "8w", "12m" (months), "2y". Raises MalformedError."""
    match = _AGE.fullmatch(text.lower().strip())
    if match is None:
        raise MalformedError("an age is a number with d, w, m (months) or y, such as 60d or 12m")
    number, unit = int(match[1]), match[2][0]
    if unit in "dw":
        try:
            return today - timedelta(days=number * (7 if unit == "w" else 1))
        except OverflowError:
            return date.min
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def period(text: str, today: date) -> Period:
    """Return the days that are meant: "2026", "2026-03", "2026-03-14", "today", "yesterday". Raises MalformedError."""
    text = text.lower().strip()
    if text in ("today", "yesterday"):
        day = today if text == "today" or today == date.min else today - timedelta(days=1)
        return Period(day, day)
    match = _DAY.fullmatch(text)
    if match is None:
        raise MalformedError("a date is written as 2026, 2026-03 or 2026-03-14")
    year, month, day_of = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    try:
        first = date(year, month, day_of)
    except ValueError as error:
        raise MalformedError(f"the calendar has no {match[0]}") from error
    if match[3]:
        return Period(first, first)
    last_month = month if match[2] else 12
    return Period(first, date(year, last_month, monthrange(year, last_month)[1]))


def days(text: str, today: date) -> tuple[date | None, date | None]:
    """Return the first and last day of dates, a range or a comparison; None is an open end. Raises MalformedError."""
    asked = between(text)
    low, high = (period(each, today) if each is not None else None for each in (asked.low, asked.high))
    if low is not None and asked.sign:
        return _compared_days(asked.sign, low)
    if low is not None and high is not None and high.last < low.first:
        raise MalformedError("the range ends before it begins")
    return (low.first if low is not None else None), (high.last if high is not None else None)


def ages(text: str, today: date) -> tuple[date | None, date | None]:
    """Return the first and the last day on which something of these ages began; a bare age is the least.

    Raises MalformedError.
    """
    asked = between(text)
    if asked.sign:
        return _compared_ages(asked.sign, ago(asked.low or "", today))
    if asked.low == asked.high:
        return None, ago(asked.low or "", today)
    youngest, oldest = (ago(each, today) if each is not None else None for each in (asked.low, asked.high))
    if youngest is not None and oldest is not None and youngest < oldest:
        raise MalformedError("the range ends before it begins")
    return oldest, youngest


def numbers(text: str, read: Callable[[str], float]) -> tuple[float | None, float | None, bool, bool]:
    """Return the low and the high end of a number, a range or a comparison, and whether each is open.

    Raises MalformedError.
    """
    asked = between(text)
    low, high = (read(each) if each is not None else None for each in (asked.low, asked.high))
    if asked.sign.startswith(">"):
        return low, None, asked.sign == ">", False
    if asked.sign.startswith("<"):
        return None, high, False, asked.sign == "<"
    if low is not None and high is not None and high < low:
        raise MalformedError("the range ends before it begins")
    return low, high, False, False


def _compared_days(sign: str, of: Period) -> tuple[date | None, date | None]:
    """Return the days after, from, before or up to a period."""
    if sign == ">":
        return _shifted(of.last, 1), None
    if sign == "<":
        return None, _shifted(of.first, -1)
    return (of.first, None) if sign == ">=" else (None, of.last)


def _compared_ages(sign: str, then: date) -> tuple[date | None, date | None]:
    """Return the days on which something began that is older, at least as old, younger or at most as old."""
    if sign == ">":
        return None, _shifted(then, -1)
    if sign == "<":
        return _shifted(then, 1), None
    return (None, then) if sign == ">=" else (then, None)


def _shifted(day: date, by: int) -> date:
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return day
