"""The text of a document made ready for a Markdown parser; every line keeps its number."""

import re
from dataclasses import dataclass

from facilitator.intake.markdown.front_matter import FrontMatter, front_matter
from facilitator.intake.markdown.html import as_markdown, without_comments
from facilitator.model.text import clean

_FENCE = re.compile(r" {0,12}(?:[-*+] +)?(?P<marks>`{3,}|~{3,})(?P<info>[^`\n]*)")
_SPACES = {0xA0: " ", 0x202F: " ", 0x2009: " ", 0x2007: " ", 0x0C: " ", 0x200B: None, 0xAD: None} | dict.fromkeys(
    (*range(0xE000, 0xE005), *range(0xE100, 0xE110))
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document in three parts: its front matter, its comments, and the body, blank where the others were."""

    body: str
    front: FrontMatter
    comments: tuple[str, ...] = ()


def prepared(text: str) -> Prepared:
    """Return the document cleaned, with HTML as Markdown, front matter and comments taken out."""
    text = clean(text.removeprefix("\ufeff")).translate(_SPACES)
    lines = text.split("\n")
    front = front_matter(lines)
    if front.lines:
        lines[: front.lines] = [""] * front.lines
        text = "\n".join(lines)
    text, comments = without_comments(text)
    lines = _fences_closed(text.split("\n"))
    return Prepared(_outside_fences("\n".join(lines)), front, tuple(comments))


def _fences_closed(lines: list[str]) -> list[str]:
    """Return the lines without a fence that is never closed: all of the document after it would be code."""
    opened, marks = -1, ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line) if "``" in line or "~~" in line else None
        if found is None or (opened < 0 and "`" in line[found.end() :]):
            continue
        if opened < 0:
            opened, marks = number, found["marks"]
        elif found["marks"].startswith(marks) and not found["info"].strip():
            opened = -1
    if opened >= 0:
        lines[opened] = ""
    return lines


def _outside_fences(text: str) -> str:
    """Return the text with its HTML as Markdown, except in code."""
    if "<" not in text and "{%" not in text:
        return text
    pieces: list[list[str]] = [[]]
    marks = ""
    for line in text.split("\n"):
        found = _FENCE.match(line) if "``" in line or "~~" in line else None
        opens = found is not None and not marks and "`" not in line[found.end() :]
        closes = found is not None and marks and found["marks"].startswith(marks) and not found["info"].strip()
        if opens and found is not None:
            marks = found["marks"]
            pieces.append([line])
        elif closes:
            marks = ""
            pieces[-1].append(line)
            pieces.append([])
        else:
            pieces[-1].append(line)
    # Every other piece is code, as each fence that opens is closed.
    texts = ["\n".join(piece) for piece in pieces]
    return "\n".join(text if number % 2 else as_markdown(text) for number, text in enumerate(texts) if pieces[number])
