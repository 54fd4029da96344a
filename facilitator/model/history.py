"""Undo and redo over whole sessions. Sessions are immutable, so history is a stack of values."""

from collections.abc import Callable

import msgspec

from facilitator.model.session import Session


class Step(msgspec.Struct, frozen=True):
    """A session, and the label of the edit that made it ("add an entry")."""

    label: str
    session: Session


class History(msgspec.Struct, frozen=True):
    """The states of a session: those before, the present one, and those undone, nearest last."""

    present: Step
    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()

    @property
    def session(self) -> Session:
        """The session as it stands now."""
        return self.present.session


LIMIT = 1_000
"""How many steps can be undone."""


def begin(session: Session) -> History:
    """Return the history of a session that was just opened."""
    return History(Step("open", session))


def record(history: History, label: str, session: Session) -> History:
    """Return the history after an edit; the same history when the edit changed nothing."""
    if session == history.session:
        return history
    return History(Step(label, session), (*history.past, history.present)[-LIMIT:])


def undo(history: History) -> History:
    """Return the history one step back, or the same when there is none."""
    if not history.past:
        return history
    return History(history.past[-1], history.past[:-1], (*history.future, history.present))


def redo(history: History) -> History:
    """Return the history with the last undone step done again, or the same when there is none."""
    if not history.future:
        return history
    return History(history.future[-1], (*history.past, history.present), history.future[:-1])


def mapped(history: History, change: Callable[[Session], Session]) -> History:
    """Return the history with `change` made to every state in it, so that undo does not take it back."""
    past, present, future = (
        tuple(Step(step.label, change(step.session)) for step in steps)
        for steps in (history.past, (history.present,), history.future)
    )
    return History(present[0], past, future)
