"""The structure of a document as a stream of lines: headings, items, rows of tables, text, code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from markdown_it import MarkdownIt
from markdown_it.token import Token

_DISABLED = ["inline", "reference", "code", "html_block"]
_LONGEST_HEADING = 200
_BOX = re.compile(r"\[(?P<mark>[ xX✓✔~\-])\](?=\s|$)\s*")
_BOLD_LINE = re.compile(r"\*\*[^*]{1,100}\*\*:?")
_PIPES = re.compile(r"(?<!\\)\|")
_RULER = re.compile(r"[\s|:+=-]*-[\s|:+=-]*")
_MANY_PIPES = 200


class Kind(Enum):
    """What a line is."""

    HEADING = "heading"
    ITEM = "item"
    TEXT = "text"
    ROW = "row"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `raw` still has its inline mark-up.

    `level` is that of a heading, else the depth of the list in which it stands, 0 outside of lists. `first` tells
    whether it begins its block; `header` is set for the first row of a table; `box` for a check box.
    """

    number: int
    kind: Kind
    raw: str
    level: int = 0
    first: bool = True
    quoted: bool = False
    ordered: bool = False
    header: bool = False
    box: bool | None = None
    cells: tuple[str, ...] = ()


def lines_of(body: str) -> Iterator[Line]:
    """Return the lines of a Markdown text, in its order, numbered from 1."""
    parser = MarkdownIt("commonmark", {"maxNesting": 24}).enable("table").disable(_DISABLED)
    return _Walk(body.split("\n"), parser.parse(body)).lines()


class _Walk:
    """One pass over the tokens of a document."""

    def __init__(self, source: list[str], tokens: list[Token]) -> None:
        self._source, self._tokens = source, tokens
        self._lists: list[bool] = []
        self._quotes = 0
        self._item_line = -1
        self._cells: list[str] = []
        self._header = False
        self._row_line = 0

    def lines(self) -> Iterator[Line]:
        heading = 0
        for token in self._tokens:
            match token.type:
                case "heading_open":
                    heading = int(token.tag[1])
                case "inline":
                    if token.level and self._in_row(token):
                        continue
                    yield from self._block(token, heading)
                    heading = 0
                case "fence" | "code_block":
                    yield from self._code(token)
                case _:
                    yield from self._structure(token)

    def _structure(self, token: Token) -> Iterator[Line]:
        what, _, opens = token.type.rpartition("_")
        if what in ("bullet_list", "ordered_list"):
            if opens == "open":
                yield from self._empty_item()
                self._lists.append(what == "ordered_list")
            else:
                self._lists.pop()
        elif what == "list_item":
            if opens == "open":
                self._item_line = token.map[0] if token.map else 0
            else:
                yield from self._empty_item()
        elif what == "blockquote":
            self._quotes += 1 if opens == "open" else -1
        elif token.type == "tr_close":
            yield self._row()
        else:
            self._table(token)

    def _table(self, token: Token) -> None:
        match token.type:
            case "thead_open" | "thead_close":
                self._header = token.type == "thead_open"
            case "tr_open":
                self._cells = [""]
                self._row_line = token.map[0] + 1 if token.map else self._row_line + 1
            case "td_close" | "th_close":
                self._cells.append("")

    def _in_row(self, token: Token) -> bool:
        if not self._cells:
            return False
        self._cells[-1] = token.content
        return True

    def _row(self) -> Line:
        cells, self._cells = tuple(self._cells[:-1]), []
        return Line(self._row_line, Kind.ROW, " | ".join(cells), len(self._lists), header=self._header, cells=cells)

    def _empty_item(self) -> Iterator[Line]:
        if self._item_line >= 0:
            yield Line(self._item_line + 1, Kind.ITEM, "", len(self._lists), ordered=self._lists[-1])
            self._item_line = -1

    def _code(self, token: Token) -> Iterator[Line]:
        yield from self._empty_item()
        start = token.map[0] + 2 if token.map else 1
        for number, text in enumerate(token.content.rstrip("\n").split("\n"), start):
            yield Line(number, Kind.CODE, text, len(self._lists), quoted=self._quotes > 0)

    def _block(self, token: Token, heading: int) -> Iterator[Line]:
        start = token.map[0] if token.map else 0
        texts = token.content.split("\n")
        if heading and len(texts) == 1 and len(texts[0]) <= _LONGEST_HEADING:
            yield Line(start + 1, Kind.HEADING, texts[0], heading)
            return
        kind = Kind.TEXT
        if self._item_line >= 0:
            self._item_line, kind = -1, Kind.ITEM
        elif self._is_code(start):
            kind = Kind.CODE
        for number, text in enumerate(texts):
            if (
                number
                and self._lists
                and text.startswith("**")
                and _BOLD_LINE.fullmatch(text.strip())
                and self._is_flush(start + number)
            ):
                # A bold line right below a list is meant as a heading, though Markdown makes it a part of the item.
                yield Line(start + number + 1, Kind.TEXT, text.strip())
                continue
            yield self._line(start + number + 1, text, kind, first=number == 0)
            kind = Kind.CODE if kind is Kind.CODE else Kind.TEXT

    def _line(self, number: int, text: str, kind: Kind, *, first: bool) -> Line:
        stripped = text.strip()
        level, quoted = len(self._lists), self._quotes > 0
        if kind is Kind.TEXT and stripped.startswith("|") and stripped.count("|") <= _MANY_PIPES:
            if _RULER.fullmatch(stripped):
                return Line(number, Kind.TEXT, "", level, first=False, quoted=quoted)
            cells = tuple(each.strip() for each in _PIPES.split(stripped.removesuffix("|"))[1:])
            return Line(number, Kind.ROW, " | ".join(cells), level, first=first, quoted=quoted, cells=cells)
        box = _BOX.match(stripped) if kind is Kind.ITEM else None
        return Line(
            number,
            kind,
            stripped[box.end() :] if box else stripped,
            level,
            first=first,
            quoted=quoted,
            ordered=kind is Kind.ITEM and self._lists[-1],
            box=None if box is None else box["mark"] not in " -~",
        )

    def _is_flush(self, number: int) -> bool:
        return number < len(self._source) and self._source[number].startswith("**")

    def _is_code(self, start: int) -> bool:
        """Return whether a paragraph outside of lists is one because nothing says that indented text is code."""
        if self._lists or start >= len(self._source):
            return False
        line = self._source[start]
        return line.startswith(("    ", "\t")) and (start == 0 or not self._source[start - 1].strip())
