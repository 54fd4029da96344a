"""Rows in JSON: flat objects, wherever in a value they lie, as the columns that a table of them would have."""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import msgspec

from facilitator.intake.payloads.json_text import values
from facilitator.intake.payloads.written_times import stamp_of
from facilitator.intake.report import Report
from facilitator.intake.source import Member, Source
from facilitator.intake.texts.column_roles import NAMES, is_inherited, plain_name
from facilitator.intake.texts.text_lines import text_lines
from facilitator.model.text import clean

Row = tuple[int, str, dict[str, str]]
"""The line of a row (or 0), its place in words, and its cells by the names of their columns."""

_DEEPEST, _MOST_CELLS, _LONGEST_CELL = 5, 300, 200_000
_TIMES = frozenset(NAMES["time"])
_TEXTS = frozenset(NAMES["text"])


def is_json(text: str) -> bool:
    """Return whether a text begins as JSON does."""
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and text.lstrip("\ufeff \t\r\n")[:2] not in ("[0", "[1", "[2")


def json_rows(source: Source, member: Member, report: Report) -> Iterator[Row]:
    """Return the rows of a member of JSON: line by line where each line is an object, else of the member as a whole."""
    lines = text_lines(source, member, report)
    first = next(((number, line) for number, line in lines if line.strip()), None)
    if first is None:
        return
    if not isinstance(_object(first[1]), Mapping):
        yield from _of_values(source, member, report)
        return
    for number, line in chain([first], lines):
        if not line.strip():
            continue
        value = _object(line)
        if value is None:
            report.skip(member.name, f"line {number}", "not JSON")
            continue
        yield from _of_value(value, number, f"line {number}", member, report)


def _of_values(source: Source, member: Member, report: Report) -> Iterator[Row]:
    for found in values(_Only(source, member), report):
        if isinstance(found.value, list):
            for number, item in enumerate(found.value, 1):
                yield from _of_value(item, found.line, f"item {number}", member, report)
        else:
            yield from _of_value(found.value, found.line, found.place, member, report)


class _Only:
    """A source of which only one member is seen."""

    def __init__(self, source: Source, member: Member) -> None:
        self.name, self._source, self._member = source.name, source, member
        self.open = source.open
        self.read = source.read

    def members(self) -> Iterator[Member]:
        yield self._member


def _object(line: str) -> Any:
    try:
        return msgspec.json.decode(line)
    except (ValueError, RecursionError):
        pass
    try:  # what is laxer than the standard, such as NaN
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _of_value(value: Any, line: int, place: str, member: Member, report: Report) -> Iterator[Row]:
    found = False
    for inner, cells in rows_of(value):
        found = True
        where = f"{place}, {inner}" if place and inner else place or inner
        if cells is None:
            report.skip(member.name, where, "no time of its own; the records in it were read")
        else:
            yield line, where, cells
    if not found:
        report.skip(member.name, place, "no record with a time in it")


def rows_of(
    value: Any, depth: int = 0, outer: Mapping[str, str] | None = None
) -> Iterator[tuple[str, dict[str, str] | None]]:
    """Return the rows in a value with their place in it; None instead of cells for what has words but no time."""
    outer = outer or {}
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for number, item in enumerate(value, 1):
            for place, cells in rows_of(item, depth + 1, outer):
                yield (f"item {number}, {place}" if place else f"item {number}"), cells
        pair = _pair(value, outer)
        if pair is not None:
            yield "", pair
    elif isinstance(value, Mapping):
        yield from _of_object(value, depth, outer)


def _of_object(
    value: Mapping[str, Any], depth: int, outer: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, str] | None]]:
    own = {str(name): text for name, inner in value.items() if (text := _cell(inner)) is not None}
    is_row = any(plain_name(name) in _TIMES and stamp_of(value[name]) is not None for name in own if name in value)
    if is_row:
        yield "", {**outer, **flat(value)}
        if not any(isinstance(inner, list) for inner in value.values()):
            return
    below = {name: text for name, text in own.items() if is_inherited(name)}
    inherited = {**outer, **below}
    if not is_row:
        inherited.update((name, text) for name, text in _labels(value).items() if is_inherited(name))
    lists = 0
    for name, inner in value.items():
        if isinstance(inner, list) or (isinstance(inner, Mapping) and not is_row):
            for place, cells in rows_of(inner, depth + 1, inherited):
                if is_row and (cells is None or not any(plain_name(each) in _TEXTS for each in cells)):
                    continue
                lists += isinstance(inner, list)
                yield (f"{name}, {place}" if place else str(name)), cells
    if lists and not is_row and any(plain_name(name) in _TEXTS for name in own):
        yield "", None


def _labels(value: Mapping[str, Any]) -> dict[str, str]:
    """Return the names and values of an object's labels: {"stream": {"host": …}, "values": […]}."""
    return {
        str(name): text
        for inner in value.values()
        if isinstance(inner, Mapping) and len(inner) < 50
        for name, each in inner.items()
        if (text := _cell(each)) is not None
    }


def _pair(value: list[Any], outer: Mapping[str, str]) -> dict[str, str] | None:
    """Return the row that a time and a text are: ["1700000000000000000", "connection refused"]."""
    if not 2 <= len(value) <= 3 or not isinstance(value[1], str) or stamp_of(value[1]) is not None:
        return None
    return {**outer, "time": str(value[0]), "line": value[1]} if stamp_of(value[0]) is not None else None


def flat(value: Mapping[str, Any], before: str = "", depth: int = 0) -> dict[str, str]:
    """Return the cells of an object, those of objects in it under names such as "host.name"."""
    cells: dict[str, str] = {}
    for name, inner in value.items():
        if len(cells) >= _MOST_CELLS:
            break
        full = f"{before}{name}"
        if isinstance(inner, Mapping):
            if depth < _DEEPEST:
                cells.update(flat(inner, f"{full}.", depth + 1))
            continue
        text = _cell(inner)
        if text is not None:
            cells[full] = text
    return cells


def _cell(value: Any) -> str | None:
    """Return a value as the text of a cell, or None for what is none."""
    if isinstance(value, str):
        return value[:_LONGEST_CELL]
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return repr(value) if abs(value) < 10**40 else None
    if isinstance(value, list) and value and len(value) < 20 and all(isinstance(each, str) for each in value):
        return ", ".join(clean(each[:500]) for each in value)
    return None
