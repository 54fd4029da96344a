"""What a facilitator does with a session, by keys."""

from pathlib import Path

import pytest

from facilitator.app.screens.help import HelpScreen
from facilitator.app.screens.home import HomeScreen
from facilitator.app.screens.pick import PickScreen
from facilitator.app.screens.settle import SettleScreen
from facilitator.app.widgets.capture_line import CaptureLine
from facilitator.app.widgets.cue_card import CueCard
from facilitator.app.widgets.row_list import RowList
from facilitator.model.phases import Phase
from facilitator.model.session import ActionStatus, Join, Milestone, Session, Severity
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

EMPTY = Session(id="S1", title="Checkout errors", created=NOW)


def value(pilot: Keys) -> str:
    return pilot.app.screen.query_one(CaptureLine).value


async def at(pilot: Keys, phase: Phase) -> None:
    while screen(pilot).place is not phase:
        await keys(pilot, "tab")


async def test_a_form_is_filled_by_typing_value_after_value(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        for text in ("2", "checkout, payments", "2026-11-15 14:00", "2026-11-15 14:40"):
            await line(pilot, text)
        assert session(pilot).severity is Severity.SEV2
        assert session(pilot).services == ("checkout", "payments")
        assert "SEV2  checkout, payments" in screen_text(pilot)


async def test_what_is_typed_is_understood_before_it_is_filed(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        await typed(pilot, "2026-11-15 14:22 CET burn rate alert fires #det")
        assert "14:22 CET = 13:22 UTC" in screen_text(pilot)
        assert "detected" in screen_text(pilot)
        assert session(pilot).timeline == ()


async def test_fast_typing_over_several_lines_is_filed_line_by_line(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        together: list[str] = []
        for number in range(10, 30):
            together += [*f"14:{number} entry {number}", "enter"]
        await keys(pilot, *together)
        await settled(pilot)
        assert [entry.text for entry in session(pilot).timeline] == [f"entry {number}" for number in range(10, 30)]


async def test_an_ambiguous_time_is_asked_about_and_nothing_typed_is_lost(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "2026-11-15 23:58 disk alarm")
        await keys(pilot, *"00:05 failover begins")
        await dialog(pilot, "enter", SettleScreen)
        await keys(pilot, "escape")
        assert value(pilot) == "00:05 failover begins"
        await dialog(pilot, "enter", SettleScreen)
        await keys(pilot, "enter")
        await settled(pilot)
        assert [f"{entry.at.at:%d %H:%M}" for entry in session(pilot).timeline] == ["15 23:58", "16 00:05"]
        assert value(pilot) == ""


async def test_whoever_types_on_while_a_question_is_open_loses_nothing(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "2026-11-15 23:58 disk alarm")
        await keys(pilot, *"somebody calls the vendor")
        await dialog(pilot, "enter", SettleScreen)
        await keys(pilot, *"23:59 the vendor answers")
        assert value(pilot) == "23:59 the vendor answers"
        assert "1 line waiting" in screen_text(pilot)
        await keys(pilot, "enter")
        await settled(pilot)
        assert [entry.text for entry in session(pilot).timeline] == ["disk alarm", "the vendor answers"]
        assert value(pilot) == "somebody calls the vendor"


async def test_the_next_sentence_replaces_a_refused_one_and_undo_brings_it_back(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await go_to_row(pilot, lambda row: row.lead == "Error budget used")
        await line(pilot, "quite a lot")
        assert value(pilot) == "quite a lot"
        await keys(pilot, *"23 %", "enter")
        await settled(pilot)
        assert session(pilot).impact.error_budget == 23
        await keys(pilot, "ctrl+z")
        assert (session(pilot).impact.error_budget, value(pilot)) == (None, "")
        await keys(pilot, "ctrl+z")
        assert value(pilot) == "quite a lot"


async def test_a_sentence_typed_into_the_editor_by_mistake_comes_back_by_undo(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.FACTORS)
        await line(pilot, "no canary")
        await keys(pilot, "enter", "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query("#editor")))
        await keys(pilot, *", and another thought", "escape")
        await settled(pilot)
        assert session(pilot).factors[0].text == "no canary"
        await keys(pilot, "ctrl+z")
        assert value(pilot) == "no canary, and another thought"


async def test_taking_further_twice_makes_one(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.WHYS)
        await line(pilot, "no canary")
        await keys(pilot, "ctrl+t", "ctrl+t")
        assert len(session(pilot).factors) == 1
        assert "This why is factor F1 already: “no canary”." in screen_text(pilot)


async def test_undo_marks_the_row_that_came_back(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.WHYS)
        for text in ("effect", "first", "second"):
            await line(pilot, text)
        await keys(pilot, "up", "delete")
        assert "Deleted why 'first' and 1 below it. Undo brings it back." in screen_text(pilot)
        await keys(pilot, "ctrl+z")
        row = pilot.app.screen.query_one(RowList).row
        assert row is not None
        assert row.body == "first"


async def test_an_impossible_time_stays_in_the_line_with_the_reason(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        await keys(pilot, *"no time at all", "enter")
        await settled(pilot)
        assert value(pilot) == "no time at all"
        assert "When was it?" in screen_text(pilot)


async def test_the_next_why_asks_itself_and_answers_branch(store: Path):
    async with with_session(store, EMPTY).run_test(size=(200, 50)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.WHYS)
        await line(pilot, "checkout failed")
        assert "What made it possible that checkout failed?" in screen_text(pilot)
        await line(pilot, "a null was not handled")
        assert "What made it possible that a null was not handled?" in screen_text(pilot)
        await keys(pilot, "up")
        await line(pilot, "no alert looked at single pods")
        effect, *answers = session(pilot).whys
        assert [each.parent for each in answers] == [effect.id, effect.id]
        await keys(pilot, "up", "up")
        await dialog(pilot, "ctrl+k")
        await keys(pilot, *"together", "enter")
        await settled(pilot)
        assert session(pilot).whys[0].join is Join.AND
        assert "all of these together" in screen_text(pilot)


async def test_a_factor_comes_from_a_why_and_an_action_from_a_factor_with_one_key_each(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.WHYS)
        await line(pilot, "checkout failed")
        await line(pilot, "no contract between the services")
        await keys(pilot, "ctrl+t")
        await settled(pilot)
        (factor,) = session(pilot).factors
        assert (factor.text, factor.whys) == ("no contract between the services", (session(pilot).whys[1].id,))
        await at(pilot, Phase.FACTORS)
        await go_to_row(pilot, lambda row: row.lead == "F1")
        await keys(pilot, "ctrl+t")
        await line(pilot, "Write contract tests @alice 2026-11-29 P1 ENG-7 #prevent")
        (action,) = session(pilot).actions
        assert (action.text, action.owner, action.factors) == ("Write contract tests", "alice", (factor.id,))
        assert "addressed by A1" in screen_text(pilot)
        await at(pilot, Phase.ACTIONS)
        assert "@alice  Nov 29  P1  ENG-7  prevent" in screen_text(pilot)
        assert "addresses F1" in screen_text(pilot)


async def test_an_entry_becomes_an_effect_with_its_evidence(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "2026-11-15 14:22 errors at 8 %")
        await keys(pilot, "ctrl+t")
        await settled(pilot)
        assert session(pilot).whys[0].evidence == (session(pilot).timeline[0].id,)


async def test_a_row_is_edited_in_place_and_left_with_escape(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "2026-11-15 14:22 alert fires")
        await keys(pilot, "enter")
        assert not pilot.app.screen.query("#editor")
        await keys(pilot, "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query("#editor")))
        await keys(pilot, *" twice #detected", "enter")
        await settled(pilot)
        (entry,) = session(pilot).timeline
        assert (entry.text, entry.milestones) == ("alert fires twice", (Milestone.DETECTED,))
        await keys(pilot, "enter", "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query("#editor")))
        await keys(pilot, *"nonsense", "escape")
        await settled(pilot)
        assert session(pilot).timeline == (entry,)
        await typed(pilot, "typing goes to the line again")
        assert value(pilot) == "typing goes to the line again"


async def test_prose_takes_several_paragraphs_in_place(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await go_to_row(pilot, lambda row: row.lead == "Summary")
        await keys(pilot, "enter")
        await until(pilot, lambda: bool(pilot.app.screen.query("#editor")))
        await keys(pilot, *"First.", "ctrl+j", "ctrl+j", *"Second.", "enter")
        await settled(pilot)
        assert session(pilot).summary == "First.\n\nSecond."


async def test_questions_and_parked_topics_are_taken_in_every_phase(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        for number, phase in enumerate(Phase):
            assert screen(pilot).place is phase
            await line(pilot, f"? question {number}")
            await line(pilot, f"// topic {number}")
            await keys(pilot, "tab")
        assert len(session(pilot).questions) == len(session(pilot).parking_lot) == len(Phase)
        assert "topic 7" in screen_text(pilot)


async def test_everything_is_undone_and_done_again(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await line(pilot, "1")
        await at(pilot, Phase.LESSONS)
        states = [session(pilot)]
        for text in ("+ fast rollback", "- no runbook", "! low traffic"):
            await line(pilot, text)
            states.append(session(pilot))
        await keys(pilot, "delete")
        assert len(session(pilot).lessons) == 2
        await keys(pilot, "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert session(pilot) == states[0]
        await keys(pilot, "ctrl+z")
        assert session(pilot) == EMPTY
        await keys(pilot, *["ctrl+y"] * 4)
        assert session(pilot) == states[-1]
        await settled(pilot)
        assert Store(store).open(EMPTY.id).session == states[-1]


async def test_rows_move_among_their_neighbours(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.ACTIONS)
        for text in ("one", "two", "three"):
            await line(pilot, text)
        await keys(pilot, "alt+up", "alt+up")
        assert [each.text for each in session(pilot).actions] == ["three", "one", "two"]
        await keys(pilot, "alt+up")
        assert "cannot go further" in screen_text(pilot)


async def test_a_mark_is_chosen_by_typing_its_name(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.ACTIONS)
        await line(pilot, "Alert at 75 % memory")
        await dialog(pilot, "ctrl+k")
        await keys(pilot, *"progress", "enter")
        await settled(pilot)
        assert session(pilot).actions[0].status is ActionStatus.IN_PROGRESS


async def test_go_to_takes_a_number_or_a_name_and_goes_home(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        for text, place in (("4", Phase.WHYS), ("doc", Phase.DOCUMENT), ("timel", Phase.TIMELINE)):
            await dialog(pilot, "ctrl+g")
            await keys(pilot, *text, "enter")
            await until(pilot, lambda place=place: screen(pilot).place is place)  # type: ignore[misc]
        await dialog(pilot, "ctrl+g")
        await keys(pilot, *"home", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_a_question_mark_alone_opens_help_and_help_is_left_again(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await typed(pilot, "?")
        assert "enter: help" in screen_text(pilot)
        await dialog(pilot, "enter", HelpScreen)
        assert "What can be typed here" in screen_text(pilot)
        await keys(pilot, "escape")
        assert value(pilot) == ""


async def test_cues_come_round_without_repeating(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        card = pilot.app.screen.query_one(CueCard)
        seen = [card.cue]
        while True:
            await keys(pilot, "ctrl+o")
            if card.cue == seen[0]:
                break
            seen.append(card.cue)
        assert len(seen) == len(set(seen)) > 3


async def test_escape_puts_the_line_aside_and_undo_brings_it_back(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        await keys(pilot, *"14:22 half a tho", "escape")
        assert value(pilot) == ""
        await keys(pilot, "ctrl+z")
        assert value(pilot) == "14:22 half a tho"


async def test_leaving_asks_about_a_line_that_is_not_filed(store: Path):
    app = with_session(store, EMPTY)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await typed(pilot, "half a thought")
        await keys(pilot, "ctrl+q")
        await until(pilot, lambda: "not filed yet" in screen_text(pilot))
        await keys(pilot, "escape")
        assert value(pilot) == "half a thought"
        await keys(pilot, "ctrl+q")
        await until(pilot, lambda: "not filed yet" in screen_text(pilot))
        await keys(pilot, "l")
        await until(pilot, lambda: app.return_code is not None)


async def test_a_paste_of_several_lines_waits_to_be_filed_one_by_one(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        capture = pilot.app.screen.query_one(CaptureLine)
        text = "2026-11-15 14:00 deploy\r\n\r\n14:22 \x1b]52;c;aGk=\x07alert\x1b[31m fires\n14:40 over\n"
        await paste(pilot, text)
        assert capture.value == "2026-11-15 14:00 deploy"
        assert "2 lines waiting" in screen_text(pilot)
        for _ in range(3):
            await keys(pilot, "enter")
            await settled(pilot)
        assert [entry.text for entry in session(pilot).timeline] == ["deploy", "alert fires", "over"]


@pytest.mark.parametrize("text", ["x" * 10_000_000, "line\n" * 5_000], ids=["one line", "many lines"])
async def test_a_paste_that_is_too_large_is_refused_with_the_reason(store: Path, text: str):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await paste(pilot, text)
        assert value(pilot) == ""
        assert "Nothing was taken" in screen_text(pilot)


async def paste(pilot: Keys, text: str) -> None:
    from textual import events

    pilot.app.screen.query_one(CaptureLine).post_message(events.Paste(text))
    await settled(pilot)


async def test_a_click_marks_a_row_and_a_click_on_the_mark_edits_it(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "2026-11-15 14:00 one")
        await line(pilot, "14:10 two")
        rows = pilot.app.screen.query_one(RowList)
        await pilot.click(RowList, offset=(12, 1))
        assert rows.row is not None
        assert rows.row.body == "one"
        await pilot.click(RowList, offset=(12, 1))
        await until(pilot, lambda: bool(pilot.app.screen.query("#editor")))


async def test_the_screen_is_drawn_at_every_size_while_it_is_resized(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "2026-11-15 14:00 " + "a long text that has to be wrapped " * 6)
        for size in ((20, 5), (40, 12), (200, 50), (80, 24), (1, 1), (120, 36)):
            await pilot.resize_terminal(*size)
            await keys(pilot, "up", "down", "tab", "shift+tab")
        assert "a long text" in screen_text(pilot)


async def test_a_session_that_cannot_be_found_is_said_at_home(store: Path):
    Store(store, cache=store.parent / "cache").create(EMPTY)
    async with make_app(store, "NOPE").run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, lambda: "NOPE" in screen_text(pilot))
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_links_are_made_and_removed_in_one_dialog(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "2026-11-15 14:00 deploy")
        await line(pilot, "14:22 alert")
        await at(pilot, Phase.FACTORS)
        await line(pilot, "no canary #deployment")
        for expected in (2, 0):
            await dialog(pilot, "ctrl+l", PickScreen)
            await keys(pilot, "tab", "down", "tab", "enter")
            await settled(pilot)
            assert len(session(pilot).factors[0].evidence) == expected


async def test_fast_typing_through_the_editor_keeps_the_order(store: Path):
    async with with_session(store, EMPTY).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "2026-11-15 14:00 before")
        await line(pilot, "+1m row")
        for number in range(8):
            await keys(pilot, "up", "down")
            await keys(pilot, "enter", *f" edited {number}", "enter", *f"+1m after {number}", "enter")
            await until(pilot, lambda number=number: len(session(pilot).timeline) == number + 3)  # type: ignore[misc]
            await settled(pilot)
        _, first, *others = [entry.text for entry in session(pilot).timeline]
        assert first == "row edited 0"
        assert others == [*(f"after {number} edited {number + 1}" for number in range(7)), "after 7"]


async def test_leaving_while_a_question_is_open_asks_about_its_line(store: Path):
    app = with_session(store, EMPTY)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await at(pilot, Phase.LESSONS)
        await keys(pilot, *"half a thought")
        await dialog(pilot, "enter", SettleScreen)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: "not filed yet" in screen_text(pilot))
        await keys(pilot, "escape", "escape")
        assert value(pilot) == "half a thought"
        assert app.return_code is None
