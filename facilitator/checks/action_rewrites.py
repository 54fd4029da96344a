"""Skeletons of better wordings for actions, made from their own words; what only people know stands in <brackets>."""

import re

from facilitator.checks.action_words import VERBS
from facilitator.checks.verbs import base_of
from facilitator.model.session import Action

LONGEST = 120
"""How many characters of an action a skeleton repeats at most."""

_WATCHING = frozenset(
    ("monitoring", "alerting", "alerts", "alert", "observability", "dashboard", "dashboards", "metrics")
)
_WRITING = frozenset(
    ("documentation", "docs", "runbook", "runbooks", "playbook", "instructions", "guide", "guidelines")
)
_TRYING = frozenset(("test", "tests", "testing", "coverage"))
_AGREEING = frozenset(("process", "processes", "procedure", "policy", "communication", "collaboration", "coordination"))
_SHORT = 3
_SMALL = frozenset(("our", "the", "a", "an", "more", "better", "and", "in", "of", "for", "to", "on"))
_OF = re.compile(r"\b(?:of|for|on|around|about)\s+(.+)", re.DOTALL)
_CLAUSE = re.compile(r"\b(?:is|are|was|were|has|have|can|cannot|do|does|gets?|stays?|must|will|works?|runs?|fires?)\b")
_QUESTION = re.compile(r"(?:why|how|what|which|when|where|whether|if)\b", re.IGNORECASE)


def by_when(action: Action) -> str:
    """Return until when an action is to be done, as its skeleton says it."""
    return f"by {action.due.isoformat()}" if action.due is not None else "by <date>"


def bounded(verb: str, rest: str, action: Action) -> str:
    """Return a vague action, its verb and the rest of it, with the limits that such actions have."""
    words = set(re.findall(r"\w+", rest.casefold()))
    found = _OF.search(rest)
    thing = _short(found[1] if found else _without(rest, _WATCHING | _WRITING | _TRYING | _AGREEING)) or "<what>"
    if words & _WATCHING or verb == "monitor":
        watched = thing if words & _WATCHING else _short(rest) or "<what>"
        return f"Alert when <which value> of {watched} is <above or below what> for <how long>"
    if words & _WRITING:
        return f"Write <which steps> for {thing} {by_when(action)}, and have <a person who did not write them> try them"
    if words & _TRYING:
        return f"Add a test for {thing} that fails when <which case>, {by_when(action)}"
    if words & _AGREEING:
        return f"Add <which step> for {thing} to <which place where the work is done> {by_when(action)}"
    return f"{_capital(verb)} {_short(rest) or '<what>'} from <how it is> to <how it is to be> {by_when(action)}"


def decided(rest: str, action: Action) -> str:
    """Return an action that looks into something as one that ends with an answer or a decision."""
    thing = _short(rest)
    if not thing:
        return f"Decide <which question> {by_when(action)}, and write the reason into <where>"
    first, _, others = thing.partition(" ")
    base = base_of(first.casefold(), VERBS) if first.casefold().endswith("ing") else ""
    if first.casefold() in ("with", "in", "at", "by", "as"):
        return f"Decide <which question> {thing} {by_when(action)}, and write the reason into <where>"
    if base and others:
        return f"Decide {by_when(action)} whether to {base} {others}, and write the reason into <where>"
    if _QUESTION.match(thing):
        return f"Find out {thing} {by_when(action)}, and write the answer into <where>"
    return f"Answer <which question> about {thing} {by_when(action)}, and write the answer into <where>"


def guarded(rest: str, action: Action) -> str:
    """Return an action that wants a state to hold as one that adds what keeps it so."""
    thing = _short(re.sub(r"^that\s+", "", rest, flags=re.IGNORECASE)) or "<what>"
    if _CLAUSE.search(thing):
        return f"Add <which check> that fails unless {thing}, {by_when(action)}"
    if len(thing.split()) > _SHORT:
        return f"Add <which check> that fails when this is not so, {by_when(action)}"
    return f"Add <which check or safeguard> for {thing} {by_when(action)}"


def finished(words: str, action: Action) -> str:
    """Return a topic, or a verb and something general, as an action with an object of its own and an end."""
    thing = _short(words)
    first, _, others = thing.partition(" ")
    if first.casefold() in VERBS:
        return f"{_capital(first)} {others or '<what>'} <of what, and where> {by_when(action)}"
    return f"Add {_small(thing)} <where, and with which limit> {by_when(action)}"


def safer(action: Action) -> str:
    """Return what could stand in place of telling people: something in what they work with."""
    return f"Change <which tool or step> so that <what happened> is caught or cannot happen, {by_when(action)}"


def split_up(first: str, second: str) -> str:
    """Return two actions that stood in one line as two lines."""
    return f"{first.rstrip(' ,;')}\n{_capital(second)}"


def _short(text: str) -> str:
    """Return words that can be repeated, as one line without the mark at their end; nothing when they are too many."""
    line = " ".join(text.split()).rstrip(" .,;:!?")
    return line if len(line) <= LONGEST else ""


def _without(text: str, words: frozenset[str]) -> str:
    left = [each for each in text.split() if each.casefold().strip(".,") not in words | _SMALL]
    return " ".join(left)


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _small(text: str) -> str:
    """Return words as they stand within a sentence: a name or an abbreviation keeps its capitals."""
    return f"{text[:1].lower()}{text[1:]}" if text[1:2].islower() else text
