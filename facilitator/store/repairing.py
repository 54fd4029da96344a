"""Repairs: what the doctor can do about its findings. What a file was before is put aside first, so nothing is lost."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from facilitator.model.changes import diff
from facilitator.model.session import Session
from facilitator.store import codec
from facilitator.store.diagnosis import Cure, Finding, Report
from facilitator.store.doctor import examine, put_together
from facilitator.store.errors import SaveError, StoreError, UnreadableError
from facilitator.store.history import History
from facilitator.store.last_good import Known, known_of
from facilitator.store.lock import TIMEOUT, locked
from facilitator.store.mending import mended
from facilitator.store.opening import read_opened
from facilitator.store.steps import Kind
from facilitator.store.storage import (
    NO_FILE,
    PRIVATE,
    Revision,
    inner_folder,
    read_file,
    replace_file,
    sync_folder,
    temporary_for,
)
from facilitator.store.store import Store
from facilitator.store.summaries import Summary
from facilitator.store.surroundings import ASIDE
from facilitator.store.sync_copies import take_in

REPAIR = Kind("repair")
"""The step of a history that a repair is."""

_MOST_ROUNDS = 5
_CURES = tuple(Cure)


class Repair(msgspec.Struct, frozen=True):
    """A repair that was tried: of which findings of a file, and where that file as it was is kept.

    `failure` says why it was not done, in a sentence; it is empty when it was.
    """

    findings: tuple[Finding, ...]
    aside: Path | None = None
    failure: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What repairing came to: the repairs in the order in which they were made, and what is still wrong."""

    repairs: tuple[Repair, ...]
    left: Report


def repair(store: Store, report: Report, timeout: float = TIMEOUT) -> Outcome:
    """Repair what can be repaired of a report on a store.

    A repair may bring to light the next one, such as a copy whose file could not be read, so it goes on until there is
    no more. A repair that fails leaves its file as it was. Raises StoreError when the folder cannot be listed.
    """
    repairs: list[Repair] = []
    failed: set[tuple[str, Cure]] = set()
    for _ in range(_MOST_ROUNDS):
        due = [each for each in _due(report) if (each[0].file, each[0].cure) not in failed]
        if not due:
            break
        for findings in due:
            done = _repaired(store, findings, timeout)
            repairs.append(done)
            if done.failure:
                failed.add((findings[0].file, findings[0].cure))
        report = examine(store.path, timeout)
    return Outcome(tuple(repairs), report)


def _due(report: Report) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings to do something about now: for each file those that have its first cure."""
    files: dict[str, list[Finding]] = {}
    for finding in report.curable:
        files.setdefault(finding.file, []).append(finding)
    due = [
        tuple(each for each in found if each.cure is min((one.cure for one in found), key=_CURES.index))
        for found in files.values()
    ]
    # A session is made whole before its copies are taken in.
    yield from sorted(due, key=lambda found: (_CURES.index(found[0].cure), len(found[0].file), found[0].file))


def _repaired(store: Store, findings: tuple[Finding, ...], timeout: float) -> Repair:
    path = store.path / findings[0].file
    aside = None
    try:
        match findings[0].cure:
            case Cure.REBUILD:
                aside = _rebuilt(store, path, timeout)
            case Cure.MEND:
                aside = _mended(store, path, timeout)
            case Cure.TAKE_IN:
                # Asked anew, as a copy passes for its session while that cannot be read. It goes to the trash as it is.
                store.summaries()
                aside = _put_aside(store.path, store.open(findings[0].of).path, timeout)
                take_in(store, findings[0].of, path)
            case Cure.MOVE_ASIDE:
                aside = _moved_aside(store.path, path, timeout)
            case _:
                pass
    except SaveError as error:
        return Repair(findings, aside, f"{error.path}: {error.error.strerror or error.error}")
    except StoreError as error:
        return Repair(findings, aside, str(error))
    except OSError as error:
        return Repair(findings, aside, f"{path}: {error.strerror or error}")
    return Repair(findings, aside)


def _rebuilt(store: Store, path: Path, timeout: float) -> Path | None:
    """Put a session together again from what is left of its file and what is known of it; return what is aside.

    The file is looked at anew under the lock: somebody may have repaired it meanwhile.
    """
    others = [each for each in store.summaries() if len(each.file) < len(path.name)]
    with locked(store.path, timeout):
        raw, revision = read_file(path)
        with contextlib.suppress(UnreadableError):
            if codec.dumps(codec.loads(raw, path)) == raw:
                return None
        salvaged, known = put_together(path, raw)
        session = salvaged.session
        data = codec.dumps(session)
        aside = _kept_aside(store.path, path, raw)
        if Revision.of(path.lstat()) != revision:
            raise StoreError(f"{path} has just been changed by another program. Look at it again.")
        revision = _put(path, data)
        # The history is that of the session itself, of which this may be a copy: the shortest name is the session.
        if not any(isinstance(each, Summary) and each.id == session.id for each in others):
            _record(store, known, session, revision)
    return aside


def _record(store: Store, known: Known, session: Session, revision: Revision) -> None:
    before = known.last.session if known.last is not None else session
    changes = diff(before, session)
    steps = [msgspec.structs.replace(REPAIR.with_changes(changes), by=store.name)] if changes else []
    History(store.path, session.id).record(steps, before=(before, NO_FILE), after=(session, revision))


def _mended(store: Store, path: Path, timeout: float) -> Path:
    opened = read_opened(path)
    with locked(store.path, timeout):
        aside = _kept_aside(store.path, path, read_file(path)[0])
    last = known_of(path, opened.session.id).last
    session = mended(opened.session, last.session if last is not None else None)
    changes = diff(opened.session, session)
    store.save(opened, session, (REPAIR.with_changes(changes),) if changes else ())
    return aside


def _put_aside(folder: Path, path: Path, timeout: float) -> Path:
    with locked(folder, timeout):
        return _kept_aside(folder, path, read_file(path)[0])


def _moved_aside(folder: Path, path: Path, timeout: float) -> Path:
    with locked(folder, timeout):
        target = _free(folder, path)
        path.rename(target)
        sync_folder(target.parent)
        sync_folder(path.parent)
    return target


def _kept_aside(folder: Path, path: Path, raw: bytes) -> Path:
    """Keep the bytes of a file durably under a name of their own, and return its path."""
    target = _free(folder, path)
    replace_file(target, raw)
    sync_folder(target.parent)
    return target


def _free(folder: Path, path: Path) -> Path:
    aside, number = inner_folder(folder, ASIDE), 1
    while os.path.lexists(aside / f"{path.name}.{number}"):
        number += 1
    return aside / f"{path.name}.{number}"


def _put(path: Path, data: bytes) -> Revision:
    """Put a file in the place of a broken one durably, without making that the last good copy."""
    staged = temporary_for(path)
    try:
        replace_file(staged, data)
        if os.name != "nt":
            old = path.lstat()
            with contextlib.suppress(OSError):
                os.chown(staged, -1, old.st_gid)
            same = staged.lstat().st_gid == old.st_gid
            staged.chmod(PRIVATE | stat.S_IMODE(old.st_mode) & (0o666 if same else 0o606))
        staged.replace(path)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return Revision.of(path.lstat())
