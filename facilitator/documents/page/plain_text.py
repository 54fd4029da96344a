"""The document as plain text for a mail: wrapped, with tables as lines below each other, and addresses written out."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from facilitator.documents.markdown import markdown
from facilitator.documents.page.blocks import (
    Block,
    Facts,
    Heading,
    Line,
    Listing,
    Paragraph,
    Table,
    Words,
)
from facilitator.documents.page.html import is_day
from facilitator.documents.page.read import read_page
from facilitator.documents.pictures.figures import nothing
from facilitator.documents.tables import width
from facilitator.model.session import Session

WIDTH = 72
"""How many columns a line takes; a longer word, such as an address, stays whole."""

_INDENT = "  "
_KEY = 20
"""A first column up to this width stands at the left of what a row says."""


def plain_text(session: Session) -> str:
    """Return the document of a session as plain text. What people wrote is indented, so it is never a heading."""
    return "\n\n".join(text for block in read_page(markdown(session, nothing)) if (text := _block(block, ""))) + "\n"


def _block(block: Block, indent: str) -> str:
    match block:
        case Heading(level, line):
            return _heading(level, said(line))
        case Paragraph(line):
            return _wrapped(said(line), indent + _INDENT)
        case Listing():
            return _listing(block, indent + _INDENT)
        case Facts(rows):
            names = [said(row[0]) for row in rows]
            widest = max(map(len, names))
            return "\n".join(
                _wrapped(said(row[1]), _INDENT, f"{_INDENT}{name:{widest}}  ")
                for name, row in zip(names, rows, strict=True)
            )
        case Table():
            return "\n".join(_rows(block))
    return ""


def said(line: Line) -> str:
    """Return the words of a line, with the addresses that links in it lead to."""
    return "".join(map(_words, line))


def _words(words: Words) -> str:
    if not words.link or words.link == words.text:
        return words.text
    return words.link if "/" in words.text or "." in words.text else f"{words.text} <{words.link}>"


def _heading(level: int, text: str) -> str:
    if level > 2:
        return text
    return f"{text}\n{('=' if level == 1 else '-') * min(WIDTH, max(3, width(text)))}"


def _wrapped(text: str, indent: str, first: str = "") -> str:
    """Return a text as lines that begin with `indent`, the first one with `first`; its own line ends are kept."""
    begin = first or indent
    following = " " * len(begin) if first else indent
    lines: list[str] = []
    for line in text.split("\n"):
        lines += textwrap.wrap(
            line,
            WIDTH,
            initial_indent=following if lines else begin,
            subsequent_indent=following,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines) if lines else begin.rstrip()


def _listing(listing: Listing, indent: str) -> str:
    return "\n".join(
        _item(item, indent, f"{listing.first + number}. " if listing.first else "- ")
        for number, item in enumerate(listing.items)
    )


def _item(item: Sequence[Block], indent: str, sign: str) -> str:
    inside = indent + " " * len(sign)
    if item and isinstance(item[0], Paragraph):
        begun, rest = _wrapped(said(item[0].line), inside, indent + sign), item[1:]
    else:
        begun, rest = (indent + sign).rstrip(), item
    return "\n".join([begun, *(_block(each, inside.removesuffix(_INDENT)) for each in rest)])


def _rows(table: Table) -> Iterator[str]:
    heads = [said(each) for each in table.heads]
    keys = [said(row[0]) for row in table.rows if not is_day(row)]
    widest = max(map(width, keys), default=0)
    keyed = len(heads) > 1 and widest <= _KEY
    for row in table.rows:
        cells = [said(each) for each in row]
        if is_day(row):
            yield f"\n{_INDENT}{cells[0]}"
        elif keyed:
            first = f"{_INDENT}{cells[0]}{' ' * (widest - width(cells[0]))}  "
            yield from _row(cells[1], zip(heads[2:], cells[2:], strict=True), first)
        else:
            yield from _row(cells[0], zip(heads[1:], cells[1:], strict=True), f"{_INDENT}- ")


def _row(text: str, others: Iterable[tuple[str, str]], first: str) -> Iterator[str]:
    """Yield what a row says, and on a line below it the cells that say something, each with the head of its column."""
    indent = " " * width(first)
    yield _wrapped(text, indent, first)
    if more := "; ".join(f"{head}: {cell}" for head, cell in others if cell):
        yield _wrapped(more, indent)
