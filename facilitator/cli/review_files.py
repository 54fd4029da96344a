"""Files for reviewers: written for one, and read back into their sessions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from shlex import quote
from typing import NamedTuple

from facilitator.cli.errors import Failure
from facilitator.cli.form_files import form_text
from facilitator.cli.output import note
from facilitator.cli.review_edits import save
from facilitator.cli.review_told import tell
from facilitator.cli.sources import shown
from facilitator.documents.review_form import review_form
from facilitator.intake.report import Report
from facilitator.model.review_items import ApprovedPart
from facilitator.model.session import Session
from facilitator.model.text import handle, one_line
from facilitator.review.approvals import digest
from facilitator.review.comments import Signed, name_of, same_name
from facilitator.review.filing import Outcome, UnsignedError, with_filled
from facilitator.review.form_words import Head
from facilitator.review.forms import Written, forms_in, heads_in
from facilitator.store.errors import UnknownIdError
from facilitator.store.history import state
from facilitator.store.ids import new_id
from facilitator.store.opening import Opened
from facilitator.store.steps import deleted
from facilitator.store.store import Store

LABEL = "read a reviewer's file"

Redact = Callable[[Session, str], Session | None]
"""Gives a session as the readers of a profile get it; None when no profile has that name. Without a name, as it is."""


class Reading(NamedTuple):
    """How files are read: `by` is whose they are where that is not said in them."""

    store: Store
    by: str
    redact: Redact
    dry_run: bool


class Read(NamedTuple):
    """What came of one file in one session."""

    session: str
    file: str
    outcomes: tuple[Outcome, ...]


def file_for(session: Session, who: str, profile: str, redact: Redact) -> bytes:
    """Return the file for somebody, or for anybody, with the boxes of what they are asked to approve and have not.

    With a profile it holds what its readers get.
    """
    name = name_of(who)
    asked = [each for each in session.review_requests if same_name(each.text, name)]
    parts = tuple(part for part in ApprovedPart if any(each.part is part and each.answered is None for each in asked))
    if name and not asked:
        asking = f"facilitator review {session.id} --ask {quote(handle(name))}"
        note(f"{handle(name)} was not asked yet; {asking} does")
    head = Head(
        id=new_id(),
        session=session.id,
        made=datetime.now(UTC),
        name=name,
        until=session.review_until,
        parts=parts,
        profile=profile,
    )
    return review_form(redact(session, profile) or session, head).encode()


def read_files(reading: Reading, files: Sequence[str], meant: str) -> list[Read]:
    """Read files into the sessions that they are about, and say what came of each; return that.

    `meant` is the id of the session that the caller has in mind, or empty. Raises Failure for a file that cannot be
    read; those before it are read.
    """
    return [read for file in dict.fromkeys(files) for read in _file(reading, file, meant)]


def _file(reading: Reading, file: str, meant: str) -> Iterator[Read]:
    store, report = reading.store, Report()
    text = form_text(file, "file for a reviewer", report)
    for skipped in report.skipped:
        note(f"{shown(file)}: {skipped.reason}")
    heads = heads_in(text)
    if not heads:
        raise Failure(
            f"{shown(file)} is no file for a reviewer: the remark with which one begins, <!-- review:form ... -->, is "
            f"missing"
        )
    for session_id in dict.fromkeys(head.session for head in heads):
        try:
            opened = store.open(session_id)
        except UnknownIdError as error:
            raise Failure(
                f"{shown(file)} is about the session {one_line(session_id)}, which is not in {store.path}; "
                f"nothing of it was read"
            ) from error
        if meant and meant != session_id:
            note(f"{shown(file)} is about another session, '{one_line(opened.session.title)}': it was read into that")
        yield _read(reading, opened, file, text)


def _read(reading: Reading, opened: Opened, file: str, text: str) -> Read:
    store, session = reading.store, opened.session
    found = [
        each
        for each in forms_in(text, lambda head: _written(store, session, head, reading.redact))
        if each.head.session == session.id
    ]
    outcomes: list[Outcome] = []
    gone = deleted(store.history(session.id))
    for filled in found:
        try:
            outcome = with_filled(session, filled, Signed(reading.by, datetime.now(UTC)), gone)
        except UnsignedError as error:
            raise Failure(
                f"{shown(file)}: {error}; write the name into the file, or give it here with --by NAME"
            ) from error
        session = outcome.session
        outcomes.append(outcome)
    if not reading.dry_run and session != opened.session:
        save(store, opened, [(LABEL, session)])
    tell(file, found, outcomes, dry_run=reading.dry_run)
    return Read(session.id, file, tuple(outcomes))


def _written(store: Store, session: Session, head: Head, redact: Redact) -> Written:
    """Return the file as it was written: made anew of the session as it was then, or else of what it is now."""
    shown_now = redact(session, head.profile)
    if shown_now is not None and _is_of(text := review_form(shown_now, head), head):
        return Written(text, is_same=True, is_current=True, digests=_digests(session, shown_now))
    before = state([step for step in store.history(session.id) if step.at <= head.made])
    shown_then = redact(before, head.profile) if before is not None else None
    if before is not None and shown_then is not None and _is_of(text := review_form(shown_then, head), head):
        return Written(text, is_same=True, is_current=False, digests=_digests(before, shown_then))
    return Written(review_form(shown_now or session, head), is_same=False, is_current=False)


def _digests(session: Session, shown_to: Session) -> Mapping[str, str]:
    """Return what the digests in a file for the readers of a profile stand for: those of the session itself."""
    return {digest(shown_to, part): digest(session, part) for part in ApprovedPart}


def _is_of(text: str, head: Head) -> bool:
    return [each.text for each in heads_in(text)] == [head.text]
