"""What is decided by what stands near: the half of the day that words leave open, and the day after midnight.

The entry above and the incident's window decide, and only when they leave one possibility.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from facilitator.capture.dates import Days
from facilitator.capture.instants import ONE_DAY, Frame, When, built, days_of, near_day, zone_of
from facilitator.capture.stamps import Point, Stamp, known_halves
from facilitator.model.moments import Moment, Precision

_HALF_A_DAY = timedelta(hours=12)
_NEAR = timedelta(hours=3)


def decided(stamp: Stamp, frame: Frame) -> Stamp:
    """Return the stamp with the day and the half of the day that its surroundings leave it; unchanged when unclear."""
    if stamp.start is None or stamp.start.time is None or any(_wrong(each) for each in (stamp.start, stamp.until)):
        return stamp
    if not stamp.start.time.sure:
        return stamp
    if stamp.start.time.hours:
        fitting = _fitting(possible(stamp, frame), frame)
        return fitting[0] if len(fitting) == 1 else stamp
    tomorrow = on_next_day(stamp, frame)
    if tomorrow is not None and _is_inside(tomorrow, frame) and not _is_inside(stamp, frame):
        return tomorrow
    return stamp


def on_next_day(stamp: Stamp, frame: Frame) -> Stamp | None:
    """Return the stamp on the day after, when it has no day and is much earlier than the entry above; else None."""
    point, above = stamp.start, frame.above
    if point is None or point.time is None or point.days is not None or above is None:
        return None
    if above.precision is Precision.DAY or above.at - _at(stamp, frame) <= _HALF_A_DAY:
        return None
    tomorrow = Days((days_of(point, frame, zone_of(stamp, frame)[1])[0] + ONE_DAY,), point.end)
    return replace(stamp, start=replace(point, days=tomorrow))


def possible(stamp: Stamp, frame: Frame) -> list[Stamp]:
    """Return what a time in words may mean, the nearest first: each on a day that is written or near."""
    point = stamp.start
    if point is None or point.time is None:
        return []
    if point.days is not None:
        days: tuple[date, ...] = point.days.options
    else:
        day = near_day(frame, zone_of(stamp, frame)[1])
        days = (day, day - ONE_DAY, day + ONE_DAY) if frame.near else (day,)
    found: dict[datetime, Stamp] = {}
    for each_day in days:
        for hour in point.time.hours:
            time = replace(point.time, hour=hour, hours=())
            start = replace(point, time=time, days=Days((each_day,), point.end))
            each = replace(stamp, start=start, until=_until(start, stamp.until))
            found.setdefault(_at(each, frame), each)
    reference = frame.above or frame.start
    if reference is None:
        return list(found.values())
    return [found[at] for at in sorted(found, key=lambda at: abs(at - reference.at))]


def other_day(when: When, stamp: Stamp, frame: Frame, typed: Stamp) -> str:
    """Return "the next day" or "the day before" for a day that nobody typed, "" for any other."""
    if stamp is typed or typed.start is None or typed.start.days is not None or frame.near is None:
        return ""
    zone = zone_of(stamp, frame)[1]
    apart = when.moment.at.astimezone(zone).date() - near_day(frame, zone)
    return {ONE_DAY: "the next day", -ONE_DAY: "the day before"}.get(apart, "")


def _until(start: Point, until: Point | None) -> Point | None:
    """Return the end of a span, the first after its start when words leave the half of the day open."""
    if until is None or until.time is None or start.time is None or not until.time.hours:
        return until
    return replace(until, time=known_halves(start.time, until.time)[1])


def _wrong(point: Point | None) -> bool:
    if point is None:
        return False
    return bool((point.days and point.days.wrong) or (point.time and point.time.wrong))


def _at(stamp: Stamp, frame: Frame) -> datetime:
    return built(stamp, frame)[0].moment.at


def _fitting(stamps: list[Stamp], frame: Frame) -> list[Stamp]:
    """Return the stamps that are near and inside of the window, else those that are either.

    A window whose end is not known holds one of any two times, so it says nothing against what is near.
    """
    near = [each for each in stamps if _is_near(each, frame)]
    inside = [each for each in stamps if _is_inside(each, frame)]
    both = [each for each in near if each in inside]
    return both or (near if frame.resolved is None else [*near, *inside])


def _is_near(stamp: Stamp, frame: Frame) -> bool:
    reference = frame.above or frame.start
    if reference is None or reference.precision is Precision.DAY:
        return False
    return abs(_at(stamp, frame) - reference.at) <= _NEAR


def _is_inside(stamp: Stamp, frame: Frame) -> bool:
    """Return whether a stamp lies in the incident's window; after its start while its end is not known."""
    if frame.start is None:
        return False
    at, end = _at(stamp, frame), _last_of(frame.resolved)
    return frame.start.at <= at and (end is None or end < frame.start.at or at <= end)


def _last_of(moment: Moment | None) -> datetime | None:
    """Return the latest that a moment may be, as exactly as it is known."""
    if moment is None:
        return None
    lasting = {Precision.DAY: ONE_DAY, Precision.HOUR: timedelta(hours=1)}.get(moment.precision, timedelta())
    try:
        return moment.at + lasting
    except OverflowError:
        return moment.at
