"""Prose in a text editor: several fields in one file, which comes back without losing a character.

Each field stands under a marker line. A line of the user that looks like a comment gets a backslash, so that nothing a
person writes can be taken for a marker.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from facilitator.cli.drafts import DraftError
from facilitator.model.text import MAX_TEXT, one_line, paragraphs
from facilitator.settings.wording import did_you_mean, quoted

_MARKER = re.compile(r"<!--\s*field:\s*(.*?)\s*-->\s*")
_ESCAPED = re.compile(r"\\+<!--")
_GUIDE = (
    "Write below the markers, as much as you like, and leave the marker lines as they are.",
    "Save and close the editor to keep what you wrote; close it without saving to keep everything as it was.",
)


@dataclass(frozen=True, slots=True)
class Section:
    """One field: the name in its marker, the label for people, and its text."""

    name: str
    label: str
    text: str


class ProseError(DraftError):
    """The edited text cannot be told apart into its fields; the message says where and why."""


def written(title: str, sections: Sequence[Section]) -> str:
    """Return the text to edit: a guide, then each section under its marker."""
    head = [_comment(title), *(_comment(line) for line in _GUIDE), ""]
    parts = [f"{_marker(each)}\n{_comment(each.label)}\n{_shielded(each.text)}\n" for each in sections]
    return "\n".join((*head, *parts))


def read(text: str, title: str, sections: Sequence[Section]) -> dict[str, str]:
    """Return the texts that were changed, by the names of their sections.

    `title` and `sections` are those that were written. Raises ProseError for a marker that is missing, unknown or there
    twice, for text above the first one, and for text that is too long: nothing is dropped or filed in a wrong place.
    """
    bodies = _split(text.replace("\r\n", "\n"), sections)
    missing = [each.name for each in sections if each.name not in bodies]
    if missing:
        raise ProseError(f"the marker '<!-- field: {missing[0]} -->' is missing; put it back above its text")
    own_lines = {_comment(title), *(_comment(line) for line in _GUIDE)}
    above = [line for line in bodies[""] if line.strip() and line.strip() not in own_lines]
    if above:
        raise ProseError(f"the line {quoted(above[0])} stands above the first marker; put it below one")
    changed = {}
    for section in sections:
        new = _body(bodies[section.name], section)
        if new == section.text.strip("\n"):
            continue
        changed[section.name] = paragraphs(new)
        if len(changed[section.name]) > MAX_TEXT:
            raise ProseError(f"'{section.name}' is longer than {MAX_TEXT:,} characters; make it shorter")
    return changed


def _split(text: str, sections: Sequence[Section]) -> dict[str, list[str]]:
    names = [each.name for each in sections]
    bodies: dict[str, list[str]] = {"": []}
    now = ""
    for number, line in enumerate(text.split("\n"), 1):
        marker = _MARKER.fullmatch(line)
        if marker is None:
            bodies[now].append(line)
            continue
        now = marker[1]
        if now not in names:
            raise ProseError(f"line {number}: no field is called {quoted(now)}{did_you_mean(now, names)}")
        if now in bodies:
            raise ProseError(f"line {number}: the marker of '{now}' is there twice; remove one")
        bodies[now] = []
    return bodies


def _body(lines: Sequence[str], section: Section) -> str:
    """Return the text of a section from the lines below its marker, without the label that was put there."""
    own = [*lines]
    if _comment(section.label) in own:
        own.remove(_comment(section.label))
    return "\n".join(
        _ESCAPED.sub(_without_backslash, line, count=1) if _ESCAPED.match(line) else line for line in own
    ).strip("\n")


def _shielded(text: str) -> str:
    return "\n".join(f"\\{line}" if re.match(r"\\*<!--", line) else line for line in text.split("\n"))


def _without_backslash(match: re.Match[str]) -> str:
    return match[0][1:]


def _marker(section: Section) -> str:
    return f"<!-- field: {section.name} -->"


def _comment(text: str) -> str:
    return f"<!-- {re.sub('-(?=-)', '- ', one_line(text))} -->"
