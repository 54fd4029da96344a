"""The actions as a plan: who answers for each, until when, and whether they fit the incident and each other.

"Postmortems: learning from failure" asks for named individuals and not teams, due dates, and a place in the backlog.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from facilitator.checks.finding import Finding
from facilitator.checks.owners import Ownership, ownership
from facilitator.checks.scene import Scene, of
from facilitator.checks.stages import over, planned, waiting
from facilitator.model.moments import local
from facilitator.model.session import Action, ActionStatus, ActionType, Priority, Status

SCOPE = "depth.scope"
TEAM, SEVERAL, NO_OWNER, NO_DUE, NO_TICKET = (
    "depth.owner-team", "depth.owners", "depth.no-owner", "depth.no-due", "depth.untracked",
)  # fmt: skip
ONE_TYPE, PRIORITIES, OVERDUE, DEFERRED, DROPPED = (
    "depth.one-type", "depth.one-priority", "depth.overdue", "depth.deferred", "depth.dropped",
)  # fmt: skip

_ENOUGH, _ALL_PROCESS = 3, 2
_LONG_AWAY, _PENDING = timedelta(days=56), timedelta(days=60)


def _owners(scene: Scene) -> Iterator[Finding]:
    session = scene.session
    tracked = session.status is not Status.DRAFT or any(each.ticket for each in session.actions)
    for action in waiting(session):
        match ownership(action.owner, session):
            case Ownership.NOBODY:
                yield of(
                    action,
                    NO_OWNER,
                    "Nobody owns this, so nobody will miss it.",
                    "Which person sees to it that it is done?",
                )
            case Ownership.TEAM:
                why = f"“{action.owner}” is not one person: what belongs to all of them is nobody's."
                yield of(action, TEAM, why, "Which person there sees to it that it is done?")
            case Ownership.SEVERAL:
                why = f"“{action.owner}” are several: each can think that the other one does it."
                yield of(action, SEVERAL, why, "Which one of them answers for it?")
        if action.due is None:
            yield of(
                action, NO_DUE, "Without a date it is always due later.", "By when can it be done, and who looks then?"
            )
        if tracked and not action.ticket:
            why = "It has no ticket, so it stands in no backlog beside the other work."
            yield of(action, NO_TICKET, why, "Where is it tracked, with the other work?")


def _progress(scene: Scene) -> Iterator[Finding]:
    session = scene.session
    today = local(scene.now, session.zone).date()
    end = over(session)
    for action in session.actions:
        if action.status is ActionStatus.WONT_DO and not action.note:
            why = "It was decided not to do this, and no reason is kept."
            yield of(action, DROPPED, why, "For which reason not, and what would change that?")
    for action in waiting(session):
        if action.due is not None and action.due < today:
            why = f"It was due on {action.due.isoformat()}, {_days((today - action.due).days)} ago."
            yield of(action, OVERDUE, why, "What is in its way, and is it still right?")
        elif action.due is None and end is not None and scene.now - end > _PENDING:
            why = f"It has been open for {_days((scene.now - end).days)}."
            yield of(action, OVERDUE, why, "What is in its way, and is it still right?")
        elif _is_deferred(action, end):
            why = f"It is {action.priority}, and due on {action.due}, more than eight weeks after the incident."
            yield of(action, DEFERRED, why, "What could be done about this in the meantime?")


def _days(number: int) -> str:
    return f"{number} {'day' if number == 1 else 'days'}"


def _is_deferred(action: Action, end: datetime | None) -> bool:
    urgent = action.priority in (Priority.P0, Priority.P1)
    return urgent and action.due is not None and end is not None and action.due - end.date() > _LONG_AWAY


def _plan(scene: Scene) -> Iterator[Finding]:
    """Find what is wrong with the actions as a whole: all of one kind, beside the incident."""
    session = scene.session
    actions = planned(session)
    types = {action.type for action in actions}
    if None not in types and len(types) == 1:
        (kind,) = types
        if len(actions) >= (_ALL_PROCESS if kind is ActionType.PROCESS else _ENOUGH):
            others = ", ".join(each for each in ActionType if each is not kind)
            why = f"All {len(actions)} actions are of the type {kind}: none is of the types {others}."
            yield of(None, ONE_TYPE, why, "If it happens again, what will show it sooner, or make it smaller?")
    priorities = {action.priority for action in actions}
    if len(actions) > _ENOUGH and len(priorities) == 1 and None not in priorities:
        why = f"All {len(actions)} actions have the same priority, so it says nothing."
        yield of(None, PRIORITIES, why, "If only one of them can be done this month, which one?")
    linked = any(action.factors for action in actions)
    for action in actions if linked else ():
        if not action.factors and action.status is not ActionStatus.DONE:
            why = "It addresses no factor of this incident."
            yield of(action, SCOPE, why, "Which factor does this address, or does it belong on another list?")


PLAN_CHECKS: tuple[Callable[[Scene], Iterator[Finding]], ...] = (_owners, _progress, _plan)
"""What is looked for in the plan, in the order in which it is told."""
