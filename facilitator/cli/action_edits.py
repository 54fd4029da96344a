"""Changes to actions from the shell: each is one edit of its session, recorded and merged as every other."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec

from facilitator.cli.errors import Failure
from facilitator.cli.output import note, say
from facilitator.library.outcomes import with_done, with_effect
from facilitator.model.changes import diff
from facilitator.model.edits import put
from facilitator.model.session import Action, ActionStatus, Session
from facilitator.model.text import handle, one_line, paragraphs
from facilitator.settings.wording import quoted
from facilitator.store.ids import new_id
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded
from facilitator.store.store import Store

Change = Callable[[Action], Action]
"""Returns an action changed, or the same one where there is nothing to do."""

_REFERENCE = re.compile(r"([^:/]+)[:/]([^:/]+)")
_PLACE = re.compile(r"[aA]([1-9]\d{0,5})")
_NOBODY = ("nobody", "none")


def done(day: date) -> Change:
    """Return the change that an action was done on a day; one that is done keeps its day."""
    return lambda action: action if action.status is ActionStatus.DONE else with_done(action, day)


def given_up(because: str) -> Change:
    """Return the change that an action won't be done, for a reason."""
    reason = paragraphs(because)
    return lambda action: msgspec.structs.replace(action, status=ActionStatus.WONT_DO, note=reason)


def reassigned(to: str) -> Change:
    """Return the change of the owner."""
    name = one_line(to).removeprefix("@").strip()
    owner = "" if one_line(to).casefold() in _NOBODY else name
    if not owner and one_line(to).casefold() not in _NOBODY:
        raise Failure("--to needs a name, such as @bob, or 'nobody'")
    return lambda action: msgspec.structs.replace(action, owner=owner)


def due_on(text: str, today: date) -> Change:
    """Return the change of the due date, as people write one; "none" takes it away. Raises Failure."""
    if text.strip().casefold() == "none":
        return lambda action: msgspec.structs.replace(action, due=None)
    from facilitator.capture.dates import Toward, find_day

    found = find_day(text.strip(), 0, near=today, today=today, toward=Toward.AHEAD)
    if found is None or found.end != len(text.strip()):
        raise Failure(f"the date {quoted(text)} cannot be read; write 2026-12-01, 1 Dec, fri, or 'none'")
    if found.wrong or len(found.options) != 1:
        options = "".join(f"\n  {each.isoformat()}" for each in found.options)
        raise Failure(f"the date {quoted(text)}: {found.wrong or 'which day is meant?'}{options}")
    day = found.options[0]
    return lambda action: msgspec.structs.replace(action, due=day)


def worked(told: str, today: date) -> Change:
    """Return the change that the effect of an action that is done is noted."""
    said = one_line(told)
    if not said:
        raise Failure("--effect needs words, such as 'yes, no alert since'")

    def change(action: Action) -> Action:
        if action.status is not ActionStatus.DONE:
            raise Failure(f"'{one_line(action.text)}' is not done yet; --done comes first")
        return with_effect(action, f"{said} ({today.isoformat()})")

    return change


def change_action(store: Store, reference: str, label: str, change: Change) -> None:
    """Change one action of a store, say so, and print what names it. Raises Failure, and what the store raises."""
    match = _REFERENCE.fullmatch(reference.strip())
    if match is None:
        raise Failure(f"{quoted(reference)} names no action; write SESSION:ACTION, such as 01K9XQ:A3")
    opened = store.open(store.resolve(match[1]))
    if opened.read_only:
        raise Failure(f"{opened.path} can only be read: {opened.read_only}")
    before = opened.session
    action = find_action(before, match[2])
    after = change(action)
    told = f"{handle(after.owner)} {one_line(after.text)}".strip()
    if after == action:
        note(f"nothing changed: {told}")
    else:
        _save(store, opened, put(before, after), label)
        note(f"{label}: {told}")
    say(f"{before.id}:{action.id}")


def find_action(session: Session, name: str) -> Action:
    """Return the action of a session that is called so: by its id, its number such as A3, or how its id begins.

    Raises Failure.
    """
    wanted = name.casefold()
    for each in session.actions:
        if each.id.casefold() == wanted:
            return each
    place = _PLACE.fullmatch(name)
    if place is not None and int(place[1]) <= len(session.actions):
        return session.actions[int(place[1]) - 1]
    found = [each for each in session.actions if each.id.casefold().startswith(wanted)]
    if len(found) == 1 and place is None:
        return found[0]
    count = len(session.actions)
    there = f"they are A1 to A{count}" if count > 1 else "there is A1 alone" if count else "there is none"
    raise Failure(f"{quoted(session.title)} has no action {quoted(name)}; {there}")


def _save(store: Store, opened: Opened, session: Session, label: str) -> None:
    """Save as one edit. What others changed meanwhile is merged; where both changed a field, both versions are kept."""
    known = {each.id for each in opened.session.conflicts}
    changes = diff(opened.session, session)
    saved = store.save(opened, session, [Recorded(id=new_id(), at=datetime.now(UTC), label=label, changes=changes)])
    for conflict in saved.session.conflicts:
        if conflict.id not in known:
            note(f"'{conflict.field}' was changed by somebody else too; both versions are kept, choose in the app")
