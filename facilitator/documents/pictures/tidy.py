"""A tidy layout of a tree from the top down: parents above the middle of what is below, subtrees close together."""

from collections.abc import Mapping, Sequence

import msgspec

Outline = list[tuple[float, float]]
"""How far a subtree reaches to the left and to the right at each depth, between middles, from the middle of its top."""


class Tidy(msgspec.Struct, frozen=True):
    """Where the nodes of one tree stand, each after its parent: the middle of each, how deep, and the whole width."""

    middles: dict[int, float]
    depths: dict[int, int]
    width: float


def tidy(top: int, below: Mapping[int, Sequence[int]], width: float, gap: float) -> Tidy:
    """Return the layout of the tree with this top, of nodes that are all `width` wide with `gap` between them."""
    order, depths = [top], {top: 0}
    for number in order:
        order += below[number]
        depths.update(dict.fromkeys(below[number], depths[number] + 1))
    shifts = {top: 0.0}
    outlines: dict[int, Outline] = {}
    for number in reversed(order):
        places, outline = _beside([outlines.pop(each) for each in below[number]], width + gap)
        shifts.update(zip(below[number], places, strict=True))
        outlines[number] = [(0.0, 0.0), *outline]
    left = min(reach for reach, _ in outlines[top])
    right = max(reach for _, reach in outlines[top])
    middles = {top: width / 2 - left}
    for number in order:
        middles.update((each, middles[number] + shifts[each]) for each in below[number])
    return Tidy(middles, depths, right - left + width)


def _beside(outlines: Sequence[Outline], step: float) -> tuple[list[float], Outline]:
    """Put subtrees beside each other, `step` apart where they are nearest.

    Returns where the middles of their tops come, from the middle of all of them, and the outline of them together.
    """
    places: list[float] = []
    joined: Outline = []
    for outline in outlines:
        clear = [before + step - left for (_, before), (left, _) in zip(joined, outline, strict=False)]
        place = max(clear, default=0.0)
        moved = [(left + place, right + place) for left, right in outline]
        both = [(one[0], other[1]) for one, other in zip(joined, moved, strict=False)]
        joined = [*both, *joined[len(moved) :], *moved[len(joined) :]]
        places.append(place)
    middle = (places[0] + places[-1]) / 2 if places else 0.0
    return [place - middle for place in places], [(left - middle, right - middle) for left, right in joined]
