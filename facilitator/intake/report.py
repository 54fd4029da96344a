"""The report of an intake: what was read, what was skipped, where, and why."""

from collections import Counter
from dataclasses import dataclass, field

MOST_KEPT = 200
"""How many skipped places of one reason are listed one by one; of the others only the number is kept."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read. `place` is a line ("line 12"), a member of an archive, or empty for the file."""

    file: str
    place: str
    reason: str


@dataclass(slots=True)
class Report:
    """What came of reading. Readers add to it as they go; nothing more is read once it is `stopped`."""

    read: int = 0
    stopped: bool = False
    skipped: list[Skipped] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def skip(self, file: str, place: str, reason: str) -> None:
        """Note that something was not read."""
        self.reasons[reason] += 1
        if self.reasons[reason] <= MOST_KEPT:
            self.skipped.append(Skipped(file, place, reason))
