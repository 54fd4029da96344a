"""What a page is made of. It has no place for HTML, for code or for pictures from elsewhere, so no text becomes one."""

from typing import NamedTuple, TypeAlias

import msgspec


class Words(NamedTuple):
    r"""Some words of a line, with how they are set; `\n` in them ends a line. `link` is an address, or empty."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


Line: TypeAlias = tuple[Words, ...]
"""The words of a paragraph, a heading or a cell."""


class Heading(msgspec.Struct, frozen=True):
    """A heading; the level is 1 for the title of the page."""

    level: int
    line: Line


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph."""

    line: Line


class Listing(msgspec.Struct, frozen=True):
    """A list of items, each of them blocks; a numbered one begins with `first`, another one has 0 there."""

    items: "tuple[tuple[Block, ...], ...]"
    first: int = 0


class Table(msgspec.Struct, frozen=True):
    """Rows of equal length below the heads of their columns."""

    heads: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


class Facts(msgspec.Struct, frozen=True):
    """Names, each with what is said of it: the header of a document."""

    rows: tuple[tuple[Line, ...], ...]


class Picture(msgspec.Struct, frozen=True):
    """The place of the figure with this name."""

    name: str


Block: TypeAlias = Heading | Paragraph | Listing | Table | Facts | Picture


def plain(line: Line) -> str:
    """Return the words of a line alone."""
    return "".join(words.text for words in line)
