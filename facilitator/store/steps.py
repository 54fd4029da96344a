"""What a history records: steps, each an edit, an edit taken back, or a change that came from elsewhere."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

import msgspec

from facilitator.model.changes import Change, Part, header
from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.session import Session
from facilitator.model.text import one_line

MAX_NAME = 64
"""The longest name of a person that is recorded, in characters."""


class Turn(StrEnum):
    """Whether an edit was made, taken back, or made again."""

    DONE = "done"
    UNDONE = "undone"
    REDONE = "redone"


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a session's history.

    `at` is in UTC; `by` is who made it, empty when that is not known. `of` is the id of the step that was undone or
    redone. `state` is the whole session where the history begins anew, and `changes` what the step changed.
    """

    id: str = ""
    at: datetime
    by: str = ""
    label: str
    turn: Turn = Turn.DONE
    of: str = ""
    state: Session | None = None
    changes: tuple[Change, ...] = ()


class Kind(msgspec.Struct, frozen=True):
    """A kind of step that no edit made, by the label that it has."""

    label: str

    def with_changes(self, changes: tuple[Change, ...], at: datetime | None = None) -> Recorded:
        """Return such a step with what it changed, made at `at` or now."""
        return Recorded(at=at or datetime.now(UTC), label=self.label, changes=changes)

    def with_state(self, state: Session, at: datetime | None = None) -> Recorded:
        """Return such a step with the whole session, made at `at` or now."""
        return Recorded(at=at or datetime.now(UTC), label=self.label, state=state)


STATE = Kind("begin of the history")
ELSEWHERE = Kind("changed outside the program")
MERGED = Kind("merge")


def named(name: str) -> str:
    """Return the name of a person as it is recorded: one line, cleaned, of bounded length."""
    return one_line(name)[:MAX_NAME].rstrip()


def unaccounted(before: Session, steps: Iterable[Recorded], changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return what is still missing after the steps were made to `before`, to what the changes make of it.

    The steps need not begin at `before`: whoever made them may not have seen what others saved meanwhile.
    """
    stepped = {_key(change): change for step in steps for change in step.changes}
    wanted = {_key(change): change for change in changes}
    rest = [change for key, change in wanted.items() if key not in stepped]
    for key, change in stepped.items():
        after = wanted[key].after if key in wanted else _part(before, *key)
        if change.after != after:
            rest.append(Change(change.after, after))
    return tuple(rest)


def _key(change: Change) -> tuple[type[Part], str]:
    return type(change.part), change.part.id


def _part(session: Session, kind: type[Part], part_id: str) -> Part | None:
    if issubclass(kind, Item):
        return next((item for item in getattr(session, LISTS[kind]) if item.id == part_id), None)
    return header(session)


def deleted(recorded: Iterable[Recorded]) -> frozenset[str]:
    """Return the ids of the items that were deleted and are gone; what only went with an edit taken back is not."""
    gone: set[str] = set()
    for step in recorded:
        if step.state is not None:
            gone.difference_update(each.id for name in LISTS.values() for each in getattr(step.state, name))
        for change in step.changes:
            if change.after is not None:
                gone.discard(change.part.id)
            elif step.turn is not Turn.UNDONE:
                gone.add(change.part.id)
    return frozenset(gone)


def own(recorded: Iterable[Recorded], name: str) -> tuple[tuple[Recorded, ...], tuple[Recorded, ...]]:
    """Return the edits that somebody can undo, and those that they undid and can make again; the nearest last."""
    past: list[Recorded] = []
    future: list[Recorded] = []
    for step in recorded:
        if step.by != name or not step.id:
            continue
        if step.turn is Turn.DONE:
            past.append(step)
            future.clear()
        elif step.turn is Turn.UNDONE:
            future += _taken(past, step.of)
        else:
            past += _taken(future, step.of)
    return tuple(past), tuple(future)


def _taken(steps: list[Recorded], step_id: str) -> list[Recorded]:
    """Take the step with this id out of a list; return it, or nothing when it is not there any more."""
    place = next((number for number in reversed(range(len(steps))) if steps[number].id == step_id), None)
    return [steps.pop(place)] if place is not None else []
