"""The fault trees of a session as a picture: the effect on top, gates below it, basic events at the ends."""

import msgspec

from facilitator.documents.pictures.frame import MARGIN, Frame, packed
from facilitator.documents.pictures.gates import Symbol, drawn, facts_of
from facilitator.documents.pictures.measure import wrapped
from facilitator.documents.pictures.part import part
from facilitator.documents.pictures.shapes import HEIGHT, event_mark, standing_gate
from facilitator.documents.pictures.svg import Box, Drawing
from facilitator.documents.pictures.tidy import Tidy, tidy
from facilitator.documents.pictures.words import JOINS, NOTHING_SAID, counted
from facilitator.documents.references import refer
from facilitator.model.session import Join, Session
from facilitator.model.text import one_line

SHOWN = 150
"""How many gates and events a picture shows."""

_SIZE, _STEP, _PAD = 12, 16, 9
_WIDTH, _GAP = 152.0, 18.0
_STEM, _BUS, _MARK = 10.0, 34.0, 46.0
_MOST = 9
_LEAST = 400.0
_FACTS_TOP, _FACTS_STEP = 26.0, 18.0


class _Tree(msgspec.Struct, frozen=True):
    """One tree with its layout, the top of each of its levels, and the lines that are said about it."""

    top: int
    layout: Tidy
    levels: list[float]
    bottom: float
    facts: list[str]

    @property
    def size(self) -> tuple[float, float]:
        said = _FACTS_TOP + _FACTS_STEP * (len(self.facts) - 1) if self.facts else 0.0
        return max(self.layout.width, _LEAST), self.bottom + said


def faulttree_svg(session: Session, effect: str = "") -> str:
    """Return the fault trees as one SVG, or only that of the effect with this id; nothing when there are none.

    Effects without answers are left out. Shows the part nearest to the effects.
    """
    picture = _Picture(session, effect)
    return picture.svg() if picture.trees else ""


class _Picture:
    def __init__(self, session: Session, effect: str) -> None:
        self._session = session
        self._names = refer(session)
        self._gates = drawn(session, effect)
        self._part = part(self._gates.below, self._gates.tops, SHOWN)
        self._facts = facts_of(session, self._gates.trees[: len(self._part.tops)])
        self._drawing = Drawing()
        room = _WIDTH - 2 * _PAD
        self._lines = {
            number: wrapped(one_line(self._symbol(number).text) or NOTHING_SAID, room, _SIZE, most=_MOST, bold=bold)
            for number in self._part.order
            for bold in [number in self._part.tops]
        }
        self.trees = [self._tree(place, top) for place, top in enumerate(self._part.tops)]

    def svg(self) -> str:
        places, width, height = packed([tree.size for tree in self.trees])
        frame = Frame(self._drawing, "Fault tree", one_line(self._session.title) or NOTHING_SAID, width)
        for tree, (x, y) in zip(self.trees, places, strict=True):
            self._draw(tree, MARGIN + x, frame.top + y)
        notes = self._notes()
        whole = frame.notes(frame.top + height, notes)
        facts = [each for said in self._facts for each in said]
        return self._drawing.svg(
            "faulttree",
            frame.whole_width,
            whole,
            title=f"Fault tree: {self._session.title}",
            description=" ".join([*facts, *notes]),
        )

    def _symbol(self, number: int) -> Symbol:
        return self._gates.symbols[number]

    def _tree(self, place: int, top: int) -> _Tree:
        layout = tidy(top, self._part.below, _WIDTH, _GAP)
        heights = [0.0] * (max(layout.depths.values()) + 1)
        for number, depth in layout.depths.items():
            heights[depth] = max(heights[depth], self._height(number))
        levels = [0.0]
        for height in heights:
            levels.append(levels[-1] + height + _BUS)
        width = max(layout.width, _LEAST)
        said = self._facts[place] if place < len(self._facts) else []
        facts = [line for each in said for line in wrapped(each, width, 12, most=4)]
        return _Tree(top, layout, levels[:-1], levels[-1] - _BUS, facts)

    def _box_height(self, number: int) -> float:
        return 2 * _PAD + _STEP * len(self._lines[number]) - 3 + (15 if self._symbol(number).factors else 0)

    def _height(self, number: int) -> float:
        """Return how high a box is with what hangs right below it."""
        symbol = self._symbol(number)
        mark = HEIGHT if symbol.join else (_MARK + (14 if symbol.single else 0) if symbol.event else 0)
        hidden = 22 if number in self._part.hidden else 0
        return self._box_height(number) + (_STEM + mark if mark else 0) + hidden

    def _draw(self, tree: _Tree, left: float, top: float) -> None:
        for number, middle in sorted(tree.layout.middles.items()):  # in reading order
            level = top + tree.levels[tree.layout.depths[number]]
            x = left + middle
            below = [left + tree.layout.middles[each] for each in self._part.below[number]]
            if below:
                self._draw_lines(
                    x, level + self._height(number), below, top + tree.levels[tree.layout.depths[number] + 1]
                )
            self._draw_symbol(number, x, level)
        if tree.facts:
            bottom = top + tree.bottom + _FACTS_TOP
            self._drawing.text("ink", left, bottom, tree.facts, size=12, step=_FACTS_STEP)

    def _draw_lines(self, x: float, start: float, below: list[float], end: float) -> None:
        bus = end - _BUS / 2
        self._drawing.path("line", "M", x, start - 6, "V", bus)
        if below[0] != below[-1]:
            self._drawing.path("line", "M", below[0], end, "V", bus, "H", below[-1], "V", end)
        for each in below[1:-1] if len(below) > 1 else below:
            self._drawing.path("line", "M", each, bus, "V", end)

    def _draw_symbol(self, number: int, x: float, top: float) -> None:
        symbol = self._symbol(number)
        effect = number in self._part.tops
        box = Box(x - _WIDTH / 2, top, _WIDTH, self._box_height(number))
        self._drawing.open(symbol.text or NOTHING_SAID)
        stem = box.top + box.height
        if symbol.join or symbol.event:
            self._drawing.path("line", "M", x, stem, "V", stem + _STEM + 4)
        kind = "effect" if effect else ("single" if symbol.single else "card")
        self._drawing.box(kind, box, radius=10 if symbol.event else 3)
        lines = self._lines[number]
        self._drawing.text("ink", x, top + _PAD + 10, lines, size=_SIZE, step=_STEP, bold=effect, middle=True)
        if symbol.factors:
            named = wrapped(self._names.addressed(symbol.factors), _WIDTH - 2 * _PAD, 11, most=1)
            self._drawing.text("muted", x, stem - _PAD, named, size=11, middle=True)
        if symbol.join:
            standing_gate(self._drawing, symbol.join, x, stem + _STEM)
        elif symbol.event:
            event_mark(self._drawing, symbol.event, x, stem + _STEM, single=symbol.single)
        self._drawing.close()
        if number in self._part.hidden:
            said = f"{self._part.hidden[number]:,} more not shown"
            self._drawing.text("muted", x, top + self._height(number) - 6, [said], size=11, middle=True)

    def _notes(self) -> list[str]:
        shown = [self._symbol(number) for number in self._part.order]
        joins = {symbol.join for symbol in shown}
        said = [f"{name}: {meaning}." for name, meaning in JOINS.items() if Join(name.lower()) in joins]
        said.append("Round: a basic condition; the same name (C1) is the same condition.")
        if any(symbol.single for symbol in shown):
            said.append("Six corners: a single point of failure, which is enough alone.")
        notes = [" ".join(said), "An answer that leads on to one single answer is left out."]
        if self._part.left_out:
            whole = len(self._gates.symbols)
            said_part = f"{len(self._part.order):,} of {counted(whole, 'gate and event', 'gates and events')}"
            notes.append(f"This picture shows {said_part}, those nearest to the top.")
        return notes
