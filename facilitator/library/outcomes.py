"""What became of an action, as its note tells: the day on which it was done, and whether it worked.

An action has no fields for these. A line of its note each says them, in words that people can read and type.
"""

import re
from datetime import date, timedelta

from facilitator.model.session import Action, ActionStatus
from facilitator.model.text import one_line

FOLLOW_UP_WEEKS = 4
"""After how many weeks somebody asks whether an action worked, unless another number is given."""

_DONE = re.compile(r"^Done on (\d{4}-\d{2}-\d{2})\b", re.MULTILINE)
_WORKED = re.compile(r"^Did it work\? (.*\S)", re.MULTILINE)


def with_done(action: Action, day: date) -> Action:
    """Return an action that was done on a day; what its note said before stays."""
    note = _DONE.sub("", action.note) if done_on(action) is not None else action.note
    return _changed(action, ActionStatus.DONE, _lines(note, f"Done on {day.isoformat()}"))


def with_effect(action: Action, told: str) -> Action:
    """Return an action with the answer to whether it worked, in place of one that was given before."""
    return _changed(action, action.status, _lines(_WORKED.sub("", action.note), f"Did it work? {one_line(told)}"))


def done_on(action: Action) -> date | None:
    """Return the day on which an action was done, or None when it is not done or the day is not noted."""
    if action.status is not ActionStatus.DONE:
        return None
    for written in reversed(_DONE.findall(action.note)):
        try:
            return date.fromisoformat(written)
        except ValueError:
            continue
    return None


def effect(action: Action) -> str:
    """Return what is noted of whether an action worked, or nothing."""
    answers = _WORKED.findall(action.note)
    return answers[-1] if answers else ""


def asks_for_follow_up(status: ActionStatus, done: date | None, worked: str, today: date, weeks: int) -> bool:
    """Tell whether an action was done more than so many weeks ago, and nobody noted whether it worked."""
    if status is not ActionStatus.DONE or done is None or worked:
        return False
    return done < today - timedelta(weeks=min(weeks, today.toordinal() // 7 - 1))


def _changed(action: Action, status: ActionStatus, note: str) -> Action:
    # Imported where it is used: most of the library only reads.
    from msgspec.structs import replace

    return replace(action, status=status, note=note)


def _lines(*parts: str) -> str:
    return "\n".join(line for part in parts for line in part.splitlines() if line.strip())
