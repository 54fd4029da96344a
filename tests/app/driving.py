"""Driving the app by keys, faster than Pilot presses them: many keys are sent, then the app is waited for once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from facilitator.app.application import FacilitatorApp
from facilitator.app.editor import SaveState
from facilitator.app.recall import compared
from facilitator.app.rows import Row
from facilitator.app.screens.pick import PickScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.app.widgets.row_list import RowList
from facilitator.model.session import Session
from facilitator.settings.settings import Settings
from facilitator.store.locate import Location
from facilitator.store.store import Store

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
Keys = Pilot[int]


class Time:
    """A clock on the wall and a monotonic one, which go only when they are told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now, self._seconds = now, 1_000.0

    def now(self) -> datetime:
        """Return the moment, in UTC."""
        return self._now

    def seconds(self) -> float:
        """Return the seconds of the monotonic clock."""
        return self._seconds

    def go_on(self, minutes: float) -> None:
        """Let time pass."""
        self._now += timedelta(minutes=minutes)
        self._seconds += 60 * minutes

    def set_wall(self, now: datetime) -> None:
        """Set the clock on the wall, as somebody or a time server does."""
        self._now = now


def make_app(
    store: Path, session_id: str | None = None, settings: Settings | None = None, time: Time | None = None
) -> FacilitatorApp:
    """Return the app on a store, at a fixed time, with a cache and a configuration of its own."""
    time = time or Time()
    return FacilitatorApp(
        Store(store, cache=store.parent / "cache"),
        Location(Path("sessions"), "the test"),
        settings or Settings(),
        session_id=session_id,
        config=store.parent / "config.toml",
        now=time.now,
        seconds=time.seconds,
    )


def with_session(store: Path, session: Session, time: Time | None = None) -> FacilitatorApp:
    """Return the app open on a session that is new in the store."""
    Store(store, cache=store.parent / "cache").create(session)
    return make_app(store, session.id, time=time)


async def keys(pilot: Keys, *pressed: str) -> None:
    """Press keys one after the other, and wait once until nothing goes on, and then for what came of that."""
    driver = pilot.app._driver
    assert driver is not None
    for key in pressed:
        character = key if len(key) == 1 else None
        event = events.Key(_character_to_key(key) if character else key, character)
        event.set_sender(pilot.app)
        driver.send_message(event)
    await pilot.pause()
    for _ in range(2):
        await pilot.pause(0)


async def typed(pilot: Keys, text: str) -> None:
    """Type text, each character as a key."""
    await keys(pilot, *text)


async def line(pilot: Keys, text: str) -> None:
    """Type a line and press Enter."""
    await keys(pilot, *text, "enter")
    await settled(pilot)


async def settled(pilot: Keys) -> None:
    """Wait until nothing is being saved."""
    await pilot._wait_for_screen()
    while isinstance(pilot.app.screen, SessionScreen) and screen(pilot).editor.saving.state is SaveState.SAVING:
        await pilot.pause(0.005)


async def looked(pilot: Keys) -> None:
    """Wait until the session as it is was looked through for findings and compared, and what was found is shown."""
    await settled(pilot)
    await until(pilot, lambda: screen(pilot).reviewer.latest.session is session(pilot))
    await until(pilot, lambda: screen(pilot).recaller.latest.compared == compared(session(pilot)))
    await pilot.pause()


def screen(pilot: Keys) -> SessionScreen:
    """Return the session screen, which must be in front."""
    shown = pilot.app.screen
    assert isinstance(shown, SessionScreen), shown
    return shown


async def until(pilot: Keys, condition: Callable[[], bool]) -> None:
    """Wait for something that a worker does, such as opening a dialog."""
    for _ in range(1_000):
        if condition():
            return
        await pilot.pause(0.005)
    raise AssertionError(screen_text(pilot))


async def dialog(pilot: Keys, key: str, kind: type[Screen[Any]] = PickScreen) -> None:
    """Press a key that opens a dialog, and wait for the dialog."""
    await keys(pilot, key)
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))


def session(pilot: Keys) -> Session:
    """Return the session as the screen has it."""
    return screen(pilot).session


async def go_to_row(pilot: Keys, wanted: Callable[[Row], bool]) -> None:
    """Press up or down until the mark stands on the wanted row."""
    rows = pilot.app.screen.query_one(RowList)
    target = next((place for place, row in enumerate(rows.rows) if row.key and wanted(row)), None)
    assert target is not None, [(row.lead, row.body) for row in rows.rows]
    first, last = sorted((rows.cursor, target))
    steps = sum(1 for row in rows.rows[first:last] if row.key)
    await keys(pilot, *["down" if target > rows.cursor else "up"] * steps)
    assert rows.row is rows.rows[target]


def screen_text(pilot: Keys) -> str:
    """Return what is drawn on the screen, as text."""
    lines = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in lines)
