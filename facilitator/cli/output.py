"""What commands print: text for people, cleaned and fitted to the terminal, and bytes for programs."""

import os
import sys
from collections.abc import Sequence

import click

from facilitator.documents.tables import width
from facilitator.model.text import clean, one_line


def say(text: str = "") -> None:
    """Print text for people on stdout; nothing in it can command the terminal."""
    click.echo(clean(text))


def note(text: str) -> None:
    """Print a remark on stderr, where it is in nobody's way."""
    click.echo(f"facilitator: {clean(text)}", err=True)


def emit(data: bytes) -> None:
    """Write bytes for programs on stdout as they are, whatever the locale."""
    click.echo(data, nl=False)


def room() -> int | None:
    """Return how many columns the terminal has, or None when stdout is none and nothing needs to be cut."""
    if not sys.stdout.isatty():
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (OSError, ValueError):
        return None


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], columns: int | None) -> str:
    """Return rows of text under headings, aligned and cleaned; the last column is cut to fit into `columns`.

    A column that is empty in every row is left out.
    """
    columns_of = zip(headings, zip(*rows, strict=True), strict=True)
    *first, last = [_cleaned([heading, *cells]) for heading, cells in columns_of if any(cells)]
    padded = [_padded(cells) for cells in first]
    left = columns - sum(width(cells[0]) for cells in padded) if columns is not None else None
    return "\n".join("".join(cells).rstrip() for cells in zip(*padded, [fit(cell, left) for cell in last], strict=True))


def pad(text: str, columns: int) -> str:
    """Return `text` with spaces after it, so that it takes at least `columns`."""
    return text + " " * (columns - width(text))


def _cleaned(cells: list[str]) -> list[str]:
    plain = "".join(cells)
    return cells if plain.isascii() and plain.isprintable() else [one_line(cell) for cell in cells]


def _padded(cells: list[str]) -> list[str]:
    """Return cells that are all as wide as the widest, and two spaces."""
    if all(map(str.isascii, cells)):
        widest = max(map(len, cells)) + 2
        return [cell.ljust(widest) for cell in cells]
    widest = max(map(width, cells)) + 2
    return [pad(cell, widest) for cell in cells]


def fit(text: str, columns: int | None) -> str:
    """Return `text` cut to `columns`, with three dots at its end when something is missing.

    Never cut below twelve columns: a line that wraps says more than one that says nothing.
    """
    if columns is None or len(text) <= columns // 2 or width(text) <= max(columns, 12):
        return text
    room_left = max(columns, 12) - 3
    taken = 0
    for number, character in enumerate(text):
        taken += width(character)
        if taken > room_left:
            return text[:number].rstrip() + "..."
    return text
