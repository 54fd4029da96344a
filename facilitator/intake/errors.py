"""What can stop an intake: something that must be asked first, or a source that cannot be read."""

from collections.abc import Sequence
from enum import StrEnum


class Need(StrEnum):
    """What only a person can tell."""

    ZONE = "the time zone"
    DAY = "the day"
    COLUMNS = "which column holds what"


class MissingError(Exception):
    """Something must be asked before the source can be read. `found` is what there is to choose from."""

    def __init__(self, need: Need, why: str, found: Sequence[str] = ()) -> None:
        super().__init__(why)
        self.need, self.found = need, tuple(found)


class SourceError(ValueError):
    """The source as a whole cannot be read; the message says what it is, why, and what to do."""


class UnknownKindError(SourceError):
    """Nobody knows what kind of records a source holds."""
