"""A tar archive. One that is compressed is unpacked to a temporary file first: members are read in any order."""

import gzip
import io
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO

from facilitator.intake.errors import SourceError
from facilitator.intake.source import Member
from facilitator.intake.sources.bounds import LARGEST_UNPACKED, LARGEST_WHOLE, MEGABYTE, MOST_MEMBERS, PIECE
from facilitator.intake.sources.names import Skip, accepted, without_doubles
from facilitator.intake.sources.streams import DAMAGES, Pieces, too_large

_LARGEST_HEADER = MEGABYTE


class TarSource:
    """A tar archive, open; `close` gives up its temporary file. Only plain files are members."""

    def __init__(self, name: str, stream: BinaryIO, skip: Skip, *, packed: bool) -> None:
        self.name = name
        self._skip = skip
        self._plain = self._unpacked(stream) if packed else stream
        self._owned = packed
        self._members = without_doubles(accepted(self._found(), skip), skip)

    def members(self) -> Iterator[Member]:
        """Return the members by name."""
        for name in sorted(self._members):
            yield Member(name, self._members[name].size)

    def read(self, member: Member) -> bytes:
        """Return the bytes of a member. Raises SourceError when there are too many."""
        if member.name in self._members and self._members[member.name].size > LARGEST_WHOLE:
            raise too_large(member.name)
        with self._pieces(member) as pieces:
            return pieces.whole()

    def open(self, member: Member) -> BinaryIO:
        """Return a member to be read piece by piece."""
        return self._pieces(member).buffered()

    def close(self) -> None:
        """Give up the temporary file."""
        if self._owned:
            self._plain.close()

    def _pieces(self, member: Member) -> Pieces:
        info = self._members.get(member.name)
        if info is None:
            raise SourceError(f"{self.name} has no member {member.name}")
        at, end = info.offset_data, info.offset_data + info.size

        def produce(most: int) -> bytes:
            nonlocal at
            self._plain.seek(at)
            data = self._plain.read(min(most, end - at))
            if not data and at < end:
                raise EOFError("it ends too early")
            at += len(data)
            return data

        return Pieces(member.name, produce, lambda why: self._skip(member.name, why))

    def _found(self) -> Iterator[tuple[str, tarfile.TarInfo]]:
        """Return the plain files of the archive."""
        try:
            self._plain.seek(0)
            archive = tarfile.TarFile(fileobj=_Careful(self._plain))
            for _ in range(MOST_MEMBERS + 1):
                info = archive.next()
                if info is None:
                    return
                if info.isreg() and not info.issparse():
                    if info.size > 0:
                        yield info.name, info
                    else:
                        self._skip(info.name, "empty")
                elif not info.isdir():
                    self._skip(info.name, "not a plain file")
        except (*DAMAGES, ValueError, OverflowError, RecursionError):
            self._skip("", "the archive is cut off or damaged: its members are read as far as they can be found")

    def _unpacked(self, stream: BinaryIO) -> BinaryIO:
        """Return a temporary file with what is in the archive, as far as that can be unpacked."""
        stream.seek(0)
        unpacked = gzip.GzipFile(fileobj=stream)
        pieces = Pieces(self.name, unpacked.read1, lambda why: self._skip("", why), packed=stream.tell)
        with ExitStack() as undone:
            plain = undone.enter_context(tempfile.TemporaryFile(prefix="intake-"))
            while data := pieces.piece(PIECE):
                plain.write(data)
                if plain.tell() > LARGEST_UNPACKED:
                    most = LARGEST_UNPACKED // MEGABYTE
                    raise SourceError(f"{self.name} unpacks to more than {most:,} MB; unpack it and read a part of it")
            undone.pop_all()
        return plain


class _Careful(io.RawIOBase):
    """A file that refuses to read a header of any size that an archive states."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """Return so many bytes. Raises ReadError when they are too many for a header."""
        if not 0 <= size <= _LARGEST_HEADER:
            raise tarfile.ReadError("a header is too large")
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return the place."""
        return self._stream.tell()
