"""The timekeeper of a session: what its clock shows now, and what was just done to it."""

from collections.abc import Callable
from datetime import datetime

from facilitator.model.edits import find
from facilitator.model.meeting_clock import MeetingClock, Watch, meeting_clock, record, watch
from facilitator.model.meeting_items import Box, Switch, SwitchKind
from facilitator.model.meetings import present
from facilitator.model.session import Session

Change = Callable[[MeetingClock, datetime], Switch | None]
"""Something done to a clock at a moment; None when it cannot be done to it now."""


class Timekeeper:
    """Tells the time by the seconds of a monotonic clock, whatever happens to the clock on the wall."""

    def __init__(self, now: Callable[[], datetime], seconds: Callable[[], float]) -> None:
        self._wall, self._seconds = now, seconds
        self._watch: Watch | None = None
        self._clock: tuple[Session, MeetingClock | None] | None = None

    def now(self, session: Session) -> datetime:
        """Return the moment, in UTC."""
        if self._watch is None:
            self._watch = watch(session, self._wall(), self._seconds())
        return self._watch.now(self._seconds())

    def clock(self, session: Session) -> MeetingClock | None:
        """Return the clock of the present meeting, or None when none is planned."""
        if self._clock is None or self._clock[0] is not session:
            meeting = present(session)
            self._clock = session, meeting_clock(session, meeting.id) if meeting is not None else None
        return self._clock[1]

    def after(self, session: Session, change: Change, new_id: Callable[[], str]) -> Session | None:
        """Return the session with something done to its clock, or None when that cannot be done now."""
        clock = self.clock(session)
        switch = change(clock, self.now(session)) if clock is not None else None
        return record(session, switch, new_id()) if switch is not None else None


def told(switch: Switch, session: Session) -> str:
    """Return what a switch of the clock does, for the history: "go on to Factors"."""
    box = find(session, switch.box)
    name = f" {box.text}" if isinstance(box, Box) else ""
    match switch.kind:
        case SwitchKind.RUN:
            return f"go on to{name}" if name else "go on with the meeting"
        case SwitchKind.PAUSE:
            return f"turn to{name}" if name else "pause the meeting"
        case SwitchKind.EXTEND:
            return f"give{name} {switch.minutes} minutes more"
        case SwitchKind.END:
            return "end the meeting"
