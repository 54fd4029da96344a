"""The folder of a site: what may stand there, and putting a new state of the site in the place of the old one.

Everything that changes is written beside what is there first. A folder that is new comes to its place in one step; in
one that is there each file does, what leads to others after these. Whatever fails before leaves the site as it was.
Files of other people stay, and so do files that are as they were.
"""

import json
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from facilitator.site.errors import SiteError
from facilitator.site.postmortem import Kind

MARKER = "facilitator-site.json"
"""The file by which a site of ours is known, and whose readers it is for."""

_STAGED = ".facilitator-new-"
_OURS: Mapping[str, tuple[str, ...]] = {
    "postmortem": (".html", ".svg"),
    **{str(kind): (".html",) for kind in Kind},
    "_static": (".css", ".js"),
}
"""The folders of a site, and the files in them that go when they are of the site no more."""
_OWN_FOLDERS = "postmortem"

_ORDER = ("_static/", r"postmortem/.*\.svg", "postmortem/", ".*/", "search", "recurring", "actions", "feed", "index")
_ORDERED = tuple(map(re.compile, _ORDER))


def marker(profile: str) -> bytes:
    """Return what the marker of a site holds."""
    return json.dumps({"format": 1, "profile": profile}, indent=2).encode() + b"\n"


def check(out: Path, profile: str) -> None:
    """Raise SiteError unless a site for the readers of a profile may be made in a folder."""
    if not os.path.lexists(out):
        if not out.parent.is_dir():
            raise SiteError(f"{out}: the folder {out.parent} does not exist; make it first, or choose another place")
        return
    if not out.is_dir():
        raise SiteError(f"{out} is no folder; choose another place, nothing was written")
    there = _marked(out)
    if there is None:
        if any(not each.name.startswith(_STAGED) for each in out.iterdir()):
            raise SiteError(f"{out} is not empty, and no site of this program; choose another folder")
    elif there != profile:
        raise SiteError(
            f"{out} holds a site for the readers of the profile {there!r}, not {profile!r}; choose another folder, or "
            "remove that one first"
        )


def put(out: Path, files: Mapping[str, bytes | Path]) -> int:
    """Put the files of a site in their places, by their paths in it, and remove what is of the site no more.

    Returns how many were written or removed. Raises SiteError.
    """
    try:
        _remove_staged(out)
        return _renew(out, files) if out.is_dir() else _make(out, files)
    except OSError as error:
        where = error.filename or out
        raise SiteError(f"{where}: {error.strerror or error}; the site in {out} is as it was") from error


def _make(out: Path, files: Mapping[str, bytes | Path]) -> int:
    staged = Path(tempfile.mkdtemp(prefix=f"{_STAGED}{out.name[:80]}-", dir=out.parent))
    try:
        for name, content in files.items():
            _write(staged / name, content)
        staged.chmod(0o777 & ~_mask())
        staged.rename(out)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return len(files)


def _renew(out: Path, files: Mapping[str, bytes | Path]) -> int:
    for name in {folder for each in files if (folder := each.rpartition("/")[0])} | set(_OURS):
        if (out / name).is_symlink():
            raise SiteError(f"{out / name} is a link and no folder; remove it, nothing was written")
    changed = [name for name in sorted(files, key=_rank) if not _is_same(out / name, files[name])]
    staged = Path(tempfile.mkdtemp(prefix=_STAGED, dir=out))
    try:
        for name in changed:
            _write(staged / name, files[name])
        _replace(out, staged, changed)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return len(changed) + _remove_gone(out, files)


def _replace(out: Path, staged: Path, changed: list[str]) -> None:
    for number, name in enumerate(changed):
        try:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).replace(out / name)
        except OSError as error:
            if not number:
                raise
            raise SiteError(
                f"{out / name}: {error.strerror or error}; {number:,} of {len(changed):,} files are new and the others "
                "as they were: make the site again"
            ) from error


def _remove_gone(out: Path, files: Mapping[str, bytes | Path]) -> int:
    """Remove what is of the site no more. Raises SiteError when that is not possible: readers would still find it."""
    gone = [each for each in _ours(out) if each not in files]
    for each in gone:
        try:
            (out / each).unlink()
        except OSError as error:
            raise SiteError(f"{out / each}: {error.strerror or error}; it is of the site no more, remove it") from error
    for folder in {(out / each).parent for each in gone}:
        if folder.parent == out / _OWN_FOLDERS and not any(folder.iterdir()):
            folder.rmdir()
    return len(gone)


def _ours(out: Path) -> Iterator[str]:
    """Yield the files in the folders of a site that are of a kind that we write there; no link is followed."""
    for name, suffixes in _OURS.items():
        top = str(out / name)
        for folder, inner, names in os.walk(top):
            if name != _OWN_FOLDERS or folder != top:
                inner.clear()
            within = name if folder == top else f"{name}/{Path(folder).name}"
            yield from (f"{within}/{each}" for each in names if each.endswith(suffixes))


def _marked(out: Path) -> str | None:
    """Return for whom the site in a folder is, or None when it is no site of ours."""
    try:
        found = json.loads((out / MARKER).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    profile = found.get("profile") if isinstance(found, dict) else None
    return profile if isinstance(profile, str) else None


def _rank(name: str) -> tuple[int, str]:
    return next((place for place, each in enumerate(_ORDERED) if each.match(name)), len(_ORDERED)), name


def _is_same(path: Path, content: bytes | Path) -> bool:
    try:
        there = path.lstat()
        return stat.S_ISREG(there.st_mode) and path.read_bytes() == _bytes(content)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _bytes(content: bytes | Path) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _write(path: Path, content: bytes | Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_bytes(content))


def _remove_staged(out: Path) -> None:
    """Remove what a run that was killed left over."""
    left = [*out.glob(f"{_STAGED}*")] if out.is_dir() else [*out.parent.glob(f"{_STAGED}{out.name[:80]}-????????")]
    for each in left:
        shutil.rmtree(each, ignore_errors=True)


def _mask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
