"""Times as programs write them: with any offset, in words, or as a number of seconds, milliseconds and so on."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from facilitator.capture.dates import FIRST_YEAR, LAST_YEAR
from facilitator.capture.stamps import Point, find_stamp
from facilitator.capture.zones import zone_called
from facilitator.intake.drafts import Stamp
from facilitator.model.moments import Precision

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = 100_000_000, 7_258_118_400
"""The seconds that a number may mean, from 1973 to 2199: smaller ones are counts and durations."""
_UNITS = (1_000_000, 1_000, 1)
"""How many microseconds a second, a millisecond and a microsecond have; of nanoseconds there are a thousand in one."""

_NUMBER = re.compile(r"-?\d{9,20}(?:\.\d{1,9})?", re.ASCII)
_WRITTEN = re.compile(
    r"(\d{4})([-/.])(\d\d)\2(\d\d)"
    r"(?:(?:[Tt]| {1,3})(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?"
    r" ?(?:([+-]\d\d(?:[:.]?[0-5]\d)?)|([A-Za-z][A-Za-z/_]{0,30}))?(?: [A-Z]{3,5})?)?",
    re.ASCII,
)
_YEAR_LAST = re.compile(r"(.{1,60}?)( [A-Z]{2,5}| [+-]\d{4})? (\d{4})", re.ASCII)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_LONGEST = 100
_ANY_DAY = date(2000, 1, 1)


def stamp_of(value: object) -> Stamp | None:
    """Return the time that `value` means, or None for anything that is no time between 1970 and 2199.

    A number is seconds since 1970, or milli-, micro- or nanoseconds by its size, in UTC; it may be text. Of a written
    time the clock, the zone and the precision are kept; without a zone its zone is empty.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _of_number(value)
    if not isinstance(value, str):
        return None
    text = " ".join(value.split()) if len(value) <= _LONGEST else ""
    return _of_text(text) if text else None


@lru_cache(maxsize=4096)
def _of_text(text: str) -> Stamp | None:
    if _NUMBER.fullmatch(text):
        return _of_number(float(text) if "." in text else int(text))
    found = _WRITTEN.fullmatch(text)
    try:
        return _of_digits(found) if found else _of_words(text)
    except (ValueError, OverflowError):
        return None


def _of_number(number: float) -> Stamp | None:
    for unit in _UNITS:
        if _FIRST * 1_000_000 <= number * unit < _LAST * 1_000_000:
            return _at(round(number * unit))
    return _at(int(number) // 1_000) if _FIRST * 10**9 <= number < _LAST * 10**9 else None


def _at(microseconds: int) -> Stamp:
    at = _EPOCH + timedelta(microseconds=microseconds)
    return Stamp(at.replace(tzinfo=None), "UTC", Precision.SECOND)


def _of_digits(found: re.Match[str]) -> Stamp | None:
    year, _, month, day, hour, minute, second, fraction, offset, word = found.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return None
    numbers = int(year), int(month), int(day)
    if hour is None:
        return Stamp(datetime(*numbers, tzinfo=UTC).replace(tzinfo=None), "", Precision.DAY)
    micros = int((fraction or "0")[:6].ljust(6, "0"))
    # A leap second has no place in the calendar; the second before it has.
    seconds = min(int(second or 0), 59) if second != "60" else 59
    local = datetime(*numbers, int(hour), int(minute), seconds, micros, tzinfo=UTC).replace(tzinfo=None)
    zone = _zone((offset or word or "").replace(".", ":"))
    if zone is None:
        return None
    return Stamp(local, zone, Precision.SECOND if second else Precision.MINUTE)


def _zone(written: str) -> str | None:
    """Return a zone by the name that the model knows it by; empty for none, None for what is no zone."""
    if not written:
        return ""
    found = zone_called(written.upper() if len(written) <= 3 else written)
    if found is None:
        return None
    key = getattr(found, "key", None) or found.tzname(None) or ""
    return "UTC" if key in ("+00:00", "-00:00") else str(key)


def _of_words(text: str) -> Stamp | None:
    """Read "Oct 26, 2024 11:20 PM CET" and "Sat Oct 26 23:20:39 UTC 2024"; the year must be there."""
    last = _YEAR_LAST.fullmatch(text)
    for tried in (text, f"{_with_year(last)}{last[2] or ''}") if last else (text,):
        stamp = find_stamp(tried, near=_ANY_DAY, today=_ANY_DAY)
        if stamp is None or stamp.start is None or stamp.until or stamp.end != len(tried):
            continue
        found = _of_point(stamp.start, tried)
        if found:
            return found
    return None


def _with_year(found: re.Match[str]) -> str:
    """Return "Sat Oct 26 23:20:39" with its year where people write it: "Sat Oct 26 2024 23:20:39"."""
    day, _, clock = found[1].rpartition(" ")
    return f"{day.strip()} {found[3]} {clock}"


def _of_point(point: Point, text: str) -> Stamp | None:
    days, time = point.days, point.time
    if days is None or days.wrong or len(days.options) != 1 or str(days.options[0].year) not in _YEAR.findall(text):
        return None
    day = days.options[0]
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    if time is None:
        return Stamp(midnight, "", Precision.DAY)
    zone = _zone(point.zone)
    if time.wrong or time.hours or zone is None or time.hour > 23:
        return None
    local = midnight.replace(hour=time.hour, minute=time.minute, second=time.second, microsecond=time.microsecond)
    return Stamp(local, zone, time.precision)
