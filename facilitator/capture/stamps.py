"""The time stamp at the start of a line: what of it is a time, and where the sentence begins.

This is the grammar only; `when` finds out which moment is meant.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from facilitator.capture.dates import Days, Form, Toward, find_day
from facilitator.capture.times import ClockTime, find_time, halves
from facilitator.capture.zones import follows_time
from facilitator.model.moments import Approximation, Precision


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a stamp: a day, a time, or both, with the zone that was written after it ("" for none)."""

    days: Days | None
    time: ClockTime | None
    end: int
    zone: str = ""
    iso: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp. `end` is where the sentence begins in the line.

    Either `later` is set, the time since the entry above, or `start` is, with `until` for a span. `offset` is set when
    what was written is either a span or an offset: "14:22-05:00"; it is then the zone that would be meant.
    """

    end: int
    approximation: Approximation = Approximation.EXACT
    start: Point | None = None
    until: Point | None = None
    later: timedelta | None = None
    precision: Precision = Precision.MINUTE
    offset: str = ""


_APPROXIMATION = re.compile(
    r"(?:(?P<about>[~≈] ?|(?i:about|around|approximately|approx\.?|circa|ca\.?) )|(?P<before>(?i:before) |< ?)"
    r"|(?P<after>(?i:after) |> ?)|(?i:at) )"
)
_LATER = re.compile(
    r"\+ ?(?=\d)(?:(?P<days>\d{1,3}) ?(?:d|days?)(?![a-z]))?(?: ?(?P<hours>\d{1,4}) ?(?:h|hrs?|hours?)(?![a-z]))?"
    r"(?: ?(?P<minutes>\d{1,5}) ?(?:m|mins?|minutes?)(?![a-z]))?"
    r"(?: ?(?P<seconds>\d{1,6}) ?(?:s|secs?|seconds?)(?![a-z]))?"
    r"(?!\w)",
    re.IGNORECASE,
)
_DAY_TO_TIME = re.compile(r"T|,? (?:at |- )?|, ?", re.IGNORECASE)
_ZONE = re.compile(
    r"(?P<space> ?)(?P<name>[A-Za-z]{2,20}(?:/[A-Za-z0-9_+-]{1,30}){1,2}"
    r"|(?i:utc|gmt)(?:[+-]\d{1,2}(?::?[0-5]\d)?)?|[A-Z]{1,5}|z|[+-]\d{1,2}(?::?[0-5]\d)?)(?!\w)"
)
_SPACED_OFFSET = re.compile(r"[+-]\d\d:?\d\d")
_RANGE = re.compile(r"(?P<dash> ?[-–—] ?)|(?i: (?:to|until|till) )")
_MINUTES_ONLY = re.compile(r"[-–](\d\d)(?![\w:.])")
_ATTACHED_OFFSET = re.compile(r"-(0[1-9]|1[0-2]):?(00|30)")
_DAY_AFTER = re.compile(r"(?:,| on) ")
_SEPARATOR = re.compile(r"(?: ?[-–—:|,;](?= |$))? *")
_CLOSING = {"[": "]", "(": ")"}


def find_stamp(line: str, *, near: date, today: date) -> Stamp | None:
    """Return the time stamp with which `line` begins, or None when it begins with a sentence.

    `near` is the day about which the line most likely speaks; `today` that of whoever types.
    """
    closing = _CLOSING.get(line[:1], "")
    stamp = _stamp(line, 1 if closing else 0, near, today)
    if stamp is None:
        return None
    end = stamp.end
    if closing:
        if not line.startswith(closing, end):
            return None
        end += 1
    if not _is_boundary(line, end):
        return None
    separator = _SEPARATOR.match(line, end)
    return replace(stamp, end=separator.end() if separator else end)


def _stamp(line: str, start: int, near: date, today: date) -> Stamp | None:
    approximation, at = _approximation(line, start)
    later = _LATER.match(line, at)
    if later and any(later.groups()):
        span = timedelta(**{unit: int(number) for unit, number in later.groupdict().items() if number})
        precision = Precision.SECOND if later["seconds"] else Precision.MINUTE
        return Stamp(later.end(), approximation, later=span, precision=precision)
    point = _point(line, at, near, today)
    if point is None:
        return None
    if approximation is Approximation.EXACT and point.days is not None:
        approximation, _ = _approximation(line, _day_end(line, point.days))
    if point.time is None:
        return _stamp_of_days(line, point, approximation, near, today)
    stamp = _with_span(line, Stamp(point.end, approximation, start=point), near, today)
    return _with_day_after(line, stamp, near, today)


def _approximation(line: str, start: int) -> tuple[Approximation, int]:
    found = _APPROXIMATION.match(line, start)
    if found is None:
        return Approximation.EXACT, start
    return Approximation(found.lastgroup) if found.lastgroup else Approximation.EXACT, found.end()


def _day_end(line: str, days: Days) -> int:
    between = _DAY_TO_TIME.match(line, days.end)
    return between.end() if between else days.end


def _point(line: str, start: int, near: date, today: date) -> Point | None:
    """Read a day, a time, or both at `start`."""
    days = find_day(line, start, near=near, today=today, toward=Toward.BACK)
    if days is None:
        time = find_time(line, start)
        return None if time is None else _with_zone(line, Point(None, time, time.end))
    at = _day_end(line, days)
    until_a_day = line.startswith(" - ", days.end) and find_day(line, at, near=near, today=today, toward=Toward.BACK)
    time = find_time(line, _approximation(line, at)[1]) if at > days.end and not until_a_day else None
    if time is None or not _is_boundary(line, _with_zone(line, Point(days, time, time.end)).end, span=True):
        # "15/11" alone may be a fraction; "yesterday" alone is asked about, "Nov 15" alone is a day.
        return (
            None
            if days.form is Form.BARE or not _is_boundary(line, days.end, span=True)
            else Point(days, None, days.end)
        )
    iso = line[days.end : days.end + 1] in ("T", "t")
    return _with_zone(line, Point(days, time, time.end, iso=iso))


def _with_zone(line: str, point: Point) -> Point:
    found = _ZONE.match(line, point.end)
    if found is None or point.time is None:
        return point
    name, spaced = found["name"], bool(found["space"])
    if name[0] in "+-":
        if spaced and not _SPACED_OFFSET.fullmatch(name):
            return point
        if name[0] == "-" and not spaced and not point.iso and not _as_in_logs(name, point):
            return point  # the end of a span, or settled there
    if (name == "z" and spaced) or not follows_time(name.upper() if name == "z" else name):
        return point
    if not _is_boundary(line, found.end(), span=True):
        return point
    return replace(point, zone=name, end=found.end())


def _as_in_logs(offset: str, point: Point) -> bool:
    """Return whether "-05:00" after a time is its offset: as in "2026-11-15 14:22:05-05:00", which programs write."""
    seconds = point.time is not None and point.time.precision is Precision.SECOND
    return seconds and point.days is not None and _ATTACHED_OFFSET.fullmatch(offset) is not None


def _stamp_of_days(line: str, point: Point, approximation: Approximation, near: date, today: date) -> Stamp | None:
    """Return the stamp of a day without a time, or of a span of two such days."""
    if point.days is not None and point.days.form is Form.WORD and approximation is not Approximation.EXACT:
        return None
    stamp = Stamp(point.end, approximation, start=point, precision=Precision.DAY)
    between = _RANGE.match(line, point.end)
    if between is None:
        return stamp
    end = find_day(line, between.end(), near=near, today=today, toward=Toward.BACK)
    if end is None or end.form is not Form.FULL or not _is_boundary(line, end.end):
        return stamp
    return replace(stamp, until=Point(end, None, end.end), end=end.end)


def _with_span(line: str, stamp: Stamp, near: date, today: date) -> Stamp:
    """Return the stamp with the end of its span, when one is written after it."""
    start = stamp.start
    between = _RANGE.match(line, stamp.end)
    if start is None or start.time is None or between is None:
        return stamp
    until = _end_point(line, between.end(), near, today)
    if until is None:
        return _with_minutes(line, stamp, start.time)
    if until.time is None or not until.time.sure or not _is_boundary(line, until.end):
        return stamp
    offset = ""
    attached = _ATTACHED_OFFSET.match(line, stamp.end)
    if attached and attached.end() == until.time.end and not start.zone:
        offset = f"-{attached[1]}:{attached[2]}"
    start_time, until_time = _with_halves(start.time, until.time, same_day=until.days is None)
    start, until = replace(start, time=start_time), replace(until, time=until_time)
    return replace(stamp, start=start, until=until, end=until.end, offset=offset)


def _end_point(line: str, start: int, near: date, today: date) -> Point | None:
    point = _point(line, start, near, today)
    if point is None or point.time is None or (point.days is not None and point.days.form is not Form.FULL):
        return None
    return point


def _with_minutes(line: str, stamp: Stamp, time: ClockTime) -> Stamp:
    """Read "14:30-35": the end of a span within the hour."""
    found = _MINUTES_ONLY.match(line, stamp.end)
    if found is None or time.wrong or time.precision is not Precision.MINUTE or not time.sure:
        return stamp
    minute = int(found[1])
    if not time.minute < minute < 60 or not _is_boundary(line, found.end()):
        return stamp
    end = replace(time, minute=minute, end=found.end())
    return replace(stamp, until=Point(None, end, found.end()), end=found.end())


def _with_halves(start: ClockTime, until: ClockTime, *, same_day: bool) -> tuple[ClockTime, ClockTime]:
    """Return both times of a span when only one says am or pm: the other is as near as it can be ("2:30-2:35pm")."""
    if bool(start.half) == bool(until.half) or not same_day or start.wrong or until.wrong:
        return start, until
    pairs = [(first, last) for first in halves(start) for last in halves(until)]
    return min(pairs, key=lambda pair: (_minutes(pair[1]) - _minutes(pair[0])) % 1440)


def _minutes(time: ClockTime) -> int:
    return time.hour * 60 + time.minute


def _with_day_after(line: str, stamp: Stamp, near: date, today: date) -> Stamp:
    """Read the day of "14:22 UTC, Nov 15" and "14:22 on Nov 15"."""
    between = _DAY_AFTER.match(line, stamp.end)
    if stamp.start is None or stamp.start.days is not None or between is None:
        return stamp
    days = find_day(line, between.end(), near=near, today=today, toward=Toward.BACK)
    if days is None or days.form is not Form.FULL or not _is_boundary(line, days.end):
        return stamp
    return replace(stamp, start=replace(stamp.start, days=days), end=days.end)


def _is_boundary(line: str, at: int, *, span: bool = False) -> bool:
    """Return whether a time may end at `at`; with `span`, also whether a span may go on there."""
    following = line[at : at + 1]
    if following in ("", " ", "]", ")"):
        return True
    if following in "-–—:|,;" and line[at + 1 : at + 2] in ("", " "):
        return True
    return span and following in "-–—" and line[at + 1 : at + 2].isdecimal()
