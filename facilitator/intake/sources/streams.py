"""Streams out of sources: bounded, and ending where the data is damaged rather than raising."""

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from facilitator.intake.errors import SourceError
from facilitator.intake.sources.bounds import LARGEST_STREAM, LARGEST_WHOLE, MEGABYTE, PIECE, expands_too_much

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Produce = Callable[[int], bytes]
"""Returns the next bytes, at most so many; none at the end."""

DAMAGES = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError)
"""What libraries raise on damaged archives, and the system on files that cannot be read."""


class Pieces(io.RawIOBase):
    """A stream of what `produce` returns, to its bound. Damage ends it: `fault` is then told once what is wrong.

    `packed` returns how many packed bytes were used so far. Raises SourceError past a bound.
    """

    def __init__(
        self,
        name: str,
        produce: Produce,
        fault: Callable[[str], None],
        *,
        packed: Callable[[], int] | None = None,
        close: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._name, self._produce, self._fault, self._packed, self._close = name, produce, fault, packed, close
        self._given = 0
        self._ended = False

    def readable(self) -> bool:
        """Return True: that is what it is for."""
        return True

    def piece(self, most: int) -> bytes:
        """Return the next bytes, at most so many, or none at the end."""
        if self._ended:
            return b""
        try:
            data = self._produce(most)
        except DAMAGES as error:
            self._fault(f"damaged or cut off: read as far as it goes ({_said(error)})")
            data = b""
        self._ended = not data
        self._given += len(data)
        if self._given > LARGEST_STREAM:
            raise SourceError(f"{self._name} is larger than {LARGEST_STREAM // MEGABYTE:,} MB; read a part of it")
        if self._packed is not None and expands_too_much(self._given, self._packed()):
            raise SourceError(f"{self._name} grows without bound when it is unpacked (a zip bomb); it is not read")
        return data

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill `buffer` with the next bytes; return how many."""
        view = memoryview(buffer)
        data = self.piece(len(view))
        view[: len(data)] = data
        return len(data)

    def whole(self) -> bytes:
        """Return all of it. Raises SourceError when that is more than is read at once."""
        pieces: list[bytes] = []
        held = 0
        while piece := self.piece(PIECE):
            held += len(piece)
            if held > LARGEST_WHOLE:
                raise too_large(self._name)
            pieces.append(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def buffered(self) -> BinaryIO:
        """Return it as a stream that can be read by lines."""
        return io.BufferedReader(self, PIECE // 4)

    def close(self) -> None:
        """Close what it reads from."""
        if not self.closed and self._close is not None:
            self._close()
        super().close()


def too_large(name: str) -> SourceError:
    """Return the error for a member that a kind needs whole and that is too large for that."""
    most = LARGEST_WHOLE // MEGABYTE
    return SourceError(f"{name} is larger than {most} MB, too much to be read at once; split it, or read a part of it")


def _said(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__
