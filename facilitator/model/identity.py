"""Ids of one item each: what to do when two sessions use one id for items of two kinds."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from facilitator.model.edits import LINK_FIELDS, LISTS, OWNER_FIELDS, ordered, owner
from facilitator.model.item import Item
from facilitator.model.session import Conflict, Session, Why


def distinct(base: Session, mine: Session, theirs: Session) -> tuple[Session, Session, Session]:
    """Return three states of a session in which no id is that of one kind of item in `mine` and another in `theirs`.

    No edit makes such ids, but a file may have them, and a session with both could not be stored. The item of the kind
    that comes later in a session gets another id, which follows from its own.
    """
    kinds: dict[str, set[str]] = {name: _ids(mine, name) | _ids(theirs, name) for name in LISTS.values()}
    if len(set().union(*kinds.values())) == sum(map(len, kinds.values())):
        return base, mine, theirs
    first: dict[str, str] = {}
    renamed: dict[tuple[str, str], str] = {}
    for name, ids in kinds.items():
        for key in ids:
            if first.setdefault(key, name) != name:
                renamed[name, key] = f"I{sha256(f'{name} {key}'.encode()).hexdigest()[:25]}"
    return _renamed(base, renamed), _renamed(mine, renamed), _renamed(theirs, renamed)


def _ids(session: Session, name: str) -> set[str]:
    return {item.id for item in getattr(session, name)}


def _renamed(session: Session, renamed: Mapping[tuple[str, str], str]) -> Session:
    ids = {name: _ids(session, name) for name in LISTS.values()}
    new = {key: to for (name, key), to in renamed.items() if key in ids[name]}
    if not new:
        return session
    lists: dict[str, Any] = {
        name: ordered(tuple(_with_ids(item, new) for item in getattr(session, name))) for name in LISTS.values()
    }
    return msgspec.structs.replace(session, **lists)


def _with_ids(item: Item, new: Mapping[str, str]) -> Item:
    fields: dict[str, Any] = {"id": new.get(item.id, item.id)}
    for name in LINK_FIELDS.get(type(item), ()):
        fields[name] = tuple(new.get(link, link) for link in getattr(item, name))
    if isinstance(item, Why) and item.parent is not None:
        fields["parent"] = new.get(item.parent, item.parent)
    if isinstance(item, Conflict):
        fields["about"] = new.get(item.about, item.about)
    whole = owner(item)
    if whole is not None:
        fields[OWNER_FIELDS[type(item)]] = new.get(whole, whole)
    return msgspec.structs.replace(item, **fields)
