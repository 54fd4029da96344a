"""Editing in place stands over its row, and what a small or a large terminal shows of a session."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.content import Content

from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.row_editor import RowEditor
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Action, Entry, Milestone, Priority, Session, Severity, Why
from tests.app.driving import (
    NOW,
    Keys,
    go_to_row,
    keys,
    line,
    screen,
    screen_text,
    session,
    settled,
    typed,
    until,
    with_session,
)

DEPLOY = Entry(
    id="E1",
    at=Moment(datetime(2026, 11, 15, 14, 22, tzinfo=UTC)),
    text="deploy begins",
    milestones=(Milestone.START,),
    links=("https://grafana.example/d/1",),
)
ALERT = Action(id="A1", text="Alert at 75 %", owner="alice", priority=Priority.P1, ticket="ENG-7")
HELD = Session(
    id="S1",
    title="Checkout errors",
    created=NOW,
    severity=Severity.SEV2,
    services=("checkout", "payments"),
    timeline=(DEPLOY,),
    actions=(ALERT,),
    whys=(
        Why(id="W1", text="checkout failed", rank=1),
        Why(id="W2", text="the schema changed", parent="W1", rank=2),
        Why(id="W3", text="nothing tests the contract", parent="W2", rank=3),
        Why(id="W4", text="no canary was kept", parent="W1", rank=4),
    ),
)


async def edit(pilot: Keys, phase: Phase, key: str) -> RowEditor:
    """Go to a row and edit it in place; return the editor once it stands there."""
    await settled(pilot)
    screen(pilot).go(phase)
    await pilot.pause()
    await go_to_row(pilot, lambda row: row.key == key)
    await keys(pilot, "enter")
    await until(pilot, lambda: bool(screen(pilot).query(RowEditor)))
    await pilot.pause()
    return screen(pilot).query_one(RowEditor)


def shown(pilot: Keys, words: str) -> tuple[int, int]:
    """Return the column and the line at which words stand first in the panel."""
    lines = screen_text(pilot).split("\n")[: screen(pilot)._rows.region.bottom]
    found = [(text.index(words), number) for number, text in enumerate(lines) if words in text]
    assert found, screen_text(pilot)
    return found[0]


@pytest.mark.parametrize("key", ["W1", "W2", "W3"])
async def test_the_editor_stands_exactly_over_the_words(store: Path, key: str):
    words = next(why.text for why in HELD.whys if why.id == key)
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        screen(pilot).go(Phase.WHYS)
        await go_to_row(pilot, lambda row: row.key == "W4")
        before = shown(pilot, words)
        editor = await edit(pilot, Phase.WHYS, key)
        assert shown(pilot, words) == before == editor.region.offset


async def test_a_growing_editor_moves_the_question_and_the_rows_down(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        editor = await edit(pilot, Phase.WHYS, "W2")
        question, below = shown(pilot, "What made it possible")[1], shown(pilot, "no canary was kept")[1]
        await typed(pilot, " and so did a great many other things" * 5)
        await pilot.pause()
        grown = editor.region.height
        assert grown == 3
        assert shown(pilot, "What made it possible")[1] == question + grown - 1 == editor.region.bottom
        assert shown(pilot, "no canary was kept")[1] == below + grown - 1
        await keys(pilot, "escape")
        await pilot.pause()
        assert shown(pilot, "What made it possible")[1] == question
        assert shown(pilot, "no canary was kept")[1] == below


async def test_the_editor_follows_the_size_of_the_terminal(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        editor = await edit(pilot, Phase.WHYS, "W3")
        await typed(pilot, " and so did a great many other things")
        for width, height in ((60, 20), (160, 40), (44, 12)):
            await pilot.resize_terminal(width, height)
            await until(pilot, lambda: editor.region.right == screen(pilot)._rows.region.right - 1)
            await until(pilot, lambda: "nothing tests" in screen_text(pilot).split("\n")[editor.region.y])
            assert editor.region.height == editor.lines


async def test_a_click_elsewhere_leaves_the_row_that_is_edited(store: Path):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        editor = await edit(pilot, Phase.WHYS, "W3")
        await pilot.click("RowList", offset=(10, 0))
        assert screen(pilot)._key == "W3"
        assert editor.has_focus


@pytest.mark.parametrize("end", [False, True], ids=["where the cursor is", "at the very end"])
async def test_what_is_typed_into_an_entry_with_a_link_is_text(store: Path, end: bool):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await edit(pilot, Phase.TIMELINE, "E1")
        await keys(pilot, *(["end"] if end else []), *" on all pods", "enter")
        await settled(pilot)
        (entry,) = session(pilot).timeline
        assert (entry.text, entry.links, entry.milestones) == (
            "deploy begins on all pods",
            DEPLOY.links,
            DEPLOY.milestones,
        )


@pytest.mark.parametrize("end", [False, True], ids=["where the cursor is", "at the very end"])
async def test_what_is_typed_into_an_action_keeps_its_particulars(store: Path, end: bool):
    async with with_session(store, HELD).run_test(size=(120, 36)) as pilot:
        await edit(pilot, Phase.ACTIONS, "A1")
        await keys(pilot, *(["end"] if end else []), *" of memory", "enter")
        await settled(pilot)
        (action,) = session(pilot).actions
        assert (action.text, action.owner, action.priority, action.ticket) == (
            "Alert at 75 % of memory", "alice", Priority.P1, "ENG-7",
        )  # fmt: skip


@pytest.mark.parametrize("size", [(200, 50), (120, 36), (80, 24)])
async def test_the_cue_is_in_one_place_from_the_first_frame_on(
    store: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
):
    drawn: list[str] = []
    render = Bar.render

    def seen(bar: Bar) -> Content:
        shown = render(bar)
        drawn.append(shown.plain)
        return shown

    monkeypatch.setattr(Bar, "render", seen)
    async with with_session(store, HELD).run_test(size=size) as pilot:
        await settled(pilot)
        await until(pilot, lambda: screen_text(pilot).count("Ask") == 1)
    assert any("Ask" in each for each in drawn) == (size[0] < 132)


async def test_the_cue_moves_between_its_card_and_the_line_with_the_size(store: Path):
    async with with_session(store, HELD).run_test(size=(200, 50)) as pilot:
        await settled(pilot)
        for width in (100, 160, 60):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            await until(pilot, lambda: screen_text(pilot).count("Ask") == 1)


async def test_a_small_terminal_has_labels_above_values_and_says_that_it_is_saved(store: Path):
    async with with_session(store, HELD).run_test(size=(40, 12)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: " saved" in screen_text(pilot))
        await go_to_row(pilot, lambda row: row.lead == "Services")
        label, value = shown(pilot, "Services"), shown(pilot, "checkout, payments")
        assert label == (value[0], value[1] - 1)
        await line(pilot, "search")
        await until(pilot, lambda: "checkout, payments, search" in screen_text(pilot))
        assert screen_text(pilot).count("saved") == 1
        await pilot.resize_terminal(120, 36)
        await until(pilot, lambda: screen_text(pilot).count("saved") == 1)
        wide = [each for each in screen_text(pilot).split("\n") if "checkout, payments, search" in each]
        assert "Services" in wide[1]


async def test_a_narrow_timeline_keeps_the_time_beside_the_words(store: Path):
    async with with_session(store, HELD).run_test(size=(40, 12)) as pilot:
        await settled(pilot)
        screen(pilot).go(Phase.TIMELINE)
        await until(pilot, lambda: "14:22" in screen_text(pilot))
        assert shown(pilot, "14:22")[1] == shown(pilot, "deploy begins")[1]
