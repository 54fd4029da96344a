"""A file alone, and a file alone that is compressed with gzip."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from facilitator.intake.errors import SourceError
from facilitator.intake.source import Member
from facilitator.intake.sources.bounds import LARGEST_WHOLE
from facilitator.intake.sources.names import Skip
from facilitator.intake.sources.streams import Pieces, too_large

Reopen = Callable[[], BinaryIO]
"""Opens the bytes of the source anew, at their beginning."""


def reopened(place: Path | bytes) -> Reopen:
    """Return what opens a file, or bytes that are at hand."""
    return lambda: BytesIO(place) if isinstance(place, bytes) else place.open("rb")


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file alone; of one that is compressed, `packed` is true and the member is what is in it."""

    name: str
    size: int
    reopen: Reopen
    skip: Skip
    packed: bool = False

    def members(self) -> Iterator[Member]:
        """Return the one member."""
        yield Member(self._member, self.size)

    def read(self, member: Member) -> bytes:
        """Return its bytes. Raises SourceError when there are too many or it cannot be read."""
        if not self.packed and self.size > LARGEST_WHOLE:
            raise too_large(self._member)
        with self._pieces(member) as pieces:
            return pieces.whole()

    def open(self, member: Member) -> BinaryIO:
        """Return it to be read piece by piece."""
        return self._pieces(member).buffered()

    @property
    def _member(self) -> str:
        return _unpacked_name(self.name) if self.packed else self.name

    def _pieces(self, member: Member) -> Pieces:
        if member.name != self._member:
            raise SourceError(f"{self.name} has no member {member.name}")
        try:
            stream = self.reopen()
        except OSError as error:
            raise SourceError(f"{self.name} cannot be read: {error.strerror}") from error

        def fault(why: str) -> None:
            self.skip("", why)

        if not self.packed:
            return Pieces(self.name, stream.read, fault, close=stream.close)
        unpacked = gzip.GzipFile(fileobj=stream)  # what it reads from stays open when it is closed: `stream` is ours
        return Pieces(self._member, unpacked.read1, fault, packed=stream.tell, close=stream.close)


def _unpacked_name(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") and len(name) > 3 else f"{name} unpacked"
