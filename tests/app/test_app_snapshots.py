"""How each panel looks, in three sizes; update with `pytest tests/app/test_app_snapshots.py --snapshot-update`."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from facilitator.app.panels.places import PLACES, Place
from facilitator.app.widgets.document_view import DocumentView
from facilitator.model.phases import Phase
from facilitator.settings.settings import Settings
from facilitator.store.store import Store
from facilitator.store.summaries import Summary
from tests.app.driving import dialog, keys, make_app, screen_text, settled, typed, until

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
        await settled(pilot)
        await keys(pilot, *["tab"] * PLACES.index(place))
        await settled(pilot)
        if place is Phase.DOCUMENT:
            await until(pilot, lambda: pilot.app.screen.query_one(DocumentView).is_drawn)
            await pilot.pause()

    assert snap_compare(make_app(examples, memory(examples)), terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_home(snap_compare: Compare, examples: Path, size: tuple[int, int]):
    async def wait(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: "4 sessions" in screen_text(pilot))
        await until(pilot, lambda: not any(each.is_running for each in pilot.app.workers if each.group != "watch"))
        await pilot.pause()

    assert snap_compare(make_app(examples), terminal_size=size, run_before=wait)


@pytest.mark.parametrize("theme", ["facilitator-light", "facilitator-contrast"])
def test_other_themes(snap_compare: Compare, examples: Path, theme: str):
    async def go(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await keys(pilot, "tab", "tab", "tab", "up")

    app = make_app(examples, memory(examples), Settings(theme=theme))
    assert snap_compare(app, terminal_size=(120, 36), run_before=go)


@pytest.mark.parametrize("size", SIZES[:2], ids=str)
def test_editing_in_place(snap_compare: Compare, examples: Path, size: tuple[int, int]):
    async def go(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await keys(pilot, "tab", "up", "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query("#editor")))
        await typed(pilot, " and more")
        await settled(pilot)

    assert snap_compare(make_app(examples, memory(examples)), terminal_size=size, run_before=go)


@pytest.mark.parametrize("key", ["ctrl+k", "ctrl+l", "ctrl+g"])
def test_choosing_from_a_list(snap_compare: Compare, examples: Path, key: str):
    async def go(pilot: Pilot[Any]) -> None:
        await settled(pilot)
        await keys(pilot, "tab")
        await dialog(pilot, key)
        await settled(pilot)

    assert snap_compare(make_app(examples, memory(examples)), terminal_size=(120, 36), run_before=go)
