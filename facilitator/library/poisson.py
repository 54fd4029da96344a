"""How much two counts of rare events say: the exact interval of the ratio of their rates.

Given the sum of two Poisson counts, the second one is binomial; so the interval of Clopper and Pearson for its share
gives one for the ratio. It is never narrower than it says, and wide where there are few events: that is its point.
"""

from collections.abc import Callable
from math import exp, inf, lgamma, log, log1p
from typing import NamedTuple

CONFIDENCE = 0.95

_HALVINGS = 60


class Interval(NamedTuple):
    """Two ends, both included; the upper one may be infinite."""

    low: float
    high: float


def share_interval(hits: int, of: int, confidence: float = CONFIDENCE) -> Interval:
    """Return the interval of Clopper and Pearson for a share, of which `hits` were seen in `of` trials.

    Raises ValueError where that is impossible.
    """
    if not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of} is no share")
    if not of:
        return Interval(0.0, 1.0)
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else _solved(lambda share: _at_least(hits, of, share) < tail)
    high = 1.0 if hits == of else _solved(lambda share: 1 - _at_least(hits + 1, of, share) > tail)
    return Interval(low, high)


def ratio_interval(before: int, after: int, exposures: tuple[float, float], confidence: float = CONFIDENCE) -> Interval:
    """Return the interval of the rate after divided by the rate before.

    `exposures` are how long it was watched before and after, in one unit. Raises ValueError unless both are positive.
    """
    if min(exposures) <= 0:
        raise ValueError("nothing was watched for no time")
    if before + after == 0:
        return Interval(0.0, inf)
    share = share_interval(after, before + after, confidence)
    scale = exposures[0] / exposures[1]
    return Interval(_odds(share.low) * scale, _odds(share.high) * scale)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf


def _solved(is_below: Callable[[float], bool]) -> float:
    """Return where a condition turns from true to false between 0 and 1."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if is_below(middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_least(hits: int, of: int, share: float) -> float:
    """Return how probable it is to see so many hits or more, when each is of this share."""
    if hits <= 0:
        return 1.0
    if share <= 0:
        return 0.0
    if share >= 1:
        return 1.0
    yes, no = log(share), log1p(-share)
    # The shorter tail is summed, so that what is nearly 1 is not the sum of many roundings.
    if hits > of * share:
        return min(1.0, sum(_probability(each, of, yes, no) for each in range(hits, of + 1)))
    return max(0.0, 1 - sum(_probability(each, of, yes, no) for each in range(hits)))


def _probability(hits: int, of: int, yes: float, no: float) -> float:
    ways = lgamma(of + 1) - lgamma(hits + 1) - lgamma(of - hits + 1)
    return exp(ways + hits * yes + (of - hits) * no)
