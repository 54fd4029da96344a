"""What the checks find, on the screen: beside the row, in a place of their own, muted and shown again."""

from datetime import UTC, datetime
from pathlib import Path

from facilitator.app.panels.places import FINDINGS
from facilitator.app.screens.ask import LineScreen
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
        assert "What would have made this stand out" in shown


async def test_while_it_is_typed_a_question_stands_quietly_beside_what_was_understood(store: Path):
    async with with_session(store, BARE).run_test(size=(140, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "2")
        await typed(pilot, f"14:05 {SLIP}")
        assert "What would have made this stand out" in screen_text(pilot)
        await keys(pilot, "ctrl+u", *"14:05 the migration was not run")
        assert "What would have made this stand out" not in screen_text(pilot)


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


async def test_nothing_of_it_is_on_a_shared_screen(store: Path):
    async with with_session(store, BARE).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "7")
        assert "finding" in screen_text(pilot)
        await keys(pilot, "f2")
        assert "finding" not in screen_text(pilot)
        await typed(pilot, SLIP)
        assert "stand out" not in screen_text(pilot)


async def test_the_document_says_how_much_was_found(store: Path):
    async with with_session(store, BARE).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "8")
        assert "The checklist is met in" in screen_text(pilot)
