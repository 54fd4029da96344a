"""Two values of one field: which of them is shown, and whether the other must be kept beside it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

UNSAID: Any = object()
"""The value that a field had before there was anything to have it."""

_EMPTY = (None, "")


class Merged(NamedTuple):
    """A value made of two. `other` is what would be lost by showing only this one, or None when nothing would."""

    shown: Any
    other: Any = None


def merged(base: Any, mine: Any, theirs: Any) -> Merged:
    """Return what two values have become that both were `base`; it does not matter whose is whose.

    Who changed it wins over who did not, and who wrote something over who emptied it. Where both wrote, the longer
    value is shown; the other one is kept, unless the longer text holds it whole. Sets take what either adds, and lose
    what either removes.
    """
    if mine in (theirs, base):
        return Merged(theirs)
    if theirs == base:
        return Merged(mine)
    if isinstance(mine, tuple) and isinstance(theirs, tuple):
        return Merged(united(() if base is UNSAID else base, mine, theirs))
    less, more = sorted((mine, theirs), key=_weight)
    return Merged(more, None if less in _EMPTY or says(more, less) else less)


def united(base: tuple[Any, ...], mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return what is in both, and what either added to `base`.

    The order is that of one of the two, if it has just these; else what was there comes first, then what is new, by
    its name. So the order does not depend on who comes first, and stays when one of the two is merged again.
    """
    kept = (set(mine) & set(theirs)) | (set(mine) - set(base)) | (set(theirs) - set(base))
    place = {each: number for number, each in enumerate(dict.fromkeys(base))}
    plain = tuple(sorted(kept, key=lambda each: (place.get(each, len(place)), each)))
    told = [each for each in (mine, theirs) if set(each) == kept and each != plain]
    return max(told, key=msgspec.json.encode, default=plain)


def without(now: tuple[Any, ...], gone: Iterable[Any]) -> tuple[Any, ...]:
    """Return a set without some of what is in it, in its order."""
    return tuple(each for each in now if each not in gone)


def says(value: Any, part: Any) -> bool:
    """Tell whether a value is the other one or, for texts, holds it whole, as words of its own."""
    if value == part:
        return True
    if not isinstance(value, str) or not isinstance(part, str) or part not in value:
        return False
    return f" {_spaced(part)} " in f" {_spaced(value)} "


def _spaced(text: str) -> str:
    return "".join(" " if each.isspace() else each for each in text)


def _weight(value: Any) -> tuple[int, bytes]:
    """Return what decides which of two values is shown: the longer one, since it says more."""
    text = msgspec.json.encode(value)
    return (0 if value in _EMPTY else len(text), text)
