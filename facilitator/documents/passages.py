"""The text of a Markdown document in passages: which part of a postmortem each belongs to, and where it stands.

What is read: paragraphs, headings, items of lists, cells of tables. What is not: front matter, code blocks, block
quotes, HTML, pictures, targets of links.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from facilitator.checks.rules import Context
from facilitator.documents.headings import part, part_of_table, tells_when
from facilitator.documents.inline_places import Piece, parser, pieces

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"(---|\+\+\+) *\n(?=[\w\"'-]+ *[:=])(?:.*\n){0,200}?\1 *(?:\n|\Z)")
_COMMENT = re.compile(r"<!--\s*facilitator\s*:\s*(.{0,600}?)\s*-->", re.DOTALL | re.IGNORECASE)
_MUTE = re.compile(r"mute\b\s*([\w.,\s-]*?)\s*(?::\s*(.*)|$)", re.DOTALL | re.IGNORECASE)
_BEHIND_A_COMMA = re.compile(r"mute\s+([\w.-]+)\s*,\s*(?!(?:[\w.]+-[\w.-]+[,\s]*)+$)([^:]+)$", re.IGNORECASE)
_RULE = re.compile(r"[\w.-]+")
_ACTION_HEAD = re.compile(
    r"\s*(?:action items?|actions?|to-?dos?|tasks?|follow-?ups?|description|what|improvements?|next steps?)\s*$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*([A-Za-z-]+(?: [A-Za-z-]+){0,3}):\s")
_BLANKS = {ord(each): " " for each in map(chr, (*range(0x20), *range(0x7F, 0xA1))) if each not in "\t\n"}
_OTHERS = re.compile(r"[^\S \t\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")


class Mark(msgspec.Struct, frozen=True):
    """Some characters of a passage: where they begin in it and in the document, and how many they are in both."""

    at: int
    length: int
    start: int
    taken: int
    code: bool = False


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph, heading, item or cell: its words, what it is, and where each of its characters stands.

    `below` is the heading or the label that it belongs to, or empty. `depth` is in how many lists it stands, one within
    another. `names_action` tells that it is what an action is called: an item of a list, or a cell below such a head.
    """

    context: Context
    text: str
    marks: tuple[Mark, ...]
    below: str = ""
    depth: int = 0
    names_action: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` to before `end` begin and end in the document."""
        first = self._place(start)
        return first, max(first, self._place(end - 1) + 1) if end > start else first

    def is_code(self, start: int, end: int) -> bool:
        """Return whether all characters from `start` to before `end` are code."""
        marks = [each for each in self.marks if each.at < end and each.at + each.length > start]
        return bool(marks) and all(each.code for each in marks)

    def _place(self, offset: int) -> int:
        place = bisect_right(self.marks, offset, key=lambda mark: mark.at) - 1
        if place < 0:
            return 0
        mark = self.marks[place]
        return mark.start + max(0, min(offset - mark.at, mark.taken - 1))


class Mute(msgspec.Struct, frozen=True):
    """A comment that mutes a rule with a reason, from a line to before another one; lines count from 0.

    `line` is where the comment stands. The rule is empty in a comment that names none, the reason in one without; both
    lines are the same where nothing follows that it could be about.
    """

    rule: str
    reason: str
    first: int
    end: int
    line: int = 0


class Document(msgspec.Struct, frozen=True):
    """A Markdown document: its text, its passages, and what is muted in it."""

    text: str
    passages: tuple[Passage, ...]
    mutes: tuple[Mute, ...]


class Lines:
    """The lines of a text, to tell places in it as people do."""

    def __init__(self, text: str) -> None:
        """Find where the lines of `text` begin."""
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of a character, both counted from 1, columns in characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def start(self, line: int) -> int:
        """Return where a line begins; lines count from 0."""
        return self._starts[min(line, len(self._starts) - 1)]


def plain(text: str) -> str:
    r"""Return a text with `\n` at the ends of lines and spaces for whatever is no character to be read.

    Apart from the ends of lines, every character keeps its place.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text if text.isprintable() else text.translate(_BLANKS)
    return _OTHERS.sub(" ", text.translate(_BLANKS))


def read(text: str) -> Document:
    """Return what a Markdown document says. It never raises: any text is Markdown."""
    text = plain(text)
    front = _FRONT.match(text)
    body = re.sub(r"[^\n]", " ", front[0]) + text[front.end() :] if front else text
    references: dict[str, object] = {}
    tokens = parser().parse(body, references)
    reader = _Reader(body, Lines(body), references)
    return Document(text, tuple(reader.passages(tokens)), tuple(_mutes(tokens)))


def _mutes(tokens: "Sequence[Token]") -> Iterator[Mute]:
    """Yield what comments mute: alone on their lines the block that follows, else the one that they are in."""
    for number, token in enumerate(tokens):
        if token.type not in ("html_block", "inline") or "<!--" not in token.content or token.map is None:
            continue
        about: Token | None = token
        if token.type == "html_block":
            following = (each for each in tokens[number + 1 :] if each.level <= token.level)
            about = next((each for each in following if each.type != "html_block"), None)
        first, end = about.map if about is not None and about.map is not None and about.level == token.level else (0, 0)
        for found in _COMMENT.finditer(token.content):
            line = token.map[0] + token.content.count("\n", 0, found.start())
            yield from (Mute(rule, reason, first, end, line) for rule, reason in _muted(found[1]))


def _muted(words: str) -> Iterator[tuple[str, str]]:
    """Yield the rules that a comment names, with its reason; an empty rule where it cannot be read.

    Commas stand between rules; behind a single one the reason may stand after a comma too.
    """
    if alone := _BEHIND_A_COMMA.match(words):
        yield alone[1], " ".join(alone[2].split())
        return
    found = _MUTE.match(words)
    rules = _RULE.findall(found[1]) if found else []
    reason = " ".join((found[2] or "").split()) if found else ""
    yield from ((rule, reason) for rule in rules or [""])


@dataclass
class _Table:
    heads: list[str] = field(default_factory=list)
    context: Context | None = None
    row: Context | None = None
    cell: int = 0
    after: int = 0


@dataclass
class _Reader:
    """Goes through the blocks of a document and knows in which part of it each stands."""

    source: str
    lines: Lines
    references: dict[str, object]
    context: Context = Context.SUMMARY
    below: str = ""
    quotes: int = 0
    parts: list[tuple[int, Context]] = field(default_factory=list)
    items: list[Context] = field(default_factory=list)
    table: _Table | None = None

    def passages(self, tokens: "Sequence[Token]") -> Iterator[Passage]:
        for number, token in enumerate(tokens):
            kind = token.type
            if kind in ("blockquote_open", "blockquote_close"):
                self.quotes += token.nesting
            elif kind == "list_item_open":
                self.items.append(self.context)
            elif kind == "list_item_close":
                self.context = self.items.pop()
            elif kind in ("table_open", "table_close"):
                self.table = _Table() if token.nesting > 0 else None
            elif self.table is not None and kind in ("tr_open", "tbody_open", "th_open", "td_open"):
                self._in_table(self.table, token)
            elif kind == "inline" and not self.quotes:
                yield from self._inline(token, tokens[number - 1])

    def _in_table(self, table: _Table, token: "Token") -> None:
        if token.type == "tbody_open" and self.context is Context.SUMMARY:
            table.context = part_of_table(table.heads)
        elif token.type == "tr_open" and token.map is not None:
            table.cell, table.row = 0, None
            table.after = self.lines.start(token.map[0])
        elif token.type in ("th_open", "td_open"):
            table.cell += 1

    def _inline(self, token: "Token", opening: "Token") -> Iterator[Passage]:
        if token.map is None or not token.content:
            return
        if self.table is not None:
            placed = self._cell(self.table, token.content)
        elif opening.type == "heading_open" and opening.markup.startswith("#"):
            start = self.source.find(opening.markup, self.lines.start(token.map[0])) + len(opening.markup)
            placed = [(0, self.source.find(token.content, start))]
        else:
            placed = self._lines_of(token.content, token.map[0])
        found = pieces(token.content, self.references)
        context, found = self._settle(found, opening)
        text = "".join(each.text for each in found)
        if context is not None and text.strip():
            yield Passage(
                context=context,
                text=text,
                marks=tuple(_marks(found, placed)),
                below=self.below,
                depth=len(self.items),
                names_action=self._names_action(opening),
            )

    def _names_action(self, opening: "Token") -> bool:
        """Tell whether a text stands where actions are named, and not owners, dates and what is said of them."""
        if self.table is None:
            return bool(self.items) and opening.type == "paragraph_open"
        heads, cell = self.table.heads, self.table.cell
        return opening.type == "td_open" and 0 < cell <= len(heads) and _ACTION_HEAD.match(heads[cell - 1]) is not None

    def _settle(self, found: list[Piece], opening: "Token") -> tuple[Context | None, list[Piece]]:
        """Return what a text is, or None when it is only a name; and its words, without a name before them."""
        text = "".join(each.text for each in found)
        if self.table is not None:
            return self._settle_cell(self.table, text, opening), found
        if opening.type == "heading_open":
            self.below = text
            return self._settle_heading(text, int(opening.tag[1:])), found
        label, rest = _label(found)
        named = part(label) if label else None
        if named is not None:
            self.context, self.below = named, label
            return named, rest
        line = _LABEL.match(text)
        return (part(line[1]) if line else None) or self.context, found

    def _settle_heading(self, text: str, level: int) -> Context | None:
        if tells_when(text) and (not self.parts or level >= self.parts[-1][0]):
            return self.context  # a day or an hour of the part that goes on
        while self.parts and self.parts[-1][0] >= level:
            self.parts.pop()
        above = self.parts[-1][1] if self.parts else Context.SUMMARY
        named = part(text)
        self.context = named if named is not None else above
        self.parts.append((level, self.context))
        return None if named is not None else Context.SUMMARY

    def _settle_cell(self, table: _Table, text: str, opening: "Token") -> Context | None:
        if opening.type == "th_open":
            table.heads.append(text)
            return None
        if table.cell == 1 and self.context is Context.SUMMARY and table.context is None:
            table.row = part(text)
            if table.row is not None:
                return None
        return table.row or table.context or self.context

    def _cell(self, table: _Table, content: str) -> list[tuple[int, int]]:
        """Return where a cell stands: after the one before it. In it, a pipe is written with a backslash."""
        start = self.source.find(content.replace("|", "\\|"), table.after)
        placed = [(0, start)]
        for number, match in enumerate(re.finditer(r"\|", content), 1):
            placed.append((match.start(), start + match.start() + number))
        table.after = start + len(content) + content.count("|")
        return placed

    def _lines_of(self, content: str, line: int) -> list[tuple[int, int]]:
        """Return where each line of a paragraph begins, in it and in the document: behind indents, signs and marks."""
        placed: list[tuple[int, int]] = []
        at = 0
        for each in content.split("\n"):
            words = each.strip()
            start, end = self.lines.start(line), self.lines.start(line + 1)
            found = self.source.rfind(words, start, end)
            placed.append((at + len(each) - len(each.lstrip()), found))
            at += len(each) + 1
            line += 1
        return placed


def _label(found: Sequence[Piece]) -> tuple[str, list[Piece]]:
    """Return the bold words that a paragraph begins with, and what follows them.

    They are a label when they are all of the paragraph, or a colon or a question mark ends them; else there is none.
    """
    first = next((place for place, each in enumerate(found) if each.text.strip()), 0)
    end = next((place for place, each in enumerate(found) if place >= first and not each.strong), len(found))
    label = "".join(each.text for each in found[first:end]).strip()
    rest = list(found[end:])
    behind = "".join(each.text for each in rest).lstrip()
    if not label or not (not behind or label.endswith((":", "?")) or behind.startswith(":")):
        return "", list(found)
    if rest and rest[0].text.startswith(":"):
        piece = rest[0]
        rest[0] = piece._replace(text=piece.text[1:], start=piece.start + 1, length=piece.length - 1)
    return label, rest


def _marks(found: Sequence[Piece], placed: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    """Yield where the words of a passage stand, from where the lines of its Markdown do."""
    at = 0
    for piece in found:
        place = max(0, bisect_right(placed, piece.start, key=lambda each: each[0]) - 1)
        start = placed[place][1] + piece.start - placed[place][0]
        yield Mark(at, len(piece.text), start, piece.length, piece.code)
        at += len(piece.text)
