"""Merging an edited document into its session, which others may have gone on with since it was written."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from facilitator.documents.roundtrip.reading import Document, Outcome, read_back
from facilitator.model.ancestry import ancestor
from facilitator.model.changes import PATHS, Change
from facilitator.model.edits import LISTS, get_field, ordered, set_field
from facilitator.model.item import Item
from facilitator.model.meeting_items import Account
from facilitator.model.merge import merge
from facilitator.model.private import published
from facilitator.model.session import Session


class Merged(msgspec.Struct, frozen=True):
    """The session with what a document brings, and how the document was read."""

    session: Session
    outcome: Outcome


def merged(
    document: Document,
    base: Session,
    now: Session,
    at: datetime,
    taken: Iterable[Iterable[Change]] = (),
    *,
    by: str = "",
) -> Merged:
    """Return the session as it is `now` with what was edited in a document that was written from `base`.

    `by` is who merges it at the moment `at`, and says what becomes a comment. What of the session is private was not in
    the document: it stays. `taken` is what earlier readings of the same document changed, which is nothing new.
    """
    outcome = read_back(document, with_private(published(base), now), at, by=by)
    known = without_news(outcome.base, outcome.session, taken)
    return Merged(merge(known, now, outcome.session), outcome)


def merged_without_base(
    document: Document, now: Session, at: datetime, past: Any, headers: Iterable[Session], *, by: str = ""
) -> Merged:
    """Return the session with what a document has otherwise, of which it is not known from which state it was made.

    `past` holds the values that items had, by id, and `headers` those of the session's own fields, as
    `ancestry.ancestor` takes them. Nothing is deleted, and where both may have been changed both are kept.
    """
    outcome = read_back(document, now, at, by=by, careful=True)
    base = ancestor(outcome.session, now, past, tuple(headers))
    return Merged(merge(base, now, outcome.session), outcome)


def with_private(base: Session, now: Session) -> Session:
    """Return a session that was published, with what is private in it now.

    Accounts are not added: whoever deletes an entry in a document does not know of what is told of it in private, and
    merging keeps an entry of which there is more.
    """
    shown = published(now)
    for kind, name in LISTS.items():
        ours = {item.id for item in getattr(shown, name)} | {item.id for item in getattr(base, name)}
        private = [item for item in getattr(now, name) if item.id not in ours]
        if private and kind is not Account:
            base = msgspec.structs.replace(base, **{name: ordered((*getattr(base, name), *private))})
    return base


def without_news(base: Session, theirs: Session, taken: Iterable[Iterable[Change]]) -> Session:
    """Return the base for merging in which what earlier readings took, and the document still has, is no news."""
    for changes in taken:
        for change in changes:
            part = change.part
            if isinstance(part, Session):
                base = _header_known(base, theirs, change)
            else:
                base = _item_known(base, theirs, part, change)
    return base


def _header_known(base: Session, theirs: Session, change: Change) -> Session:
    before, after = change.before, change.after
    if isinstance(before, Session) and isinstance(after, Session):
        for path in PATHS:
            value = get_field(after, path)
            if value != get_field(before, path) and value == get_field(theirs, path):
                base = set_field(base, path, value)
    return base


def _item_known(base: Session, theirs: Session, part: Item, change: Change) -> Session:
    name = LISTS[type(part)]
    there = {item.id: item for item in getattr(theirs, name)}.get(part.id)
    items = {item.id: item for item in getattr(base, name)}
    if there is None and change.after is None:
        items.pop(part.id, None)
    elif there is not None and isinstance(change.after, Item):
        known = items.get(part.id)
        items[part.id] = _known(known, there, change) if known is not None else there
    return msgspec.structs.replace(base, **{name: ordered(tuple(items.values()))})


def _known(known: Item, there: Item, change: Change) -> Item:
    """Return an item of the base with the fields that a document had changed in it, and still has so."""
    before, after = change.before, change.after
    values = {
        name: getattr(there, name)
        for name in there.__struct_fields__
        if getattr(there, name) == getattr(after, name)
        and (before is None or getattr(after, name) != getattr(before, name))
    }
    return msgspec.structs.replace(known, **values)
