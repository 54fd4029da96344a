"""How deep a postmortem goes: the checklist and the anti-patterns of "Postmortems: learning from failure".

What can be computed is a finding. What cannot, whether it was shared, whether earlier actions were done, is asked in
the checklist (see `checklist`) and is no finding, since it would never go away. Nothing is said about what is only to
come: see `stages`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from facilitator.checks.finding import Finding
from facilitator.checks.plan import PLAN_CHECKS
from facilitator.checks.scene import Scene, in_text, of
from facilitator.checks.stages import conditions, days_late, is_late, is_ripe, other_reviewers, over, reviewed_by
from facilitator.model.advice import facilitator_who_responded
from facilitator.model.cue_missing import short
from facilitator.model.links import factors_without_action
from facilitator.model.meetings import held_last
from facilitator.model.session import Factor, Milestone, Session, Status, Why
from facilitator.model.whys import names_a_person, people, situation_question

HUMAN_ERROR, PERSON, NO_SYSTEM = "depth.human-error", "depth.person-as-cause", "depth.no-systemic-factor"
SUMMARY, SINGLE, VAGUE_IMPACT = "depth.summary-only", "depth.single-cause", "depth.vague-impact"
ROOT_ACTION, FACTOR_ACTION = "depth.cause-without-action", "depth.factors-without-action"
FACILITATOR, LATE, NOT_HELD, EARLY = "depth.facilitator", "depth.late", "depth.not-held", "depth.held-before-end"
LESSONS, DETECTION, REVIEW = "depth.no-lessons", "depth.no-detection", "depth.no-review"

_ENOUGH = 3
_HUMAN_ERROR = re.compile(
    r"\b(?:human|user|operator|pilot|manual|admin(?:istrator)?) (?:error|mistake)s?\b|\bhuman factors?\b|"
    r"\bcarelessness\b|\bnegligence\b|\binattention\b|\black of (?:care|attention|discipline)\b",
    re.IGNORECASE,
)
_IMPRECISE = re.compile(
    r"\b(?:some|several|many|certain|various|a few|a number of|a small number of|a subset of|a handful of|most) "
    r"(?:of (?:our|the) )?(?:users?|customers?|clients?|people|requests|accounts|tenants|merchants|orders)\b",
    re.IGNORECASE,
)
_A_WHILE = re.compile(
    r"\bfor (?:a (?:short |long )?(?:while|time)|some time|a (?:short |brief )period)\b", re.IGNORECASE
)


def depth_findings(session: Session, now: datetime) -> tuple[Finding, ...]:
    """Return where a postmortem stops short, in the order of the document; `now` is aware."""
    scene = Scene(session, now, is_ripe(session, now))
    return tuple(found for check in _CHECKS for found in check(scene))


def _held(scene: Scene) -> Iterator[Finding]:
    session, now = scene.session, scene.now
    end = over(session)
    held, days = days_late(session, now)
    if end is None or days is None:
        return
    if held is not None and days < 0:
        why = f"The postmortem is dated {held.isoformat()}, before the incident was over."
        yield of(None, EARLY, why, "On which day was it held?")
    elif is_late(session, now):
        if held is not None:
            why = f"It was held {days} days after the incident; 24 to 72 hours after it people still remember."
            yield of(None, LATE, why, "What do records tell that nobody remembers any more?")
        elif session.status is not Status.FINAL:
            why = f"{days} days have passed since the incident, and no postmortem was held; memory fades within two."
            yield of(None, NOT_HELD, why, "When will it be held, and who can write down today what they remember?")


def _facilitator(scene: Scene) -> Iterator[Finding]:
    session = scene.session
    found = facilitator_who_responded(session, held_last(session))
    question = "Who was not in the incident, and could ask the questions?"
    if found is not None:
        why = f"The facilitator, {found.text}, was in the response as {found.role}; a neutral person asks more freely."
        yield of(None, FACILITATOR, why, question)
        return
    name = session.facilitator.strip()
    known = rf"(?<![\w@]){re.escape(name)}(?!\w)"
    entry = next((each for each in session.timeline if len(name) > 1 and re.search(known, each.text)), None)
    if entry is not None:
        why = f"The facilitator, {name}, acts in the timeline: “{short(entry.text)}”."
        yield of(entry, FACILITATOR, why, question)


def _impact(scene: Scene) -> Iterator[Finding]:
    session = scene.session
    for field, text in (("summary", session.summary), ("impact.prose", session.impact.prose)):
        found = _IMPRECISE.search(text) if session.impact.users is None else None
        if found is not None:
            why = "Readers cannot tell whether these are ten or ten thousand."
            yield in_text(found, VAGUE_IMPACT, ("", field), (why, "How many were it, or which share of all?"))
        found = _A_WHILE.search(text)
        if found is not None:
            why = "Readers cannot tell whether this is a minute or a day."
            yield in_text(found, VAGUE_IMPACT, ("", field), (why, "From when to when was it?"))


def _summary(scene: Scene) -> Iterator[Finding]:
    session = scene.session
    if not (session.summary or session.impact.prose):
        return
    missing = [
        name
        for name, there in (
            ("timeline", len(session.timeline) >= _ENOUGH),
            ("contributing factors", bool(conditions(session) or len(session.whys) >= _ENOUGH)),
            ("actions", bool(session.actions)),
        )
        if not there
    ]
    nothing = not (session.timeline or session.whys or session.factors or session.actions)
    final = session.status is not Status.DRAFT
    if (
        (len(missing) > 1 and scene.ripe)
        or (missing and final)
        or (nothing and scene.now - session.created > timedelta(days=1))
    ):
        told = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} or {missing[-1]}"
        why = f"There is a summary and no {told}: a summary is not a postmortem."
        yield of(None, SUMMARY, why, "What would somebody who was not there learn from this?")


def _detection(scene: Scene) -> Iterator[Finding]:
    session = scene.session
    told = session.detection.source is not None or session.detection.prose
    marked = any(Milestone.DETECTED in entry.milestones for entry in session.timeline)
    if scene.ripe and not told and not marked:
        why = "Nothing tells how it was noticed."
        yield of(None, DETECTION, why, "How did the first signal arrive, and what could have shown it earlier?")


def _causes(scene: Scene) -> Iterator[Finding]:
    """Find causes that are a person, and an analysis that has one cause, or nothing but persons."""
    session = scene.session
    known = people(session)
    persons: set[str] = set()
    asked = {why.parent for why in session.whys}
    items: list[Why | Factor] = [why for why in session.whys if why.parent is not None and why.id not in asked]
    for item in (*items, *session.factors):
        found = _HUMAN_ERROR.search(item.text)
        if found is not None:
            persons.add(item.id)
            why = "Human error is where an analysis begins: it is a symptom of what made the error likely."
            yield in_text(found, HUMAN_ERROR, (item.id, "text"), (why, situation_question()))
        elif names_a_person(item if isinstance(item, Why) else Why(text=item.text), known):
            persons.add(item.id)
            if isinstance(item, Why) or item.root_cause:
                what = "A root cause" if isinstance(item, Factor) else "This branch"
                why = f"{what} ends at a person, so it holds only until the next person is there."
                yield of(item, PERSON, why, situation_question())
    factors = conditions(session)
    if not scene.ripe or not factors:
        return
    if all(factor.id in persons for factor in factors):
        why = "Every factor is about a person, and none about what they worked with."
        yield of(None, NO_SYSTEM, why, "Which tools, processes or knowledge made this possible?")
    elif len(factors) == 1:
        why = "There is one factor with nothing around it; most incidents need several conditions at once."
        yield of(factors[0], SINGLE, why, "What made it possible, bigger, longer, or harder to see?")


def _factors(scene: Scene) -> Iterator[Finding]:
    session = scene.session
    if not session.actions:
        return
    without = factors_without_action(session)
    for factor in without:
        if factor.root_cause:
            why = "This is called a root cause, and no action addresses it, nor is it said why none does."
            yield of(factor, ROOT_ACTION, why, "What could be done about this, or why is nothing done?")
    others = [factor for factor in without if not factor.root_cause]
    if others and len(conditions(session)) > 1:
        number = f"{len(others)} of {len(conditions(session))} factors have"
        why = f"{number if len(others) > 1 else 'This factor has'} no action, and no reason for none."
        yield of(others[0], FACTOR_ACTION, why, "Which of them stay as they are, and was that decided?")


def _lessons(scene: Scene) -> Iterator[Finding]:
    if scene.ripe and scene.session.status is not Status.DRAFT and not scene.session.lessons:
        why = "It holds no lesson: neither what went well, nor what went wrong, nor where luck helped."
        yield of(None, LESSONS, why, "What do people know now that they did not know on the day?")


def _review(scene: Scene) -> Iterator[Finding]:
    session = scene.session
    if session.status is Status.DRAFT:
        return
    if not other_reviewers(session):
        who = "only by those who wrote it" if reviewed_by(session) else "by nobody"
        why = f"It is {session.status}, and reviewed {who}."
        yield of(None, REVIEW, why, "Who else should read this before it is final?")


_CHECKS: tuple[Callable[[Scene], Iterator[Finding]], ...] = (
    _held, _facilitator, _summary, _impact, _detection, _causes, _factors, _lessons, *PLAN_CHECKS, _review,
)  # fmt: skip
