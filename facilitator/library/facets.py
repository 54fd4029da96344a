"""Facets: the values by which sessions are filtered, as words of a column of their own in the index.

A filter is then a word like any other, and costs what a word costs. No text can hold such a word, since `words` never
makes one. Its letters are those of the value in hexadecimal, so that a beginning of a value is one of its word.
"""

from functools import lru_cache

from facilitator.library.facts import Facts
from facilitator.library.words import folded

EVERY = "\xacz"
"""A facet that every session has."""

_LONGEST = 100
_CODES = {
    "severity": "v",
    "service": "s",
    "cause": "c",
    "status": "t",
    "kind": "k",
    "tag": "g",
    "owner": "o",
    "facilitator": "f",
    "has": "h",
}


def facet(field: str, value: str) -> str:
    """Return the facet of a value that is folded already; of a long one, only its beginning counts."""
    return f"{beginning(field)}{value.encode()[:_LONGEST].hex()}"


def beginning(field: str) -> str:
    """Return how all facets of a field begin."""
    return f"\xac{_CODES[field]}"


def value_of(token: str) -> str:
    """Return the folded value of a facet."""
    return bytes.fromhex(token[2:]).decode(errors="ignore")


def facets(found: Facts) -> list[str]:
    """Return the facets of a session, each once."""
    return [EVERY, *sorted({token for value in found.values if (token := _of(value))})]


@lru_cache(maxsize=8192)
def _of(value: tuple[str, str]) -> str:
    field, written = value
    wanted = folded(written)
    return facet(field, wanted) if wanted else ""
