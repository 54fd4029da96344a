"""Moments as people read them: on the clock of one zone, as exact as they are known and no more."""

from datetime import UTC, datetime, timedelta

from facilitator.model.moments import Approximation, Moment, Precision, find_zone, local

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The short English names of the months; not taken from the locale, so that a document is the same everywhere."""

_PREFIXES = {
    Approximation.EXACT: "",
    Approximation.ABOUT: "~",
    Approximation.BEFORE: "before ",
    Approximation.AFTER: "after ",
}


def clock(moment: Moment, zone: str) -> str:
    """Return the moment as a time of day in `zone`: "14:22", "~14:30", "14:??", "before 14:00", "14:22:05".

    A moment that is known to the day only is that day: "Nov 15".
    """
    return _PREFIXES[moment.approximation] + _plain(moment, zone)


def span(moment: Moment, until: datetime | None, zone: str) -> str:
    """Return a moment with its end, an aware datetime: "14:30-14:35"; without an end this is `clock`.

    An end on another day is named: "23:50-Nov 16 00:10".
    """
    if until is None:
        return clock(moment, zone)
    if moment.precision is Precision.DAY:
        return f"{clock(moment, zone)}-{_plain(Moment(until, moment.zone, Precision.DAY), zone)}"
    end = _plain(Moment(until, moment.zone, Precision.SECOND if until.second else Precision.MINUTE), zone)
    if local(until, zone).date() != local(moment.at, zone).date():
        end = f"{day(until, zone)} {end}"
    return f"{clock(moment, zone)}-{end}"


def day(at: datetime, zone: str, *, year: bool = False) -> str:
    """Return the day of `at`, an aware datetime, in `zone`: "Nov 15", or "2026-11-15" when `year` is true."""
    here = local(at, zone)
    return here.date().isoformat() if year else f"{MONTHS[here.month - 1]} {here.day}"


def stamp(moment: Moment, zone: str) -> str:
    """Return day, time of day and zone: "Nov 15, 14:22 UTC"; the day alone when no more is known: "~Nov 15"."""
    if moment.precision is Precision.DAY:
        return clock(moment, zone)
    return f"{day(moment.at, zone)}, {clock(moment, zone)} {zone if find_zone(zone) else 'UTC'}"


def _plain(moment: Moment, zone: str) -> str:
    here = local(moment.at, zone)
    if moment.precision is Precision.DAY:
        return _told_day(moment, zone)
    if moment.precision is Precision.HOUR:
        # In a zone that is half an hour off, an hour told elsewhere is no hour of the clock: its middle is named.
        return f"{here:%H}:??" if here.minute == 0 else f"~{local(_later(moment.at, minutes=30), zone):%H:%M}"
    time = f"{here.hour:02}:{here.minute:02}"  # strftime takes ten times as long
    return f"{time}:{here.second:02}" if moment.precision is Precision.SECOND else time


def _told_day(moment: Moment, zone: str) -> str:
    """Return the day as it was told, in the zone in which it was told.

    Where only the capture floor knows that zone ("JST"), the day began at the moment itself: read at noon, it is the
    same day in every zone that is less than 12 h away.
    """
    if find_zone(moment.zone):
        return day(moment.at, moment.zone)
    return day(_later(moment.at, hours=12), zone)


def _later(at: datetime, *, hours: int = 0, minutes: int = 0) -> datetime:
    try:
        return at + timedelta(hours=hours, minutes=minutes)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
