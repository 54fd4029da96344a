"""One writer at a time in a store, whatever number of programs have it open."""

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from facilitator.store.storage import WORKING, working_folder

TIMEOUT = 5.0
"""How long a save waits for another one, in seconds."""

_PAUSE = 0.005
_NAME = "lock"


@contextlib.contextmanager
def locked(store: Path, timeout: float) -> Iterator[None]:
    """Hold the lock of a store, which the system gives back when the program dies.

    Raises TimeoutError when another program has held it for `timeout` seconds, and OSError. On a file system that
    knows no locks the block runs without one.
    """
    with _held(store, timeout):
        yield


def _too_late(path: Path, timeout: float) -> TimeoutError:
    return TimeoutError(errno.ETIMEDOUT, f"Another program has kept the lock for {timeout:g} s", str(path))


if sys.platform == "win32":

    @contextlib.contextmanager
    def _held(store: Path, timeout: float) -> Iterator[None]:
        from filelock import FileLock, Timeout

        path = working_folder(store) / _NAME
        lock = FileLock(path, timeout=timeout)
        try:
            lock.acquire()
        except Timeout as error:
            raise _too_late(path, timeout) from error
        try:
            yield
        finally:
            lock.release()

else:
    # filelock does the same on these systems, and takes 50 ms to import.
    import fcntl

    _BUSY = (errno.EACCES, errno.EAGAIN)
    _UNSUPPORTED = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
    # A link in the place of the lock would have a file made outside of the store.
    _FLAGS = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW

    @contextlib.contextmanager
    def _held(store: Path, timeout: float) -> Iterator[None]:
        # Each call opens the file anew, so that threads of one program exclude each other too.
        descriptor = _open(store)
        try:
            end = time.monotonic() + timeout
            while not _try(descriptor):
                if time.monotonic() >= end:
                    raise _too_late(store / WORKING / _NAME, timeout)
                time.sleep(_PAUSE)
            yield
        finally:
            os.close(descriptor)

    def _open(store: Path) -> int:
        try:
            return os.open(f"{store}/{WORKING}/{_NAME}", _FLAGS)
        except FileNotFoundError:
            path = working_folder(store) / _NAME
            descriptor = os.open(path, _FLAGS | os.O_CREAT, 0o600)
            try:
                # Whoever may write to the store may lock it.
                os.fchmod(descriptor, 0o600 | stat.S_IMODE(store.stat().st_mode) & 0o066)
            except BaseException:
                os.close(descriptor)
                raise
            return descriptor

    def _try(descriptor: int) -> bool:
        """Take the lock and return True, also where there are none; return False while another one has it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _BUSY:
                return False
            if error.errno not in _UNSUPPORTED:
                raise
        return True
