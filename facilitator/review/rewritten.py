"""Lines of the document that a reviewer wrote anew: which line it was, and what of it is other now."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

LEAST_ALIKE = 0.6
"""How much of two lines must be the same for one to be the other, written anew; half of it with the same number."""

_MARKS = re.compile(r"(?<!\\)\[\d{1,6}\](?!\()|(?<!\\)\||\*{2}|\\(?=[^\w\s])|\\$")
_MOST = 600
"""How many words of a line are compared."""
_AROUND = 2
"""How many words that are the same stand around those that are not."""


def likest(words: Sequence[str], lines: Iterable[tuple[int, Sequence[str], bool]]) -> int | None:
    """Return the number of the line that is most like some words, or None where no line is like them.

    `lines` are given by their numbers, words, and whether the same number as in the words stands in them.
    """
    best, found = 0.0, None
    for number, other, is_numbered in lines:
        if not other or max(len(words), len(other)) > _MOST:
            continue
        alike = _alike(words, other)
        if alike >= (LEAST_ALIKE / 2 if is_numbered else LEAST_ALIKE) and alike + is_numbered > best:
            best, found = alike + is_numbered, number
    return found


def what_is_other(was: str, now: str) -> str:
    """Return in words what of a line was written anew, with little of what was not.

    What was only added at the end is that alone: it is a remark on the line, as one below it.
    """
    before, after = _plain(was), _plain(now)
    found = [each for each in SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if each[0] != "equal"]
    if not found:
        return " ".join(after)
    tag, first, _, start, end = found[0]
    if len(found) == 1 and tag == "insert" and first == len(before):
        return " ".join(after[start:end])
    return "\n".join(_told(before, after, each) for each in _joined(found))


def _told(before: Sequence[str], after: Sequence[str], change: tuple[int, int, int, int]) -> str:
    first, last, start, end = change
    before_it = min(_AROUND, first)
    behind_it = min(_AROUND, len(before) - last)
    old, new = before[first - before_it : last + behind_it], after[start - before_it : end + behind_it]
    is_begin, is_end = first == before_it, last + behind_it == len(before)
    begin, close = "" if is_begin else "… ", "" if is_end else " …"
    return f"instead of “{begin}{' '.join(old)}{close}”: “{begin}{' '.join(new)}{close}”"


def _joined(found: Iterable[tuple[str, int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Return changes, those of which the words around would touch as one."""
    joined: list[tuple[int, int, int, int]] = []
    for _, first, last, start, end in found:
        if joined and first - joined[-1][1] <= 2 * _AROUND:
            joined[-1] = (joined[-1][0], last, joined[-1][2], end)
        else:
            joined.append((first, last, start, end))
    return joined


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= LEAST_ALIKE / 2 else 0.0


def _plain(text: str) -> list[str]:
    """Return the words of a line, without the marks of Markdown, the lines of tables, and the number."""
    return _MARKS.sub(lambda found: "" if found[0] in ("**", "\\") else " ", text).split()
