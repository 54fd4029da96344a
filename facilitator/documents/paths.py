"""The paths to each effect: the smallest combinations of conditions that are enough for it, and what closes them."""

from collections.abc import Iterator

import msgspec

from facilitator.documents.pictures.words import facts
from facilitator.documents.references import refer
from facilitator.model.closing import Coverage, coverage_of
from facilitator.model.cutsets import TooMany
from facilitator.model.faulttree import FaultTree, fault_trees
from facilitator.model.session import Session

MOST = 2_000
"""How many paths to one effect are counted; with more, only the conditions that are enough alone are told."""

LISTED = 20
"""How many paths to one effect are listed, the shortest first."""


class Path(msgspec.Struct, frozen=True):
    """The conditions that are enough together, and the names of the actions that close this path ("A1")."""

    conditions: tuple[str, ...]
    closed_by: tuple[str, ...] = ()


class Paths(msgspec.Struct, frozen=True):
    """An effect, what is known of the paths to it in sentences, and the first of them; `more` are not listed."""

    effect: str
    facts: tuple[str, ...]
    paths: tuple[Path, ...]
    more: int = 0


def paths(session: Session) -> tuple[Paths, ...]:
    """Return the paths to each effect that has answers, in reading order."""
    trees = [tree for tree in fault_trees(session) if tree.events]
    return tuple(_paths(session, tree) for tree in trees)


def _paths(session: Session, tree: FaultTree) -> Paths:
    found = coverage_of(session, tree, limit=MOST)
    effect, said = tree.nodes[0].why.text, tuple(facts(found))
    if isinstance(found, TooMany):
        alone = tuple(Path((tree.events[number].text,)) for number in found.single_points[:LISTED])
        return Paths(effect, said, alone, max(0, len(found.single_points) - LISTED))
    sets = found.planned.paths.sets
    closing = dict(_closing(session, found))
    listed = tuple(
        Path(tuple(tree.events[event].text for event in each), closing.get(number, ()))
        for number, each in enumerate(sets[:LISTED])
    )
    return Paths(effect, said, listed, max(0, len(sets) - LISTED))


def _closing(session: Session, found: Coverage) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the number of each path with the names of the actions that close it, each alone."""
    names = dict(zip((action.id for action in session.actions), refer(session).actions, strict=True))
    closed: dict[int, list[str]] = {}
    for action_id, numbers in found.planned.alone.items():
        for number in numbers:
            closed.setdefault(number, []).append(names[action_id])
    for number, each in closed.items():
        yield number, tuple(each)
