"""What trends are made of, read from the index of a store or from its files."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from facilitator.library import naive
from facilitator.library.compiling import Sql
from facilitator.library.expressions import Query
from facilitator.library.facts import facts
from facilitator.library.index import Index
from facilitator.library.ledger import Brief, Line, actions_in, brief, kind_of, lines, names_in
from facilitator.library.numbering import date_of, severity_of
from facilitator.library.search import Library
from facilitator.model.session import ActionStatus, Session

_BRIEFS = """
SELECT number, id, title, severity, kind, services, causes, mttd, mttr, budget,
    (SELECT count(*) FROM pending WHERE session = number), done, wont_do
FROM briefs JOIN sessions USING(number) WHERE
"""
_DONE = """
SELECT number, id, title, services, actions
FROM ledger JOIN sessions USING(number) JOIN briefs USING(number) WHERE done > 0 AND
"""
_AMONG = "number IN (SELECT value FROM json_each(?))"


def briefs(library: Library, query: Query, *, ready: bool = True) -> tuple[Brief, ...]:
    """Return what trends are made of for each session that a query asks for, the oldest incident first.

    Raises OSError when the store cannot be listed.
    """
    found = library.answer(
        lambda index: [_brief(row) for row in index.rows(_asked(index, _BRIEFS, query))],
        lambda sessions: [brief(each, facts(each)) for each in _chosen(query, sessions)],
        ready=ready,
    )
    return tuple(sorted(found, key=lambda each: (each.date, each.id)))


def done_lines(library: Library, query: Query, *, ready: bool = True) -> tuple[Line, ...]:
    """Return the actions that are done of the sessions that a query asks for. Raises OSError as `briefs`."""
    found = library.answer(
        lambda index: [each for row in index.rows(_asked(index, _DONE, query)) for each in _lines(row)],
        lambda sessions: [each for session in _chosen(query, sessions) for each in lines(session, facts(session))],
        ready=ready,
    )
    done = (each for each in found if each.action.status is ActionStatus.DONE)
    return tuple(sorted(done, key=lambda each: (each.date, each.session, each.action.place)))


def _asked(index: Index, start: str, query: Query) -> Sql:
    if query == Query():
        return Sql(f"{start} 1")
    return Sql(f"{start} {_AMONG}", (msgspec.json.encode(index.numbers(query)).decode(),))


def _chosen(query: Query, sessions: Iterable[tuple[str, Session]]) -> Iterator[Session]:
    if query == Query():
        return (each for _, each in sessions)
    return (each.session for each, _ in naive.evaluate(query, (naive.record(each) for _, each in sessions)))


def _brief(row: tuple[Any, ...]) -> Brief:
    number, identity, title, severity, kind, services, causes, mttd, mttr, budget, pending, done, wont_do = row
    return Brief(
        identity, title, date_of(number), severity_of(severity), kind_of(kind), names_in(services), names_in(causes),
        mttd, mttr, budget, pending, done, wont_do,
    )  # fmt: skip


def _lines(row: tuple[Any, ...]) -> Iterator[Line]:
    number, identity, title, services, actions = row
    day, names = date_of(number), names_in(services)
    return (Line(identity, title, day, names, each) for each in actions_in(actions))
