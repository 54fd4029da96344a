"""The wrong year in January: a stamp that is a year away from those above and below it, and fits with theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from facilitator.intake.drafts import Stamp

_FAR, _NEAR = timedelta(days=300), timedelta(days=45)
_FEWEST = 3
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mended:
    """The stamp at `place`, in the year in which those around it are."""

    place: int
    stamp: Stamp


def wrong_years(stamps: Sequence[Stamp], year: int | None) -> list[Mended]:
    """Return the stamps whose year is evidently a slip: one off `year`, that of the incident, and in order in it."""
    found: list[Mended] = []
    if year is None or len(stamps) < _FEWEST:
        return found
    for place, stamp in enumerate(stamps):
        if abs(stamp.local.year - year) != 1:
            continue
        above = next((each.local for each in reversed(stamps[:place]) if each.local.year == year), None)
        below = next((each.local for each in stamps[place + 1 :] if each.local.year == year), None)
        around = [each for each in (above, below) if each is not None]
        moved = _in_year(stamp.local, year)
        if moved is None or not around or any(abs(each - stamp.local) < _FAR for each in around):
            continue
        if _fits(moved, above, below):
            until = stamp.until and _in_year(stamp.until, year)
            found.append(Mended(place, msgspec.structs.replace(stamp, local=moved, until=until)))
    return found


def _fits(at: datetime, above: datetime | None, below: datetime | None) -> bool:
    if above is not None and at < above - _ONE_DAY:
        return False
    if below is not None and at > below + _ONE_DAY:
        return False
    return (above is not None and below is not None) or all(abs(each - at) < _NEAR for each in (above, below) if each)


def _in_year(at: datetime, year: int) -> datetime | None:
    try:
        return at.replace(year=year)
    except ValueError:
        return None
