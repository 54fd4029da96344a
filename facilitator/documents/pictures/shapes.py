"""The shapes of gates, each with its word in it."""

from facilitator.documents.pictures.svg import Drawing
from facilitator.model.session import Join

WIDTH, HEIGHT = 46, 34
"""The size of a gate that stands upright, its output on top."""


def standing_gate(drawing: Drawing, join: Join, x: float, top: float) -> None:
    """Draw a gate with its output on top, in the middle above `x`: a dome for AND, a pointed shield for OR."""
    left, right, bottom = x - WIDTH / 2, x + WIDTH / 2, top + HEIGHT
    if join is Join.AND:
        drawing.path(
            "gate",
            "M",
            left,
            bottom,
            "V",
            top + 19,
            "C",
            left,
            top - 6,
            right,
            top - 6,
            right,
            top + 19,
            "V",
            bottom,
            "Z",
        )
    else:
        drawing.path(
            "gate", "M", left, bottom, "C", left, top + 12, x - 10, top + 5, x, top, "C", x + 10, top + 5,
            right, top + 12, right, bottom, "Q", x, bottom - 10, left, bottom, "Z",
        )  # fmt: skip
    drawing.text("accent", x, top + (24 if join is Join.AND else 22.5), [word(join)], size=11, bold=True, middle=True)


def lying_gate(drawing: Drawing, join: Join, left: float, y: float) -> None:
    """Draw a gate with its output at the left, at the height `y`."""
    top, bottom, right = y - 14, y + 14, left + WIDTH
    if join is Join.AND:
        drawing.path(
            "gate",
            "M",
            right,
            top,
            "H",
            left + 17,
            "C",
            left - 6,
            top,
            left - 6,
            bottom,
            left + 17,
            bottom,
            "H",
            right,
            "Z",
        )
    else:
        drawing.path(
            "gate", "M", right, top, "C", left + 22, top, left + 8, y - 7, left, y, "C", left + 8, y + 7,
            left + 22, bottom, right, bottom, "Q", right - 7, y, right, top, "Z",
        )  # fmt: skip
    drawing.text("accent", left + 24.5, y + 4, [word(join)], size=11, bold=True, middle=True)


def word(join: Join) -> str:
    """Return the word that stands in the gate."""
    return "AND" if join is Join.AND else "OR"


def event_mark(drawing: Drawing, number: int, x: float, top: float, *, single: bool) -> None:
    """Draw the mark of a basic event with its number: a circle, or six corners and a word when it is enough alone."""
    y = top + 18
    if single:
        drawing.path(
            "single", "M", x - 10, top, "H", x + 10, "L", x + 20, y, x + 10, top + 36, "H", x - 10, "L", x - 20, y, "Z"
        )
        drawing.text("alarm", x, top + 52, ["enough alone"], size=11, bold=True, middle=True)
    else:
        drawing.circle("card", x, y, 17)
    drawing.text("alarm" if single else "muted", x, y + 4, [f"C{number}"], size=12, bold=True, middle=True)
