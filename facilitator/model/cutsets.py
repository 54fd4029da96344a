"""The minimal cut sets of a fault tree: the smallest combinations of basic events that are enough for the effect.

Sets of events are bit masks. The work is counted while it is done, and ends with `TooMany` before it takes long.
"""

from bisect import bisect
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate

import msgspec

from facilitator.model.faulttree import FaultTree, Node, single_points
from facilitator.model.session import Join

LIMIT = 20_000
"""How many cut sets a tree, or a part of it, may have."""

_STEPS = 750
"""How much work may be done for one tree, as a multiple of the limit; with the usual one it is about a second."""

_RAW = 8
"""How many combinations may be tried for one gate, as a multiple of the limit."""

_BLOCK = 4096
"""How many sets are compared at the price of one step."""


class CutSets(msgspec.Struct, frozen=True):
    """The minimal cut sets, each the numbers of its events: smallest first, then in reading order."""

    sets: tuple[tuple[int, ...], ...]

    @property
    def single_points(self) -> tuple[int, ...]:
        """The events that are enough by themselves."""
        return tuple(each[0] for each in self.sets if len(each) == 1)


class TooMany(msgspec.Struct, frozen=True):
    """More cut sets than `limit`, or so entangled that it cannot be told in time. The single points are known."""

    limit: int
    single_points: tuple[int, ...]


def cut_sets(tree: FaultTree, *, gone: Collection[int] = (), limit: int = LIMIT) -> CutSets | TooMany:
    """Return the minimal cut sets of a tree in which the nodes with numbers in `gone` are never there."""
    single = single_points(_without(tree, gone))
    try:
        masks = _Expansion(tree, frozenset(gone), single, limit).sets()
    except _TooMuchError:
        return TooMany(limit, single)
    if len(masks) + len(single) > limit:
        return TooMany(limit, single)
    found = [(each,) for each in single] + [tuple(_bits(mask)) for mask in masks]
    return CutSets(tuple(sorted(found, key=lambda each: (len(each), each))))


class _TooMuchError(Exception):
    """There is more than may be done."""


class _Expansion:
    """The cut sets of each node, from the leaves up. Events that are enough by themselves are left out.

    What holds throughout: no set of a node contains another one of the same node. Sets that share no event with those
    of the neighbours stay minimal when they are put together, so only the others are compared.
    """

    def __init__(self, tree: FaultTree, gone: frozenset[int], single: tuple[int, ...], limit: int) -> None:
        self._tree = tree
        self._gone = gone
        self._single = frozenset(single)
        self._limit = limit
        self._steps = _STEPS * limit

    def sets(self) -> list[int]:
        nodes = self._tree.nodes
        found: dict[int, list[int]] = {}
        for number in range(len(nodes) - 1, -1, -1):
            below = [found.pop(each) for each in nodes[number].below]
            found[number] = [] if number in self._gone else self._of(nodes[number], below)
        return found[0]

    def _of(self, node: Node, below: list[list[int]]) -> list[int]:
        if node.event is not None:
            return [] if node.event in self._single else [1 << node.event]
        if node.why.join is Join.OR or len(below) < 2:
            return self._any([each for each in below if each])
        if not all(below):
            return []
        result, *others = sorted(below, key=len)
        for other in others:
            result = self._both(result, other)
        return result

    def _any(self, parts: list[list[int]]) -> list[int]:
        if len(parts) < 2:
            return parts[0] if parts else []
        total = sum(map(len, parts))
        self._spend(total, total)
        supports = [_union(part) for part in parts]
        before = list(accumulate(supports, lambda one, other: one | other))
        shared = _union(seen & support for seen, support in zip(before, supports[1:], strict=False))
        raw = dict.fromkeys(each for part in parts for each in part)
        if not shared:
            return self._kept(list(raw))
        return self._minimal(raw, _inside(raw, shared), shared)

    def _both(self, ones: list[int], others: list[int]) -> list[int]:
        support, other_support = _union(ones), _union(others)
        shared = support & other_support
        if not shared:
            self._allow(len(ones) * len(others))
            return [one | other for one in ones for other in others]
        within, others_within = _inside(ones, other_support), _inside(others, support)
        done, ones = self._covered(ones, others_within)
        more_done, others = self._covered(others, within)
        self._spend(len(ones) * len(others), len(ones) * len(others))
        raw = dict.fromkeys([*done, *more_done])
        smaller = list(raw)
        for one in ones:
            joined = [one | other for other in others]
            raw.update(dict.fromkeys(joined))
            if one & shared:
                smaller += [each for each, other in zip(joined, others, strict=True) if other & shared]
        return self._minimal(raw, smaller, shared)

    def _covered(self, sets: list[int], others: list[int]) -> tuple[list[int], list[int]]:
        """Part sets into those that contain one of `others`, which stay as they are in a product, and the rest."""
        index = self._index(others)
        self._spend(0, index.cost * len(sets))
        covered: list[int] = []
        rest: list[int] = []
        for each in sets:
            (covered if index.has_subset(each, proper=False) else rest).append(each)
        return covered, rest

    def _minimal(self, sets: Iterable[int], smaller: list[int], shared: int) -> list[int]:
        """Return the sets that contain none of `smaller`, except themselves; only those touching `shared` may."""
        index = self._index(list(dict.fromkeys(smaller)))
        compared = [each for each in sets if each & shared]
        self._spend(0, index.cost * len(compared))
        absorbed = {each for each in compared if index.has_subset(each, proper=True)}
        return self._kept([each for each in sets if each not in absorbed])

    def _index(self, sets: list[int]) -> "_Index":
        self._spend(0, len(sets) * _union(sets).bit_length() // 8)
        return _Index(sets)

    def _kept(self, sets: list[int]) -> list[int]:
        if len(sets) > self._limit:
            raise _TooMuchError
        return sets

    def _allow(self, made: int) -> None:
        if made > self._limit:
            raise _TooMuchError
        self._spend(made, made)

    def _spend(self, made: int, steps: int) -> None:
        self._steps -= steps
        if made > _RAW * self._limit or self._steps < 0:
            raise _TooMuchError


class _Index:
    """Sets that can be asked whether one of them is contained in another set, all at once.

    For each event there is a column: a bit for every set that holds the event, the smallest sets first.
    """

    def __init__(self, sets: Iterable[int]) -> None:
        ordered = sorted(sets, key=int.bit_count)
        sizes = [each.bit_count() for each in ordered]
        self._up_to = [bisect(sizes, size) for size in range(sizes[-1] + 1)] if sizes else [0]
        events = list(_bits(_union(ordered)))
        columns = dict.fromkeys(events, 0)
        width = events[-1] + 1 if events else 0
        for start in range(0, len(ordered), _BLOCK):  # rows become columns by slicing their digits, which is fast
            digits = "".join(f"{each:0{width}b}" for each in reversed(ordered[start : start + _BLOCK]))
            for event in events:
                columns[event] |= int(digits[width - 1 - event :: width], 2) << start
        self._columns = sorted(((1 << event, each) for event, each in columns.items()), key=_by_use)
        self.cost = len(events) * (1 + len(ordered) // _BLOCK)

    def has_subset(self, asked: int, *, proper: bool) -> bool:
        """Tell whether one of the sets is contained in `asked`; a proper one is smaller."""
        size = asked.bit_count() - (1 if proper else 0)
        count = self._up_to[min(size, len(self._up_to) - 1)]
        if not count:
            return False
        every = (1 << count) - 1
        outside = 0
        for event, column in self._columns:
            if not event & asked:
                outside |= column
                if outside & every == every:
                    return False
        return True


def _without(tree: FaultTree, gone: Collection[int]) -> FaultTree:
    if not gone:
        return tree
    nodes = list(tree.nodes)
    for number in gone:
        nodes[number] = msgspec.structs.replace(nodes[number], below=(), event=None)
    return FaultTree(tuple(nodes), tree.events)


def _by_use(column: tuple[int, int]) -> int:
    return -column[1].bit_count()


def _inside(masks: Iterable[int], events: int) -> list[int]:
    """Return the masks that hold none but these events."""
    return [each for each in masks if not each & ~events]


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
