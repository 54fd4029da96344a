"""Opening what somebody points at: a file, a folder, an archive, or bytes from a pipe, so that none of it does harm.

Nothing is unpacked into a folder, no link is followed out of one, and what comes out has bounds: see `sources.bounds`.
"""

import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from facilitator.intake.errors import SourceError
from facilitator.intake.report import Report
from facilitator.intake.source import Source
from facilitator.intake.sources.bounds import LARGEST_WHOLE
from facilitator.intake.sources.decoding import decoded
from facilitator.intake.sources.folder import FolderSource
from facilitator.intake.sources.names import Skip, plain_name
from facilitator.intake.sources.sampling import sample
from facilitator.intake.sources.single import FileSource, Reopen, reopened
from facilitator.intake.sources.streams import too_large
from facilitator.intake.sources.tars import TarSource
from facilitator.intake.sources.zips import ZipSource

__all__ = ["decoded", "opened", "sample"]

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")
_GZIP = b"\x1f\x8b"
_OTHERS = (
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ\x00", "compressed with xz"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
)
_TAR_MARK = slice(257, 262)


@contextmanager
def opened(place: Path | bytes, report: Report, name: str = "") -> Iterator[Source]:
    """Give the source at a path, or that of bytes that are at hand, while the context lasts.

    `name` is what bytes are called, or a file whose path says little. What of the source cannot be read is added to
    `report`: when it is opened, and while it is read. Raises SourceError when nothing of it can be.
    """
    if isinstance(place, Path):
        name = name or plain_name(place.name) or plain_name(place.resolve().name)
        place = _looked_at(place, name)
    name = name or "-"

    said: set[tuple[str, str]] = set()

    def skip(member: str, why: str) -> None:
        if (member, why) not in said:  # a member is read for its sample, and again in earnest
            said.add((member, why))
            report.skip(member or name, "", why)

    with ExitStack() as open_things:
        if isinstance(place, Path) and place.is_dir():
            yield _not_without_members(FolderSource(place, skip))
        else:
            yield _file(name, place, skip, open_things)


def _looked_at(path: Path, name: str) -> Path | bytes:
    """Return a path that can be opened again and again, or the bytes of what cannot: a pipe."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            return path
        if not stat.S_ISFIFO(mode) and not stat.S_ISCHR(mode):
            raise SourceError(f"{name} is neither a file nor a folder")
        with path.open("rb") as stream:
            data = stream.read(LARGEST_WHOLE + 1)
    except FileNotFoundError as error:
        raise SourceError(f"there is no {name}") from error
    except (OSError, ValueError) as error:  # a name with a zero byte is a ValueError
        if isinstance(error, SourceError):
            raise
        raise SourceError(f"{name} cannot be read: {error}") from error
    if len(data) > LARGEST_WHOLE:
        raise too_large(name)
    return data


def _file(name: str, place: Path | bytes, skip: Skip, open_things: ExitStack) -> Source:
    """Return the source of a file, told by how its bytes begin and not by its name."""
    reopen = reopened(place)
    try:
        stream = open_things.enter_context(reopen())
        size = stream.seek(0, 2)
        stream.seek(0)
        start = stream.read(512)
    except OSError as error:
        raise SourceError(f"{name} cannot be read: {error.strerror}") from error
    if not size:
        raise SourceError(f"{name} is empty")
    if start.startswith(_ZIP):
        return _not_without_members(ZipSource(name, stream, skip))
    for mark, what in _OTHERS:
        if start.startswith(mark):
            raise SourceError(f"{name} is {what}; unpack it first")
    if start.startswith(_GZIP):
        if _start_of_packed(name, size, reopen)[_TAR_MARK] == b"ustar":
            return _tar(name, stream, skip, open_things, packed=True)
        return FileSource(name, size, reopen, skip, packed=True)
    if start[_TAR_MARK] == b"ustar":
        return _tar(name, stream, skip, open_things, packed=False)
    return FileSource(name, size, reopen, skip)


def _start_of_packed(name: str, size: int, reopen: Reopen) -> bytes:
    """Return the first bytes of what a compressed file holds; damage is reported when it is read in earnest."""
    packed = FileSource(name, size, reopen, lambda _member, _why: None, packed=True)
    with packed.open(next(packed.members())) as unpacked:
        start = unpacked.read(512)
    if not start:
        raise SourceError(f"{name} is empty, or damaged from its beginning on")
    return start


def _tar(name: str, stream: BinaryIO, skip: Skip, open_things: ExitStack, *, packed: bool) -> Source:
    tar = TarSource(name, stream, skip, packed=packed)
    open_things.callback(tar.close)
    return _not_without_members(tar)


def _not_without_members(source: Source) -> Source:
    if next(source.members(), None) is None:
        raise SourceError(f"{source.name} has nothing in it that can be read")
    return source
