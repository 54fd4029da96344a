"""A surface on which plotext draws: signs and blocks at exact places, with axes, as pieces in tones.

Only numbers and our own words go through plotext, which would obey what stands in the names of people's services.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from textual_plotext import Plot

from facilitator.app.trends.pieces import Piece, Signs, Tone

Place = tuple[int, int]
"""A place on the surface: from the left, and from the top."""

BLOCKS = 2
"""How many blocks a cell has across, and down."""


_TONES = tuple(Tone)
_NUMBERS = {tone: number for number, tone in enumerate(_TONES, 1)}
_ANSI = re.compile("\x1b\\[(?:38;5;(\\d+)|[0-9;]*)m|([^\x1b]+)")
_AXES = str.maketrans("│┤├─┬┴┼└┘", "|||-++++ ")


class _Surface(Plot):
    """A plot of any size: otherwise it is no larger than the terminal on which the program was started."""

    def resize(self, width: int, height: int) -> None:
        """Take so many cells and lines."""
        self.plotsize(width, height)
        self._set_size(width, height)


class Canvas:
    """A surface of so many cells. What is drawn later hides what was drawn before."""

    def __init__(self, columns: int, lines: int, signs: Signs) -> None:
        self.columns, self.lines, self.signs = max(2, columns), max(2, lines), signs
        self._plot = _Surface()
        self._plot.xlim(0, 1)
        self._plot.ylim(0, 1)
        # Plotext has no axes where nothing is drawn: one space in a corner is enough.
        self._scatter(" ", Tone.AXIS, [(0, self.lines - 1)], 1, 1)
        self._left: Sequence[tuple[float, str]] = ()
        self._below: Sequence[tuple[float, str]] = ()

    def put(self, sign: str, tone: Tone, places: Iterable[Place]) -> None:
        """Put a sign into cells."""
        self._scatter(sign, tone, places, 1, 1)

    def blocks(self, tone: Tone, places: Iterable[Place]) -> None:
        """Fill quarters of cells."""
        if self.signs.plain:
            self.put(self.signs.full, tone, {(x // BLOCKS, y // BLOCKS) for x, y in places})
            return
        held = {(x, y): (x // BLOCKS, y // BLOCKS) for x, y in places}
        # A whole cell costs plotext a quarter of its four quarters.
        whole = {cell for cell, count in Counter(held.values()).items() if count == BLOCKS**2}
        self.put(self.signs.full, tone, whole)
        self._scatter("hd", tone, (place for place, cell in held.items() if cell not in whole), BLOCKS, BLOCKS)

    def crowd(self, tone: Tone, counts: "Counter[Place]") -> None:
        """Put a sign into cells, another one where more stand in one place."""
        for number, sign in enumerate(self.signs.dots):
            self.put(sign, tone, [place for place, count in counts.items() if _crowd(count) == number])

    def axes(self, left: Sequence[tuple[float, str]], below: Sequence[tuple[float, str]]) -> None:
        """Name values at the axes: at the left from the bottom, 0, to the top, 1; below from the left, 0, to 1."""
        self._left, self._below = left, below

    @property
    def margin(self) -> int:
        """How many cells stand at the left of the surface."""
        return max((len(name) for _, name in self._left), default=0) + 1

    def drawn(self) -> list[list[Piece]]:
        """Return the lines: those of the surface, the axis below it, and the names at that."""
        plot = self._plot
        plot.xaxes(True, False)
        plot.yaxes(True, False)
        plot.yticks([place for place, _ in self._left], [name for _, name in self._left])
        plot.xticks([place for place, _ in self._below], [name for _, name in self._below])
        plot.canvas_color("default")
        plot.axes_color("default")
        plot.ticks_color(_NUMBERS[Tone.AXIS])
        width, height = self.columns + self.margin, self.lines + 2
        plot.resize(width, height)
        lines = plot.build().split("\n")[:height]
        return [self._pieces(line) for line in lines]

    def _scatter(self, marker: str, tone: Tone, places: Iterable[Place], across: int, down: int) -> None:
        width, height = self.columns * across - 1, self.lines * down - 1
        held = [(x / width, 1 - y / height) for x, y in places if 0 <= x <= width and 0 <= y <= height]
        if held:
            self._plot.scatter(*zip(*held, strict=True), marker=marker, color=_NUMBERS[tone])

    def _pieces(self, line: str) -> list[Piece]:
        found: list[tuple[Tone, str]] = []
        tone = Tone.AXIS
        for match in _ANSI.finditer(line):
            number, text = match.groups()
            if text is None:
                tone = _TONES[int(number) - 1] if number else Tone.AXIS
            else:
                found.append((tone, text.translate(_AXES) if self.signs.plain else text))
        return [Piece("".join(text for _, text in run), tone) for tone, run in groupby(found, key=lambda each: each[0])]


def _crowd(count: int) -> int:
    return 0 if count == 1 else 1 if count < 4 else 2
