"""The timeline strip drawn with characters, in one to three lines of any width."""

from collections.abc import Iterator, Sequence

import msgspec

from facilitator.documents.drawn.pieces import Drawn, Piece, Tone, joined
from facilitator.documents.drawn.strip_board import Board
from facilitator.documents.drawn.strip_clocks import told_ends
from facilitator.documents.drawn.strip_marks import MarkSigns, mark_milestones
from facilitator.model.metrics import spoken
from facilitator.model.session import Entry
from facilitator.model.strip import Silence, Strip, smoothed, strip

NARROWEST, TALLEST = 10, 3
"""The smallest width in cells, and the greatest height; what is asked for outside of them is taken as the nearest."""

_ZONE_SHARE = 8
_LEAST_SCALE = 12
_LOUD = 3
"""So many entries in one place are drawn at full height, even where it is the busiest of all."""


class _Signs(msgspec.Struct, frozen=True):
    bars: str
    silent: str
    broken: str
    mark: str
    rule: str
    dots: str
    ends: tuple[str, str]
    cursor: str
    upright: str


_UNICODE = _Signs(
    "▂▃▄▅▆▇█", "▁", "\N{BOX DRAWINGS LIGHT DIAGONAL UPPER RIGHT TO LOWER LEFT}", "◆", "─", "┄", ("├", "┤"), "▲", "┃"
)
_ASCII = _Signs(".:-=+*#", "_", "/", "*", "-", ".", ("|", "|"), "^", "|")


class StripPicture(msgspec.Struct, frozen=True):
    """A drawn strip without a cursor: as long as the timeline and the width are the same, only the cursor is drawn.

    `lines` are the density, the milestones, and the silences, as many as were asked for, each at most `width` cells.
    `left` is the column in which the scale begins.
    """

    width: int
    left: int
    strip: Strip
    lines: tuple[Drawn, ...]
    ascii_only: bool = False

    def column_of(self, entry: int) -> int:
        """Return the column of an entry, by its number in the timeline."""
        return self.left + self.strip.places[entry]

    def entry_at(self, column: int) -> int | None:
        """Return the number of the entry nearest to a column, wherever on the line it is; None without entries."""
        if not self.strip.nearest:
            return None
        return self.strip.nearest[max(0, min(self.strip.columns - 1, column - self.left))]


def strip_picture(
    timeline: Sequence[Entry], zone: str, width: int, *, height: int = TALLEST, ascii_only: bool = False
) -> StripPicture:
    """Return the strip of a timeline in `width` cells and `height` lines, with its clocks in `zone`.

    `ascii_only` draws it without the characters of Unicode.
    """
    width = max(NARROWEST, width)
    signs = _ASCII if ascii_only else _UNICODE
    before, behind = _clocks(timeline, zone, width)
    columns = width - len(before) - len(behind)
    drawn = strip(timeline, columns, least=_least(columns))
    density = joined([Piece(before, Tone.MUTED), *_density(drawn, signs), Piece(behind, Tone.MUTED)])
    lines = [density, *_below(drawn, len(before), width, signs)]
    return StripPicture(width, len(before), drawn, tuple(lines[: max(1, min(TALLEST, height))]), ascii_only)


def with_cursor(picture: StripPicture, entry: int | None) -> tuple[Drawn, ...]:
    """Return the lines of a strip with the cursor at an entry, by its number; without one when it is None.

    The cursor stands on the third line, and where there is none, in the density itself.
    """
    if entry is None or not 0 <= entry < len(picture.strip.places):
        return picture.lines
    signs = _ASCII if picture.ascii_only else _UNICODE
    column = picture.column_of(entry)
    first, *rest = picture.lines
    if len(picture.lines) < TALLEST:
        return (_over(first, column, signs.upright), *rest)
    return (
        _over(first, column, None),
        *rest[:-1],
        _over(_without_break(rest[-1], column, signs.broken), column, signs.cursor),
    )


def _over(line: Drawn, column: int, sign: str | None) -> Drawn:
    """Return a line with the cursor in one column: its own sign, or the one that is there."""
    pieces: list[Piece] = []
    start = 0
    for piece in line:
        at = column - start
        if 0 <= at < len(piece.text):
            here = Piece(sign or piece.text[at], Tone.CURSOR)
            pieces += [Piece(piece.text[:at], piece.tone), here, Piece(piece.text[at + 1 :], piece.tone)]
        else:
            pieces.append(piece)
        start += len(piece.text)
    return joined(pieces)


def _least(columns: int) -> int:
    """Return how many columns the scale has between two breaks; four let the length of a break stand below it."""
    return 1 if columns < 48 else 3 if columns < 72 else 4


def _without_break(line: Drawn, column: int, broken: str) -> Drawn:
    """Return the third line without the length of a break on which the cursor would stand: half of it would mislead."""
    pieces: list[Piece] = []
    start = 0
    for piece in line:
        at = column - start
        start += len(piece.text)
        if piece.tone is not Tone.MUTED or not 0 <= at < len(piece.text):
            pieces.append(piece)
            continue
        first = piece.text.rindex(broken, 0, at + 1)
        after = piece.text.find(broken, at + 1)
        end = after if after >= 0 else len(piece.text)
        blank = Piece(" " * (end - first), Tone.TEXT)
        pieces += [Piece(piece.text[:first], piece.tone), blank, Piece(piece.text[end:], piece.tone)]
    return joined(pieces)


def _density(drawn: Strip, signs: _Signs) -> Iterator[Piece]:
    heights = smoothed(drawn, max(1, drawn.columns // 60))
    loudest = max(_LOUD, max(heights, default=0))
    marked = {mark.column for mark in drawn.marks}
    broken = {each.column + number for each in drawn.breaks for number in range(each.size)}
    top = len(signs.bars) - 1
    for column, height in enumerate(heights):
        if column in broken:
            yield Piece(signs.broken, Tone.MUTED)
        elif height:
            tone = Tone.MARK if column in marked else Tone.TEXT
            yield Piece(signs.bars[int(top * height / loudest + 0.5)], tone)
        else:
            covered = bool(drawn.covered) and drawn.covered[column]
            yield Piece(signs.bars[0] if covered else signs.silent, Tone.LINE)


def _below(drawn: Strip, left: int, width: int, signs: _Signs) -> Iterator[Drawn]:
    """Return the line of the milestones and that of the silences."""
    marks = Board(width)
    mark_milestones(marks, drawn.marks, left, MarkSigns(signs.mark, signs.rule, signs.dots))
    yield marks.line()
    silences = Board(width)
    lengths = [(left + each.column, f"{signs.broken}{spoken(each.span, units=1)}") for each in drawn.breaks]
    for column, length in lengths:
        silences.write_if_free(column, length, Tone.MUTED)
    for silence in sorted(drawn.silences, key=lambda silence: -silence.span):
        _silence(silences, silence, left, signs)
    if len(lengths) == 1:
        column, length = lengths[0]
        silences.write_if_free(column + len(length), " left out", Tone.MUTED, behind=1)
    yield silences.line()


def _silence(board: Board, silence: Silence, left: int, signs: _Signs) -> None:
    """Write a silence between its two entries: with its length where there is room for that."""
    first, end = left + silence.first, left + silence.last + 1
    span = spoken(silence.span)
    for text in (f" {span} without an entry ", f" {span} silent ", f" {span} ", ""):
        rules = end - first - len(text) - 2
        if rules >= (2 if text else 1):
            begin, close = signs.ends
            line = f"{begin}{signs.rule * (rules // 2)}{text}{signs.rule * (rules - rules // 2)}{close}"
            board.write_if_free(first, line, Tone.WARN)
            return


def _clocks(timeline: Sequence[Entry], zone: str, width: int) -> tuple[str, str]:
    """Return what stands before and behind the scale: as much as leaves room for the scale itself."""
    for before, behind in told_ends(timeline, zone, longest_zone=width // _ZONE_SHARE):
        if width - len(before) - len(behind) - 2 >= _LEAST_SCALE:
            return f"{before} ", f" {behind}"
    return "", ""
