"""The scale of a timeline strip: where a moment lies, with long empty stretches cut out so that the rest keeps room."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import msgspec

_FEW, _MANY = 10, 40
_STRETCHED = 6
_WORTH = 1 / 3
_BESIDE_HEART = 3
_MOST_BREAKS = 6


class Stretch(msgspec.Struct, frozen=True):
    """A part of the scale without a break: from `first` to `last`, in seconds, drawn from `start` over `size` units."""

    first: float
    last: float
    start: float
    size: float


class Scale(msgspec.Struct, frozen=True):
    """The stretches in order; between two of them is a break. Without moments there is no stretch."""

    stretches: tuple[Stretch, ...]

    def places(self, points: Sequence[float]) -> list[float]:
        """Return where moments lie, in units; they are those of the scale, or some of them, and rise."""
        found: list[float] = []
        for stretch in self.stretches:
            within = points[len(found) : bisect_right(points, stretch.last)]
            first, length = stretch.first, stretch.last - stretch.first
            if length:
                each, start = stretch.size / length, stretch.start
                found += [start + (point - first) * each for point in within]
            else:
                found += [stretch.start + stretch.size / 2] * len(within)
        return found


def scale(
    points: Sequence[float], length: float, *, gap: float, least: float, heart: tuple[float, float] | None = None
) -> Scale:
    """Return the scale of moments, given in seconds, rising and each once, over `length` units.

    A break takes `gap` units, and a stretch at least `least`. `heart` is the part that the scale is there for, if any:
    what is much longer than it is cut out around it.
    """
    if not points:
        return Scale(())
    most = min(_MOST_BREAKS, int(length / 2 // (gap + least)))
    broken = _broken(points, heart, most)
    firsts = [points[0], *(points[number + 1] for number in broken)]
    lasts = [*(points[number] for number in broken), points[-1]]
    lived = sum(last - first for first, last in zip(firsts, lasts, strict=True))
    free = length - gap * len(broken) - least * len(firsts)
    stretches: list[Stretch] = []
    start = 0.0
    for first, last in zip(firsts, lasts, strict=True):
        size = length if len(firsts) == 1 else least + (free * (last - first) / lived if lived else free / len(firsts))
        stretches.append(Stretch(first, last, start, size))
        start += size + gap
    return Scale(tuple(stretches))


def median(gaps: Sequence[float]) -> float:
    """Return the middle one of some gaps, the lower of two; 0 when there are none."""
    return sorted(gaps)[(len(gaps) - 1) // 2] if gaps else 0.0


def _broken(points: Sequence[float], heart: tuple[float, float] | None, most: int) -> list[int]:
    """Return the numbers of the gaps to cut out, rising; each follows the point of its number.

    A gap goes when it squashes the heart; and when it is a large share of what is left, which is long beside its usual
    steps. A quiet hour within a steady incident stays: its length is what the strip is there to show.
    """
    gaps = [after - before for before, after in pairwise(points)]
    enough = _STRETCHED * max(_FEW, min(_MANY, len(gaps))) * median(gaps)
    left = sum(gaps)
    broken: list[int] = []
    for number in sorted(range(len(gaps)), key=lambda each: -gaps[each])[:most]:
        squashes = heart is not None and gaps[number] > _BESIDE_HEART * (heart[1] - heart[0])
        if not squashes and (left <= enough or gaps[number] < left * _WORTH):
            break
        broken.append(number)
        left -= gaps[number]
    return sorted(broken)
