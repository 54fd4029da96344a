"""Files for reviewers: written for one, and read back into their sessions."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from facilitator.cli.errors import Failure
from facilitator.cli.form_files import form_text
from facilitator.cli.output import note, say
from facilitator.cli.review_edits import save
from facilitator.cli.sources import STDIN, shown
from facilitator.documents.review_form import review_form
from facilitator.intake.report import Report
from facilitator.model.review_items import ApprovedPart
from facilitator.model.session import Session
from facilitator.model.text import handle, one_line
from facilitator.review.comments import Signed, name_of, same_name
from facilitator.review.filing import Outcome, UnsignedError, with_filled
from facilitator.review.form_words import Head
from facilitator.review.forms import Filled, Written, forms_in, heads_in
from facilitator.store.errors import UnknownIdError
from facilitator.store.history import state
from facilitator.store.ids import new_id
from facilitator.store.opening import Opened
from facilitator.store.steps import deleted
from facilitator.store.store import Store

LABEL = "read a reviewer's file"


class Read(NamedTuple):
    """What came of one file in one session."""

    session: str
    file: str
    outcomes: tuple[Outcome, ...]


def file_for(session: Session, who: str) -> bytes:
    """Return the file for somebody, or for anybody, with the boxes of what they are asked to approve and have not."""
    name = name_of(who)
    asked = [each for each in session.review_requests if same_name(each.text, name)]
    parts = tuple(part for part in ApprovedPart if any(each.part is part and each.answered is None for each in asked))
    if name and not asked:
        note(f"{handle(name)} was not asked yet; facilitator review {session.id} --ask {handle(name)} does")
    head = Head(
        id=new_id(), session=session.id, made=datetime.now(UTC), name=name, until=session.review_until, parts=parts
    )
    return review_form(session, head).encode()


def read_files(store: Store, files: Sequence[str], meant: str, by: str, *, dry_run: bool) -> list[Read]:
    """Read files into the sessions that they are about, and say what came of each; return that.

    `meant` is the id of the session that the caller has in mind, or empty, and `by` whose files they are where that is
    not said in them. Raises Failure for a file that cannot be read; those before it are read.
    """
    return [read for file in dict.fromkeys(files) for read in _file(store, file, meant, by, dry_run=dry_run)]


def _file(store: Store, file: str, meant: str, by: str, *, dry_run: bool) -> Iterator[Read]:
    report = Report()
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
        yield _read(store, opened, file, text, by, dry_run=dry_run)


def _read(store: Store, opened: Opened, file: str, text: str, by: str, *, dry_run: bool) -> Read:
    session = opened.session
    found = [
        each for each in forms_in(text, lambda head: _written(store, session, head)) if each.head.session == session.id
    ]
    outcomes: list[Outcome] = []
    gone = deleted(store.history(session.id))
    for filled in found:
        try:
            outcome = with_filled(session, filled, Signed(by, datetime.now(UTC)), gone)
        except UnsignedError as error:
            raise Failure(
                f"{shown(file)}: {error}; write the name into the file, or give it here with --by NAME"
            ) from error
        session = outcome.session
        outcomes.append(outcome)
    if not dry_run and session != opened.session:
        save(store, opened, [(LABEL, session)])
    _tell(file, found, outcomes)
    return Read(session.id, file, tuple(outcomes))


def _written(store: Store, session: Session, head: Head) -> Written:
    """Return the file as it was written: made anew of the session as it was then, or else of what it is now."""
    text = review_form(session, head)
    if _is_of(text, head):
        return Written(text, is_same=True, is_current=True)
    before = state([step for step in store.history(session.id) if step.at <= head.made])
    if before is not None:
        old = review_form(before, head)
        if _is_of(old, head):
            return Written(old, is_same=True, is_current=False)
    return Written(text, is_same=False, is_current=False)


def _is_of(text: str, head: Head) -> bool:
    return [each.text for each in heads_in(text)] == [head.text]


def _tell(file: str, found: Sequence[Filled], outcomes: Sequence[Outcome]) -> None:
    """Say what came of a file."""
    name = "stdin" if file == STDIN else one_line(Path(file).name)
    comments = sum(len(each.comments) for each in outcomes)
    approved = [part for each in outcomes for part in each.approved]
    told = [f"{comments} new comment{'' if comments == 1 else 's'}"] if comments else []
    told += [f"approves {', '.join(f'the {part}' for part in approved)}"] if approved else []
    who = ", ".join(dict.fromkeys(handle(each.name) for each in outcomes if each.name))
    if all(each.is_empty for each in found):
        say(f"{name}: nothing was written in it")
    else:
        say(f"{name}: {f'{who}: ' if who else ''}{'; '.join(told) or 'nothing new'}")
    for outcome in outcomes:
        for part in outcome.stale:
            note(f"{name}: the {part} was changed since the file was made, so that approval is stale; ask once more")
        for part in outcome.later:
            note(f"{name}: {handle(outcome.name)} has approved the {part} since the file was made: that stays")
        if outcome.deleted:
            note(f"{name}: what was read before and deleted since stays deleted: {len(outcome.deleted)} of these")
        if outcome.unplaced:
            count = len(outcome.unplaced)
            are = "is" if count == 1 else "are"
            note(f"{name}: {count} of these {are} about what is not there any more, and so on the session itself")
    if not all(each.is_current for each in found):
        note(f"{name}: the session was changed since the file was made")
    for line in [number for each in found for number in each.unsure][:1]:
        note(
            f"{name}: what stands outside of the places for comments could not be told from the older text, first in "
            f"line {line}; if somebody wrote there, move it into a place, and read the file again"
        )
