"""The ranks of items that were put in another order: as few as possible change."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import TypeVar

import msgspec

from facilitator.model.item import Item

ItemT = TypeVar("ItemT", bound=Item)
Order = tuple[float, str]
"""What orders two items: the rank, then the id."""


def arranged(items: Sequence[ItemT], known: Collection[str]) -> tuple[list[ItemT], set[str]]:
    """Return items with ranks that put them in the order given, and the ids of those that were moved for it.

    `known` are the ids of those whose ranks count; the others are new. Items that are in order already stay the same.
    """
    old = [number for number, item in enumerate(items) if item.id in known]
    kept = [old[each] for each in longest_rising([(items[number].rank, items[number].id) for number in old])]
    ranks = _filled([item.rank for item in items], kept)
    if not all(first < second for first, second in pairwise(zip(ranks, (item.id for item in items), strict=True))):
        ranks = [float(number) for number in range(1, len(items) + 1)]
    placed = [
        item if item.rank == rank else msgspec.structs.replace(item, rank=rank)
        for item, rank in zip(items, ranks, strict=True)
    ]
    return placed, {items[number].id for number in set(old) - set(kept)}


def longest_rising(keys: Sequence[Order]) -> list[int]:
    """Return the indexes of a longest part of `keys` that rises strictly."""
    tails: list[int] = []
    values: list[Order] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        at = bisect_left(values, key)
        before.append(tails[at - 1] if at else -1)
        tails[at : at + 1] = [index]
        values[at : at + 1] = [key]
    rising = []
    index = tails[-1] if tails else -1
    while index >= 0:
        rising.append(index)
        index = before[index]
    return rising[::-1]


def _filled(ranks: list[float], kept: list[int]) -> list[float]:
    """Return ranks in which those that are not at an index of `kept` lie between their neighbours."""
    filled = [*ranks]
    for first, last in pairwise((-1, *kept, len(ranks))):
        below = ranks[first] if first >= 0 else None
        above = ranks[last] if last < len(ranks) else None
        for step, number in enumerate(range(first + 1, last), 1):
            filled[number] = _between(below, above, step, last - first)
    return filled


def _between(below: float | None, above: float | None, step: int, steps: int) -> float:
    if below is None:
        return float(step) if above is None else above - (steps - step)
    return below + step if above is None else below + (above - below) * step / steps
