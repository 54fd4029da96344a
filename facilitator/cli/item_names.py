"""What names an item of a session on the command line: its number in its list, or how its id begins."""

import re

from facilitator.cli.errors import Failure
from facilitator.model.edits import LISTS, items
from facilitator.model.review_items import Comment
from facilitator.model.session import Session
from facilitator.review.comments import threads
from facilitator.review.form_words import PLACES
from facilitator.settings.wording import did_you_mean, quoted

_LISTS = {"A": "actions", "F": "factors", "T": "timeline", "W": "whys", "L": "lessons", "Q": "questions"}
_NUMBERED = re.compile(r"([A-Z])([1-9]\d{0,5})", re.IGNORECASE)


def item_called(session: Session, name: str) -> str:
    """Return the id of an item that is named by its number in its list, or by how its id begins. Raises Failure."""
    numbered = _NUMBERED.fullmatch(name)
    if numbered is not None and numbered[1].upper() in _LISTS:
        there = getattr(session, _LISTS[numbered[1].upper()])
        if int(numbered[2]) <= len(there):
            return str(there[int(numbered[2]) - 1].id)
    every: list[str] = [each.id for field in LISTS.values() for each in getattr(session, field)]
    return _beginning(name, every, "item", "A3, F2 or T5")


def place_called(session: Session, name: str) -> tuple[str, str]:
    """Return what a comment is about: the id of an item or the name of a field, the other empty. Raises Failure."""
    fields = {*PLACES.values(), "title", "trigger", "resolution", "severity", "services"}
    if name.casefold() in fields:
        return "", name.casefold()
    try:
        return item_called(session, name), ""
    except Failure as error:
        raise Failure(f"{error.message}{did_you_mean(name, fields) or ', or a section such as timeline'}") from error


def comment_called(session: Session, name: str) -> str:
    """Return the id of a comment that is named by its number, such as C2, or by how its id begins. Raises Failure."""
    numbered = _NUMBERED.fullmatch(name)
    begun = threads(session)
    if numbered is not None and numbered[1].upper() == "C" and int(numbered[2]) <= len(begun):
        return begun[int(numbered[2]) - 1].comment.id
    return _beginning(name, [each.id for each in items(session, Comment)], "comment", "C1")


def _beginning(name: str, ids: list[str], what: str, example: str) -> str:
    found = [each for each in ids if name and each.casefold().startswith(name.casefold())]
    if len(found) != 1:
        why = f"may be one of several {what}s" if found else f"is no {what} of this session"
        raise Failure(f"{quoted(name)} {why}; write its id, or its number such as {example}")
    return found[0]
