"""What a query line means, as values: conditions on sessions, joined by and, or, not; an order, and a limit."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec


class Words(msgspec.Struct, frozen=True, tag=True):
    """These words stand side by side in one text of the session; with `prefix` the last one only begins so.

    With `columns` that text is in one of these columns of the index.
    """

    words: tuple[str, ...]
    prefix: bool = False
    columns: tuple[str, ...] = ()


class Value(msgspec.Struct, frozen=True, tag=True):
    """One of the values of a field is this, as `words.folded` has it; with `prefix` it only begins so."""

    field: str
    value: str
    prefix: bool = False


class Number(msgspec.Struct, frozen=True, tag=True):
    """A number of the session is known, and lies between two others; an `open` end is not itself within."""

    field: str
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False


class Days(msgspec.Struct, frozen=True, tag=True):
    """The incident was on one of these days, both included, on the clock of its session."""

    first: date | None = None
    last: date | None = None


class Dates(StrEnum):
    """The two dates of an action that is pending."""

    BORN = "born"
    DUE = "due"


class PendingActions(msgspec.Struct, frozen=True, tag=True):
    """At least one action is pending that was filed, or is due, on one of these days, both included."""

    of: Dates
    first: date | None = None
    last: date | None = None


class Not(msgspec.Struct, frozen=True, tag=True):
    """The condition does not hold."""

    inner: "Expression"


class All(msgspec.Struct, frozen=True, tag=True):
    """Every one of these conditions holds; without any, everything does."""

    parts: "tuple[Expression, ...]" = ()


class Some(msgspec.Struct, frozen=True, tag=True):
    """At least one of these conditions holds; without any, nothing does."""

    parts: "tuple[Expression, ...]"


Expression = Words | Value | Number | Days | PendingActions | Not | All | Some


class Sort(StrEnum):
    """By what sessions are ordered."""

    RELEVANCE = "relevance"
    DATE = "date"
    SEVERITY = "severity"
    MTTR = "mttr"
    MTTD = "mttd"
    MTTA = "mtta"
    DURATION = "duration"
    BUDGET = "budget"
    USERS = "users"
    PENDING = "pending"


class Order(msgspec.Struct, frozen=True):
    """An order: what is newest, worst, longest, most or oldest comes first, unless it is `turned`.

    What is not known of a session comes last either way, and of two that are equal the newer one comes first.
    """

    by: Sort
    turned: bool = False


class Query(msgspec.Struct, frozen=True):
    """What a query line asks for. Without an `order` it is relevance where words are searched, else the date."""

    where: Expression = All()
    order: Order | None = None
    limit: int | None = None

    @property
    def sorted_by(self) -> Order:
        """The order in which sessions are given."""
        if self.order is not None and (self.order.by is not Sort.RELEVANCE or self.phrases):
            return self.order
        return Order(Sort.RELEVANCE if self.phrases else Sort.DATE)

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The conditions every one of which must hold."""
        return self.where.parts if isinstance(self.where, All) else (self.where,)

    @property
    def phrases(self) -> tuple[Words, ...]:
        """The words that are searched, without those that must not be there."""
        return tuple(dict.fromkeys(each for each in leaves(self.where) if isinstance(each, Words)))


def leaves(where: Expression, *, negated: bool = False) -> Iterator[Expression]:
    """Yield the single conditions of an expression that must hold, or those that must not."""
    if isinstance(where, Not):
        yield from leaves(where.inner, negated=not negated)
    elif isinstance(where, All | Some):
        for part in where.parts:
            yield from leaves(part, negated=negated)
    elif not negated:
        yield where
