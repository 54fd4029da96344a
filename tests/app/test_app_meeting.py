"""A meeting, led by keys with clocks that go only when they are told to."""

from datetime import UTC, date, datetime
from pathlib import Path

from facilitator.app.filing import Edit
from facilitator.app.meeting.table import CLOSING, OPENING
from facilitator.app.screens.ask import DecideScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.documents.markdown import markdown
from facilitator.model.meeting_clock import covered
from facilitator.model.phases import Phase
from facilitator.store.store import Store
from tests.app.driving import (
    Time,
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
from tests.app.meetings import BARE, TOLD, advanced, go, meeting, pass_by, planned


async def test_an_hour_of_meeting_and_another_one_by_keys(store: Path):
    """The mission of the live hour: every key a facilitator presses in two meetings, and the records they leave."""
    time = Time()
    async with with_session(store, BARE, time).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "two-part")
        await line(pilot, "1 2 3")
        await line(pilot, "Dan Eze, payments")
        await meeting(pilot, "enter")
        assert "Opening 5:00" in screen_text(pilot)
        await pass_by(pilot, time, 4)
        await meeting(pilot, "enter")
        assert screen(pilot).place is Phase.TIMELINE
        await line(pilot, "2026-11-20 14:00 v3.3 deployed #start")
        await line(pilot, "14:22 burn rate alert fires #detected")
        await line(pilot, "// rewrite the deploy tool")
        await line(pilot, "? who owns the runbook @ben")
        await pass_by(pilot, time, 40)
        assert "Time is up for Timeline walk" in screen_text(pilot)
        await meeting(pilot, "5")
        assert "Timeline walk 5:00" in screen_text(pilot)
        await pass_by(pilot, time, 5)
        await meeting(pilot, "r")
        await meeting(pilot, "s")
        assert screen(pilot).place == CLOSING
        await pass_by(pilot, time, 3)
        await meeting(pilot, "enter")
        assert "The meeting is over" in screen_text(pilot)

        time.go_on(60 * 24)
        await meeting(pilot, "enter")
        assert screen(pilot).place == OPENING
        await line(pilot, "all -3")
        for expected, text in (
            (Phase.WHYS, "checkout failed for one in five"),
            (Phase.FACTORS, "no contract between the services #process"),
            (Phase.LESSONS, "+ rollback took two minutes"),
            (Phase.ACTIONS, "Write the contract down @ana in 2 weeks P1 #prevent"),
        ):
            await pass_by(pilot, time, 5)
            await meeting(pilot, "enter")
            assert screen(pilot).place is expected
            await line(pilot, text)
        await pass_by(pilot, time, 10)
        await meeting(pilot, "enter")
        await pass_by(pilot, time, 5)
        await meeting(pilot, "enter")
        await settled(pilot)
        made = session(pilot)

    first, second = made.meetings
    assert [(each.box.text, each.ended is not None) for each in covered(made, first.id)] == [
        ("Opening", True),
        ("Timeline walk", True),
        ("Closing", True),
    ]
    assert first.attendance[:3] == ("P1", "P2", "P3")
    assert len(first.attendance) == 4
    assert second.attendance == ("P1", "P2", first.attendance[3])
    assert [each.box.text for each in covered(made, second.id)] == [
        "Opening", "Whys", "Factors", "Lessons", "Actions", "Closing",
    ]  # fmt: skip
    assert [each.text for each in made.parking_lot] == [
        "rewrite the deploy tool",
        "Timeline walk: what there was no time for",
    ]
    assert made.held == date(2026, 11, 22)
    assert Store(store).open("S1").session == made
    document = markdown(made)
    assert "Write the contract down" in document


async def test_the_clock_goes_on_after_the_program_was_stopped(store: Path):
    time = Time()
    async with with_session(store, BARE, time).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await meeting(pilot, "enter")
        await pass_by(pilot, time, 1)
        assert "Opening 2:00" in screen_text(pilot)
        await settled(pilot)
    time.go_on(1.5)
    async with make_app(store, "S1", time=time).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "Opening 0:30" in screen_text(pilot)


async def test_a_clock_on_the_wall_that_is_set_back_does_not_matter(store: Path):
    time = Time()
    async with with_session(store, BARE, time).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await meeting(pilot, "enter")
        time.set_wall(datetime(2020, 1, 1, tzinfo=UTC))
        await pass_by(pilot, time, 1)
        assert "Opening 2:00" in screen_text(pilot)


async def test_pause_go_back_and_one_more_minute(store: Path):
    time = Time()
    async with with_session(store, BARE, time).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await meeting(pilot, "enter")
        await pass_by(pilot, time, 1)
        await meeting(pilot, "p")
        await pass_by(pilot, time, 10)
        assert "Opening 2:00 paused" in screen_text(pilot)
        await meeting(pilot, "p")
        await meeting(pilot, "1")
        await pass_by(pilot, time, 1)
        assert "Opening 2:00" in screen_text(pilot)
        await meeting(pilot, "enter")
        await meeting(pilot, "b")
        assert screen(pilot).place == OPENING
        assert "Opening 2:00" in screen_text(pilot)


async def test_what_is_typed_stays_in_the_line_when_the_meeting_moves_on(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await meeting(pilot, "enter")
        await typed(pilot, "14:00 half a thought")
        await meeting(pilot, "enter")
        assert screen(pilot).place is Phase.TIMELINE
        assert screen(pilot).typed == "14:00 half a thought"


async def test_a_tick_draws_the_clock_and_nothing_else(store: Path):
    time = Time()
    async with with_session(store, TOLD, time).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await meeting(pilot, "enter")
        before = screen_text(pilot).splitlines()
        await pass_by(pilot, time, 0.5)
        after = screen_text(pilot).splitlines()
        assert [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new] == [0]


async def test_the_agenda_is_edited_like_everything_else(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await go_to_row(pilot, lambda row: row.body.startswith("another time box"))
        await line(pilot, "Appreciation 4")
        await go_to_row(pilot, lambda row: row.body == "Timeline")
        await keys(pilot, "enter")
        await until(pilot, lambda: screen(pilot)._editor_in_place is not None)
        await keys(pilot, *["backspace"] * 2, *"20", "enter")
        await go_to_row(pilot, lambda row: row.body == "Factors")
        await keys(pilot, "delete")
        boxes = [(box.text, box.minutes) for box in session(pilot).boxes]
        assert boxes == [("Opening", 3), ("Timeline", 20), ("Actions", 6), ("Closing", 2), ("Appreciation", 4)]
        await keys(pilot, *"without minutes", "enter")
        await until(pilot, lambda: "How many minutes?" in screen_text(pilot))
        await keys(pilot, "enter")
        await settled(pilot)
        assert ("without minutes", 5) in [(box.text, box.minutes) for box in session(pilot).boxes]


async def test_another_agenda_takes_the_place_of_one_that_has_not_begun(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await line(pilot, "all")
        await go_to_row(pilot, lambda row: row.body == "choose another agenda")
        await dialog(pilot, "enter")
        await keys(pilot, *"short", "enter")
        assert len(session(pilot).meetings) == 1
        assert session(pilot).boxes[0].text == "Silent read"
        assert session(pilot).meetings[0].attendance == ("P1", "P2", "P3")


async def test_a_meeting_has_a_date_and_a_name_and_can_be_deleted(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "two-part")
        await go_to_row(pilot, lambda row: row.lead == "Begins")
        await line(pilot, "2026-11-24 15:00")
        assert session(pilot).meetings[0].held == datetime(2026, 11, 24, 15, tzinfo=UTC)
        await go_to_row(pilot, lambda row: row.body.startswith("Analysis and actions"))
        await keys(pilot, "delete")
        assert [each.text for each in session(pilot).meetings] == ["Timeline"]
        assert {box.meeting for box in session(pilot).boxes} == {session(pilot).meetings[0].id}
        await keys(pilot, "ctrl+z")
        assert [each.text for each in session(pilot).meetings] == ["Timeline", "Analysis and actions"]


async def test_a_facilitator_who_was_in_the_response_is_pointed_out(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await go_to_row(pilot, lambda row: row.body.startswith("Ana"))
        await dialog(pilot, "ctrl+k")
        await keys(pilot, *"facil", "enter")
        assert session(pilot).meetings[0].facilitator == "P1"
        assert "was in the response" in screen_text(pilot)


async def test_enter_on_a_person_says_that_they_are_here_and_once_more_that_they_are_not(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await go_to_row(pilot, lambda row: row.body.startswith("Ben"))
        await keys(pilot, "enter")
        assert session(pilot).meetings[0].attendance == ("P2",)
        await keys(pilot, "enter")
        assert session(pilot).meetings[0].attendance == ()


async def test_nothing_of_a_meeting_is_lost_in_a_narrow_and_low_terminal(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(40, 12)) as pilot:
        await planned(pilot, "quick")
        await meeting(pilot, "enter")
        assert "3:00" in screen_text(pilot)
        await keys(pilot, "f2")
        assert "3:00" in screen_text(pilot) or "╭" in screen_text(pilot)


async def test_the_next_meeting_is_ahead_and_takes_what_its_hint_says(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await go(pilot, "c")
        await go_to_row(pilot, lambda row: row.lead == "Next meeting")
        for text, day in (("friday", 27), ("in 3 days", 25), ("wed", 25), ("2026-11-30", 30)):
            await line(pilot, text)
            assert session(pilot).meetings[0].next_meeting == date(2026, 11, day)


async def test_nothing_is_done_to_a_clock_that_somebody_else_has_set_meanwhile(store: Path):
    time = Time()
    async with with_session(store, BARE, time).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await meeting(pilot, "enter")
        await dialog(pilot, "f8", DecideScreen)
        below = next(each for each in pilot.app.screen_stack if isinstance(each, SessionScreen))
        below.apply(Edit(advanced(below.session, time), "move on elsewhere", ""))
        await keys(pilot, "enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, DecideScreen))
        assert "Somebody else set the clock" in screen_text(pilot)
        assert "Timeline 12:00" in screen_text(pilot)


async def test_a_session_opens_where_its_meeting_is(store: Path):
    time = Time()
    async with with_session(store, BARE, time).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await meeting(pilot, "enter")
        await meeting(pilot, "enter")
        await settled(pilot)
    async with make_app(store, "S1", time=time).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert screen(pilot).place is Phase.TIMELINE


async def test_who_leads_the_meeting_is_the_facilitator_of_a_session_without_one(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await go_to_row(pilot, lambda row: row.body.startswith("Cleo"))
        await dialog(pilot, "ctrl+k")
        await keys(pilot, *"facil", "enter")
        await settled(pilot)
        assert session(pilot).facilitator == "Cleo Martin"


async def test_the_history_is_not_for_a_shared_screen(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await line(pilot, "# Ben looked worried")
        await keys(pilot, "f2", "f3")
        assert "not shown on a shared screen" in screen_text(pilot)
        assert "worried" not in screen_text(pilot)
