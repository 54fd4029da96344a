"""A fishbone drawn with characters, as wide as the screen or the page is."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from facilitator.documents.drawn.cells import wrapped
from facilitator.documents.drawn.fishbone_list import listed
from facilitator.documents.drawn.fishbone_parts import box, factor
from facilitator.documents.drawn.pieces import Drawn, Piece, Tone, drawn_width, filled, joined
from facilitator.documents.drawn.signs import ASCII, UNICODE, Signs
from facilitator.model.fishbone import Fishbone, Rib

NARROWEST, WIDEST = 20, 300
"""The widths in cells that a fishbone is drawn in; one outside of them is taken as the nearest."""

LIST_BELOW = 70
"""Below this width the fishbone stands upright, as a list: ribs beside each other and a head have no room."""

_RIB, _WIDEST_RIB = 30, 56
_HEAD, _WIDEST_HEAD = 16, 30
_LINK = 4
_EFFECT = "Effect: "
_SEEN = 16
"""So many lines are on the smallest screen at once, with its bars."""

_SLANT = 9
"""A rib leans towards the head over so many rows, and stands upright further away: texts keep their width."""

_Rows = list[list[Piece]]


class _Tier(NamedTuple):
    """One spine with its ribs: the rows above and below it."""

    above: _Rows
    below: _Rows


def fishbone_lines(fish: Fishbone, width: int, *, ascii_only: bool = False) -> tuple[Drawn, ...]:
    """Return a fishbone as drawn lines of at most `width` cells, with every text on it whole.

    `ascii_only` draws without the line characters of Unicode; texts of people stay as they are.
    """
    width = max(NARROWEST, min(WIDEST, width))
    signs = ASCII if ascii_only else UNICODE
    if width < LIST_BELOW or not fish.ribs:
        return listed(fish, width, signs)
    return tuple(_lying(fish, width, signs))


def _lying(fish: Fishbone, width: int, signs: Signs) -> Iterator[Drawn]:
    """Draw the ribs above and below a spine that leads to the head; several spines where one is too short."""
    head = box(fish.effect, min(_WIDEST_HEAD, max(_HEAD, width // 5)), signs)
    room = width - drawn_width(head[0]) - _LINK
    pairs = -(-len(fish.ribs) // 2)
    tiers = -(-pairs // max(1, room // _RIB))
    across = -(-pairs // tiers)
    size = min(_WIDEST_RIB, room // across)
    step = 2 * across
    drawn = [_tier(fish.ribs[start : start + step], size, signs) for start in range(0, len(fish.ribs), step)]
    lines = list(_with_head(drawn, head, size * across, signs))
    if len(lines) > _SEEN:
        yield from _above(fish.effect or signs.nothing, width)
    yield from lines


def _above(effect: str, width: int) -> Iterator[Drawn]:
    """Say the effect above a drawing that is so high that its head may be out of sight."""
    for number, line in enumerate(wrapped(effect, lambda _: width - len(_EFFECT))):
        yield (Piece(_EFFECT if number == 0 else " " * len(_EFFECT), Tone.SPINE), Piece(line, Tone.HEAD))
    yield ()


def _tier(ribs: Sequence[Rib], size: int, signs: Signs) -> _Tier:
    above = [_rib(rib, size, signs, above=True)[::-1] for rib in ribs[::2]]
    below = [_rib(rib, size, signs, above=False) for rib in ribs[1::2]]
    return _Tier(_beside(above, size)[::-1], _beside(below, size))


def _beside(ribs: Sequence[_Rows], size: int) -> _Rows:
    """Return ribs beside each other; each is given as rows from the spine outwards."""
    blank = [Piece(" " * size, Tone.TEXT)]
    return [[piece for part in row for piece in part] for row in zip_longest(*ribs, fillvalue=blank)]


def _rib(rib: Rib, size: int, signs: Signs, *, above: bool) -> _Rows:
    """Return a rib as rows of `size` cells, from top to bottom: its category at the far end, its foot on the spine."""
    height = len(rib.bones) + 2
    while len(factors := _factors(rib, size, height, signs, above=above)) + 2 > height:
        height = len(factors) + 2
    label = wrapped(rib.category, lambda _: _column(height, size) - 2)
    titles = [[Piece(line, Tone.TITLE)] for line in label]
    air: _Rows = [[] for _ in range(height - 1 - len(factors))]
    rows = [*titles, *factors, *air] if above else [*air, *factors, *titles]
    end = len(label) - 1 if above else len(rows) - len(label)
    distances = range(len(rows), 0, -1) if above else range(1, len(rows) + 1)
    drawn = []
    for number, (row, distance) in enumerate(zip(rows, distances, strict=True)):
        beyond = number < end if above else number > end
        sign = _end(signs, above=above) if number == end else _bone(row, distance, signs, above=above)
        drawn.append(filled(row if beyond else [*row, *_reaching(row, sign, _column(distance, size), signs)], size))
    return drawn


def _factors(rib: Rib, size: int, height: int, signs: Signs, *, above: bool) -> _Rows:
    """Return the factors of a rib of a height as rows that end before its bone, which leans."""
    rows: _Rows = []
    for bone in rib.bones:
        first = len(rows) + 1

        def room(line: int, first: int = first) -> int:
            distance = height - first - line if above else first + line + 1
            return _column(distance, size) - 1 - (line == 0)

        rows += factor(bone, room, signs)
    return rows


def _column(distance: int, size: int) -> int:
    """Return the column of a bone so many rows from the spine."""
    return size - 1 - max(0, min(distance, _SLANT))


def _bone(row: Sequence[Piece], distance: int, signs: Signs, *, above: bool) -> str:
    if distance > _SLANT:
        return signs.joint if _has_twig(row) else signs.bone
    return signs.falling if above else signs.rising


def _end(signs: Signs, *, above: bool) -> str:
    return signs.end_above if above else signs.end_below


def _reaching(row: Sequence[Piece], sign: str, column: int, signs: Signs) -> Iterator[Piece]:
    """Return what stands between a row and its bone, and the bone."""
    gap = column - drawn_width(row)
    if _has_twig(row):
        yield Piece(f" {signs.twig * (gap - 1)}{sign}", Tone.LINE)
    else:
        yield Piece(" " * gap, Tone.TEXT)
        yield Piece(sign, Tone.LINE)


def _has_twig(row: Sequence[Piece]) -> bool:
    """Tell whether a row is a category or begins a factor: only these are tied to the bone."""
    return bool(row) and row[0].tone in (Tone.TITLE, Tone.MARK, Tone.MUTED)


def _with_head(tiers: Sequence[_Tier], head: _Rows, size: int, signs: Signs) -> Iterator[Drawn]:
    body: _Rows = []
    spines: list[int] = []
    for tier in tiers:
        body += [[], *tier.above] if body else tier.above
        spines.append(len(body))
        body += [[Piece(signs.spine * size, Tone.SPINE)], *tier.below]
    middle = (spines[0] + spines[-1]) // 2
    top = middle - len(head) // 2
    for number in range(min(0, top), max(len(body), top + len(head))):
        row = filled(body[number] if 0 <= number < len(body) else [], size)
        row.append(Piece(_link(number, spines, middle, signs), Tone.SPINE))
        if 0 <= number - top < len(head):
            row += head[number - top]
        yield joined(row)


def _link(number: int, spines: Sequence[int], middle: int, signs: Signs) -> str:
    """Return the cells between the ribs and the head: the spine's tip, or the trunk into which several spines run."""
    on_spine = number in spines
    if number == middle:
        if len(spines) == 1:
            return signs.spine * (_LINK - 1) + signs.tip
        trunk = signs.spine + signs.trunk_cross if on_spine else f" {signs.trunk_reach}"
        return trunk + signs.spine + signs.tip
    if on_spine:
        ends = {spines[0]: signs.trunk_first, spines[-1]: signs.trunk_last}
        return f"{signs.spine}{ends.get(number, signs.trunk_between)}  "
    return f" {signs.trunk}  " if spines[0] < number < spines[-1] else " " * _LINK
