"""Completion of a query line: names of fields, and behind a field the values that there are."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from facilitator.library.fields import FIELDS, written
from facilitator.library.words import folded

MOST = 50
"""How many completions are offered at once."""

Values = Callable[[str], Mapping[str, int]]
"""Gives the values that a field has in the store, folded, each with how many sessions have it."""

_LAST = re.compile(r'(?:^|[\s(])-?((?:[A-Za-z]+:)?(?:[^\s",]*,|"[^"]*",)*(?:"[^"]*|[^\s"(]*))$')
_FIELD = re.compile(r"([A-Za-z]+):(.*)", re.DOTALL)


class Option(NamedTuple):
    """What may be typed next: the text for the place, and what it means."""

    text: str
    meaning: str


class Completion(NamedTuple):
    """What may stand from `start` up to the cursor, in characters of the line, what is likely first."""

    start: int
    options: tuple[Option, ...]


def complete(line: str, cursor: int, values: Values) -> Completion:
    """Return what may be typed at the cursor of a query line."""
    match = _LAST.search(line[: max(0, cursor)])
    if match is None:
        return Completion(cursor, ())
    field = _FIELD.fullmatch(match[1])
    if field is None:
        return Completion(match.start(1), _fields(match[1]))
    name = field[1].lower()
    if name not in FIELDS:
        return Completion(cursor, ())
    begun = field[2].rpartition(",")[2] if FIELDS[name].listed else field[2]
    return Completion(cursor - len(begun), _values(name, begun, values))


def _fields(begun: str) -> tuple[Option, ...]:
    found = [name for name in FIELDS if name.startswith(begun.lower())]
    return tuple(Option(f"{name}:", FIELDS[name].meaning) for name in found)


def _values(name: str, begun: str, values: Values) -> tuple[Option, ...]:
    field = FIELDS[name]
    start = folded(begun)
    known: dict[str, int] = dict(values(name)) if field.stored else {}
    common = sorted(known, key=lambda value: (-known[value], value))
    fixed = [value for value in field.values if folded(value) not in known]
    found = [Option(written(value), _sessions(known[value])) for value in common if value.startswith(start)]
    found += [Option(value, "") for value in fixed if folded(value).startswith(start)]
    if not found and not begun:
        found = [Option(field.example, field.meaning)]
    return tuple(found[:MOST])


def _sessions(count: int) -> str:
    return f"{count:,} session{'' if count == 1 else 's'}"
