"""Saves while something is wrong with the disk, the folder, the file, the lock or the clock."""

import contextlib
import errno
import fcntl
import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec

from facilitator.model import edits
from facilitator.model.session import Parked
from facilitator.store import codec
from facilitator.store.errors import ForeignFileError, SaveError, StoreError
from facilitator.store.store import Store
from tests.torture import each_call, mounted
from tests.torture.options import Options
from tests.torture.reporting import Line, times
from tests.torture.states import state_at
from tests.torture.trial import WRONG, Fault, begun, looked_at, store_in, trial

NOBODY = 65_534
HOUR = 3_600 * 10**9
TIMES = 3
"""How often each fault is tried."""


def lines(options: Options) -> Iterator[Line]:
    """Try each fault."""
    folder = options.folder / "faults"
    folder.mkdir()
    yield from mounted.lines(folder / "mounted")
    yield _line("no permission to write to the folder", Counter(_as_nobody(folder / "nobody")))
    for what, (fault, refused) in FAULTS.items():
        place = folder / what.replace(" ", "-").replace(",", "")
        yield _line(what, sum((trial(place / str(each), fault, refused) for each in range(TIMES)), Counter()))
    yield _line("two programs, one clock goes back a day", _two_clocks(folder / "two-clocks"))
    yield from each_call.lines(folder / "calls")


def _line(what: str, found: Counter[str]) -> Line:
    return Line(what, times(found["trials"]), {name: found[name] for name in WRONG})


@contextlib.contextmanager
def _folder_gone(path: Path) -> Iterator[None]:
    shutil.rmtree(path.parent)
    yield


@contextlib.contextmanager
def _folder_moved(path: Path) -> Iterator[None]:
    """Put a file in the place of the folder for a while, so that it cannot be made anew."""
    aside = path.parent.with_name("aside")
    path.parent.rename(aside)
    path.parent.touch()
    yield
    path.parent.unlink()
    aside.rename(path.parent)


@contextlib.contextmanager
def _file_gone(path: Path) -> Iterator[None]:
    path.unlink()
    yield


def _replaced(put: Callable[[Path], object]) -> Fault:
    """Return a fault that puts something in the place of the file for a while, and looks whether it was touched."""

    @contextlib.contextmanager
    def fault(path: Path) -> Iterator[None]:
        aside = path.with_name("aside")
        path.rename(aside)
        put(path)
        before = _looks(path)
        yield
        after = _looks(path)
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
        aside.rename(path)
        if before != after:
            path.write_bytes(b"what was in its place was changed")

    return fault


def _looks(path: Path) -> Any:
    status = path.lstat()
    content = path.read_bytes() if path.is_file() else b""
    return status.st_ino, status.st_mode, status.st_mtime_ns, content, path.is_symlink() and path.readlink()


def _put_another_session(path: Path) -> None:
    path.write_bytes(codec.dumps(msgspec.structs.replace(state_at(0), id="01ANOTHER")))


def _put_newer(path: Path) -> None:
    path.write_bytes(codec.dumps(state_at(0)).replace(b'"number": 1', b'"number": 99', 1))


def _put_link(path: Path) -> None:
    outside = path.parent.with_name("outside.json")
    outside.write_bytes(codec.dumps(state_at(0)))
    path.symlink_to(outside)


@contextlib.contextmanager
def _lock_of_a_killed_program(path: Path) -> Iterator[None]:
    holder = _holding(path)
    os.kill(holder, signal.SIGKILL)
    os.waitpid(holder, 0)
    yield


@contextlib.contextmanager
def _lock_held(path: Path) -> Iterator[None]:
    holder = _holding(path)
    yield
    os.kill(holder, signal.SIGKILL)
    os.waitpid(holder, 0)


def _holding(path: Path) -> int:
    """Return the number of a process that holds the lock of the store until it is killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with (path.parent / ".facilitator" / "lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            os.write(writer, b"!")
            signal.pause()
            os._exit(0)
    os.read(reader, 1)
    os.close(reader)
    os.close(writer)
    return child


@contextlib.contextmanager
def _no_locks(_path: Path) -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with mock.patch.object(fcntl, "flock", refuse):
        yield


def _clock(back: int) -> Fault:
    real_ns, real = time.time_ns, time.time

    def now_ns() -> int:
        return real_ns() - back

    def now() -> float:
        return real() - back / 1e9

    @contextlib.contextmanager
    def fault(_path: Path) -> Iterator[None]:
        with (
            mock.patch.object(time, "time_ns", now_ns),
            mock.patch.object(time, "time", now),
        ):
            yield

    return fault


FAULTS: dict[str, tuple[Fault, type[StoreError] | None]] = {
    "the folder is removed": (_folder_gone, None),
    "the folder is moved away, and back": (_folder_moved, SaveError),
    "the file is removed": (_file_gone, None),
    "garbage in place of the file": (_replaced(lambda path: path.write_bytes(b"<<<<<<< HEAD\n")), ForeignFileError),
    "nothing in the file": (_replaced(Path.touch), ForeignFileError),
    "another session in place of the file": (_replaced(_put_another_session), ForeignFileError),
    "a newer format in place of the file": (_replaced(_put_newer), ForeignFileError),
    "a folder in place of the file": (_replaced(Path.mkdir), ForeignFileError),
    "a link in place of the file": (_replaced(_put_link), ForeignFileError),
    "a pipe in place of the file": (_replaced(os.mkfifo), ForeignFileError),
    "the lock of a program that was killed": (_lock_of_a_killed_program, None),
    "the lock of a program that lives": (_lock_held, SaveError),
    "a file system without locks": (_no_locks, None),
    "the clock goes back an hour": (_clock(HOUR), None),
    "the clock goes back a day": (_clock(24 * HOUR), None),
    "the clock goes forward a year": (_clock(-365 * 24 * HOUR), None),
}


def _two_clocks(folder: Path) -> Counter[str]:
    """Save in turn from two programs that never reopen, of which one has a clock that is a day behind."""
    found: Counter[str] = Counter(trials=20)
    store, opened = begun(folder)
    other = Store(folder / "store", cache=folder / "cache of the other", who="other")
    theirs = other.open(opened.session.id)
    for number in range(found["trials"]):
        with _clock(24 * HOUR)(opened.path):
            theirs = other.save(theirs, edits.add(theirs.session, Parked(id=f"T{number}", text=f"theirs {number}")))
        opened = store.save(opened, edits.add(opened.session, Parked(id=f"M{number}", text=f"mine {number}")))
    found += looked_at(folder, [opened.session])
    found["lost"] += 2 * found["trials"] - len(store_in(folder).open(opened.session.id).session.parking_lot)
    return found


def _as_nobody(folder: Path) -> dict[str, int]:
    """Try a folder that may not be written, as a user who is not root: that one may write anywhere."""
    # Everything is imported before: that user may not even read the program.
    trial(folder / "before", lambda _: contextlib.nullcontext(), None)
    folder.chmod(0o777)
    for each in (folder.parent, folder.parents[1]):
        each.chmod(0o711)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            found = sum((trial(folder / str(each), _no_permission, SaveError) for each in range(TIMES)), Counter())
            os.write(writer, msgspec.json.encode(found))
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        said = told.read()
    os.waitpid(child, 0)
    return msgspec.json.decode(said or b'{"trials": 0, "not saved again": 1}', type=dict[str, int])


@contextlib.contextmanager
def _no_permission(path: Path) -> Iterator[None]:
    path.parent.chmod(0o500)
    yield
    path.parent.chmod(0o700)
