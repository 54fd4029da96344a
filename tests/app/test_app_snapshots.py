"""How each panel looks, in three sizes; update with `pytest tests/app/test_app_snapshots.py --snapshot-update`."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from facilitator.app.panels.places import PLACES, Place
from facilitator.app.screens.ask import DecideScreen
from facilitator.app.screens.dialog import Dialog
from facilitator.app.screens.redaction import RedactionScreen
from facilitator.app.screens.told import ToldScreen
from facilitator.app.widgets.clock_face import ClockFace
from facilitator.app.widgets.document_view import DocumentView
from facilitator.model.phases import Phase
from facilitator.settings.settings import Settings
from facilitator.store.store import Store
from facilitator.store.summaries import Summary
from tests.app.driving import Time, dialog, keys, looked, make_app, screen_text, settled, typed, until
from tests.app.recorded import at_drafts, read_in, slack

EXAMPLES = Path(__file__).parents[2] / "sessions"
SIZES = [(80, 24), (120, 36), (200, 50)]

Compare = Callable[..., bool]


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """Return a store with the worked examples."""
    folder = tmp_path / "store"
    folder.mkdir()
    for each in EXAMPLES.glob("*.json"):
        shutil.copy(each, folder)
    return folder


def memory(store: Path) -> str:
    """Return the id of the example with the most branching whys and open actions."""
    listed = (each for each in Store(store, cache=store.parent / "cache").summaries() if isinstance(each, Summary))
    return next(each.id for each in listed if "memory" in each.title)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("place", PLACES)
def test_a_place_of_a_session(snap_compare: Compare, examples: Path, place: Place, size: tuple[int, int]):
    async def go(pilot: Pilot[Any]) -> None:
        await looked(pilot)
        steps = (PLACES.index(place) - PLACES.index(Phase.INCIDENT)) % len(PLACES)
        back = len(PLACES) - steps
        await keys(pilot, *(["tab"] * steps if steps <= back else ["shift+tab"] * back))
        await looked(pilot)
        if place is Phase.DOCUMENT:
            await until(pilot, lambda: pilot.app.screen.query_one(DocumentView).is_drawn)
            await pilot.pause()

    assert snap_compare(make_app(examples, memory(examples)), terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_home(snap_compare: Compare, examples: Path, size: tuple[int, int]):
    async def wait(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: "4 sessions" in screen_text(pilot) and "^l open" in screen_text(pilot))
        await until(pilot, lambda: not any(each.is_running for each in pilot.app.workers if each.group != "watch"))
        await pilot.pause()

    assert snap_compare(make_app(examples), terminal_size=size, run_before=wait)


@pytest.mark.parametrize("theme", ["facilitator-light", "facilitator-contrast"])
def test_other_themes(snap_compare: Compare, examples: Path, theme: str):
    async def go(pilot: Pilot[Any]) -> None:
        await looked(pilot)
        await keys(pilot, "tab", "tab", "tab", "up")

    app = make_app(examples, memory(examples), Settings(theme=theme))
    assert snap_compare(app, terminal_size=(120, 36), run_before=go)


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
def test_editing_in_place(snap_compare: Compare, examples: Path, size: tuple[int, int]):
    async def go(pilot: Pilot[Any]) -> None:
        await looked(pilot)
        await keys(pilot, "tab", "up", "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query("#editor")))
        await typed(pilot, " and more")
        await looked(pilot)

    assert snap_compare(make_app(examples, memory(examples)), terminal_size=size, run_before=go)


@pytest.mark.parametrize("key", ["ctrl+k", "ctrl+l", "ctrl+g"])
def test_choosing_from_a_list(snap_compare: Compare, examples: Path, key: str):
    async def go(pilot: Pilot[Any]) -> None:
        await looked(pilot)
        await keys(pilot, "tab")
        await dialog(pilot, key)
        await settled(pilot)

    assert snap_compare(make_app(examples, memory(examples)), terminal_size=(120, 36), run_before=go)


@pytest.mark.parametrize("size", [(40, 12), *SIZES], ids=str)
def test_drafts(snap_compare: Compare, examples: Path, tmp_path: Path, size: tuple[int, int]):
    async def go(pilot: Pilot[Any]) -> None:
        await at_drafts(pilot)
        await read_in(pilot, slack(tmp_path))
        await keys(pilot, "down", "down")

    assert snap_compare(make_app(examples, memory(examples)), terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", [(40, 12), *SIZES], ids=str)
def test_the_preview_of_a_redaction(snap_compare: Compare, examples: Path, size: tuple[int, int]):
    async def go(pilot: Pilot[Any]) -> None:
        await looked(pilot)
        await dialog(pilot, "f11", RedactionScreen)
        await until(pilot, lambda: "replaced" in screen_text(pilot))
        await keys(pilot, "enter", "ctrl+k")
        await until(pilot, lambda: "1 stay" in screen_text(pilot) or "stays" in screen_text(pilot))
        await pilot.pause()

    assert snap_compare(make_app(examples, memory(examples)), terminal_size=size, run_before=go)


async def begin(pilot: Pilot[Any], time: Time) -> None:
    """Choose the first agenda, note who is here, and let all but two minutes of the timeline pass."""
    await looked(pilot)
    await keys(pilot, "f8", "enter", *"123", "enter")
    for _ in range(2):
        await dialog(pilot, "f8", DecideScreen)
        await keys(pilot, "enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, DecideScreen))
    time.go_on(23)
    pilot.app.screen.query_one(ClockFace).tick()
    await looked(pilot)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("views", [0, 1, 2], ids=["everything", "shared", "roles"])
def test_two_minutes_before_the_end_of_a_time_box(
    snap_compare: Compare, examples: Path, views: int, size: tuple[int, int]
):
    time = Time()

    async def go(pilot: Pilot[Any]) -> None:
        await begin(pilot, time)
        await keys(pilot, *["f2"] * views)

    app = make_app(examples, memory(examples), time=time)
    assert snap_compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36)], ids=str)
@pytest.mark.parametrize("key", ["f8", "f12"])
def test_dialogs_of_a_meeting(snap_compare: Compare, examples: Path, key: str, size: tuple[int, int]):
    time = Time()

    async def go(pilot: Pilot[Any]) -> None:
        await begin(pilot, time)
        await dialog(pilot, key, Dialog)
        await pilot.pause()

    app = make_app(examples, memory(examples), time=time)
    assert snap_compare(app, terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)
def test_an_entry_as_told(snap_compare: Compare, examples: Path, size: tuple[int, int]):
    async def go(pilot: Pilot[Any]) -> None:
        await looked(pilot)
        await keys(pilot, "tab", "up", "up")
        for name, words in (("karl", "the disk was full"), ("lea", "nothing, I was asleep; then the pager went off")):
            await dialog(pilot, "ctrl+n" if name == "karl" else "tab")
            await keys(pilot, *name, "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
            await keys(pilot, *words, "enter")
            await pilot.pause()

    assert snap_compare(make_app(examples, memory(examples)), terminal_size=size, run_before=go)
