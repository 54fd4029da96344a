"""The store: a folder of session files, each opened, saved, found and thrown away through here."""

import contextlib
import getpass
import os
import stat
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from facilitator.model.changes import diff
from facilitator.model.merge import merge
from facilitator.model.session import Session, Status
from facilitator.store import codec, finding, naming, summaries
from facilitator.store.daily import keep_daily
from facilitator.store.encoder import Encoder
from facilitator.store.errors import (
    ForeignFileError,
    InvalidSessionError,
    ReadOnlyError,
    SaveError,
    StoreError,
    UnknownIdError,
    UnreadableError,
)
from facilitator.store.history import History
from facilitator.store.ids import new_id
from facilitator.store.locate import MARKER
from facilitator.store.lock import TIMEOUT, locked
from facilitator.store.opening import Opened, read_again, read_opened
from facilitator.store.steps import Recorded, named
from facilitator.store.storage import (
    BACKUPS,
    NO_FILE,
    DurableStorage,
    Revision,
    make_folder,
    remove_leftovers,
    sync_folder,
)
from facilitator.store.summaries import Broken, Summary

TRASH = "trash"
"""The folder in a store to which deleted sessions are moved."""


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
    caches, the user's unless given; `timeout` is how long a save waits for that of another program, in seconds. `who`
    is the name under which edits are recorded, that of the system's user unless given.
    """

    def __init__(self, path: Path, *, cache: Path | None = None, timeout: float = TIMEOUT, who: str = "") -> None:
        self.path = path
        self._timeout = timeout
        self._encoder = Encoder()
        self._cache = cache
        self._scanned: summaries.Scan | None = None
        # Of a save of which only the last sync failed, by file: what was opened, the revision since, and what was there
        # before. Saving again merges with that, and not with what one wrote oneself.
        self._unsynced: dict[Path, tuple[Revision, Revision, Opened]] = {}
        # Files that have gone, and the stamp of the folder in which they were looked for.
        self._gone: dict[Path, int] = {}
        self._histories: dict[str, History] = {}
        self._who = named(who)

    @property
    def cache(self) -> Path | None:
        """The folder for caches, None for the user's."""
        return self._cache

    def create(self, session: Session) -> Opened:
        """File a new session under a name made from its day and title, which it keeps. Raises SaveError."""
        with self._writing(self.path / naming.stem(session)):
            _mark(self.path)
            for folder in (self.path, self.path / BACKUPS):
                remove_leftovers(folder)
            path = naming.free_path(self.path, naming.stem(session))
            revision = self._write(path, session)
        return Opened(session, path, revision)

    def open(self, session_id: str) -> Opened:
        """Return the session with this id. Raises UnknownIdError, UnreadableError and NewerFormatError."""
        for found in self._scans(session_id):
            file = next((each.file for each in found if isinstance(each, Summary) and each.id == session_id), None)
            if file is not None:
                with contextlib.suppress(FileNotFoundError):
                    opened = read_opened(self.path / file)
                    if opened.session.id == session_id:
                        return opened
        raise UnknownIdError(session_id, self.path, finding.nearest(session_id, self.summaries()))

    def save(self, opened: Opened, session: Session, steps: Sequence[Recorded] = ()) -> Opened:
        """Write a session durably in the place of the one that was opened, and return it as opened anew.

        What others saved there since it was opened is merged into it, so the session that is returned may hold more
        than the one that was given. `steps` are the edits that lie between the two, for the history; without them it
        is one edit. A file that was renamed is found; one that has gone, or its folder, is made anew. Raises
        ReadOnlyError, SaveError when the system refuses or another program keeps the lock, ForeignFileError when the
        file is no session any more, and InvalidSessionError; in all these cases the file is untouched, and saving may
        be tried again.
        """
        if opened.read_only:
            raise ReadOnlyError(opened.path, opened.read_only)
        if session.id != opened.session.id:
            raise InvalidSessionError(opened.path, f"it is the file of {opened.session.id}, not of {session.id}")
        with self._writing(opened.path):
            there = self._there(opened)
            keep_daily(there.path, there.revision.modified)
            merged = session if there.session is opened.session else merge(opened.session, session, there.session)
            saved = Opened(merged, there.path, self._write(there.path, merged, (opened.revision, there)))
            self._record(steps or _one_step(opened.session, session), there, saved)
        return saved

    def look(self, opened: Opened) -> Opened:
        """Return the session as it is in its file now: the same object when nobody else has changed it.

        Raises ForeignFileError when the file is no session any more, and OSError. One that has gone is no change: the
        next save makes it anew.
        """
        try:
            return self._there(opened)
        except FileNotFoundError:
            return opened

    def history(self, session_id: str) -> tuple[Recorded, ...]:
        """Return the recorded steps of a session, oldest first; see `history.state` for the state after any of them."""
        return self._history(session_id).read()

    def delete(self, session_id: str) -> Trashed:
        """Move a session to the trash of the store. Raises UnknownIdError, UnreadableError and SaveError."""
        opened = self.open(session_id)
        with self._writing(opened.path):
            if (self.path / TRASH).is_symlink():
                raise StoreError(f"{self.path / TRASH} is a link and no folder; nothing was moved out of the store.")
            make_folder(self.path / TRASH)
            path = naming.free_path(self.path / TRASH, opened.path.stem)
            opened.path.rename(path)
            sync_folder(path.parent)
            sync_folder(self.path)
        return Trashed(session_id, opened.session.title, path, opened.path)

    def trash(self) -> tuple[Trashed, ...]:
        """Return the deleted sessions that can be restored, the last deleted first. Raises StoreError."""
        found = []
        if (self.path / TRASH).is_symlink():
            return ()
        try:
            with os.scandir(self.path / TRASH) as entries:
                files = [(entry.stat(follow_symlinks=False).st_ctime_ns, Path(entry.path)) for entry in entries]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StoreError(f"{error.strerror or error}: {self.path / TRASH}. The trash cannot be listed.") from error
        for _, path in sorted(files, reverse=True):
            with contextlib.suppress(UnreadableError, OSError):
                session = read_opened(path).session
                found.append(Trashed(session.id, session.title, path, self.path / path.name))
        return tuple(found)

    def restore(self, trashed: Trashed) -> Path:
        """Move a session back from the trash, to a free name when its own is taken; return where it is then.

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
        return path

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

    def stamp(self) -> int:
        """Return a number that changes when a session is saved, added or removed; 0 when there is no store."""
        try:
            return self.path.stat().st_mtime_ns
        except OSError:
            return 0

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

    def _write(self, path: Path, session: Session, before: tuple[Revision, Opened] | None = None) -> Revision:
        storage = DurableStorage(path)
        try:
            storage.write_encoded(*self._encoder.pieces(session))
        except OSError:
            if storage.revision != NO_FILE and before is not None:
                self._unsynced[path] = (before[0], storage.revision, before[1])
            raise
        except (ValueError, TypeError) as error:
            raise InvalidSessionError(path, str(error)) from error
        self._unsynced.pop(path, None)
        return storage.revision

    def _there(self, opened: Opened) -> Opened:
        """Return what is in the file of an opened session now, which is nearly always what was opened."""
        with contextlib.suppress(OSError):
            # Over a network a file is asked about anew only when it is opened.
            os.close(os.open(opened.path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0)))
        try:
            status = opened.path.lstat()
        except FileNotFoundError:
            path = self._renamed(opened)
            if path is None:
                return msgspec.structs.replace(opened, revision=NO_FILE)
            opened = msgspec.structs.replace(opened, path=path)
            status = path.lstat()
        now = Revision.of(status)
        if now == opened.revision:
            return opened
        unsynced = self._unsynced.get(opened.path)
        if unsynced is not None and unsynced[:2] == (opened.revision, now):
            return msgspec.structs.replace(unsynced[2], revision=now)
        if not stat.S_ISREG(status.st_mode):
            raise ForeignFileError(opened.path, "it is no file any more")
        there = read_again(opened)
        # Copied, checked out or touched, but not changed.
        return msgspec.structs.replace(there, session=opened.session) if there.session == opened.session else there

    def _renamed(self, opened: Opened) -> Path | None:
        """Return the file that a session has now that its own has gone, or None; looked for when the folder changed."""
        stamp = self.stamp()
        if self._gone.get(opened.path) == stamp:
            return None
        with contextlib.suppress(StoreError):
            for each in self.summaries():
                if isinstance(each, Summary) and each.id == opened.session.id:
                    return self.path / each.file
        self._gone[opened.path] = stamp
        return None

    def _record(self, steps: Sequence[Recorded], before: Opened, after: Opened) -> None:
        signed = [msgspec.structs.replace(step, by=step.by or self.name) for step in steps]
        self._history(after.session.id).record(
            signed, before=(before.session, before.revision), after=(after.session, after.revision)
        )

    def _history(self, session_id: str) -> History:
        if session_id not in self._histories:
            self._histories[session_id] = History(self.path, session_id)
        return self._histories[session_id]

    @property
    def name(self) -> str:
        """The name under which edits are recorded."""
        if not self._who:
            with contextlib.suppress(OSError, KeyError):  # a user id without a name, as in a container
                self._who = named(getpass.getuser())
            self._who = self._who or "somebody"
        return self._who

    def _scans(self, session_id: str) -> Iterator[tuple[Summary | Broken, ...]]:
        """Yield what is known of the store, then what is in it now."""
        known = self.cached_summaries() or ()
        # Where there are copies of a session, only the files tell which one it is now.
        if not any(isinstance(each, Broken) and each.copy_of == session_id for each in known):
            yield known
        yield self.summaries()

    def _cache_folder(self) -> Path:
        if self._cache is None:
            # Imported where it is used: it takes 20 ms, and nothing that only saves needs it.
            from platformdirs import user_cache_path

            self._cache = user_cache_path("facilitator", appauthor=False)
        return self._cache


def _one_step(before: Session, after: Session) -> tuple[Recorded, ...]:
    changes = diff(before, after)
    return (Recorded(id=new_id(), at=datetime.now(UTC), label="edit", changes=changes),) if changes else ()


def _mark(folder: Path) -> None:
    """Leave the file by which a folder is recognised as a store."""
    with contextlib.suppress(FileExistsError), (folder / MARKER).open("x", encoding="utf-8") as file:
        file.write(f'{{"format": {codec.FORMAT}}}\n')
