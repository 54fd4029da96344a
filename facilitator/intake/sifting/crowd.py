"""What can only be told from all drafts together: repeats, what is unusual in a channel, first mentions, questions."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from facilitator.intake.drafts import Draft
from facilitator.intake.sifting.axis import kind_of
from facilitator.intake.sifting.proposal_words import is_question
from facilitator.intake.sifting.wordings import words_in

RARE = 0.97
"""What has more reactions or replies than this share of its channel is unusual there."""

AGAIN = 6 * 3600.0
"""Within how many seconds the same message counts as a repeat of the one before."""

ANSWER = 600.0
"""Within how many seconds a question in a channel finds its answer, or none."""


Place = tuple[str, str]


@dataclass(slots=True, eq=False)
class Case:
    """A draft with its second on the axis, the kind and place it is from, and the rules that apply to it, by number."""

    draft: Draft
    second: float | None
    place: Place
    rules: frozenset[int] = frozenset()


def cases_of(placed: Iterable[tuple[float | None, Draft]]) -> list[Case]:
    """Return drafts with their seconds as cases."""
    places: dict[Place, Place] = {}  # one value for each place, as there are few
    found: list[Case] = []
    for second, draft in placed:
        place = (kind_of(draft.id), draft.place)
        found.append(Case(draft, second, places.setdefault(place, place)))
    return found


def without_repeats(cases: Iterable[Case], keeps_last: Callable[[Case], bool], exact: Callable[[Case], bool]) -> None:
    """Take the rules from all but one of the messages that somebody, mostly a bot, sends again and again.

    Cases come in the order of time. Numbers make no difference, but where `exact`. The first one counts, or the last.
    """
    kept: dict[object, tuple[Case, float]] = {}
    for case in cases:
        if not case.rules or case.second is None:
            continue
        draft = case.draft
        spoken = words_in(draft.text)
        said = tuple(spoken) if exact(case) else tuple(word for word in spoken if word.isalpha())
        key = (case.place, draft.who, draft.signal, draft.key, said)
        before = kept.get(key)
        if before is None or case.second - before[1] > AGAIN:
            kept[key] = (case, case.second)
        elif keeps_last(case):
            before[0].rules = frozenset()
            kept[key] = (case, case.second)
        else:
            case.rules = frozenset()
            kept[key] = (before[0], case.second)


def unusual(cases: Sequence[Case], count: Callable[[Draft], int]) -> list[Case]:
    """Return the cases whose count is among the highest of their place: above what RARE of the others have."""
    sizes = Counter(case.place for case in cases)
    by_place: dict[Place, list[int]] = defaultdict(list)
    counted = [(case, many) for case in cases if (many := count(case.draft)) > 0]
    for case, many in counted:
        by_place[case.place].append(many)
    limits: dict[Place, int] = {}
    for place, counts in by_place.items():
        counts.sort()
        zeros = sizes[place] - len(counts)
        limits[place] = max(1, counts[max(0, int(RARE * (sizes[place] - 1)) - zeros)])
    return [case for case, many in counted if many > limits[case.place]]


def first_mentions(cases: Iterable[Case], services: Collection[str]) -> list[Case]:
    """Return the first case, in the order given, that names each of the services."""
    open_ones: dict[str, list[list[str]]] = defaultdict(list)
    for service in sorted(services):
        name = words_in(service)
        if name and name not in open_ones[name[0]]:
            open_ones[name[0]].append(name)
    found: list[Case] = []
    for case in cases:
        spoken = words_in(case.draft.text)
        if open_ones.keys().isdisjoint(spoken):
            continue
        named = [
            name
            for place, word in enumerate(spoken)
            for name in open_ones.get(word, ())
            if spoken[place : place + len(name)] == name
        ]
        for name in named:
            if name in open_ones[name[0]]:
                open_ones[name[0]].remove(name)
        if named:
            found.append(case)
    return found


def unanswered(cases: Sequence[Case], wanted: Callable[[Case], bool]) -> list[Case]:
    """Return the wanted cases, of all in the order of time, that are questions which nobody else followed up.

    A question in a channel counts as answered by any reply, and by what somebody else says there soon after.
    """
    replied = {case.draft.thread for case in cases if case.draft.thread}
    following: dict[Place, tuple[str, float]] = {}  # by whom, and when, the next thing is said in a place
    others: dict[Place, tuple[str, float]] = {}  # the same for the next by anybody else
    found: list[Case] = []
    for case in reversed(cases):
        if case.second is None:
            continue
        draft, place = case.draft, case.place
        after = following.get(place)
        if after is not None and after[0] == draft.who:
            after = others.get(place)
        elif after is not None:
            others[place] = after
        following[place] = (draft.who, case.second)
        if draft.replies or draft.id in replied or not draft.text.rstrip().endswith("?") or not wanted(case):
            continue
        if (after is None or after[1] - case.second > ANSWER) and is_question(draft.text):
            found.append(case)
    return found[::-1]
