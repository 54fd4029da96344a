"""The fault tree of an effect: which basic conditions, in which combinations, are enough for it.

It is read from the why tree. An answer with further answers below it is a gate: all of them together (AND), or any one
(OR). An answer without further answers is a basic event. Answers that were made into the same factor are one event.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import reduce
from operator import and_, or_

import msgspec

from facilitator.model.edits import EditError
from facilitator.model.forest import Forest, forest
from facilitator.model.session import Factor, Join, Session, Why
from facilitator.model.whys import names_a_person, people

STOPS = " (still open: it stops at a person)"
"""What is said behind a condition that is none yet: an answer that names a person, and became no factor."""


class Event(msgspec.Struct, frozen=True):
    """A basic condition: the ids of the answers that say it, and of the factors they were made into.

    The answers may belong to other effects too. When there are several, `text` is that of their first factor. An answer
    that stops at a person says so (`STOPS`).
    """

    text: str
    whys: tuple[str, ...]
    factors: tuple[str, ...] = ()


class Node(msgspec.Struct, frozen=True):
    """A why in the fault tree: a gate over the nodes `below`, by number, or the basic event of this number."""

    why: Why
    below: tuple[int, ...] = ()
    event: int | None = None


class FaultTree(msgspec.Struct, frozen=True):
    """An effect, which is node 0, with all below it; each node before those below it. Events are in reading order.

    An effect without answers has no events: nothing is known about what it takes.
    """

    nodes: tuple[Node, ...]
    events: tuple[Event, ...]

    @property
    def effect(self) -> Why:
        """The why on top."""
        return self.nodes[0].why


def fault_tree(session: Session, effect: str) -> FaultTree:
    """Return the fault tree of the why with this id. Raises EditError when there is no such why."""
    trees = forest(session.whys)
    for number, why in enumerate(session.whys):
        if why.id == effect:
            return _tree(trees, number, _conditions(session, trees))
    raise EditError(f"no why {effect!r} in this session")


def fault_trees(session: Session) -> tuple[FaultTree, ...]:
    """Return the fault trees of all effects, in reading order."""
    trees = forest(session.whys)
    conditions = _conditions(session, trees)
    return tuple(_tree(trees, top, conditions) for top in trees.tops)


def numbered(trees: Iterable[FaultTree]) -> list[tuple[int, ...]]:
    """Return the numbers, from 1, of the events of each tree; the same event has the same number in every tree."""
    numbers: dict[tuple[str, ...], int] = {}
    return [tuple(numbers.setdefault(event.whys, len(numbers) + 1) for event in tree.events) for tree in trees]


def holds(tree: FaultTree, events: Sequence[int], gone: Collection[int] = ()) -> int:
    """Return in which cases the effect comes about, as bits.

    `events` says for each event in which cases it is there, one bit for a case, so that many cases are answered in
    one pass. The nodes with numbers in `gone` are never there, whatever is below them.
    """
    found = [0] * len(tree.nodes)
    never = frozenset(gone)
    for number in range(len(tree.nodes) - 1, -1, -1):
        node = tree.nodes[number]
        if number in never:
            continue
        if node.event is not None:
            found[number] = events[node.event]
        elif node.below:
            found[number] = reduce(and_ if node.why.join is Join.AND else or_, (found[each] for each in node.below))
    return found[0]


def single_points(tree: FaultTree) -> tuple[int, ...]:
    """Return the numbers of the events that are enough by themselves."""
    enough = holds(tree, [1 << number for number in range(len(tree.events))])
    return tuple(number for number in range(len(tree.events)) if enough >> number & 1)


def _tree(trees: Forest, top: int, conditions: dict[int, Event]) -> FaultTree:
    order = trees.from_top(top)
    places = {number: place for place, number in enumerate(order)}
    events: dict[int, int] = {}
    shown: list[Event] = []
    nodes: list[Node] = []
    for number in order:
        below = tuple(places[each] for each in trees.below[number])
        event = None
        if not below and number != top:
            condition = conditions[number]
            event = events.setdefault(id(condition), len(shown))
            if event == len(shown):
                shown.append(condition)
        nodes.append(Node(trees.whys[number], below, event))
    return FaultTree(tuple(nodes), tuple(shown))


def _conditions(session: Session, trees: Forest) -> dict[int, Event]:
    """Return the event of each answer without further answers, by the number of the why."""
    leaves = [number for number, below in enumerate(trees.below) if not below]
    by_id: dict[str, int] = {}
    for number in leaves:
        by_id.setdefault(trees.whys[number].id, number)
    said_by: dict[int, list[Factor]] = {}
    same = {number: number for number in leaves}
    for factor in session.factors:
        if factor.mitigator:
            continue
        linked = [by_id[each] for each in dict.fromkeys(factor.whys) if each in by_id]
        for number in linked:
            said_by.setdefault(number, []).append(factor)
            same[_first(same, number)] = _first(same, linked[0])
    groups: dict[int, list[int]] = {}
    for number in leaves:
        groups.setdefault(_first(same, number), []).append(number)
    found: dict[int, Event] = {}
    known = people(session)
    for group in groups.values():
        said = (factor for each in group for factor in said_by.get(each, ()))
        event = _event([trees.whys[each] for each in group], said, known)
        found.update(dict.fromkeys(group, event))
    return found


def _event(whys: list[Why], factors: Iterable[Factor], known: Collection[str]) -> Event:
    made_into = {factor.id: factor for factor in factors}
    text = whys[0].text if len(whys) == 1 else next(iter(made_into.values())).text
    if not made_into and names_a_person(whys[0], known):
        text = f"{text}{STOPS}"
    return Event(text, tuple(why.id for why in whys), tuple(made_into))


def _first(same: dict[int, int], number: int) -> int:
    """Return the one that stands for all that are the same as this one, and shorten the way to it."""
    while same[number] != number:
        same[number] = same[same[number]]
        number = same[number]
    return number
