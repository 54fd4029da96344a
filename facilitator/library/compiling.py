"""A query as SQL: one look into the full-text table where that is possible, and conditions on rows beside it."""

from typing import NamedTuple

import msgspec

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
from facilitator.library.facets import EVERY, facet
from facilitator.library.numbering import day_of, last_of
from facilitator.library.texts import Column

_NOTHING = f'("{EVERY}" NOT "{EVERY}")'
_COLUMNS = {Dates.BORN: "born", Dates.DUE: "due"}


class Sql(NamedTuple):
    """A statement, or a part of one, and what stands in its places."""

    text: str
    places: tuple[object, ...] = ()


def select(query: Query, limit: int | None) -> Sql:
    """Return a statement that gives the number and the score of each session that is asked for, in their order."""
    text, others = _split(query.where)
    order = query.sorted_by
    if text is None or order.by not in (Sort.RELEVANCE, Sort.DATE):
        parts = ([_lookup(text, "number")] if text is not None else []) + [
            _condition(each, "number") for each in others
        ]
        found = Sql("SELECT number, 0.0 FROM sessions")
        ending = _ordered(order)
    else:
        # Without the sign a condition could be taken for the way to the rows, and the words be looked up for each.
        parts = [Sql("found MATCH ?", (text,)), *(_condition(each, "+rowid", "rowid") for each in others)]
        ranked = order.by is Sort.RELEVANCE
        found = Sql("SELECT rowid, -rank FROM found" if ranked else "SELECT rowid, 0.0 FROM found")
        downwards = order.turned == ranked
        ending = f" ORDER BY {'rank' if ranked else 'rowid'}{' DESC' if downwards else ''}"
    where = _joined(parts, " AND ")
    said = f"{found.text} WHERE {where.text}{ending}" if parts else f"{found.text}{ending}"
    if limit is None:
        return Sql(said, where.places)
    return Sql(f"{said} LIMIT ?", (*where.places, limit))


def tier(query: Query, columns: tuple[Column, ...], limit: int | None) -> Sql:
    """Return a statement as `select` does, newest first, for the sessions that have all words in these columns.

    Without columns it is for all that are asked for.
    """
    parts = query.parts
    if columns:
        within = {each: msgspec.structs.replace(each, columns=columns) for each in query.phrases}
        parts = (*(each for each in parts if each not in within), *within.values())
    return select(Query(All(parts), Order(Sort.DATE, turned=query.sorted_by.turned)), limit)


def count(query: Query) -> Sql:
    """Return a statement that gives how many sessions there are, whatever the limit."""
    text, others = _split(query.where)
    if text is None:
        where = _joined([_condition(each, "number") for each in others], " AND ")
        return Sql(_said("SELECT count(*) FROM sessions", "WHERE" if others else "", where.text), where.places)
    parts = [Sql("found MATCH ?", (text,)), *(_condition(each, "+rowid", "rowid") for each in others)]
    where = _joined(parts, " AND ")
    return Sql(_said("SELECT count(*) FROM found WHERE", where.text), where.places)


def _split(where: Expression) -> tuple[str | None, list[Expression]]:
    """Return what the full-text table can answer by itself, and the conditions beside it."""
    parts = where.parts if isinstance(where, All) else (where,)
    # A word that is typed twice would count twice.
    texts = tuple(dict.fromkeys(each for each in parts if _searchable(each)))
    others = [each for each in parts if not _searchable(each)]
    return (_match(All(texts)) if texts else None), others


def _searchable(where: Expression) -> bool:
    if isinstance(where, Not):
        return _searchable(where.inner)
    if isinstance(where, All | Some):
        return all(map(_searchable, where.parts))
    return isinstance(where, Words | Value)


def _match(where: Expression) -> str:
    """Return a condition in the language of the full-text table."""
    if isinstance(where, Words):
        within = f"{{{' '.join(where.columns)}}} : " if where.columns else ""
        return f'{within}"{" ".join(where.words)}"{" *" if where.prefix else ""}'
    if isinstance(where, Value):
        return f'"{facet(where.field, where.value)}"{" *" if where.prefix else ""}'
    if isinstance(where, Not):
        return f'("{EVERY}" NOT {_match(where.inner)})'
    if isinstance(where, Some):
        return f"({' OR '.join(map(_match, where.parts))})" if where.parts else _NOTHING
    parts = where.parts if isinstance(where, All) else ()
    wanted = [_match(each) for each in parts if not isinstance(each, Not)] or [f'"{EVERY}"']
    unwanted = [_match(each.inner) for each in parts if isinstance(each, Not)]
    joined = f"({' AND '.join(wanted)})"
    return f"({joined} NOT ({' OR '.join(unwanted)}))" if unwanted else joined


def _condition(where: Expression, number: str, plain: str = "") -> Sql:
    """Return a condition on the row whose number stands in the column `number`; it is never NULL.

    `plain` is how the column is named where the order of the rows may be used.
    """
    if isinstance(where, Not):
        inner = _condition(where.inner, number)
        return Sql(f"NOT ({inner.text})", inner.places)
    if isinstance(where, All | Some):
        if not where.parts:
            return Sql("1" if isinstance(where, All) else "0")
        joined = _joined(
            [_condition(each, number) for each in where.parts], " AND " if isinstance(where, All) else " OR "
        )
        return Sql(f"({joined.text})", joined.places)
    if isinstance(where, Days):
        first = day_of(where.first) if where.first is not None else 0
        last = last_of(where.last) if where.last is not None else (1 << 63) - 1
        return Sql(f"{plain or number} BETWEEN ? AND ?", (first, last))
    if isinstance(where, Number):
        return _numbers(where, number)
    if isinstance(where, PendingActions):
        column = _COLUMNS[where.of]
        ends = [day.toordinal() for day in (where.first, where.last) if day is not None]
        text = " AND ".join(
            [f"{column} NOTNULL"]
            + [f"{column} {sign} ?" for sign, day in ((">=", where.first), ("<=", where.last)) if day is not None]
        )
        return Sql(_said(number, "IN (SELECT session FROM pending WHERE", text, ")"), tuple(ends))
    return _lookup(_match(where), number)


def _numbers(where: Number, number: str) -> Sql:
    said, places = [f"{where.field} NOTNULL"], []
    if where.low is not None:
        said.append(f"{where.field} {'>' if where.low_open else '>='} ?")
        places.append(where.low)
    if where.high is not None:
        said.append(f"{where.field} {'<' if where.high_open else '<='} ?")
        places.append(where.high)
    return Sql(_said(number, "IN (SELECT number FROM sessions WHERE", " AND ".join(said), ")"), tuple(places))


def _lookup(text: str, number: str) -> Sql:
    return Sql(_said(number, "IN (SELECT rowid FROM found WHERE found MATCH ?)"), (text,))


def _said(*parts: str) -> str:
    """Return a statement of parts, all of which are made here: what somebody wrote stands in its places."""
    return " ".join(parts)


def _joined(parts: list[Sql], between: str) -> Sql:
    return Sql(between.join(part.text for part in parts), tuple(place for part in parts for place in part.places))


def _ordered(order: Order) -> str:
    if order.by in (Sort.DATE, Sort.RELEVANCE):
        return f" ORDER BY number{'' if order.turned else ' DESC'}"
    if order.by is Sort.PENDING:
        oldest = "(SELECT min(born) FROM pending WHERE session = number)"
        return f" ORDER BY {oldest}{' DESC' if order.turned else ''} NULLS LAST, number DESC"
    upwards = (order.by is Sort.SEVERITY) != order.turned
    return f" ORDER BY {order.by}{'' if upwards else ' DESC'} NULLS LAST, number DESC"
