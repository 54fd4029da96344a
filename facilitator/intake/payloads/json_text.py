"""The JSON values of a source: one document, several after another, one a line, whole or cut off, in any file."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from facilitator.intake.errors import SourceError
from facilitator.intake.report import Report
from facilitator.intake.source import Source
from facilitator.intake.sources.decoding import decoded

_SUFFIXES = (".json", ".jsonl", ".ndjson", ".txt", ".log", "")
_MOST_BAD = 10_000
"""After so many places in a row where no JSON begins, the rest of a file is given up."""

_STRICT, _LENIENT = json.JSONDecoder(), json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[\s\x1e]*")
_NEXT = re.compile(r"^[ \t]*[{\[]", re.MULTILINE)
_BETWEEN = re.compile(r"\s*,\s*")
_LIST = re.compile(r'\s*(?:\{\s*"(?P<name>[^"\\]{1,80})"\s*:\s*)?\[\s*')


@dataclass(frozen=True, slots=True)
class Found:
    """A JSON value and where it was: the member, and its line (from 1), or 0 when it is the whole of the member.

    `item` is its number in a list that is cut off further on, else 0.
    """

    value: Any
    file: str
    line: int = 0
    item: int = 0

    @property
    def place(self) -> str:
        """Where the value is in its member, in words; empty when it is the whole of it."""
        if self.item:
            return f"item {self.item}"
        return f"line {self.line}" if self.line else ""


def values(source: Source, report: Report) -> Iterator[Found]:
    """Yield the JSON values of a source; what is none goes into the report. Raises SourceError for an unreadable file.

    In a folder or an archive a member that cannot be read is reported, and the others are read.
    """
    members = list(source.members())
    for member in members:
        if len(members) > 1 and PurePosixPath(member.name).suffix.lower() not in _SUFFIXES:
            report.skip(member.name, "", "not a file of JSON")
            continue
        try:
            text = decoded(source.read(member), partial(report.skip, member.name, ""))
        except SourceError as error:
            if len(members) == 1:
                raise
            report.skip(member.name, "", str(error))
            continue
        yield from _of_text(text, member.name, report)


def begun(text: str) -> Any:
    """Return the first JSON value of a text that may be cut off, or what can be had of it; None when it has none."""
    return next((found.value for found in _of_text(text.lstrip("\ufeff"), "", Report())), None)


def from_text(text: str) -> Any:
    """Return the JSON value that a text is as a whole, or None."""
    try:
        return _LENIENT.decode(text)
    except (ValueError, RecursionError):
        return None


def _of_text(text: str, file: str, report: Report) -> Iterator[Found]:
    at, line, bad = _skip_space(text, 0), 1, 0
    if at == len(text):
        report.skip(file, "", "empty")
        return
    line += text.count("\n", 0, at)
    first = True
    while at < len(text):
        value, end, why = _value(text, at, wide=bad < 10)
        if not why:
            following = _skip_space(text, end)
            whole = first and following == len(text)
            yield Found(value, file, 0 if whole else line)
            line, at, bad, first = line + text.count("\n", at, following), following, 0, False
            continue
        bad += 1
        report.skip(file, f"line {line}", why)
        begin = at
        if first:
            for found, past in _cut_off(text, at, file):
                yield found
                begin = past
        if bad >= _MOST_BAD:
            report.skip(file, f"line {line}", "no JSON for so long that the rest was left")
            return
        line, at, first = *_next_start(text, at, begin, line), False


def _next_start(text: str, at: int, begin: int, line: int) -> tuple[int, int]:
    """Return the line and the place of the next line that may begin a value, after the line in which `begin` is."""
    newline = text.find("\n", begin)
    found = _NEXT.search(text, newline + 1) if newline >= 0 else None
    following = found.end() - 1 if found else len(text)
    return line + text.count("\n", at, following), following


def _skip_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int, *, wide: bool) -> tuple[Any, int, str]:
    """Return the value at a place, where it ends, and why there is none ("" when there is one)."""
    if text[at] not in "{[":
        return None, at, "not JSON"
    try:
        value, end = _STRICT.raw_decode(text, at)
    except RecursionError:
        return None, at, "JSON that is nested too deeply"
    except ValueError as error:
        value, end = None, at
        if "control character" in str(error):
            value, end = _lenient(text, at, wide=wide)
        if end == at:
            return None, at, "JSON that is broken or cut off"
    return value, end, ""


def _lenient(text: str, at: int, *, wide: bool) -> tuple[Any, int]:
    """Read a value with line breaks and tabs inside of its texts, as people leave them when they edit by hand.

    First within its line; past its end only when `wide`, since that may take as long as there is text.
    """
    newline = text.find("\n", at)
    try:
        value, end = _LENIENT.raw_decode(text[at : newline if newline >= 0 else len(text)])
    except (ValueError, RecursionError):
        value = None
    else:
        return value, at + end
    try:
        return _LENIENT.raw_decode(text, at) if wide else (None, at)
    except (ValueError, RecursionError):
        return None, at


def _cut_off(text: str, at: int, file: str) -> Iterator[tuple[Found, int]]:
    """Yield the whole items of a list whose end is missing, each with where it ends."""
    found = _LIST.match(text, at)
    name, number = found["name"] if found else None, 0
    place = found.end() if found else len(text)
    while place < len(text):
        value, end, why = _value(text, place, wide=False)
        if why:
            return
        number += 1
        yield Found({name: [value]} if name else value, file, 0, number), end
        between = _BETWEEN.match(text, end)
        place = between.end() if between else len(text)
