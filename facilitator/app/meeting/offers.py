"""What can be done with the clock of a meeting now: the key, the words, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from facilitator.app.meeting.table import CLOSING, OPENING, Closing, Opening
from facilitator.app.meeting.timekeeper import Change
from facilitator.model import meeting_clock
from facilitator.model.meeting_clock import MeetingClock, countdown, times
from facilitator.model.meeting_items import Box, Switch
from facilitator.model.meetings import phase_of
from facilitator.model.phases import Phase


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing to do: its key, its words, and what it does to the clock; `parks` keeps what is left for later."""

    key: str
    words: str
    change: Change
    parks: bool = False


def offered(clock: MeetingClock) -> tuple[Offered, ...]:
    """Return what can be done with a clock, the most likely first."""
    if clock.since is None or clock.over:
        first = clock.boxes[min(clock.place, len(clock.boxes) - 1)]
        words = f"begin with {_named(first)}" if clock.since is None else f"go on with {_named(first)}"
        return (Offered("enter", words, meeting_clock.start),)
    after = clock.boxes[clock.place + 1] if clock.place + 1 < len(clock.boxes) else None
    on = f"move on to {_named(after)}" if after is not None else "end the meeting"
    box = clock.boxes[clock.place].text
    found = [
        Offered("enter", on, meeting_clock.move_on),
        Offered("1", "one minute more", _extended(1)),
        Offered("5", "five minutes more", _extended(5)),
        Offered("r", f"park the rest of {box}, and move on", meeting_clock.move_on, parks=True),
        Offered("s", f"leave {box} out, and move on", meeting_clock.skip),
    ]
    if clock.place:
        found.append(Offered("b", f"back to {clock.boxes[clock.place - 1].text}", meeting_clock.go_back))
    pause = Offered("p", "pause", meeting_clock.pause) if clock.going else Offered("p", "go on", meeting_clock.start)
    return (*found, pause)


def agenda_words(clock: MeetingClock, now: datetime) -> str:
    """Return the agenda as lines: what each box was given and took, and where the clock is."""
    shown = times(clock, now)
    width = max((len(box.text) for box in clock.boxes), default=0)
    lines = []
    for number, box in enumerate(clock.boxes):
        here = "▸" if number == clock.place and clock.since is not None else " "
        spent = shown.spent[number]
        took = "left out" if box.id in clock.skipped else f"{countdown(spent)}" if spent >= 1 else ""
        given = f"{clock.allotted[number] / 60:.0f} min"
        lines.append(f"{here} {box.text:<{width}}  {given:>7}  {took:>8}".rstrip())
    return "\n".join(lines)


def place_of(box: Box | None) -> Phase | Opening | Closing | None:
    """Return the place at which a box is talked about, or None when it may be anywhere."""
    if box is None:
        return None
    names: dict[str, Opening | Closing] = {OPENING.casefold(): OPENING, CLOSING.casefold(): CLOSING}
    return phase_of(box) or names.get(box.text.casefold())


def _named(box: Box) -> str:
    return f"{box.text}, {box.minutes} min"


def _extended(minutes: int) -> Callable[[MeetingClock, datetime], Switch | None]:
    return partial(meeting_clock.extend, minutes=minutes)
