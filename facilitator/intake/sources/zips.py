"""A zip archive. Its table of contents is read by `zipfile`; where that is lost, the members are found one by one."""

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from facilitator.intake.errors import SourceError
from facilitator.intake.source import Member
from facilitator.intake.sources.bounds import (
    FREE,
    LARGEST_DIRECTORY,
    LARGEST_STREAM,
    LARGEST_TOTAL,
    LARGEST_WHOLE,
    MEGABYTE,
    RATIO,
    expands_too_much,
)
from facilitator.intake.sources.inflating import Inflating
from facilitator.intake.sources.lost_zips import found_one_by_one
from facilitator.intake.sources.names import Skip, accepted, without_doubles
from facilitator.intake.sources.streams import Pieces, too_large

_ENCRYPTED = 1
_LINK, _FORM = 0o120000, 0o170000
_UNIX = 3
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x06"


@dataclass(frozen=True, slots=True)
class Packed:
    """A member as it lies in the archive. `size` and `crc` are None where the archive does not say."""

    header: int
    packed: int
    size: int | None
    crc: int | None
    deflated: bool


class ZipSource:
    """A zip archive, open. Members that are dangerous, encrypted or packed in rare ways are skipped."""

    def __init__(self, name: str, stream: BinaryIO, skip: Skip) -> None:
        self.name = name
        self._stream, self._skip = stream, skip
        self._length = stream.seek(0, io.SEEK_END)
        self._bound = min(LARGEST_TOTAL, max(FREE, RATIO * self._length))
        self._members = without_doubles(self._bounded(accepted(self._found(), skip)), skip)
        if "[Content_Types].xml" in self._members:
            raise SourceError(f"{name} is an Office document; save it as plain text, Markdown or CSV first")

    def members(self) -> Iterator[Member]:
        """Return the members by name."""
        for name in sorted(self._members):
            each = self._members[name]
            yield Member(name, each.packed if each.size is None else each.size)

    def read(self, member: Member) -> bytes:
        """Return the bytes of a member. Raises SourceError when there are too many."""
        if member.name in self._members and (self._members[member.name].size or 0) > LARGEST_WHOLE:
            raise too_large(member.name)
        with self._pieces(member) as pieces:
            return pieces.whole()

    def open(self, member: Member) -> BinaryIO:
        """Return a member to be read piece by piece."""
        return self._pieces(member).buffered()

    def _pieces(self, member: Member) -> Pieces:
        each = self._members.get(member.name)
        if each is None:
            raise SourceError(f"{self.name} has no member {member.name}")
        inflating = Inflating(self._stream, each.header, each.packed, each.size, each.crc, deflated=each.deflated)

        def fault(why: str) -> None:
            self._skip(member.name, why)

        return Pieces(member.name, inflating, fault, packed=lambda: inflating.used)

    def _found(self) -> Iterator[tuple[str, zipfile.ZipInfo | Packed]]:
        """Return what the table of contents says, or what is found where there is none."""
        self._refuse_large_directory()
        try:
            infos = zipfile.ZipFile(self._stream).infolist()
        except (zipfile.BadZipFile, OSError, EOFError, struct.error, ValueError, NotImplementedError):
            self._skip("", "the archive is cut off or damaged: its members are read as far as they can be found")
            for name, header, packed, size, crc, method, flags in found_one_by_one(self._stream, self._length):
                wrong = _unreadable(method, flags)
                if wrong:
                    self._skip(name, wrong)
                elif not name.endswith("/"):
                    yield name, Packed(header, packed, size, crc, method == zipfile.ZIP_DEFLATED)
            return
        for info in infos:
            if not info.filename.endswith("/"):
                yield info.filename, info

    def _bounded(self, found: Iterable[tuple[str, zipfile.ZipInfo | Packed]]) -> Iterator[tuple[str, Packed]]:
        """Return the members that can be read within the bounds."""
        total = 0
        for name, each in found:
            if isinstance(each, Packed):
                yield name, each
                continue
            wrong = _unreadable(each.compress_type, each.flag_bits) or _wrong_with(each)
            if not wrong and total + each.file_size > self._bound:
                wrong = f"the archive would unpack to more than {self._bound // MEGABYTE:,} MB: a zip bomb, or too much"
            if wrong:
                self._skip(name, wrong)
                continue
            total += each.file_size
            deflated = each.compress_type == zipfile.ZIP_DEFLATED
            yield name, Packed(each.header_offset, each.compress_size, each.file_size, each.CRC, deflated)

    def _refuse_large_directory(self) -> None:
        """Look at the size of the table of contents before it is read into memory."""
        start = max(0, self._length - 65_700)
        self._stream.seek(start)
        tail = self._stream.read(self._length - start)
        at, at_64 = tail.rfind(_END), tail.rfind(_END_64)
        stated = struct.unpack_from("<I", tail, at + 12)[0] if 0 <= at <= len(tail) - 22 else 0
        if stated == 0xFFFFFFFF and 0 <= at_64 <= len(tail) - 56:
            stated = struct.unpack_from("<Q", tail, at_64 + 40)[0]
        if LARGEST_DIRECTORY < stated != 0xFFFFFFFF:
            raise SourceError(f"{self.name} has too many members to be read at once; unpack it and read a part of it")


def _unreadable(method: int, flags: int) -> str:
    if flags & _ENCRYPTED:
        return "encrypted: unpack it with its password first"
    # The other methods of the standard library unpack a piece to any size before it can be bounded.
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return f"packed in a way that is not read here (method {method}): unpack it first"
    return ""


def _wrong_with(info: zipfile.ZipInfo) -> str:
    if info.create_system == _UNIX and (info.external_attr >> 16) & _FORM == _LINK:
        return "a link, which is not followed"
    if info.file_size > LARGEST_STREAM:
        return f"larger than {LARGEST_STREAM // MEGABYTE:,} MB"
    if expands_too_much(info.file_size, info.compress_size):
        return f"more than {RATIO} times larger than its packed form: a zip bomb"
    return "" if info.file_size else "empty"
