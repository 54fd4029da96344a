"""The store: a folder of session files, each opened, saved, found and thrown away through here."""

import contextlib
import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from facilitator.model.session import Session, Status
from facilitator.model.text import clean
from facilitator.store import codec, finding, naming, summaries
from facilitator.store.encoder import Encoder
from facilitator.store.errors import (
    ConflictError,
    InvalidSessionError,
    NewerFormatError,
    ReadOnlyError,
    SaveError,
    StoreError,
    UnknownIdError,
    UnreadableError,
)
from facilitator.store.ids import new_id
from facilitator.store.locate import MARKER
from facilitator.store.lock import TIMEOUT, locked
from facilitator.store.storage import (
    NO_FILE,
    DurableStorage,
    Revision,
    backup_of,
    make_folder,
    read_file,
    remove_leftovers,
    sync_folder,
)
from facilitator.store.summaries import Broken, Summary

TRASH = "trash"
"""The folder in a store to which deleted sessions are moved."""


class Opened(msgspec.Struct, frozen=True):
    """A session as it is on disk, and what saving it again needs.

    `read_only` says why it cannot be saved, as a clause ("it is a link"); it is empty when it can.
    """

    session: Session
    path: Path
    revision: Revision
    read_only: str = ""


class Trashed(msgspec.Struct, frozen=True):
    """A session that was deleted: where its file is now, and where it was."""

    id: str
    title: str
    path: Path
    original: Path


class Store:
    """A folder of sessions. Making one reads and writes nothing; the folder is made with the first session.

    A session file that is a symbolic link is read and never written: nothing outside the folder is changed. Files
    are made for their owner alone, a file that is there keeps its mode; so do folders. `cache` is the folder for
    caches, the user's unless given; `timeout` is how long a save waits for that of another program, in seconds.
    """

    def __init__(self, path: Path, *, cache: Path | None = None, timeout: float = TIMEOUT) -> None:
        self.path = path
        self._timeout = timeout
        self._encoder = Encoder()
        self._cache = cache
        self._scanned: summaries.Scan | None = None
        # The states before and after a save of which only the last sync failed, by file: saving again is no conflict.
        self._unsynced: dict[Path, tuple[Revision, Revision]] = {}

    def create(self, session: Session) -> Opened:
        """File a new session under a name made from its day and title, which it keeps. Raises SaveError."""
        with self._writing(self.path / naming.stem(session)):
            _mark(self.path)
            remove_leftovers(self.path)
            path = naming.free_path(self.path, naming.stem(session))
            revision = self._write(path, session, NO_FILE)
        return Opened(session, path, revision)

    def open(self, session_id: str) -> Opened:
        """Return the session with this id. Raises UnknownIdError, UnreadableError and NewerFormatError."""
        for found in self._scans():
            file = next((each.file for each in found if isinstance(each, Summary) and each.id == session_id), None)
            if file is not None:
                with contextlib.suppress(FileNotFoundError):
                    opened = _opened(self.path / file)
                    if opened.session.id == session_id:
                        return opened
        raise UnknownIdError(session_id, self.path, finding.nearest(session_id, self.summaries()))

    def save(self, opened: Opened, session: Session) -> Opened:
        """Write a session durably in the place of the one that was opened, and return it as opened anew.

        A file or folder that has gone is made anew. Raises ReadOnlyError, SaveError when the system refuses or
        another program keeps the lock, ConflictError when the file holds another session than was opened, and
        InvalidSessionError; in all these cases the file is untouched, and saving may be tried again.
        """
        if opened.read_only:
            raise ReadOnlyError(opened.path, opened.read_only)
        if session.id != opened.session.id:
            raise InvalidSessionError(opened.path, f"it is the file of {opened.session.id}, not of {session.id}")
        with self._writing(opened.path):
            self._check_unchanged(opened)
            revision = self._write(opened.path, session, opened.revision)
        return Opened(session, opened.path, revision)

    def delete(self, session_id: str) -> Trashed:
        """Move a session to the trash of the store. Raises UnknownIdError, UnreadableError and SaveError."""
        opened = self.open(session_id)
        with self._writing(opened.path):
            make_folder(self.path / TRASH)
            path = naming.free_path(self.path / TRASH, opened.path.stem)
            opened.path.rename(path)
            sync_folder(path.parent)
            sync_folder(self.path)
        return Trashed(session_id, opened.session.title, path, opened.path)

    def restore(self, trashed: Trashed) -> None:
        """Move a session back from the trash, to a free name when its own is taken.

        Raises StoreError when it is in the store already or no longer in the trash, and SaveError.
        """
        if any(each.id == trashed.id for each in self.summaries() if isinstance(each, Summary)):
            raise StoreError(f"{trashed.title!r} is in {self.path} already; the one in the trash stays there.")
        with self._writing(trashed.original):
            if not trashed.path.is_file():
                raise StoreError(f"{trashed.path} is gone: {trashed.title!r} cannot be restored.")
            path = naming.free_path(self.path, trashed.original.stem)
            trashed.path.rename(path)
            sync_folder(self.path)
            sync_folder(trashed.path.parent)

    def duplicate(self, session_id: str, title: str, created: datetime) -> Opened:
        """File a copy of a session as a draft of its own, with another title. Raises what `open` and `create` do."""
        session = self.open(session_id).session
        return self.create(
            msgspec.structs.replace(session, id=new_id(), title=title, created=created, status=Status.DRAFT)
        )

    def resolve(self, beginning: str) -> str:
        """Return the id of the one session whose id or file name begins so, letters large or small.

        A whole id or file name is that session's, whatever else begins so. Raises UnknownIdError, AmbiguousIdError,
        and UnreadableError when it names a file that cannot be read.
        """
        return finding.resolve(self.summaries(), beginning, self.path)

    def summaries(self) -> tuple[Summary | Broken, ...]:
        """Return what is in the store, newest incident first, files that cannot be read last.

        Every file is looked at; only those that changed since the last time are read. Raises StoreError when the
        folder cannot be listed.
        """
        before = self._scanned or summaries.load(self._cache_folder(), self.path)
        try:
            found = summaries.scan(self.path, before)
        except NotADirectoryError as error:
            raise StoreError(f"{self.path} is a file, not a folder; choose another store with --store.") from error
        except OSError as error:
            raise StoreError(f"{error.strerror or error}: {self.path}. The store cannot be listed.") from error
        if found is not before:
            summaries.keep(self._cache_folder(), self.path, found)
        self._scanned = found
        return found.found()

    def cached_summaries(self) -> tuple[Summary | Broken, ...] | None:
        """Return what was in the store when it was last looked at, at once; None when that is not known.

        Some of it may have changed since: `summaries` tells, and takes longer.
        """
        if not self.path.is_dir():
            return None
        self._scanned = self._scanned or summaries.load(self._cache_folder(), self.path)
        return self._scanned.found() if self._scanned is not None else None

    @contextlib.contextmanager
    def _writing(self, path: Path) -> Iterator[None]:
        """Hold the lock of the store, its folder made when missing; what the system refuses becomes a SaveError."""
        try:
            if not self.path.is_dir():
                make_folder(self.path)
                _mark(self.path)
            with locked(self.path, self._timeout):
                yield
        except OSError as error:
            raise SaveError(path, error) from error

    def _write(self, path: Path, session: Session, before: Revision) -> Revision:
        storage = DurableStorage(path)
        try:
            storage.write_encoded(self._encoder.dumps(session))
        except OSError:
            if storage.revision != NO_FILE:
                self._unsynced[path] = (before, storage.revision)
            raise
        except (ValueError, TypeError) as error:
            raise InvalidSessionError(path, str(error)) from error
        self._unsynced.pop(path, None)
        return storage.revision

    def _check_unchanged(self, opened: Opened) -> None:
        """Raise ConflictError when the file holds something else than what was opened; one that has gone does not."""
        try:
            status = opened.path.lstat()
        except FileNotFoundError:
            return
        now = Revision.of(status)
        if now == opened.revision or self._unsynced.get(opened.path) == (opened.revision, now):
            return
        if not stat.S_ISREG(status.st_mode):
            raise ConflictError(opened.path, ", and is no file any more")
        try:
            theirs = codec.loads(read_file(opened.path)[0], opened.path)
        except UnreadableError as error:
            raise ConflictError(opened.path, f", and cannot be read any more: {error.reason}") from error
        # Copied, checked out or touched, but not changed.
        if theirs != opened.session:
            raise ConflictError(opened.path)

    def _scans(self) -> Iterator[tuple[Summary | Broken, ...]]:
        """Yield what is known of the store, then what is in it now."""
        yield self.cached_summaries() or ()
        yield self.summaries()

    def _cache_folder(self) -> Path:
        if self._cache is None:
            # Imported where it is used: it takes 20 ms, and nothing that only saves needs it.
            from platformdirs import user_cache_path

            self._cache = user_cache_path("facilitator", appauthor=False)
        return self._cache


def _opened(path: Path) -> Opened:
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


def _mark(folder: Path) -> None:
    """Leave the file by which a folder is recognised as a store."""
    with contextlib.suppress(FileExistsError), (folder / MARKER).open("x", encoding="utf-8") as file:
        file.write(f'{{"format": {codec.FORMAT}}}\n')
