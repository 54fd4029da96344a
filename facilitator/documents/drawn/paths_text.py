"""The paths to each effect as drawn lines, for a screen."""

from collections.abc import Iterator, Sequence

from facilitator.documents.drawn.cells import cells, wrapped
from facilitator.documents.drawn.pieces import Drawn, Piece, Tone
from facilitator.documents.paths import RULE, ClosedBy, Cut, Paths, paths
from facilitator.documents.paths_told import facts, needed, share, which_paths
from facilitator.model.session import Session

_INDENT = 2
_LEAST = 10
_ACTIONS = ("What closes the path, each action by itself", "Paths that each action closes by itself")
_SAFEGUARDS = (
    "What would have cut the path, had it held, each safeguard by itself",
    "Paths that each safeguard would have cut by itself, had it held",
)
_CLOSED_BY = max(len(each) for each in ClosedBy)


def paths_lines(session: Session, width: int) -> tuple[Drawn, ...]:
    """Return what a path is, and the paths to each effect, in lines of at most `width` cells."""
    found = paths(session)
    if not found:
        return ()
    return (*_lines(RULE, width, Tone.MUTED), *(line for each in found for line in ((), *_effect(each, width))))


def _effect(found: Paths, width: int) -> Iterator[Drawn]:
    yield from _lines(found.effect, width, Tone.TITLE)
    for fact in facts(found):
        yield from _lines(fact, width, Tone.STRONG)
    yield ()
    for condition in found.conditions:
        said = f"{condition.text} (enough alone)" if condition.single else condition.text
        yield from _row((Piece(f"{condition.name:>4}", Tone.MARK),), said, width, Tone.TEXT)
    if found.more_conditions:
        yield from _row((), f"and {found.more_conditions:,} more", width, Tone.MUTED)
    if found.total is None:
        return
    if found.total > 1:
        yield from _table(found, found.total, width)
    yield from _cuts(found.actions, _ACTIONS, found.total, width)
    yield from _cuts(found.safeguards, _SAFEGUARDS, found.total, width)


def _table(found: Paths, total: int, width: int) -> Iterator[Drawn]:
    yield ()
    yield from _row((Piece("path", Tone.MUTED), Piece(f"  {'closed by':<{_CLOSED_BY}}", Tone.MUTED)),
                    "conditions, all of them needed", width, Tone.MUTED)  # fmt: skip
    for number, path in enumerate(found.paths, 1):
        tone = Tone.WARN if path.closed_by is ClosedBy.NOTHING else Tone.MUTED
        lead = (Piece(f"{number:>4}", Tone.MARK), Piece(f"  {path.closed_by:<{_CLOSED_BY}}", tone))
        alone = len(path.conditions) == 1
        yield from _row(lead, needed(path.conditions), width, Tone.STRONG if alone else Tone.TEXT)
    if total > len(found.paths):
        yield from _row((), f"and {total - len(found.paths):,} more paths", width, Tone.MUTED)


def _cuts(cuts: Sequence[Cut], headings: tuple[str, str], total: int, width: int) -> Iterator[Drawn]:
    if not cuts:
        return
    the_path, each = headings
    counted = total > 1 or not all(cut.paths for cut in cuts)
    yield ()
    yield from _lines(each if counted else the_path, width, Tone.MUTED)
    longest = max(len(cut.name) for cut in cuts)
    for cut in cuts:
        lead = (Piece(f"{share(cut, total)}  ", Tone.STRONG if cut.paths else Tone.MUTED),) if counted else ()
        which = which_paths(cut.paths, total)
        said = f"{cut.text} ({which})" if which else cut.text
        yield from _row((*lead, Piece(f"{cut.name:>{longest}}", Tone.MARK)), said, width, Tone.TEXT)


def _row(lead: Sequence[Piece], text: str, width: int, tone: Tone) -> Iterator[Drawn]:
    """Return a text behind what leads to it; below that where there is no room beside it."""
    before = (Piece(" " * _INDENT, Tone.TEXT), *lead, Piece("  " if lead else "", Tone.TEXT))
    start = sum(cells(piece.text) for piece in before)
    if width - start < max(_LEAST, start):
        yield before
        start = 2 * _INDENT
        before = (Piece(" " * start, Tone.TEXT),)
    for number, line in enumerate(wrapped(text, lambda _row: max(_LEAST, width - start))):
        yield (*(before if number == 0 else (Piece(" " * start, Tone.TEXT),)), Piece(line, tone))


def _lines(text: str, width: int, tone: Tone) -> Iterator[Drawn]:
    for line in wrapped(text, lambda _row: max(_LEAST, width)):
        yield (Piece(line, tone),)
