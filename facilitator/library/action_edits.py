"""Changes to actions of sessions that are not open: each is one edit of its session, recorded and merged as any."""

from collections.abc import Callable
from datetime import date, datetime

import msgspec

from facilitator.capture.due import due_date
from facilitator.model import history
from facilitator.model.changes import diff
from facilitator.model.edits import put
from facilitator.model.history import History, Step
from facilitator.model.outcomes import with_effect, with_status
from facilitator.model.session import Action, ActionStatus, Session
from facilitator.model.text import one_line, paragraphs
from facilitator.settings.wording import quoted
from facilitator.store.ids import new_id
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded, Turn
from facilitator.store.store import Store

NOBODY = ("nobody", "none")
"""What stands for no owner."""

NO_DAY = "none"
"""What stands for no due date."""


class RefusedError(ValueError):
    """A change that cannot be made. The message says why, and what can be written instead."""


class Change(msgspec.Struct, frozen=True):
    """What is to be done to an action: the label for the history, and the function that does it.

    `to` returns the same action where there is nothing to do, and raises RefusedError.
    """

    label: str
    to: Callable[[Action], Action]


class Changed(msgspec.Struct, frozen=True):
    """What a change did: the action before and after it, and the session and the step, which undo takes back.

    `step` is None where nothing changed. `conflicts` names the fields that somebody else changed at the same time.
    """

    action: Action
    before: Action
    session: Session
    file: str
    step: Step | None = None
    conflicts: tuple[str, ...] = ()


def done(day: date) -> Change:
    """Return the change that an action was done on a day; one that is done keeps its day."""
    return Change("action done", lambda action: with_status(action, ActionStatus.DONE, day))


def given_up(because: str, today: date) -> Change:
    """Return the change that an action won't be done, for a reason. Raises RefusedError without one."""
    reason = paragraphs(because)
    if not reason:
        raise RefusedError("say why, such as 'the service is retired'")
    return Change(
        "action given up",
        lambda action: msgspec.structs.replace(with_status(action, ActionStatus.WONT_DO, today), note=reason),
    )


def reopened(today: date) -> Change:
    """Return the change that an action is open again."""
    return Change("action open again", lambda action: with_status(action, ActionStatus.OPEN, today))


def reassigned(to: str) -> Change:
    """Return the change of the owner, or to none. Raises RefusedError where no name is left."""
    said = one_line(to)
    owner = "" if said.casefold() in NOBODY else said.removeprefix("@").strip()
    if not owner and said.casefold() not in NOBODY:
        raise RefusedError("a name is needed, such as @bob, or 'nobody'")
    return Change("action reassigned", lambda action: msgspec.structs.replace(action, owner=owner))


def due_on(text: str, today: date) -> Change:
    """Return the change of the due date, as it is typed in the capture line; "none" takes it away.

    Raises RefusedError for what is no day, or could be two.
    """
    written, label = one_line(text), "due date changed"
    if written.casefold() == NO_DAY:
        return Change(label, lambda action: msgspec.structs.replace(action, due=None))
    found = due_date(written, today)
    if found is None:
        example = "write 2026-12-01, 1 Dec, fri, in 2 weeks, or 'none'"
        raise RefusedError(f"the date {quoted(text)} cannot be read; {example}")
    if found.wrong or len(found.options) != 1:
        options = " or ".join(each.isoformat() for each in found.options)
        raise RefusedError(f"the date {quoted(text)}: {found.wrong or 'which day is meant?'} {options}".rstrip())
    day = found.options[0]
    return Change(label, lambda action: msgspec.structs.replace(action, due=day))


def worked(told: str) -> Change:
    """Return the change that it is noted whether an action that is done worked. Raises RefusedError without words."""
    if not one_line(told):
        raise RefusedError("words are needed, such as 'yes, no alert since'")

    def to(action: Action) -> Action:
        if action.status is not ActionStatus.DONE:
            raise RefusedError(f"{quoted(action.text)} is not done yet: that comes first")
        return with_effect(action, told)

    return Change("effect of an action noted", to)


def change_action(
    store: Store, session_id: str, find: Callable[[Session], Action], change: Change, now: datetime
) -> Changed:
    """Make a change to the action that `find` returns, and save it as one edit made at `now`.

    What others changed meanwhile is merged; where both changed a field, both versions are kept. Raises RefusedError,
    what `find` raises, and StoreError and OSError as the store does.
    """
    opened = _opened(store, session_id)
    before = find(opened.session)
    after = change.to(before)
    if after == before:
        return Changed(before, before, opened.session, opened.path.name)
    edited = put(opened.session, after)
    step = Step(new_id(), change.label, now, diff(opened.session, edited))
    saved = store.save(opened, edited, [Recorded(id=step.id, at=now, label=step.label, changes=step.changes)])
    known = {each.id for each in opened.session.conflicts}
    conflicts = tuple(each.field for each in saved.session.conflicts if each.id not in known)
    return Changed(after, before, saved.session, saved.path.name, step, conflicts)


def take_back(store: Store, changed: Changed, now: datetime) -> bool:
    """Take a change back; tell whether anything was left of it. What others wrote since stays.

    Raises RefusedError, StoreError and OSError.
    """
    if changed.step is None:
        return False
    opened = _opened(store, changed.session.id)
    session = history.undo(History(opened.session, (changed.step,))).session
    changes = diff(opened.session, session)
    if not changes:
        return False
    step = Recorded(
        id=new_id(), at=now, label=changed.step.label, turn=Turn.UNDONE, of=changed.step.id, changes=changes
    )
    store.save(opened, session, [step])
    return True


def by_id(action_id: str) -> Callable[[Session], Action]:
    """Return a function that finds an action by its whole id, and raises RefusedError where it is no more."""

    def find(session: Session) -> Action:
        found = next((each for each in session.actions if each.id == action_id), None)
        if found is None:
            raise RefusedError(f"{quoted(session.title)} has this action no more: it was deleted meanwhile")
        return found

    return find


def _opened(store: Store, session_id: str) -> Opened:
    opened = store.open(session_id)
    if opened.read_only:
        raise RefusedError(f"{opened.path} can only be read: {opened.read_only}")
    return opened
