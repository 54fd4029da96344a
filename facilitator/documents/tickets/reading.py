"""Tickets that come back from a tracker: which action has which, read from whatever text names both."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

import msgspec

from facilitator.documents.tickets.ticket import MARK
from facilitator.model import edits
from facilitator.model.session import Action, Session
from facilitator.model.text import clean, one_line

LONGEST = 10_000_000
"""How many characters of a file are read."""

_REFERENCE = re.compile(re.escape(MARK) + r"([0-9A-Za-z]{1,64})")
_ADDRESS = re.compile(r"https?://[^\s\"'<>()\[\]]{1,1000}")
_KEY = re.compile(r"(?<![\w/-])[A-Z][A-Z0-9_]{0,30}-\d{1,12}(?![\w-])")
_KEY_COLUMNS = ("issue key", "key", "identifier", "url", "web url", "link", "id", "issue id", "iid")


class Noted(msgspec.Struct, frozen=True):
    """What came of reading tickets: the session, the actions that have another ticket now, and what found no action.

    `known` counts the actions that had their ticket already.
    """

    session: Session
    changed: tuple[Action, ...]
    known: int
    unplaced: tuple[str, ...]


def noted(session: Session, text: str) -> Noted:
    """Return the session with the tickets noted that a text names: an export of a tracker, or what a script printed.

    An action is known by its reference. Of a table with headings, the ticket is in the column for it; of other text, it
    is the address, or else the key, that follows the reference on its line, or stands before it.
    """
    known = {each.id: each for each in session.actions}
    changed: dict[str, Action] = {}
    unplaced: list[str] = []
    same = 0
    for action_id, ticket in _pairs(text[:LONGEST]):
        action = known.get(action_id)
        if action is None:
            unplaced.append(f"{MARK}{action_id} {ticket}")
        elif action.ticket == ticket:
            same += action_id not in changed
        else:
            session = edits.change(session, action_id, ticket=ticket)
            known[action_id] = changed[action_id] = edits.get(session, Action, action_id)
    return Noted(session, tuple(changed.values()), same, tuple(dict.fromkeys(unplaced)))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    records = _records(text)
    if records is not None:
        yield from records
        return
    for line in text.splitlines():
        found = _REFERENCE.search(line)
        if found is not None and (ticket := _ticket(line[found.end() :]) or _ticket(line[: found.start()])):
            yield found[1], ticket


def _ticket(text: str) -> str:
    found = _ADDRESS.search(text) or _KEY.search(text)
    return one_line(clean(found[0])).rstrip(".,;") if found is not None else ""


def _records(text: str) -> list[tuple[str, str]] | None:
    """Return the pairs of a table with headings, or None when a text is none."""
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
    except csv.Error:
        return None
    if not rows:
        return None
    headings = [each.strip().casefold() for each in rows[0]]
    place = next((headings.index(name) for name in _KEY_COLUMNS if name in headings), None)
    if place is None or len(headings) < 2:
        return None
    return [pair for row in rows[1:] if (pair := _pair(row, place)) is not None]


def _pair(row: Sequence[str], place: int) -> tuple[str, str] | None:
    reference = next((found for cell in row if (found := _REFERENCE.search(cell)) is not None), None)
    if reference is None or place >= len(row):
        return None
    cell = one_line(clean(row[place]))
    ticket = _ticket(cell) or cell
    return (reference[1], ticket) if ticket else None
