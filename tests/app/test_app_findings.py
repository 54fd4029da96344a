"""What the checks find, on the screen: beside the row, in a place of their own, muted and shown again."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from facilitator.app.panels.places import FINDINGS
from facilitator.app.screens.ask import LineScreen
from facilitator.app.widgets.bar import Bar
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Action, Entry, Session
from tests.app.driving import (
    NOW,
    Keys,
    dialog,
    go_to_row,
    keys,
    line,
    looked,
    screen,
    screen_text,
    session,
    settled,
    typed,
    until,
    with_session,
)

SLIP = "Bob forgot to run the migration"
BARE = Session(
    id="S1",
    title="Checkout errors",
    created=NOW,
    timeline=(Entry(id="E1", at=Moment(datetime(2026, 11, 20, 14, tzinfo=UTC)), text="The pager fires"),),
    actions=(Action(id="A1", text="Be more careful with migrations"),),
)
KEY = "AKIA" + "IOSFODNN7EXAMPLE"
LEAK = msgspec.structs.replace(
    BARE,
    timeline=(
        *BARE.timeline,
        Entry(
            id="E2",
            rank=2.0,
            at=Moment(datetime(2026, 11, 20, 14, 36, tzinfo=UTC)),
            text=f"Bob forgot to rotate {KEY} before the deploy",
        ),
    ),
)


async def go(pilot: Keys, sign: str) -> None:
    await dialog(pilot, "ctrl+g")
    await keys(pilot, sign, "enter")
    await settled(pilot)


async def test_a_finding_stands_at_its_row_with_a_question_to_ask_instead(store: Path):
    async with with_session(store, BARE).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "2")
        await line(pilot, f"14:05 {SLIP}")
        await looked(pilot)
        shown = screen_text(pilot)
        assert "1 finding" in shown
        assert "Bob forgot" in shown
        assert "What else was going on" in shown


async def test_while_it_is_typed_a_question_stands_quietly_beside_what_was_understood(store: Path):
    async with with_session(store, BARE).run_test(size=(140, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "2")
        await typed(pilot, f"14:05 {SLIP}")
        assert "What else was going on" in screen_text(pilot)
        await keys(pilot, "ctrl+u", *"14:05 the migration was not run")
        assert "What else was going on" not in screen_text(pilot)


async def test_all_findings_stand_in_one_place_and_lead_to_what_they_are_about(store: Path):
    async with with_session(store, BARE).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "f")
        assert screen(pilot).place == FINDINGS
        assert "Checklist:" in screen_text(pilot)
        await go_to_row(pilot, lambda row: row.lead == "A1" and "careful" in row.body.lower())
        await keys(pilot, "enter")
        assert screen(pilot).place is Phase.ACTIONS
        assert screen(pilot).desk.key == "A1"


async def test_a_finding_is_muted_with_a_reason_and_undo_shows_it_again(store: Path):
    async with with_session(store, BARE).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "f")
        await go_to_row(pilot, lambda row: "careful" in row.body.lower())
        before = len(screen(pilot).reviewer.latest.shown)
        await dialog(pilot, "ctrl+k", LineScreen)
        await keys(pilot, *"quoted from the client", "enter")
        await looked(pilot)
        assert [each.reason for each in session(pilot).mutes] == ["quoted from the client"]
        assert len(screen(pilot).reviewer.latest.shown) == before - 1
        await keys(pilot, "ctrl+z")
        await looked(pilot)
        assert len(screen(pilot).reviewer.latest.shown) == before


async def test_what_is_muted_is_shown_again_by_delete(store: Path):
    async with with_session(store, BARE).run_test(size=(120, 50)) as pilot:
        await looked(pilot)
        await go(pilot, "f")
        await go_to_row(pilot, lambda row: "careful" in row.body.lower())
        await dialog(pilot, "ctrl+k", LineScreen)
        await keys(pilot, *"fine", "enter")
        await looked(pilot)
        await go_to_row(pilot, lambda row: row.key.startswith("muted:"))
        await keys(pilot, "delete")
        await looked(pilot)
        assert session(pilot).mutes == ()


async def test_a_point_of_the_checklist_that_nothing_tells_is_answered(store: Path):
    async with with_session(store, BARE).run_test(size=(120, 50)) as pilot:
        await looked(pilot)
        await go(pilot, "f")
        await go_to_row(pilot, lambda row: row.key.startswith("point:") and "shared" in row.body)
        await dialog(pilot, "enter", LineScreen)
        await keys(pilot, *"sent to all on call", "enter")
        await looked(pilot)
        assert "sent to all on call" in screen_text(pilot)


async def test_an_answer_that_says_no_leaves_the_point_unmet_and_can_be_given_anew(store: Path):
    async with with_session(store, BARE).run_test(size=(120, 50)) as pilot:
        await looked(pilot)
        await go(pilot, "f")
        for said, sign in (("no: not yet", "·"), ("yes, to all", "✓")):
            await go_to_row(pilot, lambda row: row.key.startswith("point:") and "shared" in row.body)
            await dialog(pilot, "enter", LineScreen)
            assert "The first words decide" in screen_text(pilot)
            await keys(pilot, "ctrl+u", *said, "enter")
            await looked(pilot)
            (row,) = [each for each in screen(pilot)._rows.rows if "shared" in each.body]
            assert (row.mark, row.tail) == (sign, said)
            assert "Muted" not in screen_text(pilot)
        assert len(session(pilot).mutes) == 1
        await keys(pilot, "ctrl+z")
        assert "answered the checklist 'Has it been shared" in screen_text(pilot)
        await looked(pilot)
        await go_to_row(pilot, lambda row: row.key.startswith("point:") and "shared" in row.body)
        await keys(pilot, "delete")
        await looked(pilot)
        assert session(pilot).mutes == ()


async def test_points_of_the_checklist_and_headings_have_no_findings(store: Path):
    async with with_session(store, BARE).run_test(size=(120, 50)) as pilot:
        await looked(pilot)
        assert any(not each.about and not each.field for each in screen(pilot).reviewer.latest.shown)
        await go(pilot, "f")
        tails = [each.tail for each in screen(pilot)._rows.rows]
        assert not [each for each in tails if "finding" in each]


async def test_a_secret_stands_first_and_is_masked(store: Path):
    async with with_session(store, LEAK).run_test(size=(120, 50)) as pilot:
        await looked(pilot)
        await go(pilot, "f")
        assert [each.body for each in screen(pilot)._rows.rows][:2] == [
            "Keys and passwords",
            "Bob forgot to rotate AKIA… before the deploy",
        ]
        assert KEY not in screen_text(pilot)
        await go(pilot, "8")
        assert "1 secret is in it." in screen_text(pilot)


async def test_a_secret_that_is_typed_is_told_at_once(store: Path):
    async with with_session(store, BARE).run_test(size=(140, 36)) as pilot:
        await go(pilot, "2")
        await typed(pilot, f"14:05 the log shows {KEY}")
        assert "This looks like an AWS access key" in screen_text(pilot)


async def test_an_export_warns_of_secrets_and_goes_on(store: Path, tmp_path: Path):
    async with with_session(store, LEAK).run_test(size=(140, 36)) as pilot:
        await dialog(pilot, "ctrl+e")
        assert "there are secrets in it" in screen_text(pilot)
        await keys(pilot, *"write markdown to")
        await dialog(pilot, "enter", LineScreen)
        assert "an AWS access key" in screen_text(pilot)
        await keys(pilot, "ctrl+u", *str(tmp_path / "out.md"), "enter")
        await until(pilot, (tmp_path / "out.md").exists)


async def test_the_question_comes_wherever_prose_is_typed(store: Path):
    async with with_session(store, BARE).run_test(size=(160, 36)) as pilot:
        await looked(pilot)
        for place, text, asked in (
            ("7", "Be more careful with migrations", "What would catch"),
            ("5", "Human error by the on-call engineer", "What made this likely"),
            ("6", "- Bob forgot to run the migration", "What"),
            ("4", "It was human error", "What made this likely"),
        ):
            await go(pilot, place)
            assert asked not in bar(pilot)
            await typed(pilot, text)
            assert asked in bar(pilot)
            await keys(pilot, "ctrl+u")


def bar(pilot: Keys) -> str:
    return str(screen(pilot).query_one("#understood", Bar).render())


async def test_the_question_comes_while_a_field_is_filled_and_a_row_is_edited(store: Path):
    async with with_session(store, BARE).run_test(size=(160, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "1")
        await go_to_row(pilot, lambda row: row.key == "summary")
        await typed(pilot, "Bob was careless")
        assert "?" in bar(pilot)
        await keys(pilot, "ctrl+u", *"Orders waited")
        assert "?" not in bar(pilot)
        await keys(pilot, "ctrl+u")
        await go(pilot, "7")
        await keys(pilot, "home")
        assert "finding" in screen_text(pilot)
        below = screen_text(pilot).count("careful")
        await keys(pilot, "enter")
        await until(pilot, lambda: screen(pilot)._editor_in_place is not None)
        await pilot.pause()
        assert screen_text(pilot).count("careful") < below
        assert "?" in bar(pilot)


async def test_names_are_no_prose(store: Path):
    async with with_session(store, BARE).run_test(size=(160, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "1")
        await go_to_row(pilot, lambda row: row.key == "facilitator")
        await typed(pilot, "Bob forgot the flag")
        assert "?" not in bar(pilot)


async def test_rules_about_one_sentence_are_one_row_and_are_muted_together(store: Path):
    told = msgspec.structs.replace(BARE, summary="Bob should obviously have known it. He was careless.", actions=())
    async with with_session(store, told).run_test(size=(120, 50)) as pilot:
        await looked(pilot)
        await go(pilot, "f")
        rows = [each for each in screen(pilot)._rows.rows if each.lead == "Summary"]
        assert [each.body for each in rows] == ["Bob should obviously have known it", "He was careless"]
        assert rows[0].tail.startswith("and ")
        about = [each for each in screen(pilot).reviewer.latest.shown if each.field == "summary"]
        assert len(about) > 2
        await go_to_row(pilot, lambda row: row is rows[0])
        await dialog(pilot, "ctrl+k", LineScreen)
        await keys(pilot, *"quoted", "enter")
        await looked(pilot)
        assert [each.body for each in screen(pilot)._rows.rows if each.lead == "Summary"] == ["He was careless"]


async def test_what_is_found_alike_in_several_rows_is_one(store: Path):
    plan = tuple(Action(id=f"A{n}", rank=float(n), text=f"Add an alert on queue {n}") for n in (1, 2, 3))
    async with with_session(store, msgspec.structs.replace(BARE, actions=plan)).run_test(size=(120, 50)) as pilot:
        await looked(pilot)
        await go(pilot, "f")
        (row,) = [each for each in screen(pilot)._rows.rows if "without a date" in each.body.lower()]
        assert (row.lead, row.body[-10:]) == ("3 actions", "(A1 A2 A3)")


async def test_nothing_of_it_is_on_a_shared_screen(store: Path):
    async with with_session(store, BARE).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "7")
        assert "finding" in screen_text(pilot)
        await keys(pilot, "f2")
        assert "finding" not in screen_text(pilot)
        await typed(pilot, SLIP)
        assert "What else was going on" not in screen_text(pilot)


async def test_the_document_says_how_much_was_found(store: Path):
    async with with_session(store, BARE).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "8")
        assert "The checklist is met in" in screen_text(pilot)
