"""The texts of a session, each with the place that it has there, in reading order."""

from collections.abc import Iterator
from typing import Any

import msgspec

from facilitator.model.item import Item
from facilitator.model.meeting_items import Account, Box, Meeting
from facilitator.model.private import published
from facilitator.model.session import (
    Action,
    Entry,
    Factor,
    Lesson,
    Parked,
    Participant,
    Question,
    ResponseNote,
    Session,
    Why,
)


class Text(msgspec.Struct, frozen=True):
    """One text of a session: the id of its item, or empty for the session itself, the name of its field, the words.

    `item` is the item itself, or None.
    """

    about: str
    field: str
    text: str
    item: Item | None = None


FIELDS = (
    "title", "summary", "impact.prose", "impact.revenue", "detection.prose", "detection.faster", "response.runbooks",
    "response.command", "response.communication", "trigger", "resolution",
)  # fmt: skip
"""The fields of the session itself that are prose, in the order of the document but for the timeline."""

_BEFORE_THE_TIMELINE = FIELDS[:4]

_ITEMS: tuple[tuple[type[Item], str, tuple[str, ...]], ...] = (
    (Entry, "timeline", ("text", "source")),
    (Account, "accounts", ("seen", "meant", "expected", "options")),
    (ResponseNote, "response_notes", ("text",)),
    (Why, "whys", ("text",)),
    (Factor, "factors", ("text", "no_action")),
    (Lesson, "lessons", ("text",)),
    (Action, "actions", ("text", "note", "effect")),
    (Parked, "parking_lot", ("text", "outcome")),
    (Question, "questions", ("text", "answer")),
    (Participant, "participants", ("text", "role")),
    (Meeting, "meetings", ("text",)),
    (Box, "boxes", ("text",)),
)


def texts(session: Session) -> Iterator[Text]:
    """Return the texts of what a session publishes, in reading order; private notes and accounts are nobody's business.

    Addresses of evidence follow the words of their entry, each as the field "links".
    """
    shown = published(session)
    yield from _own(shown, _BEFORE_THE_TIMELINE)
    for _, name, fields in _ITEMS:
        if name == "response_notes":
            yield from _own(shown, FIELDS[len(_BEFORE_THE_TIMELINE) :])
        for item in getattr(shown, name):
            yield from _of(item, fields)


def texts_of(item: Item) -> Iterator[Text]:
    """Return the texts of one item; nothing for one that is not published."""
    if isinstance(item, Account) and item.private:
        return
    for kind, _, fields in _ITEMS:
        if isinstance(item, kind):
            yield from _of(item, fields)


def reading_order(session: Session) -> dict[tuple[str, str], int]:
    """Return the place of each text in reading order, by its item and its field; of an item itself by an empty field.

    The session itself comes first.
    """
    order: dict[tuple[str, str], int] = {("", ""): 0}
    for number, text in enumerate(texts(session), 1):
        order.setdefault((text.about, ""), number)
        order.setdefault((text.about, text.field), number)
    return order


def _own(session: Session, fields: tuple[str, ...]) -> Iterator[Text]:
    for path in fields:
        name, _, rest = path.partition(".")
        value: Any = getattr(session, name)
        text: str = getattr(value, rest) if rest else value
        if text:
            yield Text("", path, text)


def _of(item: Item, fields: tuple[str, ...]) -> Iterator[Text]:
    for field in fields:
        if text := getattr(item, field):
            yield Text(item.id, field, text, item)
    if isinstance(item, Entry):
        for link in item.links:
            yield Text(item.id, "links", link, item)
