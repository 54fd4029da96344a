"""Who else has a session open: each program keeps a small file in the store for it, and touches it now and then.

A program that was killed leaves its file behind, so a file counts only while it is fresh. It is compared with one's
own file and not with a clock: the file system set both times, so clocks that differ between computers do no harm.
"""

import contextlib
import os
import platform
import re
import stat
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Annotated
from zlib import crc32

import msgspec

from facilitator.model.text import one_line
from facilitator.store.storage import PRIVATE, WORKING, working_folder

BEAT_EVERY = 10.0
"""How often `beat` should be called, in seconds."""

GONE_AFTER = 35.0
"""How far the time of a file may be from that of one's own, in seconds, until its program counts as gone."""

STALE_AFTER = 86_400.0
"""How far it may be, in seconds, until the file is removed by whoever sees it."""

MAX_NAME = 64
"""The longest name of a person or a computer that is kept, in characters."""

_OPEN = "open"
_MAX_BYTES = 4096
_MAX_FILES = 500
_SESSION_ID = re.compile("[A-Za-z0-9_-]{1,64}")
_INSTANCE = re.compile(r"[0-9a-f]{16}\.json")
_SECOND = 1_000_000_000
# Neither a link nor a pipe in the folder may lead elsewhere or block.
_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


class Person(msgspec.Struct, frozen=True):
    """Somebody who has the session open: a name and a computer, both one line and maybe empty, and since when, UTC."""

    who: str
    host: str
    since: datetime


class _Record(msgspec.Struct, frozen=True):
    """What the file of one program says. `machine` tells computers and containers of the same name apart."""

    who: str
    host: str
    pid: Annotated[int, msgspec.Meta(gt=0, lt=2**31)]
    since: Annotated[datetime, msgspec.Meta(tz=True)]
    machine: str = ""


class Presence:
    """One program that has one session open, and a look at the others that have.

    `who` is the name to show to others; `host` and `pid` are those of this program unless given. Nothing is read or
    written by making one. A store that cannot be written, or has gone, shows nobody; then nothing is raised. All
    methods may be called from any thread.
    """

    def __init__(
        self, store: Path, session_id: str, *, who: str, host: str | None = None, pid: int | None = None
    ) -> None:
        """Raises ValueError for an id with characters other than those of session ids: it names a folder."""
        if not _SESSION_ID.fullmatch(session_id):
            raise ValueError(f"{session_id!r} is no id of a session")
        self._store = store
        self._folder = store / WORKING / _OPEN / session_id
        self._path = self._folder / f"{os.urandom(8).hex()}.json"
        self._record = _Record(
            who=_name(who),
            host=_name(platform.node() if host is None else host),
            pid=os.getpid() if pid is None else pid,
            since=datetime.now(UTC),
            machine=_machine(),
        )
        self._entered = False
        self._touched: int | None = None
        # So that a beat that is still under way cannot bring back the file of a program that has left.
        self._lock = Lock()

    def enter(self) -> None:
        """Be seen by the others from now on."""
        with self._lock:
            if not self._entered:
                self._entered = True
                self._record = msgspec.structs.replace(self._record, since=datetime.now(UTC))
            self._beat()

    def beat(self) -> None:
        """Show that this program still runs, every BEAT_EVERY seconds. A file that has gone is made anew.

        Does nothing before `enter` and after `leave`.
        """
        with self._lock:
            if self._entered:
                self._beat()

    def others(self) -> tuple[Person, ...]:
        """Return who else has the session open, by name; nobody while this program is not seen itself.

        Two programs of one person are two. Whoever has left, was killed on this computer, or has not been heard of
        for GONE_AFTER seconds before the last beat of this program, is not among them.
        """
        mine = self._touched
        if mine is None:
            return ()
        found: list[Person] = []
        with contextlib.suppress(OSError), os.scandir(self._folder) as entries:
            for entry in islice(entries, _MAX_FILES):
                if _INSTANCE.fullmatch(entry.name) and entry.name != self._path.name:
                    record = _read(self._folder / entry.name, mine)
                    if record is not None and self._runs(record):
                        found.append(Person(_name(record.who), _name(record.host), record.since))
        return tuple(sorted(found, key=lambda person: (person.who.casefold(), person.who, person.host, person.since)))

    def leave(self) -> None:
        """Be seen no longer. Leaving twice, or without having entered, does nothing."""
        with self._lock:
            if not self._entered:
                return
            self._entered, self._touched = False, None
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
                self._folder.rmdir()

    def _beat(self) -> None:
        """Touch the file of this program and keep the time that it got, None when that cannot be done."""
        try:
            try:
                # Without a time of ours, so that a server sets its own.
                os.utime(self._path, follow_symlinks=os.utime not in os.supports_follow_symlinks)
            except FileNotFoundError:
                self._make()
            self._touched = self._path.lstat().st_mtime_ns
        except OSError:
            self._touched = None

    def _make(self) -> None:
        """Make the file of this program, readable for whoever may read the store. Raises OSError."""
        mode = stat.S_IMODE(self._store.stat().st_mode) & 0o777
        working_folder(self._store)
        for folder in (self._folder.parent, self._folder):
            with contextlib.suppress(FileExistsError):
                folder.mkdir(0o700)
                folder.chmod(mode)
            if not stat.S_ISDIR(folder.lstat().st_mode):
                raise NotADirectoryError(str(folder))
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), PRIVATE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.encode(self._record))
            self._path.chmod(PRIVATE | mode & 0o044)
        except OSError:
            # Half a file would be touched for ever and never be understood.
            self._path.unlink(missing_ok=True)
            raise

    def _runs(self, record: _Record) -> bool:
        """Whether the program of a record may be running: that is known only on the same computer."""
        if os.name == "nt" or (record.host, record.machine) != (self._record.host, self._record.machine):
            return True
        try:
            os.kill(record.pid, 0)
        except ProcessLookupError:
            return False
        except OSError:
            # It belongs to somebody else.
            return True
        return True


def _read(path: Path, mine: int) -> _Record | None:
    """Return what a file says if it is fresh and makes sense, else None; remove one that is stale."""
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return None
            # One that is much newer stems from before the clock was set back, and is touched soon if it is alive.
            apart = abs(mine - status.st_mtime_ns)
            if apart > STALE_AFTER * _SECOND:
                path.unlink()
            if apart > GONE_AFTER * _SECOND or status.st_size > _MAX_BYTES:
                return None
            raw = os.read(descriptor, _MAX_BYTES)
        finally:
            os.close(descriptor)
        record = msgspec.json.decode(raw, type=_Record)
        return msgspec.structs.replace(record, since=record.since.astimezone(UTC))
    except (OSError, msgspec.MsgspecError, ValueError, OverflowError, RecursionError):
        return None


def _name(text: str) -> str:
    return one_line(text)[:MAX_NAME].rstrip()


def _machine() -> str:
    """Return what tells the processes of this computer and container from those of others; empty if it is not known."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_bytes()
        space = os.fsencode(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""
    return f"{crc32(boot + space):08x}"
