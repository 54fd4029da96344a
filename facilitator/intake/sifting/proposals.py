"""Which of many drafts belong on the timeline of an incident, and why."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from facilitator.intake.drafts import Draft, Signal
from facilitator.intake.sifting.axis import in_order, second_at
from facilitator.intake.sifting.crowd import Case, cases_of, first_mentions, unanswered, unusual, without_repeats
from facilitator.intake.sifting.heat import hot
from facilitator.intake.sifting.milestones import ANY_TIME, BEFORE_DECLARED, STATED, Candidate, best, last_change
from facilitator.intake.sifting.proposal_values import Look, Proposal, ProposalRule, ProposalRules
from facilitator.intake.sifting.proposal_words import Words, rules_by_signal
from facilitator.model.session import Milestone

GRACE = 600.0
"""How many seconds beside an incident's window count as in it: its bounds are often told to the minute only."""

_LATE = (Milestone.MITIGATED, Milestone.RESOLVED)


def propose(
    drafts: Sequence[Draft],
    rules: ProposalRules,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    services: Collection[str] = (),
    zone: str = "UTC",
) -> tuple[Proposal, ...]:
    """Return what of the drafts to propose, in the order of time, those without a time last.

    `since` and `until`, aware, bound the incident where that is known: then only what lies between, or a little beside
    it (GRACE), is proposed, and a change before it. `services` are names of services; `zone` is for times that have
    none of their own. The order of the drafts makes no difference.
    """
    room = _Room(drafts, rules, since, until, zone)
    room.read(services)
    return tuple(room.proposals())


class _Room:
    """All drafts of one call, in the order of time, with the rules that apply to each."""

    def __init__(
        self, drafts: Sequence[Draft], rules: ProposalRules, since: datetime | None, until: datetime | None, zone: str
    ) -> None:
        self._rules = rules
        self._started_at = None if since is None else second_at(since)
        self._over = ANY_TIME if until is None else (second_at(until) - STATED, second_at(until) + STATED)
        self._since = float("-inf") if since is None else second_at(since) - GRACE
        self._until = float("inf") if until is None else second_at(until) + GRACE
        self._bounded = since is not None or until is not None
        earliest = self._since - BEFORE_DECLARED
        self._cases = [
            case
            for case in cases_of(in_order(drafts, zone))
            if (not self._bounded if case.second is None else earliest <= case.second <= self._until)
        ]
        self._near = {number for number, rule in enumerate(rules.rules) if rule.near}
        self._alarm = {number for number, rule in enumerate(rules.rules) if rule.alarm}
        self._change = {number for number, rule in enumerate(rules.rules) if rule.change}
        self._by_signal = rules_by_signal(rules.rules)

    def read(self, services: Collection[str]) -> None:
        """Find the rules that apply to each draft."""
        words = Words(self._rules, set(range(len(self._rules.rules))) - (self._near - self._change))
        for case in self._cases:
            case.rules = self._that_apply(case, words)
        self._drop_repeats()
        self._changes = [case for case in self._cases if not case.rules.isdisjoint(self._change)]
        self._cases = [case for case in self._cases if case.second is None or case.second >= self._since]
        heat = self._heat()
        self._drop_repeats()
        self._look(heat, services)

    def _heat(self) -> list[bool]:
        """Return for each case whether something is wrong then, with the rules that count only where that is so.

        These are most of the rules, and apply to a few drafts of many: so they are looked for only there.
        """
        words = Words(self._rules, self._near - self._change)
        alarms, goes_on, read = self._alarm, self._near | self._alarm, set[str]()

        def near(case: Case) -> frozenset[int]:
            if case.draft.id not in read:
                read.add(case.draft.id)
                case.rules |= self._that_apply(case, words)
            return case.rules & goes_on

        heat = hot(self._cases, lambda case: not case.rules.isdisjoint(alarms), near, self._rules.places)
        if self._bounded and not any(heat):
            heat = [case.second is not None for case in self._cases]
        for case, is_hot in zip(self._cases, heat, strict=True):
            if is_hot:
                near(case)
            else:
                case.rules -= self._near
        return heat

    def _drop_repeats(self) -> None:
        late = {number for number, rule in enumerate(self._rules.rules) if rule.milestone in _LATE}
        without_repeats(
            self._cases,
            lambda case: not case.rules.isdisjoint(late),
            lambda case: not case.rules.isdisjoint(self._change),
        )

    def _that_apply(self, case: Case, words: Words) -> frozenset[int]:
        draft = case.draft
        if draft.signal is Signal.ROUTINE:
            return frozenset()
        found = words.rules_for(draft.text)
        if draft.signal is not None:
            found.update(self._by_signal.get(draft.signal, ()))
        if not found:
            return frozenset()
        return frozenset(each for each in found if _of_kind(self._rules.rules[each], case))

    def _look(self, heat: Sequence[bool], services: Collection[str]) -> None:
        """Apply the rules that look at more than the words of one draft."""
        warm = [case for case, is_hot in zip(self._cases, heat, strict=True) if is_hot]
        hot_ones = {case.draft.id for case in warm}
        places = {case.place for case in warm}
        scene = [case for case in self._cases if case.place in places]
        for number, rule in enumerate(self._rules.rules):
            if rule.looks is None or rule.looks is Look.CHANGE:
                continue
            around, wanted = (scene, warm) if rule.near else (self._cases, self._cases)
            for case in _looked_at(rule.looks, around, wanted, services):
                counts = case.draft.signal is not Signal.ROUTINE and _of_kind(rule, case)
                if counts and (not rule.near or case.draft.id in hot_ones):
                    case.rules |= {number}

    def proposals(self) -> Iterator[Proposal]:
        """Yield what is proposed, with the best candidate of each milestone marked."""
        marks = self._marks()
        for case in (*self._before(), *self._cases):
            if not case.rules:
                continue
            milestone = marks.get(case.draft.id)
            weight = self._weight(case.rules)
            if milestone is not None:
                weight = max(weight, self._rules.least)
            if weight >= self._rules.least:
                yield Proposal(case.draft.id, weight, self._reasons(case), milestone)

    def _before(self) -> list[Case]:
        """Return the change before the window of the incident that may have started it."""
        changes = [number for number, rule in enumerate(self._rules.rules) if rule.looks is Look.CHANGE]
        return [
            case
            for case in self._changes
            if case.second is not None and case.second < self._since and not case.rules.isdisjoint(changes)
        ]

    def _marks(self) -> dict[str, Milestone]:
        candidates: dict[Milestone, list[Candidate]] = defaultdict(list)
        for case in self._cases:
            if case.second is not None:
                marking: dict[Milestone, set[int]] = defaultdict(set)
                for number in case.rules:
                    milestone = self._rules.rules[number].milestone
                    if milestone is not None:
                        marking[milestone].add(number)
                for milestone, numbers in marking.items():
                    weight = (self._weight(numbers), self._weight(case.rules))
                    candidates[milestone].append(Candidate(case, case.second, weight))
        found = best(candidates, bounded=self._bounded, over=self._over)
        marks = {each.case.draft.id: milestone for milestone, each in found.items()}
        noticed = found.get(Milestone.DETECTED) or found.get(Milestone.DECLARED)
        before = noticed.second if noticed else self._since if self._since > float("-inf") else None
        change = last_change(self._changes, lambda case: case.draft.id not in marks, before)
        for number, rule in enumerate(self._rules.rules):
            if change is not None and rule.looks is Look.CHANGE and _of_kind(rule, change):
                change.rules |= {number}
                if rule.milestone is not None and self._may_start(change):
                    marks[change.draft.id] = rule.milestone
        return marks

    def _may_start(self, case: Case) -> bool:
        """Tell whether a case does not contradict what is known of the start."""
        if self._started_at is None:
            return True
        return case.second is not None and abs(case.second - self._started_at) <= STATED

    def _weight(self, numbers: Collection[int]) -> int:
        left = 1.0
        for number in sorted(numbers):
            left *= 1 - self._rules.rules[number].weight / 100
        return round(100 * (1 - left))

    def _reasons(self, case: Case) -> tuple[str, ...]:
        by_weight = sorted(case.rules, key=lambda number: (-self._rules.rules[number].weight, number))
        return tuple(dict.fromkeys(self._rules.rules[number].why for number in by_weight))


def _of_kind(rule: ProposalRule, case: Case) -> bool:
    return not rule.kinds or case.place[0] in rule.kinds


def _looked_at(looks: Look, around: list[Case], wanted: list[Case], services: Collection[str]) -> list[Case]:
    """Return the cases that stand out among those around them, all in the order of time; at least the wanted ones."""
    if looks is Look.REACTIONS:
        return unusual(around, lambda draft: draft.reactions)
    if looks is Look.REPLIES:
        return unusual(around, lambda draft: draft.replies)
    if looks is Look.SERVICE:
        return first_mentions(wanted, services) if services else []
    ids = {case.draft.id for case in wanted}
    return unanswered(around, lambda case: case.draft.id in ids)
