"""The parts that both forms of a drawn fishbone share: the box of the effect, and the lines of a factor."""

from collections.abc import Callable

from facilitator.documents.drawn.cells import cells, wrapped
from facilitator.documents.drawn.pieces import Piece, Tone, filled
from facilitator.documents.drawn.signs import Signs
from facilitator.model.fishbone import Bone

BULLET = 2
"""How many cells the mark of a factor takes, with the space behind it."""


def box(effect: str, room: int, signs: Signs) -> list[list[Piece]]:
    """Return the effect in a box, as rows of equal width; `room` is the most that a line of its text takes."""
    lines = wrapped(effect or signs.nothing, lambda _: room)
    inner = max(cells(line) for line in lines)
    edge = signs.twig * (inner + 2)
    top_left, top_right, bottom_left, bottom_right = signs.corners
    left, right = Piece(f"{signs.side} ", Tone.SPINE), Piece(f" {signs.side}", Tone.SPINE)
    return [
        [Piece(f"{top_left}{edge}{top_right}", Tone.SPINE)],
        *([left, *filled([Piece(line, Tone.HEAD)], inner), right] for line in lines),
        [Piece(f"{bottom_left}{edge}{bottom_right}", Tone.SPINE)],
    ]


def factor(bone: Bone, room: Callable[[int], int], signs: Signs) -> list[list[Piece]]:
    """Return a factor as rows with its mark before the first; `room` gives the cells of each row, by its number."""
    said = f"{bone.text} ({bone.role})" if bone.role else bone.text
    first, *rest = wrapped(said, lambda line: room(line) - BULLET)
    mark = Piece(f"{signs.root} ", Tone.MARK) if bone.root_cause else Piece(f"{signs.factor} ", Tone.MUTED)
    tone = Tone.STRONG if bone.root_cause else Tone.TEXT
    indent = Piece(" " * BULLET, Tone.TEXT)
    return [[mark, Piece(first, tone)], *([indent, Piece(line, tone)] for line in rest)]
