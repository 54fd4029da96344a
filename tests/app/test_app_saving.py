"""Saving: every edit reaches the disk, and when it does not, nobody can miss it and nothing is lost."""

import errno
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from facilitator.app import editor as editor_module
from facilitator.app.screens import leaving
from facilitator.model.phases import Phase
from facilitator.model.session import Session
from facilitator.store.errors import SaveError
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded
from facilitator.store.store import Store
from tests.app.driving import (
    NOW,
    keys,
    line,
    make_app,
    screen,
    screen_text,
    session,
    settled,
    typed,
    until,
    with_session,
)

EMPTY = Session(id="S1", title="Checkout errors", created=NOW)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor_module, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(editor_module, "LOOK_SECONDS", 0.01)


class Full:
    """A store whose disk is full until it is not."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = True
        save = Store.save

        def maybe(store: Store, opened: Opened, session: Session, steps: Sequence[Recorded] = ()) -> Opened:
            if self.full:
                raise SaveError(opened.path, OSError(errno.ENOSPC, "No space left on device"))
            return save(store, opened, session, steps)

        monkeypatch.setattr(Store, "save", maybe)


async def test_an_edit_is_on_disk_when_the_screen_says_saved(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        for number in range(5):
            await line(pilot, f"// topic {number}")
            assert "saved" in screen_text(pilot).splitlines()[0]
            assert Store(store).open("S1").session == session(pilot)


async def test_a_save_that_fails_keeps_the_edit_says_so_and_is_tried_again(
    store: Path, monkeypatch: pytest.MonkeyPatch
):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        disk = Full(monkeypatch)
        await line(pilot, "// topic")
        await until(pilot, lambda: "NOT SAVED" in screen_text(pilot))
        assert "No space left on device" in screen_text(pilot)
        assert [each.text for each in session(pilot).parking_lot] == ["topic"]
        await line(pilot, "// another")
        disk.full = False
        await until(pilot, lambda: " saved" in screen_text(pilot).splitlines()[0])
        assert Store(store).open("S1").session == session(pilot)


async def test_leaving_with_unsaved_edits_offers_a_rescue_copy(
    store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    app = with_session(store, EMPTY)
    monkeypatch.setattr(leaving, "user_data_path", lambda _name: tmp_path / "data")
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        Full(monkeypatch)
        await line(pilot, "// topic")
        await until(pilot, lambda: "NOT SAVED" in screen_text(pilot))
        await keys(pilot, "ctrl+q")
        await until(pilot, lambda: "are not saved" in screen_text(pilot))
        await keys(pilot, "escape")
        assert app.return_code is None
        await keys(pilot, "ctrl+q")
        await until(pilot, lambda: "are not saved" in screen_text(pilot))
        await keys(pilot, "c")
        await until(pilot, lambda: app.return_code == 0)
    (copy,) = (tmp_path / "data" / "rescue").glob("*.json")
    assert Store(copy.parent).open("S1").session.parking_lot[0].text == "topic"


@pytest.mark.parametrize("garbage", [b"", b"{", b"\xff\xfe"], ids=["empty", "cut", "binary"])
async def test_garbage_in_the_place_of_the_file_is_told_at_once_and_not_overwritten(store: Path, garbage: bytes):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await line(pilot, "// topic")
        path = Store(store).open("S1").path
        path.write_bytes(garbage)
        await until(pilot, lambda: "NOT SAVED" in screen_text(pilot))
        assert "Its file was replaced: move that away." in screen_text(pilot)
        await line(pilot, "// another")
        assert path.read_bytes() == garbage
        await keys(pilot, "ctrl+q")
        await until(pilot, lambda: "are not saved" in screen_text(pilot))
        await keys(pilot, "escape")
        path.rename(path.with_suffix(".broken"))
        await until(pilot, lambda: " saved" in screen_text(pilot).splitlines()[0])
        assert [each.text for each in Store(store).open("S1").session.parking_lot] == ["topic", "another"]


async def test_a_folder_that_goes_and_comes_back_loses_nothing(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await line(pilot, "// topic")
        away = store.with_name("away")
        store.rename(away)
        store.touch()
        await line(pilot, "// while it was gone")
        await until(pilot, lambda: "NOT SAVED" in screen_text(pilot))
        store.unlink()
        away.rename(store)
        await until(pilot, lambda: " saved" in screen_text(pilot).splitlines()[0])
        texts = [each.text for each in Store(store).open("S1").session.parking_lot]
        assert texts == ["topic", "while it was gone"]


async def test_a_file_with_fields_of_a_later_version_is_only_read(store: Path):
    opened = Store(store).create(EMPTY)
    tables = json.loads(opened.path.read_text())
    tables["session"]["S1"]["mood"] = "curious"
    opened.path.write_text(json.dumps(tables))
    before = opened.path.read_bytes()
    async with make_app(store, "S1").run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "read only" in screen_text(pilot).splitlines()[0]
        await line(pilot, "// topic")
        assert opened.path.read_bytes() == before


async def test_broken_and_newer_files_are_listed_and_left_alone(store: Path):
    Store(store).create(EMPTY)
    (store / "broken.json").write_text('{"session": {')
    (store / "newer.json").write_text(json.dumps({"format": {"1": {"number": 99}}}))
    before = (store / "broken.json").read_bytes()
    async with make_app(store).run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "1 session, 2 unreadable" in screen_text(pilot))
        assert "unreadable" in screen_text(pilot)
        await keys(pilot, "down", "enter", "delete", "down", "enter", "delete")
        assert "left as it is" in screen_text(pilot)
        await typed(pilot, "checkout")
        await keys(pilot, "enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "SessionScreen")
        assert screen(pilot).place is Phase.INCIDENT
    assert (store / "broken.json").read_bytes() == before
