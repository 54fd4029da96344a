"""The why trees as a forest of numbered nodes. Whatever the ids are, every node stands in it exactly once."""

import msgspec

from facilitator.model.session import Why


class Forest(msgspec.Struct, frozen=True):
    """The whys by number, the numbers of the answers right below each, and of those on top, in reading order."""

    whys: tuple[Why, ...]
    below: tuple[tuple[int, ...], ...]
    tops: tuple[int, ...]

    def from_top(self, top: int) -> list[int]:
        """Return the numbers of a node and of all below it, each before those below it, in reading order."""
        found: list[int] = []
        waiting = [top]
        while waiting:
            number = waiting.pop()
            found.append(number)
            waiting += reversed(self.below[number])
        return found


def forest(whys: tuple[Why, ...]) -> Forest:
    """Return the whys as a forest.

    An answer to something that is not there stands on top. Of several whys with the same id, the first has the
    answers. A circle is opened at its first why.
    """
    numbers: dict[str, int] = {}
    for number, why in enumerate(whys):
        numbers.setdefault(why.id, number)
    given: list[list[int]] = [[] for _ in whys]
    effects: list[int] = []
    for number, why in enumerate(whys):
        above = numbers.get(why.parent) if why.parent is not None else None
        (effects if above is None else given[above]).append(number)
    below: list[tuple[int, ...]] = [()] * len(whys)
    seen: set[int] = set()
    tops: list[int] = []
    for start in (*effects, *range(len(whys))):
        if start in seen:
            continue
        tops.append(start)
        seen.add(start)
        waiting = [start]
        while waiting:
            number = waiting.pop()
            below[number] = tuple(each for each in given[number] if each not in seen)
            seen.update(below[number])
            waiting += below[number]
    return Forest(whys, tuple(below), tuple(tops))
