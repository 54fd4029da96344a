"""The drafts that are shown as the strip above them has them: how dense they are, and what they may mark."""

from bisect import bisect_left
from collections.abc import Sequence

from facilitator.intake.sifting.axis import moment_at, second_at
from facilitator.intake.sifting.sifted import Sifted, proposed_for
from facilitator.model.moments import Moment
from facilitator.model.session import Entry

MOST = 4_000
"""Of more drafts than this some are left out, one as often as another: a strip has a few hundred columns."""


def over_time(sifted: Sifted, numbers: Sequence[int]) -> tuple[Entry, ...]:
    """Return drafts, by their numbers in the order of time, as entries of a strip; not those without a time."""
    step = max(1, -(-len(numbers) // MOST))
    entries: list[Entry] = []
    for place, number in enumerate(numbers):
        draft, second = sifted.drafts[number], sifted.shelf.seconds[number]
        marks = proposed_for(sifted, draft.id)[1] if draft.id in sifted.proposals else ()
        if second is None or (place % step and not marks):
            continue
        entries.append(Entry(id=draft.id, at=Moment(moment_at(second)), text="", milestones=marks))
    return tuple(entries)


def nearest(entries: Sequence[Entry], second: float | None) -> str:
    """Return the id of the entry nearest to a second of the axis, or nothing."""
    if not entries or second is None:
        return ""
    place = bisect_left(entries, second, key=lambda entry: second_at(entry.at.at))
    near = entries[max(0, place - 1) : place + 1]
    return min(near, key=lambda entry: abs(second_at(entry.at.at) - second)).id
