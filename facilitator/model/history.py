"""Undo and redo of one's own edits. A step is what an edit changed, so others may go on with the session meanwhile."""

from datetime import datetime

import msgspec

from facilitator.model.changes import Change, diff, inverse
from facilitator.model.replay import replay
from facilitator.model.session import Session

LIMIT = 1_000
"""How many steps can be undone."""


class Step(msgspec.Struct, frozen=True):
    """An edit: its id, its label ("add an entry"), when it was made, in UTC, and what it changed."""

    id: str
    label: str
    at: datetime
    changes: tuple[Change, ...]


class History(msgspec.Struct, frozen=True):
    """The session as it stands now, the steps that can be undone and those that can be done again, nearest last."""

    session: Session
    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()


def record(history: History, step_id: str, label: str, at: datetime, session: Session) -> History:
    """Return the history after an edit; the same history when the edit changed nothing."""
    changes = diff(history.session, session)
    if not changes:
        return history
    return History(session, (*history.past, Step(step_id, label, at, changes))[-LIMIT:])


def undo(history: History) -> History:
    """Return the history with the last step taken back, or the same when there is none.

    What others wrote since stays, even where that leaves nothing to take back.
    """
    if not history.past:
        return history
    step = history.past[-1]
    session = replay(history.session, inverse(step.changes))
    return History(session, history.past[:-1], (*history.future, _as_made(step, session, history.session)))


def redo(history: History) -> History:
    """Return the history with the last undone step done again, as far as it was undone; the same when there is none."""
    if not history.future:
        return history
    step = history.future[-1]
    session = replay(history.session, step.changes)
    return History(session, (*history.past, _as_made(step, history.session, session)), history.future[:-1])


def _as_made(step: Step, before: Session, after: Session) -> Step:
    """Return a step with what it really changes: undo and redo leave alone what others changed meanwhile."""
    return msgspec.structs.replace(step, changes=diff(before, after))
