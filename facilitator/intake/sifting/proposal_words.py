"""Which rules apply to the words of a draft; phrases are found by their rarest word, so most drafts cost little."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from facilitator.checks.own_patterns import own_patterns
from facilitator.checks.words import words_of
from facilitator.intake.sifting.proposal_values import Guard, ProposalRule, ProposalRules
from facilitator.intake.sifting.wordings import (
    LONGEST_READ,
    MARK,
    Phrase,
    PhraseError,
    Sentence,
    parsed,
    places_of,
    sentences_in,
    words_in,
)

_ADDRESS = re.compile(r"https?://[^\s<>|\"')\]]{1,2000}")
_FARTHEST = 6
"""How many words before a phrase may hold it back."""

_SUBJECTS = words_of("we you i it the this that these those they he she anyone anybody someone somebody there")
_AUXILIARIES = words_of("is are was were do does did has have had can could should would will shall may am")


class _Use(NamedTuple):
    rule: int
    phrase: Phrase
    guards: frozenset[Guard]


class Words:
    """The phrases, patterns and addresses of some rules, by number, ready to be looked for in many texts."""

    def __init__(self, rules: ProposalRules, only: Collection[int]) -> None:
        self._rules = rules.rules
        self._denying = frozenset(rules.denying)
        self._supposing = frozenset(rules.supposing)
        self._asking = frozenset(rules.asking)
        lists = {name: frozenset(words) for name, words in rules.lists.items()}
        self._elsewhen = tuple(_phrases(rules.elsewhen, lists))
        self._unless = tuple(tuple(_phrases(rule.unless, lists)) for rule in rules.rules)
        self._uses = [
            _Use(number, phrase, frozenset(Guard) - frozenset(rule.even))
            for number, rule in enumerate(rules.rules)
            if number in only
            for phrase in _phrases(rule.phrases, lists)
        ]
        self._by_word: dict[str, list[int]] = {}
        self._by_stem: dict[str, list[int]] = {}
        for number, use in enumerate(self._uses):
            for word in use.phrase.rare.words:
                self._by_word.setdefault(word, []).append(number)
            for stem in use.phrase.rare.stems:
                self._by_stem.setdefault(stem, []).append(number)
        self._stems = tuple(self._by_stem)
        self._seen: set[str] = set()
        self._patterns = [
            (number, pattern)
            for number, rule in enumerate(self._rules)
            if number in only
            for pattern in own_patterns(rule.patterns)
        ]
        self._links = [
            (number, tuple(each.lower() for each in rule.links))
            for number, rule in enumerate(self._rules)
            if rule.links and number in only
        ]

    def rules_for(self, text: str) -> set[int]:
        """Return the numbers of the rules that apply to the words of a text."""
        found: set[int] = set()
        words = set(words_in(text))
        if self._stems and not self._seen.issuperset(words):
            self._learn(words - self._seen)
        likely = {
            number
            for word in words & self._by_word.keys()
            for number in self._by_word[word]
            if not (others := self._uses[number].phrase.others) or not others.isdisjoint(words)
        }
        if likely:
            for sentence in sentences_in(text):
                found.update(self._said(sentence, likely))
        if self._links and "://" in text:
            found.update(self._linked(text))
        for number, pattern in self._patterns:
            if number not in found and pattern.search(text, 0, LONGEST_READ):
                found.add(number)
        return found

    def _learn(self, words: Iterable[str]) -> None:
        """Note which phrases a word is of that begins as they say; every word is looked at once."""
        for word in words:
            if word.startswith(self._stems):
                uses = {use for stem, uses in self._by_stem.items() if word.startswith(stem) for use in uses}
                self._by_word[word] = sorted(uses.union(self._by_word.get(word, ())))
            self._seen.add(word)

    def _said(self, sentence: Sentence, likely: set[int]) -> Iterator[int]:
        words = sentence.words
        spoken = set(words)
        candidates = {use for word in spoken & self._by_word.keys() for use in self._by_word[word] if use in likely}
        if not candidates:
            return
        asked = sentence.asked or self._asks(words)
        elsewhen: bool | None = None
        done: set[int] = set()
        for number in sorted(candidates):
            rule, phrase, guards = self._uses[number]
            if rule in done or (asked and Guard.ASKED in guards):
                continue
            if any(not self._held_back(words, place, guards) for place, _ in places_of(phrase, words, self._denying)):
                if elsewhen is None:
                    elsewhen = any(_stands(each, words) for each in self._elsewhen)
                if elsewhen and Guard.ELSEWHEN in guards:
                    continue
                done.add(rule)
                if not any(_stands(each, words) for each in self._unless[rule]):
                    yield rule

    def _asks(self, words: list[str]) -> bool:
        if words[0] in self._asking:
            return True
        return words[0] in _AUXILIARIES and len(words) > 1 and words[1] in _SUBJECTS

    def _held_back(self, words: list[str], place: int, guards: Collection[Guard]) -> bool:
        """Tell whether a word before a place in its clause denies what follows, or only supposes it."""
        for here in range(place - 1, max(-1, place - 1 - _FARTHEST), -1):
            word = words[here]
            if word == MARK:
                return False
            if (Guard.NOT in guards and word in self._denying) or (Guard.MAYBE in guards and word in self._supposing):
                return True
        return False

    def _linked(self, text: str) -> Iterator[int]:
        addresses = " ".join(_ADDRESS.findall(text[:LONGEST_READ])).lower()
        for number, parts in self._links:
            if any(part in addresses for part in parts):
                yield number


def is_question(text: str) -> bool:
    """Tell whether a text ends with a question."""
    said = list(sentences_in(text))
    return bool(said) and said[-1].asked


def rules_by_signal(rules: Iterable[ProposalRule]) -> dict[str, list[int]]:
    """Return the numbers of rules by the signals to which they apply."""
    found: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        for signal in rule.signals:
            found.setdefault(signal, []).append(number)
    return found


def _stands(phrase: Phrase, words: list[str]) -> bool:
    rare = phrase.rare
    if rare.words.isdisjoint(words) and not any(map(rare.takes, words if rare.stems else ())):
        return False
    return next(places_of(phrase, words), None) is not None


def _phrases(texts: Iterable[str], lists: dict[str, frozenset[str]]) -> Iterator[Phrase]:
    """Return those of the phrases that can be understood; settings says which cannot."""
    for text in texts:
        try:
            yield parsed(text, lists)
        except PhraseError:
            continue
