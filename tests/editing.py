"""Edits of a session by numbers: the same numbers make the same edits, and each is one that people make."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec

from facilitator.model import edits
from facilitator.model.changes import PARTS, PATHS
from facilitator.model.conflicts import Settlement, settle
from facilitator.model.consistency import conflict_id
from facilitator.model.edits import LINK_FIELDS, LISTS, OWNER_FIELDS
from facilitator.model.item import Item
from facilitator.model.links import link_field
from facilitator.model.meeting_items import Meeting, Switch
from facilitator.model.moments import Moment
from facilitator.model.review_items import (
    Approval,
    ApprovedPart,
    Consent,
    Dated,
    Pseudonym,
    Redaction,
    Version,
    Withheld,
)
from facilitator.model.session import Conflict, Entry, Factor, Intake, Milestone, Mute, Session, Why

Numbers = tuple[int, int, int]
"""An edit: which one, to what, and how."""

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
EMPTY = Session(id="S", title="Checkout errors", created=NOON)

TEXTS = (
    "cache",
    "the cache is cold",
    "cold",
    "retries",
    "retries fill\nthe cache is cold",
    "staging",
    "",
    "the  cache",
)
KINDS = tuple(kind for kind in LISTS if kind is not Conflict)


def edited(session: Session, numbers: Iterable[Numbers]) -> Session:
    """Return the session after these edits; those that there is nothing for are left out."""
    for edit, which, how in numbers:
        session = EDITS[edit % len(EDITS)](session, which, how)
    return session


def values(kind: Any) -> tuple[Any, ...]:
    """Return a few values of the type of a field."""
    if get_origin(kind) in (Union, UnionType):
        return (*(value for each in get_args(kind) if each is not type(None) for value in values(each)), None)
    if get_origin(kind) is tuple:
        one = values(get_args(kind)[0])[:3]
        return ((), one[:1], one[1:2], (one[1], one[0]), one, (one[2], one[0]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(kind)
    return _PLAIN[kind]


_TOLD = ((0, "UTC"), (9, "+02:00"), (5, "UTC"))

_PLAIN: Mapping[type, tuple[Any, ...]] = {
    str: TEXTS,
    bool: (True, False),
    int: (0, 7, 1000),
    float: (0.0, 12.5, 100.0),
    date: (date(2026, 11, 20), date(2026, 12, 24)),
    datetime: (NOON, NOON + timedelta(hours=1)),
    Moment: tuple(Moment(NOON + timedelta(minutes=minute), zone) for minute, zone in _TOLD),
}


def _types(kind: type[msgspec.Struct]) -> dict[str, Any]:
    return {field.name: field.type for field in msgspec.structs.fields(kind)}


PATH_VALUES: Mapping[str, tuple[Any, ...]] = {
    path: values(_types(type(PARTS[path.split(".")[0]]) if "." in path else Session)[path.split(".")[-1]])
    for path in PATHS
}
"""For each field of a session, a few values of it."""

_LINKS = {name for names in LINK_FIELDS.values() for name in names}
_OWN = ("id", "rank", "parent", "milestones", *_LINKS)

FIELD_VALUES: Mapping[type[Item], Mapping[str, tuple[Any, ...]]] = {
    kind: {name: values(each) for name, each in _types(kind).items() if name not in (*_OWN, OWNER_FIELDS.get(kind))}
    for kind in KINDS
}
"""For each kind of item and each field that is edited as it is, a few values of it."""


def everything(session: Session) -> tuple[Item, ...]:
    """Return all items of a session."""
    return tuple(item for name in LISTS.values() for item in getattr(session, name))


_ADDED: tuple[type[Item], ...] = (*KINDS, Entry, Why, Factor, Entry, Why)
"""The kinds that are added; those between which more can go wrong come more than once."""


_NEEDED: dict[type[Item], dict[str, Any]] = {
    Approval: {"part": ApprovedPart.IMPACT, "digest": "d1"},
    Version: {"number": 1},
    Withheld: {"about": ""},
    Redaction: {"words": "db-1.internal"},
    Pseudonym: {"words": "Dana"},
    Consent: {"profile": "public", "digest": "d1"},
}
"""What items of some kinds need besides a text and a time."""


def made(kind: type[Item], item_id: str, how: int = 0) -> Item:
    """Return an item of a kind, with a text if it can have one, and a time if it needs one."""
    fields: dict[str, Any] = {"text": TEXTS[how % 5]} if "text" in kind.__struct_fields__ else {}
    if kind is Entry:
        fields["at"] = _PLAIN[Moment][how % 3]
    if kind is Mute:
        fields["rule"] = ("timeline.gap", "action.vague")[how % 2]
    if kind is Intake:
        fields |= {"kind": "slack", "read": _PLAIN[datetime][how % 2], "digest": TEXTS[how % 5]}
    if kind is Switch or issubclass(kind, Dated):
        fields["at"] = _PLAIN[datetime][how % 2]
    fields |= _NEEDED.get(kind, {})
    return kind(id=item_id, **fields)


def _add(session: Session, which: int, how: int) -> Session:
    kind = _ADDED[which % len(_ADDED)]
    item_id = f"{kind.__name__}{which % 37}x{how % 5}"
    if edits.find(session, item_id) is not None:
        return session
    item = made(kind, item_id, how)
    if kind is Why and session.whys:
        parent = (None, *(why.id for why in session.whys))[which % (len(session.whys) + 1)]
        item = msgspec.structs.replace(item, parent=parent)
    muted = tuple(each for each in everything(session) if not isinstance(each, Mute | Withheld | Redaction | Conflict))
    wholes: dict[str, tuple[Item, ...]] = {"entry": session.timeline, "meeting": session.meetings, "about": muted}
    if kind in OWNER_FIELDS and (found := wholes[OWNER_FIELDS[kind]]):
        item = msgspec.structs.replace(item, **{OWNER_FIELDS[kind]: found[which % len(found)].id})
    siblings = getattr(session, LISTS[kind])
    after = siblings[how % len(siblings)].id if siblings and how % 2 else None
    return edits.add(session, item, after=after)


def _on_an_item(edit: Callable[[Session, Item, int], Session]) -> Callable[[Session, int, int], Session]:
    def on_one(session: Session, which: int, how: int) -> Session:
        found = [item for item in everything(session) if not isinstance(item, Conflict)]
        return edit(session, found[which % len(found)], how) if found else session

    return on_one


def _change(session: Session, item: Item, how: int) -> Session:
    fields = FIELD_VALUES[type(item)]
    name = tuple(fields)[how % len(fields)]
    return edits.change(session, item.id, **{name: fields[name][how // 7 % len(fields[name])]})


def _say(session: Session, item: Item, how: int) -> Session:
    name = "text" if "text" in item.__struct_fields__ else "seen"
    return edits.change(session, item.id, **{name: TEXTS[how % 6]}) if name in item.__struct_fields__ else session


def _mark(session: Session, which: int, how: int) -> Session:
    if not session.timeline:
        return session
    entry = session.timeline[which % len(session.timeline)]
    milestone = tuple(Milestone)[how % 2]
    marks = tuple(each for each in entry.milestones if each is not milestone)
    return edits.change(session, entry.id, milestones=marks if marks != entry.milestones else (*marks, milestone))


def _link(session: Session, item: Item, how: int) -> Session:
    targets = [(each, link_field(item, each)) for each in everything(session)]
    linkable = [(each.id, field) for each, field in targets if field]
    if not linkable:
        return session
    target, field = linkable[how % len(linkable)]
    return edits.toggle_link(session, item.id, field, target)


def _attend(session: Session, which: int, how: int) -> Session:
    if not (session.meetings and session.participants):
        return session
    meeting = session.meetings[which % len(session.meetings)]
    participant = session.participants[how % len(session.participants)]
    return edits.toggle_link(session, meeting.id, LINK_FIELDS[Meeting][how % 2], participant.id)


def put_below(session: Session, which: int, how: int) -> Session:
    """Put a why below another one, or at the top."""
    if not session.whys:
        return session
    why = session.whys[which % len(session.whys)]
    below = {why.id, *(each.id for each in edits.descendants(session, why.id))}
    free: list[str | None] = [each.id for each in session.whys if each.id not in below]
    return edits.change(session, why.id, parent=[None, *free][how % (len(free) + 1)])


def _set(session: Session, which: int, how: int) -> Session:
    path = PATHS[which % len(PATHS)]
    return edits.set_field(session, path, PATH_VALUES[path][how % len(PATH_VALUES[path])])


def _summarise(session: Session, which: int, how: int) -> Session:
    return edits.set_field(session, ("title", "summary")[which % 2], TEXTS[how % len(TEXTS)] or "untitled")


def _dispute(session: Session, item: Item, how: int) -> Session:
    if "text" not in item.__struct_fields__:
        return session
    conflict = Conflict(about=item.id, field="text", other=TEXTS[how % 5])
    conflict = msgspec.structs.replace(conflict, id=conflict_id(conflict))
    said = TEXTS[how % 5] in getattr(item, "text", "")
    return session if said or edits.find(session, conflict.id) else edits.add(session, conflict)


def _settle(session: Session, which: int, how: int) -> Session:
    if not session.conflicts:
        return session
    conflict = session.conflicts[which % len(session.conflicts)]
    return settle(session, conflict, (Settlement.KEEP, Settlement.OTHER)[how % 2])


remove = _on_an_item(lambda session, item, _: edits.remove(session, item.id))

EDITS: tuple[Callable[[Session, int, int], Session], ...] = (
    _add,
    _add,
    _add,
    _on_an_item(_change),
    _on_an_item(_say),
    remove,
    _on_an_item(lambda session, item, how: edits.move(session, item.id, how % 5 - 2)),
    _on_an_item(_link),
    _on_an_item(_link),
    _mark,
    _attend,
    put_below,
    _set,
    _summarise,
    _on_an_item(_dispute),
    _settle,
)
"""The edits there are; those that matter more come more than once."""
