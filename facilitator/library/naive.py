"""A query answered by looking at every session: what the index must agree with, and what answers when there is none."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import log
from typing import NamedTuple

from facilitator.library.expressions import (
    All,
    Dates,
    Days,
    Expression,
    Not,
    Number,
    Order,
    PendingActions,
    Query,
    Some,
    Sort,
    Value,
    Words,
)
from facilitator.library.facets import facet, facets
from facilitator.library.facts import Facts, facts
from facilitator.library.texts import CROWD, TIERS, WEIGHTS, Column, placed_pieces
from facilitator.library.words import words
from facilitator.model.session import Session, Severity

_EDGE = " \xad "
_K1, _B = 1.2, 0.75


class Record(NamedTuple):
    """What a query asks of a session. A column is its words, with a space on both sides of each."""

    session: Session
    facts: Facts
    facets: tuple[str, ...]
    columns: dict[Column, str]

    @property
    def when(self) -> datetime:
        """The moment by which the session is dated, to the second."""
        return self.facts.when.replace(microsecond=0)


def record(session: Session) -> Record:
    """Return what a query asks of a session."""
    known = facts(session)
    texts: dict[Column, list[str]] = {column: [] for column in Column}
    for column, piece in placed_pieces(session):
        texts[column].append(" ".join(words(piece.text)))
    columns = {column: f" {_EDGE.join(found)} " for column, found in texts.items()}
    return Record(session, known, tuple(sorted(facets(known))), columns)


def evaluate(query: Query, records: Iterable[Record], *, crowd: int = CROWD) -> list[tuple[Record, float]]:
    """Return the sessions that are asked for in their order, each with its score; the limit of the query holds.

    A `crowd` of sessions comes by tiers, and is not ranked otherwise.
    """
    every = list(records)
    found = [each for each in every if holds(query.where, each)]
    order = query.sorted_by
    if order.by is not Sort.RELEVANCE:
        scores = [0.0] * len(found)
    else:
        scores = [_tier(query, each) for each in found] if len(found) > crowd else _scores(query, every, found)
    scored = sorted(zip(found, scores, strict=True), key=lambda pair: pair[0].when, reverse=True)
    if order.by is Sort.RELEVANCE:
        scored.sort(key=lambda pair: pair[1], reverse=not order.turned)
    elif order.by is Sort.DATE:
        scored = scored[::-1] if order.turned else scored
    else:
        scored.sort(key=lambda pair: rank(order, pair[0]))
    return scored[: query.limit]


def holds(where: Expression, of: Record) -> bool:
    """Tell whether a session is what a condition asks for."""
    match where:
        case Words():
            return any(_phrase(where) in text for name, text in of.columns.items() if name in (where.columns or Column))
        case Value():
            return _has_facet(facet(where.field, where.value), of.facets, prefix=where.prefix)
        case Number():
            return _in_range(where, of.facts.numbers.get(where.field))
        case Days():
            return _between(of.facts.when.date(), where.first, where.last)
        case PendingActions():
            days = (each.born if where.of is Dates.BORN else each.due for each in of.facts.pending)
            return any(_between(day, where.first, where.last) for day in days if day is not None)
        case Not():
            return not holds(where.inner, of)
        case All():
            return all(holds(part, of) for part in where.parts)
        case Some():
            return any(holds(part, of) for part in where.parts)


def rank(order: Order, of: Record) -> tuple[bool, float]:
    """Return by what sessions are put into an order other than by date or relevance, lowest first."""
    known: float | None
    if order.by is Sort.SEVERITY:
        severity = of.session.severity
        known = float(tuple(Severity).index(severity)) if severity is not None else None
    elif order.by is Sort.PENDING:
        known = min((float(each.born.toordinal()) for each in of.facts.pending), default=None)
    else:
        known = of.facts.numbers.get(order.by)
    if known is None:
        return True, 0.0
    upwards = (order.by in (Sort.SEVERITY, Sort.PENDING)) != order.turned
    return False, known if upwards else -known


def _phrase(wanted: Words) -> str:
    return f" {' '.join(wanted.words)}{'' if wanted.prefix else ' '}"


def _has_facet(wanted: str, there: Sequence[str], *, prefix: bool) -> bool:
    # The facets of a record are sorted.
    place = bisect_left(there, wanted)
    if place == len(there):
        return False
    return there[place].startswith(wanted) if prefix else there[place] == wanted


def _in_range(where: Number, number: float | None) -> bool:
    if number is None:
        return False
    if where.low is not None and (number < where.low or (where.low_open and number == where.low)):
        return False
    return where.high is None or number < where.high or (not where.high_open and number == where.high)


def _between(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _scores(query: Query, every: Sequence[Record], found: Sequence[Record]) -> list[float]:
    """Return how well each session fits, by BM25 as the index has it: rare words count more, as do short sessions."""
    lengths = [_length(each) for each in every]
    average = sum(lengths) / max(1, len(lengths))
    scores = [0.0] * len(found)
    for phrase in map(_phrase, query.phrases):
        having = sum(any(phrase in text for text in each.columns.values()) for each in every)
        rarity = max(log((len(every) - having + 0.5) / (having + 0.5)), 1e-6)
        for place, each in enumerate(found):
            often = sum(weight * _occurrences(phrase, each.columns[column]) for column, weight in WEIGHTS.items())
            longness = 1 - _B + _B * _length(each) / average
            scores[place] += rarity * often * (_K1 + 1) / (often + _K1 * longness)
    return scores


def _tier(query: Query, of: Record) -> float:
    """Return how far in front a session stands in a crowd."""
    for place, columns in enumerate(TIERS):
        if all(any(_phrase(each) in of.columns[column] for column in columns) for each in query.phrases):
            return float(len(TIERS) + 1 - place)
    return 1.0


def _length(of: Record) -> int:
    return sum(len(text.split()) for text in of.columns.values()) + len(of.facets)


def _occurrences(phrase: str, text: str) -> int:
    """Count a phrase in a text; two may share the space between them, or words."""
    total, place = 0, text.find(phrase)
    while place >= 0:
        total += 1
        place = text.find(phrase, place + 1)
    return total
