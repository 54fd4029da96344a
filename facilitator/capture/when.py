"""The moment with which a line begins: its stamp read against the session, or what must be asked about it."""

from dataclasses import replace
from datetime import timedelta

from facilitator.capture.doubts import Case, as_text, doubt
from facilitator.capture.instants import Frame, When, built, day_told, describe, near_day, zone_name
from facilitator.capture.reading import Reading
from facilitator.capture.stamps import Stamp, find_stamp
from facilitator.model.metrics import spoken
from facilitator.model.moments import Approximation, Moment, Precision

_NO_TIME = "When was it? Begin with a time such as 14:22"


def read_when(line: str, frame: Frame) -> Reading[When]:
    """Return the moment of the stamp with which `line` begins. A line without one is asked about."""
    stamp = find_stamp(line, near=near_day(frame, frame.home), today=frame.today)
    if stamp is None:
        return Reading(question=_NO_TIME, choices=as_text(frame))
    try:
        return _resolve(stamp, line, frame)
    except (OverflowError, ValueError):
        return Reading(question="That is outside of the calendar. Type another time")


def _resolve(stamp: Stamp, line: str, frame: Frame) -> Reading[When]:
    if stamp.start is None:
        return _relative(stamp, frame)
    asked = doubt(Case(stamp, line, frame))
    return asked or _settled(built(stamp, frame)[0], frame, stamp)


def _settled(when: When, frame: Frame, stamp: Stamp) -> Reading[When]:
    """Return the reading of a moment about which nothing must be asked."""
    notes = [describe(when, frame)]
    day = day_told(when.moment, frame.home)
    if stamp.start and stamp.start.days is None and frame.near is None:
        notes.append("today")
    if day > frame.today:
        notes.append("in the future")
    return Reading(when, tuple(notes))


def _relative(stamp: Stamp, frame: Frame) -> Reading[When]:
    base, later = frame.base, stamp.later or timedelta()
    if base is None:
        return Reading(question="There is no entry above to count from. Begin with a time such as 14:22")
    if base.precision is Precision.DAY:
        return Reading(question=f"Of {frame.base_name} only the day is known. Begin with a time such as 14:22")
    exact = base.approximation is Approximation.EXACT and base.precision is not Precision.HOUR
    approximation = stamp.approximation
    if approximation is Approximation.EXACT and not exact:
        approximation = Approximation.ABOUT
    precision = Precision.SECOND if Precision.SECOND in (stamp.precision, base.precision) else Precision.MINUTE
    when = When(Moment(base.at + later, zone_name(frame.zone), precision, approximation), None, stamp.end)
    reading = _settled(when, frame, stamp)
    return replace(reading, understood=(*reading.understood, f"{spoken(later)} after {frame.base_name}"))
