"""When actions were done that do not say so, as the histories of their sessions tell."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from facilitator.library.ledger import Line
from facilitator.model.session import Action, ActionStatus
from facilitator.store.history import FOLDER, History
from facilitator.store.storage import WORKING


def with_days(store: Path, lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines, each that is done with the day in UTC on which that was recorded, unless it has one."""
    with_history: set[str] | None = None
    known: dict[str, dict[str, date]] = {}
    for line in lines:
        if line.action.status is not ActionStatus.DONE or line.action.done is not None:
            yield line
            continue
        if with_history is None:
            with_history = _sessions_with_history(store)
        if line.session in with_history and line.session not in known:
            known[line.session] = _days(store, line.session)
        day = known.get(line.session, {}).get(line.action.item)
        yield line._replace(action=msgspec.structs.replace(line.action, done=day)) if day is not None else line


def _sessions_with_history(store: Path) -> set[str]:
    try:
        return {each.stem for each in (store / WORKING / FOLDER).iterdir()}
    except OSError:
        return set()


def _days(store: Path, session: str) -> dict[str, date]:
    """Return when each action of a session was last done by an edit; a change from elsewhere has no day of its own."""
    found: dict[str, date] = {}
    for step in History(store, session).read():
        for change in step.changes:
            if not isinstance(change.after, Action):
                continue
            before = change.before.status if isinstance(change.before, Action) else None
            if change.after.status is not ActionStatus.DONE:
                found.pop(change.after.id, None)
            elif step.id and before is not None and before is not ActionStatus.DONE:
                found[change.after.id] = step.at.date()
    return found
