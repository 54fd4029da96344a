"""Moments that are told by another one: "+5m", "an hour later", "T+45", "same time"."""

import re
from dataclasses import dataclass
from datetime import timedelta

from facilitator.capture.worded import HOUR_WORDS
from facilitator.model.moments import Precision


@dataclass(frozen=True, slots=True)
class Relative:
    """How much later a moment is than the entry above, or than the start when `from_start` is true; maybe earlier.

    `end` is where it ends in the line.
    """

    later: timedelta
    end: int
    precision: Precision = Precision.MINUTE
    from_start: bool = False


_SPAN = (
    r"(?=\d)(?:(?P<days>\d{1,3}) ?(?:d|days?)(?![a-z]))?(?: ?(?P<hours>\d{1,4}) ?(?:h|hrs?|hours?)(?![a-z]))?"
    r"(?: ?(?P<minutes>\d{1,5}) ?(?:m|mins?|minutes?)(?![a-z]))?"
    r"(?: ?(?P<seconds>\d{1,6}) ?(?:s|secs?|seconds?)(?![a-z]))?(?!\w)"
)
_PLUS = re.compile(rf"\+ ?{_SPAN}", re.IGNORECASE)
# "T+1 settlement" is a day of trading, "T+1.5" and "T+1:30" are something else.
_FROM_START = re.compile(
    rf"T ?(?P<sign>[+-]) ?(?:{_SPAN}|(?P<bare>\d{{1,5}})(?!\w|[:.]\w|%| (?:settle|clear)))",
    re.IGNORECASE,
)
_LATER = re.compile(rf"{_SPAN} later(?!\w| than\b)", re.IGNORECASE)
_LATER_IN_WORDS = re.compile(
    rf"(?P<number>half an?|an?|{'|'.join(HOUR_WORDS)}) (?P<unit>days?|hours?|minutes?|mins?|seconds?) later"
    r"(?!\w| than\b)",
    re.IGNORECASE,
)
_SAME_TIME = re.compile(
    r"(?:at )?(?:the )?same time(?!\w|[-/]| (?:as|zone|slot|period|window|every|each)\b)", re.IGNORECASE
)
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def find_relative(line: str, start: int) -> Relative | None:
    """Return what is told by another moment in `line` at `start`, or None when nothing is."""
    same = _SAME_TIME.match(line, start)
    if same:
        return Relative(timedelta(), same.end())
    worded = _LATER_IN_WORDS.match(line, start)
    if worded:
        return _in_words(worded)
    since = _FROM_START.match(line, start)
    if since:
        found = _of_units(since)
        if found is None and since["bare"]:
            found = Relative(timedelta(minutes=int(since["bare"])), since.end())
        if found is not None:
            later = -found.later if since["sign"] == "-" else found.later
            return Relative(later, found.end, found.precision, from_start=True)
    later_than = _PLUS.match(line, start) or _LATER.match(line, start)
    return _of_units(later_than) if later_than else None


def _of_units(found: re.Match[str]) -> Relative | None:
    units = {unit: int(found[unit]) for unit in _UNITS.values() if found[unit]}
    precision = Precision.SECOND if "seconds" in units else Precision.MINUTE
    return Relative(timedelta(**units), found.end(), precision) if units else None


def _in_words(found: re.Match[str]) -> Relative:
    number = found["number"].lower()
    count = 0.5 if number.startswith("half") else HOUR_WORDS.index(number) + 1.0 if number in HOUR_WORDS else 1.0
    unit = _UNITS[found["unit"][0].lower()]
    # Half a minute is told in seconds, as seconds are.
    fine = unit == "seconds" or (unit == "minutes" and count < 1)
    return Relative(timedelta(**{unit: count}), found.end(), Precision.SECOND if fine else Precision.MINUTE)
