"""Accounts of one entry: what each person tells, side by side, and what is asked next."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

import msgspec
from rich.cells import set_cell_size

from facilitator.app.drawing import fitted, wrapped
from facilitator.app.filing import Edit
from facilitator.model import edits
from facilitator.model.account_questions import QUESTIONS
from facilitator.model.meeting_items import Account
from facilitator.model.meetings import accounts_of
from facilitator.model.session import Session

LABELS: dict[str, str] = {
    "seen": "saw",
    "meant": "took it to mean",
    "expected": "expected next",
    "options": "options",
}
_SOMEBODY = "somebody"
_NOTHING = "·"
_NARROWEST = 26
"""Below so many cells a column, accounts stand below each other."""

Told = tuple[str, str]
"""A piece of text and its style."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked now: of which entry, whom, by the id of a participant or "" for somebody, and which question."""

    entry: str
    teller: str
    field: str


def name_of(session: Session, teller: str) -> str:
    """Return the name of somebody who tells; "somebody" when they are not named."""
    person = next((each for each in session.participants if each.id == teller), None)
    return person.text if person is not None else _SOMEBODY


def account_of(session: Session, entry_id: str, teller: str) -> Account | None:
    """Return what one person told of an entry, or None."""
    return next((each for each in accounts_of(session, entry_id) if each.teller == teller), None)


def told(session: Session, asked: Asked, text: str, new_id: Callable[[], str]) -> Edit:
    """Return the session with the answer to what was asked. An account in which nothing is left is removed."""
    account = account_of(session, asked.entry, asked.teller)
    words = f"note what {name_of(session, asked.teller)} tells"
    answer = {asked.field: text}
    if account is None:
        account = Account(id=new_id(), entry=asked.entry, teller=asked.teller)
        told = edits.add(session, msgspec.structs.replace(account, **answer)) if text else session
        return Edit(told, words, asked.entry)
    account = msgspec.structs.replace(account, **answer)
    empty = not any(getattr(account, name) for name in QUESTIONS)
    return Edit(edits.remove(session, account.id) if empty else edits.put(session, account), words, asked.entry)


def account_lines(session: Session, asked: Asked, width: int, named: Callable[[str], str] = str) -> list[list[Told]]:
    """Return the accounts of an entry as lines of at most `width` cells; first that of the person who is asked.

    What is asked is marked. `named` gives what is shown of a text, such as roles in place of names.
    """
    accounts = {each.teller: each for each in accounts_of(session, asked.entry)}
    first = accounts.pop(asked.teller, Account(entry=asked.entry, teller=asked.teller))
    shown = [first, *accounts.values()]
    columns = max(1, min(len(shown), width // _NARROWEST))
    lines: list[list[Told]] = []
    for start in range(0, len(shown), columns):
        beside = shown[start : start + columns]
        heads = [f"{name_of(session, each.teller)}{'  (private)' if each.private else ''}" for each in beside]
        lines += [[("", "")]] if lines else []
        lines += _beside(beside, [named(head) for head in heads], asked, width // len(beside) - 2, named)
    return lines


def _beside(
    accounts: list[Account], heads: list[str], asked: Asked, width: int, named: Callable[[str], str]
) -> list[list[Told]]:
    """Return accounts as columns of `width` cells."""
    of_asked = [each.teller == asked.teller for each in accounts]
    styles = ["bold $primary" if here else "bold" for here in of_asked]
    lines: list[list[Told]] = [
        [(f"{fitted(head, width)}  ", style) for head, style in zip(heads, styles, strict=True)],
    ]
    for name, label in LABELS.items():
        marks = [here and name == asked.field for here in of_asked]
        labels = [(f"{'›' if mark else ' '} {label}", "$accent" if mark else "$secondary") for mark in marks]
        texts = [wrapped(named(getattr(each, name)) or _NOTHING, width - 2) for each in accounts]
        lines.append([("", "")])
        lines.append([(set_cell_size(text, width + 2), style) for text, style in labels])
        lines += [[_piece(text, width) for text in row] for row in zip_longest(*texts, fillvalue="")]
    return lines


def _piece(text: str, width: int) -> Told:
    return f"  {fitted(text, width - 2)}  ", "$secondary" if text == _NOTHING else ""
