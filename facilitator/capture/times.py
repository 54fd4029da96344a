"""Times of day as people write them: "14:22", "1422", "2:22pm", "14:22:05", "14:??", "23:30ish"."""

import re
from dataclasses import dataclass, replace

from facilitator.model.moments import Precision


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day that was written.

    `hour` is 0 to 24 (24 with nothing after it is midnight at the end of the day). `half` is "a", "p", or "" when the
    time was written on a clock of 24 hours or its half is not known. `sure` is false for digits that could as well be
    a number of things: "1422". `wrong` says why there is no such time; the numbers are then as written. `begin` and
    `end` are where it stands in the line. `about` is true for "14:30ish". `hours` are the hours that it may be when
    words leave that open: 11 and 23 for "half past eleven", 0 and 24 for "midnight".
    """

    hour: int
    minute: int
    end: int
    second: int = 0
    microsecond: int = 0
    precision: Precision = Precision.MINUTE
    half: str = ""
    sure: bool = True
    wrong: str = ""
    begin: int = 0
    about: bool = False
    hours: tuple[int, ...] = ()

    @property
    def shown(self) -> str:
        """The time as it is said back: "14:22", "14:22:05", "14:??"."""
        if self.precision is Precision.HOUR:
            return f"{self.hour:02}:??"
        seconds = f":{self.second:02}" if self.precision is Precision.SECOND else ""
        return f"{self.hour:02}:{self.minute:02}{seconds}"


ISH = re.compile(r"-?ish(?!\w)", re.IGNORECASE)
"""What makes a time an approximate one: "23:30ish"."""

_HALF = r"(?: ?(?P<half>[aApP])(?:\.[mM]\.|[mM]\.?)(?:(?!\w)|(?=ish\b)))"
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:"
    r"[:h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"|\.(?P<dotted>\d\d)"
    r"|:(?P<unknown>\?\?|xx|XX)"
    rf")(?!\d){_HALF}?"
    rf"|(?P<bare>\d{{3,4}})(?!\d){_HALF.replace('half', 'bare_half')}?"
    rf"|(?P<only>\d{{1,2}}){_HALF.replace('half', 'only_half')}"
)

_PLURAL = re.compile(r"[a-z][a-z-]{2,}s\b(?<!ss)(?<!us)(?<!is)")
_COUNTED = re.compile(
    r"(?:%|[x+/*])|(?:(?i:percent|ms|us|ns|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|kb|mb|gb|tb|[kmg]ib|rps|qps|rpm|px|km|of|out|more"
    r"|fewer|less|people|times|and)(?![\w-]))"
)
_BETWEEN = re.compile(
    r"(?:new|old|other|more|different|active|open|failed|failing|successful|concurrent|affected|unique|internal"
    r"|external|paying|slow|bad|lost|duplicate|pending|stuck|retried|dropped|user|customer|client|error|http) ",
    re.IGNORECASE,
)


def find_time(line: str, start: int) -> ClockTime | None:
    """Return the time of day that is written in `line` at `start`, or None when none is.

    Digits alone are a time when they are a valid one; what follows the time is for the caller to look at.
    """
    found = _TIME.match(line, start)
    if found is None:
        return None
    ish = ISH.match(line, found.end())
    end = ish.end() if ish else found.end()
    time = _of_digits(found, end) if found["bare"] else _of_parts(found)
    return replace(time, begin=start, end=end, about=ish is not None) if time else None


def counts_something(line: str, end: int) -> bool:
    """Return whether what follows a number that ends at `end` makes it a number of things: " failed jobs", "%"."""
    if _before_unit(line, end):
        return True
    end += line.startswith(" ", end)
    if _PLURAL.match(line, end):
        return True
    between = _BETWEEN.match(line, end)
    return between is not None and _PLURAL.match(line, between.end()) is not None


def halves(time: ClockTime) -> tuple[ClockTime, ...]:
    """Return the two times that a time of a 12-hour clock may be when its half is not known, else the time itself."""
    if time.half or time.wrong or not 1 <= time.hour <= 12:
        return (time,)
    return tuple(_checked(replace(time, half=half)) for half in "ap")


def guesses(time: ClockTime) -> tuple[tuple[ClockTime, int], ...]:
    """Return what an impossible time may have meant, each with the number of days to add, best first."""
    if time.minute > 59 or time.second > 59:
        return ()
    plain = replace(time, half="", wrong="")
    if time.half:
        hours = (12, 0) if time.half == "p" and time.hour == 0 else (0, 12) if time.hour == 0 else (time.hour,)
        return tuple((replace(plain, hour=hour), 0) for hour in hours if hour < 24)
    return ((replace(plain, hour=time.hour - 24), 1),) if 24 <= time.hour < 48 else ()


def _of_parts(found: re.Match[str]) -> ClockTime | None:
    half = (found["half"] or found["only_half"] or "").lower()
    if found["only"]:
        return _checked(ClockTime(int(found["only"]), 0, found.end(), half=half))
    if found["unknown"]:
        return _checked(ClockTime(int(found["hour"]), 0, found.end(), precision=Precision.HOUR, half=half))
    precision = Precision.SECOND if found["second"] else Precision.MINUTE
    time = _checked(
        ClockTime(
            int(found["hour"]),
            int(found["minute"] or found["dotted"]),
            found.end(),
            second=int(found["second"] or 0),
            microsecond=int((found["fraction"] or "0")[:6].ljust(6, "0")),
            precision=precision,
            half=half,
            sure=bool(found["minute"] or half) or _sure_with_dot(found),
        )
    )
    return None if time.wrong and found["dotted"] and not half else time


def _sure_with_dot(found: re.Match[str]) -> bool:
    """Return whether "14.22" is a time: not with one digit before the dot, as versions have, and not before a unit."""
    return len(found["hour"]) == 2 and not _before_unit(found.string, found.end())


def _before_unit(line: str, end: int) -> bool:
    return _COUNTED.match(line, end + line.startswith(" ", end)) is not None


def _of_digits(found: re.Match[str], end: int) -> ClockTime | None:
    digits, half = found["bare"], (found["bare_half"] or "").lower()
    time = _checked(ClockTime(int(digits[:-2]), int(digits[-2:]), found.end(), half=half))
    if time.wrong and not half:
        return None
    counted = digits[0] != "0" and counts_something(found.string, end)
    sure = bool(half) or (len(digits) == 4 and not counted)
    return replace(time, sure=sure)


def _checked(time: ClockTime) -> ClockTime:
    """Return the time on a clock of 24 hours, or with what is wrong about it."""
    if time.minute > 59 or time.second > 59:
        which = "minute" if time.minute > 59 else "second"
        return replace(time, wrong=f"there is no {which} {time.minute if time.minute > 59 else time.second}")
    if time.half:
        if not 1 <= time.hour <= 12:
            return replace(time, wrong=f"{time.shown} does not go with {time.half}m")
        return replace(time, hour=time.hour % 12 + (12 if time.half == "p" else 0))
    if time.hour > 24 or (time.hour == 24 and (time.minute or time.second)):
        return replace(time, wrong=f"there is no hour {time.hour}")
    return time
