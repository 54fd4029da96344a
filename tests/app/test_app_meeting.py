"""A meeting, led by keys with clocks that go only when they are told to."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from facilitator.app.filing import Edit
from facilitator.app.meeting.table import CLOSING, OPENING
from facilitator.app.screens.ask import DecideScreen, LineScreen
from facilitator.app.screens.pick import PickScreen
from facilitator.app.screens.room import RoomScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.app.screens.survey import SurveyScreen
from facilitator.app.screens.told import ToldScreen
from facilitator.app.widgets.clock_face import ClockFace
from facilitator.documents.markdown import markdown
from facilitator.model.meeting_clock import covered, meeting_clock, move_on, record
from facilitator.model.meeting_items import Account
from facilitator.model.meetings import accounts_of, result
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Entry, Milestone, Participant, Question, Session
from facilitator.store.store import Store
from tests.app.driving import (
    NOW,
    Keys,
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

BEGAN = datetime(2026, 11, 20, 14, tzinfo=UTC)
PEOPLE = (
    Participant(id="P1", rank=1, text="Ana Ruiz", role="incident commander"),
    Participant(id="P2", rank=2, text="Ben Okafor", role="on call"),
    Participant(id="P3", rank=3, text="Cleo Martin", role="facilitator"),
)
BARE = Session(id="S1", title="Checkout errors", created=NOW, participants=PEOPLE)
TOLD = Session(
    id="S1",
    title="Checkout errors",
    created=NOW,
    participants=PEOPLE,
    timeline=(Entry(id="E1", at=Moment(BEGAN), text="The pager fires", milestones=(Milestone.DETECTED,)),),
)


def advanced(made: Session, time: Time) -> Session:
    """Return a session in whose meeting somebody moved on."""
    switch = move_on(meeting_clock(made, made.meetings[0].id), time.now())
    assert switch is not None
    return record(made, switch, "SW")


async def go(pilot: Keys, sign: str) -> None:
    await dialog(pilot, "ctrl+g")
    await keys(pilot, sign, "enter")
    await until(pilot, lambda: not isinstance(pilot.app.screen, PickScreen))


async def planned(pilot: Keys, agenda: str) -> None:
    """Choose an agenda by keys."""
    await settled(pilot)
    await keys(pilot, "f8")
    assert screen(pilot).place == OPENING
    await go_to_row(pilot, lambda row: row.lead == agenda)
    await keys(pilot, "enter")


async def meeting(pilot: Keys, key: str) -> None:
    """Do something to the clock: two keys."""
    await dialog(pilot, "f8", DecideScreen)
    await keys(pilot, key)
    await until(pilot, lambda: not isinstance(pilot.app.screen, DecideScreen))


async def heard(pilot: Keys, key: str) -> None:
    """Note that somebody was heard: two keys."""
    await dialog(pilot, "f12", RoomScreen)
    await keys(pilot, key)
    await until(pilot, lambda: not isinstance(pilot.app.screen, RoomScreen))


async def pass_by(pilot: Keys, time: Time, minutes: float) -> None:
    """Let time pass, and let the clock on the screen see it."""
    time.go_on(minutes)
    screen(pilot).query_one(ClockFace).tick()
    await pilot.pause()


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


async def test_voices_cost_two_keys_and_the_quietest_come_first(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        for key in ("1", "1", "2", "2"):
            await heard(pilot, key)
        assert "Heard least" in screen_text(pilot)
        await dialog(pilot, "f12", RoomScreen)
        shown = screen_text(pilot)
        assert shown.index("3  Cleo Martin") < shown.index("1  Ana Ruiz") < shown.index("2  Ben Okafor")
        await keys(pilot, "-")
        await settled(pilot)
    written = next(store.glob("*.json")).read_text()
    assert "heard" not in written


@pytest.mark.parametrize(
    ("key", "reason"), [("s", "after silence"), ("a", "after quick agreement"), ("d", "after defence")]
)
async def test_what_goes_on_in_the_room_decides_what_is_asked(store: Path, key: str, reason: str):
    async with with_session(store, BARE, Time()).run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        await dialog(pilot, "f12", RoomScreen)
        await keys(pilot, key)
        await until(pilot, lambda: reason in screen_text(pilot))


async def test_one_voice_is_noticed(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        for _ in range(6):
            await heard(pilot, "1")
        await until(pilot, lambda: "after one voice" in screen_text(pilot))


async def test_on_a_shared_screen_nothing_private_is_seen_and_capture_still_works(store: Path):
    async with with_session(store, TOLD, Time()).run_test(size=(140, 40)) as pilot:
        await settled(pilot)
        await go(pilot, "2")
        await line(pilot, "# Ben looked worried")
        await heard(pilot, "1")
        await until(pilot, lambda: "Ben looked worried" in screen_text(pilot) and "Heard least" in screen_text(pilot))
        await keys(pilot, "f2")
        await line(pilot, "14:05 Ana Ruiz acknowledges")
        shown = screen_text(pilot)
        assert "Ana Ruiz acknowledges" in shown
        assert "worried" not in shown
        assert "Heard least" not in shown
        await go(pilot, "9")
        assert "worried" not in screen_text(pilot)
        await go(pilot, "2")
        await keys(pilot, "f2")
        shown = screen_text(pilot)
        assert "Ana" not in shown
        assert "incident commander acknowledges" in shown
        await keys(pilot, "f2")
        assert "Ana Ruiz acknowledges" in screen_text(pilot)
        assert "Ben looked worried" in screen_text(pilot)


async def test_two_people_tell_of_one_entry_and_neither_overwrites_the_other(store: Path):
    async with with_session(store, TOLD, Time()).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await go(pilot, "2")
        await dialog(pilot, "ctrl+n")
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await keys(pilot, *"the graph climbs", "enter", *"a slow dependency", "enter")
        assert "Ana Ruiz:  What did you expect" in screen_text(pilot)
        await dialog(pilot, "tab")
        await keys(pilot, *"ben", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await keys(pilot, *"only the pager", "enter", "escape")
        await settled(pilot)
        told = accounts_of(session(pilot), "E1")
        assert [(each.teller, each.seen, each.meant) for each in told] == [
            ("P1", "the graph climbs", "a slow dependency"),
            ("P2", "only the pager", ""),
        ]
        assert "Ana Ruiz: saw the graph climbs; took it to mean a slow dependency" in screen_text(pilot)


async def test_an_account_that_is_emptied_is_gone_and_a_private_one_is_in_no_document(store: Path):
    account = Account(id="A1", entry="E1", teller="P1", seen="the graph climbs")
    both = Session(
        id="S1",
        title="Checkout errors",
        created=NOW,
        participants=PEOPLE,
        timeline=TOLD.timeline,
        accounts=(account, Account(id="A2", rank=1, entry="E1", teller="P2", seen="a secret")),
    )
    async with with_session(store, both, Time()).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await go(pilot, "2")
        await dialog(pilot, "ctrl+n")
        await keys(pilot, *"ben", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await keys(pilot, "ctrl+k")
        await dialog(pilot, "tab")
        await keys(pilot, *"ana", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ToldScreen))
        await keys(pilot, "up", "ctrl+u", "escape")
        await settled(pilot)
        assert [each.id for each in session(pilot).accounts] == ["A2"]
        assert "a secret" not in markdown(session(pilot))


async def test_what_is_parked_finds_its_place_at_the_closing(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        for text in ("// replace the tool", "// who pays for it", "// paint the office"):
            await line(pilot, text)
        await go(pilot, "c")
        await go_to_row(pilot, lambda row: row.body == "replace the tool")
        await dialog(pilot, "enter", DecideScreen)
        await keys(pilot, "a")
        await until(pilot, lambda: screen(pilot)._editor_in_place is not None)
        await keys(pilot, *"@ana in 2 weeks", "enter")
        await go_to_row(pilot, lambda row: row.body == "who pays for it")
        await dialog(pilot, "enter", DecideScreen)
        await keys(pilot, "q")
        await until(pilot, lambda: screen(pilot)._editor_in_place is not None)
        await keys(pilot, *"@ben", "enter")
        await go_to_row(pilot, lambda row: row.body == "paint the office")
        await dialog(pilot, "enter", DecideScreen)
        await keys(pilot, "l")
        await until(pilot, lambda: isinstance(pilot.app.screen, LineScreen))
        await keys(pilot, *"no bearing on this", "enter")
        await settled(pilot)
        made = session(pilot)
        assert [(each.text, each.owner) for each in made.actions] == [("replace the tool", "ana")]
        assert [(each.text, each.owner) for each in made.questions] == [("who pays for it", "ben")]
        assert [(each.text, each.outcome) for each in made.parking_lot] == [("paint the office", "no bearing on this")]


async def test_the_survey_goes_round_and_keeps_no_names(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await meeting(pilot, "enter")
        await go(pilot, "c")
        await go_to_row(pilot, lambda row: row.lead == "Survey")
        await dialog(pilot, "enter", SurveyScreen)
        for given in ("554", "43", "5"):
            await keys(pilot, *given, *"0" * (3 - len(given)), *"fine", "enter")
        await keys(pilot, "escape")
        await settled(pilot)
        said = result(session(pilot), session(pilot).meetings[0].id)
        assert (said.count, said.learned, said.again) == (3, 4.0, 4.0)
        assert "3 answers" in screen_text(pilot)
        await keys(pilot, "f2")
        assert "3 answers" not in screen_text(pilot)


async def test_few_answers_to_the_survey_are_not_shown(store: Path):
    async with with_session(store, BARE, Time()).run_test(size=(120, 36)) as pilot:
        await planned(pilot, "quick")
        await meeting(pilot, "enter")
        await go(pilot, "c")
        await go_to_row(pilot, lambda row: row.lead == "Survey")
        await dialog(pilot, "enter", SurveyScreen)
        await keys(pilot, *"554", *"only me", "enter")
        await keys(pilot, "escape")
        await settled(pilot)
        assert "1 answer" in screen_text(pilot)
        assert "only me" not in screen_text(pilot)


async def test_the_guide_asks_one_thing_at_a_time_and_goes_on_where_it_was(store: Path):
    async with with_session(store, Session(id="S1", title="Checkout errors", created=NOW), Time()).run_test(
        size=(120, 36)
    ) as pilot:
        await settled(pilot)
        await keys(pilot, "ctrl+f")
        assert "How severe was it?" in screen_text(pilot)
        await line(pilot, "SEV3")
        assert "Which services did it touch?" in screen_text(pilot)
        await keys(pilot, "ctrl+o")
        assert "When did it start" in screen_text(pilot)
        await keys(pilot, "ctrl+f")
        assert "When did it start" not in screen_text(pilot)
        await keys(pilot, "ctrl+f")
        assert "Which services did it touch?" in screen_text(pilot)
        assert session(pilot).severity == "SEV3"


async def test_the_guide_asks_for_owners_on_their_rows(store: Path):
    bare = Session(id="S1", title="T", created=NOW, questions=(Question(id="Q1", text="who pays for it"),))
    async with with_session(store, bare, Time()).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await keys(pilot, "ctrl+f")
        while "Which person finds out" not in screen_text(pilot):
            await keys(pilot, "ctrl+o")
        await until(pilot, lambda: screen(pilot)._editor_in_place is not None)
        await keys(pilot, *"@alice", "enter")
        await settled(pilot)
        assert session(pilot).questions[0].owner == "alice"


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
