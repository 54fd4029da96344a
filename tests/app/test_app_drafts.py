"""Drafts on the screen: records of others are read in, sifted and taken onto the timeline, by keys."""

import json
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from textual import events

from facilitator.app.commands import DRAFTS
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.drafts import DraftsScreen
from facilitator.app.screens.drafts_view import FilterLine
from facilitator.app.screens.pick import PickScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone, Session
from facilitator.store.store import Store
from tests.app.driving import Keys, keys, make_app, screen_text, settled, typed, until, with_session
from tests.hostile import HOSTILE

START = datetime(2026, 11, 15, 14, 0, tzinfo=UTC)
SAID = [
    (0, "deploybot", "Deployed checkout v3.2 to production"),
    (21, "alertmanager", "[FIRING] CheckoutErrors: 5xx above 2 % for 5m"),
    (22, "dana", "looking into it"),
    (23, "omar", "lunch was great"),
    (25, "dana", "declaring SEV2"),
    (31, "dana", "let's roll back checkout to v3.1"),
    (36, "sam", "rollback done, errors back to normal"),
    (41, "dana", "resolved, thanks everybody"),
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def slack(folder: Path, said: list[tuple[int, str, str]] | None = None, name: str = "slack.zip") -> Path:
    """Write a Slack export with one channel."""
    said = SAID if said is None else said
    people = sorted({who for _, who, _ in said})
    messages = [
        {
            "type": "message",
            "user": f"U{people.index(who)}",
            "text": text,
            "ts": f"{int((START + timedelta(minutes=minute)).timestamp())}.{number:06}",
        }
        for number, (minute, who, text) in enumerate(said)
    ]
    users = [{"id": f"U{number}", "name": who, "real_name": who} for number, who in enumerate(people)]
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("users.json", json.dumps(users))
        archive.writestr("channels.json", json.dumps([{"id": "C1", "name": "incidents"}]))
        archive.writestr("incidents/2026-11-15.json", json.dumps(messages))
    return path


def pagerduty(folder: Path) -> Path:
    """Write the log of an incident, on a clock that goes half a minute before that of Slack."""
    path = folder / "pagerduty.json"
    entry = {
        "id": "R1",
        "type": "trigger_log_entry",
        "summary": "CheckoutErrors: 5xx above 2 % for 5m",
        "created_at": "2026-11-15T14:20:30Z",
        "service": {"summary": "checkout"},
        "incident": {"id": "P1", "summary": "CheckoutErrors"},
    }
    path.write_text(json.dumps({"log_entries": [entry]}))
    return path


SESSION = Session(id="01DRAFTS", title="Checkout errors", created=START, services=("checkout",))


async def at_drafts(pilot: Keys) -> DraftsScreen:
    """Go to the drafts, and wait until they are sifted."""
    await settled(pilot)
    await keys(pilot, "ctrl+b")
    await until(pilot, lambda: isinstance(pilot.app.screen, DraftsScreen) and pilot.app.screen.sifted is not None)
    return drafts(pilot)


def drafts(pilot: Keys) -> DraftsScreen:
    """Return the screen of the drafts, which must be in front."""
    shown = pilot.app.screen
    assert isinstance(shown, DraftsScreen), shown
    return shown


async def asked(pilot: Keys, key: str, answer: str) -> None:
    """Press a key that asks for a line, and answer."""
    await keys(pilot, key)
    await until(pilot, lambda: isinstance(pilot.app.screen, LineScreen))
    await keys(pilot, "end", "ctrl+u", *answer, "enter")


async def read_in(pilot: Keys, path: Path) -> None:
    """Read a file in, and wait until its drafts are there."""
    before = len(timeline_of(pilot).intakes)
    await asked(pilot, "ctrl+r", str(path))
    await until(pilot, lambda: isinstance(pilot.app.screen, DraftsScreen))
    await until(pilot, lambda: len(timeline_of(pilot).intakes) > before)
    await at_rest(pilot)


async def at_rest(pilot: Keys) -> None:
    """Wait until nothing is sifted or filtered any more."""
    await until(pilot, lambda: not any(each.is_running for each in pilot.app.workers if each.group in WORK))
    await pilot.pause()


WORK = ("sift", "select", "read-in")


def timeline_of(pilot: Keys) -> Session:
    """Return the session, whichever screen is in front."""
    return next(each for each in pilot.app.screen_stack if isinstance(each, SessionScreen)).session


def texts(pilot: Keys) -> list[str]:
    return [entry.text for entry in timeline_of(pilot).timeline]


def shows(pilot: Keys, words: str) -> bool:
    return words in screen_text(pilot)


async def mark(pilot: Keys, words: str) -> None:
    """Put the mark on the draft with these words, from the first row on."""
    await keys(pilot, "ctrl+home")
    for _ in range(100):
        draft = drafts(pilot).marked
        if draft is not None and words in draft.text:
            return
        await keys(pilot, "down")
    raise AssertionError(words)


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
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await read_in(pilot, slack(tmp_path))
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
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await read_in(pilot, slack(tmp_path))
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


async def test_the_filter_narrows_while_it_is_typed_and_esc_empties_it(store: Path, tmp_path: Path):
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await read_in(pilot, slack(tmp_path))
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


async def test_a_part_of_the_time_is_shown(store: Path, tmp_path: Path):
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await read_in(pilot, slack(tmp_path))
        await keys(pilot, "f4")
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
    app = with_session(store, Session(id="01DRAFTS", title="Checkout", created=START, timeline=(entry,)))
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await read_in(pilot, slack(tmp_path))
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
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await read_in(pilot, slack(tmp_path))
        await mark(pilot, "roll back")
        await asked(pilot, "ctrl+t", "rollback of checkout is decided")
        await until(pilot, lambda: texts(pilot) == ["rollback of checkout is decided"])


async def test_the_same_alert_of_two_sources_becomes_one_entry(store: Path, tmp_path: Path):
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await read_in(pilot, slack(tmp_path))
        await read_in(pilot, pagerduty(tmp_path))
        await mark(pilot, "CheckoutErrors")
        await keys(pilot, "enter")
        await at_rest(pilot)
        entry = timeline_of(pilot).timeline[0]
        assert {each.split(":")[0] for each in entry.origins} == {"slack", "pagerduty"}


async def test_the_clock_of_a_source_is_corrected(store: Path, tmp_path: Path):
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await read_in(pilot, pagerduty(tmp_path))
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
    app = with_session(store, SESSION)
    pasted = "Dana Reyes  [2:22 PM]\nlooking into it\nOmar Fayed  [2:25 PM]\ndeclaring SEV2\n"
    async with app.run_test(size=(120, 36)) as pilot:
        screen = await at_drafts(pilot)
        screen.query_one(FilterLine).post_message(events.Paste(pasted))
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
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        for name in ("cut.zip", "noise.bin", "nowhere.json"):
            await asked(pilot, "ctrl+r", str(tmp_path / name))
            await until(pilot, lambda: "Nothing was read in" in screen_text(pilot))
            assert timeline_of(pilot) == SESSION


async def test_hostile_words_are_only_words(store: Path, tmp_path: Path):
    said = [(number, f"who{number}", text) for number, text in enumerate(HOSTILE)]
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await read_in(pilot, slack(tmp_path, said))
        for _ in HOSTILE:
            await keys(pilot, "down")
            assert "\x1b" not in screen_text(pilot)
        await keys(pilot, "ctrl+home", "f6", "ctrl+end", "enter")
        await at_rest(pilot)
        assert timeline_of(pilot).timeline


async def test_drafts_of_another_computer_are_missed_with_what_to_do(store: Path, tmp_path: Path):
    app = with_session(store, SESSION)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await read_in(pilot, slack(tmp_path))
        await keys(pilot, "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        await settled(pilot)
    shutil.rmtree(store / ".facilitator" / "drafts")
    again = make_app(store, SESSION.id)
    async with again.run_test(size=(120, 36)) as pilot:
        await at_drafts(pilot)
        await at_rest(pilot)
        assert "Read the file once more" in screen_text(pilot)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 50)], ids=str)
async def test_every_key_twice_does_no_harm(store: Path, tmp_path: Path, size: tuple[int, int]):
    app = with_session(store, SESSION)
    async with app.run_test(size=size) as pilot:
        await at_drafts(pilot)
        await read_in(pilot, slack(tmp_path))
        for command in DRAFTS:
            for key in command.keys.split(","):
                if command.id != "drafts.leave":
                    await keys(pilot, key, key)
                    while not isinstance(pilot.app.screen, DraftsScreen):
                        await keys(pilot, "escape")
                    await at_rest(pilot)
        assert pilot.app.is_running
