"""Summaries: what a list shows of each session, read from the files and kept in a cache.

The cache is one file for each store in the user's cache folder. It holds nothing that is not in the store; it may be
deleted at any time, and one that is damaged, of another store or not writable is as good as none.
"""

import contextlib
import os
import unicodedata
from collections.abc import Iterable
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
from facilitator.store.storage import NO_FILE, read_file, temporary_for

_VERSION = 1


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
    """A file that cannot be read as a session, and why. It is never written to."""

    file: str
    reason: str


class _Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as it was when it was read, and what was found: a summary, or the reason why there is none."""

    file: str
    modified: int = 0
    size: int = 0
    inode: int = 0
    summary: Summary | None = None
    reason: str = ""


class Scan(msgspec.Struct, frozen=True, array_like=True):
    """What a look at all files of a store found: the rows newest first, the unreadable files last."""

    version: int
    store: str
    rows: tuple[_Row, ...]

    def found(self) -> tuple[Summary | Broken, ...]:
        """Return what a list shows."""
        return tuple(row.summary or Broken(row.file, row.reason) for row in self.rows)


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
    known = {row.file: row for row in before.rows} if before is not None else {}
    same, other = [], []
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
            elif not entry.is_dir():
                other.append(_read(folder / name, name))
    if before is not None and not other and len(same) == len(before.rows):
        return before
    rows = [*same, *(row for row in other if row is not None)]
    return Scan(_VERSION, str(folder), tuple(_sorted(_without_copies(rows))))


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
    try:
        return entry.stat()
    except OSError:
        return None


def _read(path: Path, name: str) -> _Row | None:
    """Return the row of one file, or None when it has just gone."""
    if clean(name) != unicodedata.normalize("NFC", name):
        return _Row(clean(name), reason="its name has characters that cannot be shown; rename it")
    revision = NO_FILE
    try:
        raw, revision = read_file(path)
        return _Row(name, revision.modified, revision.size, revision.inode, summarise(loads(raw, path), name))
    except FileNotFoundError:
        return _Row(name, reason="it is a link to nowhere") if path.is_symlink() else None
    except UnreadableError as error:
        return _Row(name, revision.modified, revision.size, revision.inode, reason=error.reason)
    except OSError as error:
        return _Row(name, reason=error.strerror or str(error))


def _without_copies(rows: Iterable[_Row]) -> list[_Row]:
    """Return the rows with copies of a session under the same id shown as such: the shortest name is the session."""
    first: dict[str, str] = {}
    kept = []
    for row in sorted(rows, key=lambda row: (len(row.file), row.file)):
        original = first.setdefault(row.summary.id, row.file) if row.summary is not None else row.file
        if original == row.file:
            kept.append(row)
        else:
            # Without its revision, so that it is read again when the session itself has gone.
            kept.append(_Row(row.file, reason=f"it is a copy of {original}, with the same id"))
    return kept


def _sorted(rows: list[_Row]) -> list[_Row]:
    readable = [
        (row.summary.day or row.summary.created, row.summary.id, row) for row in rows if row.summary is not None
    ]
    readable.sort(key=lambda each: each[:2], reverse=True)
    broken = sorted((row for row in rows if row.summary is None), key=lambda row: row.file)
    return [row for *_, row in readable] + broken
