"""Two short ways through what documents are full of: rows of tables, and cells without emphasis.

The parser of Markdown takes 0.4 s for 5,000 rows. What is not of the simple form that our tables have is left to it, so
the result is the same.
"""

import re
from typing import TYPE_CHECKING

from facilitator.documents.page.blocks import Line, Words

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

ROWS = "facilitator_rows"
"""The type of the token that holds a whole table: its meta is a list of rows, each a list of cells in Markdown."""

_RULE = re.compile(r"\|(?: -+ \|)+")
_CELL_END = re.compile(r"(?<!\\)\|")
_BLANK = " \t\n"

# Words that no rule of Markdown but escaping touches: "_" within a word, "&" that begins no entity.
_LETTERS = r"""
    [^\\`*_\[\]<&\n!]++
  | \\[!-/:-@\[-`{-~]
  | \\(?![!-/:-@\[-`{-~\n])
  | &(?:lt|amp);
  | &(?!\#?\w+;)
  | (?<=[A-Za-z0-9])_++(?=[A-Za-z0-9])
  | !(?!\[)
"""
_TARGET = r"(?:[\w.:/?=,+~%@$;-]++|&(?!\#?\w+;))++"
_PIECE = re.compile(
    rf"(?P<words>(?:{_LETTERS})++)|\[(?P<label>(?:{_LETTERS})++)\]\((?P<target>https?://{_TARGET})\)",
    re.VERBOSE | re.ASCII,
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(lt|amp);")


def rows(state: "StateBlock", first: int, end: int, silent: object) -> bool:
    """Read a table as one token, where it has the form that `tables.aligned` gives it; else as the parser does."""
    from markdown_it.rules_block import table

    found = None if silent else _rows(state, first, end)
    if found is None:
        return table(state, first, end, bool(silent))
    token = state.push(ROWS, "", 0)
    token.meta = {ROWS: found}
    token.map = [first, first + len(found) + 1]
    state.line = first + len(found) + 1
    return True


def _rows(state: "StateBlock", first: int, end: int) -> list[list[str]] | None:
    """Return the rows of a table at the left edge of the page, or None where it is not of the simple form."""
    if first + 2 >= end or state.blkIndent or not _RULE.fullmatch(_text(state, first + 1)):
        return None
    found: list[list[str]] = []
    for number in range(first, end):
        line = _text(state, number)
        if not line:
            break
        if not (line.startswith("| ") and line.endswith(" |")):
            return None
        if number != first + 1:
            found.append([_cell(each) for each in _CELL_END.split(line[1:-1])])
    columns = _text(state, first + 1).count("|") - 1
    return found if all(len(each) == columns for each in found) else None


def _text(state: "StateBlock", number: int) -> str:
    return state.src[state.bMarks[number] : state.eMarks[number]]


def _cell(text: str) -> str:
    text = text.strip(_BLANK)
    return text.replace("\\|", "|") if "|" in text else text


def simple_line(source: str) -> Line | None:
    """Return the words of inline Markdown without emphasis, code and breaks, or None when it must be parsed."""
    found: list[Words] = []
    place = 0
    while place < len(source):
        piece = _PIECE.match(source, place)
        if piece is None:
            return None
        place = piece.end()
        if piece["words"] is not None:
            found.append(Words(_unescaped(piece["words"])))
        else:
            found.append(Words(_unescaped(piece["label"]), link=piece["target"]))
    return tuple(found)


def _unescaped(text: str) -> str:
    if "\\" not in text and "&" not in text:
        return text
    return _ESCAPED.sub(lambda match: match[1] or ("<" if match[2] == "lt" else "&"), text)
