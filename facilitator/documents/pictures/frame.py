"""What surrounds every picture: the title above, the notes below, and how several trees share the page."""

from collections.abc import Sequence

from facilitator.documents.pictures.measure import wrapped
from facilitator.documents.pictures.svg import Drawing

MARGIN = 32.0
SPACE = 56.0
"""Between two trees."""

WIDEST = 1240.0
"""How wide a picture is before trees go below each other; a tree that is wider makes it wider."""

_NARROWEST = 420.0


def packed(sizes: Sequence[tuple[float, float]]) -> tuple[list[tuple[float, float]], float, float]:
    """Return where trees of these sizes stand, in rows, and how wide and high all of them are together."""
    room = max([WIDEST - 2 * MARGIN, *(width for width, _ in sizes)])
    places: list[tuple[float, float]] = []
    x = y = row = widest = 0.0
    for width, height in sizes:
        if x and x + width > room:
            x, y, row = 0.0, y + row + SPACE, 0.0
        places.append((x, y))
        widest, row = max(widest, x + width), max(row, height)
        x += width + SPACE
    return places, widest, y + row


class Frame:
    """The frame of a picture whose content is `width` wide: `top` is where the content begins."""

    def __init__(self, drawing: Drawing, kind: str, title: str, width: float) -> None:
        self.width = max(width, _NARROWEST)
        self._drawing = drawing
        drawing.text("muted", MARGIN, 38, [kind], size=12)
        lines = wrapped(title, self.width, 20, most=3, bold=True)
        drawing.text("ink", MARGIN, 64, lines, size=20, step=26, bold=True)
        self.top = 64 + 26 * (len(lines) - 1) + 34

    @property
    def whole_width(self) -> float:
        """How wide the picture is."""
        return self.width + 2 * MARGIN

    def notes(self, top: float, notes: Sequence[str]) -> float:
        """Write notes below the content, which ends at `top`; return the height of the whole picture."""
        lines = [line for note in notes for line in wrapped(note, self.width, 12, most=4)]
        if not lines:
            return top + MARGIN
        self._drawing.text("muted", MARGIN, top + 40, lines, size=12, step=18)
        return top + 40 + 18 * (len(lines) - 1) + MARGIN
