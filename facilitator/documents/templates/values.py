"""What a template is given: plain text, numbers, lists and mappings, all of it cleaned, and nothing else."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from facilitator.documents.escape import address
from facilitator.documents.markdown import UNTITLED
from facilitator.documents.references import References, moment_day, refer
from facilitator.documents.sections.header import when
from facilitator.documents.sections.impact import YES_OR_NO
from facilitator.model.clocks import day, span
from facilitator.model.forest import forest
from facilitator.model.metrics import Measured, Metric, incident_day, measure, told
from facilitator.model.outcomes import done_on
from facilitator.model.session import Action, Entry, Factor, LessonKind, ResponseKind, Session
from facilitator.model.text import one_line, paragraphs

Values: TypeAlias = dict[str, Any]

VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "title": "the title",
        "status": "`draft`, `in review` or `final`",
        "severity": "`SEV1` to `SEV4`",
        "review_kind": "`incident`, `near miss`, `successful experiment` or `expected failure`",
        "services[]": "the services that were affected",
        "tags[]": "the tags",
        "cause": "the category of the root cause",
        "zone": "the zone of all times, such as `UTC`",
        "day": "the day of the incident, as `2026-11-15`",
        "when": "from when to when it was, with how long",
        "held": "the day of the postmortem",
        "facilitator": "who guided it",
        "authors[]": "who wrote it",
        "reviewers[]": "who reads it",
        "participants[].name": "who took part",
        "participants[].role": "the role of this person",
        "summary": "the summary; may have paragraphs",
        "trigger": "what set it off; may have paragraphs",
        "resolution": "how it was resolved; may have paragraphs",
        "impact.users": "how many users were affected, a number, or empty",
        "impact.features[]": "the features that were affected",
        "impact.regions[]": "the regions",
        "impact.revenue": "the amount with its currency",
        "impact.error_budget": "the share that was consumed in percent, a number, or empty",
        "impact.sla_breached": "`yes`, `no` or empty",
        "impact.prose": "the impact in words; may have paragraphs",
        "detection.source": "`alert`, `customer` or `person`",
        "detection.appropriate": "whether that was the right way: `yes`, `no` or empty",
        "detection.faster": "what would have been faster; may have paragraphs",
        "detection.prose": "how it was noticed; may have paragraphs",
        "response.runbooks": "how runbooks helped; may have paragraphs",
        "response.command": "how incident command went; may have paragraphs",
        "response.communication": "how communication went; may have paragraphs",
        "response.well[]": "what went well in the response",
        "response.harder[]": "what was harder than expected",
        "metrics.mttd": "time to detect, as `22 min`; empty when it cannot be measured",
        "metrics.mtta": "time to acknowledge",
        "metrics.mttr": "time to resolve",
        "metrics.duration": "the whole of it",
        "timeline[].day": "the day of the entry",
        "timeline[].time": "the time on the clock of `zone`, as `14:22`, `~14:30` or `14:30-14:35`",
        "timeline[].text": "what happened",
        "timeline[].milestones[]": "what the entry marks, such as `detected`",
        "timeline[].source": "where it is known from",
        "timeline[].links[]": "addresses of evidence, for the web or mail only",
        "whys[].depth": "0 for an effect, 1 for the answer to it, and so on; a number",
        "whys[].text": "the effect or the answer",
        "whys[].confidence": "`confirmed`, `likely`, `possible` or empty",
        "whys[].end": "why the branch ends: `actionable`, `outside our control`, `unknown` or empty",
        "factors[].name": "`F1`, or `M1` for what kept it from being worse",
        "factors[].text": "the factor",
        "factors[].category": "its category",
        "factors[].role": "what it did: `triggered`, `enabled`, `made larger`, `made longer`, `hid` or empty",
        "factors[].root_cause": "true or false",
        "factors[].mitigator": "true for what kept it from being worse, else false",
        "factors[].actions[]": "the names of the actions that address it",
        "root_causes[]": "the factors that are root causes, their words alone",
        "lessons.well[]": "what went well",
        "lessons.wrong[]": "what went wrong",
        "lessons.lucky[]": "where we got lucky",
        "actions[].name": "`A1`",
        "actions[].text": "what is to be done",
        "actions[].owner": "who does it, without an `@`",
        "actions[].due": "the day on which it is due, as `2026-11-22`",
        "actions[].ticket": "the ticket: a name, or an address",
        "actions[].priority": "`P0` to `P3`",
        "actions[].type": "`prevent`, `detect`, `mitigate` or `process`",
        "actions[].status": "`open`, `in progress`, `done` or `won't do`",
        "actions[].factors[]": "the names of the factors that it addresses",
        "actions[].note": "why it won't be done; may have paragraphs",
        "actions[].done": "the day on which it was done",
        "actions[].effect": "whether it worked",
        "questions[].text": "an open question",
        "questions[].owner": "who will find out, without an `@`",
        "questions[].answer": "the answer; may have paragraphs",
    }
)
"""All variables, each with what it is; `[]` follows a list. What is not known is empty."""


def template_values(session: Session) -> Values:
    """Return the variables of a template for a session as it may leave the program."""
    names = refer(session)
    started = incident_day(session)
    notes = session.response_notes
    return {
        "title": one_line(session.title) or UNTITLED,
        "status": str(session.status),
        "severity": str(session.severity or ""),
        "review_kind": str(session.review_kind),
        "services": _lines(session.services),
        "tags": _lines(session.tags),
        "cause": one_line(session.cause),
        "zone": names.zone,
        "day": day(started, names.zone, year=True) if started else "",
        "when": when(session, names),
        "held": session.held.isoformat() if session.held else "",
        "facilitator": one_line(session.facilitator),
        "authors": _lines(session.authors),
        "reviewers": _lines(session.reviewers),
        "participants": [{"name": one_line(each.text), "role": one_line(each.role)} for each in session.participants],
        **{field: paragraphs(getattr(session, field)) for field in ("summary", "trigger", "resolution")},
        "impact": _impact(session),
        "detection": {
            "source": str(session.detection.source or ""),
            "appropriate": YES_OR_NO[session.detection.appropriate],
            "faster": paragraphs(session.detection.faster),
            "prose": paragraphs(session.detection.prose),
        },
        "response": {
            **{field: paragraphs(getattr(session.response, field)) for field in session.response.__struct_fields__},
            "well": _lines(each.text for each in notes if each.kind is ResponseKind.WELL),
            "harder": _lines(each.text for each in notes if each.kind is ResponseKind.HARDER),
        },
        "metrics": {metric.lower(): _metric(session, metric) for metric in Metric},
        "timeline": [_entry(each, names) for each in session.timeline],
        "whys": _whys(session),
        "factors": [_factor(*each, names) for each in zip(session.factors, names.factors, strict=True)],
        "root_causes": _lines(each.text for each in session.factors if each.root_cause),
        "lessons": {
            str(kind): _lines(each.text for each in session.lessons if each.kind is kind) for kind in LessonKind
        },
        "actions": [_action(*each, names) for each in zip(session.actions, names.actions, strict=True)],
        "questions": [
            {"text": one_line(each.text), "owner": one_line(each.owner), "answer": paragraphs(each.answer)}
            for each in session.questions
        ],
    }


def _lines(texts: Iterable[str]) -> list[str]:
    return [line for text in texts if (line := one_line(text))]


def _impact(session: Session) -> Values:
    cost = session.impact
    return {
        "users": "" if cost.users is None else cost.users,
        "features": _lines(cost.features),
        "regions": _lines(cost.regions),
        "revenue": one_line(cost.revenue),
        "error_budget": "" if cost.error_budget is None else cost.error_budget,
        "sla_breached": YES_OR_NO[cost.sla_breached],
        "prose": paragraphs(cost.prose),
    }


def _metric(session: Session, metric: Metric) -> str:
    found = measure(session, metric)
    return told(found) if isinstance(found, Measured) else ""


def _entry(entry: Entry, names: References) -> Values:
    return {
        "day": moment_day(entry.at, names.zone),
        "time": span(entry.at, entry.until, names.zone),
        "text": one_line(entry.text),
        "milestones": [str(each) for each in entry.milestones],
        "source": one_line(entry.source),
        "links": [target for each in entry.links if (target := address(each))],
    }


def _whys(session: Session) -> list[Values]:
    trees = forest(session.whys)
    found: list[Values] = []
    waiting = [(number, 0) for number in reversed(trees.tops)]
    while waiting:
        number, depth = waiting.pop()
        why = session.whys[number]
        found.append(
            {
                "depth": depth,
                "text": one_line(why.text),
                "confidence": str(why.confidence or ""),
                "end": str(why.end or ""),
            }
        )
        waiting += [(each, depth + 1) for each in reversed(trees.below[number])]
    return found


def _factor(factor: Factor, name: str, names: References) -> Values:
    return {
        "name": name,
        "text": one_line(factor.text),
        "category": one_line(factor.category),
        "role": str(factor.role or ""),
        "root_cause": factor.root_cause,
        "mitigator": factor.mitigator,
        "actions": [each.removesuffix(" (won't do)") for each in names.addressed_by.get(factor.id, ())],
    }


def _action(action: Action, name: str, names: References) -> Values:
    done = done_on(action)
    return {
        "name": name,
        "text": one_line(action.text),
        "owner": one_line(action.owner),
        "due": action.due.isoformat() if action.due else "",
        "ticket": one_line(action.ticket),
        "priority": str(action.priority or ""),
        "type": str(action.type or ""),
        "status": str(action.status),
        "factors": [names.factor_by_id[each] for each in action.factors if each in names.factor_by_id],
        "note": paragraphs(action.note),
        "done": done.isoformat() if done else "",
        "effect": one_line(action.effect),
    }
