"""The register of actions as people look at it: in groups, the most urgent first, filtered by a query line."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from facilitator.library.expressions import All, Dates, Expression, PendingActions, Query, Value
from facilitator.library.ledger import Line, owner_name
from facilitator.library.poisson import share_interval
from facilitator.library.register import register, registers, tallies
from facilitator.library.search import Library
from facilitator.library.tallies import Asked, By, Register, Sort, Tally, View, age_group, by_key

AT_ONCE = 60
"""How many actions of a group are listed where the answer is waited for: more than a screen has."""

MOST = 2_000
"""How many actions are listed at most; nobody reads more, and a narrower query is shorter."""


_MOST_UNSURE = 1_000
"""Of more actions than these, the interval of the share is narrower than what is rounded."""


class Group(NamedTuple):
    """Actions that stand together under a name, how many there are at all, and how things stand with them."""

    name: str
    lines: tuple[Line, ...]
    listed: int
    tally: Tally | None = None


class Board(NamedTuple):
    """Groups of actions, how things stand with all, and how many have no place in the groups."""

    groups: tuple[Group, ...]
    tally: Tally
    left_out: int = 0

    @property
    def whole(self) -> bool:
        """Whether every action is listed."""
        return not self.left_out and all(group.listed == len(group.lines) for group in self.groups)


def asked_of(query: Query, today: date) -> Asked:
    """Return what a query line asks of the register.

    A condition on actions, such as `owner:`, `pending:` and `has:overdue`, holds for the actions themselves where it
    stands by itself; within OR, `-` and with `*` it holds for their sessions.
    """
    rest: list[Expression] = []
    asked = Asked()
    for part in query.parts:
        if isinstance(part, Value) and part.field == "owner" and not part.prefix and asked.owner is None:
            asked = msgspec.structs.replace(asked, owner=part.value)
        elif isinstance(part, PendingActions) and part.of is Dates.BORN and asked.filed is None:
            asked = msgspec.structs.replace(asked, filed=(part.first, part.last))
        elif part == PendingActions(Dates.DUE, last=today - timedelta(days=1)):
            asked = msgspec.structs.replace(asked, view=View.OVERDUE)
        else:
            rest.append(part)
    where = rest[0] if len(rest) == 1 else All(tuple(rest))
    return msgspec.structs.replace(asked, query=Query(where))


def board(library: Library, asked: Asked, by: By | None, today: date, *, ready: bool = True) -> Board:
    """Return the actions that are asked for, in groups: by `by`, or those that are pending by when they are due.

    Of each group at most as many are listed as `asked` has for a limit. Raises OSError when the store cannot be listed.
    """
    if by is not None:
        return _grouped(library, asked, by, today, ready=ready)
    if asked.view is not View.PENDING:
        one = register(library, asked, today, ready=ready)
        return Board((Group("", one.lines, one.listed),) if one.lines else (), one.tally)
    parts = ((View.OVERDUE, "Overdue", Sort.DUE), (View.DUE_SOON, f"Due within {asked.soon} days", Sort.DUE),
             (View.LATER, "Later, the oldest first", Sort.AGE))  # fmt: skip
    found = registers(
        library,
        [msgspec.structs.replace(asked, view=view, sort=sort) for view, _, sort in parts],
        today,
        ready=ready,
    )
    groups = [
        Group(name, each.lines, each.listed) for each, (_, name, _) in zip(found, parts, strict=True) if each.lines
    ]
    return Board(tuple(groups), found[0].tally)


def completion_told(tally: Tally) -> str:
    """Return the share that is done of those that were not given up, with its exact interval where that says more."""
    if tally.completion is None:
        return ""
    of = tally.done + tally.pending
    share = f"{tally.completion:.0%} done"
    if of > _MOST_UNSURE:
        return share
    low, high = share_interval(tally.done, of)
    return f"{share} ({low:.0%} to {high:.0%})"


def _grouped(library: Library, asked: Asked, by: By, today: date, *, ready: bool) -> Board:
    found = register(library, asked, today, ready=ready)
    counted = tallies(library, msgspec.structs.replace(asked, limit=None), by, today, ready=ready)
    held: dict[str, list[Line]] = {}
    for line in found.lines:
        for key in _keys(line, by, today):
            held.setdefault(key, []).append(line)
    groups = [
        Group(name, tuple(held[key]), len(held[key]), tally if by is not By.AGE else None)
        for name, tally in counted.items()
        if (key := _key(name, by)) in held
    ]
    named = {_key(group.name, by) for group in groups}
    groups += [Group(key, tuple(lines), len(lines)) for key, lines in held.items() if key not in named]
    return Board(tuple(groups), found.tally, _left_out(found))


def _left_out(found: Register) -> int:
    return found.listed - len(found.lines)


def _keys(line: Line, by: By, today: date) -> Sequence[str]:
    match by:
        case By.OWNER:
            return (owner_name(line.action.owner),)
        case By.TYPE:
            return (line.action.type or "",)
        case By.SERVICE:
            return tuple(by_key(line.services)) or ("",)
    return (age_group((today - line.action.born).days),)


def _key(name: str, by: By) -> str:
    if by is By.OWNER:
        return owner_name(name)
    return next(iter(by_key((name,)))) if by is By.SERVICE and name else name
