"""How messages about settings name what was written, and what was probably meant."""

from collections.abc import Iterable

from facilitator.model.text import one_line

LONGEST = 60
"""How many characters of a wrong value a message repeats."""

Wrong = tuple[tuple[str, ...], str]
"""A message about a value, with the keys below the value's own that lead to what is wrong."""


def kind(value: object) -> str:
    """Return what kind of TOML value this is: "a number", "text"."""
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table", str: "text"}
    return names.get(type(value), "a date or time")


def quoted(text: str) -> str:
    """Return `text` in quotes, on one line, safe to print, and cut when it is long."""
    text = one_line(text)
    return f"'{text if len(text) <= LONGEST else text[: LONGEST - 3] + '...'}'"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that `word` was probably meant to be, whatever its case, or None."""
    by_folded = {each.casefold(): each for each in known}
    folded = word[:200].casefold()
    if folded in by_folded:
        return by_folded[folded]
    import difflib

    found = difflib.get_close_matches(folded, by_folded, n=1)
    return by_folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean 'theme'?" for the nearest of `known`, or nothing when none is near."""
    meant = nearest(word, known)
    return f"; did you mean {quoted(meant)}?" if meant is not None else ""
