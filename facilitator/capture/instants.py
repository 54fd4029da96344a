"""Which moments a time stamp means, given the zone and the day that it is read against."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from facilitator.capture.reading import Choice
from facilitator.capture.stamps import Point, Stamp
from facilitator.capture.times import ClockTime
from facilitator.capture.zones import offset_name, zone_called
from facilitator.model.clocks import MONTHS, span
from facilitator.model.moments import Moment, Precision, find_zone

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """A moment, the end of its span, and where the sentence after it begins in the line."""

    moment: Moment
    until: datetime | None = None
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a stamp is read against.

    `zone` is that of a time without one; `today` the day of whoever types. A time without a day is on the day of
    `near`, else today. "+5m" counts from `base`. A time much earlier than `above` is proposed to be on the next day.
    `base_name` and `above_name` are what these two are called. `start` and `resolved` are the incident's window, by
    which a day is decided; "T+45" counts from `start`. `instead` is proposed for a line that names no time, best first.
    """

    zone: str
    today: date
    near: Moment | None = None
    base: Moment | None = None
    base_name: str = "the entry above"
    above: Moment | None = None
    above_name: str = "the entry above"
    start: Moment | None = None
    resolved: Moment | None = None
    instead: tuple[Choice[When], ...] = ()

    @property
    def home(self) -> tzinfo:
        """The rules of the session's zone; those of UTC when the zone is unknown."""
        return find_zone(self.zone) or UTC

    def rules(self, name: str) -> tzinfo:
        """Return the rules of a zone by the name that a moment keeps; those of the session's for an unknown one."""
        return self.home if name == self.zone else zone_called(name) or self.home


def near_day(frame: Frame, zone: tzinfo) -> date:
    """Return the day that a time without a day is on, on the clock of `zone`."""
    return day_told(frame.near, zone) if frame.near else frame.today


def day_told(moment: Moment, zone: tzinfo) -> date:
    """Return the day of a moment on the clock of `zone`; of one known to the day only, the day that was told."""
    if moment.precision is Precision.DAY:
        zone = zone_called(moment.zone) or zone
    try:
        return moment.at.astimezone(zone).date()
    except OverflowError:
        return moment.at.date()


def describe(when: When, frame: Frame) -> str:
    """Return a moment as it is said back: "14:28 UTC, Nov 15", "14:22 CET = 13:22 UTC, Nov 15"."""
    moment, home = when.moment, frame.home
    told_in = frame.rules(moment.zone)
    day = day_told(moment, told_in)
    year = "" if day.year == frame.today.year else f", {day.year}"
    on = f"{MONTHS[day.month - 1]} {day.day}{year}"
    here = f"{clock_of(when, told_in)} {moment.zone}"
    if moment.precision is Precision.DAY:
        return f"{clock_of(when, told_in)}{year}"
    if offset_name(moment.at, told_in) == offset_name(moment.at, home):
        return f"{here}, {on}"
    offset = offset_name(moment.at, told_in)
    if home is not UTC and not moment.zone.startswith(("+", "-")) and moment.zone != offset:
        here += f" ({offset})"
    on = on if day_told(moment, home) == day else f"{on} there"
    return f"{here} = {clock_of(when, home)} {zone_name(frame.zone)}, {on}"


def clock_of(when: When, zone: tzinfo) -> str:
    """Return a moment and the end of its span on the clock of `zone`: "14:30-14:35"."""
    name = offset_name(when.moment.at, zone).removeprefix("UTC") or "UTC"
    return span(when.moment, when.until, name)


def days_of(point: Point, frame: Frame, zone: tzinfo) -> tuple[date, ...]:
    """Return the days that a point may be on, best first: those written, else the one that is meant without any."""
    return (near_day(frame, zone),) if point.days is None else point.days.options


def zone_of(stamp: Stamp, frame: Frame) -> tuple[str, tzinfo]:
    """Return the zone of a stamp, written after either end of its span, as name and as rules."""
    written = (stamp.start.zone if stamp.start else "") or (stamp.until.zone if stamp.until else "")
    if not written or written == frame.zone:
        return zone_name(frame.zone), frame.home
    return zone_name(written), frame.rules(written)


def zone_name(written: str) -> str:
    """Return a zone as it is kept: as typed, offsets in their full form, "UTC" for all that means it."""
    if written.upper() in ("UTC", "Z"):
        return "UTC"
    if find_zone(written) is None and any(sign in written for sign in "+-"):
        zone = zone_called(written)
        return (offset_name(datetime(2000, 1, 1, tzinfo=UTC), zone).removeprefix("UTC") or "UTC") if zone else "UTC"
    return written if zone_called(written) else "UTC"


def built(stamp: Stamp, frame: Frame) -> list[When]:
    """Return the moments that a stamp means: two where the clocks were changed, otherwise one."""
    start = stamp.start
    if start is None:
        return []
    name, zone = zone_of(stamp, frame)
    day = days_of(start, frame, zone)[0]
    precision = start.time.precision if start.time else Precision.DAY
    found = []
    for at in _instants(day, start.time, zone):
        until = None if stamp.until is None else _end(stamp.until, day, at, zone)
        found.append(When(Moment(at, name, precision, stamp.approximation), until, stamp.end))
    return found


def _end(until: Point, day: date, start: datetime, zone: tzinfo) -> datetime:
    """Return the end of a span that starts at `start` on `day`: the next day when it would lie before its start."""
    if until.zone:
        zone = zone_called(until.zone) or zone
    if until.days is not None:
        return _instants(until.days.options[0], until.time, zone)[0]
    for each_day in (day, day + ONE_DAY):
        for at in _instants(each_day, until.time, zone):
            if at > start:
                return at
    return _instants(day + ONE_DAY, until.time, zone)[0]


def _instants(day: date, told: ClockTime | None, zone: tzinfo) -> list[datetime]:
    """Return the moments, in UTC, at which the clock of `zone` shows that time: one, or two at a change of clocks.

    A time that the clock skips gives what it would be by the clock before the change, and by that after it.
    """
    if told is not None and told.hour == 24:
        day, told = day + ONE_DAY, replace(told, hour=0)
    clock_time = time(told.hour, told.minute, told.second, told.microsecond) if told else time()
    there = datetime.combine(day, clock_time, tzinfo=zone)
    first, second = there.astimezone(UTC), there.replace(fold=1).astimezone(UTC)
    if told is None or first == second:
        return [first]
    return [first, second]
