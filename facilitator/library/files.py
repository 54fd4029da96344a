"""Queries answered by the files of a store, where there is no index to be had. Everything raises OSError."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from facilitator.library import naive
from facilitator.library.expressions import Query
from facilitator.library.facts import facts
from facilitator.library.reading import look, read, without_copies
from facilitator.library.words import folded
from facilitator.model.session import Session


class Met(NamedTuple):
    """A session that a query asks for, with its file, the day of its incident and its score."""

    file: str
    session: Session
    day: date
    score: float


def sessions(folder: Path) -> Iterator[tuple[str, Session]]:
    """Yield the sessions of a store, each with the name of its file."""
    every = (read(folder, name) for name in look(folder))
    for each in without_copies(each for each in every if each is not None):
        if each.session is not None:
            yield each.name, each.session


def find(folder: Path, query: Query) -> Iterator[Met]:
    """Yield what a query asks for, in its order."""
    names: dict[str, str] = {}
    records = []
    for file, session in sessions(folder):
        names[session.id] = file
        records.append(naive.record(session))
    for each, score in naive.evaluate(query, records):
        yield Met(names[each.session.id], each.session, each.when.date(), score)


def count(folder: Path, query: Query) -> int:
    """Return how many sessions a query asks for, whatever its limit."""
    return sum(naive.holds(query.where, naive.record(session)) for _, session in sessions(folder))


def values(folder: Path, field: str) -> dict[str, int]:
    """Return the values of a field, folded, each with how many sessions have it."""
    counts: dict[str, int] = {}
    for _, session in sessions(folder):
        for value in {folded(each) for name, each in facts(session).values if name == field}:
            counts[value] = counts.get(value, 0) + 1
    return {value: count for value, count in counts.items() if value}
