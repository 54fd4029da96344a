"""Home: find, begin, open, duplicate, delete and bring back."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from facilitator.app.home_rows import age
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.home import HomeScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.model.session import Session, Severity
from facilitator.settings.settings import Settings
from facilitator.store.store import Store
from tests.app.driving import NOW, Keys, dialog, keys, line, make_app, screen_text, session, until

SESSIONS = (
    Session(id="S1", title="Checkout errors", created=NOW, severity=Severity.SEV2, services=("checkout",)),
    Session(id="S2", title="Database out of memory", created=NOW - timedelta(days=40), severity=Severity.SEV1),
    Session(id="S3", title="Certificate near expiry", created=NOW - timedelta(days=800), tags=("tls",)),
)


@pytest.fixture
def filled(store: Path) -> Path:
    """Return a store with three sessions."""
    for each in SESSIONS:
        Store(store, cache=store.parent / "cache").create(each)
    return store


async def listed(pilot: Keys, count: str) -> None:
    await until(pilot, lambda: f"{count} session" in screen_text(pilot))


async def test_an_empty_store_says_how_to_begin(store: Path):
    async with make_app(store).run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "No session yet" in screen_text(pilot))


async def test_sessions_are_listed_newest_first_with_what_matters(filled: Path):
    async with make_app(filled).run_test(size=(120, 36)) as pilot:
        await listed(pilot, "3")
        lines = [each[:79] for each in screen_text(pilot).splitlines()[2:5]]
        assert all(each.title in row for each, row in zip(SESSIONS, lines, strict=True))
        assert all(word in lines[1] for word in ("SEV1", "draft", "5w"))


@pytest.mark.parametrize(
    ("words", "count"),
    [("check", "1 of 3"), ("sev1 memory", "1 of 3"), ("da me", "1 of 3"), ("tls", "1 of 3"), ("e", "3")],
)
async def test_typing_narrows_the_list(filled: Path, words: str, count: str):
    async with make_app(filled).run_test(size=(120, 36)) as pilot:
        await listed(pilot, "3")
        await keys(pilot, *words)
        await until(pilot, lambda: f"{count} sessions" in screen_text(pilot))
        await keys(pilot, "escape")
        assert "3 sessions" in screen_text(pilot)


async def test_a_new_session_has_the_author_and_zone_of_the_settings(store: Path):
    settings = Settings(author="Noor", zone="Europe/Copenhagen")
    async with make_app(store, settings=settings).run_test(size=(120, 36)) as pilot:
        await dialog(pilot, "ctrl+n", LineScreen)
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, LineScreen)
        await line(pilot, "  Search is   slow ")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        made = session(pilot)
        assert (made.title, made.authors, made.zone) == ("Search is slow", ("Noor",), "Europe/Copenhagen")
        assert Store(store).open(made.id).session == made


async def test_a_session_is_duplicated_under_another_title(filled: Path):
    async with make_app(filled).run_test(size=(120, 36)) as pilot:
        await listed(pilot, "3")
        await dialog(pilot, "ctrl+r", LineScreen)
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        made = session(pilot)
        assert made.title == "Checkout errors (copy)"
        assert made.id != "S1"
        assert msgspec.structs.replace(made, id="S1", title="Checkout errors", created=NOW) == SESSIONS[0]


async def test_a_deleted_session_is_brought_back_by_undo(filled: Path):
    async with make_app(filled).run_test(size=(120, 36)) as pilot:
        await listed(pilot, "3")
        await keys(pilot, "delete")
        await listed(pilot, "2")
        assert len(Store(filled).summaries()) == 2
        await keys(pilot, "ctrl+z")
        await listed(pilot, "3")
        assert Store(filled).open("S1").session == SESSIONS[0]
        await keys(pilot, "ctrl+z")
        assert "Nothing to undo" in screen_text(pilot)


async def test_every_key_pressed_twice_at_home_and_in_a_session_loses_nothing(filled: Path):
    pressed = (
        "up", "down", "pageup", "pagedown", "ctrl+home", "ctrl+end", "tab", "shift+tab", "ctrl+t", "ctrl+k", "escape",
        "ctrl+l", "escape", "ctrl+y", "ctrl+o", "ctrl+s", "ctrl+e", "escape", "f1", "escape", "ctrl+g", "escape",
        "alt+up", "alt+down", "escape", "ctrl+u", "ctrl+w", "ctrl+a", "ctrl+c", "f8", "insert",
    )  # fmt: skip
    async with make_app(filled).run_test(size=(120, 36)) as pilot:
        await listed(pilot, "3")
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        before = session(pilot)
        for key in pressed:
            await keys(pilot, key, key)
            while not isinstance(pilot.app.screen, SessionScreen | HomeScreen):
                await keys(pilot, "escape")
                await pilot.pause(0.01)
        assert session(pilot) == before
    assert {each.title for each in SESSIONS} <= {getattr(each, "title", "") for each in Store(filled).summaries()}


async def test_a_chosen_theme_is_remembered(filled: Path):
    app = make_app(filled)
    async with app.run_test(size=(120, 36)) as pilot:
        await listed(pilot, "3")
        app.theme = "facilitator-light"
        await pilot.pause()
    config = filled.parent / "config.toml"
    assert 'theme = "facilitator-light"' in config.read_text()


async def test_problems_of_the_settings_are_said_and_the_program_starts(filled: Path):
    settings = Settings(theme="facilitator-drak", keymap={"session.undu": "f7", "app.quit": "f10"})
    async with make_app(filled, settings=settings).run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, lambda: "facilitator-dark" in screen_text(pilot) and "session.undo" in screen_text(pilot))
        await keys(pilot, "f10")
        await until(pilot, lambda: pilot.app.return_code == 0)


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, "soon"), (0, "now"), (1, "1d"), (13, "13d"), (14, "2w"), (40, "5w"), (100, "3mo"), (800, "2y")],
)
def test_an_age_is_said_in_its_largest_unit(days: int, said: str):
    assert age(timedelta(days=days)) == said
