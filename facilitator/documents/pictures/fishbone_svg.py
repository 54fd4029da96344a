"""A fishbone as an SVG picture."""

from typing import NamedTuple

from facilitator.documents.pictures.fishbone_shape import (
    FOOT,
    NAME,
    RIB,
    SIZE,
    STEP,
    RibShape,
    Tier,
    Twig,
    across,
    category_height,
    lines_of,
    tiers,
)
from facilitator.documents.pictures.measure import text_width
from facilitator.documents.pictures.svg import Box, Drawing
from facilitator.model.fishbone import Fishbone

_MARGIN, _APART = 28.0, 30.0
_SPINE, _TIP = 4.0, 12.0
_LINK = 44.0
_HEAD, _HEAD_SIZE, _HEAD_STEP, _HEAD_PAD = 190.0, 15.0, 21.0, 16.0
_LEGEND = 30.0


class _Place(NamedTuple):
    """Where a rib stands: the left end of its room, its spine, how much it leans, and -1 above the spine or 1 below."""

    left: float
    spine: float
    lean: float
    side: int

    def bone(self, distance: float) -> float:
        """Return how far to the right the rib is, so far from the spine."""
        return self.left + RIB - FOOT - self.lean * distance

    def level(self, distance: float) -> float:
        """Return how far down something lies, so far from the spine."""
        return self.spine + self.side * distance


def fishbone_svg(fish: Fishbone) -> str:
    """Return a fishbone as a document of SVG, for light and dark pages, with every text on it whole."""
    drawing = Drawing()
    shapes = tiers(fish)
    head = lines_of(fish.effect, _HEAD, _HEAD_SIZE, bold=True)
    head_height = len(head) * _HEAD_STEP + 2 * _HEAD_PAD
    spines = _spines(shapes)
    middle = (spines[0] + spines[-1]) / 2 if spines else 0.0
    top = min(middle - head_height / 2, spines[0] - shapes[0].above if spines else 0.0)
    down = _MARGIN - top
    spines = [spine + down for spine in spines]
    right = _MARGIN + (across(fish) * RIB if shapes else -_LINK)
    for shape, spine in zip(shapes, spines, strict=True):
        _draw_tier(drawing, shape, spine)
    if spines:
        _draw_spines(drawing, spines, right, middle + down)
    box = Box(right + _LINK, middle + down - head_height / 2, _head_width(head), head_height)
    _draw_head(drawing, head, box)
    bottom = max(box.top + box.height, spines[-1] + shapes[-1].below if spines else 0.0)
    if any(bone.root_cause for rib in fish.ribs for bone in rib.bones):
        _draw_legend(drawing, bottom + _LEGEND)
        bottom += _LEGEND
    return drawing.svg(
        "fishbone",
        box.left + box.width + _MARGIN,
        bottom + _MARGIN,
        title=f"Fishbone diagram: {fish.effect}",
        description=_description(fish),
    )


def _spines(shapes: list[Tier]) -> list[float]:
    """Return how far down each spine lies; the first one lies at 0."""
    spines: list[float] = []
    down = 0.0
    for number, shape in enumerate(shapes):
        down += shape.above + _APART if number else 0.0
        spines.append(down)
        down += shape.below
    return spines


def _head_width(head: list[str]) -> float:
    return max(text_width(line, _HEAD_SIZE, bold=True) for line in head) + 2 * _HEAD_PAD


def _draw_tier(drawing: Drawing, tier: Tier, spine: float) -> None:
    for number, rib in enumerate(tier.ribs):
        left = _MARGIN + number // 2 * RIB
        _draw_rib(drawing, rib, _Place(left, spine, tier.lean, -1 if number % 2 == 0 else 1))


def _draw_rib(drawing: Drawing, rib: RibShape, place: _Place) -> None:
    height = category_height(rib)
    end, level = place.bone(rib.length), place.level(rib.length)
    drawing.path("line", "M", place.bone(0), place.spine, "L", end, level)
    for twig in rib.twigs:
        _draw_twig(drawing, twig, place)
    edge = max(place.left, min(place.bone(0), end + rib.width / 2) - rib.width)
    box = Box(edge, level - (height if place.side < 0 else 0.0), rib.width, height)
    drawing.box("card", box, radius=min(13.0, height / 2))
    middle = box.left + box.width / 2
    drawing.text("ink", middle, box.top + 18.0, rib.category, size=SIZE, step=STEP, bold=True, middle=True)


def _draw_twig(drawing: Drawing, twig: Twig, place: _Place) -> None:
    """Draw a factor on the line that ties it to its rib."""
    upper, under = (twig.far, twig.near) if place.side < 0 else (twig.near, twig.far)
    top, joint, level = place.level(upper), place.bone(under), place.level(under)
    root = twig.bone.root_cause
    drawing.path("line", "M", place.left, level, "L", joint, level)
    drawing.text("alarm" if root else "muted", place.left, top + SIZE, [twig.bone.name], size=SIZE - 1, bold=root)
    drawing.text("ink", place.left + NAME, top + SIZE, twig.lines, size=SIZE, step=STEP, bold=root)
    if root:
        _draw_diamond(drawing, joint, level)
    else:
        drawing.circle("muted", joint, level, 3)


def _draw_diamond(drawing: Drawing, x: float, y: float) -> None:
    drawing.path("alarm", "M", x, y - 7, "L", x + 7, y, "L", x, y + 7, "L", x - 7, y, "Z")


def _draw_spines(drawing: Drawing, spines: list[float], right: float, middle: float) -> None:
    """Draw the spines, the trunk into which several run, and the tip that points at the head."""
    trunk = right + _LINK / 2 - _TIP / 2
    for spine in spines:
        drawing.box("accent", Box(_MARGIN, spine - _SPINE / 2, trunk - _MARGIN + _SPINE / 2, _SPINE), radius=2)
    if len(spines) > 1:
        drawing.box("accent", Box(trunk - _SPINE / 2, spines[0], _SPINE, spines[-1] - spines[0]))
    tip = right + _LINK - 3.0
    drawing.box("accent", Box(trunk, middle - _SPINE / 2, tip - trunk - _TIP / 2, _SPINE))
    drawing.path("accent", "M", tip, middle, "L", tip - _TIP, middle - 7, "L", tip - _TIP, middle + 7, "Z")


def _draw_head(drawing: Drawing, head: list[str], box: Box) -> None:
    drawing.box("effect", box, radius=10)
    base = box.top + _HEAD_PAD + _HEAD_SIZE
    drawing.text("ink", box.left + _HEAD_PAD, base, head, size=_HEAD_SIZE, step=_HEAD_STEP, bold=True)


def _draw_legend(drawing: Drawing, y: float) -> None:
    _draw_diamond(drawing, _MARGIN + 7, y)
    drawing.text("muted", _MARGIN + 22, y + 4, ["root cause"], size=12)


def _description(fish: Fishbone) -> str:
    return "; ".join(f"{rib.category}: {', '.join(bone.text for bone in rib.bones)}" for rib in fish.ribs)
