"""The paths to each effect as drawn lines, for a screen."""

from collections.abc import Iterator

from facilitator.documents.drawn.cells import wrapped
from facilitator.documents.drawn.pieces import Drawn, Piece, Tone
from facilitator.documents.paths import Path, paths
from facilitator.model.session import Session


def paths_lines(session: Session, width: int) -> tuple[Drawn, ...]:
    """Return the paths to each effect in lines of at most `width` cells."""
    return tuple(
        line
        for number, found in enumerate(paths(session))
        for line in (
            *([()] if number else []),
            *_lines(found.effect, width, Tone.TITLE),
            *(line for fact in found.facts for line in _lines(fact, width, Tone.MUTED)),
            (),
            *(line for place, path in enumerate(found.paths, 1) for line in _path(path, place, width)),
            *(_lines(f"and {found.more:,} more", width, Tone.MUTED) if found.more else ()),
        )
    )


def _path(path: Path, number: int, width: int) -> Iterator[Drawn]:
    alone = len(path.conditions) == 1
    state = f"closed by {', '.join(path.closed_by)}" if path.closed_by else "open"
    lead = f"{number:>3}  "
    yield (
        Piece(lead, Tone.MARK),
        Piece(state, Tone.MUTED if path.closed_by else Tone.WARN),
        *((Piece("   enough alone", Tone.STRONG),) if alone else ()),
    )
    for place, condition in enumerate(path.conditions):
        for row, line in enumerate(wrapped(condition, lambda _row: max(10, width - 11))):
            word = ("    " if place == 0 else "and ") if row == 0 else "    "
            yield (Piece(f"     {word}", Tone.LINE), Piece(line, Tone.TEXT))
    yield ()


def _lines(text: str, width: int, tone: Tone) -> Iterator[Drawn]:
    for line in wrapped(text, lambda _row: max(10, width)):
        yield (Piece(line, tone),)
