"""The clock of a meeting: how long each time box has left, and what is done to it.

The state of a clock follows from the boxes of the agenda and from the switches that the session holds, so it is there
again after a restart. A switch is only ever added, and says where the clock is from then on and not how to get there:
when two terminals move on at the same moment, both mean the same box, and merging keeps both switches without conflict.

Nothing here reads a clock. `Watch` makes of the seconds of a monotonic clock the moments that are stored.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import msgspec

from facilitator.model import edits
from facilitator.model.meeting_items import Box, Switch, SwitchKind
from facilitator.model.moments import local
from facilitator.model.session import Parked, Session

SOON = 120.0
"""A box is soon over when so many seconds are left, or a quarter of it, whichever is less."""


class Watch(msgspec.Struct, frozen=True):
    """What tells the time to a running program: a moment in UTC, and the monotonic seconds at which it was.

    A clock of the computer that is set back or forward meanwhile does not matter.
    """

    utc: datetime
    seconds: float

    def now(self, seconds: float) -> datetime:
        """Return the moment, in UTC, at which the monotonic clock shows `seconds`."""
        try:
            return self.utc + timedelta(seconds=max(0.0, seconds - self.seconds))
        except OverflowError:
            return datetime.max.replace(tzinfo=UTC)


class Urgency(StrEnum):
    """How near the end of a box is."""

    CALM = "calm"
    SOON = "soon"
    OVER = "over"


class Offer(StrEnum):
    """What there is to do when a box is over."""

    EXTEND = "extend"
    MOVE_ON = "move on"
    PARK = "park the rest"


class MeetingClock(msgspec.Struct, frozen=True):
    """The state of a clock since its last switch; it stays the same while the clock runs.

    `allotted` and `spent` hold for each box the seconds that it was given, extensions included, and those that it has
    had until `since`, the moment of the last switch, or None before the first one. `place` is the number of the box in
    which the clock is, counted from 0; when the meeting is over, there is no such box.
    """

    meeting: str
    boxes: tuple[Box, ...]
    allotted: tuple[float, ...]
    spent: tuple[float, ...]
    place: int = 0
    going: bool = False
    since: datetime | None = None
    skipped: frozenset[str] = frozenset()

    @property
    def box(self) -> Box | None:
        """The box in which the clock is, or None when the meeting is over or has no agenda."""
        return self.boxes[self.place] if self.place < len(self.boxes) else None

    @property
    def over(self) -> bool:
        """Whether the last box was left."""
        return self.since is not None and self.place >= len(self.boxes)


class Times(msgspec.Struct, frozen=True):
    """What a clock shows at one moment, in seconds.

    `spent` is what each box has had, and `elapsed` their sum. `box` is left of the box in which the clock is, and
    `meeting` of the whole agenda as it was planned; both fall below zero when more was taken. `needed` is what the rest
    of the agenda takes, extensions included and boxes that were left out not: when it is more than what is left of the
    meeting, something must go.
    """

    spent: tuple[float, ...]
    elapsed: float
    box: float
    meeting: float
    needed: float

    @property
    def late(self) -> float:
        """How much longer the meeting will take than was planned; below zero when there is time to spare."""
        return self.needed - self.meeting


class Covered(msgspec.Struct, frozen=True):
    """A time during which a box was talked about; `ended` is None while it is. Moments are in UTC."""

    box: Box
    began: datetime
    ended: datetime | None


def meeting_clock(session: Session, meeting_id: str) -> MeetingClock:
    """Return the state of the clock of a meeting; one that never ran when there is no such meeting."""
    return list(_states(session, meeting_id))[-1]


def watch(session: Session, utc: datetime, seconds: float) -> Watch:
    """Return what tells the time from now on, when a clock on the wall shows `utc` and a monotonic one `seconds`.

    No time runs backwards: it is never earlier than the last switch of the session, by whatever clock that was made.
    """
    return Watch(max((utc.astimezone(UTC), *(switch.at for switch in session.switches))), seconds)


def times(clock: MeetingClock, now: datetime) -> Times:
    """Return what the clock shows at a moment, which is aware; one before the last switch counts as that."""
    spent = clock.spent
    if clock.going and clock.since is not None:
        spent = _more(spent, clock.place, max(0.0, (now - clock.since).total_seconds()))
    elapsed = sum(spent)
    box = clock.allotted[clock.place] - spent[clock.place] if clock.box is not None else 0.0
    rest = (
        allotted
        for each, allotted in zip(clock.boxes[clock.place + 1 :], clock.allotted[clock.place + 1 :], strict=True)
        if each.id not in clock.skipped
    )
    return Times(
        spent=spent,
        elapsed=elapsed,
        box=box,
        meeting=sum(60.0 * each.minutes for each in clock.boxes) - elapsed,
        needed=max(0.0, box) + sum(rest),
    )


def urgency(clock: MeetingClock, now: datetime) -> Urgency:
    """Return how near the end of the box is; calm before the meeting and after it."""
    if clock.box is None or clock.since is None:
        return Urgency.CALM
    left = times(clock, now).box
    if left <= 0:
        return Urgency.OVER
    return Urgency.SOON if left <= min(SOON, clock.allotted[clock.place] / 4) else Urgency.CALM


def offers(clock: MeetingClock, now: datetime) -> tuple[Offer, ...]:
    """Return what there is to do when the box is over; nothing before that."""
    return tuple(Offer) if urgency(clock, now) is Urgency.OVER else ()


def rest_of(box: Box) -> Parked:
    """Return what goes to the parking lot, without an id yet, when a box is left before it is done."""
    return Parked(text=f"{box.text}: what there was no time for")


def start(clock: MeetingClock, now: datetime) -> Switch | None:
    """Return the switch that lets the clock run, also after a pause or the end; None when it runs or has no box."""
    if clock.going or not clock.boxes:
        return None
    begins = clock.since is None or clock.over
    box = clock.boxes[min(clock.place, len(clock.boxes) - 1)].id if begins else ""
    return _switch(clock, now, SwitchKind.RUN, box=box)


def pause(clock: MeetingClock, now: datetime) -> Switch | None:
    """Return the switch that stops the clock; None when it does not run."""
    return _switch(clock, now, SwitchKind.PAUSE) if clock.going else None


def extend(clock: MeetingClock, now: datetime, minutes: int) -> Switch | None:
    """Return the switch that gives the box some more minutes, or fewer when negative; None when there is no box."""
    if clock.box is None or not minutes:
        return None
    return _switch(clock, now, SwitchKind.EXTEND, box=clock.box.id, minutes=minutes)


def move_on(clock: MeetingClock, now: datetime) -> Switch | None:
    """Return the switch to the next box, or after the last one to the end; None when the meeting is over.

    A clock that runs goes on running, and one that does not still does not.
    """
    return _forward(clock, now, skipped="")


def skip(clock: MeetingClock, now: datetime) -> Switch | None:
    """Return the switch to the next box that says that this one was left out; None when the meeting is over."""
    return _forward(clock, now, skipped=clock.box.id if clock.box is not None else "")


def go_back(clock: MeetingClock, now: datetime) -> Switch | None:
    """Return the switch to the box before, which keeps the time it had; None in the first one."""
    return go_to(clock, now, clock.boxes[clock.place - 1].id) if 0 < clock.place <= len(clock.boxes) else None


def go_to(clock: MeetingClock, now: datetime, box_id: str) -> Switch | None:
    """Return the switch to any box of the agenda; None when the clock is there, or there is no such box."""
    known = any(each.id == box_id for each in clock.boxes)
    if not known or (clock.box is not None and clock.box.id == box_id):
        return None
    return _switch(clock, now, SwitchKind.RUN if clock.going else SwitchKind.PAUSE, box=box_id)


def record(session: Session, switch: Switch, switch_id: str) -> Session:
    """Return the session with a switch of the clock filed under an id.

    The first one of a session that lets a clock run says on which day the postmortem was held, unless that is known.
    """
    session = edits.add(session, msgspec.structs.replace(switch, id=switch_id))
    if session.held is None and switch.kind is SwitchKind.RUN:
        return edits.set_field(session, "held", local(switch.at, session.zone).date())
    return session


def began(session: Session, meeting_id: str) -> datetime | None:
    """Return when a meeting began, in UTC: when its clock was started, else as stated, or None."""
    first = next((each.at for each in _switches(session, meeting_id) if each.kind is SwitchKind.RUN), None)
    stated = next((meeting.held for meeting in session.meetings if meeting.id == meeting_id), None)
    return first or stated


def covered(session: Session, meeting_id: str) -> tuple[Covered, ...]:
    """Return what was covered in a meeting and when, in order; a pause, or going back, begins another time."""
    states = list(_states(session, meeting_id))
    ends = [*(state.since for state in states[1:]), None]
    found: list[Covered] = []
    for state, ended in zip(states, ends, strict=True):
        if not state.going or state.box is None or state.since is None or state.since == ended:
            continue
        if found and found[-1].box is state.box and found[-1].ended == state.since:
            found[-1] = msgspec.structs.replace(found[-1], ended=ended)
        else:
            found.append(Covered(state.box, state.since, ended))
    return tuple(found)


def countdown(seconds: float) -> str:
    """Return the time that is left as a clock shows it: "18:42", "1:05:00"; "+1:05" when there is none left."""
    whole = -int(-seconds // 1) if seconds > 0 else int(-seconds // 1)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    sign = "+" if seconds < 0 and whole else ""
    return f"{sign}{hours}:{minutes:02}:{rest:02}" if hours else f"{sign}{minutes}:{rest:02}"


def _states(session: Session, meeting_id: str) -> Iterator[MeetingClock]:
    """Yield the clock as it was before the first switch, and after each one."""
    boxes = tuple(box for box in session.boxes if box.meeting == meeting_id)
    clock = MeetingClock(meeting_id, boxes, tuple(60.0 * box.minutes for box in boxes), (0.0,) * len(boxes))
    yield clock
    for switch in _switches(session, meeting_id):
        clock = _switched(clock, switch)
        yield clock


def _switches(session: Session, meeting_id: str) -> list[Switch]:
    """Return the switches of a meeting in the order in which they were made, on whichever terminal."""
    own = (switch for switch in session.switches if switch.meeting == meeting_id)
    return sorted(own, key=lambda switch: (switch.at, switch.rank, switch.id))


def _switched(clock: MeetingClock, switch: Switch) -> MeetingClock:
    """Return the clock after the next switch. One to a box that is no longer there leaves it where it is."""
    spent = times(clock, switch.at).spent
    allotted, place, going, skipped = clock.allotted, clock.place, clock.going, clock.skipped
    numbers = {box.id: number for number, box in enumerate(clock.boxes)}
    if switch.kind is SwitchKind.EXTEND:
        allotted = _more(allotted, numbers.get(switch.box, len(allotted)), 60.0 * switch.minutes)
    else:
        place = len(clock.boxes) if switch.kind is SwitchKind.END else numbers.get(switch.box, place)
        going = switch.kind is SwitchKind.RUN and place < len(clock.boxes)
        skipped |= {switch.skipped} & numbers.keys()
        skipped -= {clock.boxes[place].id} if place < len(clock.boxes) else set()
    return msgspec.structs.replace(
        clock, allotted=allotted, spent=spent, place=place, going=going, since=switch.at, skipped=skipped
    )


def _forward(clock: MeetingClock, now: datetime, *, skipped: str) -> Switch | None:
    if clock.box is None:
        return None
    if clock.place + 1 == len(clock.boxes):
        return _switch(clock, now, SwitchKind.END, skipped=skipped)
    kind = SwitchKind.RUN if clock.going else SwitchKind.PAUSE
    return _switch(clock, now, kind, box=clock.boxes[clock.place + 1].id, skipped=skipped)


def _switch(
    clock: MeetingClock, now: datetime, kind: SwitchKind, *, box: str = "", minutes: int = 0, skipped: str = ""
) -> Switch:
    at = now if clock.since is None else max(now, clock.since)
    return Switch(meeting=clock.meeting, at=at, kind=kind, box=box, minutes=minutes, skipped=skipped)


def _more(numbers: tuple[float, ...], place: int, more: float) -> tuple[float, ...]:
    """Return numbers of which one has become more; the same when there is none at that place."""
    if place >= len(numbers):
        return numbers
    return (*numbers[:place], numbers[place] + more, *numbers[place + 1 :])
