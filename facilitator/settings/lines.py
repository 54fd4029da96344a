"""On which line of a TOML text a key stands; only messages depend on it."""

import re

_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]")
_KEY = re.compile(r"""\s*((?:[\w.\- ]|"[^"]*"|'[^']*')+?)\s*=""")
_QUOTES_AND_SPACES = re.compile(r"""["'\s]""")


def line_of(text: str, *path: str) -> int | None:
    """Return the number, from 1, of the line that sets the key at `path`, or sets the nearest table above it.

    Returns None when no line does. A key inside an inline table is on the line of that table.
    """
    where = _lines_by_key(text)
    for length in range(len(path), 0, -1):
        number = where.get(_plain(".".join(path[:length])))
        if number is not None:
            return number
    return None


def _lines_by_key(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _plain(header[1])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = _plain(key[1])
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def _plain(key: str) -> str:
    return _QUOTES_AND_SPACES.sub("", key)
