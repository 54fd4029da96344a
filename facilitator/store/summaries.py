"""Summaries: what a list shows of each session, read from the files and kept in a cache.

The cache is one file for each store in the user's cache folder. It holds nothing that is not in the store; it may be
deleted at any time, and one that is damaged, of another store or not writable is as good as none.
"""

import contextlib
import os
import stat
import unicodedata
from datetime import datetime
from pathlib import Path
from zlib import crc32

import msgspec

from facilitator.model.metrics import Measured, Metric, incident_day, measure
from facilitator.model.session import ActionStatus, ReviewKind, Session, Severity, Status
from facilitator.model.text import clean
from facilitator.store.codec import loads
from facilitator.store.errors import UnreadableError
from facilitator.store.naming import SUFFIX
from facilitator.store.storage import NO_FILE, Revision, read_file, temporary_for

_VERSION = 3


class Summary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What a list shows of one session.

    `file` is the name in the store, `day` when the incident was, `created` when the session was made, both in UTC;
    `duration` is that of the incident in seconds, or None when a milestone for it is missing. `actions_open` counts
    the actions that are neither done nor given up.
    """

    id: str
    file: str
    title: str
    created: datetime
    status: Status = Status.DRAFT
    review_kind: ReviewKind = ReviewKind.INCIDENT
    severity: Severity | None = None
    services: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cause: str = ""
    facilitator: str = ""
    day: datetime | None = None
    duration: float | None = None
    entries: int = 0
    actions_open: int = 0
    actions_total: int = 0


class Broken(msgspec.Struct, frozen=True, gc=False):
    """A file that cannot be read as a session, and why. It is never written to.

    `copy_of` is the id of the session that another file holds already; empty when it is no copy.
    """

    file: str
    reason: str
    copy_of: str = ""


class _Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as it was when it was read, and what was found: a summary, or the reason why there is none to be shown.

    A copy of another session has both. `name` is the name of the file when `file`, which is shown, had to be cleaned.
    A `link` is never the session itself while there is a file that is.
    """

    file: str
    modified: int = 0
    size: int = 0
    inode: int = 0
    summary: Summary | None = None
    reason: str = ""
    name: bytes = b""
    link: bool = False


class Scan(msgspec.Struct, frozen=True, array_like=True):
    """What a look at all files of a store found: the rows newest first, the unreadable files last."""

    version: int
    store: str
    rows: tuple[_Row, ...]

    def found(self) -> tuple[Summary | Broken, ...]:
        """Return what a list shows."""
        return tuple(_listed(row) for row in self.rows)


def summarise(session: Session, file: str) -> Summary:
    """Return the summary of a session in the file of this name."""
    took = measure(session, Metric.DURATION)
    closed = sum(action.status in (ActionStatus.DONE, ActionStatus.WONT_DO) for action in session.actions)
    return Summary(
        id=session.id,
        file=file,
        title=session.title,
        created=session.created,
        status=session.status,
        review_kind=session.review_kind,
        severity=session.severity,
        services=session.services,
        tags=session.tags,
        cause=session.cause,
        facilitator=session.facilitator,
        day=incident_day(session),
        duration=took.span.total_seconds() if isinstance(took, Measured) else None,
        entries=len(session.timeline),
        actions_open=len(session.actions) - closed,
        actions_total=len(session.actions),
    )


def scan(folder: Path, before: Scan | None) -> Scan:
    """Return what is in a store now, reading only files that are not as they were `before`.

    Returns `before` itself when nothing changed. Raises OSError when the folder cannot be listed; one that does not
    exist is empty.
    """
    known = {os.fsdecode(row.name) if row.name else row.file: row for row in before.rows} if before is not None else {}
    same: list[_Row] = []
    other: list[_Row] = []
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if not name.endswith(SUFFIX) or name.startswith("."):
                continue
            row = known.get(name)
            status = _status(entry)
            if (
                row is not None
                and status is not None
                and row.modified == status.st_mtime_ns
                and row.size == status.st_size
                and row.inode == status.st_ino
            ):
                same.append(row)
            elif status is None or not stat.S_ISDIR(status.st_mode):
                read = _read(folder / name, name, status)
                if read is not None:
                    (same if read == row else other).append(read)
    if before is not None and not other and len(same) == len(before.rows):
        return before
    return Scan(_VERSION, str(folder), tuple(_sorted(_without_copies([*same, *other]))))


def cache_file(cache: Path, folder: Path) -> Path:
    """Return the file in the cache folder that belongs to a store."""
    digest = f"{crc32(os.fsencode(folder)):08x}"  # two stores of one number only make each other's cache anew
    return cache / f"summaries-{digest}.msgpack"


def load(cache: Path, folder: Path) -> Scan | None:
    """Return the last scan of a store as the cache has it, or None."""
    try:
        found = msgspec.msgpack.decode(cache_file(cache, folder).read_bytes(), type=Scan)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return found if found.version == _VERSION and found.store == str(folder) else None


def keep(cache: Path, folder: Path, found: Scan) -> None:
    """Put a scan into the cache, if that can be written: it is replaced in one step and needs no sync."""
    path = cache_file(cache, folder)
    temporary = temporary_for(path)
    with contextlib.suppress(OSError, ValueError):
        data = msgspec.msgpack.encode(found)
        cache.mkdir(0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise


def _status(entry: "os.DirEntry[str]") -> os.stat_result | None:
    """Return the status of a file, or of the link that leads to none."""
    with contextlib.suppress(OSError):
        return entry.stat()
    with contextlib.suppress(OSError):
        return entry.stat(follow_symlinks=False)
    return None


def _read(path: Path, name: str, status: os.stat_result | None) -> _Row | None:
    """Return the row of one file, or None when it has just gone.

    It has no revision, so that it is tried again the next time, when the system did not let the file be read: that
    may change without a change of the file.
    """
    revision = Revision.of(status) if status is not None else NO_FILE
    if clean(name) != unicodedata.normalize("NFC", name):
        reason = "its name has characters that cannot be shown; rename it"
        return _row(clean(name), revision, reason=reason, name=os.fsencode(name))
    try:
        raw, revision = read_file(path)
        row = _row(name, revision, summary=summarise(loads(raw, path), name))
        return msgspec.structs.replace(row, link=True) if path.is_symlink() else row
    except FileNotFoundError:
        return _row(name, revision, reason="it is a link to nowhere") if path.is_symlink() else None
    except UnreadableError as error:
        return _row(name, revision, reason=error.reason)
    except OSError as error:
        return _row(name, NO_FILE, reason=error.strerror or str(error))


def _row(file: str, seen: Revision, *, summary: Summary | None = None, reason: str = "", name: bytes = b"") -> _Row:
    return _Row(file, seen.modified, seen.size, seen.inode, summary, reason, name)


def _listed(row: _Row) -> Summary | Broken:
    """Return what is listed of a file: the summary of its session, or why there is none."""
    if row.summary is not None and not row.reason:
        return row.summary
    return Broken(row.file, row.reason, row.summary.id if row.summary is not None else "")


def _without_copies(rows: list[_Row]) -> list[_Row]:
    """Return the rows with copies of a session under the same id marked as such: the shortest name is the session."""
    by_id: dict[str, list[_Row]] = {}
    for row in rows:
        if row.summary is not None:
            by_id.setdefault(row.summary.id, []).append(row)
    kept = [row for row in rows if row.summary is None]
    for found in by_id.values():
        first, *copies = sorted(found, key=lambda row: (row.link, len(row.file), row.file)) if len(found) > 1 else found
        kept.append(msgspec.structs.replace(first, reason="") if first.reason else first)
        reason = f"it is a copy of {first.file}, with the same id"
        kept += [msgspec.structs.replace(row, reason=reason) for row in copies]
    return kept


def _sorted(rows: list[_Row]) -> list[_Row]:
    readable = [(each.day or each.created, each.id, row) for row in rows if isinstance(each := _listed(row), Summary)]
    readable.sort(key=lambda each: each[:2], reverse=True)
    broken = sorted((row for row in rows if isinstance(_listed(row), Broken)), key=lambda row: row.file)
    return [row for *_, row in readable] + broken
