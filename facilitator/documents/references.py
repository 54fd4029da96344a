"""How one part of a document names another: entries by their time, factors and actions by their number."""

from collections.abc import Callable, Iterable
from datetime import UTC, timedelta
from itertools import count

import msgspec

from facilitator.documents.pictures.svg import shortened
from facilitator.model.clocks import clock, day
from facilitator.model.metrics import window
from facilitator.model.moments import Moment, Precision, find_zone
from facilitator.model.session import ActionStatus, Factor, Session

Mark = Callable[[str], str]
"""What follows the words of an item, by its id: a comment that no reader sees, or nothing."""


def unmarked(_item_id: str) -> str:
    """Mark no item."""
    return ""


_LONGEST_QUOTE = 100
"""How much of an entry is quoted, in characters; the timeline has all of it."""


class References(msgspec.Struct, frozen=True):
    """The zone of a document, and the names of its parts.

    `entries` holds the times of the entries that are evidence, by id, and `said` what they say. `factors` and `actions`
    run beside the lists of the session; mitigators are named M1, M2, other factors F1, F2. `addressed_by` holds actions
    by the id of a factor. `mark` gives what follows the words of an item.
    """

    zone: str
    several_days: bool
    entries: dict[str, str]
    said: dict[str, str]
    factors: tuple[str, ...]
    actions: tuple[str, ...]
    factor_by_id: dict[str, str]
    addressed_by: dict[str, list[str]]
    mark: Mark = unmarked

    def time(self, moment: Moment) -> str:
        """Return the time of day, with its day when the timeline spans several."""
        return _named(moment, self.zone, with_day=self.several_days)

    def seen_at(self, entry_ids: Iterable[str]) -> str:
        """Return the times of entries that are evidence ("14:22, 14:28"); ids that lead nowhere are left out."""
        return ", ".join(dict.fromkeys(self.entries[each] for each in entry_ids if each in self.entries))

    def quoted(self, entry_ids: Iterable[str]) -> list[str]:
        """Return entries that are evidence as `14:22 "Alert fires"`, not escaped; what is long is cut."""
        return [self._quoted(each) for each in dict.fromkeys(entry_ids) if each in self.entries]

    def _quoted(self, entry_id: str) -> str:
        said = shortened(self.said[entry_id], _LONGEST_QUOTE)
        return f'{self.entries[entry_id]} "{said}"' if said else self.entries[entry_id]

    def addressed(self, factor_ids: Iterable[str]) -> str:
        """Return the names of factors ("F2, F3"); ids that lead nowhere are left out."""
        return ", ".join(self.factor_by_id[each] for each in dict.fromkeys(factor_ids) if each in self.factor_by_id)

    def addressing(self, factor_id: str) -> str:
        """Return the names of the actions that address a factor ("A1, A4 (won't do)")."""
        return ", ".join(self.addressed_by.get(factor_id, ()))


def refer(session: Session, mark: Mark = unmarked) -> References:
    """Return the names by which the document of this session refers to its own parts."""
    zone = session.zone if find_zone(session.zone) else "UTC"
    several_days = _several_days(session, zone)
    evidence = {each for why in session.whys for each in why.evidence}
    evidence.update(each for factor in session.factors for each in factor.evidence)
    proof = [entry for entry in session.timeline if entry.id in evidence]
    factors = _factor_names(session.factors)
    addressed_by: dict[str, list[str]] = {}
    for number, action in enumerate(session.actions, 1):
        name = f"A{number} (won't do)" if action.status is ActionStatus.WONT_DO else f"A{number}"
        for factor_id in dict.fromkeys(action.factors):
            addressed_by.setdefault(factor_id, []).append(name)
    return References(
        zone=zone,
        several_days=several_days,
        entries={entry.id: _named(entry.at, zone, with_day=several_days) for entry in proof},
        said={entry.id: entry.text for entry in proof},
        factors=factors,
        actions=tuple(f"A{number}" for number in range(1, len(session.actions) + 1)),
        factor_by_id={factor.id: name for factor, name in zip(session.factors, factors, strict=True)},
        addressed_by={factor.id: addressed_by[factor.id] for factor in session.factors if factor.id in addressed_by},
        mark=mark,
    )


def moment_day(moment: Moment, zone: str) -> str:
    """Return the day on which a moment is filed, as "2026-11-15": in `zone`, but as told when only the day is known."""
    if moment.precision is not Precision.DAY:
        return day(moment.at, zone, year=True)
    told_in = moment.zone if find_zone(moment.zone) else zone
    try:
        noon = moment.at + timedelta(hours=12)
    except OverflowError:
        noon = moment.at.astimezone(UTC)
    return day(noon, told_in, year=True)


def dated(moment: Moment, zone: str) -> str:
    """Return a moment with its full date: "2026-11-15, 14:22", or "before Nov 15, 2026" when no more is known."""
    iso = moment_day(moment, zone)
    if moment.precision is Precision.DAY:
        return f"{clock(moment, zone)}, {iso[:4]}"
    return f"{iso}, {clock(moment, zone)}"


def _factor_names(factors: tuple[Factor, ...]) -> tuple[str, ...]:
    kinds = {False: count(1), True: count(1)}
    return tuple(f"{'M' if each.mitigator else 'F'}{next(kinds[each.mitigator])}" for each in factors)


def _several_days(session: Session, zone: str) -> bool:
    """Tell whether an entry lies on another day than the one that the header gives for the incident."""
    if not session.timeline:
        return False
    start, _ = window(session)
    first = moment_day(start or session.timeline[0].at, zone)
    return any(moment_day(entry.at, zone) != first for entry in session.timeline)


def _named(moment: Moment, zone: str, *, with_day: bool) -> str:
    plain = clock(moment, zone)
    return f"{day(moment.at, zone)} {plain}" if with_day and moment.precision is not Precision.DAY else plain
