"""Marks: the comments in a document that say which item a line is about, and comments of people."""

import re
from collections.abc import Callable

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MARK = re.compile(r"<!--\s*([A-Za-z0-9_-]{1,64}?)\s*-->")
_WRAPPED = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=<!--\s*[A-Za-z0-9_-]{1,64}?\s*-->)")
_COMMENT = re.compile(r"\s*<!--(?!>)(.*?)-->", re.DOTALL)


def mark(item_id: str) -> str:
    """Return the comment that follows the words of an item; nothing for an id that is none of the store."""
    return f" <!-- {item_id} -->" if _PLAIN.fullmatch(item_id) else ""


def unmarked(raw: str, known: Callable[[str], bool]) -> tuple[str, list[str], list[str]]:
    """Return Markdown without comments, the ids in its marks that are `known`, and what other comments say."""
    if "<!--" not in raw:
        return raw, [], []
    ids: list[str] = []
    said: list[str] = []

    def taken(found: re.Match[str]) -> str:
        marked = _MARK.fullmatch(found[0].strip())
        if marked is not None and known(marked[1]):
            ids.append(marked[1])
        elif found[1].strip():
            said.append(found[1].strip())
        return ""

    return _COMMENT.sub(taken, raw), ids, said


def unwrapped(text: str) -> str:
    """Return a document in which no mark begins a line below the words that it belongs to.

    A formatter that fills lines puts it there; then it would be a block of its own, and end the paragraph.
    """
    return _WRAPPED.sub(" ", text)


def marks_in(text: str) -> frozenset[str]:
    """Return the ids in all that looks like a mark in a document, wherever it stands."""
    return frozenset(_MARK.findall(text))
