"""`facilitator edit`: the prose of a session in the user's editor."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from facilitator.capture.fields import fields
from facilitator.cli.errors import Failure, explain
from facilitator.cli.options import examples, id_argument, store_option
from facilitator.cli.output import note
from facilitator.cli.places import find_store, store_to_write
from facilitator.cli.prose import ProseError, Section, read, written
from facilitator.model.edits import get_field, set_field
from facilitator.model.phases import Phase
from facilitator.model.session import Session
from facilitator.store.errors import StoreError
from facilitator.store.opening import Opened
from facilitator.store.store import Store


@click.command(
    "edit",
    epilog=examples(
        "facilitator edit 01K9XQ",
        'EDITOR="code --wait" facilitator edit 01K9XQ',
    ),
)
@id_argument
@store_option
@click.pass_context
def command(ctx: click.Context, *, beginning: str) -> None:
    """Edit the prose of the session with this ID: summary, impact, trigger and so on, in one file.

    The editor is the one in VISUAL or EDITOR. What you wrote is never lost: when it cannot be stored, it is kept in a
    file and you are told where.
    """
    store = store_to_write(find_store(ctx))
    opened = store.open(store.resolve(beginning))
    if opened.read_only:
        raise Failure(f"{opened.path} can only be read: {opened.read_only}")
    before = opened.session
    sections = _sections(before)
    text = written(before.title, sections)
    draft = _draft(text)
    try:
        changed = _edited(draft, before.title, sections)
        stored = _store(store, opened, changed)
    except (Failure, click.ClickException, StoreError, OSError, UnicodeError, ProseError) as error:
        raise _kept(error, draft, text) from error
    except (click.Abort, KeyboardInterrupt):
        note(str(_kept(Failure("interrupted"), draft, text)))
        raise
    draft.unlink()
    note(f"{', '.join(stored)} changed" if stored else "nothing changed")


def _sections(session: Session) -> tuple[Section, ...]:
    prose = (each for phase in Phase for each in fields(phase) if each.prose)
    return tuple(Section(each.path, f"{each.label}: {each.hint}", get_field(session, each.path)) for each in prose)


def _draft(text: str) -> Path:
    descriptor, name = tempfile.mkstemp(prefix="facilitator-", suffix=".md")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)


def _edited(draft: Path, title: str, sections: Sequence[Section]) -> dict[str, str]:
    """Let the user edit the draft until it can be read; return what was changed."""
    while True:
        click.edit(filename=str(draft))
        try:
            return read(draft.read_text(encoding="utf-8-sig"), title, sections)
        except (ProseError, UnicodeError) as error:
            if not sys.stdin.isatty():
                raise
            note(str(error))
            if not click.confirm("Edit it again?", default=True, err=True):
                raise


def _store(store: Store, opened: Opened, changed: dict[str, str]) -> list[str]:
    """Store what was changed and return the names of these fields.

    Others may have saved the session meanwhile: both are merged. A field that both changed has two versions then.
    """
    session = opened.session
    for path, text in changed.items():
        session = set_field(session, path, text)
    if session != opened.session:
        known = {conflict.id for conflict in session.conflicts}
        saved = store.save(opened, session)
        for conflict in saved.session.conflicts:
            if conflict.id not in known:
                note(f"'{conflict.field}' was changed by somebody else too; both versions are kept, choose in the app")
    return [path for path in changed if get_field(opened.session, path) != changed[path]]


def _kept(error: Exception, draft: Path, text: str) -> Failure:
    """Return the error to report; a draft in which nothing was written is removed."""
    message = str(error) if isinstance(error, ProseError) else explain(error) or str(error)
    if draft.is_file() and draft.read_bytes() == text.encode():
        draft.unlink()
        return Failure(message)
    return Failure(f"{message}. What you wrote is kept in {draft}; nothing was stored")
