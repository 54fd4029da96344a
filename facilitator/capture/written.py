"""Moments as they are typed: the stamp from which the same moment is read again."""

from datetime import date, datetime, tzinfo

from facilitator.capture.instants import Frame, day_told, zone_name
from facilitator.capture.zones import follows_time
from facilitator.model.moments import Approximation, Moment, Precision

_PREFIXES = {
    Approximation.EXACT: "",
    Approximation.ABOUT: "~",
    Approximation.BEFORE: "before ",
    Approximation.AFTER: "after ",
}


def written(moment: Moment, until: datetime | None, frame: Frame, *, usual_day: date | None) -> str:
    """Return the stamp of a moment: "14:22", "~2026-11-15 14:30-14:35 CET".

    The day is left out when it is `usual_day`, the zone when it is that of `frame`. A moment in a zone that nobody
    could type is written in UTC.
    """
    name, zone = _zone(moment, frame)
    day = day_told(moment, zone)
    prefix = _PREFIXES[moment.approximation]
    if moment.precision is Precision.DAY:
        end = "" if until is None else f" - {_local(until, zone).date().isoformat()}"
        return f"{prefix}{day.isoformat()}{end}"
    on = "" if day == usual_day else f"{day.isoformat()} "
    end = "" if until is None else _end(until, day, zone, seconds=moment.precision is Precision.SECOND)
    return f"{prefix}{on}{_time(moment.at, moment.precision, zone)}{end}{name and f' {name}'}"


def written_zone(moment: Moment, frame: Frame) -> tzinfo:
    """Return the rules of the zone on whose clock a moment is written."""
    return _zone(moment, frame)[1]


def _zone(moment: Moment, frame: Frame) -> tuple[str, tzinfo]:
    home = zone_name(frame.zone)
    if moment.zone == home:
        return "", frame.home
    if follows_time(moment.zone) and zone_name(moment.zone) == moment.zone:
        return moment.zone, frame.rules(moment.zone)
    return ("", frame.home) if home == "UTC" else ("UTC", frame.rules("UTC"))


def _time(at: datetime, precision: Precision, zone: tzinfo) -> str:
    here = _local(at, zone)
    if precision is Precision.HOUR and here.minute == 0:
        return f"{here:%H}:??"
    if precision is not Precision.SECOND:
        return f"{here:%H:%M}"
    return f"{here:%H:%M:%S.%f}" if here.microsecond else f"{here:%H:%M:%S}"


def _end(until: datetime, day: date, zone: tzinfo, *, seconds: bool) -> str:
    here = _local(until, zone)
    shown = _time(until, Precision.SECOND if here.second or here.microsecond else Precision.MINUTE, zone)
    days_later = (here.date() - day).days
    # Spaces keep an end from being taken for an offset; one soon after midnight needs no day.
    dash = "-" if days_later == 0 and not seconds else " - "
    on = "" if days_later == 0 or (days_later == 1 and here.hour < 12) else f"{here.date().isoformat()} "
    return f"{dash}{on}{shown}"


def _local(at: datetime, zone: tzinfo) -> datetime:
    try:
        return at.astimezone(zone)
    except OverflowError:
        return at
