"""One line of Markdown as plain text: emphasis, links, code and entities resolved."""

import re
from dataclasses import dataclass
from html import unescape

from facilitator.model.text import one_line

_SPECIAL = re.compile("[*_`~\\[\\]<&\\\\!{\ue003]")
_CODE = re.compile(r"(`{1,3})([^`\n]{1,2000})\1")
_LINK = re.compile(
    r"!?\[(?P<text>(?:[^\[\]\n]|\[[^\[\]\n]{0,300}\]){0,1000})\](?:\((?P<to>[^()\s]{0,1000}(?:\([^()\s]{0,300}\)[^()\s]{0,300})?)(?:\s+[\"'(][^\n]{0,300}?[\"')])?\s?\)|\[(?P<ref>[^\[\]\n]{0,200})\])"
)
_AUTO = re.compile(r"<((?:https?|mailto):[^<>\s]{1,1000})>")
LINK_START, LINK_END = "\ue003", "\ue004"
"""Signs around the address of a link that was written in HTML; what it says follows it."""
_TARGET = re.compile(f"{LINK_START}([^{LINK_END}]*){LINK_END}")
_STRONG = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![\w])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![\w])|~~")
_STRUCK = re.compile(r"\s*(?:[-*+]\s+)?~~.*~~[\s.]*")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,60}\]:?")
_BRACES = re.compile(r"\{\{-?\s*([^{}\n]{0,500}?)\s*-?\}\}")
_KEPT = {chr(0xE100 + number): sign for number, sign in enumerate("*_~`[]<>&\\!{}")}
_HIDDEN = {sign: kept for kept, sign in _KEPT.items()}
_SHOWN = {ord(kept): sign for kept, sign in _KEPT.items()}


@dataclass(frozen=True, slots=True)
class Inline:
    """A line without its mark-up. `links` are the addresses in it, `struck` tells whether all of it is crossed out."""

    text: str
    links: tuple[str, ...] = ()
    struck: bool = False


def inline(raw: str) -> Inline:
    """Return a line of Markdown as plain text, cleaned, with its links beside it."""
    if not _SPECIAL.search(raw):
        return Inline(one_line(raw), _bare(raw))
    struck = _STRUCK.fullmatch(raw) is not None if "~~" in raw else False
    links: list[str] = []

    def linked(found: re.Match[str]) -> str:
        if found["to"]:
            links.append(unescape(found["to"].strip("<>")))
        return "" if found[0].startswith("!") else found["text"]

    text = _CODE.sub(lambda found: _hidden(found[2].strip()), raw) if "`" in raw else raw
    text = _ESCAPE.sub(lambda found: _hidden(found[1]), text) if "\\" in text else text
    text = _FOOTNOTE.sub("", text)
    for _ in range(2):  # an image in a link
        if "](" not in text and "][" not in text:
            break
        text = _LINK.sub(linked, text)
    if LINK_START in text:
        links += _TARGET.findall(text)
        text = _TARGET.sub("", text)
    text = _AUTO.sub(lambda found: found[1], text)
    text = _BRACES.sub(lambda found: found[1], text) if "{{" in text else text
    text = _STRONG.sub("", text)
    text = unescape(text) if "&" in text else text
    text = text.translate(_SHOWN)
    return Inline(one_line(text), (*links, *(link for link in _bare(text) if link not in links)), struck)


def plain(raw: str) -> str:
    """Return a line of Markdown as plain text."""
    return inline(raw).text


_ADDRESS = re.compile(r"https?://[^\s<>\"'`]{1,1000}")


def _bare(text: str) -> tuple[str, ...]:
    if "http" not in text:
        return ()
    return tuple(dict.fromkeys(found[0].rstrip(".,;:!?)]}") for found in _ADDRESS.finditer(text)))


def _hidden(text: str) -> str:
    return "".join(_HIDDEN.get(sign, sign) for sign in text)
