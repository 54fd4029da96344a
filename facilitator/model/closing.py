"""What actions close: a path is a minimal cut set, and closed when it is no longer enough for the effect.

What is gone is never there again. When an answer is gone that has answers below it, the effect cannot come about
through it, whatever is below. An action closes the whys of the factors that it addresses; a mitigator is a safeguard,
which holds the whys that it is linked to, and to strengthen it makes no condition go away.
"""

from collections.abc import Iterable, Sequence

import msgspec

from facilitator.model.cutsets import LIMIT, CutSets, TooMany, cut_sets
from facilitator.model.faulttree import FaultTree, fault_tree, holds
from facilitator.model.session import Action, ActionStatus, Session


class Closed(msgspec.Struct, frozen=True):
    """Which paths are closed. Paths are named by their place in `paths.sets`.

    `alone` says what each of the ids that were asked about closes by itself, and `within` which of them name something
    in this tree: two may close together what neither closes alone. `longer` are paths that need more than
    one that is closed, and that only now count: they lead through another part of the tree past what is gone.
    """

    tree: FaultTree
    paths: CutSets
    alone: dict[str, tuple[int, ...]]
    within: tuple[str, ...]
    closed: tuple[int, ...]
    open: tuple[int, ...]
    longer: CutSets | TooMany


class Coverage(msgspec.Struct, frozen=True):
    """How far the paths to an effect are closed: by what is done, by that and what is in progress, by all planned.

    `planned` holds what each action closes alone; `guarded` what each safeguard does.
    """

    done: tuple[int, ...]
    begun: tuple[int, ...]
    planned: Closed
    guarded: Closed


def closed_by(session: Session, effect: str, closing: Sequence[str]) -> Closed | TooMany:
    """Return which paths to the effect are closed when what `closing` names is gone: ids of whys, factors, actions.

    An id that leads nowhere closes nothing. Raises EditError when there is no such effect.
    """
    tree = fault_tree(session, effect)
    sets = cut_sets(tree)
    return sets if isinstance(sets, TooMany) else _Paths(session, tree, sets).closed_by(closing)


def coverage_of(session: Session, tree: FaultTree, *, limit: int = LIMIT) -> Coverage | TooMany:
    """Return what the actions, other than those that won't be done, and the safeguards do about the effect of a tree.

    TooMany is returned when there are more paths to it than `limit`.
    """
    sets = cut_sets(tree, limit=limit)
    if isinstance(sets, TooMany):
        return sets
    paths = _Paths(session, tree, sets)
    planned = [action for action in session.actions if action.status is not ActionStatus.WONT_DO]
    done = [action.id for action in planned if action.status is ActionStatus.DONE]
    begun = [action.id for action in planned if action.status is not ActionStatus.OPEN]
    return Coverage(
        done=paths.closed_together(done),
        begun=paths.closed_together(begun),
        planned=paths.closed_by([action.id for action in planned]),
        guarded=paths.closed_by([factor.id for factor in session.factors if factor.mitigator and factor.whys]),
    )


class _Paths:
    """The paths to an effect, each a case of its own: one pass over the tree tells which of them are still enough."""

    def __init__(self, session: Session, tree: FaultTree, paths: CutSets) -> None:
        self._tree = tree
        self._paths = paths
        self._whys = _whys_by_id(session)
        members = [bytearray(len(paths.sets) // 8 + 1) for _ in tree.events]
        for number, path in enumerate(paths.sets):
            for event in path:
                members[event][number >> 3] |= 1 << (number & 7)
        self._events = [int.from_bytes(each, "little") for each in members]
        self._nodes: dict[str, list[int]] = {}
        leaves: dict[int, list[int]] = {}
        for number, node in enumerate(tree.nodes):
            self._nodes.setdefault(node.why.id, []).append(number)
            if node.event is not None:
                leaves.setdefault(node.event, []).append(number)
        for event, numbers in leaves.items():
            for why_id in tree.events[event].whys:
                self._nodes[why_id] = [*self._nodes.get(why_id, ()), *numbers]

    def closed_by(self, closing: Sequence[str]) -> Closed:
        gone = self._gone(closing)
        together = self._closed(gone)
        shut = set(together)
        return Closed(
            tree=self._tree,
            paths=self._paths,
            alone={each: self._closed(self._gone([each])) for each in closing},
            within=tuple(each for each in closing if self._gone([each])),
            closed=together,
            open=tuple(number for number in range(len(self._paths.sets)) if number not in shut),
            longer=self._longer(gone),
        )

    def closed_together(self, closing: Sequence[str]) -> tuple[int, ...]:
        return self._closed(self._gone(closing))

    def _gone(self, closing: Iterable[str]) -> frozenset[int]:
        return frozenset(
            number for each in closing for why in self._whys.get(each, (each,)) for number in self._nodes.get(why, ())
        )

    def _closed(self, gone: frozenset[int]) -> tuple[int, ...]:
        if not gone:
            return ()
        still = f"{holds(self._tree, self._events, gone):0{len(self._paths.sets)}b}"[::-1]
        return tuple(number for number in range(len(self._paths.sets)) if still[number] == "0")

    def _longer(self, gone: frozenset[int]) -> CutSets | TooMany:
        """Return the paths that remain and are none of those from before.

        There are some only where an event stands in several places and more than events are gone.
        """
        nodes = self._tree.nodes
        leaves = sum(node.event is not None for node in nodes)
        if leaves == len(self._tree.events) or all(nodes[each].event is not None for each in gone):
            return CutSets(())
        remaining = cut_sets(self._tree, gone=gone)
        if isinstance(remaining, TooMany):
            return remaining
        known = set(self._paths.sets)
        return CutSets(tuple(each for each in remaining.sets if each not in known))


def _whys_by_id(session: Session) -> dict[str, tuple[str, ...]]:
    """Return the whys that go with each factor, and with each action through the factors other than mitigators."""
    by_factor = {factor.id: factor.whys for factor in session.factors}
    safeguards = {factor.id for factor in session.factors if factor.mitigator}
    return by_factor | {action.id: tuple(_whys_of(action, by_factor, safeguards)) for action in session.actions}


def _whys_of(action: Action, by_factor: dict[str, tuple[str, ...]], safeguards: set[str]) -> Iterable[str]:
    for factor in action.factors:
        if factor not in safeguards:
            yield from by_factor.get(factor, ())
