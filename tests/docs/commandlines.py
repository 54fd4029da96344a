"""The command lines that the documentation shows, each as the words that `facilitator` is called with."""

import re
import shlex
from collections.abc import Iterator

_BLOCK = re.compile(r"^ *```(?:sh|console)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_AFTER = ("|", ">", "&&", "||", ";")
_VARIABLE = re.compile(r"[A-Z_]+=")


def shown_commands(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words after `facilitator` of every call in the fenced shell blocks of a Markdown document."""
    for line in shown_lines(text):
        words = list(shlex.split(line, comments=True))
        while words and _VARIABLE.match(words[0]):
            words.pop(0)
        if words[:1] == ["facilitator"]:
            end = next((place for place, word in enumerate(words) if word in _AFTER), len(words))
            yield tuple(words[1:end])


def shown_lines(text: str) -> Iterator[str]:
    """Yield the lines of the fenced shell blocks of a Markdown document."""
    for block in _BLOCK.findall(text):
        yield from (line.strip() for line in block.splitlines() if line.strip())
