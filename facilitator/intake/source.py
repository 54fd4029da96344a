"""A source: a file, a folder or an archive with records in it, opened so that nothing in it can do harm."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a source. `name` is its path in an archive or folder, with "/", or the name of the file itself."""

    name: str
    size: int


class Source(Protocol):
    """What readers are given. A file alone is a source with one member."""

    @property
    def name(self) -> str:
        """The name of the file or folder, without the folder in which it lies."""

    def members(self) -> Iterator[Member]:
        """Return the members by name; what is dangerous is not among them."""

    def read(self, member: Member) -> bytes:
        """Return the bytes of a member. Raises SourceError when it is too large or cannot be read."""

    def open(self, member: Member) -> BinaryIO:
        """Return a member to be read piece by piece; never more than its bound comes out of it."""


@dataclass(frozen=True, slots=True)
class MemberSource:
    """One member of a source, as a source of its own."""

    whole: Source
    member: Member

    @property
    def name(self) -> str:
        """The name of the member."""
        return self.member.name

    def members(self) -> Iterator[Member]:
        """Return the one member."""
        yield self.member

    def read(self, member: Member) -> bytes:
        """Return the bytes. Raises SourceError."""
        return self.whole.read(member)

    def open(self, member: Member) -> BinaryIO:
        """Return the bytes as a stream."""
        return self.whole.open(member)
