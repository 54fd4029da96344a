"""Which sessions are worth comparing: few of a large store, found by the rare words and the values that they share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import nlargest
from itertools import combinations
from typing import NamedTuple, Protocol

import msgspec

from facilitator.library.compiling import Sql
from facilitator.library.facets import facets
from facilitator.library.facts import facts
from facilitator.library.index import Index
from facilitator.library.likeness import COUNTED, Profile, Texts
from facilitator.library.numbering import date_of
from facilitator.library.texts import Column, columns
from facilitator.library.words import indexable
from facilitator.model.session import Session

MOST_COMPARED = 24
"""How many sessions are compared; more could only bring those that share next to nothing."""

_NEWEST = 8
_COMMON = 4
_WITH = "SELECT rowid FROM found WHERE found MATCH ?"
_PLACES = "SELECT number, id, file FROM sessions WHERE number IN (SELECT value FROM json_each(?))"
_TEXTS = " ".join(
    ("SELECT rowid,", ", ".join(Column), ", facet FROM found WHERE rowid IN (SELECT value FROM json_each(?))")
)


class Place(NamedTuple):
    """Which session has a number: its id, the day of its incident, its file, and itself if it was read already."""

    id: str
    day: date
    file: str
    session: Session | None


class Source(Protocol):
    """Where sessions are looked up; each has a number, and a later incident has a higher one."""

    def count(self) -> int:
        """Return how many sessions there are."""

    def having(self, words: Sequence[str]) -> Sequence[int]:
        """Return the numbers of sessions that have one of these words or facets, at most `COUNTED` of them."""

    def newest(self, wanted: Sequence[Sequence[str]]) -> Sequence[int]:
        """Return the numbers of the newest sessions that have a word or facet of each of these."""

    def texts(self, numbers: Iterable[int]) -> Mapping[int, Texts]:
        """Return what is compared of sessions."""

    def places(self, numbers: Iterable[int]) -> Mapping[int, Place]:
        """Return which sessions these are."""


class FromIndex:
    """The sessions of an index. Every call may raise sqlite3.Error."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def count(self) -> int:
        """Return how many sessions there are."""
        return int(self._index.rows(Sql("SELECT count(*) FROM sessions"))[0][0])

    def having(self, words: Sequence[str]) -> Sequence[int]:
        """Return the numbers of sessions that have one of these words or facets, at most `COUNTED` of them."""
        found = self._index.rows(Sql(f"{_WITH} LIMIT {COUNTED}", (_any(words),)))
        return [number for (number,) in found]

    def newest(self, wanted: Sequence[Sequence[str]]) -> Sequence[int]:
        """Return the numbers of the newest sessions that have a word or facet of each of these."""
        asked = " AND ".join(f"({_any(words)})" for words in wanted)
        found = self._index.rows(Sql(f"{_WITH} ORDER BY rowid DESC LIMIT {_NEWEST}", (asked,)))
        return [number for (number,) in found]

    def texts(self, numbers: Iterable[int]) -> Mapping[int, Texts]:
        """Return what is compared of sessions."""
        chosen = msgspec.json.encode(list(numbers)).decode()
        rows = self._index.rows(Sql(_TEXTS, (chosen,)))
        return {number: Texts(tuple(told), values) for number, *told, values in rows}

    def places(self, numbers: Iterable[int]) -> Mapping[int, Place]:
        """Return which sessions these are."""
        rows = self._index.rows(Sql(_PLACES, (msgspec.json.encode(list(numbers)).decode(),)))
        return {number: Place(identity, date_of(number), file, None) for number, identity, file in rows}


class _Known(NamedTuple):
    place: Place
    texts: Texts


class FromFiles:
    """The sessions of a store, each with the name of its file, where there is no index."""

    def __init__(self, sessions: Iterable[tuple[str, Session]]) -> None:
        dated = ((facts(session).when, session.id, file, session) for file, session in sessions)
        self._known = [
            _Known(Place(identity, when.date(), file, session), texts_of(session))
            for when, identity, file, session in sorted(dated, key=lambda each: each[:2])
        ]
        self._having: dict[str, list[int]] = {}
        for number, each in enumerate(self._known):
            for word in {*each.texts.words(), *each.texts.facets.split()}:
                self._having.setdefault(word, []).append(number)

    def count(self) -> int:
        """Return how many sessions there are."""
        return len(self._known)

    def having(self, words: Sequence[str]) -> Sequence[int]:
        """Return the numbers of sessions that have one of these words or facets, at most `COUNTED` of them."""
        return sorted({number for word in words for number in self._having.get(word, ())})[:COUNTED]

    def newest(self, wanted: Sequence[Sequence[str]]) -> Sequence[int]:
        """Return the numbers of the newest sessions that have a word or facet of each of these."""
        every = ({number for word in words for number in self._having.get(word, ())} for words in wanted)
        found = set.intersection(*every)
        return sorted(found, reverse=True)[:_NEWEST]

    def texts(self, numbers: Iterable[int]) -> Mapping[int, Texts]:
        """Return what is compared of sessions."""
        return {number: self._known[number].texts for number in numbers}

    def places(self, numbers: Iterable[int]) -> Mapping[int, Place]:
        """Return which sessions these are."""
        return {number: self._known[number].place for number in numbers}


def texts_of(session: Session) -> Texts:
    """Return how a session is compared, as the index has it."""
    return Texts(columns(session), " ".join(facets(facts(session))))


def texts_of_words(text: str) -> Texts:
    """Return how a text is compared that is no session: as its title and its summary."""
    said = indexable(text)
    return Texts(tuple(said if column in (Column.TITLE, Column.SUMMARY) else "" for column in Column), "")


def candidates(profile: Profile, source: Source) -> list[int]:
    """Return the numbers of the sessions that are worth comparing, what shares most first, the newest of equals."""
    scores = profile.scores
    found = dict.fromkeys(nlargest(MOST_COMPARED, scores, key=lambda number: (scores[number], number)))
    for wanted in _values(profile) if len(found) == MOST_COMPARED else (*_values(profile), *_commons(profile)):
        found.update(dict.fromkeys(source.newest(wanted)))
    return list(found)


def _values(profile: Profile) -> Iterator[Sequence[Sequence[str]]]:
    """Yield what sessions have in common that share a service and a cause."""
    if profile.services and profile.causes:
        yield sorted(profile.services), sorted(profile.causes)


def _commons(profile: Profile) -> Iterator[Sequence[Sequence[str]]]:
    """Yield what sessions have in common that share no rare word: two common ones, or one, or a value."""
    commons = profile.commons[:_COMMON]
    yield from combinations(commons, 2)
    yield from ((each,) for each in (*commons[:1], sorted(profile.services), sorted(profile.causes)) if each)


def _any(words: Sequence[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)
