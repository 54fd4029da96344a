"""Text in cells of a terminal: how wide it is, and how it is broken into lines."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from facilitator.documents.tables import width
from facilitator.model.text import one_line

_EMOJI_STYLE = "\ufe0f"
_SOFT_HYPHEN = "\xad"
_JOINER = "\u200d"


def cells(text: str) -> int:
    """Return how many cells `text` takes; where terminals differ, the larger number."""
    if text.isascii():
        return len(text)
    wide = width(text) + text.count(_SOFT_HYPHEN)
    if _EMOJI_STYLE in text:
        # It makes the picture of a character out of its letter, which is a cell wider.
        wide += sum(after == _EMOJI_STYLE and width(sign) == 1 for sign, after in pairwise(text))
    return wide


def wrapped(text: str, room: Callable[[int], int]) -> list[str]:
    """Return outside text as lines, cleaned; never empty.

    `room` gives the number of cells of each line, by its number from 0. Lines break between words; a word that is
    longer than its line is broken where the line ends. A character that is wider than its line stands there alone.
    """
    lines: list[str] = []
    line, used = "", 0
    for word in one_line(text).split(" "):
        size = cells(word)
        if line and used + 1 + size <= room(len(lines)):
            line, used = f"{line} {word}", used + 1 + size
            continue
        if line:
            lines.append(line)
        if size <= room(len(lines)):
            line, used = word, size
        else:
            *full, line = _broken(word, room, len(lines))
            lines += full
            used = cells(line)
    return [*lines, line]


def _broken(word: str, room: Callable[[int], int], above: int) -> list[str]:
    """Return a long word in parts that fill the lines below those `above`, each of at least one character."""
    parts: list[str] = []
    part, used = "", 0
    for cluster in _clusters(word):
        size = cells(cluster)
        if part and used + size > room(above + len(parts)):
            parts.append(part)
            part, used = "", 0
        part, used = part + cluster, used + size
    return [*parts, part]


def _clusters(word: str) -> Iterator[str]:
    """Split a word into characters with the marks that belong to them."""
    cluster = ""
    for sign in word:
        if cluster and width(sign) and not cluster.endswith(_JOINER):
            yield cluster
            cluster = ""
        cluster += sign
    yield cluster
