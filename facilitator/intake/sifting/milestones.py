"""Which of several candidates marks each milestone best."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from facilitator.intake.drafts import Signal
from facilitator.intake.sifting.crowd import Case
from facilitator.intake.sifting.named import alerts_named
from facilitator.intake.sifting.wordings import words_in
from facilitator.model.session import Milestone

BEFORE_DECLARED = 6 * 3600.0
"""How many seconds before it is declared an incident may have been noticed."""

LONGEST = 24 * 3600.0
"""How many seconds after it was noticed a milestone may be."""

SAME_ALERT = 600.0
"""How many seconds apart two systems may tell of one alert."""

TOGETHER = 600.0
"""How many seconds apart two messages may be about one change."""

STATED = 60.0
"""How many seconds a milestone may be from what the session says of it, as that may be told to the minute only."""

ANY_TIME = float("-inf"), float("inf")

_ALIKE = 0.5


class Candidate(NamedTuple):
    """A case that may mark a milestone, when it was, and how much speaks for that, and for the case as a whole."""

    case: Case
    second: float
    weight: tuple[int, int]


def best(
    candidates: Mapping[Milestone, Sequence[Candidate]], *, bounded: bool, over: tuple[float, float] = ANY_TIME
) -> dict[Milestone, Candidate]:
    """Return the best candidate of each milestone, if there is one; candidates come in the order of time.

    Where the incident's window is not `bounded`, nothing ends that nobody noticed. `over` is between
    which seconds it ended where that is known: then nothing else marks the end, and nothing before it is later.
    """
    found: dict[Milestone, Candidate] = {}
    declared = _first(candidates.get(Milestone.DECLARED, ()))
    if declared is not None:
        found[Milestone.DECLARED] = declared
    detected = _detected(candidates, declared)
    if detected is not None:
        found[Milestone.DETECTED] = detected
    begun = min((each.second for each in (detected, declared) if each is not None), default=None)
    if begun is None:
        if not bounded:
            return found
        begun = float("-inf")
    latest = min(over[1], float("inf") if bounded else begun + LONGEST)

    def within(milestone: Milestone, since: float, until: float) -> list[Candidate]:
        return [each for each in candidates.get(milestone, ()) if since <= each.second <= until]

    # "Rolled back, all is well" may be either; where something says the end alone, that is the end.
    eased = {each.case.draft.id for each in candidates.get(Milestone.MITIGATED, ())}
    ends = within(Milestone.RESOLVED, max(over[0], begun if declared is None else declared.second), latest)
    resolved = _last([each for each in ends if each.case.draft.id not in eased]) or _last(ends)
    if resolved is not None:
        found[Milestone.RESOLVED] = resolved
        latest = resolved.second
    mitigated = _last(within(Milestone.MITIGATED, begun, latest))
    if mitigated is not None:
        found[Milestone.MITIGATED] = mitigated
        latest = mitigated.second
    taken = within(Milestone.ACKNOWLEDGED, begun, latest)
    if taken:
        found[Milestone.ACKNOWLEDGED] = taken[0]
    return found


def last_change(cases: Sequence[Case], is_change: Callable[[Case], bool], before: float | None) -> Case | None:
    """Return the last change, of cases in the order of time, in the hours before something was noticed.

    Of several soon after each other, such as what a bot and then a person says of it, it is the first.
    """
    found, soonest = None, float("-inf") if before is None else before
    for case in reversed(cases):
        second = case.second
        if before is None or second is None or second > before or not is_change(case):
            continue
        if second < before - BEFORE_DECLARED or (found is not None and soonest - second > TOGETHER):
            break
        found, soonest = case, second
    return found


def _detected(candidates: Mapping[Milestone, Sequence[Candidate]], declared: Candidate | None) -> Candidate | None:
    """Return the first alert before the incident was declared that had not ended by then, else the first of all.

    Where systems tell of that alert one after the other, it is the first of them.
    """
    alerts = candidates.get(Milestone.DETECTED, ())
    found = _best_alert(candidates, declared)
    return None if found is None else next((each for each in alerts if _same_alert(each, found)), found)


def _best_alert(candidates: Mapping[Milestone, Sequence[Candidate]], declared: Candidate | None) -> Candidate | None:
    alerts = candidates.get(Milestone.DETECTED, ())
    if declared is None:
        return _first(alerts)
    since, until = declared.second - BEFORE_DECLARED, declared.second
    ends = [each for each in candidates.get(Milestone.RESOLVED, ()) if since <= each.second <= until]
    before = [each for each in alerts if since <= each.second <= until]
    going_on = [each for each in before if not any(_ends(end, each) for end in ends)]
    return _first(going_on) or _first(before) or _first(alerts)


def _same_alert(one: Candidate, other: Candidate) -> bool:
    """Tell whether two records, the first no later, are of an alert that fires under one name."""
    first, second = one.case.draft, other.case.draft
    return (
        first.signal is second.signal is Signal.FIRES
        and one.case.place[0] != other.case.place[0]
        and 0 <= other.second - one.second <= SAME_ALERT
        and bool(alerts_named(first.text) & alerts_named(second.text))
    )


def _ends(end: Candidate, alert: Candidate) -> bool:
    """Tell whether one message says that the alert of another is over: from the same place, in much the same words."""
    one, other = end.case.draft, alert.case.draft
    if end.second < alert.second or one.place != other.place:
        return False
    if one.key or other.key:
        return one.key == other.key
    said, fired = set(words_in(one.text)), set(words_in(other.text))
    return one.who == other.who and len(said & fired) >= _ALIKE * min(len(said), len(fired))


def _first(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the one with the most weight, of several the first."""
    return max(candidates, key=lambda each: each.weight, default=None)


def _last(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the one with the most weight, of several the last."""
    return max(reversed(candidates), key=lambda each: each.weight, default=None)
