"""Tickets that come back from a tracker: which action has which, read from whatever text names both."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from facilitator.documents.tickets.ticket import MARK
from facilitator.model import edits
from facilitator.model.session import Action, Session
from facilitator.model.text import clean, one_line

LONGEST = 10_000_000
"""How large a file may be that is read, in bytes."""

_REFERENCE = re.compile(re.escape(MARK) + r"([0-9A-Za-z]{1,64})")
_ADDRESS = re.compile(r"https?://[^\s\"'<>()\[\]]{1,1000}")
_KEY = re.compile(r"(?<![\w/-])[A-Z][A-Z0-9_]{0,30}-\d{1,12}(?![\w-])")
_KEY_NAMES = ("key", "identifier", "html_url", "web_url", "webUrl", "url")
_KEY_COLUMNS = ("issue key", "key", "identifier", "url", "web url", "link", "id", "issue id", "iid")


class Noted(msgspec.Struct, frozen=True):
    """What came of reading tickets: the session, the actions that have another ticket now, and what found no action.

    `known` counts the actions that had their ticket already. `replaced` are the actions whose earlier ticket gave way,
    as they were, each with its new one; `without` are the references for which the text names no ticket.
    """

    session: Session
    changed: tuple[Action, ...]
    known: int
    unplaced: tuple[str, ...]
    replaced: tuple[tuple[Action, str], ...]
    without: tuple[str, ...]


def noted(session: Session, text: str) -> Noted:
    """Return the session with the tickets noted that a text names: an export of a tracker, or what a script printed.

    An action is known by its reference. Of a table with headings, the ticket is in the column for it; of JSON, in the
    object that has the reference; of other text, it is the address, or else the key, that follows the reference on its
    line, or stands before it.
    """
    text = text.removeprefix("\ufeff")
    before = {each.id: each for each in session.actions}
    pairs = list(_pairs(text))
    named = dict(pairs)
    changed = {each: ticket for each, ticket in named.items() if each in before and before[each].ticket != ticket}
    for action_id, ticket in changed.items():
        session = edits.change(session, action_id, ticket=ticket)
    return Noted(
        session=session,
        changed=tuple(edits.get(session, Action, each) for each in changed),
        known=sum(each in before and each not in changed for each in named),
        unplaced=tuple(dict.fromkeys(f"{MARK}{each} {ticket}" for each, ticket in pairs if each not in before)),
        replaced=tuple((before[each], ticket) for each, ticket in changed.items() if before[each].ticket),
        without=tuple(f"{MARK}{each}" for each in dict.fromkeys(_REFERENCE.findall(text)) if each not in named),
    )


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    found = _objects(text)
    if found is None:
        found = _records(text)
    if found is not None:
        yield from found
        return
    for line in text.splitlines():
        before, *named = _REFERENCE.split(line)
        if len(named) == 2 and (ticket := _ticket(named[1]) or _ticket(before)):  # of several, whose is the ticket?
            yield named[0], ticket


def _ticket(text: str) -> str:
    found = _ADDRESS.search(text) or _KEY.search(text)
    return one_line(clean(found[0])).rstrip(".,;") if found is not None else ""


def _objects(text: str) -> list[tuple[str, str]] | None:
    """Return the pairs in JSON: the ticket of an object is in it, the reference anywhere below. None for other text."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    pairs: list[tuple[str, str]] = []
    try:
        _walk(json.loads(text), pairs)
    except (ValueError, RecursionError):
        return None
    return pairs


def _walk(value: Any, pairs: list[tuple[str, str]]) -> list[str]:
    """Note the pairs in a value, and return the actions in it that have no ticket yet."""
    if isinstance(value, str):
        return [found[1] for found in _REFERENCE.finditer(value)]
    if isinstance(value, list):
        return [each for inner in value for each in _walk(inner, pairs)]
    if not isinstance(value, dict):
        return []
    actions = [each for inner in value.values() for each in _walk(inner, pairs)]
    ticket = next((_ticket(value[name]) for name in _KEY_NAMES if isinstance(value.get(name), str)), "")
    if not ticket:
        return actions
    pairs += [(each, ticket) for each in actions]
    return []


def _records(text: str) -> list[tuple[str, str]] | None:
    """Return the pairs of a table with headings, or None when a text is none."""
    for delimiter in ",;\t":
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        headings = [each.strip().casefold() for each in rows[0]] if rows else []
        place = next((headings.index(name) for name in _KEY_COLUMNS if name in headings), None)
        if place is not None and len(headings) > 1:
            return [pair for row in rows[1:] if (pair := _pair(row, place)) is not None]
    return None


def _pair(row: Sequence[str], place: int) -> tuple[str, str] | None:
    reference = next((found for cell in row if (found := _REFERENCE.search(cell)) is not None), None)
    if reference is None or place >= len(row):
        return None
    cell = one_line(clean(row[place]))
    ticket = _ticket(cell) or cell
    return (reference[1], ticket) if ticket else None
