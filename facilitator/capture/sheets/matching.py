"""Which line of an edited list was which one before: no ids stand in the text, and items keep theirs.

A line that did not change is found wherever it went; of several that are the same, the one with the same neighbours.
Then lines that are much alike, most of all between the same neighbours. What is left in one place, as many lines as
before, was rewritten there.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import product

from facilitator.capture.sheets.ranks import longest_rising

Key = tuple[str, str]
"""A line: the place where it stands, and its text."""

_ALIKE_HERE, _ALIKE_ELSEWHERE = 0.4, 0.6
_COMPARED = 300
_MOST_PAIRS = 400_000


def matched(old: Sequence[Key], new: Sequence[Key]) -> list[int | None]:
    """Return for each new line the index of the old line that it was, or None for one that was not there."""
    matching = _Matching(old, new)
    matching.ends()
    for telling in _TELLING:
        matching.same(telling)
    matching.alike()
    matching.rewritten()
    return matching.found


Telling = Callable[[Sequence[Key], int], Hashable]
"""What tells a line from others, given all lines and its index."""


def _with_both(lines: Sequence[Key], at: int) -> Hashable:
    return (_with_above(lines, at), lines[at + 1] if at + 1 < len(lines) else None)


def _with_above(lines: Sequence[Key], at: int) -> Hashable:
    return (lines[at - 1] if at else None, lines[at])


def _with_below(lines: Sequence[Key], at: int) -> Hashable:
    return (lines[at], lines[at + 1] if at + 1 < len(lines) else None)


def _alone(lines: Sequence[Key], at: int) -> Hashable:
    return lines[at]


def _elsewhere(lines: Sequence[Key], at: int) -> Hashable:
    return lines[at][1]


_TELLING: tuple[Telling, ...] = (_with_both, _with_above, _with_below, _alone, _elsewhere)


class _Matching:
    """What was found so far: for each new line the old one, and which old ones are left."""

    def __init__(self, old: Sequence[Key], new: Sequence[Key]) -> None:
        self.old, self.new = old, new
        self.found: list[int | None] = [None] * len(new)
        self.left = [True] * len(old)

    def ends(self) -> None:
        """Match the lines before the first change and after the last one."""
        shorter = min(len(self.old), len(self.new))
        head = next((at for at in range(shorter) if self.old[at] != self.new[at]), shorter)
        for at in range(head):
            self._match(at, at)
        for back in range(1, shorter - head + 1):
            if self.old[-back] != self.new[-back]:
                break
            self._match(len(self.old) - back, len(self.new) - back)

    def same(self, telling: Telling) -> None:
        """Match the lines that are told from others by the same, those that come first with each other."""
        waiting: dict[Hashable, deque[int]] = {}
        for at in self._old_left():
            waiting.setdefault(telling(self.old, at), deque()).append(at)
        for at in self._new_left():
            same = waiting.get(telling(self.new, at))
            if same:
                self._match(same.popleft(), at)

    def alike(self) -> None:
        """Match the lines that are much alike, the likest first."""
        old_gaps, new_gaps = self._gaps()
        old_parts = {at: _parts(self.old[at][1]) for at in self._old_left()}
        new_parts = {at: _parts(self.new[at][1]) for at in self._new_left()}
        ranked = []
        for was, now in self._pairs(old_gaps, new_gaps):
            here = old_gaps[was] == new_gaps[now]
            alike = _likeness(old_parts[was], new_parts[now])
            if alike >= (_ALIKE_HERE if here else _ALIKE_ELSEWHERE):
                apart = abs(old_gaps[was] - new_gaps[now])
                ranked.append((-alike - (_ALIKE_ELSEWHERE - _ALIKE_HERE) * here, apart, now, was))
        for _, _, now, was in sorted(ranked):
            if self.left[was] and self.found[now] is None:
                self._match(was, now)

    def rewritten(self) -> None:
        """Match, in order, the lines between two neighbours when there are as many as before."""
        old_gaps, new_gaps = self._gaps()
        old_by_gap, new_by_gap = _by_gap(old_gaps), _by_gap(new_gaps)
        for gap, before in old_by_gap.items():
            after = new_by_gap.get(gap, [])
            if len(before) == len(after):
                for was, now in zip(before, after, strict=True):
                    self._match(was, now)

    def _match(self, was: int, now: int) -> None:
        self.found[now], self.left[was] = was, False

    def _old_left(self) -> list[int]:
        return [at for at, left in enumerate(self.left) if left]

    def _new_left(self) -> list[int]:
        return [at for at, was in enumerate(self.found) if was is None]

    def _gaps(self) -> tuple[dict[int, int], dict[int, int]]:
        """Return for each line that is left, old and new, after how many lines that kept their order it stands."""
        matches = [(was, now) for now, was in enumerate(self.found) if was is not None]
        steady = [matches[each] for each in longest_rising([(float(was), "") for was, _ in matches])]
        old_steady, new_steady = [was for was, _ in steady], [now for _, now in steady]
        return (
            {at: bisect_right(old_steady, at) for at in self._old_left()},
            {at: bisect_right(new_steady, at) for at in self._new_left()},
        )

    def _pairs(self, old_gaps: dict[int, int], new_gaps: dict[int, int]) -> Iterator[tuple[int, int]]:
        """Return which lines to compare: all that are left, or when these are too many, those in one place."""
        if len(old_gaps) * len(new_gaps) <= _MOST_PAIRS:
            yield from product(old_gaps, new_gaps)
            return
        new_by_gap, budget = _by_gap(new_gaps), _MOST_PAIRS
        for gap, before in _by_gap(old_gaps).items():
            after = new_by_gap.get(gap, [])
            budget -= len(before) * len(after)
            if budget >= 0:
                yield from product(before, after)


def _by_gap(gaps: dict[int, int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for at, gap in gaps.items():
        found.setdefault(gap, []).append(at)
    return found


def _parts(text: str) -> frozenset[str]:
    """Return the groups of three characters that a text has, whatever its case."""
    padded = f"  {text[:_COMPARED].casefold()} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Return how much two texts have in common, from 0 to 1."""
    return 2 * len(first & second) / (len(first) + len(second))
