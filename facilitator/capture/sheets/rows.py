r"""The text of a sheet: lines, comments, headings, and how every line comes back as it was.

A comment is what stands between "<!--" and "-->", on one line or several; a heading begins with "## ". An item whose
own line looks like one of these, or is empty, is written with a backslash before it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from facilitator.model.item import Item
from facilitator.model.text import one_line

_INDENT = 2
_OPENING, _CLOSING = "<!--", "-->"
_HEADING = re.compile(r"##+(?: (.*))?")
_SHIELDED = re.compile(r"\\*(?:##+(?: .*)?|<!--.*)?")
_NO_END = "This comment has no end. Put --> where it ends"
_MESSAGE = "<!-- !! "


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as it is written: its line, the place under whose heading it stands, and how deep it is indented."""

    item: Item
    text: str
    place: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A line such as "## 2026-11-15", without its sign; `number` is its place in the file, from 1."""

    text: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A line that was read: its text, its place, the number of spaces before it, and its number in the file, from 1."""

    text: str
    place: str = ""
    indent: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be read: its number in the file, what stands there, and what is wrong and what to do.

    The number is 0 for a line that is not there.
    """

    number: int
    text: str
    message: str


def written(guide: Iterable[str], parts: Iterable[Shown | Heading]) -> str:
    """Return the text of a sheet: the guide as a comment, then the parts."""
    first, *rest = (_plain(line) for line in guide)
    lines = [f"{_OPENING} {first}", *rest, _CLOSING]
    for number, part in enumerate(parts):
        if isinstance(part, Heading):
            lines += ["", f"## {one_line(part.text)}"]
            continue
        if number == 0:
            lines.append("")
        lines.append(" " * (_INDENT * part.depth) + _shielded(part.text))
    return "\n".join((*lines, ""))


def parsed(text: str) -> list[Row | Heading | Problem]:
    """Return the lines of an edited sheet, without comments and empty lines; rows have no place yet."""
    found: list[Row | Heading | Problem] = []
    comment: Problem | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = one_line(raw)
        if comment is not None or line.startswith(_OPENING):
            if comment is not None and _OPENING in line:
                found.append(comment)
            before, closing, behind = line.partition(_CLOSING)
            if behind:
                found.append(Problem(number, line, "Put what stands behind --> on a line of its own"))
            opened = Problem(number, line, _NO_END) if before.startswith(_OPENING) else comment
            comment = None if closing else opened
            continue
        if not line:
            continue
        heading = _HEADING.fullmatch(line)
        if heading is not None:
            found.append(Heading(heading[1] or "", number))
            continue
        spaced = raw.expandtabs(_INDENT)
        indent = len(spaced) - len(spaced.lstrip())
        found.append(Row(_unshielded(line), indent=indent, number=number))
    return [*found, comment] if comment is not None else found


def marked(text: str, problems: Iterable[Problem]) -> str:
    """Return a sheet with each problem as a comment above its line, and without those that were put there before."""
    above: dict[int, list[str]] = {}
    for problem in problems:
        above.setdefault(max(problem.number, 1), []).append(f"{_MESSAGE}{_plain(one_line(problem.message))} -->")
    lines: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        lines += above.get(number, ())
        if not line.startswith(_MESSAGE):
            lines.append(line)
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return text that neither begins nor ends a comment."""
    return re.sub("-(?=-)", "- ", text).rstrip()


def _shielded(line: str) -> str:
    return f"\\{line}" if _SHIELDED.fullmatch(line) else line


def _unshielded(line: str) -> str:
    return line[1:] if line[0] == "\\" and _SHIELDED.fullmatch(line) else line
