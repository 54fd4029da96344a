"""Changes: what lies between two states of a session, item by item."""

from collections.abc import Iterable, Iterator
from operator import is_, length_hint
from typing import Any, TypeAlias, cast

import msgspec

from facilitator.model.edits import LISTS, ordered
from facilitator.model.item import Item
from facilitator.model.session import Session

NO_LISTS: dict[str, Any] = dict.fromkeys(LISTS.values(), ())
"""What makes of a session its header: the fields that are the session's own, without its lists."""

OWN_FIELDS = tuple(name for name in Session.__struct_fields__ if name not in NO_LISTS)
"""The fields that are the session's own."""


PARTS: dict[str, msgspec.Struct] = {
    name: default
    for name, default in zip(reversed(Session.__struct_fields__), reversed(Session.__struct_defaults__), strict=False)
    if isinstance(default, msgspec.Struct)
}
"""The fields of a session that have fields of their own, and what they are when nothing is said in them."""

PATHS = tuple(
    path
    for name in OWN_FIELDS
    if name not in ("id", "created")
    for path in ([f"{name}.{inner}" for inner in PARTS[name].__struct_fields__] if name in PARTS else [name])
)
"""The fields of a session of which each may be changed on its own, in the form that `edits.set_field` takes."""

Part: TypeAlias = Item | Session
"""What a change is about: an item, or the header of a session."""


class Change(msgspec.Struct, frozen=True):
    """What was done to one item, or to the header of the session: how it was, and how it is.

    `before` is None for an item that was added, `after` for one that was removed.
    """

    before: Part | None
    after: Part | None

    @property
    def part(self) -> Part:
        """The item or header, as it is, or as it was before it was removed."""
        return cast("Part", self.before if self.after is None else self.after)


def header(session: Session) -> Session:
    """Return a session without its lists."""
    return msgspec.structs.replace(session, **NO_LISTS)


def diff(before: Session, after: Session) -> tuple[Change, ...]:
    """Return what makes `after` of `before`."""
    changes: list[Change] = []
    if any(getattr(before, name) != getattr(after, name) for name in OWN_FIELDS):
        changes.append(Change(header(before), header(after)))
    for name in LISTS.values():
        changes += _list_diff(getattr(before, name), getattr(after, name))
    return tuple(changes)


def inverse(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the changes that take these back."""
    return tuple(Change(change.after, change.before) for change in reversed(changes))


def apply(session: Session, changes: Iterable[Change]) -> Session:
    """Return the session with every item as it is after the changes, whatever it was."""
    lists: dict[type[Item], dict[str, Item]] = {}
    for change in changes:
        part = change.part
        if isinstance(part, Session):
            session = msgspec.structs.replace(session, **{name: getattr(part, name) for name in OWN_FIELDS})
            continue
        kind = type(part)
        if kind not in lists:
            lists[kind] = {item.id: item for item in getattr(session, LISTS[kind])}
        if change.after is None:
            lists[kind].pop(part.id, None)
        else:
            lists[kind][part.id] = part
    changed = {LISTS[kind]: ordered(tuple(items.values())) for kind, items in lists.items()}
    return msgspec.structs.replace(session, **changed)


def alike(one: Iterator[Item], other: Iterator[Item], most: int) -> int:
    """Return how many items, up to `most`, are the same objects at the beginnings of two rows."""
    rest = length_hint(one)
    # All in C: a loop would take ten times as long. The iterator has gone one further than the last that is the same.
    return most if all(map(is_, one, other)) else min(most, rest - length_hint(one) - 1)


def _list_diff(before: tuple[Item, ...], after: tuple[Item, ...]) -> list[Change]:
    if before is after:
        return []
    # An edit leaves nearly all items as the same objects at both ends of the list.
    shorter = min(len(before), len(after))
    first = alike(iter(before), iter(after), shorter)
    last = alike(reversed(before), reversed(after), shorter - first)
    old = {item.id: item for item in before[first : len(before) - last]}
    new = {item.id: item for item in after[first : len(after) - last]}
    changed = [Change(old.get(key), item) for key, item in new.items() if old.get(key) != item]
    return [Change(item, None) for key, item in old.items() if key not in new] + changed
