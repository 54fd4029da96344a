"""Tables of which the head says what stands below it: a column of passwords, or of customers."""

import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum, auto
from typing import NamedTuple

from facilitator.checks.secret_values import is_no_value, kinds


class Column(Enum):
    """What a column holds."""

    SECRETS = auto()
    CUSTOMERS = auto()


class Cell(NamedTuple):
    """The value in a cell of such a column, without the marks around it."""

    start: int
    end: int
    column: Column


_IN_RULE = re.compile(r"---?:?[ \t]{0,8}\|")
_RULE = re.compile(r"[ \t>]{0,12}\|?[ \t]{0,8}:?-{3,200}:?[ \t]{0,8}\|[ \t|:-]{0,2000}")
_HEADS = {
    Column.SECRETS: re.compile(
        r"(?:[a-z]{1,20} )?(?:pass(?:word|phrase|code)|passwd|pwd|pw|pin|secret|token|(?:api|access|secret)[ -]?key|"
        r"credential)s?"
    ),
    Column.CUSTOMERS: re.compile(
        r"(?:customer|client|tenant|account|subscriber|merchant|member|patient|user)s?"
        r"(?:[ _-]?(?:id|ids|no\.?|number|#))?"
    ),
}
_MARKS = "`*_\"' \t"
_CUSTOMER = re.compile(r"(?=[\w-]{0,40}\d{3})[A-Za-z0-9][\w-]{2,40}")


def _is_secret(value: str) -> bool:
    if " " in value or len(value) < 4 or is_no_value(value):
        return False
    return (kinds(value) > 1 and "://" not in value) or (value.isalpha() and value.islower() and len(value) > 7)


_HOLDS: Mapping[Column, Callable[[str], bool]] = {
    Column.SECRETS: _is_secret,
    Column.CUSTOMERS: lambda value: _CUSTOMER.fullmatch(value) is not None,
}


def telling_columns(text: str) -> Iterator[Cell]:
    """Yield what stands below such a head in the tables of a Markdown text."""
    begin = 0
    for sign in _IN_RULE.finditer(text):
        if sign.start() < begin:  # a row of the table before
            continue
        start, begin = text.rfind("\n", 0, sign.start()) + 1, _end_of_line(text, sign.end()) + 1
        above = text.rfind("\n", 0, max(0, start - 1)) + 1
        if not start or _RULE.fullmatch(text, start, begin - 1) is None:
            continue
        heads = [_head(text[first:end]) for first, end in _cells(text, above, start - 1)]
        while any(heads) and begin < len(text):
            end = _end_of_line(text, begin)
            if "|" not in text[begin:end]:
                break
            for (start, stop), head in zip(_cells(text, begin, end), heads, strict=False):
                if head is not None and _HOLDS[head](text[start:stop]):
                    yield Cell(start, stop, head)
            begin = end + 1


def _end_of_line(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end == -1 else end


def _head(said: str) -> Column | None:
    return next((column for column, pattern in _HEADS.items() if pattern.fullmatch(said.lower())), None)


def _cells(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the cells of a row begin and end, without the marks around what they hold."""
    line = text[begin:end]
    indent = len(line) - len(line.lstrip(" \t>"))
    place = begin + indent + line.startswith("|", indent)
    for cell in text[place:end].rstrip().removesuffix("|").split("|"):
        kept = cell.strip(_MARKS)
        start = place + cell.find(kept)
        yield start, start + len(kept)
        place += len(cell) + 1
