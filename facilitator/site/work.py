"""The folder of work of a site, in the user's cache: what is used again the next time. It can be deleted at any time.

It holds the texts of the site, so it is for its user alone. One run has it at a time.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from facilitator.site.errors import SiteError
from facilitator.site.postmortem import LeftOut, Postmortem

Seen = tuple[int, int, int]
"""How a file of the store is known again: its time, its size, its number."""


class Prepared(msgspec.Struct, frozen=True, array_like=True):
    """What became of one file of the store as it was when it was read."""

    seen: Seen
    found: Postmortem | LeftOut


class _State(msgspec.Struct, frozen=True):
    made_by: str
    prepared: dict[str, Prepared]


class Work:
    """The folder while one run has it. `made_by` is a digest of all that decides what becomes of a file."""

    def __init__(self, folder: Path, made_by: str) -> None:
        self.folder = folder
        self._made_by = made_by
        self._unfinished = folder / "unfinished"
        self._state = folder / "prepared.msgpack"

    def prepared(self) -> dict[str, Prepared]:
        """Return what was prepared the last time, by the name of the file; nothing of another state of the program."""
        state = None
        with contextlib.suppress(OSError, msgspec.MsgspecError, ValueError, RecursionError):
            state = msgspec.msgpack.decode(self._state.read_bytes(), type=_State)
        if state is not None and state.made_by == self._made_by:
            return state.prepared
        self._begin_anew()
        return {}

    def keep(self, prepared: Mapping[str, Prepared]) -> None:
        """Keep what was prepared for the next time."""
        temporary = self._state.with_suffix(".new")
        temporary.write_bytes(msgspec.msgpack.encode(_State(self._made_by, dict(prepared))))
        temporary.replace(self._state)

    @contextlib.contextmanager
    def generating(self) -> Iterator[Path]:
        """Give the folder in which pages are made; one in which that did not come to an end is emptied before."""
        if self._unfinished.exists():
            self._begin_anew()
        folder = self.folder / "site"
        folder.mkdir(exist_ok=True)
        self._unfinished.touch()  # it stays when what follows fails
        yield folder
        self._unfinished.unlink()

    def _begin_anew(self) -> None:
        self._state.unlink(missing_ok=True)
        if (self.folder / "site").exists():
            shutil.rmtree(self.folder / "site")
        self._unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def working(cache: Path, out: Path, made_by: str) -> Iterator[Work]:
    """Hold the folder of work of the site in a folder. Raises SiteError when another run has it, and OSError."""
    from filelock import FileLock, Timeout

    folder = cache / "sites" / sha256(os.fsencode(out)).hexdigest()[:16]
    folder.mkdir(0o700, parents=True, exist_ok=True)
    lock = FileLock(folder / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise SiteError(f"{out}: another program is making this site; wait until it is done") from error
    try:
        yield Work(folder, made_by)
    finally:
        lock.release()
