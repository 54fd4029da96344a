"""Changes to actions from the shell: what names an action, and what is said of a change."""

import re
from datetime import UTC, datetime
from functools import partial

from facilitator.cli.errors import Failure
from facilitator.cli.output import note, say
from facilitator.library.action_edits import Change, RefusedError, change_action
from facilitator.model.session import Action, Session
from facilitator.model.text import handle, one_line
from facilitator.settings.wording import quoted
from facilitator.store.store import Store

_REFERENCE = re.compile(r"([^:/]+)[:/]([^:/]+)")
_PLACE = re.compile(r"[aA]([1-9]\d{0,5})")


def change_named(store: Store, reference: str, change: Change) -> None:
    """Change one action of a store, say so, and print what names it. Raises Failure, and what the store raises."""
    match = _REFERENCE.fullmatch(reference.strip())
    if match is None:
        raise Failure(f"{quoted(reference)} names no action; write SESSION:ACTION, such as 01K9XQ:A3")
    find = partial(find_action, name=match[2])
    try:
        changed = change_action(store, store.resolve(match[1]), find, change, datetime.now(UTC))
    except RefusedError as error:
        raise Failure(str(error)) from error
    told = f"{handle(changed.action.owner)} {one_line(changed.action.text)}".strip()
    note(f"{change.label}: {told}" if changed.step is not None else f"nothing changed: {told}")
    for field in changed.conflicts:
        note(f"'{field}' was changed by somebody else too; both versions are kept, choose in the app")
    say(f"{changed.session.id}:{changed.action.id}")


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
