"""Hearing: of which kind a line is that was just typed, such as an observation, a decision or a fix."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from facilitator.model.cue_phrases import PHRASES, WORDS
from facilitator.model.cue_values import Heard

LONGEST = 2_000
"""How many characters of a text are heard; what comes after them is a document, and no line."""

_WIDEST_GAP = 3
_SENTENCE = re.compile(r"[.!;:?]+(?=\s|$)|\n")
_UNHEARD = re.compile(r"`[^`]*`|https?://\S+")
_WORD = re.compile(r"@?\w+(?:[-']\w+)*")
_NAME = "\ue000"
"""Stands for a name in a text that is heard: a character that means nothing, which `text.clean` leaves alone."""


class _Step(NamedTuple):
    """One word of a phrase: which words it may be, and how those may begin. A gap is up to three words of any kind."""

    words: frozenset[str]
    stems: tuple[str, ...]
    optional: bool
    gap: bool

    def takes(self, word: str) -> bool:
        return word in self.words or (bool(self.stems) and word.startswith(self.stems))


class _Rule(NamedTuple):
    """A phrase, of what it is a sign or, when `unless`, no sign, and whether it must begin a sentence."""

    kind: Heard
    unless: bool
    begins: bool
    steps: tuple[_Step, ...]


class _Rules(NamedTuple):
    """All phrases, by the words and the beginnings of words with which they begin."""

    by_word: dict[str, list[_Rule]]
    by_stem: dict[str, list[_Rule]]

    def beginning(self, word: str) -> Iterator[_Rule]:
        yield from self.by_word.get(word, ())
        for stem, rules in self.by_stem.items():
            if word.startswith(stem):
                yield from rules


def heard(text: str, people: Collection[str] = ()) -> tuple[Heard, ...]:
    """Return of which kinds a line is, the kind that most needs an answer first; nothing for a question.

    `people` are names in lower case as `whys.people` gives them; with them, a person as a cause is heard. It takes time
    in proportion to the length of the text. What is meant as code, and what comes after `LONGEST` characters, is not
    heard.
    """
    if text.rstrip().endswith("?"):
        return ()
    kinds = {kind for sentence in _sentences(text, people) for kind in _kinds(sentence)}
    return tuple(kind for kind in PHRASES if kind in kinds)


def _kinds(sentence: Sequence[str]) -> set[Heard]:
    rules = _rules()
    said: set[Heard] = set()
    unless: set[Heard] = set()
    for place, word in enumerate(sentence):
        for rule in rules.beginning(word):
            found = unless if rule.unless else said
            if rule.kind not in found and not (rule.begins and place) and _follow(rule.steps, sentence, place):
                found.add(rule.kind)
    return said - unless


def _follow(steps: tuple[_Step, ...], words: Sequence[str], place: int) -> bool:
    """Tell whether a phrase stands at a place. A phrase has few steps, so that few ways are tried."""
    if not steps:
        return True
    step, rest = steps[0], steps[1:]
    if step.gap:
        return any(_follow(rest, words, place + skipped) for skipped in range(_WIDEST_GAP + 1))
    if place < len(words) and step.takes(words[place]) and _follow(rest, words, place + 1):
        return True
    return step.optional and _follow(rest, words, place)


def _sentences(text: str, people: Collection[str]) -> Iterator[list[str]]:
    """Return the sentences of a text as words, names as one sign."""
    names = _names(people)
    text = _UNHEARD.sub(" ", text[:LONGEST]).casefold().replace("’", "'")
    for sentence in _SENTENCE.split(text):
        if words := _WORD.findall(sentence):
            yield list(_named(words, names))


def _named(words: list[str], names: Collection[tuple[str, ...]]) -> Iterator[str]:
    """Return words with each name as one sign, and what shows possession as a word of its own."""
    place = 0
    while place < len(words):
        size, owns = _name_at(words, place, names)
        yield _NAME if size else words[place]
        if owns:
            yield "'s"
        place += size or 1


def _name_at(words: list[str], place: int, names: Collection[tuple[str, ...]]) -> tuple[int, bool]:
    """Return how many words from a place on are a name, 0 when none are, and whether something is theirs."""
    for name in names:
        *first, last = words[place : place + len(name)]
        if (*first, last.removesuffix("'s")) == name:
            return len(name), last.endswith("'s")
    return 0, False


def _names(people: Collection[str]) -> Collection[tuple[str, ...]]:
    """Return names as words, the longest first; a first name alone stands for the whole one."""
    whole = {tuple(_WORD.findall(each.casefold().replace("’", "'"))) for each in people}
    names = {name for each in whole for name in (each, each[:1]) if name and len(name[0]) > 1}
    return sorted(names, key=lambda name: (-len(name), name))


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    rules = _Rules({}, {})
    for kind, phrases in PHRASES.items():
        for unless, phrase in (*((False, each) for each in phrases.said), *((True, each) for each in phrases.unless)):
            steps = tuple(_step(each) for each in phrase.removeprefix("^").split())
            rule = _Rule(kind, unless, phrase.startswith("^"), steps)
            for word in steps[0].words:
                rules.by_word.setdefault(word, []).append(rule)
            for stem in steps[0].stems:
                rules.by_stem.setdefault(stem, []).append(rule)
    return rules


def _step(word: str) -> _Step:
    if word == "...":
        return _Step(frozenset(), (), optional=False, gap=True)
    ways = tuple(_ways(word.removesuffix("?")))
    words = frozenset(each for each in ways if not each.endswith("*"))
    stems = tuple(each[:-1] for each in ways if each.endswith("*"))
    return _Step(words, stems, optional=word.endswith("?"), gap=False)


def _ways(word: str) -> Iterator[str]:
    for each in word.split("/"):
        if each == "NAME":
            yield _NAME
        elif each in WORDS:
            yield from _ways(WORDS[each])
        else:
            yield each
