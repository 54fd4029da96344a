"""The time stamp at the start of a line: what of it is a time, and where the sentence begins.

This is the grammar only; `when` finds out which moment is meant.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from facilitator.capture.dates import Days, Form, Toward, find_day
from facilitator.capture.relative import find_relative
from facilitator.capture.times import ClockTime, find_time, halves
from facilitator.capture.worded import MIDNIGHT, find_worded
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

    Either `later` is set, the time since the entry above, or since the start when `from_start` is true; or `start` is,
    with `until` for a span. `offset` is set when what was written is either a span or an offset: "14:22-05:00"; it is
    then the zone that would be meant.
    """

    end: int
    approximation: Approximation = Approximation.EXACT
    start: Point | None = None
    until: Point | None = None
    later: timedelta | None = None
    from_start: bool = False
    precision: Precision = Precision.MINUTE
    offset: str = ""


_APPROXIMATION = re.compile(
    r"(?:(?P<about>[~≈] ?|(?i:about|around|approximately|approx\.?|circa|ca\.?) )"
    r"|(?P<before>(?i:(?:(?:just|shortly) )?before) |< ?)"
    r"|(?P<after>(?i:(?:(?:just|shortly) )?after) |> ?)|(?i:at) )"
)
_DAY_TO_TIME = re.compile(r"T|,? (?:at |- )?|, ?", re.IGNORECASE)
_ZONE = re.compile(
    r"(?P<space> ?)(?P<name>[A-Za-z]{2,20}(?:/[A-Za-z0-9_+-]{1,30}){1,2}"
    r"|(?i:utc|gmt)(?:[+-]\d{1,2}(?::?[0-5]\d)?)?|[A-Z]{1,5}|z|[+-]\d{1,2}(?::?[0-5]\d)?)(?!\w)"
)
_SPACED_OFFSET = re.compile(r"[+-]\d\d:?\d\d")
_RANGE = re.compile(r"(?P<dash> ?[-–—] ?)|(?i: (?:to|until|till) )")
_TWO_ENDS = re.compile(r"(?P<between>(?i:between) )|(?i:from) ")
_AND = re.compile(r" (?i:and) ")
_TO = re.compile(r" (?i:to|until|till) ")
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


def known_halves(start: ClockTime, until: ClockTime) -> tuple[ClockTime, ClockTime]:
    """Return both times of a span when only one says its half of the day: the other is as near as it can be.

    "2:30-2:35pm" is in the afternoon. Two times that both leave it open are returned as they are.
    """
    open_ends = bool(start.hours) + bool(until.hours)
    if start.wrong or until.wrong or open_ends == 2 or start.hours == MIDNIGHT:
        return start, until
    if open_ends:
        pairs = [(first, last) for first in _hours(start) for last in _hours(until)]
    elif bool(start.half) == bool(until.half):
        return start, until
    else:
        pairs = [(first, last) for first in halves(start) for last in halves(until)]
    return min(pairs, key=lambda pair: (_minutes(pair[1]) - _minutes(pair[0])) % 1440)


def _hours(time: ClockTime) -> tuple[ClockTime, ...]:
    return tuple(replace(time, hour=hour, hours=()) for hour in time.hours) or (time,)


def _stamp(line: str, start: int, near: date, today: date) -> Stamp | None:
    between = _TWO_ENDS.match(line, start)
    if between:
        return _between(line, between, near, today)
    approximation, at = _approximation(line, start)
    told = find_relative(line, start) or find_relative(line, at)
    if told is not None:
        return Stamp(told.end, approximation, None, None, told.later, told.from_start, told.precision)
    point = _point(line, at, near, today)
    if point is None:
        return None
    if approximation is Approximation.EXACT and point.days is not None:
        approximation, _ = _approximation(line, _day_end(line, point.days))
    if point.time is None:
        return _stamp_of_days(line, point, approximation, near, today)
    stamp = _with_span(line, Stamp(point.end, approximation, start=point), near, today)
    return _with_day_after(line, _told_about(stamp), near, today)


def _between(line: str, opening: re.Match[str], near: date, today: date) -> Stamp | None:
    """Return the span of "between 23:00 and 23:20", or None when what stands there are no two times."""
    start = _point(line, opening.end(), near, today)
    if start is None or start.time is None or not _is_plain(line, start.time):
        return None
    middle = (_AND if opening["between"] else _TO).match(line, start.end)
    until = _end_point(line, middle.end(), near, today) if middle else None
    if until is None or until.time is None or not _is_plain(line, until.time) or not _is_boundary(line, until.end):
        return None
    first, last = known_halves(start.time, until.time) if until.days is None else (start.time, until.time)
    span = Stamp(until.end, start=replace(start, time=first), until=replace(until, time=last))
    return _with_day_after(line, _told_about(span), near, today)


def _is_plain(line: str, time: ClockTime) -> bool:
    """Return whether a time between others is none that could be a number: "between 1000 and 2000 requests"."""
    return time.sure and not line[time.begin : time.end].isdecimal()


def _told_about(stamp: Stamp) -> Stamp:
    """Return the stamp as an approximate one when one of its times is: "23:30ish"."""
    about = any(
        point is not None and point.time is not None and point.time.about for point in (stamp.start, stamp.until)
    )
    exact = stamp.approximation is Approximation.EXACT
    return replace(stamp, approximation=Approximation.ABOUT) if about and exact else stamp


def _time(line: str, start: int) -> ClockTime | None:
    return find_time(line, start) or find_worded(line, start)


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
        time = _time(line, start)
        return None if time is None else _with_zone(line, Point(None, time, time.end))
    at = _day_end(line, days)
    until_a_day = line.startswith(" - ", days.end) and find_day(line, at, near=near, today=today, toward=Toward.BACK)
    time = _time(line, _approximation(line, at)[1]) if at > days.end and not until_a_day else None
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
    same_day = until.days is None
    start_time, until_time = known_halves(start.time, until.time) if same_day else (start.time, until.time)
    start, until = replace(start, time=start_time), replace(until, time=until_time)
    return replace(stamp, start=start, until=until, end=until.end, offset=offset)


def _end_point(line: str, start: int, near: date, today: date) -> Point | None:
    point = _point(line, start, near, today)
    if point is None or point.time is None:
        return None
    if point.days is not None and (point.days.form is not Form.FULL or point.time.hours):
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
