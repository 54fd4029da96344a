"""The why trees of a session as a picture: one answer leads down to the next, several branch off to the right."""

from collections.abc import Sequence

import msgspec

from facilitator.documents.pictures.frame import MARGIN, WIDEST, Frame, packed
from facilitator.documents.pictures.measure import wrapped
from facilitator.documents.pictures.part import Part, part
from facilitator.documents.pictures.shapes import WIDTH as GATE
from facilitator.documents.pictures.shapes import lying_gate
from facilitator.documents.pictures.svg import Box, Drawing
from facilitator.documents.pictures.words import JOINS, NOTHING_SAID, counted, factor_names, remarks
from facilitator.model.forest import Forest, forest
from facilitator.model.session import Confidence, Join, Session, Why
from facilitator.model.text import one_line

SHOWN = 200
"""How many answers a picture shows."""

_SIZE, _STEP, _PAD, _ANCHOR = 13, 17, 11, 20
_NARROW, _BROAD = 188, 320
_GAP, _DOWN, _BETWEEN, _APART = 92, 28, 16, 32
_MOST = 10


class _Card(msgspec.Struct, frozen=True):
    """A box with text, at its height below the top of its chain."""

    number: int
    lines: list[str]
    remarks: list[str]
    height: float
    below: float


class _Chain(msgspec.Struct):
    """Cards below each other, and the chains that branch off from the last of them.

    `outline` holds for each column, from that of the cards to the right, where the tree begins and where it ends.
    """

    cards: list[_Card]
    column: int
    branches: list[int]
    top: float = 0.0
    outline: list[tuple[float, float]] = []

    @property
    def own_height(self) -> float:
        return self.cards[-1].below + self.cards[-1].height


def whytree_svg(session: Session) -> str:
    """Return the why trees as one SVG, or nothing when there are none. Shows the part nearest to the effects."""
    if not session.whys:
        return ""
    return _Picture(session).svg()


class _Picture:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._trees: Forest = forest(session.whys)
        self._part: Part = part(self._trees.below, self._trees.tops, SHOWN)
        self._factors = factor_names(session)
        self._drawing = Drawing()
        self._chains: list[_Chain] = []
        columns = self._columns()
        room = (WIDEST - 2 * MARGIN - (columns - 1) * _GAP) / columns
        self._width = float(min(_BROAD, max(_NARROW, round(room))))

    def svg(self) -> str:
        trees = [self._grow(top) for top in self._part.tops]
        sizes = [self._size(chains) for chains in trees]
        places, width, height = packed(sizes)
        frame = Frame(self._drawing, "Why tree", one_line(self._session.title) or NOTHING_SAID, width)
        for chains, (x, y) in zip(trees, places, strict=True):
            for chain in chains:
                self._draw(self._chains[chain], MARGIN + x, frame.top + y)
        notes = self._notes()
        whole = frame.notes(frame.top + height, notes)
        return self._drawing.svg(
            "whytree",
            frame.whole_width,
            whole,
            title=f"Why tree: {self._session.title}",
            description=" ".join([self._counts(), *notes]),
        )

    def _columns(self) -> int:
        depth = dict.fromkeys(self._part.tops, 1)
        for number in self._part.order:
            below = self._part.below[number]
            step = 1 if self._branches(number) else 0
            depth.update(dict.fromkeys(below, depth[number] + step))
            if step and number in self._part.hidden:
                depth[-1] = max(depth.get(-1, 0), depth[number] + 1)
        return max(depth.values())

    def _branches(self, number: int) -> bool:
        return len(self._part.below[number]) + (number in self._part.hidden) > 1

    def _grow(self, top: int) -> list[int]:
        """Make the chains of a tree, with their heights and their tops; return their numbers, each after its parent."""
        first = len(self._chains)
        waiting: list[tuple[int, int, _Chain | None]] = [(top, 0, None)]
        while waiting:
            number, column, parent = waiting.pop()
            chain = self._chain(number, column)
            if parent is not None:
                parent.branches.append(len(self._chains))
            self._chains.append(chain)
            last = chain.cards[-1].number
            if last >= 0 and self._branches(last):
                waiting += [(each, column + 1, chain) for each in reversed(self._answers(last))]
        made = list(range(first, len(self._chains)))
        for number in reversed(made):
            self._place(self._chains[number])
        for number in made:
            chain = self._chains[number]
            for each in chain.branches:
                self._chains[each].top += chain.top
        return made

    def _place(self, chain: _Chain) -> None:
        """Give the branches of a chain their tops, from the top of the chain, each as high as it can go.

        A branch moves up beside what hangs on the branch above it, as long as nothing of the two meets.
        """
        chain.outline = [(0.0, chain.own_height)]
        first = chain.cards[-1].below
        deeper: list[tuple[float, float]] = []
        for each in chain.branches:
            branch = self._chains[each]
            pairs = enumerate(zip(deeper, branch.outline, strict=False))
            clear = [bottom + (_APART if depth else _BETWEEN) - top for depth, ((_, bottom), (top, _)) in pairs]
            branch.top = max([first, *clear])
            moved = [(top + branch.top, bottom + branch.top) for top, bottom in branch.outline]
            joined = [(one[0], other[1]) for one, other in zip(deeper, moved, strict=False)]
            deeper = [*joined, *deeper[len(moved) :], *moved[len(deeper) :]]
        chain.outline += deeper

    def _answers(self, number: int) -> list[int]:
        """Return what is drawn below a node; a negative number stands for the answers that are not shown."""
        return [*self._part.below[number], *([-1 - number] if number in self._part.hidden else [])]

    def _chain(self, number: int, column: int) -> _Chain:
        cards: list[_Card] = []
        below = 0.0
        while True:
            card = self._card(number, below)
            cards.append(card)
            answers = self._answers(number) if number >= 0 else []
            if len(answers) != 1:
                return _Chain(cards, column, [])
            number, below = answers[0], below + card.height + _DOWN

    def _card(self, number: int, below: float) -> _Card:
        room = self._width - 2 * _PAD
        if number < 0:
            said = f"{counted(self._part.hidden[-1 - number], 'more answer')} below, not shown"
            lines, more = wrapped(said, room, 12, most=2), []
        else:
            why = self._trees.whys[number]
            bold = number in self._part.tops
            lines = wrapped(one_line(why.text) or NOTHING_SAID, room, _SIZE, most=_MOST, bold=bold)
            more = wrapped(said, room, 11, most=2) if (said := remarks(why, self._factors)) else []
        height = 2 * _PAD + _STEP * len(lines) - 3 + 15 * len(more) + (3 if more else 0)
        return _Card(number, lines, more, height, below)

    def _size(self, chains: Sequence[int]) -> tuple[float, float]:
        columns = max(self._chains[each].column for each in chains)
        return self._width + columns * (self._width + _GAP), max(
            bottom for _, bottom in self._chains[chains[0]].outline
        )

    def _draw(self, chain: _Chain, x: float, y: float) -> None:
        left, top = x + chain.column * (self._width + _GAP), y + chain.top
        for place, card in enumerate(chain.cards):
            if place:
                middle, end = left + self._width / 2, top + card.below
                self._drawing.path("line", "M", middle, end - _DOWN, "V", end)
                self._drawing.text("muted", middle + 8, end - _DOWN / 2 + 4, ["why?"], size=11)
            self._draw_card(card, Box(left, top + card.below, self._width, card.height))
        if chain.branches:
            join = self._trees.whys[chain.cards[-1].number].join
            self._draw_branches(chain, join, left + self._width, y)

    def _draw_branches(self, chain: _Chain, join: Join, right: float, y: float) -> None:
        start = y + chain.top + chain.cards[-1].below + _ANCHOR
        gate, spine = right + 14, right + 14 + GATE + 14
        ends = [y + self._chains[each].top + _ANCHOR for each in chain.branches]
        self._drawing.path("line", "M", right, start, "H", right + _GAP)
        if len(ends) > 1:
            self._drawing.path("line", "M", spine, start, "V", ends[-1] - 6)
        for end in ends[1:]:
            self._drawing.path("line", "M", spine, end - 6, "q", 0, 6, 6, 6, "H", right + _GAP)
        lying_gate(self._drawing, join, gate, start)

    def _draw_card(self, card: _Card, box: Box) -> None:
        baseline = box.top + _PAD + 11
        if card.number < 0:
            self._drawing.box("more", box, radius=6, dashed=True)
            self._drawing.text("muted", box.left + _PAD, baseline, card.lines, size=12, step=_STEP)
            return
        why: Why = self._trees.whys[card.number]
        effect = card.number in self._part.tops
        doubtful = why.confidence in (Confidence.LIKELY, Confidence.POSSIBLE)
        self._drawing.open(why.text or NOTHING_SAID)
        self._drawing.box("effect" if effect else "card", box, radius=6, dashed=doubtful)
        self._drawing.text("ink", box.left + _PAD, baseline, card.lines, size=_SIZE, step=_STEP, bold=effect)
        if card.remarks:
            under = baseline + _STEP * len(card.lines) + 1
            self._drawing.text("muted", box.left + _PAD, under, card.remarks, size=11, step=15)
        self._drawing.close()

    def _counts(self) -> str:
        effects = len(self._trees.tops)
        return f"{counted(len(self._trees.whys) - effects, 'answer')} to {counted(effects, 'effect')}."

    def _notes(self) -> list[str]:
        shown = [each for each in self._part.order if len(self._part.below[each]) > 1]
        joins = {self._trees.whys[number].join for number in shown}
        said = [f"{name}: {meaning}." for name, meaning in JOINS.items() if Join(name.lower()) in joins]
        notes = ["   ".join(said)] if said else []
        if self._part.left_out:
            whole = len(self._trees.whys)
            part_shown = f"{len(self._part.order):,} of {whole:,} effects and answers"
            notes.append(f"This picture shows {part_shown}, those nearest to the top.")
        return notes
