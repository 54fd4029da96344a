"""All checks of a session: what an experienced facilitator would point out, in reading order. Nothing is kept."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from facilitator.checks import depth, language
from facilitator.checks.actions import TELLS, action_findings
from facilitator.checks.compiled import Rules
from facilitator.checks.depth import depth_findings
from facilitator.checks.finding import Category, Finding
from facilitator.checks.language import people_of
from facilitator.checks.rules import Context
from facilitator.checks.sensitive import sensitive_findings
from facilitator.checks.texts import Text, reading_order, texts
from facilitator.checks.timeline import timeline_findings
from facilitator.model.meeting_items import Account
from facilitator.model.session import Action, Entry, Factor, Lesson, Parked, Question, ResponseNote, Session, Why

_CONTEXTS: dict[str, Context] = {
    "title": Context.SUMMARY,
    "summary": Context.SUMMARY,
    "impact.prose": Context.SUMMARY,
    "detection.prose": Context.RESPONSE,
    "detection.faster": Context.RESPONSE,
    "response.runbooks": Context.RESPONSE,
    "response.command": Context.RESPONSE,
    "response.communication": Context.RESPONSE,
    "trigger": Context.FACTOR,
    "resolution": Context.RESPONSE,
}
"""What the prose of the session itself is for."""

_BLAME = frozenset((Category.PERSON, Category.STOPS, Category.COUNTERFACTUAL))
_LANGUAGE = tuple(Category)[:6]
_SAID_BETTER: dict[str, Collection[Category]] = {
    depth.HUMAN_ERROR: _BLAME,
    depth.PERSON: _BLAME,
    TELLS: (Category.REMEDY,),
}
"""Which finding is left out where one of language in the same text has the words themselves."""


def check(
    session: Session,
    now: datetime,
    rules: Rules,
    patterns: Sequence[str] = (),
    *,
    silences: Collection[timedelta] | None = None,
) -> tuple[Finding, ...]:
    """Return all findings of a session in reading order, each once; what is muted is among them.

    `now` is aware; `patterns` are one's own for what is sensitive; `silences` are how long the gaps are that stand
    out in the timeline, when that is known already (see `cue_missing.standing_out`).
    """
    found = [
        *_language(texts(session), session, rules),
        *timeline_findings(session, now, silences),
        *depth_findings(session, now),
        *action_findings(session),
        *sensitive_findings(session, patterns),
    ]
    order = reading_order(session)
    last = len(order)
    kept = _once(found)
    return tuple(sorted(kept, key=lambda each: _place(each, order, last)))


def context_of(text: Text, answered: Collection[str] = ()) -> Context | None:
    """Return what a text of a session is for, or None for one that is no prose, such as a source or an address.

    `answered` are the ids of the whys that have an answer (see `answered_whys`): the analysis does not stop there.
    """
    item, field = text.item, text.field
    match item:
        case None:
            return _CONTEXTS.get(field)
        case Entry():
            return Context.TIMELINE if field == "text" else None
        case Why():
            return Context.SUMMARY if item.parent is None or item.id in answered else Context.WHY_ANSWER
        case Factor():
            if field != "text":
                return Context.SUMMARY
            return Context.ROOT_CAUSE if item.root_cause else Context.FACTOR
        case ResponseNote():
            return Context.RESPONSE
        case Lesson():
            return Context.LESSON
        case Action() | Parked():
            return Context.ACTION if field == "text" else Context.SUMMARY
        case Question() | Account():
            return Context.CHAT
    return None


def answered_whys(session: Session) -> frozenset[str]:
    """Return the ids of the whys below which there is an answer."""
    return frozenset(why.parent for why in session.whys if why.parent is not None)


def _language(found: Iterable[Text], session: Session, rules: Rules) -> Iterator[Finding]:
    people, answered = people_of(session), answered_whys(session)
    for text in found:
        context = context_of(text, answered)
        if context is not None:
            for each in language.findings(text.text, context, rules, people):
                yield _placed(each, text)


def _placed(finding: Finding, text: Text) -> Finding:
    return msgspec.structs.replace(finding, about=text.about, field=text.field)


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Return each finding once, and none that another one about the same words says better."""
    given = list(dict.fromkeys(found))
    said: dict[tuple[str, str], set[Category]] = {}
    for each in given:
        if each.category in _LANGUAGE:
            said.setdefault((each.about, each.field), set()).add(each.category)
    return [
        each
        for each in given
        if said.get((each.about, each.field or "text"), set()).isdisjoint(_SAID_BETTER.get(each.rule, ()))
    ]


def _place(finding: Finding, order: dict[tuple[str, str], int], last: int) -> tuple[int, int, int, str]:
    place = order.get((finding.about, finding.field), order.get((finding.about, ""), last))
    return place, finding.start, finding.end, finding.rule
