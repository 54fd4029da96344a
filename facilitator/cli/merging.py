"""Edited documents, merged into their sessions: from a file, and from the editor."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import click

from facilitator.cli.commands.history import change_told
from facilitator.cli.drafts import DraftError, on_terminal
from facilitator.cli.errors import Failure
from facilitator.cli.output import note, say
from facilitator.cli.places import read_settings
from facilitator.cli.sources import read_document, shown
from facilitator.documents.roundtrip.carried import Carried, digest
from facilitator.documents.roundtrip.merging import Merged, merged, merged_without_base
from facilitator.documents.roundtrip.reading import LONGEST, Document, Outcome, RoundTripError, opened
from facilitator.model.changes import Change, apply, diff
from facilitator.model.edits import LISTS
from facilitator.model.item import Item
from facilitator.model.private import published
from facilitator.model.session import Session
from facilitator.model.text import one_line
from facilitator.model.told import item_told, kind_told
from facilitator.review.comments import name_of
from facilitator.review.steps import with_time
from facilitator.store.errors import UnknownIdError
from facilitator.store.ids import new_id
from facilitator.store.last_good import past_of
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded, Turn
from facilitator.store.store import Store

_LABEL = "merge the edited document"
_MOST_TOLD = 100
_LONGEST_TOLD = 120


def merge_file(store: Store, file: str, into: str, *, new: bool, dry_run: bool, yes: bool) -> None:
    """Merge the document in a file into its session, and say what changed. Raises Failure."""
    try:
        _merge_file(store, file, into, new=new, dry_run=dry_run, yes=yes)
    except RoundTripError as error:
        raise Failure(f"{shown(file)}: {error}; nothing was changed") from error


def _merge_file(store: Store, file: str, into: str, *, new: bool, dry_run: bool, yes: bool) -> None:
    document = opened(read_document(file, 4 * LONGEST, "that is more than one document"))
    session_id = _session_id(store, document.carried, file, into)
    now = datetime.now(UTC)
    base = document.carried.session
    try:
        there = store.open(session_id)
    except UnknownIdError as error:
        if base is None or not new:
            more = "" if base is None else "; with --new it is made from the document"
            raise Failure(f"{shown(file)} is of session {session_id}, which is not in {store.path}{more}") from error
        made = merged(document, base, base, now, by=_author())
        _make(store, base, Merged(_with_time(base, made.session, now), made.outcome), dry_run=dry_run)
        return
    if there.read_only and not dry_run:
        raise Failure(f"{there.path} can only be read: {there.read_only}")
    found = _merged(store, there, document, now)
    _confirm(found.outcome, dry_run=dry_run, yes=yes)
    session, conflicts = _with_time(there.session, found.session, now), {each.id for each in there.session.conflicts}
    if not dry_run and session != there.session:
        label = f"{_LABEL} {document.carried.digest[:8]}".rstrip()
        step = Recorded(id=new_id(), at=now, label=label, changes=diff(there.session, session))
        session = store.save(there, session, [step]).session
    _tell(there.session, session, found.outcome)
    for conflict in session.conflicts:
        if conflict.id not in conflicts:
            note(f"'{conflict.field}' was changed in the session too; both versions are kept, choose in the app")
    if dry_run:
        note("nothing was changed")


def from_editor(before: Session, text: str, *, yes: bool) -> tuple[Session, Outcome]:
    """Return a session with what was edited in its document. Raises DraftError for what cannot be read."""
    try:
        now = datetime.now(UTC)
        found = merged(opened(text), before, before, now, by=_author())
    except RoundTripError as error:
        raise DraftError(str(error)) from error
    try:
        _confirm(found.outcome, dry_run=False, yes=yes)
    except Failure as error:
        raise DraftError(str(error)) from error
    return _with_time(before, found.session, now), found.outcome


def _with_time(before: Session, after: Session, now: datetime) -> Session:
    """Return a session with the time for review that begins or ends where its status was changed in the document."""
    return with_time(before, after, now, read_settings()[1].review.hours)


def _author() -> str:
    """Return who merges: the author of the configuration, or nobody."""
    return name_of(read_settings()[1].author)


def tell_left(outcome: Outcome) -> None:
    """Say what found no place in the session, and how the document was read."""
    for remark in outcome.notes:
        note(remark)
    for each in outcome.left[:_MOST_TOLD]:
        words = one_line(each.words)
        words = words if len(words) <= _LONGEST_TOLD else f"{words[: _LONGEST_TOLD - 3].rstrip()}..."
        place = f"line {each.line}, " if each.line else ""
        note(f'{place}{each.what}: "{words}" has no place in the session; kept as a comment')
    if len(outcome.left) > _MOST_TOLD:
        note(f"and {len(outcome.left) - _MOST_TOLD:,} more, all kept as comments")


def _session_id(store: Store, carried: Carried, file: str, into: str) -> str:
    """Return the id of the session of a document. Raises Failure when that is not known, or is another one."""
    if not into:
        if not carried.id:
            raise Failure(
                f"{shown(file)}: the comment at its end cannot be read: {carried.problem}. Say which session it is of "
                "with --into ID; what is not known from the history is then kept in both versions"
            )
        return carried.id
    chosen = store.resolve(into)
    if carried.id and carried.id != chosen:
        raise Failure(f"{shown(file)} is of session {carried.id}, not of {chosen}; nothing was changed")
    return chosen


def _make(store: Store, base: Session, found: Merged, *, dry_run: bool) -> None:
    """Make the session of a document that is in no store, and say so."""
    title = one_line(found.session.title)
    _tell(base, found.session, found.outcome)
    if dry_run:
        note(f"'{title}' would be made; nothing was changed")
        return
    made = store.create(found.session)
    note(f"'{title}' is in {made.path}")
    click.echo(made.session.id)


def _merged(store: Store, there: Opened, document: Document, now: datetime) -> Merged:
    """Return what becomes of a session, with the base that the document carries, else that of the history."""
    recorded = store.history(there.session.id)
    base = document.carried.session or _recorded_state(recorded, document.carried)
    if document.carried.problem:
        known = "the state from which it was made is in the history" if base is not None else "its state is not known"
        note(f"the comment at the end of the document cannot be read ({document.carried.problem}); {known}")
    if base is not None:
        label = f"{_LABEL} {document.carried.digest[:8]}"
        return merged(document, base, there.session, now, _readings(recorded, label), by=_author())
    note("so nothing is deleted, and where it may be older than the session both versions are kept")
    past = past_of(
        part
        for step in recorded
        for change in step.changes
        for part in (change.before, change.after)
        if part is not None
    )
    return merged_without_base(document, there.session, now, past.items, past.headers, by=_author())


def _recorded_state(recorded: Sequence[Recorded], carried: Carried) -> Session | None:
    """Return the state from which a document was made, by its digest, as far as the history reaches back."""
    session: Session | None = None
    for step in recorded:
        session = step.state or session
        if session is not None and carried.digest:
            session = apply(session, step.changes)
            if digest(session) == carried.digest:
                return session
    return None


def _readings(recorded: Sequence[Recorded], label: str) -> Iterator[tuple[Change, ...]]:
    """Yield what earlier readings of a document changed, without those that were taken back."""
    undone: set[str] = set()
    for step in recorded:
        if step.turn is Turn.UNDONE:
            undone.add(step.of)
        elif step.turn is Turn.REDONE:
            undone.discard(step.of)
    for step in recorded:
        if step.label == label and step.turn is Turn.DONE and step.id not in undone:
            yield step.changes


def _confirm(outcome: Outcome, *, dry_run: bool, yes: bool) -> None:
    """Ask before more than a third of all items is deleted. Raises Failure when nobody says yes."""
    was, now = _ids(published(outcome.base)), _ids(outcome.session)
    gone = len(was - now)
    if gone * 3 <= len(was) or dry_run or yes:
        return
    told = f"{gone:,} of {len(was):,} items are not in the document any more"
    if not on_terminal():
        raise Failure(f"{told}; if that is meant, add --yes. Nothing was changed")
    if not click.confirm(f"{told}. Delete them?", default=False, err=True):
        raise Failure("nothing was changed")


def _ids(session: Session) -> set[str]:
    return {item.id for name in LISTS.values() for item in getattr(session, name)}


def _tell(before: Session, after: Session, outcome: Outcome) -> None:
    changes = diff(before, after)
    for change in changes[:_MOST_TOLD]:
        for told in change_told(change, after):
            say(told)
    if len(changes) > _MOST_TOLD:
        say(f"and {len(changes) - _MOST_TOLD:,} more changes")
    if not changes:
        note("the document brings nothing new")
    for item in _kept(outcome, after):
        note(
            f"the {kind_told(item)} '{one_line(item_told(item, after))}' is kept: there is more in it than was exported"
        )
    tell_left(outcome)


def _kept(outcome: Outcome, after: Session) -> Iterator[Item]:
    """Yield what was deleted in a document, and is still there because others wrote in it."""
    now, there = _ids(outcome.session), _ids(after)
    for name in LISTS.values():
        for item in getattr(outcome.base, name):
            if item.id not in now and item.id in there:
                yield item
