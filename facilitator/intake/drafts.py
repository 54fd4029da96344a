"""Drafts: what was read from other people's records, as it was written there, with where it comes from."""

import hashlib
from datetime import UTC, datetime
from enum import StrEnum

import msgspec

from facilitator.model.moments import Approximation, Moment, Precision, find_zone


class Signal(StrEnum):
    """What a record itself says it is; nothing is guessed from words here."""

    FIRES = "fires"
    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"
    ENDS = "ends"
    DECLARED = "declared"
    MITIGATED = "mitigated"
    CHANGED = "changed"
    """A deployment, a release, a merge, a change of configuration."""
    CHANGE_FAILED = "change failed"
    NOTE = "note"
    ROUTINE = "routine"
    """Something that a system does all the time, such as notifying somebody."""


class Stamp(msgspec.Struct, frozen=True, omit_defaults=True):
    """When something happened, as it was written.

    `local` and `until` (the end of a span) are naive: they are on the clock of `zone`, which is a name that
    `find_zone` knows, or empty where the source says none.
    """

    local: datetime
    zone: str = ""
    precision: Precision = Precision.MINUTE
    approximation: Approximation = Approximation.EXACT
    until: datetime | None = None

    def moment(self, zone: str) -> Moment:
        """Return the moment that is meant, on the clock of `zone` where the stamp has none of its own.

        Raises ValueError for a zone that nobody knows, and OverflowError where the calendar ends.
        """
        return Moment(self._in_utc(self.local, zone), self.zone or zone, self.precision, self.approximation)

    def end(self, zone: str) -> datetime | None:
        """Return the end of the span in UTC, or None. Raises as `moment` does."""
        return None if self.until is None else self._in_utc(self.until, zone)

    def _in_utc(self, local: datetime, zone: str) -> datetime:
        name = self.zone or zone
        if name == "UTC":
            return local.replace(tzinfo=UTC)
        found = find_zone(name)
        if found is None:
            raise ValueError(f"no time zone is called {name!r}")
        return local.replace(tzinfo=found).astimezone(UTC)


class Draft(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that was recorded. The text is as written, with its mark-up resolved; it has been cleaned.

    `id` is the same whenever the same record is read again. `place` is the channel, service or repository, `file` and
    `line` (from 1, or 0) say where it was read. `key` is what the source calls the same alert or change by, so that two
    sources that tell of one can be recognised. `thread` is the id of the draft that this one answers.
    """

    id: str
    text: str
    stamp: Stamp | None = None
    who: str = ""
    place: str = ""
    link: str = ""
    file: str = ""
    line: int = 0
    signal: Signal | None = None
    key: str = ""
    thread: str = ""
    replies: int = 0
    reactions: int = 0


def origin(kind: str, *parts: object) -> str:
    """Return an id for what the source `kind` keeps under an id of its own: "slack:C024BE91L/1700000000.000200"."""
    return f"{kind}:{'/'.join(map(str, parts))}"


def origin_of_text(kind: str, *parts: object) -> str:
    """Return an id for something that has none in its source, made from what identifies it: file, place, words."""
    digest = hashlib.sha256("\0".join(map(str, parts)).encode(errors="surrogatepass")).hexdigest()
    return f"{kind}:{digest[:16]}"
