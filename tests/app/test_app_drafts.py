"""Drafts on the screen: records of others are read in, sifted and taken onto the timeline, by keys."""

import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual import events

from facilitator.app.commands import DRAFTS
from facilitator.app.drafts.filter_line import FilterLine
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.drafts import DraftsScreen
from facilitator.app.screens.pick import PickScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.app.widgets.drawn import TimelineStrip
from facilitator.app.widgets.line_input import LineInput
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone
from facilitator.store.store import Store
from tests.app.driving import Keys, keys, screen_text, settled, typed, until, with_session
from tests.app.recorded import (
    SAID,
    SESSION,
    START,
    already_read,
    asked,
    at_drafts,
    at_rest,
    drafts,
    mark,
    pagerduty,
    read_in,
    shows,
    sifting,
    slack,
    timeline_of,
)
from tests.hostile import HOSTILE


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def texts(pilot: Keys) -> list[str]:
    return [entry.text for entry in timeline_of(pilot).timeline]


async def test_a_slack_export_is_read_in_and_one_message_is_taken(store: Path, tmp_path: Path):
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        assert "Nothing was read in yet." in screen_text(pilot)
        await read_in(pilot, slack(tmp_path))
        await mark(pilot, "roll back")
        await keys(pilot, "enter")
        await at_rest(pilot)
        entry = timeline_of(pilot).timeline[0]
        assert entry.text == "let's roll back checkout to v3.1"
        assert entry.at.at == START + timedelta(minutes=31)
        assert entry.origins == (f"slack:C1/{int(entry.at.at.timestamp())}.000005",)
        assert entry.source == "Slack #incidents, @dana"
        await keys(pilot, "ctrl+z")
        await at_rest(pilot)
        assert texts(pilot) == []
        await keys(pilot, "ctrl+y")
        await at_rest(pilot)
        assert texts(pilot) == [entry.text]
        await keys(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        await settled(pilot)
    again = Store(store, cache=store.parent / "cache").open(SESSION.id).session
    assert [each.text for each in again.timeline] == [entry.text]
    assert [each.count for each in again.intakes] == [len(SAID)]


async def test_what_is_proposed_comes_first_and_is_taken_by_one_key(store: Path, tmp_path: Path):
    async with sifting(store, slack(tmp_path)) as pilot:
        assert "proposed only" in screen_text(pilot)
        assert "lunch was great" not in screen_text(pilot)
        await keys(pilot, "f5")
        await at_rest(pilot)
        assert "lunch was great" not in texts(pilot)
        marked = {each for entry in timeline_of(pilot).timeline for each in entry.milestones}
        assert {Milestone.DETECTED, Milestone.DECLARED, Milestone.RESOLVED} <= marked
        assert "Nothing more is proposed" not in screen_text(pilot)  # what was taken is said
        await keys(pilot, "f4")
        await at_rest(pilot)
        assert "lunch was great" in screen_text(pilot)


async def test_a_range_is_taken_and_another_set_aside(store: Path, tmp_path: Path):
    async with sifting(store, slack(tmp_path)) as pilot:
        await keys(pilot, "f4")
        await at_rest(pilot)
        await mark(pilot, "looking into it")
        await keys(pilot, "f6", "down", "down", "enter")
        await at_rest(pilot)
        assert texts(pilot) == ["looking into it", "lunch was great", "declaring SEV2"]
        await keys(pilot, "ctrl+x")
        await at_rest(pilot)
        left = [each.left for each in timeline_of(pilot).intakes]
        assert len(left[0]) == 1
        await typed(pilot, "is:left")
        await at_rest(pilot)
        marked = drafts(pilot).marked
        assert marked is not None
        assert marked.text == "let's roll back checkout to v3.1"
        await keys(pilot, "ctrl+x")
        await at_rest(pilot)
        assert timeline_of(pilot).intakes[0].left == ()


async def test_the_filter_and_a_part_of_the_time_narrow_what_is_shown(store: Path, tmp_path: Path):
    async with sifting(store, slack(tmp_path)) as pilot:
        await keys(pilot, "f4")
        await typed(pilot, "from:dana -sev2")
        await at_rest(pilot)
        shown = screen_text(pilot)
        assert "looking into it" in shown
        assert "declaring SEV2" not in shown
        assert "lunch" not in shown
        await keys(pilot, "escape")
        await at_rest(pilot)
        assert "lunch was great" in screen_text(pilot)
        await typed(pilot, "after:nonsense")
        await at_rest(pilot)
        assert "is no time" in screen_text(pilot)
        await keys(pilot, "escape")
        await at_rest(pilot)
        await mark(pilot, "declaring SEV2")
        await keys(pilot, "alt+up")
        await at_rest(pilot)
        assert "3 of 8 drafts" not in screen_text(pilot)
        assert "4 of 8 drafts" in screen_text(pilot)
        await keys(pilot, "alt+up")
        await at_rest(pilot)
        assert "8 drafts" in screen_text(pilot)


async def test_a_draft_is_merged_into_an_entry_that_is_there(store: Path, tmp_path: Path):
    entry = Entry(id="E1", at=Moment(START + timedelta(minutes=31)), text="rollback decided")
    async with sifting(store, slack(tmp_path), of=replace(SESSION, timeline=(entry,))) as pilot:
        await keys(pilot, "f4")
        await at_rest(pilot)
        await mark(pilot, "roll back")
        await keys(pilot, "ctrl+l")
        await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen))
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DraftsScreen))
        await at_rest(pilot)
        merged = timeline_of(pilot).timeline[0]
        assert merged.text == "rollback decided"
        assert merged.source == "Slack #incidents, @dana"
        assert len(merged.origins) == 1
        assert "It is on the timeline." not in screen_text(pilot) or drafts(pilot).marked is not None


async def test_a_draft_is_taken_with_other_words(store: Path, tmp_path: Path):
    async with sifting(store, slack(tmp_path)) as pilot:
        await mark(pilot, "roll back")
        await asked(pilot, "ctrl+t", "rollback of checkout is decided")
        await until(pilot, lambda: texts(pilot) == ["rollback of checkout is decided"])


async def test_the_same_alert_of_two_sources_becomes_one_entry(store: Path, tmp_path: Path):
    async with sifting(store, slack(tmp_path), pagerduty(tmp_path)) as pilot:
        await mark(pilot, "CheckoutErrors")
        await keys(pilot, "enter")
        await at_rest(pilot)
        entry = timeline_of(pilot).timeline[0]
        assert {each.split(":")[0] for each in entry.origins} == {"slack", "pagerduty"}


async def test_the_clock_of_a_source_is_corrected(store: Path, tmp_path: Path):
    async with sifting(store, pagerduty(tmp_path)) as pilot:
        await keys(pilot, "ctrl+k")
        for _ in range(2):
            await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen))
            await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, LineScreen))
        await keys(pilot, "end", "ctrl+u", *"-30", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DraftsScreen))
        await until(pilot, lambda: [each.ahead for each in timeline_of(pilot).intakes] == [-30])
        await at_rest(pilot)
        await mark(pilot, "CheckoutErrors")
        await keys(pilot, "enter")
        await at_rest(pilot)
        assert timeline_of(pilot).timeline[0].at.at == START + timedelta(minutes=21)


async def test_a_conversation_is_pasted_and_what_it_does_not_say_is_asked(store: Path):
    pasted = "Dana Reyes  [2:22 PM]\nlooking into it\nOmar Fayed  [2:25 PM]\ndeclaring SEV2\n"
    async with sifting(store) as pilot:
        drafts(pilot).query_one(FilterLine).post_message(events.Paste(pasted))
        for question, answer in {"On which day": "2026-11-15", "In which time zone": "Europe/Paris"}.items():
            await until(pilot, partial(shows, pilot, question))
            await keys(pilot, "end", "ctrl+u", *answer, "enter")
        await until(pilot, lambda: bool(timeline_of(pilot).intakes))
        await at_rest(pilot)
        await typed(pilot, "-is:left")  # in place of what is proposed only
        await at_rest(pilot)
        await mark(pilot, "looking into it")
        await keys(pilot, "enter")
        await at_rest(pilot)
        assert timeline_of(pilot).timeline[0].at.at == datetime(2026, 11, 15, 13, 22, tzinfo=UTC)


async def test_what_cannot_be_read_changes_nothing_and_says_why(store: Path, tmp_path: Path):
    (tmp_path / "cut.zip").write_bytes(slack(tmp_path).read_bytes()[:40])
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 40)
    async with sifting(store) as pilot:
        for name in ("cut.zip", "noise.bin"):
            await asked(pilot, "ctrl+r", str(tmp_path / name))
            await until(pilot, lambda: "Nothing was read in" in screen_text(pilot))
            assert timeline_of(pilot) == SESSION


async def test_a_path_is_completed_and_kept_until_it_is_right(store: Path, tmp_path: Path):
    slack(tmp_path)
    (tmp_path / "slack-old.txt").touch()
    async with sifting(store) as pilot:
        await asked(pilot, "ctrl+r", f"{tmp_path}/slax.zip")
        await until(pilot, partial(shows, pilot, "There is no"))
        line = pilot.app.screen.query_one(LineInput)
        assert line.value == f"{tmp_path}/slax.zip"
        await keys(pilot, *["backspace"] * len("x.zip"), "tab")
        assert line.value == f"{tmp_path}/slack"
        assert "slack-old.txt   slack.zip" in screen_text(pilot)
        await keys(pilot, ".", "tab")
        assert line.value == f"{tmp_path}/slack.zip"
        await keys(pilot, "enter")
        await until(pilot, lambda: bool(timeline_of(pilot).intakes))


async def test_what_nobody_recognises_is_asked(store: Path, tmp_path: Path):
    (tmp_path / "odd.txt").write_text("a thing\n\nanother thing\n")
    async with sifting(store) as pilot:
        await asked(pilot, "ctrl+r", str(tmp_path / "odd.txt"))
        await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen))
        await typed(pilot, "plain")
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DraftsScreen | LineScreen))


async def test_help_and_the_palette_are_those_of_the_drafts(store: Path):
    async with sifting(store) as pilot:
        await keys(pilot, "f1")
        await until(pilot, partial(shows, pilot, "from:dana in:incidents"))
        assert "Take proposals" in screen_text(pilot)
        await keys(pilot, "f1")
        offered = [each.title for each in pilot.app.get_system_commands(drafts(pilot))]
        assert "Read in" in offered
        assert "Take further" not in offered


async def test_the_key_that_opened_a_dialog_closes_it(store: Path, tmp_path: Path):
    entry = Entry(id="E1", at=Moment(START), text="deployed")
    async with sifting(store, slack(tmp_path), of=replace(SESSION, timeline=(entry,))) as pilot:
        for key in ("ctrl+r", "ctrl+t", "ctrl+l", "ctrl+k"):
            await keys(pilot, key)
            await until(pilot, lambda: not isinstance(pilot.app.screen, DraftsScreen))
            await keys(pilot, key)
            await until(pilot, lambda: isinstance(pilot.app.screen, DraftsScreen))


async def test_drafts_are_not_for_a_shared_screen(store: Path):
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await keys(pilot, "f2", "ctrl+b")
        await until(pilot, partial(shows, pilot, "Drafts are not for a shared screen"))
        assert isinstance(pilot.app.screen, SessionScreen)


async def test_what_others_take_meanwhile_is_seen(store: Path, tmp_path: Path):
    async with sifting(store, slack(tmp_path)) as pilot:
        await settled(pilot)
        other = Store(store, cache=tmp_path / "other")
        opened = other.open(SESSION.id)
        taken = Entry(id="E9", at=Moment(START), text="taken", origins=(drafts(pilot).chosen[0],))
        other.save(opened, replace(opened.session, timeline=(taken,)))
        await until(pilot, partial(shows, pilot, "1 taken"))


async def test_hostile_words_are_only_words(store: Path, tmp_path: Path):
    said = [(number, f"who{number}", text) for number, text in enumerate(HOSTILE)]
    async with sifting(store, slack(tmp_path, said)) as pilot:
        for _ in HOSTILE:
            await keys(pilot, "down")
            assert "\x1b" not in screen_text(pilot)
        await keys(pilot, "ctrl+home", "f6", "ctrl+end", "enter")
        await at_rest(pilot)
        assert timeline_of(pilot).timeline


async def test_drafts_of_another_computer_are_missed_with_what_to_do(store: Path, tmp_path: Path):
    app = with_session(store, already_read(store, SESSION, slack(tmp_path)))
    shutil.rmtree(store / ".facilitator" / "drafts")
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await at_rest(pilot)
        assert "Read the file once more" in screen_text(pilot)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)], ids=str)
async def test_every_key_twice_does_no_harm(store: Path, tmp_path: Path, size: tuple[int, int]):
    async with sifting(store, slack(tmp_path), size=size) as pilot:
        for command in DRAFTS:
            for key in command.keys.split(","):
                if command.id != "drafts.leave":
                    await keys(pilot, key, key)
                    while not isinstance(pilot.app.screen, DraftsScreen):
                        await keys(pilot, "escape")
                    await at_rest(pilot)
        assert pilot.app.is_running


async def test_the_strip_shows_how_dense_they_are_and_is_brushed_with_the_mouse(store: Path, tmp_path: Path):
    async with sifting(store, slack(tmp_path)) as pilot:
        await keys(pilot, "f4")
        await at_rest(pilot)
        assert "detected" in screen_text(pilot)
        strip = pilot.app.screen.query_one(TimelineStrip)
        await pilot.click(strip, offset=(9, 0))
        await at_rest(pilot)
        marked = drafts(pilot).marked
        assert marked is not None
        assert marked.text.startswith("Deployed")
        middle = strip.size.width // 2
        await pilot.mouse_down(strip, offset=(middle, 0))
        await pilot.mouse_up(strip, offset=(strip.size.width - 1, 0))
        await at_rest(pilot)
        assert "a part of the time" in screen_text(pilot)
        assert "Deployed" not in screen_text(pilot).split("────")[1]
        await keys(pilot, "escape")
        await at_rest(pilot)
        assert "a part of the time" not in screen_text(pilot)


async def test_a_record_that_comes_later_joins_the_entry_that_tells_the_same(store: Path, tmp_path: Path):
    async with sifting(store, slack(tmp_path)) as pilot:
        await mark(pilot, "CheckoutErrors")
        await keys(pilot, "enter")
        await at_rest(pilot)
        await read_in(pilot, pagerduty(tmp_path))
        await typed(pilot, "kind:pagerduty -is:left")
        await keys(pilot, "f4")
        await at_rest(pilot)
        await mark(pilot, "CheckoutErrors")
        await keys(pilot, "enter")
        await until(pilot, partial(shows, pilot, "It came to the entry that tells the same"))
        entry = timeline_of(pilot).timeline[0]
        assert {each.split(":")[0] for each in entry.origins} == {"slack", "pagerduty"}
        assert len(timeline_of(pilot).timeline) == 1


@pytest.mark.parametrize(("key", "deleted"), [("ctrl+l", "timeline"), ("ctrl+k", "intakes")])
async def test_what_another_terminal_deletes_while_a_dialog_waits_is_told(
    store: Path, tmp_path: Path, key: str, deleted: str
):
    entry = Entry(id="E1", at=Moment(START), text="deployed")
    async with sifting(store, slack(tmp_path), of=replace(SESSION, timeline=(entry,))) as pilot:
        behind = drafts(pilot)
        await keys(pilot, key)
        await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen))
        other = Store(store, cache=tmp_path / "other")
        opened = other.open(SESSION.id)
        left = other.save(opened, replace(opened.session, **{deleted: ()})).session
        await until(pilot, lambda: timeline_of(pilot) == left)
        await until(pilot, lambda: behind.sifted is not None and bool(behind.sifted.drafts) == bool(left.intakes))
        await at_rest(pilot)
        await keys(pilot, "enter")
        await until(pilot, lambda: "meanwhile; nothing was" in screen_text(pilot))
        assert timeline_of(pilot) == left
