"""The paths to each effect: the smallest sets of conditions that are enough for it, and what closes them."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from facilitator.documents.references import refer
from facilitator.model.closing import Closed, Coverage, coverage_of
from facilitator.model.cutsets import TooMany
from facilitator.model.faulttree import FaultTree, fault_trees, numbered
from facilitator.model.session import Session

MOST = 2_000
"""How many paths to one effect are counted; with more, only the conditions that are enough alone are told."""

LISTED = 20
"""How many paths to one effect are listed, the shortest first."""

RULE = (
    "A path (a minimal cut set) is a smallest combination of conditions that is enough for the effect: taking away any "
    "one of them closes it. A path of one condition is a single point of failure."
)
"""What a reader has to know before anything else is said about paths."""


_Names = dict[str, tuple[str, str]]


class ClosedBy(StrEnum):
    """What closes a path: the actions that are done, those and the ones in progress, all planned ones, or nothing."""

    DONE = "what is done"
    BEGUN = "what is in progress"
    PLANNED = "what is planned"
    NOTHING = "nothing yet"


class Condition(msgspec.Struct, frozen=True):
    """A condition and the name by which paths refer to it ("C3"); `single` when it is enough alone."""

    name: str
    text: str
    single: bool = False


class Path(msgspec.Struct, frozen=True):
    """The names of the conditions that are enough together, what closes them, and whether only several actions do."""

    conditions: tuple[str, ...]
    closed_by: ClosedBy
    together: bool = False


class Cut(msgspec.Struct, frozen=True):
    """What one action or safeguard cuts by itself: its name ("A1", "M1"), its text, the numbers of paths from 1."""

    name: str
    text: str
    paths: tuple[int, ...]


class Paths(msgspec.Struct, frozen=True):
    """The paths to an effect, shortest first: how many there are, the first of them, and the conditions in those.

    `total` is None when there are too many to be counted; then the conditions are those that are enough alone, and
    nothing is known of what closes them. `longer` is the number of paths that are there only once the actions have
    taken their conditions away, None when it is not known. `within` counts the actions that address something below
    the effect, `done` the paths closed by those that are done, `closed` those closed by all of them.
    """

    effect: str
    total: int | None
    single: int
    shortest: int = 0
    conditions: tuple[Condition, ...] = ()
    more_conditions: int = 0
    paths: tuple[Path, ...] = ()
    within: int = 0
    closed: int = 0
    done: int = 0
    longer: int | None = 0
    actions: tuple[Cut, ...] = ()
    safeguards: tuple[Cut, ...] = ()


def paths(session: Session) -> tuple[Paths, ...]:
    """Return the paths to each effect that has answers, in reading order."""
    return paths_of(session, [tree for tree in fault_trees(session) if tree.events])


def paths_of(session: Session, trees: Sequence[FaultTree]) -> tuple[Paths, ...]:
    """Return the paths to the effect of each of these fault trees of a session."""
    names = _names(session)
    return tuple(
        _paths(coverage_of(session, tree, limit=MOST), tree, numbers, names)
        for tree, numbers in zip(trees, numbered(trees), strict=True)
    )


def _paths(found: Coverage | TooMany, tree: FaultTree, numbers: Sequence[int], names: _Names) -> Paths:
    effect = tree.effect.text
    if isinstance(found, TooMany):
        alone = found.single_points
        shown = _conditions(tree, numbers, alone[:LISTED], alone)
        return Paths(effect, None, len(alone), conditions=shown, more_conditions=len(alone) - len(shown))
    sets, alone = found.planned.paths.sets, found.planned.paths.single_points
    used = dict.fromkeys(event for each in sets[:LISTED] for event in each)
    longer = found.planned.longer
    return Paths(
        effect,
        len(sets),
        len(alone),
        len(sets[0]) if sets else 0,
        conditions=_conditions(tree, numbers, used, alone),
        paths=tuple(_listed(found, numbers)),
        within=len(found.planned.within),
        closed=len(found.planned.closed),
        done=len(found.done),
        longer=None if isinstance(longer, TooMany) else len(longer.sets),
        actions=_cuts(found.planned, names),
        safeguards=_cuts(found.guarded, names),
    )


def _conditions(
    tree: FaultTree, numbers: Sequence[int], events: Iterable[int], alone: Sequence[int]
) -> tuple[Condition, ...]:
    """Return conditions, those that are enough alone first, then as they are numbered."""
    single = frozenset(alone)
    order = sorted(events, key=lambda event: (event not in single, numbers[event]))
    return tuple(Condition(f"C{numbers[each]}", tree.events[each].text, each in single) for each in order)


def _listed(found: Coverage, numbers: Sequence[int]) -> Iterator[Path]:
    alone = {number for each in found.planned.alone.values() for number in each}
    ways = (
        (ClosedBy.DONE, frozenset(found.done)),
        (ClosedBy.BEGUN, frozenset(found.begun)),
        (ClosedBy.PLANNED, frozenset(found.planned.closed)),
    )
    for number, path in enumerate(found.planned.paths.sets[:LISTED]):
        closed_by = next((way for way, closed in ways if number in closed), ClosedBy.NOTHING)
        names = tuple(f"C{each}" for each in sorted(numbers[event] for event in path))
        yield Path(names, closed_by, together=closed_by is not ClosedBy.NOTHING and number not in alone)


def _cuts(found: Closed, names: _Names) -> tuple[Cut, ...]:
    """Return what each of those that name something in this tree cuts; those that cut most come first."""
    cuts = (Cut(*names[each], tuple(number + 1 for number in found.alone[each])) for each in found.within)
    return tuple(sorted(cuts, key=lambda cut: -len(cut.paths)))


def _names(session: Session) -> _Names:
    """Return the names and texts of actions and factors by id."""
    references = refer(session)
    actions = zip(session.actions, references.actions, strict=True)
    factors = zip(session.factors, references.factors, strict=True)
    return {item.id: (name, item.text) for items in (factors, actions) for item, name in items}
