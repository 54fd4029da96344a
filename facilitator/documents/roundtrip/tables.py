"""Tables and lists of facts in a document, read into pieces."""

import re
from collections.abc import Mapping, Sequence

from facilitator.documents.roundtrip.blocks import Block, Kind, Row
from facilitator.documents.roundtrip.seen import Seen
from facilitator.documents.roundtrip.words import line

_LABEL = re.compile(r"(\*\*|__)(?P<label>(?:(?!\1).){1,80})\1\s*(?P<rest>.*)", re.DOTALL)
_REMARKS = re.compile(r"(?P<text>.*?)\s*(?<!\\)([*_])\((?P<said>.*)\)\2\s*", re.DOTALL)


def label(raw: str) -> tuple[str, str]:
    """Return the label in bold with which Markdown begins, without its sign, and what follows; "" without one."""
    found = _LABEL.match(raw.lstrip())
    if found is None:
        return "", raw
    name, rest = line(found["label"]), found["rest"]
    if not name.endswith((":", "?")):
        rest = rest.removeprefix(":")
    return name.removesuffix(":").strip(), rest.strip()


def remarks(raw: str) -> tuple[str, str]:
    """Return a text without the remarks in italics and brackets behind it, and these."""
    found = _REMARKS.fullmatch(raw)
    return (found["text"], found["said"]) if found is not None else (raw, "")


def rows(block: Block, columns: Mapping[str, str], seen: Seen, place: str) -> list[tuple[Row, dict[str, str], str]]:
    """Return the rows of a table: each with its cells by field and the id in its mark.

    `columns` are the fields by the headings of the table, in small letters. What stands in other columns is left. A
    row with too many cells, as an unescaped sign `|` makes them, has them in the text.
    """
    heads = [_column(head, columns) for head in block.rows[0].cells]
    found = []
    for row in block.rows[1:]:
        cells = _fitted(row.cells, heads)
        fields: dict[str, str] = {}
        mark = ""
        others = []
        for number, raw in enumerate(cells):
            cell, marked = seen.bare(raw, place, row.line)
            mark = mark or marked
            if number < len(heads) and heads[number]:
                fields[heads[number]] = cell
            elif cell:
                others.append(f"{line(block.rows[0].cells[number])}: {cell}" if number < len(heads) else cell)
        for each in others:
            seen.leave(place, each, row.line, mark)
        found.append((row, fields, mark))
    return found


def facts(block: Block) -> list[tuple[str, str, int]]:
    """Return the items of a list as labels in small letters with their values; an empty label for one without."""
    found = []
    for item in block.items:
        if not item:
            continue
        name, value = label(item[0].raw) if item[0].kind is Kind.PARAGRAPH else ("", item[0].source)
        raw = "\n\n".join((value, *(each.source for each in item[1:])))
        found.append((name.casefold(), raw, item[0].line))
    return found


def first_line(item: Sequence[Block], seen: Seen, place: str) -> tuple[str, str, str, int]:
    """Return the text of an item, the id in its mark, what stands below its first line, and its line.

    What stands below is a line in the same paragraph that begins with a label, and all blocks that follow.
    """
    head = item[0]
    raw, below = (head.raw, "") if head.kind is Kind.PARAGRAPH else ("", head.source)
    if raw:
        written = raw.split("\n")
        cut = next((number for number, each in enumerate(written) if number and _is_labelled(each)), len(written))
        raw, below = "\n".join(written[:cut]), "\n".join(written[cut:])
        raw = raw.rstrip().removesuffix("\\") if below else raw  # the mark of the break between them
    text, mark = seen.bare(raw, place, head.line)
    others = [*item[1:]]
    if not mark and others and others[0].kind is Kind.HTML:
        rest, mark = seen.bare(others[0].source, place, others[0].line)
        others = others[1:] if not rest else others
    below = "\n\n".join(each for each in (below, *(each.source for each in others)) if each)
    below, later = seen.bare(below, place, head.line)
    mark = mark or later
    return text, mark, below, head.line


def _is_labelled(written: str) -> bool:
    return written.lstrip().startswith(("**", "__", "*Evidence:*", "_Evidence:_"))


def _column(head: str, columns: Mapping[str, str]) -> str:
    name = line(head).casefold()
    return columns.get(name) or columns.get(name.partition(" (")[0], "")


def _fitted(cells: Sequence[str], heads: Sequence[str]) -> list[str]:
    more = len(cells) - len(heads)
    if more <= 0 or "text" not in heads:
        return [*cells]
    at = heads.index("text")
    return [*cells[:at], " \\| ".join(cells[at : at + more + 1]), *cells[at + more + 1 :]]
