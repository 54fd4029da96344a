"""What became of an action: the day on which it was done, and whether it worked."""

from datetime import date, timedelta

from msgspec.structs import replace

from facilitator.model.session import Action, ActionStatus
from facilitator.model.text import one_line

FOLLOW_UP_WEEKS = 4
"""After how many weeks somebody asks whether an action worked, unless another number is given."""


def with_status(action: Action, status: ActionStatus, day: date) -> Action:
    """Return an action of another state. One that becomes done was done on `day`; one that is done keeps its day."""
    if status is action.status:
        return action
    return replace(action, status=status, done=day if status is ActionStatus.DONE else None)


def with_effect(action: Action, told: str) -> Action:
    """Return an action with the answer to whether it worked, in place of one that was given before."""
    return replace(action, effect=one_line(told))


def done_on(action: Action) -> date | None:
    """Return the day on which an action was done, or None when it is not done or the day is not known."""
    return action.done if action.status is ActionStatus.DONE else None


def asks_for_follow_up(status: ActionStatus, done: date | None, effect: str, today: date, weeks: int) -> bool:
    """Tell whether an action was done more than so many weeks ago, and nobody noted whether it worked."""
    if status is not ActionStatus.DONE or done is None or effect:
        return False
    return done < today - timedelta(weeks=min(weeks, today.toordinal() // 7 - 1))
