"""Rewriting: a question made from the words of the sentence itself, or none where that would not read well."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from facilitator.checks.clauses import FARTHEST
from facilitator.checks.people_words import MARKS, SUBORDINATORS
from facilitator.checks.rules import WordClass
from facilitator.checks.verbs import base_of, forms, spellings
from facilitator.checks.words import Sentence, words_of

LONGEST = 90
"""How many characters of a sentence a question repeats at most."""

_STOPS = (SUBORDINATORS | {"and", "but", "or", "then", "despite", "causing", "leading", "resulting"}) - {"as"}
_ARTICLES = words_of("a an the this that these those our your any some all another")
_SELF = words_of("i me my mine myself he him his himself she her herself")
_TRAILING = words_of("again too either anyway ever yet properly first enough")
_ATTITUDES = (
    "care", "ignore", "bother", "choose", "refuse", "decline", "decide", "opt", "prefer", "insist", "want", "wish",
    "hesitate", "dare", "hate", "like", "mind", "resist", "deny", "dismiss", "disregard", "panic", "hope",
)  # fmt: skip
"""Verbs that say how somebody stood to something: made natural or easy, they would be an insult."""

_NEGATING = words_of("not never no nobody noone no-one nothing none neither nor without hardly barely unless")
_TRAITS = (
    "be", "listen", "think", "know", "respect", "learn", "trust", "behave", "prevent", "avoid", "foresee", "anticipate",
    "predict", "expect", "guess", "realise", "realize",
)  # fmt: skip
"""Verbs of what somebody is, or would have to know beforehand: no way of work makes them natural."""

_NORMS = words_of("should ought could must would might")
_LEFT_OUT = ("forget", "fail", "neglect", "omit")
_MARKED_UP = re.compile(r"[\n|*<>]")


def rewritten(form: str, sentence: Sentence, start: int, done: int, classes: Iterable[WordClass] = ()) -> str:
    """Return a form filled with what begins at the word `done`, or nothing when it cannot be done well.

    What was found begins at the word `start`. Where it holds two negations, as "should never have" does, or a verb of
    attitude, as "chose to" and "did not care" do, the question would say the opposite, or insult: there is none.
    {do} becomes "run the migration", {doing} "running the migration", {thing} "the migration" where that comes at once.
    The verb is known when it follows "to" or "not", or is one of `classes`.
    """
    if not 0 <= done < len(sentence.words):
        return ""
    if _turns_round(sentence.words[start : done + 1]):
        return ""
    end = _end(sentence, done)
    if "{thing}" in form:
        thing = _text(sentence, done, end)
        return form.format(thing=thing) if sentence.words[done] in _ARTICLES and thing else ""
    word = sentence.words[done]
    base = base_of(word, _verbs(tuple(classes)))
    if not base and done and sentence.words[done - 1] in ("to", "not") and word.isalpha():
        base = word
    rest = _text(sentence, done + 1, end)
    return form.format(do=f"{base} {rest}", doing=f"{forms(base).gerund} {rest}") if base and rest else ""


def _turns_round(words: Sequence[str]) -> bool:
    """Tell whether words up to what was done hold a verb of attitude, or deny twice."""
    left_out = _spelled(_LEFT_OUT)
    if not _spelled(_ATTITUDES).isdisjoint(words) or words[-1] in _spelled(_TRAITS) or words[-1] in left_out:
        return True
    denied = sum(word in _NEGATING or word in left_out for word in words)
    return denied + ("have" in words and not _NORMS.isdisjoint(words)) > 1


@lru_cache(maxsize=4)
def _spelled(bases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(spelling for base in bases for spelling in spellings(base, ""))


def _end(sentence: Sentence, place: int) -> int:
    """Return the place after the last word that belongs to what is done."""
    words = sentence.words
    end = place + 1
    while end < min(len(words), place + FARTHEST) and words[end] not in _STOPS and words[end] not in MARKS:
        end += 1
    while end > place + 1 and words[end - 1] in _TRAILING:
        end -= 1
    return end


def _text(sentence: Sentence, start: int, end: int) -> str:
    """Return the words from one place to another as they are written; nothing when they are no part of a question."""
    if end <= start or not _SELF.isdisjoint(sentence.words[start:end]):
        return ""
    text = sentence.text[sentence.starts[start] : sentence.ends[end - 1]]
    return "" if len(text) > LONGEST or _MARKED_UP.search(text) else " ".join(text.split())


@lru_cache(maxsize=64)
def _verbs(classes: tuple[WordClass, ...]) -> frozenset[str]:
    return frozenset(word for each in classes if each.verbs for word in each.words)
