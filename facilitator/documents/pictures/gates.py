"""Fault trees as they are drawn: gates and basic events. Answers that lead on to one single answer are left out."""

from collections.abc import Sequence

import msgspec

from facilitator.documents.paths import paths_of
from facilitator.documents.paths_told import cuts_told, facts
from facilitator.model.faulttree import Event, FaultTree, fault_trees, numbered, single_points
from facilitator.model.session import Join, Session

_COUNTED_TREES = 8
_TOLD_CUTS = 6
"""How many lines tell what actions and safeguards cut; the document has them all."""


class Symbol(msgspec.Struct, frozen=True):
    """What stands at one place of a drawn fault tree.

    A gate has a `join`; a basic event has its number, from 1, the same wherever it stands. `single` marks an event
    that is enough alone. An effect with one answer has neither, and leads straight on.
    """

    text: str
    join: Join | None = None
    event: int = 0
    factors: tuple[str, ...] = ()
    single: bool = False


class Drawn(msgspec.Struct, frozen=True):
    """Fault trees as they are drawn: the symbols, the numbers of those right below each, and of the effects on top."""

    trees: tuple[FaultTree, ...]
    symbols: tuple[Symbol, ...]
    below: tuple[tuple[int, ...], ...]
    tops: tuple[int, ...]


def drawn(session: Session, effect: str) -> Drawn:
    """Return the fault trees of a session, or only that of the effect with this id. One answer at least makes one."""
    trees = [each for each in fault_trees(session) if len(each.nodes) > 1 and effect in ("", each.effect.id)]
    symbols: list[Symbol] = []
    below: list[tuple[int, ...]] = []
    tops: list[int] = []
    for tree, named in zip(trees, numbered(trees), strict=True):
        tops.append(len(symbols))
        _add(tree, named, symbols, below)
    return Drawn(tuple(trees), tuple(symbols), tuple(below), tuple(tops))


def facts_of(session: Session, trees: Sequence[FaultTree]) -> list[list[str]]:
    """Return sentences about the paths of each of the first few trees; with many paths, only that there are many."""
    return [
        [" ".join(facts(found)), *cuts_told(found, name_paths=False)[:_TOLD_CUTS]]
        for found in paths_of(session, trees[:_COUNTED_TREES])
    ]


def _add(tree: FaultTree, named: Sequence[int], symbols: list[Symbol], below: list[tuple[int, ...]]) -> None:
    """Append the symbols of a tree, the effect first, then each before those below it."""
    alone = frozenset(single_points(tree))
    waiting: list[tuple[int, int]] = [(0, -1)]
    links: dict[int, list[int]] = {}
    first = len(symbols)
    while waiting:
        node, above = waiting.pop()
        while node and len(tree.nodes[node].below) == 1:
            node = tree.nodes[node].below[0]
        place = len(symbols)
        links.setdefault(above, []).append(place)
        symbols.append(_symbol(tree, node, named, alone))
        waiting += [(each, place) for each in reversed(tree.nodes[node].below)]
    below += [tuple(links.get(place, ())) for place in range(first, len(symbols))]


def _symbol(tree: FaultTree, number: int, named: Sequence[int], alone: frozenset[int]) -> Symbol:
    node = tree.nodes[number]
    if node.event is not None:
        event: Event = tree.events[node.event]
        return Symbol(event.text, event=named[node.event], factors=event.factors, single=node.event in alone)
    return Symbol(node.why.text, node.why.join if len(node.below) > 1 else None)
