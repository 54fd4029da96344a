"""A rule about language: which words it is about, where, why, and what to ask instead. A plain value."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from facilitator.checks.finding import Category

if TYPE_CHECKING:
    from facilitator.checks.patterns import Pattern


class Context(StrEnum):
    """What a text is for; the same words are blame in one place and a plain fact in another."""

    SUMMARY = "summary"
    TIMELINE = "timeline"
    ROOT_CAUSE = "root_cause"
    WHY_ANSWER = "why_answer"
    FACTOR = "factor"
    LESSON = "lesson"
    ACTION = "action"
    RESPONSE = "response"
    CHAT = "chat"


class WordClass(msgspec.Struct, frozen=True):
    """Words with one name in capitals, by which patterns speak of all of them; of verbs, `words` holds the bases."""

    name: str
    words: tuple[str, ...]
    verbs: bool = False


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule points out.

    `said` holds patterns (see `patterns`); one of them is enough. It is no finding when one of `unless` stands in the
    same clause. `contexts` are those in which it counts, all when empty, `not_in` those in which it does not. With
    `beside` it only counts in a sentence with a finding of one of these categories, and without `said` it goes with
    that finding. `asked` tells that it counts in questions too, `explained` that it is fine when the sentence goes on
    to the condition behind it. `classes` are the word classes that the patterns name. `why` is for the person who
    reads the finding, `question` what to ask instead, `rewrite` a form for {do}, {doing} or {thing}: what follows ">"
    in a pattern. `source` names the practice that the rule comes from.
    """

    id: str
    category: Category
    said: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    contexts: tuple[Context, ...] = ()
    not_in: tuple[Context, ...] = ()
    beside: tuple[Category, ...] = ()
    asked: bool = False
    explained: bool = False
    why: str
    question: str
    rewrite: str = ""
    source: str = ""
    classes: tuple[WordClass, ...] = ()


class Use(NamedTuple):
    """A pattern, and the number of its rule."""

    rule: int
    pattern: "Pattern"


class Index(NamedTuple):
    """Patterns by the words, or the first letters of words, by which they are found."""

    by_word: Mapping[str, Sequence[Use]]
    by_letters: Mapping[str, Sequence[Use]]


class Rules(NamedTuple):
    """Rules compiled once: what they say, what makes it no finding, and the numbers of those that count somewhere.

    `counting` has them by the context, and by whether it is a question.
    """

    rules: tuple[Rule, ...]
    said: Index
    unless: Index
    counting: Mapping[tuple[Context, bool], frozenset[int]]


PAST = "\ue002"
"""The word that stands for any verb in the past."""

LETTERS = 4
"""How many letters at least are before "*" in the word by which a pattern is found."""


def compiled(rules: Iterable[Rule]) -> Rules:
    """Return rules ready for use. Raises PatternError, a ValueError, when a pattern cannot be understood."""
    kept = tuple(rules)
    counting = {
        (context, asked): frozenset(
            number for number, rule in enumerate(kept) if (rule.asked or not asked) and _counts(rule, context)
        )
        for context in Context
        for asked in (False, True)
    }
    return Rules(kept, _index(kept, "said"), _index(kept, "unless"), counting)


def _counts(rule: Rule, context: Context) -> bool:
    return context not in rule.not_in and (not rule.contexts or context in rule.contexts)


def _index(rules: Iterable[Rule], which: Literal["said", "unless"]) -> Index:
    from facilitator.checks.patterns import parsed

    by_word: dict[str, list[Use]] = {}
    by_letters: dict[str, list[Use]] = {}
    for number, rule in enumerate(rules):
        for text in rule.said if which == "said" else rule.unless:
            pattern = parsed(text, rule.classes)
            use = Use(number, pattern)
            for word in pattern.rare.words:
                by_word.setdefault(word, []).append(use)
            for stem in pattern.rare.stems:
                uses = by_letters.setdefault(stem[:LETTERS], [])
                if not uses or uses[-1] is not use:
                    uses.append(use)
    return Index(by_word, by_letters)
