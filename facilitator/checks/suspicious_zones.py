"""Zones that were probably not meant: winter time in July, times that fit when they are told on another clock."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from facilitator.checks.finding import Finding
from facilitator.checks.told_times import UNCERTAIN, of_entry, told
from facilitator.model.clocks import day
from facilitator.model.metrics import spoken
from facilitator.model.moments import find_zone, local
from facilitator.model.session import Entry, Session

SEASON, OTHER_CLOCK, HALF_A_DAY = "timeline.zone", "timeline.other-clock", "timeline.half-day"

_PLACES = {
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "MST": "America/Denver", "MDT": "America/Denver",
    "CST": "America/Chicago", "CDT": "America/Chicago", "EST": "America/New_York", "EDT": "America/New_York",
    "AKST": "America/Anchorage", "AKDT": "America/Anchorage", "AST": "America/Halifax", "ADT": "America/Halifax",
    "CET": "Europe/Paris", "CEST": "Europe/Paris", "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon",
    "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki", "BST": "Europe/London",
    "ACST": "Australia/Adelaide", "ACDT": "Australia/Adelaide", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
    "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
}  # fmt: skip
"""A place that uses each abbreviation in one half of the year and another one in the other."""

_FEWEST = 3
_LONGEST, _ALONE = timedelta(hours=10), timedelta(hours=3)
_MOST_ALONE = 3
_HALF = timedelta(hours=12)
_BY_NIGHT = re.compile(
    r"\b(?:night|nightly|overnight|midnight|morning|evening|a\.?m\.?|p\.?m\.?|cron|backup)\b", re.IGNORECASE
)


def zone_findings(session: Session, timeline: Sequence[Entry]) -> Iterator[Finding]:
    """Yield the entries of a timeline that is in order whose times may have been told on another clock."""
    yield from _seasons(timeline)
    clocks = list(_other_clocks(session, timeline))
    yield from clocks
    if not clocks:
        yield from _half_days(session, timeline)


def _seasons(timeline: Sequence[Entry]) -> Iterator[Finding]:
    """Find abbreviations that are not in use at that time of the year, each once."""
    found: dict[str, list[Entry]] = {}
    for entry in timeline:
        place = find_zone(_PLACES.get(entry.at.zone, "")) if entry.at.zone in _PLACES else None
        if place is not None and local(entry.at.at, _PLACES[entry.at.zone]).tzname() != entry.at.zone:
            found.setdefault(entry.at.zone, []).append(entry)
    for zone, entries in found.items():
        first = entries[0]
        here = local(first.at.at, _PLACES[zone])
        instead, city = here.tzname() or "", _PLACES[zone].rpartition("/")[2].replace("_", " ")
        if not instead.isalpha():
            continue
        also = f" ({len(entries)} entries)" if len(entries) > 1 else ""
        why = f"{zone} is not in use on {day(first.at.at, _PLACES[zone])} in {city}, where clocks show {instead}{also}."
        way = "earlier" if _offset(zone, first.at.at) < (here.utcoffset() or timedelta()) else "later"
        yield of_entry(first, SEASON, why, f"Did the clock show {instead}? Then this was an hour {way}.")


def _other_clocks(session: Session, timeline: Sequence[Entry]) -> Iterator[Finding]:
    """Find the entries told in one zone that stand apart from all others, and among them when told in another zone."""
    by_zone: dict[str, list[Entry]] = {}
    for entry in timeline:
        by_zone.setdefault(entry.at.zone, []).append(entry)
    for zone, group in by_zone.items():
        others = [entry for entry in timeline if entry.at.zone != zone]
        if len(others) < _FEWEST or len(group) > len(others) or others[-1].at.at - others[0].at.at > _LONGEST:
            continue
        first, last = others[0].at.at, others[-1].at.at
        if any(first - _ALONE / 3 <= entry.at.at <= last + _ALONE / 3 for entry in group):
            continue
        own = _offset(zone, group[0].at.at)
        for other in dict.fromkeys((*(each for each in by_zone if each != zone), "UTC", session.zone)):
            shift = own - _offset(other, group[0].at.at)
            if shift and all(first <= entry.at.at + shift <= last for entry in group):
                way = f"{spoken(abs(shift))} {'later' if shift > timedelta() else 'earlier'}"
                number = f"These {len(group)} entries stand" if len(group) > 1 else "It stands"
                why = f"{number} apart from all others; told in {other} instead of {zone}, {way}, all fits."
                yield of_entry(group[0], OTHER_CLOCK, why, f"Which clock was this read from: {zone}, or {other}?")
                break


def _half_days(session: Session, timeline: Sequence[Entry]) -> Iterator[Finding]:
    """Find up to three entries before all others, or after them, that stand among them when moved by 12 hours."""
    for number in range(1, min(_MOST_ALONE, len(timeline) - _FEWEST) + 1):
        for group, others, shift in (
            (timeline[:number], timeline[number:], _HALF),
            (timeline[-number:], timeline[:-number], -_HALF),
        ):
            first, last = others[0].at.at, others[-1].at.at
            apart = first - group[-1].at.at if shift > timedelta() else group[0].at.at - last
            if apart < _ALONE or last - first > _LONGEST:
                continue
            if all(_was_half(entry, session, shift) and first <= entry.at.at + shift <= last for entry in group):
                at = told(group[0].at, session.zone)
                why = f"It stands at {at}, {spoken(apart)} from all others; 12 hours off, it fits."
                yield of_entry(
                    group[0], HALF_A_DAY, why, "Was this told on a clock of 12 hours: was it in the afternoon?"
                )
                return


def _was_half(entry: Entry, session: Session, shift: timedelta) -> bool:
    """Tell whether an entry may have been told on a clock of 12 hours: by its hour, and not by night."""
    hour = local(entry.at.at, entry.at.zone if find_zone(entry.at.zone) else session.zone).hour
    exact = UNCERTAIN[entry.at.precision] <= timedelta(minutes=1)
    return exact and (1 <= hour <= 11 if shift > timedelta() else hour >= 12) and not _BY_NIGHT.search(entry.text)


def _offset(zone: str, at: datetime) -> timedelta:
    """Return the offset from UTC of a zone or an abbreviation; none for one that is not known."""
    place = _PLACES.get(zone)
    if place is None:
        known = find_zone(zone)
        return (local(at, zone).utcoffset() or timedelta()) if known is not None else timedelta()
    here = local(at, place)
    now = here.utcoffset() or timedelta()
    if here.tzname() == zone:
        return now
    summer = here.dst() or timedelta()
    return now - summer if summer else now + timedelta(hours=1)
