"""Entries as told: what people saw at a moment, side by side, so that none takes the place of another."""

from collections.abc import Iterator, Mapping

from facilitator.documents.escape import block, inline
from facilitator.documents.layout import bullets, labelled, section, stacked
from facilitator.documents.references import References
from facilitator.documents.tables import table
from facilitator.model.meeting_items import Account
from facilitator.model.session import Entry, Session
from facilitator.model.text import one_line

NOT_NAMED = "Somebody"
"""Who tells, when that is not known."""

_ASKED = (
    ("Saw", "seen"),
    ("Took it to mean", "meant"),
    ("Expected next", "expected"),
    ("Options on the table", "options"),
)


def as_told(session: Session, references: References) -> str:
    """Return a part for each entry of which somebody told, in reading order; accounts without a word are left out."""
    told: dict[str, list[Account]] = {}
    for account in session.accounts:
        if any(one_line(getattr(account, field)) for _, field in _ASKED):
            told.setdefault(account.entry, []).append(account)
    names = {participant.id: inline(participant.text) for participant in session.participants}
    return stacked(
        section(_heading(entry, references), *_accounts(told[entry.id], names, references), level=3)
        for entry in session.timeline
        if entry.id in told
    )


def _heading(entry: Entry, references: References) -> str:
    at, text = references.time(entry.at), inline(entry.text)
    return f"As told at {at}: {text}" if text else f"As told at {at}"


def _accounts(accounts: list[Account], names: Mapping[str, str], references: References) -> Iterator[str]:
    tellers = [(names.get(each.teller) or NOT_NAMED) + references.mark(each.id) for each in accounts]
    if len(accounts) == 1:
        yield labelled("As told by", tellers[0])
        yield bullets(labelled(name, block(getattr(accounts[0], field))) for name, field in _ASKED)
        return
    rows = ((name, *(inline(getattr(each, field)) for each in accounts)) for name, field in _ASKED)
    yield table(("As told by", *tellers), [row for row in rows if any(row[1:])])
