"""Drafts: a text in the user's editor, read until it is understood, and kept in a file when it cannot be stored."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from facilitator.cli.errors import Failure, explain
from facilitator.cli.output import note
from facilitator.store.errors import StoreError

ValueT = TypeVar("ValueT")


class DraftError(ValueError):
    """What was written cannot be taken over; the message says why and where.

    `again` is the text with which the editor opens again, or empty for the text as it was left.
    """

    def __init__(self, message: str, again: str = "") -> None:
        super().__init__(message)
        self.again = again


def through_editor(text: str, read: Callable[[str], ValueT], store: Callable[[ValueT], str]) -> str:
    """Open `text` in the editor, read what it has become, store that, and return what `store` says was done.

    The editor is the one in VISUAL or EDITOR. On a terminal it is offered again when `read` raises DraftError. Raises
    Failure for what can neither be read nor stored; its message says in which file it is kept.
    """
    draft = _written(text)
    try:
        said = store(_edited(draft, read))
    except (Failure, click.ClickException, StoreError, OSError, UnicodeError, DraftError) as error:
        raise _kept(error, draft, text) from error
    except (click.Abort, KeyboardInterrupt):
        note(str(_kept(Failure("interrupted"), draft, text)))
        raise
    draft.unlink()
    return said


def on_terminal() -> bool:
    """Tell whether there is somebody who can be asked."""
    return sys.stdin.isatty()


def _written(text: str) -> Path:
    descriptor, name = tempfile.mkstemp(prefix="facilitator-", suffix=".md")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)


def _edited(draft: Path, read: Callable[[str], ValueT]) -> ValueT:
    """Let the user edit the draft until it can be read; return what was read."""
    while True:
        click.edit(filename=str(draft))
        try:
            return read(draft.read_text(encoding="utf-8-sig"))
        except (DraftError, UnicodeError) as error:
            if not on_terminal():
                raise
            note(str(error))
            if not click.confirm("Edit it again?", default=True, err=True):
                raise
            if isinstance(error, DraftError) and error.again:
                draft.write_text(error.again, encoding="utf-8")


def _kept(error: Exception, draft: Path, text: str) -> Failure:
    """Return the error to report; a draft in which nothing was written is removed."""
    message = str(error) if isinstance(error, DraftError) else explain(error) or str(error)
    if draft.is_file() and draft.read_bytes() == text.encode():
        draft.unlink()
        return Failure(message)
    stop = "" if message.endswith((".", "?")) else "."
    return Failure(f"{message}{stop} What you wrote is kept in {draft}; nothing was stored")
