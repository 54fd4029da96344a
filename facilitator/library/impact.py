"""What an action that is done may have changed: incidents of its kind before and after, and how little that proves.

Counted are incidents that have a service of the action's session in common and a cause: a category of the factors
that the action addresses, or, where it addresses none, a cause of its session. The incident for which the action was
taken is left out, since it was chosen for having happened. What else changed meanwhile is not known, so nothing is said
beyond the two rates and the interval of their ratio.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from facilitator.library.ledger import Brief, Line
from facilitator.library.poisson import CONFIDENCE, ratio_interval
from facilitator.library.tallies import by_key
from facilitator.model.session import ReviewKind

LONGEST = 730
"""How many days before an action was done are looked at, at most."""

SHORTEST = 28
"""How many days must have gone by on both sides for rates to be compared."""

_DAYS_OF_A_MONTH = 365.25 / 12


class Verdict(StrEnum):
    """What the interval allows to say, and no more."""

    FEWER = "fewer than before"
    MORE = "more than before"
    UNDECIDED = "cannot be told"


class Impact(msgspec.Struct, frozen=True):
    """Incidents of the kind that an action is about, before and after it was done.

    Exposures are in days, rates in incidents per month; `ratio` is the rate after by that before, None where there
    were none before. `low` and `high` are the ends of its interval; `high` is None when it has no upper end. `shared`
    counts the actions, this one too, that have the same incidents on both sides: which of them did it cannot be told.
    """

    session: str
    action: str
    place: int
    text: str
    done: date
    services: tuple[str, ...]
    causes: tuple[str, ...]
    before: int
    before_days: int
    after: int
    after_days: int
    before_rate: float
    after_rate: float
    ratio: float | None
    low: float
    high: float | None
    shared: int
    verdict: Verdict


class Impacts(msgspec.Struct, frozen=True):
    """The actions that could be compared, the surest first, and how many could not, by the reason."""

    compared: tuple[Impact, ...]
    left_out: dict[str, int]
    confidence: float = CONFIDENCE


def impacts(done: Iterable[Line], incidents: Sequence[Brief], today: date) -> Impacts:
    """Compare for each action that is done; `incidents` are those of the whole store."""
    ordered = sorted((each for each in incidents if each.kind is ReviewKind.INCIDENT), key=lambda each: each.date)
    first = min((each.date for each in incidents), default=today)
    causes_of = {each.id: each.causes for each in incidents}
    met = _by_pair(ordered)
    left_out: dict[str, int] = {}
    found: list[Impact] = []
    for line in done:
        compared = _compared(line, causes_of.get(line.session, ()), met, first, today)
        if isinstance(compared, Impact):
            found.append(compared)
        else:
            left_out[compared] = left_out.get(compared, 0) + 1
    groups: dict[tuple[object, ...], int] = {}
    for each in found:
        groups[_group(each)] = groups.get(_group(each), 0) + 1
    shared = [msgspec.structs.replace(each, shared=groups[_group(each)]) for each in found]
    return Impacts(tuple(sorted(shared, key=_surest_first)), left_out)


def by_chance(compared: int, confidence: float = CONFIDENCE) -> float:
    """Return how many of so many comparisons would stand out at most though nothing had changed."""
    return compared * (1 - confidence)


def _by_pair(ordered: Sequence[Brief]) -> dict[tuple[str, str], list[tuple[date, str]]]:
    found: dict[tuple[str, str], list[tuple[date, str]]] = {}
    for each in ordered:
        for service in by_key(each.services):
            for cause in ("", *by_key(each.causes)):
                found.setdefault((service, cause), []).append((each.date, each.id))
    return found


def _compared(
    line: Line,
    of_session: tuple[str, ...],
    met: dict[tuple[str, str], list[tuple[date, str]]],
    first: date,
    today: date,
) -> Impact | str:
    """Return the comparison for an action, or why there is none."""
    done, causes = line.action.done, line.action.causes or of_session
    if done is None:
        return "the day on which it was done is not noted"
    if not line.services:
        return "its session names no service"
    if not causes:
        return "no cause is known"
    begin = max(first, date.fromordinal(max(1, done.toordinal() - LONGEST)))
    before_days, after_days = (done - begin).days, (today - done).days
    if before_days < SHORTEST or after_days < SHORTEST:
        return f"fewer than {SHORTEST} days lie before or after it"
    pairs = [(service, cause) for service in by_key(line.services) for cause in by_key(causes)]
    days = sorted({each for pair in pairs for each in met.get(pair, ()) if each[1] != line.session})
    place = bisect_left(days, (done, ""))
    # What the record begins with would else count though the time before it does not.
    since = begin + timedelta(days=1) if begin == first else begin
    before = place - bisect_left(days, (since, ""))
    after = bisect_left(days, (today + timedelta(days=1) if today < date.max else today, "")) - place
    interval = ratio_interval(before, after, (before_days, after_days))
    rates = before / before_days * _DAYS_OF_A_MONTH, after / after_days * _DAYS_OF_A_MONTH
    verdict = Verdict.FEWER if interval.high < 1 else Verdict.MORE if interval.low > 1 else Verdict.UNDECIDED
    return Impact(
        line.session, line.action.item, line.action.place, line.action.text, done, line.services, causes,
        before, before_days, after, after_days, *rates, rates[1] / rates[0] if before else None,
        interval.low, interval.high if interval.high < float("inf") else None, 1, verdict,
    )  # fmt: skip


def _group(each: Impact) -> tuple[object, ...]:
    return (
        frozenset(by_key(each.services)),
        frozenset(by_key(each.causes)),
        each.before,
        each.after,
        each.done.year,
        each.done.month,
    )


def _surest_first(each: Impact) -> tuple[object, ...]:
    sure = each.verdict is Verdict.UNDECIDED
    return sure, each.high if each.high is not None else float("inf"), -each.done.toordinal(), each.action
