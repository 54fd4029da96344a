"""A TinyDB storage that survives a kill, a power cut and a full disk: the file is always the old one or the new one.

A save writes a temporary file in the same folder, syncs it, puts it in place of the old file in one step and syncs
the folder. TinyDB's own storage writes in place, which leaves a broken file when it is interrupted.
"""

import contextlib
import errno
import math
import os
import re
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from facilitator.store.errors import UnreadableError

Tables = Mapping[str, Mapping[str, Any]]
"""Named tables of documents by id, as TinyDB hands them to a storage. A document may also be a msgspec struct."""

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read."""

WORKING = ".facilitator"
"""The folder in a store for files that are no sessions; git is told to leave it alone."""

BACKUPS = Path(WORKING, "backup")
"""Where the last good copy of each file is kept, below the folder of the file."""

COPY_EVERY = 60.0
"""How much older than the file its last good copy may be, in seconds: a session is saved at every edit."""

PRIVATE = 0o600
"""The mode of new files. A file that is there keeps its mode, so that a shared folder stays shared."""

_NULL = re.compile(rb"[:,\[]null")
_TEMPORARY = re.compile(r"\..+\.json\.[0-9a-f]{12}\.tmp")
_LEFT_OVER = 60.0

# What is shorter is joined sooner than the system gathers it; more pieces than these no system takes at once.
_WORTH_SCATTERING = 256 * 1024
_MOST_AT_ONCE = 1024


class Revision(msgspec.Struct, frozen=True):
    """What tells one state of a file from another without reading it."""

    modified: int
    """Time of the last change in nanoseconds; every save sets its own, so it is finer than the file system's clock."""
    size: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Revision":
        """Return the revision that a `stat` saw."""
        return cls(status.st_mtime_ns, status.st_size, status.st_ino)


NO_FILE = Revision(0, 0, 0)
"""The revision of a file that is not there, or that was not looked at."""


class DurableStorage(Storage):
    """Keeps named tables with string ids in one JSON file: `TinyDB(path, storage=DurableStorage)`.

    `revision` is that of the file which the last read saw or the last write put in place, else NO_FILE. Nothing is
    read or made by opening.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        self.revision = NO_FILE

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return the tables, or None when there is no file. Raises UnreadableError and OSError.

        The file is parsed at every call: TinyDB changes the tables that it is given before it writes them, so a kept
        state would show a change that failed to be saved.
        """
        try:
            raw, self.revision = read_file(self._path)
        except FileNotFoundError:
            self.revision = NO_FILE
            return None
        try:
            return msgspec.json.decode(raw, type=dict[str, dict[str, Any]])
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            raise UnreadableError(self._path, str(error)) from error

    def write(self, data: Tables) -> None:
        """Replace the file by one with these tables, durably, keeping the old one as the last good copy.

        Raises OSError when the system refuses, and ValueError or TypeError for what JSON cannot hold; then the old
        file is as it was.
        """
        self.write_encoded(encoded(data))

    def write_encoded(self, *pieces: bytes) -> None:
        """Write tables that are encoded already, perhaps in pieces, as `write` does.

        Raises OSError, and ValueError when they are too large.
        """
        self.revision = NO_FILE
        if sum(map(len, pieces)) > MAX_BYTES:
            raise ValueError(f"it is larger than {MAX_BYTES // 1024**2} MB, and could not be read again")
        with _synced_at_the_end(self._path.parent):
            self.revision = replace_file(self._path, *pieces)


def encoded(data: Tables) -> bytes:
    """Return tables as indented JSON in UTF-8.

    Raises ValueError for NaN, infinities and lone surrogates, and TypeError for other values.
    """
    text = msgspec.json.encode(data)
    # The encoder writes null for a number that JSON lacks. Only then is it worth looking for one.
    if b"null" in text and _NULL.search(text):
        _refuse_non_finite(data, "$")
    return msgspec.json.format(text, indent=2) + b"\n"


def read_file(path: Path) -> tuple[bytes, Revision]:
    """Return the bytes of a regular file of bounded size, and the revision that they are.

    Raises UnreadableError for anything else, and OSError.
    """
    # A pipe or a device in the folder must not block the program.
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(path, "it is not a regular file")
        if status.st_size > MAX_BYTES:
            raise UnreadableError(path, f"it is larger than {MAX_BYTES // 1024**2} MB")
        return file.read(), Revision.of(status)


def replace_file(path: Path, *pieces: bytes) -> Revision:
    """Put a file with these bytes in the place of `path` in one step; return its revision.

    The folder is not synced yet. Raises OSError; then the old file is untouched, and the temporary one is gone where
    the system allows it.
    """
    temporary = temporary_for(path)
    old = _status(path)
    # Found out before the sync, after which the processor is slow to get going again.
    copy = _copy_due(path) if old is not None else None
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE)
    try:
        try:
            _write_all(descriptor, pieces)
            now = time.time_ns()
            os.utime(descriptor if os.utime in os.supports_fd else temporary, ns=(now, now))
            new = os.fstat(descriptor)
            if old is not None:
                _take_over_mode(descriptor, new, old)
            revision = Revision.of(new)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if copy is not None:
            _keep_last_good(path, copy)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return revision


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that killed programs left in a folder, a minute after; as far as it is allowed."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for path in [Path(entry.path) for entry in entries if _TEMPORARY.fullmatch(entry.name)]:
            with contextlib.suppress(OSError):
                if time.time() - path.lstat().st_mtime > _LEFT_OVER:
                    path.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable. Raises OSError."""
    with _synced_at_the_end(folder):
        pass


def backup_of(path: Path) -> Path:
    """Return where the last good copy of a file is kept; there may be none."""
    return path.parent / BACKUPS / path.name


def make_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, durably and for its owner alone. One that is there stays as it is.

    Raises OSError.
    """
    missing = [each for each in (folder, *folder.parents) if not each.is_dir()]
    for each in reversed(missing):
        each.mkdir(0o700, exist_ok=True)
        sync_folder(each.parent)


def working_folder(store: Path) -> Path:
    """Return the folder in a store for files that are no sessions, made when it is missing, as private as the store.

    Raises OSError.
    """
    folder = store / WORKING
    if not folder.is_dir():
        folder.mkdir(0o700, exist_ok=True)
        folder.chmod(stat.S_IMODE(store.stat().st_mode) & 0o2777)
        with contextlib.suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as file:
            file.write("*\n")
    return folder


def inner_folder(store: Path, *names: str) -> Path:
    """Return a folder below the working folder of a store, made when it is missing, as private as the store.

    Raises OSError, also when it is a link: it would lead out of the store.
    """
    folder = working_folder(store)
    mode = stat.S_IMODE(folder.stat().st_mode)
    for name in names:
        folder = folder / name
        if folder.is_symlink():
            raise NotADirectoryError(errno.ENOTDIR, "This is a link and no folder", str(folder))
        if not folder.is_dir():
            folder.mkdir(0o700, exist_ok=True)
            folder.chmod(mode)
    return folder


def temporary_for(path: Path) -> Path:
    """Return a path beside `path` for its next state, which no other program uses."""
    return path.with_name(f".{path.name}.{os.urandom(6).hex()}.tmp")


def keep_link(path: Path, copy: Path) -> None:
    """Keep a file, which is never written in place, under another name too, in place of what has that name.

    Raises OSError, also where the file system knows no links.
    """
    staged = temporary_for(copy)
    os.link(path, staged, follow_symlinks=False)
    try:
        staged.replace(copy)
    finally:
        # It is still there too when both were the same file before.
        staged.unlink(missing_ok=True)


@contextlib.contextmanager
def _synced_at_the_end(folder: Path) -> Iterator[None]:
    """Make the names in a folder durable when the block ends without an error. Raises OSError."""
    if os.name == "nt":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def _take_over_mode(descriptor: int, new: os.stat_result, old: os.stat_result) -> None:
    if os.name == "nt":
        return
    mode = stat.S_IMODE(old.st_mode) & 0o666
    if old.st_gid != new.st_gid:
        try:
            os.fchown(descriptor, -1, old.st_gid)
        except OSError:
            # What the group could do was meant for another group.
            mode &= 0o606
    if mode | PRIVATE != stat.S_IMODE(new.st_mode):
        os.fchmod(descriptor, mode | PRIVATE)


def _write_all(descriptor: int, pieces: Sequence[bytes]) -> None:
    if sum(map(len, pieces)) < _WORTH_SCATTERING or not hasattr(os, "writev"):
        pieces = [b"".join(pieces)]
    for start in range(0, len(pieces), _MOST_AT_ONCE):
        some = pieces[start : start + _MOST_AT_ONCE]
        written = os.writev(descriptor, some) if len(some) > 1 else os.write(descriptor, some[0])
        rest = memoryview(b"".join(some))[written:] if written < sum(map(len, some)) else memoryview(b"")
        while rest:
            rest = rest[os.write(descriptor, rest) :]


def _copy_due(path: Path) -> Path | None:
    """Return where the file that is about to be replaced is kept as the last good copy; None when one is new enough."""
    copy = backup_of(path)
    try:
        age = time.time() - copy.stat().st_ctime
    except OSError:
        return copy
    return None if 0 <= age < COPY_EVERY else copy


def _keep_last_good(path: Path, copy: Path) -> None:
    """Keep the file that is about to be replaced. There is no copy where the file system knows no links."""
    with contextlib.suppress(OSError):
        inner_folder(path.parent, copy.parent.name)
        keep_link(path, copy)


def _refuse_non_finite(value: Any, place: str) -> None:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{place}: JSON has no number {value}")
    elif isinstance(value, Mapping):
        for key, each in value.items():
            _refuse_non_finite(each, f"{place}.{key}")
    elif isinstance(value, list | tuple | set | frozenset):
        for number, each in enumerate(value):
            _refuse_non_finite(each, f"{place}[{number}]")
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            _refuse_non_finite(getattr(value, field), f"{place}.{field}")
