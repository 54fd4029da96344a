"""On which line of a TOML text a key stands; only messages depend on it."""

import re

_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]")
_KEY = re.compile(r"""\s*((?:[\w.\- ]|"[^"]*"|'[^']*')+?)\s*=""")
_QUOTES_AND_SPACES = re.compile(r"""["'\s]""")


def line_of(text: str, *path: str) -> int | None:
    """Return the number, from 1, of the line that sets the key at `path`, or sets the nearest table above it.

    Returns None when no line does. A key inside an inline table is on the line of that table. Of several tables with
    one name, `[[cue]]`, the second is at ("cue", "2").
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
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            name = _plain(header[1])
            table = _numbered(name, counts, another=line.lstrip().startswith("[["))
            found.setdefault(name, number)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = _plain(key[1])
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def _numbered(name: str, counts: dict[str, int], *, another: bool) -> str:
    """Return the name of a table with the numbers, from 1, of the repeated tables that it is in; count `another`."""
    path, parts = "", name.split(".")
    for place, part in enumerate(parts, 1):
        path = f"{path}.{part}" if path else part
        if another and place == len(parts):
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = f"{path}.{counts[path]}"
    return path


def _plain(key: str) -> str:
    return _QUOTES_AND_SPACES.sub("", key)
