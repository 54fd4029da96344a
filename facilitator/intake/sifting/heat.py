"""Where and when something was wrong: what people say counts more there, and chatter elsewhere does not."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from facilitator.intake.sifting.crowd import Case, Place
from facilitator.intake.sifting.wordings import words_in

BEFORE = 30 * 60.0
"""How many seconds before an alarm something was wrong already, as it may turn out."""

AFTER = 90 * 60.0
"""For how many seconds after an alarm, or what goes on with it, something is wrong."""

LONGEST = 24 * 3600.0
"""For how many seconds after its last alarm a place may be hot."""

FEWEST = 4
"""How many different rules must apply in a place before an alert from elsewhere is taken to be about it."""


def place_of(case: Case) -> Place:
    """Return where a draft was said; records that systems keep are in one place, whichever system it is."""
    return ("", "") if case.draft.signal is not None else case.place


def hot(
    cases: Sequence[Case],
    is_alarm: Callable[[Case], bool],
    near: Callable[[Case], Collection[int]],
    places: Collection[str],
) -> list[bool]:
    """Return for each case, in the order of time, whether something was wrong where and when it was said.

    `near` gives the rules that apply to a case and keep its place hot; it is asked only where that is so. `places` are
    the words that make a place a hot one by name.
    """
    by_place: dict[Place, list[int]] = defaultdict(list)
    for number, case in enumerate(cases):
        if case.second is not None:
            by_place[place_of(case)].append(number)
    alarms = {
        place: [
            second for number in numbers if (second := cases[number].second) is not None and is_alarm(cases[number])
        ]
        for place, numbers in by_place.items()
    }
    recorded = alarms.get(("", ""), [])
    told = sorted(second for each in alarms.values() for second in each)
    found = [False] * len(cases)
    for place, numbers in by_place.items():
        if place == ("", ""):
            _heat(cases, numbers, told, near, found)
        elif any(word in places for word in words_in(place[1])):
            for number in numbers:
                found[number] = True
        else:
            _heat(cases, numbers, alarms[place], near, found)
            _heat_from_elsewhere(cases, numbers, recorded, near, found)
    return found


def _heat(
    cases: Sequence[Case],
    numbers: list[int],
    alarms: list[float],
    near: Callable[[Case], Collection[int]],
    found: list[bool],
) -> None:
    """Mark the cases of one place that are shortly before an alarm, or after one for as long as it goes on."""
    if not alarms:
        return
    until = float("-inf")
    for number in numbers:
        case = cases[number]
        second = case.second or 0.0
        coming = bisect_left(alarms, second)
        if coming < len(alarms) and alarms[coming] - second <= BEFORE:
            until = max(until, alarms[coming] + AFTER)
        if second > until:
            continue
        found[number] = True
        if near(case):
            last = alarms[max(0, coming - 1)]
            until = max(until, min(second + AFTER, last + LONGEST))


def _heat_from_elsewhere(
    cases: Sequence[Case],
    numbers: list[int],
    alarms: list[float],
    near: Callable[[Case], Collection[int]],
    found: list[bool],
) -> None:
    """Mark the cases of one place that follow recorded alerts, where people there talk as they do in an incident."""
    marked = [False] * len(cases) if alarms else []
    _heat(cases, numbers, alarms, near, marked)
    if alarms and len(set().union(*(near(cases[each]) for each in numbers if marked[each]))) >= FEWEST:
        for number in numbers:
            found[number] = found[number] or marked[number]
