"""How much of a forest a picture shows: what is nearest to the effects, up to a limit."""

from collections.abc import Sequence

import msgspec


class Part(msgspec.Struct, frozen=True):
    """The nodes that are shown, each before those below it, and how many are not.

    `below` holds what is shown below each shown node, `hidden` how many nodes below it are not, directly or deeper,
    where it is more than none. `left_out` counts all that are not shown.
    """

    order: tuple[int, ...]
    tops: tuple[int, ...]
    below: dict[int, tuple[int, ...]]
    hidden: dict[int, int]
    left_out: int


def part(below: Sequence[Sequence[int]], tops: Sequence[int], limit: int) -> Part:
    """Return the part of a forest that is shown when there is room for `limit` nodes: level by level from the top."""
    level = list(tops)
    kept: set[int] = set()
    while level and len(kept) < limit:
        kept.update(level[: limit - len(kept)])
        level = [each for number in level if number in kept for each in below[number]]
    order = _order(below, tops)
    sizes = dict.fromkeys(order, 1)
    hidden: dict[int, int] = {}
    for number in reversed(order):
        sizes[number] += sum(sizes[each] for each in below[number])
        out = sum(sizes[each] for each in below[number] if each not in kept)
        if out and number in kept:
            hidden[number] = out
    return Part(
        order=tuple(number for number in order if number in kept),
        tops=tuple(top for top in tops if top in kept),
        below={number: tuple(each for each in below[number] if each in kept) for number in kept},
        hidden=hidden,
        left_out=len(order) - len(kept),
    )


def _order(below: Sequence[Sequence[int]], tops: Sequence[int]) -> list[int]:
    order: list[int] = []
    waiting = list(reversed(tops))
    while waiting:
        number = waiting.pop()
        order.append(number)
        waiting += reversed(below[number])
    return order
