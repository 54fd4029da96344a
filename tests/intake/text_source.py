"""A source with one member, for tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from facilitator.intake.errors import SourceError
from facilitator.intake.source import Member


@dataclass(frozen=True, slots=True)
class TextSource:
    """Text that was pasted or typed, or bytes that are at hand, as a source with one member."""

    name: str
    data: bytes

    def members(self) -> Iterator[Member]:
        """Return the one member."""
        yield Member(self.name, len(self.data))

    def read(self, member: Member) -> bytes:
        """Return the bytes."""
        self._find(member)
        return self.data

    def open(self, member: Member) -> BinaryIO:
        """Return the bytes as a stream."""
        self._find(member)
        return BytesIO(self.data)

    def _find(self, member: Member) -> None:
        if member.name != self.name:
            raise SourceError(f"{self.name} has no member {member.name}")
