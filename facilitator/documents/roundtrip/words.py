"""Words: what Markdown says in plain text, and whether two pieces of it say the same."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from facilitator.documents.escape import link
from facilitator.documents.roundtrip.blocks import Block, Kind, TooDeepError, blocks
from facilitator.model.text import MAX_TEXT, one_line, paragraphs

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TYPOGRAPHIC = {
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2013\u2014"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u202f"), " "),
    ord("\u2026"): "...",
}
"""Signs that editors put in the place of plain ones."""

_LONGEST = 2 * MAX_TEXT
"""Beyond this length no text is that of a field, and its marks are left as they are."""

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SPECIAL = re.compile(r"[\\`*_\[\]<>&!~\n]")


def same(one: str, other: str) -> bool:
    """Tell whether two pieces of Markdown say the same: in other marks, spaces, or typographic signs alone."""
    return one == other or settled(one) == settled(other)


def settled(raw: str) -> str:
    """Return what Markdown says, with typographic signs and runs of white space as the plain ones.

    Where a paragraph ends is something that somebody wrote; where a line does is not.
    """
    if not raw:
        return ""
    parts = prose(raw).translate(TYPOGRAPHIC).split("\n\n")
    return "\n\n".join(said for part in parts if (said := " ".join(part.split())))


def line(raw: str) -> str:
    """Return one line of Markdown as plain text, cleaned; a break in it is a space."""
    return one_line(_inline(raw))


def prose(raw: str) -> str:
    """Return Markdown of several paragraphs as plain text; lists stay lists, as lines that begin with their signs."""
    if "\n" not in raw and (not raw or raw[0].isalnum()) and not raw[:1].isdecimal():
        return paragraphs(_inline(raw))
    if len(raw) > _LONGEST:
        return paragraphs(raw)
    try:
        found = blocks(raw)
    except TooDeepError:
        return paragraphs(raw)
    return paragraphs("\n\n".join(told(block) for block in found))


def told(block: Block) -> str:
    """Return a block as plain text; what has no text of its own, such as a table, as it is written."""
    if block.kind in (Kind.PARAGRAPH, Kind.HEADING):
        return _inline(block.raw)
    if block.kind is Kind.LIST:
        return "\n".join(_item(item, f"{number}." if block.ordered else "-") for number, item in _numbered(block))
    return block.source


def targets(raw: str) -> list[tuple[str, str]]:
    """Return the links in a line of Markdown: what each says, and where it leads."""
    found: list[tuple[str, str]] = []
    text: list[str] | None = None
    for token in _children(raw):
        if token.type == "link_open":
            text = []
            found.append(("", str(token.attrs.get("href", ""))))
        elif token.type == "link_close" and text is not None:
            found[-1] = (one_line("".join(text)), found[-1][1])
            text = None
        elif text is not None:
            text.append(token.content)
    return found


def _numbered(block: Block) -> list[tuple[int, list[Block]]]:
    return list(enumerate(block.items, 1))


def _item(item: list[Block], sign: str) -> str:
    said = "\n".join(told(each) for each in item)
    return f"{sign} {said}".replace("\n", "\n" + " " * (len(sign) + 1))


def _inline(raw: str) -> str:
    if len(raw) > _LONGEST or not _SPECIAL.search(raw):
        return raw
    said: list[str] = []
    links: list[tuple[int, str]] = []
    for token in _children(raw):
        if token.type == "link_open":
            links.append((len(said), str(token.attrs.get("href", ""))))
        elif token.type == "link_close" and links:
            begin, target = links.pop()
            said[begin:] = [_linked("".join(said[begin:]), target)]
        elif token.type == "hardbreak" or (token.type == "html_inline" and _BREAK.fullmatch(token.content)):
            said.append("\n")
        elif token.type == "softbreak":
            said.append(" ")
        elif token.type == "image":
            said.append(_linked(token.content, str(token.attrs.get("src", ""))))
        else:
            said.append(token.content)
    return "".join(said)


def _linked(text: str, target: str) -> str:
    """Return a link as text: its address alone where the text is one that we would give it."""
    if text in (target, unquote(target)) or link(target) == f"[{text}]({target})":
        return target
    return f"{text} ({target})" if text else target


def _children(raw: str) -> "list[Token]":
    (token,) = _parser().parseInline(raw[:_LONGEST])
    return token.children or []


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("strikethrough")
