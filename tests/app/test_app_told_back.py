"""What the message line says: what was done, to what, and what can be done about it."""

import errno
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from textual.widgets import Static

from facilitator.app import editor as editor_module
from facilitator.app.screens import leaving
from facilitator.app.screens.ask import DecideScreen, LineScreen
from facilitator.app.screens.history import HistoryScreen
from facilitator.app.screens.home import HomeScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.app.step_words import shortened, step_words
from facilitator.app.widgets.line_input import LineInput
from facilitator.app.widgets.row_list import RowList
from facilitator.model import edits
from facilitator.model.changes import diff
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Action, Entry, Factor, Parked, Session, Severity, Why
from facilitator.store.errors import SaveError
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded
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
    settled,
    typed,
    until,
    with_session,
)

LONG = "Somebody restarted the payment service twice before anybody had noticed that the cache was cold"
HELD = Session(
    id="S1",
    title="Checkout errors",
    created=NOW,
    timeline=(
        Entry(id="E1", at=Moment(NOW), text="Alert fires"),
        Entry(id="E2", at=Moment(NOW.replace(minute=40)), text=LONG),
    ),
    whys=(
        Why(id="W1", text="errors", rank=1.0),
        Why(id="W2", text="no test", parent="W1", rank=2.0),
        Why(id="W3", text="no contract", parent="W1", rank=3.0),
    ),
    factors=(Factor(id="F1", text="staging is small", whys=("W3",)),),
)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editor_module, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(editor_module, "LOOK_SECONDS", 0.01)


class Refusing:
    """A store that refuses to save for as long as it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
        self.number = number
        save = Store.save

        def maybe(store: Store, opened: Opened, session: Session, steps: Sequence[Recorded] = ()) -> Opened:
            if self.number:
                raise SaveError(opened.path, OSError(self.number, "No space left on device"))
            return save(store, opened, session, steps)

        monkeypatch.setattr(Store, "save", maybe)


def message(pilot: Keys) -> str:
    """Return the message line, which stands above the line that is typed into."""
    lines = screen_text(pilot).splitlines()
    place = next((number for number in reversed(range(len(lines))) if lines[number].startswith(" ›")), 0)
    return lines[place - 1].strip()


def asked(pilot: Keys) -> str:
    """Return what a dialog says."""
    return "\n".join(str(each.render()) for each in pilot.app.screen.query(Static))


async def at(pilot: Keys, place: Phase) -> None:
    for _ in range(12):
        if screen(pilot).place is place:
            return
        await keys(pilot, "tab")
    raise AssertionError(place)


async def mark(pilot: Keys, key: str) -> None:
    await go_to_row(pilot, lambda row: row.key == key)


def marked(pilot: Keys) -> str:
    row = pilot.app.screen.query_one(RowList).row
    return row.key if row is not None else ""


async def test_what_to_do_about_a_failed_save_fits_80_columns(store: Path, monkeypatch: pytest.MonkeyPatch):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        disk = Refusing(monkeypatch, errno.ENOSPC)
        await line(pilot, "// topic")
        await until(pilot, lambda: "No space left on device: free some space." in message(pilot))
        assert message(pilot).endswith("^s why")
        await keys(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, DecideScreen))
        assert "Still not saved" in asked(pilot)
        assert "The edit is kept in memory" in asked(pilot)
        await keys(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        await keys(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, DecideScreen))
        disk.number = 0
        await keys(pilot, "r")
        await until(pilot, lambda: "Saved in 2026-11-22-checkout-errors.json." in screen_text(pilot))
        assert Store(store).open("S1").session.parking_lot[0].text == "topic"


async def test_what_to_do_about_a_replaced_file_fits_80_columns(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        Store(store).open("S1").path.write_bytes(b"{")
        await until(pilot, lambda: "Its file was replaced: move that away." in message(pilot))
        await keys(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, DecideScreen))
        assert "the session is saved in its place then." in asked(pilot)


async def test_saving_says_at_once_that_all_is_saved(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await keys(pilot, "ctrl+s")
        await until(pilot, lambda: message(pilot) == "Saved in 2026-11-22-checkout-errors.json.")


async def test_a_message_says_too_that_nothing_is_saved(store: Path, monkeypatch: pytest.MonkeyPatch):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await at(pilot, Phase.TIMELINE)
        await mark(pilot, "E1")
        Refusing(monkeypatch, errno.ENOSPC)
        await keys(pilot, "delete")
        await until(pilot, lambda: "Not saved   Deleted entry '09:30 Alert fires'." in message(pilot))


async def test_what_was_typed_into_a_session_that_is_only_read_is_not_lost_by_leaving(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(leaving, "user_data_path", lambda _name: tmp_path / "data")
    opened = Store(store).create(HELD)
    link = store / "link.json"
    opened.path.rename(tmp_path / "elsewhere.json")
    link.symlink_to(tmp_path / "elsewhere.json")
    app = make_app(store, "S1")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Nothing is saved: it is a symbolic link." in screen_text(pilot))
        await line(pilot, "// topic")
        await keys(pilot, "ctrl+q")
        await until(pilot, lambda: isinstance(pilot.app.screen, DecideScreen))
        assert "What is typed here is in no file." in asked(pilot)
        await keys(pilot, "c")
        await until(pilot, lambda: app.return_code == 0)
    (copy,) = (tmp_path / "data" / "rescue").glob("*.json")
    assert Store(copy.parent).open("S1").session.parking_lot[0].text == "topic"


async def test_undo_names_what_it_undid(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "10:02 the dashboard turns red and stays so until everybody has looked at it")
        await keys(pilot, "ctrl+z")
        assert message(pilot) == "Undone: added entry '10:02 the dashboard turns red and stays…'"
        await keys(pilot, "ctrl+y")
        assert message(pilot) == "Done again: added entry '10:02 the dashboard turns red and stays…'"


async def test_two_deleted_rows_are_told_and_come_back_one_by_one(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await at(pilot, Phase.TIMELINE)
        await mark(pilot, "E1")
        await keys(pilot, "delete")
        assert message(pilot) == "Deleted entry '09:30 Alert fires'. Undo brings it back."
        await keys(pilot, "ctrl+z")
        await mark(pilot, "E1")
        await keys(pilot, "delete", "delete")
        assert message(pilot).startswith("2 deleted, undo brings back one by one. Last: entry '09:40 Somebody")
        await keys(pilot, "ctrl+z")
        assert (marked(pilot), len(session(pilot).timeline)) == ("E2", 1)
        await keys(pilot, "ctrl+z")
        assert (marked(pilot), session(pilot)) == ("E1", HELD)


async def test_undo_of_a_join_marks_the_row_that_is_there_again(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await mark(pilot, "W3")
        await keys(pilot, "f6")
        assert marked(pilot) == "W2"
        await keys(pilot, "ctrl+z")
        assert marked(pilot) == "W3"
        assert message(pilot) == "Undone: joined two whys 'no test; no contract'"
        await keys(pilot, "ctrl+y")
        assert marked(pilot) == "W2"


async def test_undo_of_a_deleted_branch_marks_its_top(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await mark(pilot, "W1")
        await keys(pilot, "delete", "ctrl+z")
        assert marked(pilot) == "W1"
        assert message(pilot) == "Undone: deleted why 'errors' and 2 below it"


async def test_undo_of_a_field_marks_the_field(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.INCIDENT)
        await mark(pilot, "severity")
        await line(pilot, "sev2")
        await keys(pilot, "down", "down", "ctrl+z")
        assert marked(pilot) == "severity"
        assert message(pilot) == "Undone: set severity to 'SEV2'"


@pytest.mark.parametrize(("wanted", "said"), [("folder of pictures", " and 4 pictures"), ("write markdown to", "")])
async def test_an_export_says_what_was_written_and_where(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, said: str
):
    monkeypatch.chdir(tmp_path)
    async with with_session(store, HELD).run_test(size=(200, 24)) as pilot:
        await dialog(pilot, "ctrl+e")
        await line(pilot, wanted)
        await until(pilot, lambda: isinstance(pilot.app.screen, LineScreen))
        written = Path(pilot.app.screen.query_one(LineInput).value)
        await keys(pilot, "enter")
        await until(pilot, lambda: message(pilot).startswith("Written"))
        assert message(pilot) == f"Written: {written.name}{said}, in {tmp_path}"
        pictures = list((tmp_path / f"{written.stem}-pictures").glob("*.svg"))
        assert len(pictures) == (4 if said else 0)
        assert not pilot.app._notifications


async def test_an_export_that_fails_keeps_the_path_and_says_why(store: Path, tmp_path: Path):
    async with with_session(store, HELD).run_test(size=(120, 24)) as pilot:
        await dialog(pilot, "ctrl+e")
        await line(pilot, "write markdown to")
        await until(pilot, lambda: isinstance(pilot.app.screen, LineScreen))
        await keys(pilot, "ctrl+u")
        await line(pilot, str(tmp_path / "no folder" / "report.md"))
        await until(pilot, lambda: "No such file or directory" in asked(pilot))
        assert pilot.app.screen.query_one(LineInput).value.endswith("report.md")
        (tmp_path / "no folder").mkdir()
        await keys(pilot, "enter")
        await until(pilot, lambda: message(pilot).startswith("Written: report.md"))


async def test_a_split_is_announced_and_said(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await at(pilot, Phase.WHYS)
        await mark(pilot, "W3")
        await keys(pilot, "enter")
        await typed(pilot, " held")
        await keys(pilot, "ctrl+j")
        await typed(pilot, "no review")
        await keys(pilot, "ctrl+j")
        await typed(pilot, "no time")
        assert message(pilot) == "Enter splits this into 3."
        await keys(pilot, "enter")
        assert message(pilot) == "Split into 3. Undo makes them one again."
        assert len(session(pilot).whys) == 5
        await keys(pilot, "ctrl+z")
        assert session(pilot) == HELD


async def test_an_empty_history_says_what_it_is(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await dialog(pilot, "f3", HistoryScreen)
        assert "Nothing is recorded yet." in screen_text(pilot)
        assert "Every edit stands here" in screen_text(pilot)
        await keys(pilot, "enter")
        assert isinstance(pilot.app.screen, HistoryScreen)
        await keys(pilot, "escape")
        await at(pilot, Phase.TIMELINE)
        await mark(pilot, "E1")
        await line(pilot, "// topic")
        await dialog(pilot, "f3", HistoryScreen)
        await typed(pilot, "nowhere")
        assert "No change here has all of these words: nowhere" in screen_text(pilot)
        await keys(pilot, "ctrl+u", "tab")
        assert "This row was not changed" in screen_text(pilot)


async def test_a_history_has_dates_as_headings_and_names_who_once(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await line(pilot, "// one")
        await line(pilot, "// two")
        await dialog(pilot, "f3", HistoryScreen)
        rows = pilot.app.screen.query_one(RowList).rows
        assert "2026-11-22" in [row.body for row in rows if not row.key]
        steps = [row for row in rows if row.key and row.body.startswith("added parked topic")]
        assert [row.body for row in steps] == ["added parked topic 'two'", "added parked topic 'one'"]
        assert [bool(row.tail) for row in steps] == [True, False]
        assert all(row.lead == "09:30:00" for row in steps)
        assert rows[-1].body == "how the session was when this record begins"


async def test_enter_pressed_twice_at_home_does_not_edit_the_title(store: Path):
    Store(store, cache=store.parent / "cache").create(HELD)
    async with make_app(store).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "1 session" in screen_text(pilot))
        await keys(pilot, "enter", "enter", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        assert sum(isinstance(each, SessionScreen) for each in pilot.app.screen_stack) == 1
        assert screen(pilot)._editor_in_place is None
        await keys(pilot, "enter")
        assert message(pilot) == "Enter once more edits the marked row."
        await keys(pilot, "enter")
        assert screen(pilot)._editor_in_place is not None


async def test_enter_edits_at_once_where_somebody_has_gone_to(store: Path):
    async with with_session(store, HELD).run_test(size=(80, 24)) as pilot:
        await at(pilot, Phase.TIMELINE)
        await keys(pilot, "enter")
        assert screen(pilot)._editor_in_place is not None


async def test_sessions_deleted_in_a_row_are_named_and_come_back_one_by_one(store: Path):
    for number, title in enumerate(("First", "Second", "Third"), 1):
        Store(store, cache=store.parent / "cache").create(
            Session(id=f"S{number}", title=title, created=NOW.replace(hour=9 - number))
        )
    async with make_app(store).run_test(size=(100, 24)) as pilot:
        await until(pilot, lambda: "3 sessions" in screen_text(pilot))
        await keys(pilot, "delete", "delete")
        await until(pilot, lambda: message(pilot).startswith("Moved to the trash: Second. That makes 2;"))
        await until(pilot, lambda: len(pilot.app.screen.query_one(RowList).rows) == 1)
        await keys(pilot, "ctrl+z", "ctrl+z")
        await until(pilot, lambda: message(pilot) == "Back from the trash: First.")
        await until(pilot, lambda: "3 sessions" in screen_text(pilot) and marked(pilot) == "S1")
        assert len(Store(store).summaries()) == 3


@pytest.mark.parametrize("more", [True, False], ids=["with news", "without news"])
async def test_a_copy_is_no_session_and_what_it_held_is_told(store: Path, more: bool):
    opened = Store(store).create(HELD)
    copy = store / f"{opened.path.stem}.sync-conflict-20261122-101530-ABCDEFG.json"
    theirs = edits.add(HELD, Parked(id="P1", text="theirs")) if more else HELD
    copy.write_bytes(Store(store.with_name("elsewhere")).create(theirs).path.read_bytes())
    async with make_app(store).run_test(size=(140, 36)) as pilot:
        await until(pilot, lambda: "1 session, 1 copy" in screen_text(pilot))
        await until(pilot, lambda: "has a copy of this session" in " ".join(screen_text(pilot).split()))
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        await until(pilot, lambda: "The store has a copy of this session." in message(pilot))
        await dialog(pilot, "ctrl+g")
        await line(pilot, "home")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await keys(pilot, "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        await until(pilot, lambda: "in the trash now." in message(pilot))
        assert message(pilot).startswith("The copy was taken in: 1 change." if more else "The copy held nothing new.")
        assert session(pilot).parking_lot == theirs.parking_lot


@pytest.mark.parametrize(
    ("label", "after", "said"),
    [
        ("set severity", msgspec.structs.replace(HELD, severity=Severity.SEV1), "set severity to 'SEV1'"),
        ("change an entry", edits.change(HELD, "E1", text="It fires"), "changed entry '09:30 It fires'"),
        ("delete an entry", edits.remove(HELD, "E1"), "deleted entry '09:30 Alert fires'"),
        ("make a factor", edits.add(HELD, Factor(id="F2", text="haste")), "made factor 'haste'"),
        ("move a why up a level", edits.change(HELD, "W3", parent=None), "moved why 'no contract' up a level"),
        ("go back to Nov 22, 09:30 UTC", edits.remove(HELD, "E1"), "went back to Nov 22, 09:30 UTC"),
        ("edit", edits.change(HELD, "E1", text="It fires"), "edited entry '09:30 It fires'"),
        ("begin of the history", HELD, "how the session was when this record begins"),
        ("something of a later version", HELD, "something of a later version"),
    ],
)
def test_an_edit_in_words(label: str, after: Session, said: str):
    assert step_words(label, diff(HELD, after), HELD) == said


def test_a_name_is_cut_to_one_line():
    assert shortened("one\ntwo   three", 20) == "one two three"
    assert shortened("one two three", 8) == "one two…"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("link a factor", "linked factor 'staging is small'"),
        ("link an action", "linked action 'set a limit'"),
        ("link an entry", "linked action 'set a limit'"),
    ],
)
def test_a_link_is_told_by_the_end_at_which_it_was_made(label: str, said: str):
    apart = edits.add(HELD, Action(id="A1", text="set a limit"))
    joined = edits.toggle_link(apart, "A1", "factors", "F1")
    assert step_words(label, diff(apart, joined), joined) == said
    assert step_words(label, diff(joined, apart), apart) == said
