"""What is around the sessions of a store: the folder, the lock, copies, histories, the trash, what was left over."""

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from facilitator.store import codec
from facilitator.store.daily import FOLDER as DAILY
from facilitator.store.diagnosis import Cure, Finding
from facilitator.store.errors import UnreadableError
from facilitator.store.last_good import steps_of
from facilitator.store.lock import TIMEOUT, locked
from facilitator.store.mending import counted
from facilitator.store.naming import SUFFIX
from facilitator.store.storage import BACKUPS, WORKING, read_file
from facilitator.store.store import TRASH

ASIDE = "aside"
"""The folder in the working folder with files as they were before a repair."""

LEFT_OVER = 60.0
"""How old a temporary file is, in seconds, until whoever wrote it has surely gone."""

_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{12}\.tmp")


def examine_surroundings(folder: Path, timeout: float = TIMEOUT) -> Iterator[Finding]:
    """Yield what is wrong with a store apart from its sessions. `timeout` is how long to wait for the lock, seconds."""
    yield from _folder(folder)
    yield from _lock(folder, timeout)
    for inner in (folder, folder / TRASH, *_inner_folders(folder / WORKING)):
        yield from _left_over(folder, inner)
    yield from _copies(folder)
    yield from _histories(folder)


def within(folder: Path, path: Path) -> str:
    """Return the path of a file in a store as findings have it."""
    return path.relative_to(folder).as_posix()


def _folder(folder: Path) -> Iterator[Finding]:
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding("", "you have no permission to write to this folder", "sessions open for reading only")
    working = folder / WORKING
    if os.path.lexists(working) and not working.is_dir():
        yield Finding(WORKING, "it is no folder", "move it away; nothing can be saved while it is there")


def _lock(folder: Path, timeout: float) -> Iterator[Finding]:
    path = folder / WORKING / "lock"
    if path.is_symlink():
        yield Finding(within(folder, path), "it is a link", "remove it; nothing can be saved while it is there")
        return
    if not path.is_file():
        return
    name = within(folder, path)
    try:
        if not _knows_locks(path):
            advice = "save from one program at a time, or move the store"
            yield Finding(name, "this file system knows no locks", advice)
            return
        with locked(folder, timeout):
            pass
    except TimeoutError:
        advice = "nothing can be saved meanwhile; end the program that keeps it"
        yield Finding(name, f"another program has kept the lock for {timeout:g} s", advice)
    except OSError as error:
        yield Finding(name, f"the lock cannot be taken: {error.strerror or error}", "nothing can be saved meanwhile")


if sys.platform == "win32":

    def _knows_locks(_path: Path) -> bool:
        return True

else:
    import fcntl

    def _knows_locks(path: Path) -> bool:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
        finally:
            os.close(descriptor)
        return True


def _inner_folders(working: Path) -> Iterator[Path]:
    """Yield the working folder and those in it, but not what was put aside."""
    yield working
    for inner in _listed(working):
        if inner.name != ASIDE and _is_folder(inner):
            yield inner
            yield from (each for each in _listed(inner) if _is_folder(each))


def _left_over(folder: Path, inner: Path) -> Iterator[Finding]:
    for path in _listed(inner):
        if not _TEMPORARY.fullmatch(path.name):
            continue
        with contextlib.suppress(OSError):
            status = path.lstat()
            if stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > LEFT_OVER:
                what = "a program that was killed left it over"
                yield Finding(within(folder, path), what, "it can be moved aside", Cure.MOVE_ASIDE)


def _copies(folder: Path) -> Iterator[Finding]:
    seen: set[tuple[int, int]] = set()
    copies = _listed(folder / BACKUPS)
    days = [each for inner in _listed(folder / WORKING / DAILY) for each in _listed(inner)]
    deleted = _listed(folder / TRASH)
    for paths, advice in (
        (copies, "the next saves replace it"),
        (days, "it goes with time; or remove it"),
        (deleted, "to have it repaired, move it back into the store; or remove it"),
    ):
        for path in paths:
            if path.name.endswith(SUFFIX) and not path.name.startswith("."):
                yield from _copy(folder, path, advice, seen)


def _copy(folder: Path, path: Path, advice: str, seen: set[tuple[int, int]]) -> Iterator[Finding]:
    """Yield what is wrong with a copy; those that are names of one file are read once."""
    try:
        status = path.lstat()
        if (status.st_dev, status.st_ino) in seen:
            return
        codec.loads(read_file(path)[0], path)
        seen.add((status.st_dev, status.st_ino))
    except UnreadableError as error:
        yield Finding(within(folder, path), f"it cannot be read: {error.reason}", advice)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Finding(within(folder, path), f"it cannot be read: {error.strerror or error}", advice)


def _histories(folder: Path) -> Iterator[Finding]:
    for path in _listed(folder / WORKING / "history"):
        if path.suffix == ".jsonl" and not path.name.startswith("."):
            steps, unreadable = steps_of(folder, path.stem)
            if unreadable:
                lines = counted(unreadable, "line", "lines")
                what = f"{lines} of {len(steps) + unreadable} cannot be read"
                yield Finding(within(folder, path), what, "the next save continues it")


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
