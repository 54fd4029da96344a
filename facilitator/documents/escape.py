"""Escaping: text of people becomes Markdown that shows exactly that text and means nothing else."""

import re
from collections.abc import Sequence

from facilitator.model.text import one_line, paragraphs

# One pattern for everything that CommonMark or GFM could take for structure, and no more, so that the source stays
# readable. "^" and "$" are the ends of the text, because the text may stand at the start of a line.
_STRUCTURE = re.compile(
    r"""
    (?=[-!#$%&*+:<=>\[\\\]_`{|~])                      # a first glance, which makes plain text fast
    (?: (?P<html>   <(?=[A-Za-z/!?]) )                 # a tag, a comment, an automatic link
      | (?P<entity> &(?=\#?\w+;) )
      | (?P<mark>
            [`\[\]|]                                   # code, links, images, footnotes, tasks, cells
          | \\(?=[!-/:-@\[-`{-~]|$)                    # a backslash that would escape something
          | (?<!\s)\* | \*(?!\s)                       # emphasis, unless it stands alone
          | (?<![^\W_])_ | _(?![^\W_])                 # emphasis, unless within a word
          | (?<=\S)~ | ~(?=~) | ^~(?![^\W_])           # strikethrough and subscript; "~14:30" stays
          | (?<=\S)\$                                  # the end of a formula; "$5" stays
          | (?<=\{)[{%\#]                              # templates such as {{x}} and {% x %}
          | ^>                                         # quotations
          | ^\#(?=\#{0,5}(?:\s|$))                     # headings; "#channel" stays
          | (?<=\s)\#(?=\#*$)                          # the closing marks of a heading
          | ^[+-](?=\s|$) | ^-(?=[-:|]) | ^:(?=-)      # list items, rules, the second line of a table
          | ^=(?==*$)                                  # an underlined heading
          | ^<(?=<{6}(?:\s|$))                         # a conflict of git
        )
    )
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"^([0-9]{1,9})([.)])(?=\s|$)")
_HAS_ADDRESS = re.compile(r"://|www\.", re.IGNORECASE)
_ADDRESS_START = re.compile(r"(?=://)|(?<=www)(?=\.)", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://[^/?#\s]|mailto:[^\s?])\S*", re.IGNORECASE)
_PARTS = re.compile(r"[A-Za-z]+:(?://(?P<host>[^/?#]*))?(?P<path>[^?#]*)")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_TICKET = re.compile(r"[A-Z][A-Z0-9_]{0,30}-\d{1,12}")
_LABEL_WIDTH = 48

_SAFE_IN_ADDRESS = "%:/?#@!$&+,;=-._~[]"
"""What stays as it is in an address: neither Markdown nor HTML gives these a meaning in the target of a link."""


def inline(text: str) -> str:
    """Return user text as one line of Markdown that shows this text, for a paragraph, a heading, an item or a cell.

    The text is cleaned first. Everything that could be structure is escaped, wherever on the line it ends up; a web
    address stays plain text, which some renderers make clickable by themselves.
    """
    text = one_line(text)
    escaped = _STRUCTURE.sub(_escaped, text)
    if text[:1].isdecimal():
        escaped = _NUMBERED.sub(r"\1\\\2", escaped)
    if escaped == text or not _HAS_ADDRESS.search(text):
        return escaped
    words = zip(text.split(" "), escaped.split(" "), strict=True)
    return " ".join(word if word == plain else _unlinked(word) for plain, word in words)


def block(text: str) -> str:
    """Return user text of several paragraphs as Markdown: paragraphs and line ends are kept, the rest is literal."""
    found: list[list[str]] = [[]]
    for line in paragraphs(text).split("\n"):
        if escaped := inline(line):
            found[-1].append(escaped)
        elif found[-1]:
            found.append([])
    return "\n\n".join(broken(lines) for lines in found if lines)


def broken(lines: Sequence[str]) -> str:
    """Return lines of Markdown as one paragraph in which every line ends where it ended."""
    ends = (_line_end(line) for line in lines[:-1])
    return "".join(line + end for line, end in zip(lines, (*ends, ""), strict=True))


def address(url: str) -> str | None:
    """Return the address that a link may lead to, percent-encoded, or None for what must stay text.

    Only http, https and mailto make links; what comes back holds no space, quote, bracket or other character by which
    it could break out of Markdown or HTML.
    """
    url = one_line(url)
    if not _LINK.fullmatch(url):
        return None
    from urllib.parse import quote  # it brings 5 ms of imports, and few documents have links

    return quote(_BAD_PERCENT.sub("%25", url), safe=_SAFE_IN_ADDRESS)


def link(url: str) -> str:
    """Return Markdown for an address that a user gave: a link with a short label, or the text when it is none.

    The label names the host that the link leads to, or the ticket ("ENG-1234") at its end.
    """
    target = address(url) if ":" in url else None
    if target is None:
        return inline(url)
    target = re.sub(r"&(?=#?\w+;)", "&amp;", target)
    return f"[{inline(_label(one_line(url)))}]({target})"


def _label(url: str) -> str:
    """Return the label of an address. It is only shown, so it is taken apart by its signs, quickly, and not checked."""
    parts = _PARTS.match(url)
    if parts is None or "[" in url or "]" in url:
        return url
    path = [part for part in parts["path"].split("/") if part]
    if path and _TICKET.fullmatch(path[-1]):
        return path[-1]
    host = (parts["host"] or "").rpartition("@")[2].lower().removeprefix("www.")
    whole = "/".join([host, *path]) if host else parts["path"]
    if len(whole) <= _LABEL_WIDTH or not host:
        return whole
    return f"{host}/…/{path[-1]}" if path and len(host) + len(path[-1]) + 3 <= _LABEL_WIDTH else f"{host}/…"


def _escaped(match: re.Match[str]) -> str:
    if match.lastgroup == "html":
        return "&lt;"
    return "&amp;" if match.lastgroup == "entity" else f"\\{match[0]}"


def _unlinked(word: str) -> str:
    # A renderer that finds addresses by itself reads the source, where our backslashes would become part of them.
    return _ADDRESS_START.sub(r"\\", word)


def _line_end(line: str) -> str:
    # The space keeps the backslash out of an address that a renderer finds by itself.
    return " \\\n" if _HAS_ADDRESS.search(line.rpartition(" ")[2]) else "\\\n"
