"""A folder: the files below it that are really there; links that lead out of it are not followed."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from facilitator.intake.errors import SourceError
from facilitator.intake.source import Member
from facilitator.intake.sources.bounds import LARGEST_WHOLE
from facilitator.intake.sources.names import Skip, accepted, without_doubles
from facilitator.intake.sources.streams import Pieces, too_large


class FolderSource:
    """A folder and what lies below it. Folders that are links are not entered, so that nothing runs in circles."""

    def __init__(self, path: Path, skip: Skip) -> None:
        self.name = path.resolve().name or "/"
        self._skip = skip
        self._root = os.path.realpath(path)
        found = accepted(((name, (name, size)) for name, size in self._files()), skip)
        self._members = without_doubles(found, skip)

    def members(self) -> Iterator[Member]:
        """Return the files by their paths in the folder."""
        for name in sorted(self._members):
            yield Member(name, self._members[name][1])

    def read(self, member: Member) -> bytes:
        """Return the bytes of a file. Raises SourceError when it is too large or cannot be read."""
        if member.name in self._members and self._members[member.name][1] > LARGEST_WHOLE:
            raise too_large(member.name)
        with self._pieces(member) as pieces:
            return pieces.whole()

    def open(self, member: Member) -> BinaryIO:
        """Return a file to be read piece by piece."""
        return self._pieces(member).buffered()

    def _pieces(self, member: Member) -> Pieces:
        if member.name not in self._members:
            raise SourceError(f"{self.name} has no member {member.name}")
        path = Path(self._root, self._members[member.name][0])
        try:
            stream = path.open("rb")
        except OSError as error:
            raise SourceError(f"{member.name} cannot be read: {error.strerror}") from error
        return Pieces(member.name, stream.read, lambda why: self._skip(member.name, why), close=stream.close)

    def _files(self) -> Iterator[tuple[str, int]]:
        """Return the files below the root with their sizes, each by its path from there."""

        def unreadable(error: OSError) -> None:
            self._skip(os.path.relpath(error.filename or "", self._root), f"cannot be read: {error.strerror}")

        for folder, folders, files in os.walk(self._root, onerror=unreadable):
            folders[:] = sorted(each for each in folders if not each.startswith("."))
            for each in sorted(files):
                path = Path(folder, each)
                name = os.path.relpath(path, self._root).replace(os.sep, "/")
                size = self._size(path, name)
                if size is not None:
                    yield name, size
            for each in [each for each in folders if Path(folder, each).is_symlink()]:
                folders.remove(each)
                self._skip(os.path.relpath(Path(folder, each), self._root), "a link to a folder, which is not followed")

    def _size(self, path: Path, name: str) -> int | None:
        """Return the size of a file that may be read, or None when it may not."""
        try:
            if path.is_symlink() and not self._is_inside(path):
                self._skip(name, "a link that leads out of the folder")
                return None
            told = path.stat()
        except (OSError, RuntimeError) as error:
            self._skip(name, f"cannot be read: {error}"[:200])
            return None
        if not stat.S_ISREG(told.st_mode):
            self._skip(name, "not a plain file")
            return None
        if not told.st_size and not name.startswith("."):
            self._skip(name, "empty")
            return None
        return told.st_size

    def _is_inside(self, path: Path) -> bool:
        return os.path.commonpath((self._root, os.path.realpath(path))) == self._root
