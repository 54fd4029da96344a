"""Words as the library compares them: without case and accents, the same in the index and in a text that is read.

Each character of a script that is written without spaces is a word of its own, so that a word in it is found as a
phrase of its characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ASCII_RUN = re.compile(r"[0-9A-Za-z]+")


class Word(NamedTuple):
    """A run of letters and digits in a text: its words, nearly always one, and its place in characters."""

    words: tuple[str, ...]
    start: int
    end: int


def words(text: str) -> list[str]:
    """Return the words of a text in their order."""
    if text.isascii():
        return _ASCII_RUN.findall(text.lower())
    return [word for run in _run().findall(text) for word in _folded(run)]


def placed_words(text: str) -> Iterator[Word]:
    """Yield the words of a text with their places; together they are those that `words` returns."""
    pattern = _ASCII_RUN if text.isascii() else _run()
    for run in pattern.finditer(text):
        found = _folded(run[0])
        if found:
            yield Word(found, run.start(), run.end())


def indexable(text: str) -> str:
    """Return a text in which the words are separated, for a tokeniser that knows the letters of ASCII alone."""
    return text if text.isascii() else " ".join(words(text))


def folded(text: str) -> str:
    """Return a whole value as it is compared: its words, with one space between them."""
    return " ".join(words(text))


@lru_cache(maxsize=4096)
def _folded(run: str) -> tuple[str, ...]:
    """Return the words of a run of letters and digits, of which a ligature or a fraction may be several."""
    if run.isascii():
        return (run.lower(),)
    plain = "".join(each for each in unicodedata.normalize("NFKD", run.casefold()) if not unicodedata.combining(each))
    return tuple(unicodedata.normalize("NFKC", each) for each in re.findall(r"[^\W_]+", plain.casefold()))


@lru_cache(maxsize=1)
def _run() -> re.Pattern[str]:
    """Return what a word looks like; a process that meets only ASCII need not wait 4 ms for it."""
    return re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[\u0300-\u036f])*")
