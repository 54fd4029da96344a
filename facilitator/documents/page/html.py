"""The blocks of a page as HTML that is XML as well: every tag is closed, and it has no more than is named here."""

from collections.abc import Callable, Iterable, Sequence
from html import escape

from facilitator.documents.page.blocks import (
    Block,
    Facts,
    Heading,
    Line,
    Listing,
    Paragraph,
    Picture,
    Table,
    Words,
    plain,
)

WIDE = 7
"""From so many columns on a table is wide: paper needs smaller letters for it."""


def line_html(line: Line) -> str:
    """Return words with what they are set in, and links; everything else in them is text."""
    return "".join(map(_words, line))


def bare_html(blocks: Iterable[Block]) -> str:
    """Return blocks as plain elements without attributes but where links lead to; figures are left out.

    Editors such as those of Confluence and Notion take these when they are pasted, and it is what Confluence stores.
    """
    return "\n".join(text for block in blocks if (text := _bare(block)))


def page_html(blocks: Iterable[Block], name: str, picture: Callable[[str], str]) -> str:
    """Return blocks as a page shows them. `name` says what tables are about; `picture` gives the figure of a name."""
    return "\n".join(text for block in blocks if (text := _shown(block, name, picture)))


def listing_html(listing: Listing, inside: Callable[[Iterable[Block]], str]) -> str:
    """Return a list; an item that is one paragraph is its words."""
    tag = "ol" if listing.first else "ul"
    start = f' start="{listing.first}"' if listing.first > 1 else ""
    items = "\n".join(f"<li>{_item(item, inside)}</li>" for item in listing.items)
    return f"<{tag}{start}>\n{items}\n</{tag}>"


def is_day(row: Sequence[Line]) -> bool:
    """Tell whether a row of a table is only the name of the rows below it: the day of entries."""
    return len(row) > 1 and len(row[0]) == 1 and row[0][0].strong and not any(row[1:])


def _words(words: Words) -> str:
    text = escape(words.text)
    if "\n" in text:
        text = text.replace("\n", "<br />\n")
    if words.link:
        text = f'<a href="{escape(words.link)}">{text}</a>'
    if words.emphasis:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if words.strong else text


def _item(item: tuple[Block, ...], inside: Callable[[Iterable[Block]], str]) -> str:
    match item:
        case (Paragraph(line),):
            return line_html(line)
        case (Paragraph(line), Listing()):
            return f"{line_html(line)}\n{inside(item[1:])}\n"
        case _:
            return f"\n{inside(item)}\n"


def _bare(block: Block) -> str:
    match block:
        case Heading(level, line):
            return f"<h{level}>{line_html(line)}</h{level}>"
        case Paragraph(line):
            return f"<p>{line_html(line)}</p>"
        case Listing():
            return listing_html(block, bare_html)
        case Facts(rows):
            below = "\n".join(f"<tr><th>{line_html(row[0])}</th>{_cells(row[1:])}</tr>" for row in rows)
            return f"<table>\n<tbody>\n{below}\n</tbody>\n</table>"
        case Table(heads, rows):
            top = "".join(f"<th>{line_html(each)}</th>" for each in heads)
            below = "".join(f"\n<tr>{_cells(row)}</tr>" for row in rows)
            return f"<table>\n<tbody>\n<tr>{top}</tr>{below}\n</tbody>\n</table>"
    return ""


def _cells(row: Sequence[Line]) -> str:
    return "".join(f"<td>{line_html(each)}</td>" for each in row)


def _shown(block: Block, name: str, picture: Callable[[str], str]) -> str:
    match block:
        case Table():
            return _table(block, name)
        case Facts(rows):
            below = "\n".join(f"<div><dt>{line_html(row[0])}</dt><dd>{line_html(row[1])}</dd></div>" for row in rows)
            return f'<dl class="facts">\n{below}\n</dl>'
        case Picture(figure):
            return picture(figure)
        case Listing():
            return listing_html(block, lambda inside: page_html(inside, name, picture))
    return _bare(block)


def _table(table: Table, name: str) -> str:
    heads = "".join(f'<th scope="col">{line_html(each)}</th>' for each in table.heads)
    kinds = _kinds(table)
    rows = "\n".join(_row(row, kinds) for row in table.rows)
    wide = " wide" if len(table.heads) >= WIDE else ""
    label = f"Table: {name}" if name else "Table"
    return (
        f'<div class="scroll{wide}" role="group" tabindex="0" aria-label="{escape(label)}">\n'
        f"<table>\n<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _row(row: Sequence[Line], kinds: Sequence[str]) -> str:
    if is_day(row):
        return f'<tr class="day"><th scope="colgroup" colspan="{len(row)}">{escape(plain(row[0]))}</th></tr>'
    return f"<tr>{''.join(f'<td{kind}>{line_html(each)}</td>' for kind, each in zip(kinds, row, strict=True))}</tr>"


_LONG = 40
_SHORT = 20


def _kinds(table: Table) -> list[str]:
    """Return the class of each column: times and numbers keep together, long text has room."""
    kinds: list[str] = []
    for number in range(len(table.heads)):
        longest = max((len(plain(row[number])) for row in table.rows if not is_day(row)), default=0)
        short = number == 0 and longest <= _SHORT
        kinds.append(' class="first"' if short else ' class="text"' if longest > _LONG else "")
    return kinds
