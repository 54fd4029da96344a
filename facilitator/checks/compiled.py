"""Rules ready for use: their patterns understood, and found by the words that they begin with."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from facilitator.checks.patterns import LETTERS, Pattern, parsed
from facilitator.checks.rules import Context, Rule


class Use(NamedTuple):
    """A pattern, and the number of its rule."""

    rule: int
    pattern: Pattern


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
