"""What every item of a session has."""

from datetime import UTC, datetime

import msgspec


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing in a list of the session.

    `id` is a ULID given when the item is filed, and empty before. `rank` orders the items of one list, lowest first;
    ranks are only compared, so a new one fits between any two.
    """

    id: str = ""
    rank: float = 0.0


def in_utc(at: datetime) -> datetime:
    """Return an aware moment in UTC. Raises ValueError for one without a zone, or outside of the calendar."""
    if at.tzinfo is None:
        raise ValueError("the time has no zone")
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the calendar ends before that time") from error
