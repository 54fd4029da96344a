"""The lines of a witness form: broken ones are put together again, and what the form itself says is left out."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from facilitator.model.text import MAX_TEXT, one_line

_BULLET = re.compile(r"\s*(?:(?:[-*+•·▪◦‣–—]|\d{1,3}[.)]|\[[ xX]\]) +)+(?=\S)|\s*[-*+•·▪◦‣–—]\s*$")
_UNTOLD = re.compile(r"[-–—.…?_*#+/|\s]*|\W*(?:n/?a|tbd|todo)\W*", re.IGNORECASE)
_SAID = re.compile(r"[^\w?:]+")
_ENDS = re.compile(r"[.!?…:;,]['\")\]”’]*$")


class Line(msgspec.Struct, frozen=True):
    """A line as it was written, without marks of quoting. `number` counts from 1."""

    number: int
    text: str


def told(text: str) -> bool:
    """Tell whether a text says something: it is not empty, no dash, and no placeholder."""
    return _UNTOLD.fullmatch(text) is None


def without_bullet(text: str) -> str:
    """Return a line without the mark of a list before it."""
    found = _BULLET.match(text)
    return text[found.end() :] if found else text


def has_bullet(text: str) -> bool:
    """Tell whether a line begins an item of a list."""
    return _BULLET.match(text) is not None


def joined(lines: Sequence[Line]) -> str:
    """Return lines as one: those that an editor broke are whole again, and items of a list follow each other."""
    text = ""
    for block in blocks(lines):
        piece = one_line(" ".join(line.text for line in block))
        text = together(text, piece) if told(piece) else text
    return text[:MAX_TEXT]


def together(text: str, piece: str) -> str:
    """Return two texts as one, with a sign between them where the first one ends without."""
    return f"{text}{' ' if _ENDS.search(text[-8:]) else '; '}{piece}" if text else piece


def blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph and of each item of a list."""
    block: list[Line] = []
    for line in lines:
        if block and (not line.text.strip() or has_bullet(line.text)):
            yield block
            block = []
        if line.text.strip():
            block.append(Line(line.number, without_bullet(line.text)))
    if block:
        yield block


def without(lines: list[Line], phrase: str, *, last: bool = False) -> list[Line]:
    """Return lines without a phrase of the form, however it is broken, marked or quoted; `last`: only at their end."""
    wanted = [plain for word in phrase.split() if (plain := _said(word))]
    if not wanted:
        return lines
    words = [
        (number, found.start(), found.end(), plain)
        for number, line in enumerate(lines)
        for found in re.finditer(r"\S+", line.text)
        if (plain := _said(found[0]))
    ]
    said = [word[3] for word in words]
    size = len(wanted)
    places = (len(said) - size,) if last else range(len(said) - size + 1)
    for place in places:
        if place >= 0 and said[place] == wanted[0] and said[place : place + size] == wanted:
            return _cut(lines, words[place][:2], (words[place + size - 1][0], words[place + size - 1][2]))
    return lines


def _cut(lines: list[Line], start: tuple[int, int], end: tuple[int, int]) -> list[Line]:
    """Return lines without what stands between two places, each the number of a line and of a character in it."""
    first, after = lines[start[0]], lines[end[0]]
    before, rest = first.text[: start[1]].rstrip(), after.text[end[1] :].strip()
    before = "" if not before.strip("#*_>- ") else before
    kept = [Line(first.number, before)] if before else []
    return [*lines[: start[0]], *kept, Line(after.number, rest), *lines[end[0] + 1 :]]


def _said(word: str) -> str:
    return _SAID.sub("", word).casefold()
