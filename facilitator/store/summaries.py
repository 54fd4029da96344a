"""Summaries: what a list shows of each session, read from the files and kept in a cache.

The cache is one file for each store in the user's cache folder. It holds nothing that is not in the store; it may be
deleted at any time, and one that is damaged, of another store or not writable is as good as none.
"""

import contextlib
import hashlib
import os
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from facilitator.model.metrics import Measured, Metric, incident_day, measure
from facilitator.model.session import ActionStatus, ReviewKind, Session, Severity, Status
from facilitator.model.text import clean
from facilitator.store.codec import loads
from facilitator.store.errors import StoreError, UnreadableError
from facilitator.store.naming import SUFFIX
from facilitator.store.storage import Revision, read_file, temporary_for

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
    """A file as it was when it was read, and what was found: one of the two."""

    modified: int
    size: int
    inode: int
    summary: Summary | None = None
    broken: Broken | None = None


class Scan(msgspec.Struct, frozen=True, array_like=True):
    """What a look at all files of a store found: the rows newest first, the unreadable files last."""

    version: int
    store: str
    rows: tuple[_Row, ...]

    def found(self) -> tuple[Summary | Broken, ...]:
        """Return what a list shows."""
        return tuple(each for row in self.rows if (each := row.summary or row.broken) is not None)


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
    known = {_name(row): row for row in before.rows} if before is not None else {}
    rows = []
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(SUFFIX) and not entry.name.startswith("."):
                row = _look(folder, entry, known)
                if row is not None:
                    rows.append(row)
    if before is not None and len(rows) == len(before.rows) and all(known.get(_name(row)) is row for row in rows):
        return before
    return Scan(_VERSION, str(folder), tuple(_sorted(_without_copies(rows))))


def cache_file(cache: Path, folder: Path) -> Path:
    """Return the file in the cache folder that belongs to a store."""
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:32]
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


def _look(folder: Path, entry: "os.DirEntry[str]", known: dict[str, _Row]) -> _Row | None:
    """Return the row of one file, or None for what is no file or has just gone."""
    try:
        if entry.is_dir():
            return None
        status = entry.stat()
    except FileNotFoundError:
        # Gone since it was listed, or a link to nowhere.
        return None if not entry.is_symlink() else _Row(0, 0, 0, broken=Broken(entry.name, "it is a link to nowhere"))
    except OSError as error:
        return _Row(0, 0, 0, broken=Broken(clean(entry.name), error.strerror or str(error)))
    row = known.get(entry.name)
    now = Revision.of(status)
    if row is not None and (row.modified, row.size, row.inode) == (now.modified, now.size, now.inode):
        return row
    return _read(folder / entry.name, entry.name)


def _read(path: Path, name: str) -> _Row | None:
    if clean(name) != unicodedata.normalize("NFC", name):
        return _Row(0, 0, 0, broken=Broken(clean(name), "its name has characters that cannot be shown; rename it"))
    revision = Revision(0, 0, 0)
    try:
        raw, revision = read_file(path)
        summary = summarise(loads(raw, path), name)
    except FileNotFoundError:
        return None
    except UnreadableError as error:
        return _Row(revision.modified, revision.size, revision.inode, broken=Broken(name, error.reason))
    except (OSError, StoreError) as error:
        return _Row(0, 0, 0, broken=Broken(name, getattr(error, "strerror", None) or str(error)))
    return _Row(revision.modified, revision.size, revision.inode, summary)


def _without_copies(rows: Iterable[_Row]) -> list[_Row]:
    """Return the rows with copies of a session under the same id shown as such: the shortest name is the session."""
    first: dict[str, Summary] = {}
    kept = []
    for row in sorted(rows, key=lambda row: (len(_name(row)), _name(row))):
        summary = row.summary
        original = first.setdefault(summary.id, summary) if summary is not None else None
        if summary is None or original is None or original is summary:
            kept.append(row)
        else:
            # Not the revision, so that it is read again when the other one has gone.
            kept.append(
                _Row(0, 0, 0, broken=Broken(summary.file, f"it is a copy of {original.file}, with the same id"))
            )
    return kept


def _sorted(rows: list[_Row]) -> list[_Row]:
    readable = [
        (row.summary.day or row.summary.created, row.summary.id, row) for row in rows if row.summary is not None
    ]
    readable.sort(key=lambda each: each[:2], reverse=True)
    broken = sorted((row for row in rows if row.summary is None), key=_name)
    return [row for *_, row in readable] + broken


def _name(row: _Row) -> str:
    if row.summary is not None:
        return row.summary.file
    return row.broken.file if row.broken is not None else ""
