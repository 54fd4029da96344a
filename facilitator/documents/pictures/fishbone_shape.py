"""Where everything lies on a drawn fishbone: ribs with their factors above and below one or several spines."""

from collections.abc import Sequence
from typing import NamedTuple

from facilitator.documents.pictures.measure import text_width, wrapped
from facilitator.model.fishbone import Bone, Fishbone, Rib
from facilitator.model.text import one_line

RIB = 300.0
"""The room of one rib along the spine, in pixels."""

SIZE, STEP = 13.0, 17.0
NAME = 30.0
"""The room for the name of a factor ("F12") in front of its text."""

FOOT = 26.0
"""How far from the right end of its room a rib stands on the spine."""

_ACROSS = 3
_AIR, _BETWEEN, _UNDER = 16.0, 12.0, 5.0
_LEAN, _FURTHEST = 0.36, 90.0
_CLEAR = 12.0
_CATEGORY = 200.0
_NARROWEST = RIB - FOOT - _FURTHEST - _CLEAR - NAME
"""No line is narrower: a rib so long that it would be is made to lean less."""

_EVERY_LINE = 1_000_000


class Twig(NamedTuple):
    """A factor on its rib: its lines, and how far from the spine it begins and ends."""

    bone: Bone
    lines: list[str]
    near: float
    far: float


class RibShape(NamedTuple):
    """A rib: the lines of its category and their width, its twigs, and how far from the spine it ends."""

    category: list[str]
    width: float
    twigs: list[Twig]
    length: float


class Tier(NamedTuple):
    """One spine: its ribs, every other one below it, how much they lean, and the longest above and below it."""

    ribs: list[RibShape]
    lean: float
    above: float
    below: float


def tiers(fish: Fishbone) -> list[Tier]:
    """Return the spines of a fishbone from top to bottom; all but the last have the same number of ribs."""
    step = 2 * across(fish)
    return [_tier(fish.ribs[start : start + step]) for start in range(0, len(fish.ribs), step)]


def across(fish: Fishbone) -> int:
    """Return how many ribs stand beside each other on one side of a spine; a page is no wider than three."""
    pairs = -(-len(fish.ribs) // 2)
    rows = max(1, -(-pairs // _ACROSS))
    return max(1, -(-pairs // rows))


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return the whole of a text as lines no wider than `width`."""
    return wrapped(one_line(text) or "…", width, size, most=_EVERY_LINE, bold=bold)


def said(bone: Bone) -> str:
    """Return the text of a factor with what it did behind it."""
    return f"{bone.text} ({bone.role})" if bone.role else bone.text


def _tier(ribs: Sequence[Rib]) -> Tier:
    shapes = _shapes(ribs, _LEAN)
    lean = min(_LEAN, _FURTHEST / max(shape.length for shape in shapes))
    if lean < _LEAN:
        shapes = _shapes(ribs, lean)
    above, below = ([_whole(shape) for shape in shapes[side::2]] for side in (0, 1))
    return Tier(shapes, lean, max(above), max(below, default=0.0))


def _shapes(ribs: Sequence[Rib], lean: float) -> list[RibShape]:
    return [_rib(rib, lean, above=number % 2 == 0) for number, rib in enumerate(ribs)]


def _whole(shape: RibShape) -> float:
    return shape.length + category_height(shape)


def category_height(shape: RibShape) -> float:
    """Return how high the box of a category is."""
    return len(shape.category) * STEP + 10.0


def _rib(rib: Rib, lean: float, *, above: bool) -> RibShape:
    """Return a rib that leans so many pixels a pixel. Its factors are read from top to bottom on either side."""
    category = lines_of(rib.category, _CATEGORY, SIZE, bold=True)
    twigs: list[Twig] = []
    near = _AIR
    for bone in reversed(rib.bones) if above else rib.bones:
        twig = _twig(bone, near, lean)
        twigs.append(twig)
        near = twig.far + _BETWEEN
    width = max(text_width(line, SIZE, bold=True) for line in category) + 24.0
    return RibShape(category, width, twigs, near)


def _twig(bone: Bone, near: float, lean: float) -> Twig:
    """Return a factor that begins so far from the spine, where its far end decides how wide its lines may be."""
    count = 1
    while True:
        far = near + count * STEP + _UNDER
        room = max(_NARROWEST, RIB - FOOT - lean * far - _CLEAR - NAME)
        lines = lines_of(said(bone), room, SIZE, bold=bone.root_cause)
        if len(lines) <= count:
            return Twig(bone, lines, near, near + len(lines) * STEP + _UNDER)
        count = len(lines)
