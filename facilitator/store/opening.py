"""Opening a session file: what is in it, and whether it may be written again."""

import os
from pathlib import Path

import msgspec

from facilitator.model.session import Session
from facilitator.model.text import clean
from facilitator.store import codec
from facilitator.store.errors import ForeignFileError, NewerFormatError, UnreadableError
from facilitator.store.storage import Revision, backup_of, read_file


class Opened(msgspec.Struct, frozen=True):
    """A session as it is on disk, and what saving it again needs.

    `read_only` says why it cannot be saved, as a clause ("it is a link"); it is empty when it can.
    """

    session: Session
    path: Path
    revision: Revision
    read_only: str = ""


def read_opened(path: Path) -> Opened:
    """Return the session in a file. Raises UnreadableError, NewerFormatError and FileNotFoundError."""
    try:
        raw, revision = read_file(path)
        session = codec.loads(raw, path)
        return Opened(session, path, revision, _why_read_only(path, codec.unknown_fields(raw)))
    except NewerFormatError:
        raise
    except UnreadableError as error:
        copy = backup_of(path)
        hint = f"; its last good copy is {copy}" if copy.is_file() else ""
        raise UnreadableError(path, f"{error.reason}{hint}") from error
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableError(path, error.strerror or str(error)) from error


def _why_read_only(path: Path, unknown: tuple[str, ...]) -> str:
    if path.is_symlink():
        return "it is a symbolic link"
    if unknown:
        shown = ", ".join(clean(place) for place in unknown[:3])
        return f"it has fields that this version does not know and would drop ({shown})"
    if not os.access(path, os.W_OK):
        return "you have no permission to write it"
    if not os.access(path.parent, os.W_OK | os.X_OK):
        return "you have no permission to write to its folder"
    return ""


def read_again(opened: Opened) -> Opened:
    """Return what is in the file of a session that is open. Raises ForeignFileError and FileNotFoundError."""
    try:
        raw, revision = read_file(opened.path)
        session = codec.loads(raw, opened.path)
        unknown = codec.unknown_fields(raw)
    except UnreadableError as error:
        raise ForeignFileError(opened.path, error.reason) from error
    if session.id != opened.session.id:
        raise ForeignFileError(opened.path, f"it holds the session {session.id} now")
    if unknown:
        raise ForeignFileError(opened.path, _why_read_only(opened.path, unknown))
    return Opened(session, opened.path, revision)
