"""A fishbone that stands upright, for narrow screens: the effect on top, and the spine at the left below it."""

from collections.abc import Iterator

from facilitator.documents.drawn.cells import wrapped
from facilitator.documents.drawn.fishbone_parts import box, factor
from facilitator.documents.drawn.pieces import Drawn, Piece, Tone, joined
from facilitator.documents.drawn.signs import Signs
from facilitator.model.fishbone import Fishbone

_WIDEST_HEAD = 56
_SPINE = 2
_INDENT = 5


def listed(fish: Fishbone, width: int, signs: Signs) -> tuple[Drawn, ...]:
    """Return a fishbone as drawn lines of at most `width` cells, which is at least 20."""
    return tuple(joined(row) for row in _rows(fish, width, signs))


def _rows(fish: Fishbone, width: int, signs: Signs) -> Iterator[list[Piece]]:
    *top, bottom = box(fish.effect, min(width - 4, _WIDEST_HEAD), signs)
    yield from top
    yield _with_tip(bottom, signs) if fish.ribs else bottom
    for rib in fish.ribs:
        last = rib is fish.ribs[-1]
        yield [_at_spine(signs.trunk, 0)]
        titles = wrapped(rib.category, lambda _: width - _INDENT)
        branch = (signs.last_branch if last else signs.branch) + signs.spine
        yield [_at_spine(branch, 1), Piece(titles[0], Tone.TITLE)]
        beside = _at_spine(" " if last else signs.trunk, _INDENT - _SPINE - 1)
        for title in titles[1:]:
            yield [beside, Piece(title, Tone.TITLE)]
        for bone in rib.bones:
            for row in factor(bone, lambda _: width - _INDENT, signs):
                yield [beside, *row]


def _at_spine(sign: str, spaces: int) -> Piece:
    return Piece(" " * _SPINE + sign + " " * spaces, Tone.SPINE)


def _with_tip(bottom: list[Piece], signs: Signs) -> list[Piece]:
    """Return the lower edge of the box with the tip of the spine in it."""
    edge = bottom[0].text
    return [Piece(edge[:_SPINE] + signs.tip_up + edge[_SPINE + 1 :], Tone.SPINE)]
