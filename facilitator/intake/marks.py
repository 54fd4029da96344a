"""Marks of forms, such as `<!-- witness:seen 01K9XQ -->`, found in text as mail programs leave it.

What belongs where is told by marks, so headings may be edited, sections moved, lines broken anew, and all of it quoted.
"""

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from facilitator.intake.witness.text import Line
from facilitator.model.text import clean

LONGEST_FORM = 1_000_000
"""How many characters of a file are read."""
MOST_MARKS = 1_000

OF_MAIL = re.compile(
    r"(?:On|Am|Le|El) .{5,200}(?:wrote|schrieb|écrit|escribió).{0,80}:"
    r"|(?:From|To|Cc|Bcc|Date|Sent|Subject|Reply-To)\*{0,2}: .*|-+ ?(?:Original|Forwarded) .*|-- ?"
)
"""What a mail program writes around a text that it quotes."""

_MARK = (
    r"<!\s?(?:--|[–—])[\s>]*{kind}:(?P<part>[a-z]{{3,10}})"
    r"(?P<values>(?:[\s>]+[A-Za-z0-9_%:+/.=-]{{1,200}}){{0,12}}?)[\s>]*(?:--|[–—])>"
)
_NEWLINES = re.compile("\r\n?|[\n\x85\u2028\u2029]")
_QUOTED = re.compile(r"\s{0,3}(?:>(?=[\s>]|$)\s?)+")


class Mark(NamedTuple):
    """A mark that was found: its part, its values without a name and those with one, and where it stands."""

    part: str
    names: Sequence[str]
    values: Mapping[str, str]
    start: int
    end: int


def mark(kind: str, part: str, *values: str) -> str:
    """Return the mark of a part of a form. Values hold nothing but letters, digits and `-_%:+/.=`."""
    return f"<!-- {' '.join((f'{kind}:{part}', *values))} -->"


def marks_in(text: str, kind: str) -> list[Mark]:
    """Return the marks of the forms of a kind, in the order in which they stand in a text that was `cleaned`."""
    found = islice(re.compile(_MARK.format(kind=kind)).finditer(text), MOST_MARKS)
    return [Mark(each["part"], *_values(each["values"]), each.start(), each.end()) for each in found]


def cleaned(text: str) -> str:
    """Return a text that was read, cleaned, with one kind of line end, and not longer than a form."""
    # Line by line: a sequence for terminals that has no end must not take the rest of the form with it.
    return "\n".join(map(clean, _NEWLINES.split(text[:LONGEST_FORM])))


def is_quoted(text: str, place: int) -> bool:
    """Tell whether what stands at a place is quoted, as in the answer to a mail."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return ">" in line and not line.strip("> \t")


def has_quote(line: str) -> bool:
    """Tell whether a line begins with the mark of a quotation."""
    return _QUOTED.match(line) is not None and ">" in line


def lines_between(text: str, start: int, end: int, *, quoted: bool) -> list[Line]:
    """Return the lines between two places; without the marks of quoting, if the form is `quoted`."""
    first = text.count("\n", 0, start) + 1
    lines = text[start:end].split("\n")
    return [
        Line(number, _QUOTED.sub("", line, count=1) if quoted and _QUOTED.match(line) else line)
        for number, line in enumerate(lines, first)
    ]


def derived_id(letter: str, *parts: str) -> str:
    """Return an id that follows from what it is for, so that reading the same again finds the same item."""
    identity = "\0".join(parts).encode(errors="surrogatepass")
    return f"{letter}{sha256(identity).hexdigest()[:25]}"


def _values(written: str) -> tuple[list[str], dict[str, str]]:
    words = written.replace(">", " ").split()
    named = dict(word.split("=", 1) for word in words if "=" in word)
    return [word for word in words if "=" not in word], named
