"""Which number of "03/04/2026" is the day, decided for a whole source by what it shows."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import partial
from itertools import pairwise


class Order(Enum):
    """How the numbers of a day stand in a source: day first or month first."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class Decision:
    """Which order a source has. `sure` is false when it shows nothing that decides; `why` says it in words."""

    order: Order
    sure: bool
    why: str


_NUMBERS = re.compile(
    r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\d./-])(?:,? ?[\d:.]{4,15} ?([apAP])\.?[mM])?"
)
_FEW_DAYS = timedelta(days=27)


def numbers(text: str) -> tuple[int, int, int, str, bool] | None:
    """Return the first number, the second, the year, what stands between, and whether AM or PM follows, or None."""
    found = _NUMBERS.search(text)
    if found is None:
        return None
    year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
    return int(found[1]), int(found[3]), year, found[2], found[5] is not None


def decide(texts: Iterable[str], today: date, near: date | None = None) -> Decision | None:
    """Return the order of the days in `texts`, or None when none is written in numbers with the year last.

    In this order: a number above 12, dots, a day that would lie after `today`, times that would run back and forth,
    days that would lie months apart, the day `near` that was named, AM and PM.
    """
    read = list(dict.fromkeys(found for text in texts if (found := numbers(text)) is not None))
    if not read:
        return None
    by_number = _by_number(read)
    if by_number is not None:
        return by_number
    if all(each[3] == "." for each in read):
        return Decision(Order.DAY_FIRST, sure=True, why="with dots the day is first")
    days = {order: [_day(each, order) for each in read] for order in Order}
    tests: tuple[tuple[Callable[[list[date]], bool], str], ...] = (
        (partial(_any_after, today), "days after today"),
        (_runs_back, "days that run back and forth"),
        (_far_apart, "days months apart"),
    )
    for test, why in tests:
        bad = {order: test([day for day in days[order] if day is not None]) for order in Order}
        if bad[Order.DAY_FIRST] != bad[Order.MONTH_FIRST]:
            order = Order.MONTH_FIRST if bad[Order.DAY_FIRST] else Order.DAY_FIRST
            return Decision(order, sure=True, why=f"the other order would give {why}")
    if near is not None and (near in days[Order.DAY_FIRST]) != (near in days[Order.MONTH_FIRST]):
        order = Order.DAY_FIRST if near in days[Order.DAY_FIRST] else Order.MONTH_FIRST
        return Decision(order, sure=True, why=f"{near.isoformat()} was named")
    if days[Order.DAY_FIRST] == days[Order.MONTH_FIRST]:
        return Decision(Order.DAY_FIRST, sure=True, why="both orders give the same days")
    if any(each[4] for each in read):
        return Decision(Order.MONTH_FIRST, sure=False, why="nothing decides; AM and PM mostly go with the month first")
    return Decision(Order.DAY_FIRST, sure=False, why="nothing in the source decides")


def day_of(first: int, second: int, year: int, order: Order) -> date | None:
    """Return the day that two numbers and a year mean in that order, or None when there is no such day."""
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(read: tuple[int, int, int, str, bool], order: Order) -> date | None:
    return day_of(read[0], read[1], read[2], order)


def _by_number(read: list[tuple[int, int, int, str, bool]]) -> Decision | None:
    """Decide by numbers that no month has; when both places have some, by the more of them."""
    first = sum(1 for each in read if 12 < each[0] <= 31 and each[1] <= 12)
    second = sum(1 for each in read if 12 < each[1] <= 31 and each[0] <= 12)
    if not first and not second:
        return None
    order = Order.DAY_FIRST if first >= second else Order.MONTH_FIRST
    mixed = bool(first and second)
    why = "both orders are there" if mixed else f"a number above 12 stands {'first' if first else 'second'}"
    return Decision(order, sure=not mixed, why=why)


def _any_after(today: date, days: list[date]) -> bool:
    return any((day - today).days > 1 for day in days)


def _runs_back(days: list[date]) -> bool:
    pairs = list(pairwise(days))
    return any(a < b for a, b in pairs) and any(a > b for a, b in pairs)


def _far_apart(days: list[date]) -> bool:
    return bool(days) and max(days) - min(days) > _FEW_DAYS
