"""The history of a session: a line for every edit, with when, by whom, how it was and how it is.

A file of lines stands beside the sessions, in the working folder of the store. The lines of a save are appended in one
write after the session itself was saved, and are not synced: the session is what must not be lost, and a line costs no
more than a few system calls. What a kill or a power cut took from the end is noticed by the revision of the session's
file, which the last line of each save holds; then, and when other programs changed the file, the next save adds a line
with what the recorded edits do not account for. So every state can be made by going through the lines from a whole
state on.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from facilitator.model.changes import Change, apply, diff
from facilitator.model.session import Session
from facilitator.store import codec
from facilitator.store.history_lines import BEGIN, REFUSALS, decoded, encoded_lines, is_id, revision_in, time_in
from facilitator.store.steps import ELSEWHERE, MERGED, STATE, Recorded, unaccounted
from facilitator.store.storage import NO_FILE, PRIVATE, WORKING, Revision, inner_folder, temporary_for

MAX_BYTES = 8 * 1024 * 1024
"""The size from which a history is shortened."""

SHARE = 4
"""How many times as large as the session its history may grow, if that is more."""

MOST_BYTES = 64 * 1024 * 1024
"""The size from which the history of a session is shortened, however large the session is."""

KEEP = timedelta(days=30)
"""What is younger stays when a history is shortened, as far as three quarters of the room; of the rest, half does."""

FOLDER = "history"

_TAIL = 64 * 1024
# Neither a link nor a pipe in the place of the file may lead elsewhere or block.
_SAFE = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_APPENDING = os.O_RDWR | os.O_APPEND | _SAFE


class History:
    """The history of one session in a store. Nothing is read or made by opening.

    Reading and writing it never raises: a history that cannot be read is empty, and one that cannot be written is
    continued by the next save, with what lies between. It is written while the lock of the store is held.
    """

    def __init__(self, store: Path, session_id: str) -> None:
        self._store, self._id = store, session_id
        self.path = store / WORKING / FOLDER / f"{session_id}.jsonl"
        self._file = str(self.path)
        # The file and the session's own after the last line that was added here.
        self._last: tuple[Revision, Revision] | None = None
        self._not_before = 0

    def record(
        self,
        steps: Sequence[Recorded],
        *,
        before: tuple[Session, Revision],
        after: tuple[Session, Revision],
    ) -> None:
        """Add the steps of a save that replaced one state of the session's file by another.

        What the steps do not account for is added too: what happened to the file since the last line, and what
        merging made of the steps. They may begin at an older state than the file.
        """
        with contextlib.suppress(OSError, *REFUSALS):
            descriptor, status = self._open()
            try:
                if 2 * _limit(after[1].size) < status.st_size < self._not_before:
                    return
                familiar = self._last == (Revision.of(status), before[1])
                bridge = () if familiar else self._bridge(descriptor, status.st_size, *before)
                rest = unaccounted(before[0], steps, diff(before[0], after[0]))
                added = (*bridge, *steps, *((MERGED.with_changes(rest),) if rest else ()))
                if added:
                    self._add(descriptor, status, encoded_lines(added, after[1]), after)
            finally:
                os.close(descriptor)

    def read(self) -> tuple[Recorded, ...]:
        """Return what is recorded, oldest first; lines that cannot be read are left out."""
        return tuple(self._recorded(self._raw()))

    def _open(self) -> tuple[int, os.stat_result]:
        """Return a descriptor of the file, for appending, and its status; what is missing is made. Raises OSError."""
        if not is_id(self._id):
            raise OSError(errno.EINVAL, "This is no id of a session", self._id)
        try:
            descriptor = os.open(self._file, _APPENDING)
        except FileNotFoundError:
            inner_folder(self._store, FOLDER)
            self._need_folder()
            descriptor = os.open(self._file, _APPENDING | os.O_CREAT, PRIVATE)
        try:
            status = os.fstat(descriptor)
            if self._last is None or self._last[0] != Revision.of(status):
                self._need_folder()
                _need_file(status)
                if not status.st_size:
                    self._share(descriptor)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor, status

    def _need_folder(self) -> None:
        """Raise OSError unless the file is in the store itself, and not where a link leads."""
        if not stat.S_ISDIR(self.path.parent.lstat().st_mode):
            raise NotADirectoryError(errno.ENOTDIR, "This is no folder", str(self.path.parent))

    def _share(self, descriptor: int) -> None:
        """Let whoever may write to the store continue its histories, as far as that is allowed."""
        if hasattr(os, "fchmod"):
            with contextlib.suppress(OSError):
                os.fchmod(descriptor, PRIVATE | stat.S_IMODE(self._store.stat().st_mode) & 0o066)

    def _bridge(self, descriptor: int, size: int, before: Session, revision: Revision) -> tuple[Recorded, ...]:
        """Return what to add first: nothing where the last line is about the state that was there before."""
        if revision != NO_FILE and size and _tail_revision(descriptor, size) == revision:
            return ()
        recorded = self.read()
        known = _put_together(recorded)
        if known is None:
            return (STATE.with_state(before, _since(revision)),)
        changes = diff(known, before)
        return (ELSEWHERE.with_changes(changes, _since(revision, recorded[-1].at)),) if changes else ()

    def _add(
        self, descriptor: int, status: os.stat_result, lines: list[bytes], after: tuple[Session, Revision]
    ) -> None:
        size, last, self._last = status.st_size, self._last, None
        data = b"".join(lines)
        # A line that was cut off must not take the next one with it.
        if size and (last is None or last[0] != Revision.of(status)) and _read_at(descriptor, size - 1, 1) != b"\n":
            data = b"\n" + data
        limit = _limit(after[1].size)
        if size + len(data) > limit and size >= self._not_before:
            # One that cannot be shortened now is left alone for a while: no save is to wait for that in vain.
            self._not_before = size + limit // 8
            self._shorten(lines, after, os.fstat(descriptor).st_mode)
            self._not_before = 0
            return
        if os.write(descriptor, data) == len(data):
            self._last = (Revision.of(os.fstat(descriptor)), after[1])

    def _shorten(self, new: list[bytes], after: tuple[Session, Revision], mode: int) -> None:
        """Make a whole state of the oldest lines, so that there is room again; `new` are lines to add.

        Raises OSError; then the file is as it was.
        """
        lines = [*self._raw(), *new]
        limit = _limit(after[1].size)
        first = _first_kept(lines, max(0, limit - after[1].size))
        if first == len(lines):
            lines = encoded_lines([STATE.with_state(after[0], _since(after[1]))], after[1])
        else:
            dropped = tuple(self._recorded(lines[:first]))
            whole = _put_together(dropped)
            begin = encoded_lines([STATE.with_state(whole, dropped[-1].at)], NO_FILE) if whole is not None else []
            lines = [*begin, *lines[first:]]
        self._replace(b"".join(lines), mode)

    def _replace(self, data: bytes, mode: int) -> None:
        """Put a file with these bytes in the place of the old one, in one step. Raises OSError."""
        for left_over in self.path.parent.glob(f".{self.path.name}.*.tmp"):
            left_over.unlink(missing_ok=True)
        temporary = temporary_for(self.path)
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE, PRIVATE)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(descriptor)
            temporary.chmod(mode & 0o666)
            temporary.replace(self.path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

    def _raw(self) -> list[bytes]:
        """Return the lines of the file, each with its end; none when it cannot be read, or is too large."""
        with contextlib.suppress(OSError, ValueError):
            descriptor = os.open(self.path, os.O_RDONLY | _SAFE)
            try:
                status = os.fstat(descriptor)
                if stat.S_ISREG(status.st_mode) and status.st_size <= 2 * MOST_BYTES and is_id(self._id):
                    return [line + b"\n" for line in _read_at(descriptor, 0, status.st_size).split(b"\n") if line]
            finally:
                os.close(descriptor)
        return []

    def _recorded(self, lines: Iterable[bytes]) -> Iterator[Recorded]:
        return (recorded for line in lines if (recorded := decoded(line, self._id)) is not None)


def state(recorded: Iterable[Recorded]) -> Session | None:
    """Return the session as it is after these steps, oldest first.

    Returns None when they do not begin with a whole state, or lead to something that is no whole session because the
    history is damaged.
    """
    session = _put_together(recorded)
    try:
        return codec.loads(codec.dumps(session)) if session is not None else None
    except REFUSALS:
        return None


def _put_together(recorded: Iterable[Recorded]) -> Session | None:
    session: Session | None = None
    changed: dict[tuple[type, str], Change] = {}
    for each in recorded:
        if each.state is not None:
            session, changed = each.state, {}
        for change in each.changes:
            changed[type(change.part), change.part.id] = change
    return apply(session, changed.values()) if session is not None else None


def _need_file(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "This is no regular file")


def _limit(session_size: int) -> int:
    return min(max(MAX_BYTES, SHARE * session_size), MOST_BYTES)


def _since(revision: Revision, earliest: datetime | None = None) -> datetime:
    """Return when a file became as it is, in UTC; now, when its own time cannot be true."""
    now = datetime.now(UTC)
    with contextlib.suppress(OverflowError, ValueError, OSError):
        modified = datetime.fromtimestamp(revision.modified / 1e9, UTC)
        if revision != NO_FILE and modified <= now and (earliest is None or modified >= earliest):
            return modified
    return now


def _tail_revision(descriptor: int, size: int) -> Revision | None:
    """Return the revision in the last line, or None when something at the end is not as this version writes it."""
    length = _TAIL
    while True:
        start = max(0, size - length)
        tail = _read_at(descriptor, start, size - start)
        if not start or b"\n" in tail[:-1]:
            break
        length *= 8
    if not tail.endswith(b"\n") or b"\0" in tail:
        return None
    lines = tail[:-1].split(b"\n")
    if not all(line.startswith(BEGIN) for line in lines[1 if start else 0 :] if line):
        return None
    return revision_in(lines[-1])


def _read_at(descriptor: int, start: int, length: int) -> bytes:
    os.lseek(descriptor, start, os.SEEK_SET)
    pieces = []
    while length and (piece := os.read(descriptor, length)):
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def _first_kept(lines: Sequence[bytes], room: int) -> int:
    """Return from which line on all are kept: what fits into half the room, and young lines into a little more."""
    oldest = datetime.now(UTC) - KEEP
    taken = 0
    for number in reversed(range(len(lines))):
        taken += len(lines[number])
        if taken > room // 2:
            made = time_in(lines[number])
            if taken > room * 3 // 4 or made is None or made < oldest:
                return number + 1
    return 0
