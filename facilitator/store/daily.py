"""Copies of sessions day by day: of each day on which a session was saved, its last state, for a month of such days.

A copy is another name of the file that a save is about to replace, so it costs no space that was not in use and next to
no time. It lies in the store at `.facilitator/daily/NAME OF THE FILE/2026-11-15.json`, by the day in UTC on which that
state was saved.
"""

import contextlib
import os
import re
import time
from datetime import date
from pathlib import Path

from facilitator.store.errors import UnreadableError
from facilitator.store.naming import SUFFIX
from facilitator.store.storage import (
    PRIVATE,
    WORKING,
    inner_folder,
    keep_link,
    read_file,
    remove_leftovers,
    temporary_for,
)

FOLDER = "daily"
"""The name of the folder with the copies, in the working folder of a store."""

MOST = 30
"""How many copies of a session are kept."""

_DAY = 24 * 60 * 60 * 10**9
_EPOCH = date(1970, 1, 1).toordinal()
_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}" + re.escape(SUFFIX))


def daily_copies(path: Path) -> tuple[Path, ...]:
    """Return the copies of the session file at `path`, newest first; none when they cannot be listed.

    A session that took the name of one that was deleted has its copies too: the id in a copy tells.
    """
    try:
        found = [each for each in _folder(path).iterdir() if _NAME.fullmatch(each.name)]
    except OSError:
        return ()
    return tuple(sorted(found, reverse=True))


def keep_daily(path: Path, modified: int) -> None:
    """Keep the session file at `path`, which is about to be saved, unless the day of its last change is today.

    `modified` is the time of that change in nanoseconds, as in its revision: most calls end with a look at it. What
    goes wrong is not worth failing a save, so nothing is raised.
    """
    if modified // _DAY != time.time_ns() // _DAY:
        # The last two are for a time that is in no calendar.
        with contextlib.suppress(OSError, UnreadableError, ValueError, OverflowError):
            _keep(path)


def _keep(path: Path) -> None:
    now = path.lstat()
    day = date.fromordinal(_EPOCH + now.st_mtime_ns // _DAY)
    copy = _folder(path) / f"{day.isoformat()}{SUFFIX}"
    with contextlib.suppress(FileNotFoundError):
        # A save that failed after this is tried again every few seconds.
        kept = copy.lstat()
        if (kept.st_mtime_ns, kept.st_size) == (now.st_mtime_ns, now.st_size):
            return
    inner_folder(path.parent, FOLDER, path.stem)
    try:
        keep_link(path, copy)
    except OSError:
        # The last good copy is made every minute and does without. A day is worth a copy byte by byte.
        _keep_bytes(path, copy)
    remove_leftovers(copy.parent)
    for old in daily_copies(path)[MOST:]:
        old.unlink()


def _keep_bytes(path: Path, copy: Path) -> None:
    raw, revision = read_file(path)
    staged = temporary_for(copy)
    try:
        with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, PRIVATE), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        os.utime(staged, ns=(revision.modified, revision.modified))
        staged.replace(copy)
    except OSError:
        staged.unlink(missing_ok=True)
        raise


def _folder(path: Path) -> Path:
    return path.parent / WORKING / FOLDER / path.stem
