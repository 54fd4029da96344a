"""A small writer of SVG: shapes and text that show exactly what they are given, and nothing that acts or loads.

Colours are in classes, for a light page and, where the reader's system says so, for a dark one.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from facilitator.model.text import one_line

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif"

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_TITLE = 1_000

_COLOURS = {
    "ground": ("#fbfaf7", "#14181d"),
    "surface": ("#ffffff", "#1c222a"),
    "edge": ("#cfcabe", "#3b4653"),
    "ink": ("#1d242b", "#dfe4ea"),
    "muted": ("#5b6672", "#9aa5b1"),
    "line": ("#9b978b", "#657281"),
    "accent": ("#1f6f8b", "#7fb4ca"),
    "tint": ("#e6f1f4", "#1b2f38"),
    "alarm": ("#8a5a00", "#e0af68"),
    "glow": ("#fbf0d9", "#352a19"),
}
_FILLED = {
    "ground": ("ground", None),
    "card": ("surface", "edge"),
    "effect": ("tint", "accent"),
    "single": ("glow", "alarm"),
    "more": ("ground", "line"),
    "gate": ("ground", "accent"),
    "line": (None, "line"),
    "ink": ("ink", None),
    "muted": ("muted", None),
    "accent": ("accent", None),
    "alarm": ("alarm", None),
}
"""Each class with the colour of its fill and of its stroke."""


class Box(NamedTuple):
    """A rectangle: its left and top, its width and height."""

    left: float
    top: float
    width: float
    height: float


class Drawing:
    """Shapes in the order in which they are drawn. Lengths are in pixels; `kind` is one of the classes of colours."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def box(self, kind: str, box: Box, *, radius: float = 0.0, dashed: bool = False) -> None:
        """Draw a rectangle."""
        left, top, width, height = map(_number, box)
        rounded = f' rx="{_number(radius)}"' if radius else ""
        self._parts.append(
            f'<rect{_kind(kind, dashed=dashed)} x="{left}" y="{top}" width="{width}" height="{height}"{rounded}/>'
        )

    def circle(self, kind: str, x: float, y: float, radius: float) -> None:
        """Draw a circle around a point."""
        self._parts.append(f'<circle{_kind(kind)} cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"/>')

    def path(self, kind: str, *steps: str | float, dashed: bool = False) -> None:
        """Draw a path: commands of SVG, each followed by its numbers."""
        data = " ".join(step if isinstance(step, str) else _number(step) for step in steps)
        self._parts.append(f'<path{_kind(kind, dashed=dashed)} d="{escape(data)}"/>')

    def text(
        self, kind: str, x: float, y: float, lines: Sequence[str], *, size: float = 13, step: float = 17,
        bold: bool = False, middle: bool = False,
    ) -> None:  # fmt: skip
        """Write lines below each other, the first with its base line at `y`; `x` is their left end or their middle."""
        weight = ' font-weight="600"' if bold else ""
        anchor = ' text-anchor="middle"' if middle else ""
        start = f'<text{_kind(kind)} x="{_number(x)}" y="{_number(y)}" font-size="{_number(size)}"{weight}{anchor}>'
        shown = [
            f'<tspan x="{_number(x)}" dy="{_number(step)}">{escaped(line)}</tspan>' if number else escaped(line)
            for number, line in enumerate(lines)
        ]
        self._parts.append(f"{start}{''.join(shown)}</text>")

    def open(self, title: str) -> None:
        """Begin a group, which a pointer and a screen reader find under this title."""
        self._parts.append(f"<g><title>{escaped(shortened(title))}</title>")

    def close(self) -> None:
        """End the group."""
        self._parts.append("</g>")

    def svg(self, name: str, width: float, height: float, *, title: str, description: str) -> str:
        """Return the picture as a document of its own; `name` is a word of ours that its ids begin with."""
        across, down = _number(width), _number(height)
        size = f'width="{across}" height="{down}"'
        named = f'role="img" aria-labelledby="{name}-title {name}-description" font-family="{escape(FONT)}"'
        lines = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="facilitator-picture" {size}',
            f' viewBox="0 0 {across} {down}" {named}>',
            f'<title id="{name}-title">{escaped(shortened(title))}</title>',
            f'<desc id="{name}-description">{escaped(shortened(description))}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="ground" {size} rx="8"/>',
            *self._parts,
            "</svg>",
        )
        return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return text of one line as it must stand in XML: cleaned, without what XML cannot hold, and never as markup."""
    return escape(_NOT_XML.sub("", one_line(text)))


def shortened(text: str, longest: int = _LONGEST_TITLE) -> str:
    """Return a text of one line, cut with "…" when it is longer than `longest` characters."""
    text = one_line(text)
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _kind(kind: str, *, dashed: bool = False) -> str:
    return f' class="{kind}"' + (' stroke-dasharray="5 4"' if dashed else "")


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _rules(scheme: int) -> Iterable[str]:
    for kind, (fill, stroke) in _FILLED.items():
        filled = f"fill:{_COLOURS[fill][scheme]}" if fill else "fill:none"
        stroked = f";stroke:{_COLOURS[stroke][scheme]};stroke-width:1.5" if stroke else ""
        yield f".facilitator-picture .{kind}{{{filled}{stroked}}}"


STYLE = f"{''.join(_rules(0))}@media (prefers-color-scheme:dark){{{''.join(_rules(1))}}}"
"""The colours of every picture; a page that holds several may have it once."""
