"""The richer analysis by keys: shaping the why tree, what is known of factors, and the pictures of both."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.pictures import PicturesScreen
from facilitator.app.widgets.drawn import TimelineStrip
from facilitator.app.widgets.row_editor import RowEditor
from facilitator.model.edits import add, change, children, find, move
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import (
    Action,
    BranchEnd,
    Entry,
    Factor,
    Milestone,
    Participant,
    Question,
    Role,
    Session,
    Why,
)
from facilitator.model.whys import Wording
from facilitator.settings.settings import Settings
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

TREE = Session(
    id="S1",
    title="Checkout errors",
    created=NOW,
    participants=(Participant(id="P1", text="Alice Berg"),),
    whys=(
        Why(id="W1", text="checkout failed", rank=1),
        Why(id="W2", text="the schema changed", parent="W1", rank=2),
        Why(id="W3", text="the old pods were gone", parent="W1", rank=3),
        Why(id="W4", text="nothing tests the contract", parent="W2", rank=4),
    ),
)


async def at(pilot: Keys, phase: Phase) -> None:
    screen(pilot).go(phase)
    await pilot.pause()


async def choose(pilot: Keys, words: str) -> None:
    await dialog(pilot, "ctrl+k")
    await typed(pilot, words)
    await keys(pilot, "enter")
    await pilot.pause()


def below(pilot: Keys, parent: str | None) -> list[str]:
    return [why.text for why in children(session(pilot), parent)]


async def test_whys_go_up_and_down_a_level_and_are_joined(store: Path):
    async with with_session(store, TREE).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W3")
        await keys(pilot, "alt+right")
        assert below(pilot, "W2") == ["nothing tests the contract", "the old pods were gone"]
        await keys(pilot, "alt+left")
        assert below(pilot, "W1") == ["the schema changed", "the old pods were gone"]
        await keys(pilot, "f6")
        assert below(pilot, "W1") == ["the schema changed; the old pods were gone"]
        assert below(pilot, "W2") == ["nothing tests the contract"]
        await keys(pilot, "f6")
        assert "nothing above it" in screen_text(pilot)
        await keys(pilot, "ctrl+z", "ctrl+z", "ctrl+z")
        assert session(pilot) == TREE


async def test_a_why_is_split_by_putting_each_part_on_a_line(store: Path):
    async with with_session(store, TREE).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W3")
        await keys(pilot, "enter")
        await keys(pilot, "ctrl+j", *"no canary was kept", "enter")
        await settled(pilot)
        assert below(pilot, "W1") == ["the schema changed", "the old pods were gone", "no canary was kept"]


async def test_a_branch_is_folded_and_unfolded(store: Path):
    async with with_session(store, TREE).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W2")
        await keys(pilot, "f4")
        assert "nothing tests the contract" not in screen_text(pilot)
        assert "▸    the schema changed" in screen_text(pilot)
        assert "1 answer folded" in screen_text(pilot)
        await keys(pilot, "f4")
        assert "nothing tests the contract" in screen_text(pilot)
        await go_to_row(pilot, lambda row: row.key == "W1")
        assert "◆ checkout failed" in screen_text(pilot)
        await keys(pilot, "f4")
        assert "▸ checkout failed" in screen_text(pilot)
        assert "3 answers folded" in screen_text(pilot)
        await keys(pilot, "f4")
        await go_to_row(pilot, lambda row: row.key == "W3")
        await keys(pilot, "f4")
        assert "Nothing to fold" in screen_text(pilot)


async def test_an_unknown_end_leaves_one_open_question(store: Path):
    async with with_session(store, TREE).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W4")
        await choose(pilot, "unknown")
        (question,) = session(pilot).questions
        assert (question.about, question.text) == ("W4", "What made it possible that nothing tests the contract?")
        await choose(pilot, "possible")
        assert session(pilot).questions == (question,)
        await go_to_row(pilot, lambda row: row.key == "W3")
        await line(pilot, "the image was deleted #unknown")
        assert [each.text for each in session(pilot).questions][
            1
        ] == "What made it possible that the image was deleted?"


async def test_whoever_will_find_out_is_named_with_the_unknown(store: Path):
    async with with_session(store, TREE).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W3")
        await typed(pilot, "the image was deleted #unknown @bob")
        assert "an open question for @bob" in screen_text(pilot)
        await keys(pilot, "enter")
        await settled(pilot)
        (question,) = session(pilot).questions
        asked = "What made it possible that the image was deleted?"
        assert (question.text, question.owner) == (asked, "bob")
        assert f"Open question filed, owner @bob: {asked}" in screen_text(pilot)
        for change, owner, said in (
            ("@Ann", "Ann", "owner @Ann"),
            (None, "", "no owner yet"),
            ("@bob", "bob", "owner @bob"),
        ):
            await keys(pilot, "up", "down")
            await keys(pilot, "enter")
            await until(pilot, lambda: bool(screen(pilot).query(RowEditor)))
            editor = screen(pilot).query_one(RowEditor)
            if change is None:
                editor.text = editor.text.replace(" @Ann", "")
            else:
                await keys(pilot, "end", *f" {change}")
            await keys(pilot, "enter")
            await settled(pilot)
            assert [(each.text, each.owner) for each in session(pilot).questions] == [(asked, owner)]
            assert f"Open question, {said}: {asked}" in screen_text(pilot)


async def test_an_answer_below_the_unknown_answers_its_question(store: Path):
    async with with_session(store, TREE).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W4")
        await choose(pilot, "unknown")
        assert "Open question filed, no owner yet: What made" in screen_text(pilot)
        before = session(pilot)
        await line(pilot, "contract tests are new to us")
        assert "Open question answered: What made it possible" in screen_text(pilot)
        (question,) = session(pilot).questions
        assert (question.about, question.answer) == ("W4", "contract tests are new to us")
        assert find(session(pilot), "W4") == find(TREE, "W4")
        await go_to_row(pilot, lambda row: row.key == "W4")
        await choose(pilot, "unknown")
        assert [(each.about, each.answer) for each in session(pilot).questions] == [("W4", "")]
        assert "It is an open question again" in screen_text(pilot)
        await keys(pilot, "ctrl+z", "ctrl+z")
        assert session(pilot) == before


async def test_what_is_no_longer_unknown_leaves_no_question_behind(store: Path):
    async with with_session(store, TREE).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W4")
        await choose(pilot, "unknown")
        await choose(pilot, "unknown")
        assert session(pilot) == TREE
        assert "its open question is taken back" in screen_text(pilot)
        await choose(pilot, "unknown")
        await choose(pilot, "actionable")
        assert session(pilot).questions == ()
        await choose(pilot, "unknown")
        await keys(pilot, "enter")
        await until(pilot, lambda: bool(screen(pilot).query(RowEditor)))
        await keys(pilot, *" at all", "enter")
        await settled(pilot)
        texts = [each.text for each in session(pilot).questions]
        assert texts == ["What made it possible that nothing tests the contract at all?"]


async def test_a_question_in_peoples_own_words_stays(store: Path):
    own = Question(id="Q1", text="who asked for contract tests?", owner="bob", about="W4")
    unknown = change(add(TREE, own), "W4", end=BranchEnd.UNKNOWN)
    async with with_session(store, unknown).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W4")
        await choose(pilot, "unknown")
        assert session(pilot).questions == unknown.questions
        assert "this stays an open question: who asked" in screen_text(pilot)
        await choose(pilot, "unknown")
        assert session(pilot).questions == unknown.questions
        assert "Open question kept, owner @bob" in screen_text(pilot)


async def test_a_question_that_was_deleted_does_not_come_back_by_itself(store: Path):
    unknown = change(TREE, "W4", end=BranchEnd.UNKNOWN)
    async with with_session(store, unknown).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W4")
        await choose(pilot, "likely")
        await keys(pilot, "alt+left")
        assert session(pilot).questions == ()


async def test_an_answer_that_moves_below_the_unknown_answers_it(store: Path):
    async with with_session(store, TREE).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W2")
        await keys(pilot, "alt+down")
        await go_to_row(pilot, lambda row: row.key == "W3")
        await choose(pilot, "unknown")
        await go_to_row(pilot, lambda row: row.key == "W2")
        await keys(pilot, "alt+right")
        assert session(pilot).questions[0].answer == "the schema changed"
        assert find(session(pilot), "W3") == change_of(TREE, "W3")


def change_of(held: Session, why_id: str) -> object:
    """Return a why as it is after its neighbour was moved over it."""
    return find(move(held, "W2", 1), why_id)


async def test_taking_further_twice_says_what_was_made(store: Path):
    at_two = Moment(datetime(2026, 11, 15, 14, 22, tzinfo=UTC))
    held = Session(id="S1", title="t", created=NOW, timeline=(Entry(id="E1", at=at_two, text="errors at 8 %"),))
    async with with_session(store, held).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.TIMELINE)
        await keys(pilot, "ctrl+t", "ctrl+t")
        assert "The entry of 14:22 is an effect among the whys already: “errors at 8 %”." in screen_text(pilot)
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.body == "errors at 8 %")
        await keys(pilot, "ctrl+t", "ctrl+t")
        assert "This why is factor F1 already: “errors at 8 %”." in screen_text(pilot)


async def test_a_branch_that_stops_at_a_person_stays_open(store: Path):
    async with with_session(store, TREE).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W3")
        await line(pilot, "Alice Berg ran the command on the primary")
        assert "still open: a person" in screen_text(pilot)
        assert "What did the situation look like to them" in screen_text(pilot)
        await line(pilot, "both prompts look the same")
        assert "still open" not in screen_text(pilot)


async def test_the_wording_of_the_questions_is_that_of_the_settings(store: Path):
    with_session(store, TREE)
    app = make_app(store, "S1", Settings(wording=Wording.SENSE))
    async with app.run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W4")
        assert "How did it make sense at the time that nothing tests the contract?" in screen_text(pilot)


async def test_what_a_factor_did_and_that_nothing_is_done_about_it(store: Path):
    held = Session(id="S1", title="t", created=NOW, factors=(Factor(id="F1", text="one alert"),))
    async with with_session(store, held).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.FACTORS)
        assert "1 of 1 without an action" in screen_text(pilot)
        await go_to_row(pilot, lambda row: row.key == "F1")
        await choose(pilot, "made longer")
        await choose(pilot, "still present")
        await choose(pilot, "seen before")
        await dialog(pilot, "ctrl+k")
        await typed(pilot, "decided")
        await dialog(pilot, "enter", LineScreen)
        await typed(pilot, "the product ends in March")
        await keys(pilot, "enter")
        await settled(pilot)
        (factor,) = session(pilot).factors
        assert (factor.role, factor.present, factor.seen_before) == (Role.LONGER, True, True)
        assert factor.no_action == "the product ends in March"
        assert "all have an action or a decision" in screen_text(pilot)
        assert "not acted on: the product ends in March" in screen_text(pilot)
        await choose(pilot, "decided")
        assert session(pilot).factors[0].no_action == ""


async def test_an_action_without_a_factor_says_so(store: Path):
    held = Session(
        id="S1",
        title="t",
        created=NOW,
        factors=(Factor(id="F1", text="one alert"),),
        actions=(Action(id="A1", text="add an alert", factors=("F1",)), Action(id="A2", text="paint the wall", rank=1)),
    )
    async with with_session(store, held).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.ACTIONS)
        (shown,) = [text for text in screen_text(pilot).splitlines() if "○ A" in text and "no factor" in text]
        assert "paint the wall" in shown


async def test_the_pictures_are_drawn_on_the_whole_screen(store: Path):
    ended = Why(id="W5", text="one alert", parent="W1", rank=5, end=BranchEnd.ACTIONABLE)
    held = Session(
        id="S1",
        title="t",
        created=NOW,
        whys=(*TREE.whys, ended),
        factors=(Factor(id="F1", text="one alert", category="monitoring", whys=("W5",)),),
        actions=(Action(id="A1", text="add an alert", factors=("F1",)),),
    )
    async with with_session(store, held).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.WHYS)
        await keys(pilot, "f7")
        await until(pilot, lambda: isinstance(pilot.app.screen, PicturesScreen))
        await until(pilot, lambda: "1 of 3 paths is closed" in screen_text(pilot))
        assert "1 of 3  A1  add an alert" in screen_text(pilot)
        await keys(pilot, "shift+tab")
        await until(pilot, lambda: "monitoring ─" in screen_text(pilot))
        await keys(pilot, "tab", "tab")
        await until(pilot, lambda: "There are no entries yet" in screen_text(pilot))
        await keys(pilot, "escape")
        assert screen(pilot).place is Phase.WHYS


async def test_the_strip_shows_the_incident_and_a_click_on_it_goes_there(store: Path):
    entries = tuple(
        Entry(
            id=f"E{minute}",
            at=Moment(datetime(2026, 11, 15, 14, minute, tzinfo=UTC)),
            text=f"entry {minute}",
            milestones={0: (Milestone.START,), 40: (Milestone.RESOLVED,)}.get(minute, ()),
        )
        for minute in (0, 2, 4, 38, 40)
    )
    held = Session(id="S1", title="t", created=NOW, timeline=entries)
    async with with_session(store, held).run_test(size=(120, 36)) as pilot:
        await at(pilot, Phase.TIMELINE)
        await until(pilot, lambda: "34 min without an entry" in screen_text(pilot))
        assert "◆─start" in screen_text(pilot)
        await keys(pilot, "enter")
        editor = screen(pilot).query_one(RowEditor)
        row = "entry 40"
        await until(pilot, lambda: editor.text in screen_text(pilot).splitlines()[editor.region.y])
        assert row in editor.text
        assert sum(row in each for each in screen_text(pilot).splitlines()) == 1
        await keys(pilot, "escape")
        strip = screen(pilot).query_one(TimelineStrip)
        await pilot.click(strip, offset=(8, 0))
        await until(pilot, lambda: screen(pilot)._key == "E0")
        await pilot.resize_terminal(120, 16)
        await until(pilot, lambda: "without an entry" not in screen_text(pilot))


async def test_actions_are_written_as_tickets(store: Path, tmp_path: Path):
    target = tmp_path / "tickets.sh"
    actions = (Action(id="A1", text="add an alert"), Action(id="A2", text="paint the wall", rank=1.0, ticket="OPS-7"))
    async with with_session(store, msgspec.structs.replace(TREE, actions=actions)).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await dialog(pilot, "ctrl+e")
        await typed(pilot, "tickets github commands")
        await dialog(pilot, "enter", LineScreen)
        await keys(pilot, "ctrl+u")
        await line(pilot, str(target))
        await until(pilot, target.exists)
    assert "gh issue create '--title=add an alert'" in target.read_text(encoding="utf-8")
    assert "paint the wall" not in target.read_text(encoding="utf-8")


async def test_the_document_is_written_with_a_folder_of_pictures(store: Path, tmp_path: Path):
    target = tmp_path / "checkout.md"
    async with with_session(store, TREE).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await dialog(pilot, "ctrl+e")
        await typed(pilot, "folder of pictures")
        await dialog(pilot, "enter", LineScreen)
        await keys(pilot, "ctrl+u")
        await line(pilot, str(target))
        await until(pilot, target.exists)
    assert "![The tree of whys](checkout-pictures/whys.svg)" in target.read_text(encoding="utf-8")
    assert {each.name for each in (tmp_path / "checkout-pictures").iterdir()} == {"whys.svg", "fault-tree.svg"}
