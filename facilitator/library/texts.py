"""What can be found in a session: its texts, each with the item that it stands in."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from facilitator.library.words import indexable
from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.meeting_items import Account
from facilitator.model.private import published
from facilitator.model.session import Action, Entry, Factor, Lesson, Parked, Question, ResponseNote, Session, Why


class Column(StrEnum):
    """The columns of the index, which weigh differently when sessions are ranked."""

    TITLE = "title"
    ABOUT = "about"
    SUMMARY = "summary"
    CAUSES = "causes"
    ACTIONS = "actions"
    BODY = "body"


WEIGHTS: dict[Column, float] = {
    Column.TITLE: 8.0,
    Column.ABOUT: 4.0,
    Column.SUMMARY: 3.0,
    Column.CAUSES: 2.0,
    Column.ACTIONS: 1.0,
    Column.BODY: 1.0,
}
"""How much a word counts by the column in which it stands."""

TIERS: tuple[tuple[Column, ...], ...] = ((Column.TITLE,), (Column.TITLE, Column.ABOUT, Column.SUMMARY))
"""In which columns all words must stand for a session to come first, or second, where there is a crowd of them."""

CROWD = 1_000
"""From how many sessions on it says nothing how often each has a word: they come by tier, the newest first in each."""

BOUNDARY = " \xad "
"""What stands between two texts of a column, a word that no text has: no phrase reaches from one into the next."""


class Piece(NamedTuple):
    """One text of a session. `kind` says what it is ("title", "entry", "why"); `item` is the id of its item, if any."""

    kind: str
    item: str
    text: str


class _Source(NamedTuple):
    kind: str
    column: Column
    fields: tuple[str, ...]


_OF_SESSION = (
    _Source("title", Column.TITLE, ("title",)),
    _Source("service", Column.ABOUT, ("services",)),
    _Source("tag", Column.ABOUT, ("tags",)),
    _Source("cause", Column.ABOUT, ("cause",)),
    _Source("summary", Column.SUMMARY, ("summary",)),
    _Source("trigger", Column.SUMMARY, ("trigger",)),
    _Source("resolution", Column.SUMMARY, ("resolution",)),
    _Source("impact", Column.SUMMARY, ("impact.prose", "impact.features", "impact.regions")),
    _Source("detection", Column.BODY, ("detection.prose", "detection.faster")),
    _Source("response", Column.BODY, ("response.runbooks", "response.command", "response.communication")),
)
_OF_ITEMS: dict[type[Item], _Source] = {
    Why: _Source("why", Column.CAUSES, ("text",)),
    Factor: _Source("factor", Column.CAUSES, ("text", "no_action")),
    Action: _Source("action", Column.ACTIONS, ("text", "ticket", "note", "effect")),
    Entry: _Source("entry", Column.BODY, ("text", "source")),
    Lesson: _Source("lesson", Column.BODY, ("text",)),
    ResponseNote: _Source("response", Column.BODY, ("text",)),
    Question: _Source("question", Column.BODY, ("text", "answer")),
    Parked: _Source("parked", Column.BODY, ("text", "outcome")),
    Account: _Source("account", Column.BODY, ("seen", "meant", "expected", "options")),
}
NOT_SEARCHED = frozenset(LISTS) - _OF_ITEMS.keys()
"""Kinds of items in which nothing is searched: who took part, the running of meetings, and what is private."""

_SESSION_GETTERS = [(each, attrgetter(*each.fields)) for each in _OF_SESSION]
_ITEM_GETTERS = [
    (LISTS[kind], each, len(each.fields) > 1, attrgetter(*each.fields)) for kind, each in _OF_ITEMS.items()
]


def pieces(session: Session) -> Iterator[Piece]:
    """Yield the texts of a session in which words are searched, those of the header first. None of them is private."""
    for _, piece in placed_pieces(session):
        yield piece


def placed_pieces(session: Session) -> Iterator[tuple[Column, Piece]]:
    """Yield the texts of a session, each with its column."""
    session = published(session)
    for source, values in _SESSION_GETTERS:
        found = values(session)
        for text in _texts(found if len(source.fields) > 1 else (found,)):
            yield source.column, Piece(source.kind, "", text)
    for kind, source in _OF_ITEMS.items():
        for item in getattr(session, LISTS[kind]):
            for field in source.fields:
                text = getattr(item, field)
                if text:
                    yield source.column, Piece(source.kind, item.id, text)


def columns(session: Session) -> tuple[str, ...]:
    """Return the text of each column of the index, in their order, the words in it as `words.indexable` has them.

    It has the texts of `placed_pieces`, and takes a fifth of the time.
    """
    session = published(session)
    found: dict[Column, list[str]] = {column: [] for column in Column}
    for source, values in _SESSION_GETTERS:
        value = values(session)
        found[source.column] += _texts(value if len(source.fields) > 1 else (value,))
    for name, source, several, values in _ITEM_GETTERS:
        items = getattr(session, name)
        if items:
            texts: Iterator[Any] = chain.from_iterable(map(values, items)) if several else map(values, items)
            found[source.column] += filter(None, texts)
    return tuple(_joined(texts) for texts in found.values())


def _joined(texts: list[str]) -> str:
    return BOUNDARY.join(texts if all(map(str.isascii, texts)) else map(indexable, texts))


def _texts(values: tuple[Any, ...]) -> Iterator[str]:
    for value in values:
        if isinstance(value, tuple):
            yield from (each for each in value if each)
        elif value:
            yield value
