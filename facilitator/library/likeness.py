"""How alike two sessions are: the words and values that they share, weighed by how much each of them says.

A word says more the fewer sessions have it, and the more it stands where the failure is told: in the title, the
summary and the causes rather than in the timeline. Words that a whole organisation uses say next to nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from math import log
from typing import NamedTuple

from facilitator.library.alike import forms, is_weak, plain_words, terms, written_words
from facilitator.library.facets import beginning
from facilitator.library.texts import BOUNDARY, Column
from facilitator.library.words import indexable, placed_words, words

COUNTED = 150
"""Of a word that more sessions have than this, it is only known that it is common."""

WEIGHTS: dict[Column, float] = {
    Column.TITLE: 4.0,
    Column.ABOUT: 4.0,
    Column.SUMMARY: 2.0,
    Column.CAUSES: 4.0,
    Column.ACTIONS: 0.6,
    Column.BODY: 1.0,
}
"""How much a word says by the column in which it stands."""

LENGTHS: dict[Column, int] = {
    Column.TITLE: 60,
    Column.ABOUT: 30,
    Column.SUMMARY: 1000,
    Column.CAUSES: 500,
    Column.ACTIONS: 500,
    Column.BODY: 2000,
}
"""How long a column usually is, in characters: a word in one that is longer says less."""

SERVICE, TAG, CAUSE = (beginning(field) for field in ("service", "tag", "cause"))
FIELDS = (SERVICE, TAG, CAUSE)
"""The fields whose values are compared, beside words."""

OTHER_CAUSE = 0.5
"""What is left of the likeness of sessions whose categories of cause are known and have nothing in common."""

_FULL = 6.0
_LENGTH = 0.7
_KEPT, _KEPT_OF_MANY = 60, 32
_MANY = 2_000
_COMMON = 6
_VALUE = 0.5
_LITTLE = 0.2
_READ = (Column.TITLE, Column.ABOUT, Column.SUMMARY, Column.CAUSES)
_CAUSES = tuple(Column).index(Column.CAUSES)

Having = Callable[[Sequence[str]], Sequence[int]]
"""Gives the numbers of the sessions that have one of some words or facets, at most `COUNTED` of them."""


class Texts(NamedTuple):
    """A session as it is compared: the columns of the index, and its facets."""

    columns: tuple[str, ...]
    facets: str

    def words(self) -> set[str]:
        """Return all words of the columns, those of addresses too."""
        return {word for text in self.columns for word in words(text)}

    def values(self, field: str) -> frozenset[str]:
        """Return the facets of one field."""
        return frozenset(each for each in self.facets.split() if each.startswith(field))


class Likeness(NamedTuple):
    """How alike a session is: 1 for one that says the same. `shared` are the terms of both, with how much each counts.

    With `other_cause` the categories of cause of both are known, and have nothing in common; with `same_values` a
    category is the same, and so is a service or a tag.
    """

    score: float
    shared: Mapping[str, float] = {}
    other_cause: bool = False
    same_values: bool = False

    @property
    def terms(self) -> list[str]:
        """The terms of both, what counts most first."""
        return sorted(self.shared, key=lambda term: (-self.shared[term], term))


class Profile:
    """What is compared of one session, in view of which sessions of the store have each word.

    `weights` says how much each term counts; `scores` has the sessions that share rare words, by their numbers, each
    with how much that is, and `commons` the words that are too common for that, what counts most first.
    """

    def __init__(self, texts: Texts, sessions: int, having: Having) -> None:
        self.texts = texts
        self.services, self.tags, self.causes = (texts.values(field) for field in FIELDS)
        self.weights: dict[str, float] = {}
        self._sessions = sessions
        self._counts: dict[str, int] = {}
        told = _told(texts.columns)
        most = _KEPT if sessions < _MANY else _KEPT_OF_MANY
        kept = sorted(told, key=lambda term: (-told[term], term))[:most]
        self._terms: dict[str, tuple[str, ...]] = {}
        self._rows: dict[int, list[str]] = {}
        for term in kept:
            words = forms(term)
            numbers = having(words)
            self._counts[term] = len(numbers)
            self.weights[term] = told[term] * self._rareness(len(numbers))
            for word in words:
                self._terms[word] = (*self._terms.get(word, ()), term)
            for number in numbers if len(numbers) < COUNTED else ():
                self._rows.setdefault(number, []).append(term)
        self.scores = {number: sum(self.weights[term] for term in found) for number, found in self._rows.items()}
        common = [term for term in kept if self._counts[term] >= COUNTED]
        self.commons = [forms(term) for term in sorted(common, key=lambda term: (-self.weights[term], term))]
        causes = plain_words(texts.columns[_CAUSES])
        self._caused = {term for word in causes for term in terms(word)} & self.weights.keys() or set(kept)
        values = sorted({*self.services, *self.tags, *self.causes})
        self._values = {each: _VALUE * self._rareness(len(having((each,)))) for each in values}
        self._whole = sum(told[term] * weight for term, weight in self.weights.items()) + sum(self._values.values())

    def compare(self, number: int, other: Texts) -> Likeness:
        """Return how alike the session of a number is.

        Words of its actions and its body count once each, and only those that are not common: reading all of them
        takes ten times as long.
        """
        if not self._whole:
            return Likeness(0.0)
        found: dict[str, float] = {}
        for column, text in zip(_READ, other.columns, strict=False):
            if text:
                weight = _weight(column, text)
                for word in filter(self._terms.__contains__, plain_words(text)):
                    for term in self._terms[word]:
                        found[term] = found.get(term, 0.0) + weight
        elsewhere = _weight(Column.BODY, other.columns[-1])
        for term in self._rows.get(number, ()):
            found.setdefault(term, elsewhere)
        parts = {term: self.weights[term] * told / (told + _FULL) for term, told in found.items()}
        there = set(other.facets.split())
        total = sum(sorted(parts.values())) + sum(much for each, much in self._values.items() if each in there)
        same_cause = bool(there & self.causes)
        other_cause = bool(self.causes) and not same_cause and CAUSE in other.facets
        score = min(1.0, total * (OTHER_CAUSE if other_cause else 1.0) / self._whole)
        return Likeness(score, parts, other_cause, same_cause and bool(there & (self.services | self.tags)))

    def shared_causes(self, text: str) -> tuple[int, float]:
        """Return how many words of a text stand for what caused the incident, and how much they count."""
        found = {each[0]: each for word in plain_words(indexable(text)) if (each := self._cause_terms_of(word))}
        return len(found), sum(
            sorted(self.weights[each] for each in {each for terms in found.values() for each in terms})
        )

    def terms_of(self, word: str) -> tuple[str, ...]:
        """Return the terms that a word in small letters stands for, none when it is not shared."""
        return self._terms.get(word, ())

    @cached_property
    def written(self) -> dict[str, dict[str, str]]:
        """The words of the session itself that stand for each term, in small letters, each as it is written first."""
        # Its own words are more than the forms of their terms: "deployments" stands for what "release" does.
        own = {word for text in self.texts.columns for word in plain_words(text)}
        return _spelled(
            self.texts.columns,
            {word: found for word in own if (found := [each for each in terms(word) if each in self.weights])},
        )

    def find(self, texts: Iterable[str], wanted: Iterable[str]) -> dict[str, dict[str, str]]:
        """Return the words in texts that stand for each wanted term, as `written` has them."""
        return _spelled(texts, {word: self.terms_of(word) for term in wanted for word in forms(term)})

    def is_rare(self, term: str) -> bool:
        """Tell whether few sessions have a word that stands for a term."""
        count = self._counts[term]
        return count < COUNTED and (self._sessions < 2 * _COMMON or count * _COMMON <= self._sessions)

    def _cause_terms_of(self, word: str) -> tuple[str, ...]:
        return tuple(term for term in self.terms_of(word) if term in self._caused)

    def _rareness(self, count: int) -> float:
        """Return how much something says that so many sessions have; next to nothing if most have it."""
        if count >= COUNTED:
            count = max(count, self._sessions // _COMMON)
        count = min(max(1, count), self._sessions)
        return log(1 + (self._sessions - count + 0.5) / (count + 0.5))


def _spelled(texts: Iterable[str], known: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """Return the words in texts that stand for each term, in small letters, each as it is written first.

    `known` are the words that are looked for, in small letters, with the terms that they stand for.
    """
    found: dict[str, dict[str, str]] = {}
    every = [text.replace(BOUNDARY, " ") for text in texts]
    plain = BOUNDARY.join(filter(str.isascii, every))
    pairs = [each for each in zip(plain_words(plain), written_words(plain), strict=True) if each[0] in known]
    for text in every:
        if not text.isascii():
            pairs += [(word, text[run.start : run.end]) for run in placed_words(text) for word in run.words]
    for word, said in pairs:
        for term in known.get(word, ()):
            found.setdefault(term, {}).setdefault(word, said)
    return found


def _told(columns: Sequence[str]) -> dict[str, float]:
    """Return how much each term is told of in the columns of a session, from 0 to 1."""
    found: dict[str, float] = {}
    for column, text in zip(Column, columns, strict=True):
        weight = _weight(column, text)
        for word in plain_words(text):
            for term in terms(word):
                found[term] = found.get(term, 0.0) + weight
    return {term: told / (told + _FULL) * (_LITTLE if is_weak(term) else 1.0) for term, told in found.items()}


def _weight(column: Column, text: str) -> float:
    """Return how much a word says in a column that holds this text."""
    return WEIGHTS[column] / (1 - _LENGTH + _LENGTH * len(text) / LENGTHS[column])
