"""The door through which text leaves for the terminal, and how it is fitted into cells."""

import re

from rich.cells import cell_len, chop_cells, set_cell_size
from textual.content import Content

from facilitator.model import text as model_text

_SPACES = re.compile(r"\s+")


def drawable(text: str) -> str:
    """Return `text` without anything that a terminal obeys, with tabs as spaces.

    Sessions are cleaned where they are read and typed; this is the second door, so that no slip above it matters.
    """
    if text.isascii() and text.isprintable():
        return text
    return model_text.clean(text).expandtabs(4)


def content(text: str, style: str = "") -> Content:
    """Return outside text as Content: drawn as it stands, never read as markup."""
    return Content.styled(drawable(text), style) if style else Content(drawable(text))


def fitted(text: str, width: int) -> str:
    """Return one line of exactly `width` cells: cut with an ellipsis, or filled with spaces."""
    line = _SPACES.sub(" ", drawable(text)).strip()
    if cell_len(line) > width:
        line = f"{set_cell_size(line, max(0, width - 1))}…" if width > 0 else ""
    return set_cell_size(line, width)


def wrapped(text: str, width: int) -> list[str]:
    """Return `text` as lines of at most `width` cells, broken between words where there is a space; never empty."""
    width = max(1, width)
    if len(text) <= width and text.isascii() and "\n" not in text:
        return [text]
    return [line for paragraph in text.split("\n") for line in _wrapped_paragraph(paragraph, width)]


def _wrapped_paragraph(paragraph: str, width: int) -> list[str]:
    size_of = len if paragraph.isascii() else cell_len
    if size_of(paragraph) <= width:
        return [paragraph]
    lines: list[str] = []
    line, used = "", 0
    for word in paragraph.split(" "):
        size = size_of(word)
        if used and used + 1 + size <= width:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if used:
            lines.append(line)
        if size > width:
            *full, rest = chop_cells(word, width)
            lines += full
            line, used = rest, cell_len(rest)
        else:
            line, used = word, size
    lines.append(line)
    return lines
