"""What the clock of a meeting shows: the box it is in, what is left of it and of the meeting, and how loud that is."""

from dataclasses import dataclass
from datetime import datetime

from facilitator.app.widgets.bar import Part
from facilitator.model.meeting_clock import MeetingClock, Urgency, countdown, times, urgency

_LATE = 60.0
"""From so many seconds on a meeting is said to be late: less is made up by talking a little faster."""

_STYLES = {Urgency.CALM: "$secondary", Urgency.SOON: "$accent", Urgency.OVER: "bold $warning"}


@dataclass(frozen=True, slots=True)
class Face:
    """What a clock shows: words, the digits of what is left of the box, and in how many seconds it shows the next."""

    words: tuple[Part, ...]
    digits: str
    urgency: Urgency
    next: float | None


def face(clock: MeetingClock | None, now: datetime, *, narrow: bool = False, tall: bool = False) -> Face | None:
    """Return what a clock shows at a moment; None before a meeting and after it.

    The words are few for a `narrow` screen, and leave out what is left of the box where large digits show it (`tall`).
    """
    if clock is None or clock.since is None or clock.box is None:
        return None
    shown, near = times(clock, now), urgency(clock, now)
    style = _STYLES[near]
    left = countdown(shown.box)
    late = shown.late >= _LATE
    rest = countdown(shown.meeting) if not late else f"{countdown(shown.meeting)}, {shown.late // 60:.0f} min late"
    words: list[Part] = [(f"  {clock.box.text} " if tall or not narrow else "  ", style)]
    if not tall:
        words.append((left, f"{style} bold"))
    if not clock.going:
        words.append((" paused", "$accent"))
    whole = f"  of {rest}" if narrow and not tall else f"   meeting {rest}"
    words.append((f"{whole} ", "$warning" if late else "$secondary"))
    # The digits change when the fraction is used up, as `countdown` rounds up.
    return Face(tuple(words), left, near, (shown.box % 1.0 or 1.0) if clock.going else None)
