"""Ways to search long texts quickly, with expressions that have nothing fixed to begin with."""

import re
from collections.abc import Iterable, Iterator


def lowered(text: str) -> str:
    """Return a text in small letters, each in the place where it was."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return text.replace("\u0130", "I").lower()  # the one capital letter that becomes two small ones


def places(text: str, signs: Iterable[str]) -> list[int]:
    """Return where one of some words stands in a text, in order. To look for each of them is quicker than for all."""
    found: set[int] = set()
    for sign in signs:
        place = text.find(sign)
        while place != -1:
            found.add(place)
            place = text.find(sign, place + 1)
    return sorted(found)


def around(inner: re.Pattern[str], signs: str, most: int, whole: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what `whole` finds in a text around finds of `inner`, before which at most so many of these signs stand.

    It is for what begins as every word does and has something rare within, which is quicker to look for.
    """
    for found in inner.finditer(text):
        before = text[max(0, found.start() - most) : found.start()]
        match = whole.match(text, found.start() - len(before) + len(before.rstrip(signs)))
        if match is not None:
            yield match
