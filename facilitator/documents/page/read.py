"""Reading a document of ours as a page. The parser of Markdown is the one door: what it does not know stays words."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from facilitator.documents.page.blocks import Block, Facts, Heading, Line, Listing, Paragraph, Picture, Table, Words
from facilitator.documents.page.fast import ROWS, rows, simple_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

PICTURE = "figure"
"""A block of code of this language is the place of a figure. No text becomes one: backticks are escaped."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ADDRESS = re.compile(r"(?:https?://[^\s\"'<>]|mailto:[^\s?\"'<>])[^\s\"'<>]*", re.IGNORECASE)


def read_page(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a document in Markdown.

    A table of two columns right below the title is its header: its first row is no heading. Links lead nowhere but to
    web and mail addresses; other ones stay words. It never raises: any text is Markdown.
    """
    tokens = _parser().parse(_NOT_XML.sub("", markdown))
    found = list(_Blocks(tokens).blocks(len(tokens)))
    match found[:2]:
        case [Heading(level=1), Table(heads=(_, _) as heads, rows=below)]:
            found[1] = Facts((heads, *below))
    return tuple(found)


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    """Return the parser: CommonMark with tables, without HTML; the words of blocks are read one by one."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.block.ruler.at("table", rows, {"alt": ["paragraph", "reference"]})
    markdown.core.ruler.disable(["inline", "text_join"])
    return markdown


class _Blocks:
    """Goes through the tokens of a document once."""

    def __init__(self, tokens: Sequence["Token"]) -> None:
        self._tokens = tokens
        self._at = 0

    def blocks(self, end: int) -> Iterator[Block]:
        """Yield the blocks up to the token with this number, or to the end of the block that has begun."""
        while self._at < end:
            token = self._tokens[self._at]
            self._at += 1
            if token.nesting < 0:
                return
            yield from self._block(token)

    def _block(self, token: "Token") -> Iterator[Block]:
        kind = token.type
        if kind == "heading_open":
            yield Heading(int(token.tag[1:]), self._inside())
        elif kind == "paragraph_open":
            yield Paragraph(self._inside())
        elif kind in ("bullet_list_open", "ordered_list_open"):
            first = int(token.attrs.get("start", 1)) if kind == "ordered_list_open" else 0
            yield Listing(tuple(self._items()), first)
        elif kind == ROWS:
            heads, *below = (tuple(map(read_line, row)) for row in token.meta[ROWS])
            yield Table(heads, tuple(below))
        elif kind == "table_open":
            heads, *below = self._rows()
            yield Table(heads, tuple(below))
        elif kind == "fence" and token.info.strip() == PICTURE:
            yield Picture(token.content.strip())
        elif token.nesting > 0:  # a quotation
            yield from self.blocks(len(self._tokens))
        elif token.content:  # code
            yield Paragraph((Words(token.content.rstrip("\n")),))

    def _inside(self) -> Line:
        """Return the words of a heading, a paragraph or a cell that has begun, and end it."""
        content = self._tokens[self._at].content
        self._at += 2
        return read_line(content)

    def _items(self) -> Iterator[tuple[Block, ...]]:
        while self._tokens[self._at].nesting > 0:
            self._at += 1
            yield tuple(self.blocks(len(self._tokens)))
        self._at += 1

    def _rows(self) -> Iterator[tuple[Line, ...]]:
        row: list[Line] = []
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "inline":
                row.append(read_line(token.content))
            elif token.type == "tr_close":
                yield tuple(row)
                row = []
        self._at += 1


def read_line(source: str) -> Line:
    r"""Return the words of a line of Markdown, or of several; a `\n` is where a line ends for a reader."""
    found = simple_line(source)
    return _parsed(source) if found is None else found


def _parsed(source: str) -> Line:
    tokens: list[Token] = []
    markdown = _parser()
    markdown.inline.parse(source, markdown, {}, tokens)
    found: list[Words] = []
    strong = emphasis = 0
    target = ""
    for token in tokens:
        strong += token.nesting if token.tag == "strong" else 0
        emphasis += token.nesting if token.tag == "em" else 0
        if token.tag == "a":
            target = str(token.attrs.get("href", "")) if token.nesting > 0 else ""
            target = target if _ADDRESS.fullmatch(target) else ""
        text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
        if text:
            _add(found, Words(text, strong > 0, emphasis > 0, target))
    return tuple(found)


def _add(found: list[Words], words: Words) -> None:
    """Add words; those that are set like the ones before them are one with these."""
    if found and found[-1][1:] == words[1:]:
        words = words._replace(text=found.pop().text + words.text)
    found.append(words)
