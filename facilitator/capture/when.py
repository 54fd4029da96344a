"""The moment with which a line begins: its stamp read against the session, or what must be asked about it."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import msgspec

from facilitator.capture.doubts import Case, as_text, doubt
from facilitator.capture.instants import Frame, When, built, day_told, describe, near_day, zone_name
from facilitator.capture.nearness import decided, other_day
from facilitator.capture.reading import Choice, Reading
from facilitator.capture.stamps import Stamp, find_stamp
from facilitator.model.clocks import day, span
from facilitator.model.metrics import spoken
from facilitator.model.moments import Approximation, Moment, Precision

_NO_TIME = "When was it? Begin with a time such as 14:22"
_NOTHING_ABOVE = "There is no entry above to count from"
_DIGITAL = re.compile(r"\d{1,2}(?::\d\d| ?[aApP]\.?[mM])")
_WORD_START = re.compile(r"(?<![^ ])[^ ]")
_MOST_WORDS, _LONGEST_STAMP = 100, 200


def read_when(line: str, frame: Frame) -> Reading[When]:
    """Return the moment of the stamp with which `line` begins. A line without one is asked about."""
    stamp = find_stamp(line, near=near_day(frame, frame.home), today=frame.today)
    try:
        if stamp is None:
            return Reading(question=_NO_TIME, choices=(*_inside(line, frame), *as_text(frame)))
        return _resolve(stamp, line, frame)
    except (OverflowError, ValueError):
        return Reading(question="That is outside of the calendar. Type another time")


def _resolve(stamp: Stamp, line: str, frame: Frame) -> Reading[When]:
    if stamp.start is None:
        return _relative(stamp, frame)
    clear = decided(stamp, frame)
    asked = doubt(Case(clear, line, frame))
    if asked is not None:
        return asked
    when = built(clear, frame)[0]
    return _settled(when, frame, stamp, other_day(when, clear, frame, stamp))


def _inside(line: str, frame: Frame) -> tuple[Choice[When], ...]:
    """Return the first clear time that stands inside of a line, as the moment of the whole line."""
    if _DIGITAL.search(line) is None:
        return ()
    for word in islice(_WORD_START.finditer(line), _MOST_WORDS):
        rest = line[word.start() : word.start() + _LONGEST_STAMP]
        stamp = find_stamp(rest, near=near_day(frame, frame.home), today=frame.today)
        time = stamp.start.time if stamp and stamp.start else None
        if stamp is None or time is None or time.wrong or _DIGITAL.match(rest, time.begin) is None:
            continue
        reading = _resolve(stamp, rest, frame)
        when = reading.value or (reading.choices[0].value if reading.choices else None)
        return (Choice(f"{_called(when, frame)}, as the line says", replace(when, end=0)),) if when else ()
    return ()


def _called(when: When, frame: Frame) -> str:
    """Return a moment on the clock of the session, with its day when that is not the usual one."""
    home = zone_name(frame.zone)
    usual = near_day(frame, frame.home) == day_told(when.moment, frame.home)
    return ("" if usual else f"{day(when.moment.at, home)} ") + span(when.moment, when.until, home)


def _settled(when: When, frame: Frame, stamp: Stamp, which_day: str = "") -> Reading[When]:
    """Return the reading of a moment about which nothing must be asked."""
    notes = [describe(when, frame) + (which_day and f", {which_day}")]
    if stamp.start and stamp.start.days is None and frame.near is None:
        notes.append("today")
    if day_told(when.moment, frame.home) > frame.today:
        notes.append("in the future")
    return Reading(when, tuple(notes))


def _relative(stamp: Stamp, frame: Frame) -> Reading[When]:
    base, later = frame.start if stamp.from_start else frame.base, stamp.later or timedelta()
    name = "the start" if stamp.from_start else frame.base_name
    if base is None:
        missing = "It is not known when the incident started" if stamp.from_start else _NOTHING_ABOVE
        return Reading(question=f"{missing}. Begin with a time such as 14:22")
    if not later:
        about = stamp.approximation is not Approximation.EXACT
        moment = msgspec.structs.replace(base, approximation=stamp.approximation) if about else base
        reading = _settled(When(moment, None, stamp.end), frame, stamp)
        return replace(reading, understood=(*reading.understood, f"the time of {name}"))
    if base.precision is Precision.DAY:
        return Reading(question=f"Of {name} only the day is known. Begin with a time such as 14:22")
    exact = base.approximation is Approximation.EXACT and base.precision is not Precision.HOUR
    approximation = stamp.approximation
    if approximation is Approximation.EXACT and not exact:
        approximation = Approximation.ABOUT
    precision = Precision.SECOND if Precision.SECOND in (stamp.precision, base.precision) else Precision.MINUTE
    when = When(Moment(base.at + later, zone_name(frame.zone), precision, approximation), None, stamp.end)
    reading = _settled(when, frame, stamp)
    side = "after" if later > timedelta() else "before"
    return replace(reading, understood=(*reading.understood, f"{spoken(abs(later))} {side} {name}"))
