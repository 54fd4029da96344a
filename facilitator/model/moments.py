"""Moments: when something happened, how exactly that is known, and in which zone it was said."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import lru_cache

import msgspec


class Precision(StrEnum):
    """The smallest unit in which a moment is known."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


class Approximation(StrEnum):
    """How a moment stands to the time that was named."""

    EXACT = "exact"
    ABOUT = "about"
    BEFORE = "before"
    AFTER = "after"


class Moment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A point in time as it was told.

    `at` is aware and in UTC; `zone` is the zone as typed ("CET", "+02:00", "America/New_York"), kept to show it again.
    """

    at: datetime
    zone: str = "UTC"
    precision: Precision = Precision.MINUTE
    approximation: Approximation = Approximation.EXACT

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        if self.at.tzinfo is not UTC:
            msgspec.structs.force_setattr(self, "at", self.at.astimezone(UTC))


@lru_cache(maxsize=256)
def find_zone(name: str) -> tzinfo | None:
    """Return the zone called `name`: "UTC", an IANA name such as "Europe/Paris", or an offset such as "+02:00".

    Returns None for a name that is none of these. Abbreviations ("PST") are the business of the capture floor.
    """
    if name in ("UTC", "Z"):
        return UTC
    if name[:1] in "+-" and len(name) == 6 and name[3] == ":" and (name[1:3] + name[4:]).isdecimal():
        offset = timedelta(hours=int(name[1:3]), minutes=int(name[4:]))
        if offset >= timedelta(hours=24):
            return None
        return timezone(-offset if name[0] == "-" else offset, name)
    # Imported where it is used: most moments are in UTC, and it takes 3 ms.
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local(at: datetime, zone: str) -> datetime:
    """Return `at` on the clock of `zone`; on that of UTC when the zone is unknown or the calendar ends there."""
    try:
        return at.astimezone(find_zone(zone) or UTC)
    except OverflowError:
        return at
