"""What a query line was understood as, in words: what it leaves to be worked out, such as days."""

from datetime import timedelta

from facilitator.library.expressions import (
    All,
    Dates,
    Days,
    Expression,
    Not,
    Number,
    PendingActions,
    Query,
    Some,
    Sort,
    Value,
    Words,
)
from facilitator.model.metrics import spoken

BETWEEN = " · "

_ABBREVIATED = ("mttr", "mttd", "mtta")
_FIRST = {
    Sort.DATE: ("newest first", "oldest first"),
    Sort.SEVERITY: ("worst first", "least severe first"),
    Sort.BUDGET: ("most of the budget first", "least of the budget first"),
    Sort.USERS: ("most users first", "fewest users first"),
    Sort.PENDING: ("pending longest first", "pending shortest first"),
}


def told(query: Query) -> str:
    """Return what the fields of a query mean, without the words, which mean themselves; empty where there are none."""
    parts = [_said(each) for each in query.parts]
    if query.order is not None and query.order.by is not Sort.RELEVANCE:
        parts.append(_order(query.order.by, turned=query.order.turned))
    if query.limit is not None:
        parts.append(f"{query.limit:,} at most")
    return BETWEEN.join(part for part in parts if part)


def _order(by: Sort, *, turned: bool) -> str:
    name = by.upper() if by in _ABBREVIATED else str(by)
    natural, other = _FIRST.get(by, (f"longest {name} first", f"shortest {name} first"))
    return other if turned else natural


def _said(where: Expression) -> str:
    match where:
        case Words():
            return ""
        case Value(field, value, prefix):
            return f"{field} {value}{'…' if prefix else ''}"
        case Number():
            return _number(where)
        case Days(first, last):
            return _days(str(first) if first else "", str(last) if last else "")
        case PendingActions():
            return _pending(where)
        case Not(inner):
            said = _said(inner)
            return f"not {said}" if said else ""
        case Some(parts):
            return _some(parts)
        case All(parts):
            return BETWEEN.join(said for part in parts if (said := _said(part)))


def _some(parts: tuple[Expression, ...]) -> str:
    """Return alternatives with the name of their field once."""
    values = [part for part in parts if isinstance(part, Value)]
    if len(values) == len(parts) and len({each.field for each in values}) == 1:
        return f"{values[0].field} {' or '.join(each.value for each in values)}"
    said = [_said(part) for part in parts]
    return " or ".join(said) if all(said) else ""


def _number(where: Number) -> str:
    name = where.field.upper() if where.field in _ABBREVIATED else where.field
    low, high = (None if end is None else _amount(where.field, end) for end in (where.low, where.high))
    if low is not None and low == high:
        return f"{name} {low}"
    if low is not None and high is not None:
        return f"{name} {low} to {high}"
    if low is not None:
        return f"{name} {'over' if where.low_open else 'at least'} {low}"
    return f"{name} {'under' if where.high_open else 'at most'} {high}"


def _amount(field: str, value: float) -> str:
    if field == "budget":
        return f"{value:g} %"
    return f"{value:,.0f}" if field == "users" else spoken(timedelta(seconds=value))


def _days(first: str, last: str) -> str:
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"from {first} on" if first else f"up to {last}"


def _pending(where: PendingActions) -> str:
    days = _days(str(where.first) if where.first else "", str(where.last) if where.last else "")
    return f"an open action {'filed' if where.of is Dates.BORN else 'due'} {days}"
