"""Values and changes told in words: what a history and a conflict show of a field."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from facilitator.model.changes import PATHS, Change
from facilitator.model.clocks import clock, day, stamp
from facilitator.model.edits import LISTS, find, get_field
from facilitator.model.item import Item
from facilitator.model.meeting_items import Survey
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Session

NOTHING = "nothing"

_KINDS: dict[str, str] = {
    "participants": "participant",
    "timeline": "entry",
    "response_notes": "note on the response",
    "whys": "why",
    "factors": "factor",
    "precedents": "earlier incident",
    "lessons": "lesson",
    "actions": "action",
    "parking_lot": "parked topic",
    "questions": "open question",
    "accounts": "account",
    "meetings": "meeting",
    "boxes": "time box",
    "switches": "switch of the clock",
    "surveys": "answer to the survey",
    "notes": "private note",
    "mutes": "muted finding",
    "intakes": "records that were read in",
    "review_requests": "request for review",
    "comments": "comment",
    "approvals": "approval",
    "versions": "published version",
    "withheld": "item withheld from publication",
    "redactions": "decision on a redaction",
    "pseudonyms": "pseudonym",
    "consents": "consent to publish",
    "conflicts": "conflict",
}
"""How an item of each list is called."""

_NAMES = {
    "at": "time",
    "until": "end",
    "text": "words",
    "end": "end of the branch",
    "parent": "answer to",
    "due": "due date",
    "note": "reason",
    "done": "done on",
    "effect": "did it work",
    "outcome": "reason to let it go",
    "entry": "account of",
    "teller": "told by",
    "meant": "taken to mean",
    "options": "options on the table",
    "new_here": "new to postmortems",
    "spoke": "could speak openly",
    "learned": "learned something",
    "again": "would come again",
    "whys": "from",
    "review_kind": "review of",
    "zone": "time zone",
    "cause": "root cause category",
    "held": "held on",
    "review_until": "end of the review",
    "impact.prose": "impact",
    "impact.users": "users affected",
    "impact.features": "features affected",
    "impact.regions": "regions affected",
    "impact.revenue": "revenue lost",
    "impact.error_budget": "error budget used",
    "impact.sla_breached": "SLA breached",
    "detection.source": "detected by",
    "detection.prose": "how it was detected",
    "detection.appropriate": "the right way to detect it",
    "detection.faster": "what would have been faster",
    "response.runbooks": "runbooks",
    "response.command": "incident command",
    "response.communication": "communication",
}
"""The fields that people call otherwise than the session does."""

_SAID = ("text", "seen", "meant", "expected", "options")
"""The fields that tell what an item is, the first that says something."""

_ITSELF = frozenset({"id", "rank", "about", "other", "field"})
"""Fields that tell people nothing: they hold the identity or the place of an item."""


class FieldChange(msgspec.Struct, frozen=True):
    """A field that a change is about: how people call it, and both values in words."""

    name: str
    before: str
    after: str


def kind_told(item: Item) -> str:
    """Return how an item of this kind is called: "entry", "parked topic"."""
    return _KINDS[LISTS[type(item)]]


def field_told(path: str) -> str:
    """Return how people call a field: "impact.users" is "users affected"."""
    return _NAMES.get(path, path.replace("_", " "))


def value_told(value: Any, session: Session) -> str:
    """Return a value in words, times in the zone of the session, ids of items as their text; "nothing" when empty."""
    if value in (None, "", ()):
        return NOTHING
    if isinstance(value, Moment):
        return stamp(value, session.zone)
    if isinstance(value, datetime):
        return stamp(Moment(value), session.zone)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(value_told(each, session) for each in value)
    if isinstance(value, str):
        item = find(session, value) if value.isalnum() else None
        return item_told(item, session) if item is not None else value
    return f"{value:,}" if isinstance(value, int) else str(value)


def item_told(item: Item, session: Session) -> str:
    """Return an item in one line: its text, or else what kind of item it is; for an entry with its time before it."""
    named = item_named(item, session)
    return f"{day(item.at.at, session.zone)} {named}" if isinstance(item, Entry) else named


def item_named(item: Item, session: Session) -> str:
    """Return an item in one line, as `item_told` does; of an entry the time of day without the day.

    Nothing is told of what somebody answered to a survey: with the moment, it would tell who that was.
    """
    if isinstance(item, Survey):
        return kind_told(item)
    texts = (getattr(item, name, "") for name in _SAID)
    text = " ".join(next((each for each in texts if each), kind_told(item)).split())
    return f"{clock(item.at, session.zone)} {text}" if isinstance(item, Entry) else text


def fields_changed(change: Change, session: Session) -> tuple[FieldChange, ...]:
    """Return the fields in which the two sides of a change differ; none for an item that was added or removed."""
    before, after = change.before, change.after
    if before is None or after is None:
        return ()
    if isinstance(before, Session) and isinstance(after, Session):
        pairs = [(path, get_field(before, path), get_field(after, path)) for path in PATHS]
    else:
        names: Sequence[str] = [name for name in type(before).__struct_fields__ if name not in _ITSELF]
        pairs = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return tuple(
        FieldChange(field_told(path), value_told(old, session), value_told(new, session))
        for path, old, new in pairs
        if old != new
    )
