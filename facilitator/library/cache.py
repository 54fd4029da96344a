"""Where the index of a store is: one SQLite file in the user's cache folder, made aside and put in place when complete.

Every build has a name of its own, and the newest one counts. So a file that a program has open is never overwritten:
that program goes on with what it has until it looks again.
"""

import contextlib
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

VERSION = 4
"""The number of the tables in the file. A file of another number is never opened, and goes with the next build."""

SUFFIX = ".sqlite"

BUSY = 0.05
"""How long to wait for a write of another program, in seconds."""

_DIGITS, _LENGTH = frozenset("0123456789abcdef"), 16
_ABANDONED = 3600.0
_FOLDER = "library"
_BUSY_CODES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_REFUSED_CODES = (
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
)


class Cache:
    """The place for the index of one store. Making one reads and writes nothing."""

    def __init__(self, folder: Path, store: Path) -> None:
        self.folder = folder / _FOLDER
        self._name = f"{crc32(os.fsencode(store)):08x}-"  # two stores of one number only make each other's anew

    def newest(self) -> Path | None:
        """Return the file that counts, or None."""
        return max(self._files(), default=None)

    def new(self) -> Path:
        """Return a path beside the others at which the next index is built. Raises OSError."""
        self.folder.mkdir(0o700, parents=True, exist_ok=True)
        self._sweep()
        path = self.folder / f".{self._name}{os.getpid()}-{time.time_ns()}.tmp"
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        return path

    def put(self, built: Path) -> Path:
        """Let an index that is complete count instead of the others, which are removed. Raises OSError."""
        older = self._files()
        number = max([time.time_ns(), *(int(path.stem.rpartition("-")[2], 16) + 1 for path in older)])
        path = self.folder / f"{self._name}{VERSION:04}-{number:0{_LENGTH}x}{SUFFIX}"
        built.replace(path)
        for other in (*older, *self._of_other_versions()):
            remove(other)
        return path

    @contextlib.contextmanager
    def building(self) -> Iterator[bool]:
        """Tell whether nobody else builds the index of this store, and keep it so meanwhile. Raises OSError."""
        self.folder.mkdir(0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.folder / f".{self._name}lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            yield _lock(descriptor)
        finally:
            os.close(descriptor)

    def _files(self) -> list[Path]:
        start = f"{self._name}{VERSION:04}-"
        ours = [path for path in self._of_any_version() if path.name.startswith(start)]
        return [
            path
            for path in ours
            if len(path.stem) == len(start) + _LENGTH and _DIGITS.issuperset(path.stem[len(start) :])
        ]

    def _of_other_versions(self) -> list[Path]:
        start = f"{self._name}{VERSION:04}-"
        return [path for path in self._of_any_version() if not path.name.startswith(start)]

    def _of_any_version(self) -> list[Path]:
        try:
            every = list(self.folder.iterdir())
        except OSError:
            return []
        return [path for path in every if path.name.startswith(self._name) and path.name.endswith(SUFFIX)]

    def _sweep(self) -> None:
        """Remove what builds that were killed left over."""
        for path in self.folder.glob(".*.tmp*"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink()


def remove(path: Path) -> None:
    """Remove an index and what belongs to it, as far as the system lets that be."""
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        with contextlib.suppress(OSError):
            each.unlink(missing_ok=True)


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another program is writing just now."""
    return _code(error) in _BUSY_CODES


def is_refused(error: sqlite3.Error) -> bool:
    """Tell whether the system does not let the file be read or written, for which the file can do nothing."""
    return _code(error) in _REFUSED_CODES


def _code(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


if sys.platform == "win32":

    def _lock(descriptor: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system that knows no locks
        return True
