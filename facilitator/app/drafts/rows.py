"""The rows of drafts, made when they are seen: a hundred thousand of them cost no more than a screen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import overload

from facilitator.app.rows import Row, Tone
from facilitator.intake.drafts import Draft
from facilitator.intake.sifting.axis import kind_of, moment_at
from facilitator.intake.sifting.filters import State
from facilitator.intake.sifting.sifted import Sifted, proposed_for
from facilitator.model.moments import local
from facilitator.model.text import one_line

_LONGEST_TEXT, _LONGEST_TELLER = 400, 26
_SIGNS = {State.TAKEN: "✓", State.LEFT: "–", State.PROPOSED: "●"}
_TONES = {State.TAKEN: Tone.MUTED, State.LEFT: Tone.MUTED, State.PROPOSED: Tone.STRONG}


@dataclass(frozen=True, slots=True)
class DraftRows(Sequence[Row]):
    """The rows of the drafts with these `numbers`. Those from `first` to `last` of the rows are marked as a range."""

    sifted: Sifted
    numbers: Sequence[int]
    states: Mapping[State, Collection[str]] = field(default_factory=dict)
    first: int = -1
    last: int = -1
    several_days: bool = False
    brief: bool = False
    """Whether there is no room for who said it, and where."""

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        """Return the row at a place."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        draft = self.draft(place)
        state = state_of(draft.id, self.states)
        in_range = self.first <= (place if place >= 0 else place + len(self)) <= self.last
        return Row(
            draft.id,
            one_line(draft.text[:_LONGEST_TEXT]) or "(no words)",
            lead=self.time(place),
            mark="┃" if in_range else self._sign(draft.id, state),
            tail="" if self.brief else teller(draft),
            tone=_TONES[state] if state is not None else Tone.BODY,
        )

    def _sign(self, id: str, state: State | None) -> str:
        if state is State.PROPOSED and proposed_for(self.sifted, id)[1]:
            return "◆"
        return _SIGNS[state] if state is not None else " "

    def draft(self, place: int) -> Draft:
        """Return the draft at a place."""
        return self.sifted.drafts[self.numbers[place]]

    def time(self, place: int) -> str:
        """Return when it was, on the clock of the session, as wide for every row."""
        second = self.sifted.shelf.seconds[self.numbers[place]]
        if second is None:
            return "no time".ljust(15 if self.several_days else 8)
        at = on_clock(second, self.sifted.shelf.zone)
        return f"{at:%b %d %H:%M:%S}" if self.several_days else f"{at:%H:%M:%S}"


def on_clock(second: float, zone: str) -> datetime:
    """Return what the clock of a zone shows at a second of the axis."""
    return local(moment_at(second), zone)


def state_of(id: str, states: Mapping[State, Collection[str]]) -> State | None:
    """Return what has become of a draft."""
    return next((state for state in (State.TAKEN, State.LEFT, State.PROPOSED) if id in states.get(state, ())), None)


def teller(draft: Draft) -> str:
    """Return in a few words who said it, and where."""
    where = one_line(draft.place) or kind_of(draft.id)
    words = f"{one_line(draft.who)}  {where}" if draft.who else where
    return words if len(words) <= _LONGEST_TELLER else f"{words[: _LONGEST_TELLER - 1]}…"


def spans_days(sifted: Sifted, numbers: Sequence[int]) -> bool:
    """Tell whether drafts are of several days; those in the order of time tell by the first and the last."""
    seconds = sifted.shelf.seconds
    timed = [number for number in (*numbers[:1], *numbers[-1:]) if seconds[number] is not None]
    last = next((number for number in reversed(numbers) if seconds[number] is not None), None)
    if not timed or last is None:
        return False
    first, end = seconds[timed[0]], seconds[last]
    if first is None or end is None:
        return False
    zone = sifted.shelf.zone
    return on_clock(first, zone).date() != on_clock(end, zone).date()
