"""The clock of a source: how far it is from that of another, told by what both of them recorded."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import combinations
from statistics import median

import msgspec

from facilitator.intake.drafts import Draft, Stamp
from facilitator.intake.sifting.axis import kind_of, second_of
from facilitator.intake.sifting.duplicates import Group
from facilitator.model.moments import Approximation, Precision

FEWEST = 3
"""From how many pairs on a difference is suggested."""

LEAST = 20.0
"""From how many seconds on: less is the time that a message takes."""

_SPREAD, _OF_DIFFERENCE = 10.0, 0.15
_UNIT = {Precision.SECOND: 1.0, Precision.MINUTE: 60.0}


class Skew(msgspec.Struct, frozen=True):
    """That the clock of `source` is `seconds` ahead of that of `other`, both kinds of record; less than 0 is behind.

    It is the median of `pairs` things that both recorded, of which half are within `spread` seconds of it.
    """

    source: str
    other: str
    seconds: float
    pairs: int
    spread: float

    @property
    def said(self) -> str:
        """What to tell the person."""
        ahead = "ahead of" if self.seconds > 0 else "behind"
        seconds = round(abs(self.seconds))
        span = f"{seconds} s" if seconds < 120 else f"{seconds // 60} min {seconds % 60} s"
        return f"{self.source} is {span} {ahead} {self.other}, by {self.pairs} pairs, within {self.spread:.0f} s"


def skews(drafts: Iterable[Draft], groups: Sequence[Group], zone: str = "UTC") -> tuple[Skew, ...]:
    """Return how far the clocks of two kinds of record are apart, where what both tell is consistent about that."""
    wanted = {id for group in groups for id in group.ids}
    placed = {draft.id: found for draft in drafts if draft.id in wanted and (found := _exact(draft, zone)) is not None}
    apart: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for group in groups:
        first: dict[str, tuple[float, float]] = {}
        for id in group.ids:
            if id in placed:
                first.setdefault(kind_of(id), placed[id])
        for one, other in combinations(sorted(first), 2):
            apart[one, other].append((first[one][0] - first[other][0], max(first[one][1], first[other][1])))
    return tuple(
        skew for (one, other), pairs in sorted(apart.items()) if (skew := _skew(one, other, pairs)) is not None
    )


def _skew(one: str, other: str, pairs: Sequence[tuple[float, float]]) -> Skew | None:
    if len(pairs) < FEWEST:
        return None
    middle = median(seconds for seconds, _ in pairs)
    spread = median(abs(seconds - middle) for seconds, _ in pairs)
    unit = median(unit for _, unit in pairs)
    if abs(middle) < max(LEAST, 1.5 * unit) or spread > max(_SPREAD, unit / 2, _OF_DIFFERENCE * abs(middle)):
        return None
    return Skew(one, other, middle, len(pairs), spread)


def _exact(draft: Draft, zone: str) -> tuple[float, float] | None:
    """Return when a draft was and how exactly that is known, both in seconds, or None when it is not known well."""
    stamp = draft.stamp
    if stamp is None or stamp.approximation is not Approximation.EXACT or stamp.precision not in _UNIT:
        return None
    second = second_of(stamp, zone)
    return None if second is None else (second, _UNIT[stamp.precision])


def shifted(stamp: Stamp, seconds: float) -> Stamp:
    """Return a stamp so many seconds later, or earlier; as it is where the calendar ends.

    A shift that is not of whole minutes makes a time that is known to the minute no more exact than it was.
    """
    try:
        by = timedelta(seconds=seconds)
        until = None if stamp.until is None else stamp.until + by
        return msgspec.structs.replace(stamp, local=stamp.local + by, until=until)
    except (OverflowError, ValueError):
        return stamp
