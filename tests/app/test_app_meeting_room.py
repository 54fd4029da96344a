"""What is said in a meeting: voices, accounts, what is parked, the survey, what the guide asks, and what is private."""

from pathlib import Path

import pytest

from facilitator.app.screens.ask import DecideScreen, LineScreen
from facilitator.app.screens.room import RoomScreen
from facilitator.app.screens.survey import SurveyScreen
from facilitator.app.screens.told import ToldScreen
from facilitator.documents.markdown import markdown
from facilitator.model.meeting_items import Account
from facilitator.model.meetings import accounts_of, result
from facilitator.model.session import Question, Session
from tests.app.driving import (
    NOW,
    Time,
    dialog,
    go_to_row,
    keys,
    line,
    screen,
    screen_text,
    session,
    settled,
    until,
    with_session,
)
from tests.app.meetings import BARE, PEOPLE, TOLD, go, heard, meeting, planned


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
