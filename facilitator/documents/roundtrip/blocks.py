"""The blocks of a Markdown document as a tree; what stands within a line stays as it is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_DEEPEST = 60
_MOST_CELLS = 200


class TooDeepError(ValueError):
    """Lists or quotations within each other that no reader would follow; the message names the line."""


class Kind(StrEnum):
    """The blocks that are told apart; everything else is `OTHER`."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    CODE = "code"
    HTML = "html"
    OTHER = "other"


@dataclass(slots=True)
class Row:
    """A row of a table, its cells as they are written, and its line, counted from 1."""

    cells: list[str]
    line: int


@dataclass(slots=True)
class Block:
    """A block: its Markdown without what it is indented by, and its first line, counted from 1.

    `raw` is the text of a paragraph or heading as it is written; `level` that of a heading. `items` are the items of a
    list, each in blocks, and `rows` the rows of a table, that of the headings first.
    """

    kind: Kind
    source: str
    line: int
    raw: str = ""
    level: int = 0
    ordered: bool = False
    items: list[list["Block"]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


_KINDS = {
    "paragraph_open": Kind.PARAGRAPH,
    "heading_open": Kind.HEADING,
    "bullet_list_open": Kind.LIST,
    "ordered_list_open": Kind.LIST,
    "table_open": Kind.TABLE,
    "fence": Kind.CODE,
    "code_block": Kind.CODE,
    "html_block": Kind.HTML,
}


def blocks(text: str) -> list[Block]:
    """Return the blocks of a document, whose lines end in newlines. Definitions of links are paragraphs.

    Raises TooDeepError for blocks so deep in each other that the parser reads no further.
    """
    references: dict[str, dict[str, dict[str, object]]] = {}
    lines = text.split("\n")
    tokens = _parser().parse(text, references)
    deep = next((token for token in tokens if token.level >= _DEEPEST - 1), None)
    if deep is not None:
        at = (deep.map or (0, 0))[0] + 1
        raise TooDeepError(f"line {at}: lists or quotations lie more than {_DEEPEST // 2} deep in each other")
    found = _rejoined(_Builder(tokens, lines).blocks())
    for each in references.get("references", {}).values():
        spot = each.get("map")
        if isinstance(spot, list):
            source = "\n".join(lines[spot[0] : spot[1]]).strip()
            found.append(Block(Kind.PARAGRAPH, source, spot[0] + 1, source.replace("[", "\\[", 1)))
    return sorted(found, key=lambda block: block.line)


def _rejoined(found: Iterable[Block]) -> list[Block]:
    """Return blocks in which a table goes on with the rows that a blank line or a comment parted from it."""
    kept: list[Block] = []
    table: Block | None = None
    for block in found:
        lines = block.raw.split("\n") if block.kind is Kind.PARAGRAPH else [""]
        if table is not None and all(line.startswith("|") and line.count("|") > 2 for line in lines):
            table.rows += [Row(_cells(line), number) for number, line in enumerate(lines, block.line)]
            continue
        kept.append(block)
        if block.kind is Kind.TABLE:
            table = block
        elif block.kind is not Kind.HTML:
            table = None
    return kept


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    parser.core.ruler.disable(["inline", "text_join"], ignoreInvalid=True)
    return parser


class _Builder:
    """Goes through the tokens once, from block to block."""

    def __init__(self, tokens: "Sequence[Token]", lines: Sequence[str]) -> None:
        self._tokens, self._lines, self._at = tokens, lines, 0

    def blocks(self, until: str = "") -> Iterator[Block]:
        """Yield the blocks up to the token that ends what they are in."""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == until:
                return
            yield self._block(token)

    def _block(self, token: "Token") -> Block:
        first, last = token.map or (0, 0)
        source = dedent("\n".join(self._lines[first:last])).strip("\n")
        block = Block(_KINDS.get(token.type, Kind.OTHER), source, first + 1)
        if block.kind in (Kind.PARAGRAPH, Kind.HEADING):
            block.raw = self._tokens[self._at].content
            block.level = int(token.tag[1:]) if block.kind is Kind.HEADING else 0
        elif block.kind in (Kind.CODE, Kind.HTML):
            block.raw = token.content
        if token.nesting < 1:
            return block
        if block.kind is Kind.LIST:
            block.ordered = token.type == "ordered_list_open"
            self._items(block, token.type.replace("_open", "_close"))
        elif block.kind is Kind.TABLE:
            self._rows(block)
        else:
            self._skip(token)
        return block

    def _items(self, block: Block, until: str) -> None:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == until:
                return
            if token.type == "list_item_open":
                block.items.append(list(self.blocks("list_item_close")))

    def _rows(self, block: Block) -> None:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                block.rows.append(Row([], (token.map or (0, 0))[0] + 1))
            elif token.type == "inline":
                block.rows[-1].cells.append(token.content)
        columns = len(block.rows[0].cells) if block.rows else 0
        for row in block.rows[1:]:
            line = self._lines[row.line - 1]
            if line.count("|") > columns + 1:
                cells = _cells(line)
                if len(cells) > columns + _MOST_CELLS:
                    cells = [*cells[: columns + _MOST_CELLS], " \\| ".join(cells[columns + _MOST_CELLS :])]
                row.cells = cells if len(cells) > columns else row.cells

    def _skip(self, token: "Token") -> None:
        until, depth = token.type.replace("_open", "_close"), 1
        while self._at < len(self._tokens) and depth:
            kind = self._tokens[self._at].type
            depth += (kind == token.type) - (kind == until)
            self._at += 1


def _cells(line: str) -> list[str]:
    """Return the cells that are written in a line, also those for which the table has no column."""
    from markdown_it.rules_block.table import escapedSplit

    cells = escapedSplit(line.strip())
    if cells and not cells[0]:
        cells = cells[1:]
    if cells and not cells[-1]:
        cells = cells[:-1]
    return [cell.strip() for cell in cells]
