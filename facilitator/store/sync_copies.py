"""Conflict copies: a file of the same session under another name, as programs that sync folders make it.

Such a program cannot merge, so it lets one side have the name and puts the other side beside it. Here the copy is
merged into the session and moved to the trash.
"""

import re
import stat
from datetime import UTC, datetime
from pathlib import Path

from facilitator.model.ancestry import ancestor
from facilitator.model.changes import diff
from facilitator.model.merge import merge
from facilitator.model.session import Session
from facilitator.model.text import one_line
from facilitator.store import codec
from facilitator.store.errors import ReadOnlyError, SaveError, StoreError, UnreadableError
from facilitator.store.ids import new_id
from facilitator.store.last_good import parts_of, past_of
from facilitator.store.lock import TIMEOUT, locked
from facilitator.store.naming import SUFFIX, free_path
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded
from facilitator.store.storage import Revision, make_folder, read_file, sync_folder
from facilitator.store.store import TRASH, Store

TOOLS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (tool, re.compile(pattern))
    for tool, pattern in (
        ("Nextcloud or ownCloud", r" \(conflicted copy (.+ )?\d{4}-\d\d-\d\d \d{6}\)"),
        ("Nextcloud or ownCloud", r"_conflict-(.+-)?\d{8}-\d{6}"),
        ("Dropbox", r" \(.*conflicted copy.*\)"),
        ("Dropbox", r" \((Case|Unicode Encoding) Conflict.*\)"),
        ("Syncthing", r"(\.sync-conflict-\d{8}-\d{6}(-[A-Z0-9]{7})?)+"),
        ("Seafile", r" \(SFConflict .+\)"),
        ("Resilio Sync", r"(\.Conflict\d*)+"),
        ("Google Drive or a browser", r" ?\(\d+\)"),
        ("iCloud", r" \d+"),
        ("OneDrive", r"-(?=[0-9-]*[A-Z])[A-Z0-9-]+"),
    )
)
"""The programs, and what each puts between the name of a file and its end; the first that fits is meant."""

_TRIES = 5


def copy_told(name: str, original: str) -> str:
    """Return what a file is, as a clause, which holds the session that the file `original` holds too."""
    tool = tool_of(name, original)
    return f"it is a conflict copy of {original}, made by {tool}" if tool else f"it is a copy of {original}"


def tool_of(name: str, original: str) -> str:
    """Return which program names a copy of the file `original` so; empty when that cannot be told."""
    stem = original.removesuffix(SUFFIX)
    if not name.startswith(stem) or not name.endswith(SUFFIX):
        return ""
    between = name.removesuffix(SUFFIX)[len(stem) :]
    return next((tool for tool, pattern in TOOLS if pattern.fullmatch(between)), "")


def take_in(store: Store, session_id: str, copy: Path) -> Opened:
    """Merge a copy into the session with this id, save that as one step, and move the copy to the trash.

    Returns the session as opened anew. Nothing that either holds is lost: where both changed one field, the other value
    is kept as a conflict. A copy that has gone was taken in already, and changes nothing. Raises UnreadableError,
    NewerFormatError, ReadOnlyError for a copy or a session that this version would damage, StoreError for a file that
    is no copy of this session, and what `Store.open` and `Store.save` do; then the copy stays where it is.
    """
    for _ in range(_TRIES):
        # While a session cannot be found, its copy passes for it.
        store.summaries()
        opened = store.open(session_id)
        if copy.name == opened.path.name:
            raise StoreError(f"{copy} is the session itself, not a copy of it.")
        try:
            theirs, revision = _read(copy, session_id)
        except FileNotFoundError:
            return opened
        opened = _merged(store, opened, theirs, copy.name)
        if _put_away(store, copy, revision):
            return opened
    raise StoreError(f"{copy} keeps changing. Wait until the program that syncs the folder is done, then try again.")


def _merged(store: Store, opened: Opened, theirs: Session, name: str) -> Opened:
    """Return the session with what the copy has, saved when that is something new."""
    past = past_of(parts_of(store.history(opened.session.id)))
    base = ancestor(theirs, opened.session, past.items, past.headers)
    merged = merge(base, opened.session, theirs)
    changes = diff(opened.session, merged)
    if not changes:
        return opened
    step = Recorded(id=new_id(), at=datetime.now(UTC), label=f"take in {one_line(name)}", changes=changes)
    return store.save(opened, merged, (step,))


def _read(path: Path, session_id: str) -> tuple[Session, Revision]:
    """Return the session in a copy. Raises StoreError when it is not the one with this id, and OSError."""
    try:
        raw, revision = read_file(path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableError(path, error.strerror or str(error)) from error
    session = codec.loads(raw, path)
    if session.id != session_id:
        raise StoreError(f"{path} holds the session {session.id}, not {session_id}; it stays where it is.")
    if path.is_symlink():
        raise ReadOnlyError(path, "it is a symbolic link")
    unknown = codec.unknown_fields(raw)
    if unknown:
        raise ReadOnlyError(path, f"it has fields that this version does not know ({one_line(unknown[0])})")
    return session, revision


def _put_away(store: Store, copy: Path, revision: Revision) -> bool:
    """Move a copy to the trash, unless it has changed since it was read; return whether that was done."""
    try:
        with locked(store.path, TIMEOUT):
            status = copy.lstat()
            if not stat.S_ISREG(status.st_mode) or Revision.of(status) != revision:
                return False
            make_folder(store.path / TRASH)
            copy.rename(free_path(store.path / TRASH, copy.stem))
            sync_folder(store.path / TRASH)
            sync_folder(store.path)
    except FileNotFoundError:
        return True
    except OSError as error:
        raise SaveError(copy, error) from error
    return True
