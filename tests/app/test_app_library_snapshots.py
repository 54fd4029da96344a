"""How the library looks with 300 sessions: home with a query, the register, similar incidents and trends."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from facilitator.settings.settings import Settings
from facilitator.store.store import Store
from facilitator.store.summaries import Summary
from tests.app.driving import dialog, keys, looked, make_app, screen_text, typed, until
from tests.benchmarks.library_store import fill

COUNT = 300
SIZES = [(80, 24), (120, 36)]
LIGHT = Settings(theme="facilitator-light")

Compare = Callable[..., bool]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with synthetic sessions; what is looked at is not changed."""
    folder = tmp_path_factory.mktemp("library") / "store"
    fill(folder, COUNT)
    return folder


async def rested(pilot: Pilot[Any]) -> None:
    """Wait until nothing is looked for any more, and it is drawn."""
    await until(pilot, lambda: not any(each.is_running for each in pilot.app.workers if each.group != "watch"))
    await pilot.pause()


async def at_home(pilot: Pilot[Any]) -> None:
    await until(pilot, lambda: f"{COUNT} sessions" in screen_text(pilot) and "^l open" in screen_text(pilot))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_home_with_a_query(snap_compare: Compare, store: Path, size: tuple[int, int]):
    async def go(pilot: Pilot[Any]) -> None:
        await at_home(pilot)
        await typed(pilot, "redis memory severity:1..2")
        await until(pilot, lambda: f"of {COUNT} sessions" in screen_text(pilot))
        await rested(pilot)

    assert snap_compare(make_app(store), terminal_size=size, run_before=go)


@pytest.mark.parametrize("view", ["Actions", "Trends"])
@pytest.mark.parametrize(("size", "settings"), [((80, 24), Settings()), ((120, 36), Settings()), ((120, 36), LIGHT)])
def test_another_view(snap_compare: Compare, store: Path, view: str, size: tuple[int, int], settings: Settings):
    async def go(pilot: Pilot[Any]) -> None:
        await at_home(pilot)
        await keys(pilot, *["tab"] * (1 if view == "Actions" else 2))
        words = "overdue" if view == "Actions" else "Causes over time"
        await until(pilot, lambda: words in screen_text(pilot))
        await rested(pilot)

    assert snap_compare(make_app(store, settings=settings), terminal_size=size, run_before=go)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_similar_incidents(snap_compare: Compare, store: Path, size: tuple[int, int]):
    listed = (each for each in Store(store, cache=store.parent / "cache").summaries() if isinstance(each, Summary))
    session = next(each.id for each in listed if "out of memory" in each.title)

    async def go(pilot: Pilot[Any]) -> None:
        await looked(pilot)
        await dialog(pilot, "ctrl+g")
        await keys(pilot, "s", "enter")
        await until(pilot, lambda: "Similar past incidents" in screen_text(pilot))
        await looked(pilot)

    assert snap_compare(make_app(store, session), terminal_size=size, run_before=go)
