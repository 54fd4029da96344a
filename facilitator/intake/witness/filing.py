"""A witness form that was filled in becomes part of a session: private accounts, and private notes of the facilitator.

Reading a form again changes nothing. Of one that was edited, only what is new is taken: where the session still says
what was read before, the new words replace that; where somebody changed it since, both stay, one of them as a conflict.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

import msgspec

from facilitator.intake.marks import derived_id
from facilitator.intake.witness.forms import Form
from facilitator.intake.witness.lines import told_in
from facilitator.model import edits
from facilitator.model.account_questions import QUESTIONS
from facilitator.model.changes import Change
from facilitator.model.meeting_items import Account, Note
from facilitator.model.meetings import accounts_of
from facilitator.model.merge import merge
from facilitator.model.phases import Phase
from facilitator.model.session import Conflict, Entry, Participant, Session
from facilitator.model.text import MAX_TEXT, one_line

LABEL = "read a witness form"
"""The label of the step by which forms are read, under which it is found in the history."""

Brought = Mapping[tuple[str, str], Collection[str]]
"""What forms brought before: the texts of each field, by the id of the item and the name of the field."""


class UnnamedError(ValueError):
    """Something was written in a form, and nobody says by whom."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a form: the session, who tells, and the ids of the items that are new or changed.

    `hidden` are accounts that were public, and are private again because of what is new in them. `disputed` is the
    number of texts of which both versions are kept. `removed` is how many accounts and notes were read before and
    removed since: they are left out.
    """

    session: Session
    teller: Participant
    new_teller: bool = False
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    disputed: int = 0
    removed: int = 0


def brought(readings: Iterable[Iterable[Change]]) -> dict[tuple[str, str], set[str]]:
    """Return what the forms brought that were read in some steps of a session, each given by its changes."""
    found: dict[tuple[str, str], set[str]] = {}
    for changes in readings:
        before: dict[tuple[str, str], str] = {}
        kept = list(changes)
        for change in kept:
            item = change.after
            if isinstance(item, Note):
                found.setdefault((item.id, "text"), set()).add(item.text)
            if not isinstance(item, Account):
                continue
            for field in QUESTIONS:
                was = getattr(change.before, field, "") or ""
                before[item.id, field] = was
                if getattr(item, field) != was:
                    found.setdefault((item.id, field), set()).add(getattr(item, field))
        for change in kept:
            item = change.after
            if isinstance(item, Conflict) and isinstance(item.other, str):
                key = (item.about, item.field)
                if item.other != before.get(key):
                    found.setdefault(key, set()).add(item.other)
    return found


def teller_of(session: Session, form: Form, name: str = "") -> Participant:
    """Return who filled in a form: a participant of the session, or somebody new with an id that follows from the name.

    It is whom the form names, else whom it was made for, else `name`. Raises UnnamedError where nobody is named.
    """
    addressee = next((each for each in session.participants if each.id == form.addressee), None)
    said = one_line(form.name) or (addressee.text if addressee else "") or one_line(name)
    if not said:
        raise UnnamedError("nobody says whose account it is")
    plain = _plain(said)
    same = [each for each in session.participants if _plain(each.text) == plain]
    if same:
        return same[0]
    if addressee is not None and not set(plain.split()).isdisjoint(_plain(addressee.text).split()):
        return addressee
    new_id = derived_id("W", "participant", session.id, plain)
    known = next((each for each in session.participants if each.id == new_id), None)
    return known or Participant(id=new_id, text=said)


def with_form(session: Session, form: Form, teller: Participant, before: Brought, today: date) -> Outcome:
    """Return what becomes of a session by a form that `teller` filled in; the same session where nothing is new.

    `before` is what was brought before, see `brought`; `today` is the day of whoever reads the form in.
    """
    new_teller = all(each.id != teller.id for each in session.participants)
    start = edits.add(session, teller) if new_teller else session
    base, theirs, removed = _with_accounts(start, form, teller, before)
    merged = merge(base, start, theirs)
    conflicts = {each.id for each in merged.conflicts} - {each.id for each in session.conflicts}
    disputed = {each.about for each in merged.conflicts if each.id in conflicts}
    old = {each.id: each for each in session.accounts}
    new = [each for each in merged.accounts if each != old.get(each.id) or each.id in disputed]
    hidden = [each.id for each in new if not each.private]
    for each in hidden:
        merged = edits.change(merged, each, private=True)
    notes: list[str] = []
    for note in _notes(merged, form, teller, today):
        if edits.find(merged, note.id) is not None:
            continue
        if (note.id, "text") in before:
            removed += 1
            continue
        merged = edits.add(merged, note)
        notes.append(note.id)
    if not new and not notes:
        return Outcome(session=session, teller=teller, removed=removed)
    return Outcome(
        session=merged,
        teller=teller,
        new_teller=new_teller,
        added=tuple(each.id for each in new if each.id not in old),
        changed=tuple(each.id for each in new if each.id in old),
        hidden=tuple(hidden),
        notes=tuple(notes),
        disputed=len(conflicts),
        removed=removed,
    )


def _with_accounts(session: Session, form: Form, teller: Participant, before: Brought) -> tuple[Session, Session, int]:
    """Return the session as it was when the form was read before, and as the form says; and how many are left out."""
    base = theirs = session
    removed = 0
    for entry_id, texts in _by_entry(session, form).items():
        new_id = derived_id("W", "account", session.id, teller.id, entry_id)
        account = _account(session, entry_id, teller, new_id)
        if account is None:
            if all(text in before.get((new_id, field), ()) for field, text in texts.items()):
                removed += 1
            else:
                account = Account(id=new_id, entry=entry_id, teller=teller.id, private=True)
                theirs = edits.add(theirs, msgspec.structs.replace(account, **texts))
            continue
        kept = {each.other for each in session.conflicts if each.about == account.id and isinstance(each.other, str)}
        was: dict[str, str] = {}
        said: dict[str, str] = {}
        for field, text in texts.items():
            shown, known = getattr(account, field), before.get((account.id, field), ())
            if text not in (shown, *kept) and text not in known:
                was[field], said[field] = (shown if shown in known else ""), text
        base = edits.change(base, account.id, **was)
        theirs = edits.change(theirs, account.id, **said)
    return base, theirs, removed


def _by_entry(session: Session, form: Form) -> dict[str, dict[str, str]]:
    """Return the answers about entries that are in the session, by the ids of these and by question."""
    entries = {each.id for each in session.timeline}
    found: dict[str, dict[str, str]] = {}
    for answer in form.answers:
        if answer.entry in entries and answer.field in QUESTIONS:
            found.setdefault(answer.entry, {})[answer.field] = answer.text
    return found


def _account(session: Session, entry_id: str, teller: Participant, new_id: str) -> Account | None:
    """Return what is in the session already of what a person told of an entry, whoever filed it."""
    there = accounts_of(session, entry_id)
    own = [each for each in there if each.id == new_id] or [each for each in there if each.teller == teller.id]
    return own[0] if own else None


def _notes(session: Session, form: Form, teller: Participant, today: date) -> Iterator[Note]:
    """Yield private notes of all that was written and is neither an account of an entry nor a line with a time."""
    entries = {each.id for each in session.timeline}
    for each in told_in(form, today):
        if each.stamp is None:
            yield _note(form, teller, "tells:", each.text)
    for answer in form.answers:
        if answer.entry not in entries:
            moment = form.headings.get(answer.entry) or "an entry that is not there any more"
            yield _note(form, teller, f"on {moment}: {QUESTIONS[answer.field]}", answer.text)
    if form.asked:
        yield _note(form, teller, "on what we should have asked:", form.asked)
    for text in form.beside:
        yield _note(form, teller, "wrote beside the form:", text)


def _note(form: Form, teller: Participant, where: str, text: str) -> Note:
    note_id = derived_id("W", "note", form.id, teller.id, where, text)
    return Note(id=note_id, phase=str(Phase.TIMELINE), text=f"{teller.text} {where} {text}"[:MAX_TEXT])


def key_moments(session: Session, teller: str, most: int = 8) -> tuple[Entry, ...]:
    """Return the entries about which a form asks, in order: those with milestones, and those of which others told.

    `teller` is the id of whom the form is for. Where nothing is marked and told, these are the first and the last.
    """
    others = {each.entry for each in session.accounts if each.teller != teller}
    marked = [each for each in session.timeline if each.milestones]
    told = [each for each in session.timeline if each.id in others and not each.milestones]
    chosen = [*marked, *told][:most] or [*session.timeline[:1], *session.timeline[-1:]]
    ids = {each.id for each in chosen}
    return tuple(each for each in session.timeline if each.id in ids)


def _plain(name: str) -> str:
    return one_line(name).removeprefix("@").casefold()
