"""A session that others change while it is open: everything of everybody is kept, and nobody is disturbed."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from facilitator.app import editor as editor_module
from facilitator.app.screens import library_view, session_shared
from facilitator.app.screens.session import SessionScreen
from facilitator.model import edits
from facilitator.model.conflicts import Settlement, settle
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Parked, Session
from facilitator.store.presence import Presence
from facilitator.store.store import Store
from tests.app.driving import (
    NOW,
    Keys,
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


def entry(number: int, text: str) -> Entry:
    return Entry(id=f"E{number}", at=Moment(datetime(2026, 11, 15, 14, number, tzinfo=UTC)), text=text)


HELD = Session(
    id="S1",
    title="Checkout errors",
    created=NOW,
    timeline=(entry(0, "deployed"), entry(22, "alert fires"), entry(40, "resolved")),
)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor_module, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(session_shared, "LOOK_AROUND", 0.02)
    monkeypatch.setattr(library_view, "WATCH_EVERY", 0.02)


def elsewhere(store: Path, change: Callable[[Session], Session], who: str = "Bob Chen") -> None:
    """Save a change from another terminal."""
    other = Store(store, cache=store.parent / "other cache", who=who)
    opened = other.open("S1")
    other.save(opened, change(opened.session))


def on_disk(store: Path) -> Session:
    return Store(store, cache=store.parent / "other cache").open("S1").session


def words(held: Session) -> list[str]:
    return [each.text for each in held.timeline]


async def test_what_another_terminal_saves_is_seen_and_half_typed_text_stays(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await keys(pilot, "tab", "up")
        await typed(pilot, "14:30 half a li")
        elsewhere(store, lambda held: edits.add(held, entry(10, "a dashboard turns red")))
        await until(pilot, lambda: "a dashboard turns red" in screen_text(pilot))
        assert screen(pilot)._line.value == "14:30 half a li"
        assert screen(pilot)._key == "E22"
        await typed(pilot, "ne")
        await keys(pilot, "enter")
        await settled(pilot)
        assert words(on_disk(store)) == ["deployed", "a dashboard turns red", "alert fires", "half a line", "resolved"]


async def test_two_that_edit_one_after_the_other_lose_nothing(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        for number in range(5):
            theirs = Parked(id=f"P{number}", text=f"t {number}")
            elsewhere(store, partial(edits.add, item=theirs))
            await line(pilot, f"// mine {number}")
        await settled(pilot)
        texts = {each.text for each in on_disk(store).parking_lot}
        assert texts == {f"t {number}" for number in range(5)} | {f"mine {number}" for number in range(5)}


async def test_undo_takes_back_only_what_was_done_here(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await line(pilot, "// mine")
        elsewhere(store, lambda held: edits.add(held, Parked(id="P1", text="theirs")))
        await until(pilot, lambda: len(session(pilot).parking_lot) == 2)
        await keys(pilot, "ctrl+z")
        await settled(pilot)
        assert [each.text for each in on_disk(store).parking_lot] == ["theirs"]
        await keys(pilot, "ctrl+z")
        assert "Nothing to undo" in screen_text(pilot)


async def test_a_row_that_is_edited_by_two_keeps_what_each_changed(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await keys(pilot, "tab", "up", "enter")
        await typed(pilot, " loudly")
        elsewhere(store, lambda held: edits.change(held, "E22", source="Grafana"))
        await until(pilot, lambda: session(pilot).timeline[1].source == "Grafana")
        await keys(pilot, "enter")
        await settled(pilot)
        changed = on_disk(store).timeline[1]
        assert (changed.text, changed.source) == ("alert fires loudly", "Grafana")
        assert not on_disk(store).conflicts


@pytest.mark.parametrize(
    ("key", "kept"),
    [("k", "alert fires at three times the SLO"), ("o", "alert fires loudly"), ("b", None)],
)
async def test_a_field_that_two_change_keeps_both_and_is_settled_with_one_key(store: Path, key: str, kept: str | None):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await keys(pilot, "tab", "up", "enter")
        await typed(pilot, " loudly")
        elsewhere(store, lambda held: edits.change(held, "E22", text="alert fires at three times the SLO"))
        await until(pilot, lambda: "three times" in session(pilot).timeline[1].text)
        await keys(pilot, "enter")
        await settled(pilot)
        assert "1 conflict" in screen_text(pilot).splitlines()[0]
        await keys(pilot, "tab", "ctrl+r")
        await until(pilot, lambda: "Two versions" in screen_text(pilot))
        assert "alert fires loudly" in screen_text(pilot)
        await keys(pilot, key)
        await until(pilot, lambda: not session(pilot).conflicts)
        await settled(pilot)
        both = "alert fires at three times the SLO; alert fires loudly"
        assert on_disk(store).timeline[1].text == (kept or both)
        assert "conflict" not in screen_text(pilot).splitlines()[0]


async def two_versions(pilot: Keys, store: Path) -> None:
    """Change one field here and in another terminal at once."""
    await keys(pilot, "tab", "up", "enter")
    await typed(pilot, " loudly")
    elsewhere(store, lambda held: edits.change(held, "E22", text="alert fires at three times the SLO"))
    await until(pilot, lambda: "three times" in session(pilot).timeline[1].text)
    await keys(pilot, "enter")
    await settled(pilot)


async def test_two_versions_are_shown_with_who_wrote_them(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await two_versions(pilot, store)
        await keys(pilot, "ctrl+r")
        await until(pilot, lambda: "Two versions" in screen_text(pilot))
        shown, other = screen_text(pilot).index("shown now, by Bob Chen"), screen_text(pilot).index("by you, here")
        assert shown < other
        await keys(pilot, "ctrl+r")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        assert len(session(pilot).conflicts) == 1


async def test_a_conflict_that_is_settled_elsewhere_first_says_so(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await two_versions(pilot, store)
        await keys(pilot, "ctrl+r")
        await until(pilot, lambda: "Two versions" in screen_text(pilot))
        elsewhere(store, lambda held: settle(held, held.conflicts[0], Settlement.KEEP))
        below = next(each for each in pilot.app.screen_stack if isinstance(each, SessionScreen))
        await until(pilot, lambda: not below.session.conflicts)
        await keys(pilot, "o")
        await until(pilot, lambda: "Settled elsewhere first" in screen_text(pilot))
        assert "Your choice was not taken." in screen_text(pilot)
        assert session(pilot).timeline[1].text == "alert fires at three times the SLO"


async def test_a_version_that_changes_while_one_chooses_is_not_settled_unseen(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await two_versions(pilot, store)
        await keys(pilot, "ctrl+r")
        await until(pilot, lambda: "Two versions" in screen_text(pilot))
        elsewhere(store, lambda held: edits.change(held, "E22", text="alert fires at three times the SLO for an hour"))
        below = next(each for each in pilot.app.screen_stack if isinstance(each, SessionScreen))
        await until(pilot, lambda: "for an hour" in below.session.timeline[1].text)
        await keys(pilot, "o")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        await until(pilot, lambda: "nothing was settled" in screen_text(pilot))
        assert len(session(pilot).conflicts) == 1
        assert "for an hour" in session(pilot).timeline[1].text


async def test_the_key_that_settles_says_what_to_do_first_while_a_row_is_edited(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await two_versions(pilot, store)
        await keys(pilot, "enter", "enter")
        assert screen(pilot)._editor_in_place is not None
        await keys(pilot, "ctrl+r")
        await until(pilot, lambda: "First end this row" in screen_text(pilot))
        assert "First end this row with enter or esc, then ^r chooses." in screen_text(pilot)
        await typed(pilot, "!")
        assert "First end this row" not in screen_text(pilot)
        await keys(pilot, "escape", "ctrl+r")
        await until(pilot, lambda: "Two versions" in screen_text(pilot))


async def test_a_row_that_is_deleted_while_it_is_edited_comes_back(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await keys(pilot, "tab", "up", "enter")
        await typed(pilot, " loudly")
        elsewhere(store, lambda held: edits.remove(held, "E22"))
        await until(pilot, lambda: len(session(pilot).timeline) == 2)
        await keys(pilot, "enter")
        await settled(pilot)
        assert words(on_disk(store)) == ["deployed", "alert fires loudly", "resolved"]


async def test_a_row_that_is_deleted_while_it_is_marked_does_no_harm(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await keys(pilot, "tab", "up", "ctrl+k")
        await until(pilot, lambda: "detected" in screen_text(pilot))
        elsewhere(store, lambda held: edits.remove(held, "E22"))
        await until(pilot, lambda: len(session_below(pilot)) == 2)
        await typed(pilot, "detected")
        await keys(pilot, "enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "SessionScreen")
        await settled(pilot)
        # Somebody marked it without knowing that it was deleted: it is kept, with its mark.
        assert [(each.text, each.milestones) for each in on_disk(store).timeline][1] == ("alert fires", ("detected",))


def session_below(pilot: Keys) -> tuple[Entry, ...]:
    """Return the timeline of the session screen under a dialog."""
    return next(each for each in pilot.app.screen_stack if isinstance(each, SessionScreen)).session.timeline


async def test_who_else_has_it_open_is_shown_until_they_leave(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        bob = Presence(store, "S1", who="Bob Chen")
        bob.enter()
        await until(pilot, lambda: "also open: Bob Chen" in screen_text(pilot).splitlines()[0])
        assert "Bob Chen has this session open too" in screen_text(pilot)
        bob.leave()
        await until(pilot, lambda: "also open" not in screen_text(pilot))


async def test_a_program_that_leaves_is_seen_by_nobody(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        watcher = Presence(store, "S1", who="Bob Chen")
        watcher.enter()
        assert len(watcher.others()) == 1
        await keys(pilot, "ctrl+q")
    assert watcher.others() == ()


async def test_undo_reaches_what_was_done_before_the_program_was_started(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await line(pilot, "// first")
        await line(pilot, "// second")
        await keys(pilot, "ctrl+z")
        await settled(pilot)
    async with make_app(store, "S1").run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "SessionScreen")
        await keys(pilot, "ctrl+y")
        assert [each.text for each in session(pilot).parking_lot] == ["first", "second"]
        await keys(pilot, "ctrl+z", "ctrl+z")
        assert "Undone: added parked topic 'first'" in screen_text(pilot)
        await settled(pilot)
        assert on_disk(store) == HELD
        await keys(pilot, "ctrl+y", "ctrl+y", "ctrl+y")
        assert [each.text for each in session(pilot).parking_lot] == ["first", "second"]


async def test_the_history_says_what_was_changed_by_whom_and_goes_back(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await line(pilot, "// first")
        elsewhere(store, lambda held: edits.change(held, "E22", text="alert fires at three times the SLO"))
        await until(pilot, lambda: "three times" in session(pilot).timeline[1].text)
        await keys(pilot, "f3")
        await until(pilot, lambda: "History" in screen_text(pilot))
        assert "Bob Chen" in screen_text(pilot)
        assert "added parked topic 'first'" in screen_text(pilot)
        assert "3 of 3 changes" in screen_text(pilot)
        await typed(pilot, "parked")
        assert "1 of 3 changes" in screen_text(pilot)
        await keys(pilot, "enter")
        await until(pilot, lambda: session(pilot).timeline[1].text == "alert fires")
        await settled(pilot)
        assert words(on_disk(store)) == words(HELD)
        assert len(on_disk(store).parking_lot) == 1
        await keys(pilot, "ctrl+z")
        await settled(pilot)
        assert on_disk(store).timeline[1].text == "alert fires at three times the SLO"


async def test_the_history_of_one_row(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        elsewhere(store, lambda held: edits.change(held, "E22", text="alert fires late"))
        elsewhere(store, lambda held: edits.change(held, "E40", text="all is well"))
        await until(pilot, lambda: session(pilot).timeline[2].text == "all is well")
        await keys(pilot, "tab", "up", "f3")
        await until(pilot, lambda: "History" in screen_text(pilot))
        assert "all is well" in screen_text(pilot)
        await keys(pilot, "tab")
        assert "1 of 3 changes" in screen_text(pilot)
        assert "alert fires late" in screen_text(pilot)


async def test_home_shows_what_others_add(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await keys(pilot, "ctrl+g")
        await typed(pilot, "home")
        await keys(pilot, "enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "HomeScreen")
        Store(store, cache=store.parent / "other cache").create(Session(id="S2", title="Theirs", created=NOW))
        await until(pilot, lambda: "Theirs" in screen_text(pilot))


async def test_a_copy_that_a_sync_tool_left_is_taken_in_from_home(store: Path):
    opened = Store(store).create(HELD)
    theirs = store / f"{opened.path.stem}.sync-conflict-20261122-101530-ABCDEFG.json"
    theirs.write_bytes(opened.path.read_bytes())
    elsewhere(store, lambda held: edits.add(held, Parked(id="P1", text="mine")))
    async with make_app(store).run_test(size=(160, 36)) as pilot:
        await until(pilot, lambda: "! copy" in screen_text(pilot))
        await keys(pilot, "down")
        await until(pilot, lambda: "moves the copy to the trash" in " ".join(screen_text(pilot).split()))
        await keys(pilot, "enter")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "SessionScreen")
        assert [each.text for each in session(pilot).parking_lot] == ["mine"]
        assert not theirs.exists()
        assert list((store / "trash").iterdir())
