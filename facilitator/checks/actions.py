"""How well actions are worded: a verb, an object, a limit, so that everybody can see when it is done.

Google SRE and Atlassian ask of an action that it is actionable, specific and bounded; "Postmortems: learning from
failure" counts vague ones ("improve testing") among what goes wrong with postmortems.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from facilitator.checks.action_rewrites import bounded, by_when, decided, finished, guarded, safer, split_up
from facilitator.checks.action_words import (
    BY_HOW_MUCH,
    FINDING_OUT,
    MAKING_SURE,
    NEVER_DONE,
    NO_VERB,
    ONLY_PEOPLE,
    OPEN_ABSTRACT,
    SAME_THING,
    VAGUE,
    VERBS,
)
from facilitator.checks.finding import Category, Finding
from facilitator.model.cue_missing import shows_that_it_worked
from facilitator.model.session import Action, ActionStatus, Session

VERB, OBJECT, VAGUE_VERB, LIMIT = "action.no-verb", "action.no-object", "action.vague", "action.no-limit"
CHECK, TELLS, SEVERAL = "action.no-check", "action.tells-people", "action.several"

_LONGEST = 2_000
"""How many characters of an action are looked at; what is longer is a document."""

_LEAD = re.compile(
    r"(?:\s|[-*•]|\[[^\]\n]{0,20}\]|\d{1,2}[.)]|(?:todo|action|ai|p[0-3]|please|also|then|we|i|you|somebody|someone|should|"
    r"must|will|could|need|needs|have(?=\s+to\s)|to|let's)\b[:,]?(?=\s))+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’._/-][^\W_]+)*")
_BOUND = re.compile(
    r"(?<![\w.#-])\d+(?:[.,]\d+)?(?![\w.-]*\w[.-])|\b(?:at most|at least|less than|more than|fewer than|below|"
    r"above|until|within|every|each|daily|weekly|monthly|hourly|so that|by (?:[a-z]+ly )?[a-z]+ing|and (?:write|report|"
    r"decide|document|publish|list|add|file|propose|fix|remove|replace)|with an? (?:report|list|decision|summary)|"
    r"as a (?:check|test))\b",
    re.IGNORECASE,
)
_PEOPLE = frozenset((
    "engineer", "engineers", "developer", "developers", "devs", "dev", "team", "teams", "people", "staff", "everyone",
    "everybody", "on-call", "oncall", "operator", "operators", "responder", "responders", "colleagues", "employees",
    "users", "admins", "all", "new", "us", "sre", "sres", "junior", "juniors", "someone", "folks", "members",
    "support", "managers", "him", "her", "them",
))  # fmt: skip
_AWARE = re.compile(
    r"(?:re-?)?training\b|reminders?\b|awareness\b|(?:raise|increase|build|create) (?:more )?awareness\b|"
    r"(?:send|write|post) (?:out )?an? (?:reminder|note|mail|e-?mail|message) to\b|be (?:more )?careful\b|"
    r"pay (?:more )?attention\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?P<sign>;|,?\s+and(?:\s+(?:then|also))?|,\s*then|,)\s+(?P<verb>[A-Za-z]+)\b(?:\s+(?P<after>[\w'’-]+))?"
)
_MADE = frozenset((
    "add", "create", "write", "remove", "delete", "update", "enable", "disable", "introduce", "implement", "replace",
    "fix", "migrate", "publish", "move", "define", "configure", "install", "automate", "document",
))  # fmt: skip
_ALSO = _MADE | frozenset((
    "run", "test", "review", "improve", "investigate", "alert", "notify", "train", "ensure", "schedule", "set",
    "make", "upgrade", "rename", "split", "deploy", "build", "increase", "reduce", "check", "verify", "require",
    "teach", "remind",
))  # fmt: skip
_NOUNS_TOO = frozenset(
    ("test", "review", "alert", "set", "build", "increase", "check", "split", "document", "update", "fix", "run")
)
_DETERMINERS = frozenset((
    "the", "a", "an", "our", "all", "each", "every", "any", "whether", "if", "on", "when", "contract", "new", "more",
    "up",
))  # fmt: skip
_TO_THE_SAME = frozenset(("it", "them", "this", "that", "its", "their", "how", "whether", "if", "accordingly", "again"))


class _Wording(NamedTuple):
    """An action as it is worded: its words in lower case and their places, from its first word of weight on."""

    action: Action
    text: str
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    def from_word(self, number: int) -> str:
        return self.text[self.places[number][0] :] if number < len(self.places) else ""


def action_findings(session: Session) -> tuple[Finding, ...]:
    """Return what could be clearer in the actions that are still to be done, in their order."""
    return tuple(finding for action in session.actions for finding in wording_findings(action))


def wording_findings(action: Action) -> tuple[Finding, ...]:
    """Return what could be clearer in one action; nothing about one that is done, or that won't be done."""
    if action.status in (ActionStatus.DONE, ActionStatus.WONT_DO):
        return ()
    wording = _wording(action)
    if not wording.words:
        return ()
    first = next((found for check in _CHECKS for found in check(wording)), None)
    return tuple(found for found in (first, next(_several(wording), None)) if found is not None)


def _wording(action: Action) -> _Wording:
    text = action.text[:_LONGEST]
    lead = _LEAD.match(text)
    found = list(_WORD.finditer(text, lead.end() if lead else 0))
    return _Wording(action, text, tuple(each[0].casefold() for each in found), tuple(each.span() for each in found))


def _tells(wording: _Wording) -> Iterator[Finding]:
    """Find an action that only tells people something, with nothing in it that can be counted."""
    words, start = wording.words, wording.places[0][0]
    aware = _AWARE.match(wording.text, start)
    object_is_people = words[0] in ONLY_PEOPLE and any(each in _PEOPLE for each in words[1:4])
    if (aware is None and not object_is_people) or _BOUND.search(wording.text, start):
        return
    end = aware.end() if aware else wording.places[0][1]
    why = "It tells people something and leaves what they work with as it is."
    question = "What would catch this for a person who has not heard of it, or is tired, or is new?"
    yield _finding(wording, TELLS, (start, end), (why, question, safer(wording.action)))


def _vague(wording: _Wording) -> Iterator[Finding]:
    words = wording.words
    phrase = next((each for each in _vague_by_word().get(words[0], ()) if words[: len(each)] == each), None)
    if phrase is None or _BOUND.search(wording.text, wording.places[0][0]):
        return
    verb, (start, end) = " ".join(phrase), (wording.places[0][0], wording.places[len(phrase) - 1][1])
    rest = wording.from_word(len(phrase))
    if verb in FINDING_OUT:
        why = f"“{wording.text[start:end]}” has no end: it does not say what comes out of it."
        question = "Which question does it answer, and where will the answer be written?"
        rewrite = decided(rest, wording.action)
    elif verb in MAKING_SURE:
        why = f"“{wording.text[start:end]}” says what is to be so, and not what makes it so."
        question = "What will make it so, and what will tell us when it is not?"
        rewrite = guarded(rest, wording.action)
    else:
        why = f"“{wording.text[start:end]}” does not say what will be different."
        question = "What will be there when it is done that is not there now?"
        rewrite = bounded(verb, rest, wording.action)
    yield _finding(wording, VAGUE_VERB, (start, end), (why, question, rewrite))


def _no_verb(wording: _Wording) -> Iterator[Finding]:
    if wording.words[0] in VERBS or wording.words[0] not in NO_VERB:
        return
    start, end = wording.places[0]
    if any(each in VERBS for each in wording.words[1:]) and ":" in wording.text[end : end + 2]:
        return
    why = "This is a topic: no verb says what will be done."
    question = "What will somebody do, and what is there when they have done it?"
    yield _finding(wording, VERB, (start, end), (why, question, finished(wording.from_word(0), wording.action)))


def _no_object(wording: _Wording) -> Iterator[Finding]:
    words = wording.words
    rest = [
        each
        for each in words[1:]
        if each not in SAME_THING and each not in ("more", "better", "new", "some", "all", "our")
    ]
    if words[0] not in VERBS or any(each not in OPEN_ABSTRACT for each in rest) or len(rest) > 3:
        return
    start, end = wording.places[0][0], wording.places[-1][1]
    why = "It does not say what exactly it is done to." if rest else "It does not say what it is done to."
    question = "Which part of it, and where?"
    yield _finding(wording, OBJECT, (start, end), (why, question, finished(wording.from_word(0), wording.action)))


def _no_limit(wording: _Wording) -> Iterator[Finding]:
    words = wording.words
    if (
        words[0] not in BY_HOW_MUCH
        or words[1:2] in (("over",), ("off",))
        or _BOUND.search(wording.text, wording.places[0][0])
    ):
        return
    start, end = wording.places[0]
    why = f"“{wording.text[start:end]}” says in which direction, and not how far."
    question = "From what to what, and how will it be measured?"
    rest = wording.from_word(1).rstrip(" .")
    rewrite = bounded(words[0], rest, wording.action) if words[1:] else ""
    yield _finding(wording, LIMIT, (start, end), (why, question, rewrite))


def _no_check(wording: _Wording) -> Iterator[Finding]:
    words = wording.words
    bound = _BOUND.search(wording.text, wording.places[0][0])
    if words[0] not in NEVER_DONE or bound or shows_that_it_worked(wording.action):
        return
    start, end = wording.places[0]
    why = f"“{wording.text[start:end]}” goes on for ever: nobody can see that it is done."
    question = "How will we see that it worked, and when do we look?"
    rewrite = f"{wording.from_word(0).rstrip(' .')}, to be seen by <which number or test> {by_when(wording.action)}"
    yield _finding(wording, CHECK, (start, end), (why, question, rewrite))


def _several(wording: _Wording) -> Iterator[Finding]:
    """Find a second action in the line: a verb after "and", a comma or a semicolon, that is done to something else."""
    if wording.words[0] not in VERBS and wording.words[0] not in _vague_by_word():
        return
    begin = wording.places[0][1]
    for found in _NEXT.finditer(wording.text, begin):
        verb, after = found["verb"].casefold(), (found["after"] or "").casefold()
        known = VERBS if found["sign"] == ";" else _MADE if found["sign"] == "," else _ALSO
        if (
            verb not in known
            or not after
            or after in _TO_THE_SAME
            or not _WORD.search(wording.text, begin, found.start())
        ):
            continue
        if verb in _NOUNS_TOO and after not in _DETERMINERS:
            continue
        start, end = found.start("verb"), found.end("verb")
        why = f"“{wording.text[start:end]}” begins a second action in the same line."
        question = "Can each of them be done, and closed, without the other?"
        rewrite = split_up(wording.text[wording.places[0][0] : found.start()], wording.text[start:])
        yield _finding(wording, SEVERAL, (start, end), (why, question, rewrite))
        return


def _finding(wording: _Wording, rule: str, place: tuple[int, int], said: tuple[str, str, str]) -> Finding:
    """Return a finding about the words at a place; `said` is why, the question, and the rewrite."""
    (start, end), (why, question, rewrite) = place, said
    return Finding(
        rule=rule,
        category=Category.ACTION,
        about=wording.action.id,
        field="text",
        start=start,
        end=end,
        words=wording.text[start:end],
        why=why,
        question=question,
        rewrite=rewrite,
    )


@lru_cache(maxsize=1)
def _vague_by_word() -> dict[str, list[tuple[str, ...]]]:
    """Return the vague verbs as words, by the first of them, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(each.split()) for each in VAGUE), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


_CHECKS: tuple[Callable[[_Wording], Iterator[Finding]], ...] = (
    _tells,
    _vague,
    _no_verb,
    _no_object,
    _no_limit,
    _no_check,
)
"""What is looked for at the beginning of an action; the first that is found is told, and the others are not."""
