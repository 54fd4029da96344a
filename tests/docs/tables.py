"""The tables of the documentation: read from Markdown, and as the program has them."""

import re
from collections.abc import Iterable
from pathlib import Path

from facilitator.app.commands import Command

ROOT = Path(__file__).parents[2]
_CODE = re.compile(r"`([^`]*)`")

Row = tuple[str, ...]


def tables(text: str) -> dict[Row, list[list[Row]]]:
    """Return all tables of a Markdown document, by their headings, in order; a cell is its text as written."""
    found: dict[Row, list[list[Row]]] = {}
    rows: list[Row] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("| "):
            rows.append(tuple(cell.strip() for cell in line.strip("|").split(" | ")))
        elif not line.startswith("|---") and rows:
            found.setdefault(rows[0], []).append(rows[1:])
            rows = []
    return found


def code(cell: str) -> str:
    """Return the text of a cell that is one piece of code."""
    match = _CODE.fullmatch(cell)
    assert match is not None, f"{cell} is no code"
    return match[1]


def key_rows(commands: Iterable[Command]) -> list[Row]:
    """Return the rows of the table of keys, as docs/keys.md has them."""
    return [
        (", ".join(f"`{key}`" for key in each.keys.split(",")), each.label, each.doc, f"`{each.id}`")
        for each in commands
    ]


def as_markdown(rows: Iterable[Row]) -> str:
    """Return rows as they are written in a document."""
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
