"""Writing whole files in one step: a reader sees the old bytes or the new ones, never a part of them."""

import errno
import os
import stat
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path


class ReplaceError(OSError):
    """Several files could not all be written: `written` holds those that were, `missing` the others, in order."""

    def __init__(self, error: OSError, path: Path, written: Sequence[Path], missing: Sequence[Path]) -> None:
        super().__init__(error.errno, error.strerror or str(error), str(path))
        self.written = tuple(written)
        self.missing = tuple(missing)

    @property
    def outcome(self) -> str:
        """What was written and what was not, as a clause."""
        if not self.written:
            return "nothing was written"
        return f"written: {_listed(self.written)}; not written: {_listed(self.missing)}"


def replace_file(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Put `content` at `path` in one step.

    A file that was there keeps its mode; a new one gets `mode`. Raises OSError when it cannot be written; what was
    there is then untouched.
    """
    temporary = _staged(path, content, mode)
    try:
        temporary.replace(path)
    except BaseException:
        _removed(temporary)
        raise


def replace_files(contents: Mapping[Path, bytes], *, mode: int = 0o600) -> None:
    """Put several files in their places, each in one step, once all of them are on the disk under other names.

    Modes are as in `replace_file`. Raises ReplaceError, which says which files were written: none, unless it failed
    after the first of them had been put in its place. Nothing temporary is left.
    """
    staged: dict[Path, Path] = {}
    written: list[Path] = []
    path = Path()
    try:
        for path, content in contents.items():
            staged[path] = _staged(path, content, mode)
        for path, temporary in staged.items():
            temporary.replace(path)
            written.append(path)
    except OSError as error:
        raise ReplaceError(error, path, written, [each for each in contents if each not in written]) from error
    finally:
        for each in staged.keys() - set(written):
            _removed(staged[each])


def _staged(path: Path, content: bytes, mode: int) -> Path:
    """Write what belongs at `path` to a temporary file beside it, whole and on the disk; return that file."""
    with suppress(FileNotFoundError):
        found = path.stat().st_mode
        if stat.S_ISDIR(found):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        mode = found & 0o777
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
    except BaseException:
        _removed(temporary)
        raise
    return temporary


def _removed(temporary: Path) -> None:
    with suppress(OSError):
        temporary.unlink()


def _listed(paths: Sequence[Path]) -> str:
    return ", ".join(str(path) for path in paths)
