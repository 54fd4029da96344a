"""Unpacking one member of a zip archive piece by piece, and keeping what comes out before it is found damaged.

`zipfile` throws away the last piece of a member whose checksum is wrong, which may be all of it.
"""

import struct
import zlib
from typing import BinaryIO

from facilitator.intake.sources.bounds import PIECE

HEADER = struct.Struct("<4s5HIIIHH")
"""What stands before each member: signature, version, flags, method, time, day, checksum, sizes, lengths of names."""

SIGNATURE = b"PK\x03\x04"

_FARTHEST = 1 << 62
"""Where nothing lies: a damaged archive may state places beyond what a file can have."""


class Inflating:
    """Returns the next bytes of a member when it is called, at most so many.

    `size` and `crc` are None where they are not known. Raises EOFError and zlib.error where the member is damaged.
    """

    def __init__(
        self, stream: BinaryIO, header: int, packed: int, size: int | None, crc: int | None, *, deflated: bool
    ) -> None:
        self._stream, self._at, self._left = stream, header, packed
        self._expected, self._wanted, self._sum = size, crc, 0
        self._unpack = zlib.decompressobj(-zlib.MAX_WBITS) if deflated else None
        self._rest = b""
        self._began = self._over = False
        self._given = 0
        self.used = 0
        """How many packed bytes were used so far."""

    def __call__(self, most: int) -> bytes:
        """Return the next bytes, none at the end."""
        if not self._began:
            self._begin()
        if self._expected is not None:
            most = min(most, self._expected - self._given)
        data = self._inflated(most) if most > 0 else b""
        self._given += len(data)
        self._sum = zlib.crc32(data, self._sum)
        if not data and not self._over:
            self._over = True
            self._check()
        return data

    def _begin(self) -> None:
        self._began = True
        self._stream.seek(min(max(0, self._at), _FARTHEST))
        head = self._stream.read(HEADER.size)
        if self._at < 0 or len(head) < HEADER.size or not head.startswith(SIGNATURE):
            raise EOFError("the member is not where the archive says")
        *_, names, extra = HEADER.unpack(head)
        self._at += HEADER.size + names + extra

    def _inflated(self, most: int) -> bytes:
        if self._unpack is None:
            return self._next(most)
        while not self._unpack.eof:
            packed = self._rest or self._next(PIECE)
            data = self._unpack.decompress(packed, most)
            self._rest = self._unpack.unconsumed_tail
            if data:
                return data
            if not packed:
                raise EOFError("it ends too early")
        return b""

    def _next(self, most: int) -> bytes:
        self._stream.seek(self._at)
        data = self._stream.read(min(most, self._left))
        self._at += len(data)
        self._left -= len(data)
        self.used += len(data)
        return data

    def _check(self) -> None:
        if self._expected is not None and self._given < self._expected:
            raise EOFError("it ends too early")
        if self._wanted is not None and self._sum != self._wanted:
            raise EOFError("its checksum is wrong")
