"""When a timeline begins and ends, told as exactly as there is room for."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from facilitator.model.clocks import clock, day
from facilitator.model.moments import Moment, Precision, find_zone, local
from facilitator.model.session import Entry


def told_ends(timeline: Sequence[Entry], zone: str, *, longest_zone: int) -> Iterator[tuple[str, str]]:
    """Return ways to tell the first and the last moment of a timeline in `zone`, the longest first; none without one.

    The zone is named when its name is no longer than `longest_zone`; an unknown one is UTC.
    """
    if not timeline:
        return
    first = min((entry.at for entry in timeline), key=_at)
    last = max((entry.at for entry in timeline), key=_at)
    end = max((entry.until for entry in timeline if entry.until is not None), default=last.at)
    if end > last.at:
        last = Moment(end, last.zone)
    zone = zone if find_zone(zone) else "UTC"
    yield from _told(first, last, zone, with_zone=len(zone) <= longest_zone)


def _told(first: Moment, last: Moment, zone: str, *, with_zone: bool) -> Iterator[tuple[str, str]]:
    """Return ways to tell the first and the last moment, the longest first."""
    times = [_time(first, zone), _time(last, zone)]
    days = [_day(first, last, each, zone) for each in (first, last)]
    if days[0] == days[1]:
        told = [each or days[0] for each in times]
    else:
        told = [f"{on} {at}".rstrip() for on, at in zip(days, times, strict=True)]
    if with_zone:
        yield told[0], f"{told[1]} {zone}"
    yield told[0], told[1]
    if days[0] != days[1]:
        yield days[0], days[1]


def _time(moment: Moment, zone: str) -> str:
    """Return the time of day; nothing when only the day is known."""
    return "" if moment.precision is Precision.DAY else clock(Moment(moment.at, moment.zone), zone)


def _day(first: Moment, last: Moment, moment: Moment, zone: str) -> str:
    """Return the day of a moment, with its year when the scale begins in one year and ends in another."""
    years = local(first.at, zone).year != local(last.at, zone).year
    if moment.precision is Precision.DAY and not years:
        return clock(Moment(moment.at, moment.zone, Precision.DAY), zone)
    return day(moment.at, zone, year=years)


def _at(moment: Moment) -> datetime:
    return moment.at
