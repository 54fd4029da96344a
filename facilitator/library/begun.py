"""A query line while it is typed: the last word counts as the beginning of one."""

import re
from datetime import date

from facilitator.library.expressions import Query, Words
from facilitator.library.fields import FIELDS
from facilitator.library.query import QueryError, parse

LEAST = 2
"""How many letters a word has from which on it counts as a beginning."""

_WORD = re.compile(r'(?:^|[\s(])-?([^\s()":*]+)$')
_VALUE = re.compile(r'(?:^|[\s(])-?[A-Za-z]+:[^\s()":*]*\w$')


def begun(text: str, today: date) -> Query:
    """Return what a query line means while its end is typed: a single letter behind other words says nothing yet.

    Raises QueryError.
    """
    word = _WORD.search(text)
    if word is None or not word[1][-1].isalnum():
        return parse(text, today)
    before = _before(text, word)
    meant = f"{text}*" if len(word[1]) >= LEAST or not before else before
    return _read(meant, today) or parse(text, today)


def unfinished(text: str, today: date) -> Query | None:
    """Return what a query line means if its end is only the beginning of a value, or says nothing yet.

    That is so for the beginning of the name of a field. None where the end can be neither.
    """
    if _VALUE.search(text):
        return _read(f"{text}*", today)
    word = _WORD.search(text)
    if word is None or len(word[1]) < LEAST or not any(name.startswith(word[1].lower()) for name in FIELDS):
        return None
    return _read(_before(text, word), today)


def is_plain(text: str, query: Query) -> bool:
    """Tell whether a query is words alone, all of which must be met: what names and titles can be searched for too."""
    bare = not re.search(r'["():*“”„]|(?:^|\s)-', text)
    return bare and query.order is None and query.limit is None and all(isinstance(each, Words) for each in query.parts)


def _before(text: str, word: re.Match[str]) -> str:
    """Return what stands before the last word."""
    return text[: word.start(1)].rstrip(" -(")


def _read(text: str, today: date) -> Query | None:
    try:
        return parse(text, today)
    except QueryError:
        return None
