"""HTML in a document, written again as Markdown, line by line: no line is added and none is lost."""

import re
from html import unescape

from facilitator.intake.markdown.inline import LINK_END, LINK_START

_COMMENT_START, _COMMENT_END = "<!--", "-->"
_ERB = re.compile(r"<%[^%]{0,2000}%>|\{%[^%]{0,2000}%\}|\{\{[%<][^}]{0,2000}[%>]\}\}")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]{0,20})(?P<rest>(?:\s[^<>]{0,1000})?)/?>")
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_CODE_SPAN = re.compile(r"`[^`\n]*`")


def without_comments(text: str) -> tuple[str, list[str]]:
    """Return the text with the comments gone, their line ends kept, and the comments. An open one is left as it is."""
    pieces: list[str] = []
    comments: list[str] = []
    at = 0
    while True:
        start = text.find(_COMMENT_START, at)
        end = text.find(_COMMENT_END, start + 4) if start >= 0 else -1
        if end < 0:
            return "".join((*pieces, text[at:])), comments
        comment = text[start : end + 3]
        pieces += [text[at:start], "\n" * comment.count("\n")]
        comments.append(comment)
        at = end + 3


def as_markdown(text: str) -> str:
    """Return the text with its tags as Markdown: headings, lists, tables, bold, links; other tags are gone."""
    text = _ERB.sub("", text)
    if "<" not in text:
        return text
    in_table = False
    lines = []
    for line in text.split("\n"):
        changed, in_table = _line(line, in_table=in_table) if "<" in line or in_table else (line, in_table)
        lines.append(changed)
    return "\n".join(_with_rows(lines))


_ROW_START, _ROW_END, _CELL = "\ue000", "\ue001", "\ue002"
"""Signs for table rows that may be written over several lines; they are resolved by `_with_rows`."""


_SIGNS = {
    "tr": (_ROW_START, _ROW_END),
    "td": (_CELL, ""),
    "th": (_CELL, ""),
    "li": ("- ", ""),
    "br": (" ", " "),
    "span": (" ", " "),
    **{f"h{level}": ("#" * level + " ", "") for level in range(1, 7)},
    **dict.fromkeys(("b", "strong"), ("**", "**")),
    **dict.fromkeys(("i", "em"), ("*", "*")),
    **dict.fromkeys(("s", "del", "strike"), ("~~", "~~")),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), ("`", "`")),
}
"""What stands for a tag in Markdown, where it opens and where it closes."""


def _line(line: str, *, in_table: bool) -> tuple[str, bool]:
    state = [in_table]

    def replaced(found: re.Match[str]) -> str:
        return _replaced(found, state)

    spans = _CODE_SPAN.finditer(line) if "`" in line else ()
    pieces, at = [], 0
    for span in spans:
        pieces += [_TAG.sub(replaced, line[at : span.start()]), span[0]]
        at = span.end()
    pieces.append(_TAG.sub(replaced, line[at:]))
    return "".join(pieces), state[0]


def _replaced(found: re.Match[str], state: list[bool]) -> str:
    name, close = found["name"].lower(), bool(found["close"])
    if name == "table":
        state[0] = not close
        return ""
    if name == "a" and not close:
        href = _HREF.search(found["rest"])
        return f"{LINK_START}{unescape(href[1])}{LINK_END}" if href and href[1].startswith("http") else ""
    return _SIGNS.get(name, ("", ""))[close]


def _with_rows(lines: list[str]) -> list[str]:
    """Write each row of a table on the line on which it begins; the other lines that it took become empty."""
    start = -1
    for number, line in enumerate(lines):
        if start < 0:
            begins = line.find(_ROW_START)
            if begins < 0:
                continue
            start = number
        ends = line.find(_ROW_END)
        if ends < 0 and number - start < 200:
            continue
        joined = " ".join(each.strip() for each in lines[start : number + 1])
        lines[start] = _row(joined)
        lines[start + 1 : number + 1] = [""] * (number - start)
        start = -1
    return [_plain_signs(line) for line in lines]


def _row(joined: str) -> str:
    cells = joined.replace(_ROW_START, "").split(_ROW_END)[0].split(_CELL)
    return f"| {' | '.join(cell.strip().replace('|', '/') for cell in cells[1:])} |"


def _plain_signs(line: str) -> str:
    return line.translate({ord(sign): None for sign in (_ROW_START, _ROW_END, _CELL)})
