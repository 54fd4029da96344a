"""The fields of the query line: how the value of each is read, and which values it may have."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from facilitator.library import amounts
from facilitator.library.amounts import MalformedError
from facilitator.library.expressions import Dates, Days, Expression, Number, Order, PendingActions, Some, Sort, Value
from facilitator.library.facts import HAS
from facilitator.library.words import folded
from facilitator.model.session import CATEGORIES, ReviewKind, Severity, Status
from facilitator.settings.wording import did_you_mean, quoted

Reader = Callable[[str, date], Expression]
"""Makes a condition of a value and of the day today. Raises MalformedError."""

MOST = 10_000
"""The highest limit that may be asked for."""

OVERDUE = "overdue"


class Field(NamedTuple):
    """A field of the query line: an example of a value, what it means, how it is read.

    `values` are those that there are, as they are written in a query line, where that does not depend on the store;
    in a `listed` field several values may stand with commas between them, and each of the sessions may have others.
    """

    example: str
    meaning: str
    read: Reader
    values: tuple[str, ...] = ()
    listed: bool = True
    stored: bool = False


def order(text: str) -> Order:
    """Return the order that `sort:` names: a name, with -asc or -desc behind it. Raises MalformedError."""
    name, _, direction = text.lower().partition("-")
    names = tuple(Sort)
    if name not in names or direction not in ("", "asc", "desc"):
        raise MalformedError(f"there is no order {quoted(text)}{did_you_mean(name, names) or _one_of(names)}")
    by = Sort(name)
    natural = "asc" if by in (Sort.SEVERITY, Sort.PENDING) else "desc"
    return Order(by, turned=bool(direction) and direction != natural)


def limit(text: str) -> int:
    """Return the number that `limit:` gives. Raises MalformedError."""
    if not re.fullmatch(r"\d{1,9}", text) or not 1 <= int(text) <= MOST:
        raise MalformedError(f"a limit is a number from 1 to {MOST:,}")
    return int(text)


def written(value: str) -> str:
    """Return a value as it is written behind a field: in quotes when it holds what would end it."""
    value = value.replace('"', " ").strip()
    return value if value and not re.search(r'[\s,()"]|\.\.|^[<>=-]|\*$', value) else f'"{value}"'


def _named(names: tuple[str, ...], what: str, field: str, *, others: bool, text: str, today: date) -> Expression:
    """Read a name by any beginning of one of its words that only it has; with `others` also another value."""
    del today
    wanted = folded(text)
    exact = [name for name in names if folded(name) == wanted]
    found = exact or [name for name in names if wanted and any(each.startswith(wanted) for each in _tails(name))]
    if len(found) == 1:
        return Value(field, folded(found[0]))
    if others:
        return _value(field, text, date.min)
    known = [written_name(name) for name in names]
    if found:
        raise MalformedError(f"{quoted(text)} may be {' or '.join(written_name(each) for each in found)}")
    raise MalformedError(f"there is no {what} {quoted(text)}{did_you_mean(text, known) or _one_of(known)}")


def written_name(name: str) -> str:
    """Return a name of several words as one that needs no quotes."""
    return name.replace(" ", "-")


def _tails(name: str) -> list[str]:
    """Return a name, and what is left of it from each of its words on."""
    parts = folded(name).split()
    return [" ".join(parts[number:]) for number in range(len(parts))]


def _value(field: str, text: str, today: date) -> Expression:
    del today
    wanted = folded(text)
    if not wanted:
        raise MalformedError("there is no letter or digit in it")
    return Value(field, wanted, prefix=text.endswith("*"))


def _severity(text: str, today: date) -> Expression:
    del today
    asked = amounts.between(text)
    ends = [_severity_number(each) if each is not None else None for each in (asked.low, asked.high)]
    low, high = ends[0] or 1, ends[1] or len(Severity)
    if asked.sign:
        low = {">": high + 1, ">=": high}.get(asked.sign, 1)
        high = {"<": high - 1, "<=": high}.get(asked.sign, len(Severity))
    elif low > high:
        low, high = high, low
    found = tuple(Value("severity", f"sev{number}") for number in range(low, high + 1))
    return found[0] if len(found) == 1 else Some(found)


def _severity_number(text: str) -> int:
    match = re.fullmatch(r"(?:sev-?)?([1-4])", text.strip().lower())
    if match is None:
        raise MalformedError("a severity is 1 to 4 or SEV1 to SEV4, or a range such as 1..2")
    return int(match[1])


def _number(field: str, read: Callable[[str], float], text: str, today: date) -> Expression:
    del today
    low, high, low_open, high_open = amounts.numbers(text, read)
    return Number(field, low, high, low_open, high_open)


def _since(text: str, today: date) -> Expression:
    if re.match(r"\d{4}(?:-|$)", text) or not text[:1].isdigit():
        return Days(first=amounts.period(text, today).first)
    return Days(first=amounts.ago(text, today))


def _until(text: str, today: date) -> Expression:
    if re.match(r"\d{4}(?:-|$)", text) or not text[:1].isdigit():
        return Days(last=amounts.period(text, today).last)
    return Days(last=amounts.ago(text, today))


def _date(text: str, today: date) -> Expression:
    return Days(*amounts.days(text, today))


def _pending(text: str, today: date) -> Expression:
    return PendingActions(Dates.BORN, *amounts.ages(text, today))


def _has(text: str, today: date) -> Expression:
    name = text.lower().replace("-", " ").strip()
    if name == OVERDUE:
        if today == date.min:
            return Some(())
        return PendingActions(Dates.DUE, last=today - timedelta(days=1))
    if name not in HAS:
        known = (*HAS, OVERDUE)
        raise MalformedError(f"nothing is called {quoted(text)}{did_you_mean(name, known) or _one_of(known)}")
    return Value("has", name)


def _one_of(names: "tuple[str, ...] | list[str]") -> str:
    return f"; write one of: {', '.join(names)}"


def _unread(text: str, today: date) -> Expression:
    del text, today
    raise MalformedError("it stands by itself, outside of brackets, and once")


_ENUMERATED = partial(_named, others=False)

FIELDS: Mapping[str, Field] = {
    "severity": Field("1..2", "how bad it was; 1 is the worst", _severity, tuple(str(each) for each in Severity)),
    "service": Field("checkout", "a service that was affected", partial(_value, "service"), stored=True),
    "cause": Field(
        "deployment",
        "the category of the cause, or of a root cause",
        lambda text, today: _named(CATEGORIES, "category", "cause", others=True, text=text, today=today),
        CATEGORIES,
        stored=True,
    ),
    "status": Field(
        "final",
        "how far the document is",
        lambda text, today: _ENUMERATED(tuple(Status), "status", "status", text=text, today=today),
        tuple(written_name(each) for each in Status),
    ),
    "kind": Field(
        "near-miss",
        "what was reviewed",
        lambda text, today: _ENUMERATED(tuple(ReviewKind), "kind", "kind", text=text, today=today),
        tuple(written_name(each) for each in ReviewKind),
    ),
    "mttr": Field(">2h", "from detected to resolved", partial(_number, "mttr", amounts.seconds), listed=False),
    "mttd": Field("<5m", "from start to detected", partial(_number, "mttd", amounts.seconds), listed=False),
    "mtta": Field("<5m", "from detected to acknowledged", partial(_number, "mtta", amounts.seconds), listed=False),
    "duration": Field("1h..4h", "from start to resolved", partial(_number, "duration", amounts.seconds), listed=False),
    "budget": Field(">20%", "the share of the error budget", partial(_number, "budget", amounts.share), listed=False),
    "users": Field(">10k", "how many users were affected", partial(_number, "users", amounts.count), listed=False),
    "since": Field(
        "12m", "the incident was on this day or later, or within the last days, months", _since, listed=False
    ),
    "until": Field("2026-06", "the incident was on this day or earlier", _until, listed=False),
    "date": Field("2026-01..2026-06", "the incident was on one of these days", _date),
    "tag": Field("redis", "a tag", partial(_value, "tag"), stored=True),
    "owner": Field("@alice", "who owns one of the actions", partial(_value, "owner"), stored=True),
    "facilitator": Field("maren", "who guided the review", partial(_value, "facilitator"), stored=True),
    "has": Field("pending", "what there is of it; overdue actions too", _has, (*HAS, OVERDUE)),
    "pending": Field(">60d", "an action has been pending for so long", _pending, listed=False),
    "sort": Field("mttr", "the order", _unread, tuple(Sort), listed=False),
    "limit": Field("20", "how many sessions at most", _unread, listed=False),
}
"""The fields by name, in the order in which they are offered."""
