"""Drawn lines: pieces of text, each with a tone, so that a screen can colour what a file keeps as plain text."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from facilitator.documents.drawn.cells import cells


class Tone(StrEnum):
    """What a piece of a drawing is; a screen gives each tone a style. None says anything by its colour alone."""

    TEXT = "text"
    HEAD = "head"
    TITLE = "title"
    STRONG = "strong"
    MUTED = "muted"
    LINE = "line"
    SPINE = "spine"
    MARK = "mark"
    WARN = "warn"
    CURSOR = "cursor"


class Piece(NamedTuple):
    """Text of one tone, without a line end."""

    text: str
    tone: Tone


Drawn = tuple[Piece, ...]
"""One drawn line."""


def plain(lines: Iterable[Drawn]) -> str:
    """Return drawn lines as text, without spaces at their ends."""
    return "\n".join("".join(piece.text for piece in line).rstrip() for line in lines)


def drawn_width(line: Iterable[Piece]) -> int:
    """Return how many cells a drawn line takes."""
    return sum(cells(piece.text) for piece in line)


def joined(pieces: Iterable[Piece]) -> Drawn:
    """Return pieces as one line, without empty ones, neighbours of the same tone as one piece."""
    line: list[Piece] = []
    for piece in pieces:
        if line and line[-1].tone is piece.tone:
            line[-1] = Piece(line[-1].text + piece.text, piece.tone)
        elif piece.text:
            line.append(piece)
    return tuple(line)


def filled(pieces: Iterable[Piece], width: int) -> list[Piece]:
    """Return pieces followed by as many spaces as make them `width` cells wide; they are not wider than that."""
    line = list(pieces)
    return [*line, Piece(" " * (width - drawn_width(line)), Tone.TEXT)]
