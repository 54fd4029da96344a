"""What charts are drawn with: pieces of text in tones, and the signs of a drawing."""

from enum import StrEnum
from typing import NamedTuple


class Tone(StrEnum):
    """What a piece is; each is a component class of what shows it."""

    NAME = "name"
    MARKED = "marked"
    AXIS = "axis"
    BAR = "bar"
    REST = "rest"
    DOT = "dot"
    MEDIAN = "median"
    TOLD = "told"


class Piece(NamedTuple):
    """A run of text in one tone."""

    text: str
    tone: Tone


class Signs(NamedTuple):
    """The characters of a drawing, each one cell wide; `plain` ones are in every font and every encoding.

    `dots` are for one, for a few and for many in one cell; `ends` close an interval, `cut` say that it goes on.
    """

    plain: bool
    arrow: str
    below: str
    full: str
    rest: str
    given_up: str
    dots: tuple[str, str, str]
    line: str
    median: str
    upright: str
    ends: tuple[str, str]
    cut: tuple[str, str]
    middle: str


UNICODE = Signs(False, "›", "▲", "█", "░", "·", ("•", "●", "●"), "─", "━", "┃", ("├", "┤"), ("‹", "›"), "●")
PLAIN = Signs(True, ">", "^", "#", ":", ".", (".", "o", "O"), "-", "=", "|", ("[", "]"), ("<", ">"), "o")
