"""The drafts of an intake: a file of lines beside the sessions, in the working folder of the store.

They are not in the session itself: an export of a chat holds a hundred thousand messages, and every save would write
them again. A file is named after what is in it, is written once, and never changes; the session says which ones are
its own. What is in no session any more does no harm.
"""

import contextlib
import errno
import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec

from facilitator.intake.drafts import Draft
from facilitator.store.errors import StoreError
from facilitator.store.history_lines import is_id
from facilitator.store.storage import PRIVATE, WORKING, inner_folder, remove_leftovers, sync_folder, temporary_for

FOLDER = "drafts"

MOST_BYTES = 1024**3
"""The most that the drafts of one intake may take."""

_AT_ONCE = 512
_DIGEST = re.compile(r"[0-9a-f]{32}")
_LINES = msgspec.json.Decoder(Draft)


class DraftsError(StoreError):
    """The drafts of an intake are not here, or cannot be read or kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Drafts that were written: the name of their file, and how many there are."""

    digest: str
    count: int


def keep(store: Path, session_id: str, drafts: Iterable[Draft]) -> Kept:
    """Write drafts beside a session as they come, durably, and return under which name.

    What `drafts` raises is passed on, and leaves nothing behind. Raises DraftsError when there is no room, when it is
    more than `MOST_BYTES`, and where nothing can be written.
    """
    try:
        folder = _folder(store, session_id)
        remove_leftovers(folder)
        temporary = temporary_for(folder / "new.jsonl")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), PRIVATE)
    except OSError as error:
        raise _not_kept(store, error) from error
    try:
        kept = _written(descriptor, drafts)
        temporary.replace(folder / f"{kept.digest}.jsonl")
        sync_folder(folder)
    except OSError as error:
        raise _not_kept(store, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return kept


def load(store: Path, session_id: str, digest: str) -> list[Draft]:
    """Return the drafts that were kept under a name, in the order in which they were read. Raises DraftsError.

    A line that cannot be read, as after a crash of the file system, is left out.
    """
    if not is_id(session_id) or not _DIGEST.fullmatch(digest):
        raise DraftsError(f"{digest!r} is no name of drafts.")
    path = store / WORKING / FOLDER / session_id / f"{digest}.jsonl"
    try:
        if path.is_symlink() or path.stat().st_size > MOST_BYTES:
            raise DraftsError(f"{path} is not a file that was written here.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise DraftsError("They lie where they were read. Read the file once more to have them here.") from None
    except OSError as error:
        raise DraftsError(f"{error.strerror or error}: {path}") from error
    try:
        return _LINES.decode_lines(data)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return [draft for line in data.split(b"\n") if (draft := _decoded(line)) is not None]


def _decoded(line: bytes) -> Draft | None:
    try:
        return _LINES.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _folder(store: Path, session_id: str) -> Path:
    if not is_id(session_id):
        raise OSError(errno.EINVAL, "This is no id of a session", session_id)
    return inner_folder(store, FOLDER, session_id)


def _written(descriptor: int, drafts: Iterable[Draft]) -> Kept:
    encoder, digest, count, size = msgspec.json.Encoder(), hashlib.sha256(), 0, 0
    coming = iter(drafts)
    with os.fdopen(descriptor, "wb") as file:
        while some := list(islice(coming, _AT_ONCE)):
            data = encoder.encode_lines(some)
            size += len(data)
            if size > MOST_BYTES:
                raise DraftsError(f"These are more than {MOST_BYTES // 1024**2} MB of drafts. Read a part, by time.")
            digest.update(data)
            file.write(data)
            count += len(some)
        file.flush()
        os.fsync(descriptor)
    return Kept(digest.hexdigest()[:32], count)


def _not_kept(store: Path, error: OSError) -> DraftsError:
    return DraftsError(f"{error.strerror or error}: {store / WORKING / FOLDER}. The drafts were not kept.")
