"""Trends over many sessions: causes and services over time, durations as distributions, actions, what comes again.

A mean of durations says little where one incident takes a hundred times as long as another, so there is none: every
value is kept, with the quantiles that so many values allow.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

import msgspec

from facilitator.library.ledger import Brief
from facilitator.library.tallies import by_key

QUARTILES_FROM = 4
"""From how many values on quartiles are told; of fewer the median alone."""

AGAIN_WITHIN = timedelta(days=365)
"""Within which time an incident of the same service and cause counts as one that came again."""

MOST_PERIODS = 240
"""Over how many months or quarters trends go at most; where there are more, those without a session are left out."""

MOST_AGAIN = 10
"""How many pairs of a service and a cause are told that came again."""

_MONTHS_BY_MONTH = 24
_MANY_EMPTY = 4
NO_CAUSE, NO_SERVICE = "no cause", "no service"
"""The names of the groups of sessions that have none."""

_Pair = tuple[str, str]


class By(StrEnum):
    """How sessions are grouped."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SERVICE = "service"
    CAUSE = "cause"


PERIODS = {By.MONTH: 1, By.QUARTER: 3, By.YEAR: 12}
"""The periods by which sessions are grouped, each with how many months it has."""


class Spread(msgspec.Struct, frozen=True):
    """A distribution: every value, lowest first, its median, and the quartiles where there are values enough."""

    values: tuple[float, ...]
    median: float
    lower: float | None = None
    upper: float | None = None


class Group(msgspec.Struct, frozen=True):
    """What is known of the sessions of a month, a quarter, a service or a cause.

    `causes` and `services` count sessions, the most frequent first; durations are in seconds, shares of the error
    budget in percent; `again` counts the sessions whose service and cause were met within the year before.
    """

    name: str
    sessions: int
    causes: dict[str, int]
    services: dict[str, int]
    mttd: Spread | None
    mttr: Spread | None
    budget: Spread | None
    actions_pending: int
    actions_done: int
    actions_wont_do: int
    again: int


class Recurrence(msgspec.Struct, frozen=True):
    """A service and a cause that sessions have in common: how many, the first and the last day, and all of them."""

    service: str
    cause: str
    sessions: int
    first: date
    last: date
    days: tuple[date, ...]


class Trends(msgspec.Struct, frozen=True):
    """Groups in their order, over all of them, and what came again."""

    by: By
    groups: tuple[Group, ...]
    whole: Group
    recurrences: tuple[Recurrence, ...]


def trends(found: Sequence[Brief], by: By | None = None) -> Trends:
    """Return the trends of sessions, by month, or by quarter where they reach over two years and nothing is chosen."""
    ordered = sorted(found, key=lambda each: (each.date, each.id))
    by = by or _fitting(ordered)
    again, recurrences = _recurrences(ordered)
    groups: dict[str, list[Brief]] = {}
    if by in PERIODS:
        groups = {name: [] for name in periods([each.date for each in ordered], by)}
    spelled = {day: period(day, by) for day in {each.date for each in ordered}} if by in PERIODS else {}
    for each in ordered:
        for name in (spelled[each.date],) if spelled else _names(each, by):
            groups.setdefault(name, []).append(each)
    made = [_group(_spelled(name, held, by), held, again) for name, held in groups.items()]
    if by in (By.SERVICE, By.CAUSE):
        made.sort(key=lambda group: (-group.sessions, group.name))
    return Trends(by, tuple(made), _group("all", ordered, again), recurrences)


def spread(values: Iterable[float]) -> Spread | None:
    """Return the distribution of values, or None where there are none."""
    ordered = tuple(sorted(values))
    if not ordered:
        return None
    quartiles = len(ordered) >= QUARTILES_FROM
    return Spread(
        ordered,
        quantile(ordered, 0.5),
        quantile(ordered, 0.25) if quartiles else None,
        quantile(ordered, 0.75) if quartiles else None,
    )


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies, between two of them in proportion."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def period(day: date, by: By) -> str:
    """Return the month, the quarter or the year of a day: "2026-03", "2026 Q1", "2026"."""
    if by is By.YEAR:
        return f"{day.year:04}"
    if by is By.QUARTER:
        return f"{day.year:04} Q{(day.month + 2) // 3}"
    return f"{day.year:04}-{day.month:02}"


def runs(groups: Sequence[Group]) -> Iterator[tuple[Group, ...]]:
    """Yield each group by itself, but those without a session together where there are many in a row."""
    for empty, run in groupby(groups, key=lambda each: not each.sessions):
        held = tuple(run)
        if empty and len(held) >= _MANY_EMPTY:
            yield held
        else:
            yield from ((each,) for each in held)


def _fitting(ordered: Sequence[Brief]) -> By:
    if not ordered:
        return By.MONTH
    first, last = ordered[0].date, ordered[-1].date
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return By.MONTH if months <= _MONTHS_BY_MONTH else By.QUARTER


def periods(days: Sequence[date], by: By) -> list[str]:
    """Return all periods from the first of these days to the last, or those with one where that is a long time.

    The days are in their order.
    """
    if not days:
        return []
    first, last = days[0], days[-1]
    step = PERIODS[by]
    start = (first.year * 12 + first.month - 1) // step
    end = (last.year * 12 + last.month - 1) // step
    if end - start >= MOST_PERIODS:
        return list(dict.fromkeys(period(each, by) for each in days))
    return [period(date(*_month(number * step)), by) for number in range(start, end + 1)]


def _month(number: int) -> tuple[int, int, int]:
    return number // 12, number % 12 + 1, 1


def _names(of: Brief, by: By) -> list[str]:
    """Return the services or the causes of a session."""
    names, none = (of.services, NO_SERVICE) if by is By.SERVICE else (of.causes, NO_CAUSE)
    return [key for key, _ in keyed(names)] or [none]


@lru_cache(maxsize=8192)
def keyed(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return each name once, behind what it is compared by."""
    return tuple(by_key(names).items())


@lru_cache(maxsize=8192)
def _pairs(services: tuple[str, ...], causes: tuple[str, ...]) -> tuple[tuple[_Pair, _Pair], ...]:
    """Return every service with every cause: what the pair is compared by, and how it is written."""
    return tuple(
        ((service, cause), (service_name, cause_name))
        for service, service_name in keyed(services)
        for cause, cause_name in keyed(causes)
    )


def _group(name: str, held: Sequence[Brief], again: set[str]) -> Group:
    return Group(
        name=name,
        sessions=len(held),
        causes=_counted(each.causes for each in held),
        services=_counted(each.services for each in held),
        mttd=spread(each.mttd for each in held if each.mttd is not None),
        mttr=spread(each.mttr for each in held if each.mttr is not None),
        budget=spread(each.budget for each in held if each.budget is not None),
        actions_pending=sum(each.pending for each in held),
        actions_done=sum(each.done for each in held),
        actions_wont_do=sum(each.wont_do for each in held),
        again=sum(each.id in again for each in held),
    )


def _spelled(name: str, held: Sequence[Brief], by: By) -> str:
    """Return a service or a cause as it is written."""
    if by in PERIODS:
        return name
    written = (by_key(each.services if by is By.SERVICE else each.causes).get(name, "") for each in held)
    return max(written, default="") or name


def _counted(names: Iterable[tuple[str, ...]]) -> dict[str, int]:
    count: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for each, times in Counter(names).items():
        for key, name in keyed(each):
            count[key] += times
            spelled[key] = max(spelled.get(key, ""), name)
    ordered = sorted(count, key=lambda key: (-count[key], key))
    return {spelled[key]: count[key] for key in ordered}


def _recurrences(ordered: Sequence[Brief]) -> tuple[set[str], tuple[Recurrence, ...]]:
    """Return the ids of the sessions that came again, and what came again most often."""
    again: set[str] = set()
    held: dict[_Pair, list[int]] = {}
    spelled: dict[_Pair, _Pair] = {}
    for each in ordered:
        day = each.date.toordinal()
        for pair, names in _pairs(each.services, each.causes):
            before = held.get(pair)
            if before is None:
                held[pair], spelled[pair] = [day], names
                continue
            if day - before[-1] <= AGAIN_WITHIN.days:
                again.add(each.id)
            before.append(day)
            spelled[pair] = names
    several = sorted(
        ((pair, met) for pair, met in held.items() if len(met) > 1), key=lambda one: (-len(one[1]), one[0])
    )
    return again, tuple(_recurrence(spelled[pair], met) for pair, met in several[:MOST_AGAIN])


def _recurrence(names: _Pair, met: Sequence[int]) -> Recurrence:
    days = tuple(map(date.fromordinal, met))
    return Recurrence(*names, len(days), days[0], days[-1], days)
