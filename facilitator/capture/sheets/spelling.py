r"""Words after a hash that are nearly ones that mean something: "#detcted".

Where a line is typed in the program, what was understood of it is shown beside it. A file shows nothing, so a word that
was probably meant to be read is asked about. A backslash keeps it as text: "\#detcted".
"""

import re
from collections.abc import Collection
from difflib import get_close_matches

from facilitator.capture.tokens import split

_NAMED = re.compile(r"#([A-Za-z][\w-]{1,30})")
_NEAR = 0.75


def misspelt(line: str, before: str, names: Collection[str]) -> str:
    """Return what to ask about the first word of a line that is nearly one of `names`, or nothing.

    A word that the line had `before` is not asked about.
    """
    known = split(before)
    for word in split(line):
        found = _NAMED.fullmatch(word)
        if found is None or word in known:
            continue
        name = found[1].lower()
        beginning = [each for each in names if each.startswith(name)]
        near = beginning if len(beginning) > 1 and name not in names else _near(name, names, beginning)
        if near:
            meant = " or ".join(f"#{each}" for each in near)
            return f"{word} is nothing that is read here. Is it {meant}? A backslash keeps it as text: \\{word}"
    return ""


def _near(name: str, names: Collection[str], beginning: Collection[str]) -> list[str]:
    """Return the names that are spelt much like one that is none of them, nor the beginning of one."""
    return [] if beginning or name in names else get_close_matches(name, names, n=2, cutoff=_NEAR)
