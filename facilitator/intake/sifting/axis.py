"""The one time axis: when each draft happened, in seconds, whatever clock its source was on."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from facilitator.intake.drafts import Draft, Stamp
from facilitator.model.moments import find_zone

_EPOCH = datetime.min.replace(tzinfo=UTC).replace(tzinfo=None)


def second_of(stamp: Stamp | None, zone: str = "UTC") -> float | None:
    """Return when that was, in seconds on the axis; `zone` is for stamps that have none of their own.

    The axis begins with the calendar, in UTC: only differences and order mean something. None for no time, one on the
    clock of a zone that nobody knows, and one outside of the calendar.
    """
    if stamp is None:
        return None
    name = stamp.zone or zone
    if name == "UTC":
        return (stamp.local - _EPOCH).total_seconds()
    found = find_zone(name)
    if found is None:
        return None
    try:
        offset = stamp.local.replace(tzinfo=found).utcoffset()
    except OverflowError:
        return None
    return (stamp.local - _EPOCH - offset).total_seconds() if offset is not None else None


def second_at(moment: datetime) -> float:
    """Return where an aware moment is on the axis, in seconds."""
    return (moment.astimezone(UTC).replace(tzinfo=None) - _EPOCH).total_seconds()


def moment_at(second: float) -> datetime:
    """Return the moment at a second of the axis, in UTC. Raises OverflowError where the calendar ends."""
    return (_EPOCH + timedelta(seconds=second)).replace(tzinfo=UTC)


def in_order(drafts: Iterable[Draft], zone: str = "UTC") -> list[tuple[float | None, Draft]]:
    """Return each draft with its second, in the order of time, those without a time last; every id once."""
    once: dict[str, tuple[float | None, Draft]] = {}
    for draft in drafts:
        second = second_of(draft.stamp, zone)
        if draft.id not in once or _rank(second, draft) < _rank(*once[draft.id]):
            once[draft.id] = (second, draft)
    return sorted(once.values(), key=lambda each: (each[0] is None, each[0] or 0.0, each[1].id))


def _rank(second: float | None, draft: Draft) -> tuple[bool, float, str]:
    return second is None, second or 0.0, draft.text


def kind_of(id: str) -> str:
    """Return the kind of record that an id of a draft names: "slack" of "slack:C024BE91L/1700000000.000200"."""
    return id.partition(":")[0]
