"""Meetings led by keys: what is done in them again and again, and the sessions that they are about."""

from datetime import UTC, datetime

from facilitator.app.meeting.table import OPENING
from facilitator.app.screens.ask import DecideScreen
from facilitator.app.screens.pick import PickScreen
from facilitator.app.screens.room import RoomScreen
from facilitator.app.widgets.clock_face import ClockFace
from facilitator.model.meeting_clock import meeting_clock, move_on, record
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone, Participant, Session
from tests.app.driving import (
    NOW,
    Keys,
    Time,
    dialog,
    go_to_row,
    keys,
    screen,
    settled,
    until,
)

BEGAN = datetime(2026, 11, 20, 14, tzinfo=UTC)
PEOPLE = (
    Participant(id="P1", rank=1, text="Ana Ruiz", role="incident commander"),
    Participant(id="P2", rank=2, text="Ben Okafor", role="on call"),
    Participant(id="P3", rank=3, text="Cleo Martin", role="facilitator"),
)
BARE = Session(id="S1", title="Checkout errors", created=NOW, participants=PEOPLE)
TOLD = Session(
    id="S1",
    title="Checkout errors",
    created=NOW,
    participants=PEOPLE,
    timeline=(Entry(id="E1", at=Moment(BEGAN), text="The pager fires", milestones=(Milestone.DETECTED,)),),
)


def advanced(made: Session, time: Time) -> Session:
    """Return a session in whose meeting somebody moved on."""
    switch = move_on(meeting_clock(made, made.meetings[0].id), time.now())
    assert switch is not None
    return record(made, switch, "SW")


async def go(pilot: Keys, sign: str) -> None:
    await dialog(pilot, "ctrl+g")
    await keys(pilot, sign, "enter")
    await until(pilot, lambda: not isinstance(pilot.app.screen, PickScreen))


async def planned(pilot: Keys, agenda: str) -> None:
    """Choose an agenda by keys."""
    await settled(pilot)
    await keys(pilot, "f8")
    assert screen(pilot).place == OPENING
    await go_to_row(pilot, lambda row: row.lead == agenda)
    await keys(pilot, "enter")


async def meeting(pilot: Keys, key: str) -> None:
    """Do something to the clock: two keys."""
    await dialog(pilot, "f8", DecideScreen)
    await keys(pilot, key)
    await until(pilot, lambda: not isinstance(pilot.app.screen, DecideScreen))


async def heard(pilot: Keys, key: str) -> None:
    """Note that somebody was heard: two keys."""
    await dialog(pilot, "f12", RoomScreen)
    await keys(pilot, key)
    await until(pilot, lambda: not isinstance(pilot.app.screen, RoomScreen))


async def pass_by(pilot: Keys, time: Time, minutes: float) -> None:
    """Let time pass, and let the clock on the screen see it."""
    time.go_on(minutes)
    screen(pilot).query_one(ClockFace).tick()
    await pilot.pause()
