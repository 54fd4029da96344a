"""The checklist of a postmortem, for a summary of how it stands, in the order of "Postmortems: learning from failure".

Whatever can be computed is met or not; what cannot is asked, and people answer it for themselves.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

import msgspec

from facilitator.checks import depth, plan
from facilitator.checks.answers import says_no
from facilitator.checks.depth import depth_findings
from facilitator.checks.finding import Finding
from facilitator.checks.stages import conditions, days_late, is_late, other_reviewers, planned, reviewed_by
from facilitator.model import edits
from facilitator.model.metrics import Absent, Metric, measure
from facilitator.model.session import Mute, ReviewKind, Session, Status
from facilitator.model.text import one_line

SHARED, EARLIER, RECURS = "depth.shared.ask", "depth.earlier-actions.ask", "depth.seen-before.ask"
APPROVED, SECURITY, NEUTRAL = "depth.approved.ask", "depth.security.ask", "depth.neutral.ask"

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        SHARED: "Has it been shared with those concerned, beyond the team?",
        EARLIER: "Have the actions of earlier postmortems been completed?",
        NEUTRAL: "Does a neutral person facilitate, neither incident commander nor on call?",
        APPROVED: "Has a manager approved the priorities of the actions?",
        SECURITY: "Has it been checked for what must not be published?",
        RECURS: "Was it looked up whether this has happened before?",
    }
)
"""What people answer for themselves where nothing in the session tells it, by the id of its rule."""


class State(StrEnum):
    """How a point of the checklist stands."""

    MET = "met"
    NOT_MET = "not met"
    ASK = "ask"


class ChecklistItem(msgspec.Struct, frozen=True):
    """A point of the checklist: a question to which yes is right, how it stands, and what there is to say.

    `rule` is the id of the rule behind it, or empty; `about` the id of the first item that does not meet it, or empty.
    `answered` tells that the note is an answer which people gave.
    """

    question: str
    state: State
    note: str = ""
    rule: str = ""
    about: str = ""
    answered: bool = False


def checklist(session: Session, now: datetime) -> tuple[ChecklistItem, ...]:
    """Return the checklist of a session as it stands; `now` is aware.

    A question is answered by a mute of its rule, about the session. The reason is the answer, and is the note: it is
    met unless that says no.
    """
    found: dict[str, list[Finding]] = {}
    for finding in depth_findings(session, now):
        found.setdefault(finding.rule, []).append(finding)
    answers = {each.rule: each.reason for each in session.mutes if not each.about}
    return tuple(_answered(point(session, now, found), answers) for point in _POINTS)


def _answered(item: ChecklistItem, answers: Mapping[str, str]) -> ChecklistItem:
    if item.state is not State.ASK or item.rule not in answers:
        return item
    answer = answers[item.rule]
    state = State.NOT_MET if says_no(answer) else State.MET
    return msgspec.structs.replace(item, state=state, note=answer, answered=True)


def is_asked(rule: str) -> bool:
    """Tell whether this is the id of a question of the checklist that people answer for themselves."""
    return rule in QUESTIONS


def answer_of(session: Session, rule: str) -> Mute | None:
    """Return the answer to a question of the checklist, or None."""
    return next((each for each in reversed(session.mutes) if each.rule == rule and not each.about), None)


def answered(session: Session, rule: str, answer: str, new_id: Callable[[], str]) -> Session:
    """Return the session with this answer to a question of the checklist, in place of another one."""
    known, answer = answer_of(session, rule), one_line(answer)
    if known is not None:
        return edits.change(session, known.id, reason=answer)
    return edits.add(session, Mute(id=new_id(), rule=rule, reason=answer))


_Found = dict[str, list[Finding]]
_Point = Callable[[Session, datetime, _Found], ChecklistItem]


def _held_in_time(session: Session, now: datetime, _found: _Found) -> ChecklistItem:
    question = "Was it held within 24 to 72 hours after the incident?"
    held, days = days_late(session, now)
    if days is None or held is None:
        late = is_late(session, now)
        note = "not held yet" if not late else f"not held yet, {days} days after it"
        return ChecklistItem(question, State.NOT_MET if late else State.ASK, note, depth.NOT_HELD if late else "")
    state = State.NOT_MET if is_late(session, now) or days < 0 else State.MET
    note = f"on {held.isoformat()}, {days} {'day' if days == 1 else 'days'} after it"
    return ChecklistItem(question, state, note, depth.LATE if state is State.NOT_MET else "")


def _timeline(session: Session, _now: datetime, _found: _Found) -> ChecklistItem:
    measured = [metric for metric in Metric if not isinstance(measure(session, metric), Absent)]
    count = len(session.timeline)
    note = f"{count} {'entry' if count == 1 else 'entries'}; {', '.join(measured) or 'no duration'} known"
    whole = Metric.DURATION in measured or session.review_kind is not ReviewKind.INCIDENT
    state = State.MET if count and whole else State.NOT_MET
    return ChecklistItem("Does the timeline go from the start to the end?", state, note)


def _factors(session: Session, _now: datetime, _found: _Found) -> ChecklistItem:
    factors = conditions(session)
    state = State.MET if len(factors) > 1 else State.NOT_MET
    note = f"{len(factors)} of them" if factors else "none"
    rule = depth.SINGLE if len(factors) == 1 else ""
    return ChecklistItem("Are there several contributing factors, not one cause?", state, note, rule)


def _lucky(session: Session, _now: datetime, _found: _Found) -> ChecklistItem:
    missing = [name for kind, name in _KINDS if not any(each.kind == kind for each in session.lessons)]
    note = f"missing: {', '.join(missing)}" if missing else ""
    state = State.NOT_MET if missing else State.MET
    rule = depth.LESSONS if len(missing) == len(_KINDS) else ""
    return ChecklistItem(
        "Do the lessons tell what went well, what went wrong and where luck helped?", state, note, rule
    )


_KINDS = (("well", "what went well"), ("wrong", "what went wrong"), ("lucky", "where luck helped"))


def _of_actions(question: str, *rules: str) -> _Point:
    """Return a point that no action may miss, and that there must be actions for."""

    def point(session: Session, _now: datetime, found: _Found) -> ChecklistItem:
        missed = [finding for rule in rules for finding in found.get(rule, ())]
        actions = planned(session)
        if not actions:
            return ChecklistItem(question, State.NOT_MET, "no actions", rules[0])
        if missed:
            about = {finding.about for finding in missed}
            return ChecklistItem(
                question, State.NOT_MET, f"not {len(about)} of {len(actions)}", rules[0], missed[0].about
            )
        return ChecklistItem(question, State.MET, f"all {len(actions)}" if len(actions) > 1 else "")

    return point


def _tracked(session: Session, now: datetime, found: _Found) -> ChecklistItem:
    question = "Are action items tracked in the backlog?"
    actions = planned(session)
    missing = [action for action in actions if not action.ticket]
    if actions and missing:
        note = f"not {len(missing)} of {len(actions)}"
        return ChecklistItem(question, State.NOT_MET, note, plan.NO_TICKET, missing[0].id)
    return _of_actions(question, plan.NO_TICKET)(session, now, found)


def _unless(question: str, *rules: str, when: Callable[[Session], bool] = lambda _: True) -> _Point:
    """Return a point that is met unless a rule found something, once there is anything to judge."""

    def point(session: Session, _now: datetime, found: _Found) -> ChecklistItem:
        missed = [finding for rule in rules for finding in found.get(rule, ())]
        if missed:
            return ChecklistItem(question, State.NOT_MET, missed[0].why, missed[0].rule, missed[0].about)
        return ChecklistItem(
            question, State.MET if when(session) else State.NOT_MET, "" if when(session) else "nothing yet"
        )

    return point


def _asked(rule: str) -> _Point:
    return lambda _session, _now, _found: ChecklistItem(QUESTIONS[rule], State.ASK, "", rule)


def _seen_before(session: Session, _now: datetime, _found: _Found) -> ChecklistItem:
    question = QUESTIONS[RECURS]
    known = [factor for factor in session.factors if factor.seen_before is not None]
    if known:
        again = sum(factor.seen_before is True for factor in known)
        return ChecklistItem(question, State.MET, f"{again} of {len(session.factors)} factors were seen before")
    return ChecklistItem(question, State.ASK, "", RECURS)


def _reviewed(session: Session, _now: datetime, found: _Found) -> ChecklistItem:
    question = "Did people review it who did not write it?"
    if depth.REVIEW in found or not other_reviewers(session):
        note = "no reviewer yet" if session.status is Status.DRAFT else "by nobody else"
        return ChecklistItem(question, State.NOT_MET, note, depth.REVIEW)
    return ChecklistItem(question, State.MET, ", ".join(reviewed_by(session)))


def _neutral(session: Session, _now: datetime, found: _Found) -> ChecklistItem:
    question = QUESTIONS[NEUTRAL]
    if depth.FACILITATOR in found:
        finding = found[depth.FACILITATOR][0]
        return ChecklistItem(question, State.NOT_MET, finding.why, finding.rule, finding.about)
    if not session.facilitator and not any(meeting.facilitator for meeting in session.meetings):
        return ChecklistItem(question, State.ASK, "no facilitator is named", NEUTRAL)
    return ChecklistItem(question, State.MET, session.facilitator)


def _says_impact(session: Session) -> bool:
    impact = session.impact
    return any(each is not None for each in (impact.users, impact.error_budget)) or any(map(str.isdigit, impact.prose))


def _says_detection(session: Session) -> bool:
    return session.detection.source is not None or bool(session.detection.prose)


_POINTS: tuple[_Point, ...] = (
    _held_in_time,
    _unless("Does it say what it cost, in numbers?", depth.VAGUE_IMPACT, when=_says_impact),
    _timeline,
    _unless("Does it tell how it was detected?", depth.DETECTION, when=_says_detection),
    _factors,
    _lucky,
    _of_actions("Are action items assigned to named individuals, not teams?", plan.TEAM, plan.NO_OWNER, plan.SEVERAL),
    _of_actions("Do all action items have due dates?", plan.NO_DUE),
    _tracked,
    _unless(
        "Does the analysis avoid “human error”, or a person, as a conclusion?",
        depth.HUMAN_ERROR, depth.PERSON, depth.NO_SYSTEM,
        when=lambda session: bool(session.whys or session.factors),
    ),
    _asked(SHARED),
    _asked(EARLIER),
    _of_actions("Are action items about this incident, and not all of one type?", plan.SCOPE, plan.ONE_TYPE),
    _unless("Does every root cause have an action, or a reason for none?", depth.ROOT_ACTION,
            when=lambda session: any(factor.root_cause for factor in session.factors)),
    _neutral,
    _reviewed,
    _asked(APPROVED),
    _asked(SECURITY),
    _seen_before,
)  # fmt: skip
"""The points in order: timing, structure, analysis, the checklist of anti-patterns, the review, the history."""
