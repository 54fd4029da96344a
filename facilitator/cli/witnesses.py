"""Filled witness forms, read into a session: each file for itself, and all of them in one edit."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import Any

from facilitator.cli.errors import Failure
from facilitator.cli.form_files import form_text
from facilitator.cli.output import emit, note, say
from facilitator.cli.sources import STDIN, shown
from facilitator.intake.drafts import Draft
from facilitator.intake.report import Report
from facilitator.intake.witness.filing import LABEL, Brought, Outcome, UnnamedError, brought, teller_of, with_form
from facilitator.intake.witness.forms import Form, forms_in
from facilitator.intake.witness.lines import KIND, drafts_in
from facilitator.model.changes import Change, diff
from facilitator.model.session import Intake, Session
from facilitator.model.text import one_line
from facilitator.store.draft_files import DraftsError, keep, load
from facilitator.store.ids import new_id
from facilitator.store.intakes import with_intake
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded, Turn
from facilitator.store.store import Store


@dataclass(slots=True)
class _Read:
    """What came of one file: a form and its outcome each, the drafts that are new, and what is reported."""

    file: str
    outcomes: list[tuple[Form, Outcome]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    report: Report = field(default_factory=Report)


@dataclass(frozen=True, slots=True)
class _Against:
    """What forms are read against: what was brought before, the drafts that are kept, the moment, and a name."""

    before: Brought
    kept: dict[str, Draft]
    now: datetime
    name: str


def read_forms(store: Store, opened: Opened, files: Sequence[str], name: str, *, dry_run: bool, as_json: bool) -> bool:
    """Read forms into a session in one step of its history, and say what came of it; return whether all were read.

    A file that cannot be read is told on stderr, and the others are read all the same. Raises Failure for a session
    that can only be read, and when the only file cannot be.
    """
    if opened.read_only and not dry_run:
        raise Failure(f"{opened.path} can only be read: {opened.read_only}")
    session = opened.session
    now = datetime.now(UTC)
    against = _Against(brought(_readings(store.history(session.id))), _kept(store, session), now, name)
    read: list[_Read] = []
    failed: list[tuple[str, str]] = []
    for file in dict.fromkeys(files):
        try:
            one = _Read("stdin" if file == STDIN else one_line(Path(file).name))
            session = _with_file(session, file, one, against)
        except Failure as error:
            if len(files) == 1:
                raise
            error.show()
            failed.append((shown(file), error.message))
            continue
        read.append(one)
        against.kept.update({draft.id: draft for draft in one.drafts})
    if not dry_run:
        session = _save(store, opened, session, read, now)
    if as_json:
        found: dict[str, Any] = {
            "session": session.id,
            "changed": session != opened.session or any(one.drafts for one in read),
            "forms": [plain for one in read for plain in _plain(one)],
            "failed": [{"file": each, "reason": why} for each, why in failed],
        }
        emit(json.dumps(found, indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    else:
        _tell(read, dry_run=dry_run)
    return not failed


def _with_file(session: Session, file: str, one: _Read, against: _Against) -> Session:
    """Return the session with the forms of a file. Raises Failure when one of them cannot be read."""
    drafts: dict[str, Draft] = {}
    for form in _forms(file, one.report):
        if form.session != session.id:
            raise Failure(
                f"{shown(file)} is the form of another session, {form.session}; nothing of it was read. "
                f"Read it there: facilitator witness {form.session} --read {quote(one_line(file))}"
            )
        if form.is_empty:
            continue
        try:
            teller = teller_of(session, form, against.name)
        except UnnamedError as error:
            raise Failure(
                f"{shown(file)}: {error}; write the name into the form, or give it here with --for NAME"
            ) from error
        outcome = with_form(session, form, teller, against.before, against.now.date())
        session = outcome.session
        one.outcomes.append((form, outcome))
        for draft in drafts_in(form, one_line(teller.text), against.now.date(), one.file, Report()):
            _file_once(drafts, draft)
    if not one.outcomes:
        one.report.skip(one.file, "", "nothing was written in it")
    one.drafts += [each for each in drafts.values() if not _is_kept(each, against.kept)]
    return session


def _forms(file: str, report: Report) -> tuple[Form, ...]:
    """Return the forms in a file or in stdin. Raises Failure when there is none."""
    text = form_text(file, "witness form", report)
    forms = forms_in(text)
    if not forms:
        raise Failure(
            f"{shown(file)} is no witness form: the remark with which one begins, <!-- witness:form ... -->, is missing"
        )
    return forms


def _file_once(drafts: dict[str, Draft], draft: Draft) -> None:
    """File a draft; where a mail holds a form twice, with other words for a time, both are kept."""
    from msgspec.structs import replace

    number, draft_id = 1, draft.id
    while draft_id in drafts and drafts[draft_id].text != draft.text:
        number += 1
        draft_id = f"{draft.id}/{number}"
    drafts.setdefault(draft_id, replace(draft, id=draft_id))


def _kept(store: Store, session: Session) -> dict[str, Draft]:
    """Return the drafts that earlier forms of a session left, each as it was read last."""
    found: dict[str, Draft] = {}
    for intake in sorted(session.intakes, key=lambda each: (each.read, each.id)):
        if intake.kind == KIND:
            try:
                found.update({draft.id: draft for draft in load(store.path, session.id, intake.digest)})
            except DraftsError:  # read on another machine: they are kept here now
                continue
    return found


def _is_kept(draft: Draft, kept: dict[str, Draft]) -> bool:
    known = kept.get(draft.id)
    return known is not None and (known.text, known.stamp) == (draft.text, draft.stamp)


def _readings(steps: Sequence[Recorded]) -> Iterator[tuple[Change, ...]]:
    """Yield what was changed by each reading of forms that was not taken back."""
    undone: set[str] = set()
    for step in steps:
        if step.turn is Turn.UNDONE:
            undone.add(step.of)
        elif step.turn is Turn.REDONE:
            undone.discard(step.of)
    for step in steps:
        if step.label == LABEL and step.turn is Turn.DONE and step.id not in undone:
            yield step.changes


def _save(store: Store, opened: Opened, session: Session, read: Sequence[_Read], now: datetime) -> Session:
    """Keep the drafts, and save the session if anything is new in it; return it."""
    for one in read:
        if one.drafts:
            kept = keep(store.path, session.id, one.drafts)
            zone = one.outcomes[0][0].zone
            intake = Intake(text=one.file, kind=KIND, read=now, digest=kept.digest, count=kept.count, zone=zone)
            session = with_intake(session, intake, new_id)
    if session == opened.session:
        return opened.session
    step = Recorded(id=new_id(), at=now, label=LABEL, changes=diff(opened.session, session))
    return store.save(opened, session, [step]).session


def _plain(one: _Read) -> Iterator[dict[str, Any]]:
    """Yield what came of each form of a file, for programs."""
    for number, (form, outcome) in enumerate(one.outcomes):
        entries = {each.id: each.entry for each in outcome.session.accounts}
        yield {
            "file": one.file,
            "form": form.id,
            "teller": one_line(outcome.teller.text),
            "new_participant": outcome.new_teller,
            "accounts": {
                name: [{"id": each, "entry": entries[each]} for each in getattr(outcome, name)]
                for name in ("added", "changed", "hidden")
            },
            "conflicts": outcome.disputed,
            "removed": outcome.removed,
            "notes": list(outcome.notes),
            "drafts": [{"id": each.id, "text": each.text, "line": each.line} for each in one.drafts if not number],
        }


def _tell(read: Sequence[_Read], *, dry_run: bool) -> None:
    """Say what came of each file, for people."""
    anything = False
    for one in read:
        outcomes = [outcome for _, outcome in one.outcomes]
        names = ", ".join(dict.fromkeys(one_line(each.teller.text) for each in outcomes))
        told = [
            _counted(sum(len(each.added) for each in outcomes), "new account"),
            _counted(sum(len(each.changed) for each in outcomes), "changed account"),
            _counted(len(one.drafts), "draft", " for the timeline"),
            _counted(sum(len(each.notes) for each in outcomes), "private note"),
        ]
        said = ", ".join(filter(None, told))
        anything = anything or bool(said)
        say(f"{one.file}: {said or 'nothing new'}{f' of {names}' if names and said else ''}")
        if any(each.new_teller for each in outcomes):
            say(f"  {names} is new among the participants")
        if hidden := sum(len(each.hidden) for each in outcomes):
            say(f"  {_counted(hidden, 'account')} had been made public: private again, for what is new")
        if disputed := sum(each.disputed for each in outcomes):
            say(f"  {_counted(disputed, 'text')} had been changed here meanwhile: both versions are kept")
        if removed := sum(each.removed for each in outcomes):
            say(f"  {_counted(removed, 'item')} had been removed after an earlier reading: left out")
        for skipped in one.report.skipped:
            place = f", {skipped.place}" if skipped.place else ""
            note(f"{one_line(skipped.file)}{place}: {skipped.reason}")
    if dry_run:
        note("nothing was changed")
    elif anything:
        note("all of it is private until you take it: in 'As told', ctrl+k makes an account public")


def _counted(number: int, what: str, more: str = "") -> str:
    return f"{number} {what}{'' if number == 1 else 's'}{more}" if number else ""
