"""Zones as people write them after a time: abbreviations, offsets, and names of the zone database."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from facilitator.model.moments import find_zone

_OFFSETS = {
    "GMT": "+00:00", "WET": "+00:00", "WEST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "BST": "+01:00",
    "EET": "+02:00", "EEST": "+03:00", "MSK": "+03:00", "SAST": "+02:00", "IST": "+05:30", "PKT": "+05:00",
    "SGT": "+08:00", "HKT": "+08:00", "JST": "+09:00", "KST": "+09:00",
    "AWST": "+08:00", "ACST": "+09:30", "ACDT": "+10:30", "AEST": "+10:00", "AEDT": "+11:00",
    "NZST": "+12:00", "NZDT": "+13:00",
    "PST": "-08:00", "PDT": "-07:00", "MST": "-07:00", "MDT": "-06:00", "CST": "-06:00", "CDT": "-05:00",
    "EST": "-05:00", "EDT": "-04:00", "AKST": "-09:00", "AKDT": "-08:00", "HST": "-10:00", "AST": "-04:00",
    "ADT": "-03:00", "BRT": "-03:00",
}  # fmt: skip
"""What each abbreviation means: always the same offset, and for those with several meanings the usual one. The zone
database reads some of them otherwise ("CET" as Brussels, summer time included), so this table comes first."""

_PLACES = {
    "PT": "America/Los_Angeles",
    "MT": "America/Denver",
    "CT": "America/Chicago",
    "ET": "America/New_York",
}
"""What people say without thinking of summer time."""

_OFFSET = re.compile(r"(?:(?:UTC|GMT)(?=[+-]))?([+-])(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)


@lru_cache(maxsize=256)
def zone_called(name: str) -> tzinfo | None:
    """Return the zone that is written `name`, or None when it is none.

    `name` is "UTC", "Z" or "GMT" in any case, an abbreviation in capitals ("CET", "PT"), an offset ("+02:00", "+0200",
    "-5", "UTC+2"), or a name of the zone database ("Europe/Paris").
    """
    if name.upper() in ("UTC", "Z", "GMT"):
        return UTC
    if name in _OFFSETS:
        return find_zone(_OFFSETS[name])
    if name in _PLACES:
        return find_zone(_PLACES[name])
    offset = _OFFSET.fullmatch(name)
    if offset is None:
        return find_zone(name)
    sign, hours, minutes = offset.groups()
    return find_zone(f"{sign}{hours:0>2}:{minutes or '00'}") if int(hours) <= 14 else None


def zone_name(written: str) -> str:
    """Return the name of the zone that somebody was asked for, or nothing when `written` is none."""
    zone = zone_called(written.strip())
    return str(zone) if zone is not None else ""


def follows_time(word: str) -> bool:
    """Return whether `word`, standing after a time, names its zone and is not the first word of a sentence.

    Names of the zone database count with their slash only: "Europe/Paris", not "Japan".
    """
    if word[:1] in ("+", "-") or "/" in word or word.upper().startswith(("UTC", "GMT")):
        return word not in ("+", "-") and zone_called(word) is not None
    return word == "Z" or word in _OFFSETS or word in _PLACES


def offset_name(at: datetime, zone: tzinfo) -> str:
    """Return the offset of `zone` at the aware datetime `at`, such as "UTC+05:30"; "UTC" when there is none."""
    offset = at.astimezone(zone).utcoffset() or timedelta()
    if not offset:
        return "UTC"
    minutes = abs(offset) // timedelta(minutes=1)
    return f"UTC{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"
