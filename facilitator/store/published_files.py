"""What was published of a session: the bytes of every version, in a folder beside the sessions.

The folder belongs to the store as the sessions do: it is synced and may go to git. A file is written once, is named
after its version and its bytes, and never changes; the session says which version has which digest. A session that is
deleted leaves what was published of it.
"""

import contextlib
import hashlib
import os
import re
import stat
from pathlib import Path

from facilitator.model.review_items import Version
from facilitator.store.errors import StoreError, UnreadableError
from facilitator.store.history_lines import is_id
from facilitator.store.storage import make_folder, read_file, remove_leftovers, replace_file, sync_folder

FOLDER = "published"

_IN_NAME = 12
"""How many digits of the digest a name has: two terminals may have published a version of one number."""

_PROFILE = re.compile(r"[a-z0-9-]{1,60}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class PublishedError(StoreError):
    """The bytes of a version are not here, are not what was published, or cannot be kept."""


def keep_version(store: Path, session_id: str, version: Version, suffix: str, content: bytes) -> Path:
    """Keep the bytes of a version durably, and return where; what is there already stays. Raises PublishedError.

    `suffix` ends the name of the file, such as ".md".
    """
    try:
        folder = _folder(store, session_id)
        remove_leftovers(folder)
        profile = f"{version.profile}-" if _PROFILE.fullmatch(version.profile) else ""
        path = folder / f"{version.number}-{profile}{version.digest[:_IN_NAME]}{suffix}"
        if not path.is_symlink() and path.is_file() and path.read_bytes() == content:
            return path
        replace_file(path, content)
        sync_folder(folder)
    except OSError as error:
        raise PublishedError(
            f"{error.strerror or error}: {store / FOLDER}. The version was not kept, and nothing was published."
        ) from error
    return path


def load_version(store: Path, session_id: str, version: Version) -> bytes:
    """Return the bytes of a version, just as they were published. Raises PublishedError."""
    folder = store / FOLDER / session_id
    if not is_id(session_id) or not _DIGEST.fullmatch(version.digest):
        raise PublishedError(f"The session does not say what was published as version {version.number}.")
    found = [path for path in _listed(folder) if f"-{version.digest[:_IN_NAME]}." in path.name]
    if not found:
        raise PublishedError(
            f"What was published as version {version.number} is not in {folder}. It lies where it was published: "
            f"sync or copy that folder from there."
        )
    for path in found:
        with contextlib.suppress(OSError, UnreadableError):
            content, _ = read_file(path)
            if hashlib.sha256(content).hexdigest() == version.digest:
                return content
    raise PublishedError(
        f"{found[0]} is not what was published as version {version.number}: it was changed since. "
        f"Bring it back from a copy or from git; nothing was written."
    )


def _folder(store: Path, session_id: str) -> Path:
    """Return the folder of what was published of a session, made when it is missing. Raises OSError, PublishedError."""
    if not is_id(session_id):
        raise PublishedError(f"{session_id!r} is no id of a session.")
    make_folder(store)
    mode = stat.S_IMODE(store.stat().st_mode) & 0o2777
    folder = store
    for name in (FOLDER, session_id):
        folder = folder / name
        if folder.is_symlink():
            raise PublishedError(f"{folder} is a link and no folder; nothing is written outside of the store.")
        if not folder.is_dir():
            folder.mkdir(0o700)
            if os.name != "nt":
                folder.chmod(mode)
            if name == FOLDER:
                # Git must not change line ends: it would not be what was published.
                (folder / ".gitattributes").write_text("* -text\n", encoding="utf-8")
            sync_folder(folder.parent)
    return folder


def _listed(folder: Path) -> list[Path]:
    if folder.is_symlink() or folder.parent.is_symlink():
        return []
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith(".") and not path.is_symlink())
    except OSError:
        return []
