"""Dialogs: the key that opened one closes it, what can be chosen stands in groups, and the keys can always be read."""

from pathlib import Path
from typing import Any

import pytest
from textual.screen import ModalScreen, Screen

from facilitator.app.rows import Row
from facilitator.app.screens.export import written
from facilitator.app.screens.help import HelpScreen
from facilitator.app.screens.history import HistoryScreen
from facilitator.app.screens.palette import Palette
from facilitator.app.screens.path import is_there, path_of
from facilitator.app.screens.pick import PickScreen
from facilitator.app.screens.pictures import PicturesScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.app.widgets.row_list import RowList
from facilitator.model.session import Action, Factor, Session, Why
from facilitator.settings.settings import Settings
from facilitator.store.store import Store
from tests.app.driving import (
    NOW,
    Keys,
    dialog,
    go_to_row,
    keys,
    line,
    make_app,
    screen,
    screen_text,
    session,
    typed,
    until,
    with_session,
)

HELD = Session(
    id="S1",
    title="Checkout errors",
    created=NOW,
    whys=(Why(id="W1", text="errors"), Why(id="W2", text="no test", parent="W1")),
    factors=(Factor(id="F1", text="staging is small"), Factor(id="F2", text="no contract")),
    actions=tuple(Action(id=f"A{number}", text=f"action {number}") for number in range(1, 31)),
)


async def at_factor(pilot: Keys) -> None:
    await keys(pilot, "ctrl+g")
    await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen))
    await line(pilot, "factors")
    await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
    await go_to_row(pilot, lambda row: row.key == "F1")


DIALOGS: dict[str, type[Screen[Any]]] = {
    "f1": HelpScreen,
    "f3": HistoryScreen,
    "f7": PicturesScreen,
    "f9": PickScreen,
    "ctrl+p": Palette,
    "ctrl+g": PickScreen,
    "ctrl+k": PickScreen,
    "ctrl+l": PickScreen,
    "ctrl+e": PickScreen,
}


@pytest.mark.parametrize("close", ["the same", "escape"])
async def test_a_dialog_is_closed_by_the_key_that_opened_it(store: Path, close: str):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await at_factor(pilot)
        before = session(pilot)
        for key, kind in DIALOGS.items():
            for _ in range(2):
                await dialog(pilot, key, kind)
                await keys(pilot, key if close == "the same" else close)
                await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
            assert session(pilot) == before, key


async def test_another_key_than_that_which_opened_it_leaves_a_dialog_open(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await at_factor(pilot)
        await dialog(pilot, "ctrl+k")
        await keys(pilot, "ctrl+g", "ctrl+l", "f3", "f7")
        assert isinstance(pilot.app.screen, PickScreen)
        assert pilot.app.screen.opener == "session.mark"


async def test_a_changed_key_closes_what_it_opened(store: Path):
    settings = Settings(keymap={"session.mark": "alt+m", "session.pictures": "alt+p"})
    Store(store, cache=store.parent / "cache").create(HELD)
    async with make_app(store, "S1", settings).run_test(size=(120, 36)) as pilot:
        await at_factor(pilot)
        for key, kind in (("alt+m", PickScreen), ("alt+p", PicturesScreen)):
            await dialog(pilot, key, kind)
            await keys(pilot, key)
            await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))


async def test_dialogs_at_home_are_closed_by_their_key(store: Path):
    Store(store, cache=store.parent / "cache").create(HELD)
    async with make_app(store).run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "1 session" in screen_text(pilot))
        for key in ("ctrl+n", "ctrl+r", "ctrl+g", "f1", "f9", "ctrl+p"):
            await dialog(pilot, key, ModalScreen)
            await keys(pilot, key)
            await until(pilot, lambda: not isinstance(pilot.app.screen, ModalScreen))
        assert len(Store(store).summaries()) == 1


async def test_quit_pressed_twice_does_not_lose_the_line_and_asks_only_once(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await typed(pilot, "half a line")
        await keys(pilot, "ctrl+q")
        await until(pilot, lambda: "not filed yet" in screen_text(pilot))
        await keys(pilot, "ctrl+q")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        assert screen(pilot).typed == "half a line"
        assert pilot.app.return_code is None


async def test_marks_of_a_factor_stand_in_groups(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await at_factor(pilot)
        await dialog(pilot, "ctrl+k")
        groups = [row.body for row in shown(pilot) if not row.key]
        assert groups[:3] == ["What it is", "Category", "What it did"]
        await typed(pilot, "categ")
        assert [row.body for row in shown(pilot) if not row.key] == ["Category"]
        await keys(pilot, "ctrl+u")
        await typed(pilot, "hid")
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        assert str(session(pilot).factors[0].role) == "hid"


async def test_what_can_be_linked_stands_in_groups_by_kind(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await at_factor(pilot)
        await dialog(pilot, "ctrl+l")
        assert [row.body for row in shown(pilot) if not row.key] == ["Actions", "Whys"]
        await typed(pilot, "whys")
        assert [row.key for row in shown(pilot) if row.key] == ["W1", "W2"]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (60, 18), (40, 12)])
async def test_the_keys_of_a_long_list_stay_on_the_screen(store: Path, size: tuple[int, int]):
    async with with_session(store, HELD).run_test(size=size) as pilot:
        await at_factor(pilot)
        for key in ("ctrl+k", "ctrl+l"):
            await dialog(pilot, key)
            await pilot.pause()
            assert "esc leave" in screen_text(pilot)
            assert pilot.app.screen.query_one(RowList).size.height >= 2
            await keys(pilot, key)
            await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))


async def test_help_takes_the_whole_width_of_a_narrow_screen(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await dialog(pilot, "f1", HelpScreen)
        page = pilot.app.screen.query_one("#help")
        assert page.size.width >= 76
        await keys(pilot, "pagedown", "pagedown")
        assert 0 < words_of_undo(pilot) < 24
        await pilot.resize_terminal(140, 60)
        await until(pilot, lambda: words_of_undo(pilot) > 24)


def words_of_undo(pilot: Keys) -> int:
    """Return the column at which the help tells what undo does, once it is scrolled there; 0 where it does not."""
    for each in screen_text(pilot).splitlines():
        if "Undo. Take the last edit back" in each:
            return each.index("Undo.")
    return 0


def shown(pilot: Keys) -> list[Row]:
    return list(pilot.app.screen.query_one(RowList).rows)


@pytest.mark.parametrize(
    ("path", "pictures", "room", "said"),
    [
        ("/tmp/report.md", 0, 74, "Written: report.md, in /tmp"),
        ("/tmp/report.md", 1, 74, "Written: report.md and 1 picture, in /tmp"),
        ("/tmp/report.md", 6, 74, "Written: report.md and 6 pictures, in /tmp"),
    ],
)
def test_what_was_written_is_said_with_where(path: str, pictures: int, room: int, said: str):
    assert written(Path(path), pictures, room) == said


@pytest.mark.parametrize("said", ["x" * 10_000, "~nobody-is-called-so/x", "a\0b", "'/tmp/it s'", r"/tmp/it\ s"])
def test_whatever_is_typed_is_a_path_that_can_be_looked_for(said: str):
    path = path_of(said)
    assert not is_there(path)
    assert "\0" not in str(path)


def test_what_was_written_keeps_the_ends_of_long_names():
    said = written(Path("/a/very/long/way/" * 9, "2026-11-15-" + "checkout-errors-" * 5 + "last.md"), 12, 74)
    assert len(said) <= 74
    assert "last.md and 12 pictures, in …" in said
    assert said.endswith("long/way")
