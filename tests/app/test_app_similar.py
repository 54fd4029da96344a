"""Past incidents like this one, on the screen: found by themselves, read, noted, linked to factors."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from facilitator.app.panels.places import SIMILAR
from facilitator.app.screens.past import PastScreen
from facilitator.app.screens.pick import PickScreen
from facilitator.app.widgets.document_view import DocumentView
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Action, ActionStatus, Factor, Participant, Session, Severity
from facilitator.store.store import Store
from tests.app.driving import (
    NOW,
    Keys,
    dialog,
    go_to_row,
    keys,
    line,
    looked,
    make_app,
    screen,
    screen_text,
    session,
    settled,
    until,
)

CAUSE = "the cache had no limit on memory"
BARE = Session(id="S1", title="Redis out of memory", created=NOW, services=("checkout",))
WITH_FACTOR = msgspec.structs.replace(BARE, factors=(Factor(id="F1", rank=1.0, text="no limit was set"),))


def past(number: int, days: int) -> Session:
    return Session(
        id=f"P{number}",
        title="Redis runs out of memory",
        summary=f"Dana Wolf saw it first, in zone {number}",
        created=NOW,
        started=Moment(NOW - timedelta(days=days)),
        severity=Severity.SEV2,
        services=("checkout",),
        participants=(Participant(id="A", text="Dana Wolf", role="on call"),),
        factors=(Factor(id="F", text=f"{CAUSE}, said Dana Wolf", root_cause=True),),
        actions=(
            Action(id="A1", rank=1.0, text="Set a limit", status=ActionStatus.DONE),
            Action(id="A2", rank=2.0, text="Alert at 75 %"),
        ),
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a store with two incidents like the one that is opened, and some that are not."""
    folder = tmp_path / "store"
    held = Store(folder, cache=tmp_path / "cache")
    for number, days in ((1, 30), (2, 400)):
        held.create(past(number, days))
    for number, title in enumerate(("Mail is late", "Disk full", "DNS answers are stale", "Clock drift")):
        held.create(Session(id=f"O{number}", title=title, created=NOW))
    return folder


def opened(store: Path, shown: Session) -> tuple[Path, str]:
    Store(store, cache=store.parent / "cache").create(shown)
    return store, shown.id


async def go(pilot: Keys, sign: str) -> None:
    await dialog(pilot, "ctrl+g")
    await keys(pilot, sign, "enter")
    await settled(pilot)


async def test_a_title_is_enough_to_say_so_below_the_cue_and_in_a_place_of_its_own(store: Path):
    async with make_app(*opened(store, BARE)).run_test(size=(140, 40)) as pilot:
        await looked(pilot)
        shown = " ".join(screen_text(pilot).split())
        assert "Seen before?" in shown
        assert "2 similar: the third" in shown
        await go(pilot, "s")
        assert screen(pilot).place == SIMILAR
        shown = screen_text(pilot)
        assert "Similar past incidents · the third like this in 13 months" in shown
        for told in ("2026-10-23", "1 of 2 actions open", f"cause: {CAUSE}"):
            assert told in shown
        assert "○ Alert at 75 %" in shown  # the marked one tells its actions
        assert "same service: checkout" in shown


async def test_it_is_looked_again_when_the_title_says_something_else(store: Path):
    async with make_app(*opened(store, BARE)).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        assert screen(pilot).recaller.latest.notable == 2
        await go_to_row(pilot, lambda row: row.key == "title")
        await keys(pilot, "enter")
        await keys(pilot, "ctrl+u", *"Disk is full", "enter")
        await looked(pilot)
        found = screen(pilot).recaller.latest.pasts
        assert [each.session.title for each in found][:1] == ["Disk full"]


async def test_a_past_incident_is_read_without_leaving_the_meeting(store: Path):
    async with make_app(*opened(store, BARE)).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "s")
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PastScreen))
        await until(pilot, lambda: pilot.app.screen.query_one(DocumentView).is_drawn)
        await pilot.pause()
        assert "read only" in screen_text(pilot)
        assert "Dana Wolf saw it first" in screen_text(pilot)
        await keys(pilot, "down", "escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, PastScreen))
        assert screen(pilot).place == SIMILAR
        assert session(pilot) == BARE


async def test_one_key_notes_it_and_delete_or_undo_take_that_back(store: Path):
    async with make_app(*opened(store, BARE)).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "s")
        await keys(pilot, "ctrl+t")
        (noted,) = session(pilot).precedents
        assert (noted.session, noted.text, str(noted.day)) == ("P1", "Redis runs out of memory", "2026-10-23")
        await keys(pilot, "delete")
        assert session(pilot).precedents == ()
        await keys(pilot, "ctrl+z")
        await settled(pilot)
        assert session(pilot).precedents == (noted,)


async def test_it_is_linked_from_both_sides_and_the_factor_then_was_seen_before(store: Path):
    async with make_app(*opened(store, WITH_FACTOR)).run_test(size=(140, 40)) as pilot:
        await looked(pilot)
        await go(pilot, "s")
        await dialog(pilot, "ctrl+l")
        await keys(pilot, "enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, PickScreen))
        assert "seen at F1" in screen_text(pilot)
        await go(pilot, "5")
        await go_to_row(pilot, lambda row: row.key == "F1")
        assert "seen before in 2026-10-23" in " ".join(screen_text(pilot).split())
        assert "What kept this one in place" in screen_text(pilot)
        await dialog(pilot, "ctrl+l")
        assert "Seen before" in screen_text(pilot)
        await keys(pilot, *"2025", "enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, PickScreen))
        assert [each.factors for each in session(pilot).precedents] == [("F1",), ("F1",)]
        assert session(pilot).factors[0].seen_before is True


async def test_on_a_shared_screen_nothing_is_said_unasked_and_names_are_roles(store: Path):
    async with make_app(*opened(store, WITH_FACTOR)).run_test(size=(90, 30)) as pilot:
        await keys(pilot, "f2", "f2")
        await looked(pilot)
        await keys(pilot, "tab")
        assert "similar" not in screen_text(pilot).lower()
        assert screen(pilot).past_incidents == ()
        await go(pilot, "s")
        shown = screen_text(pilot)
        assert CAUSE in " ".join(shown.split())
        assert "Dana" not in shown
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PastScreen))
        await until(pilot, lambda: pilot.app.screen.query_one(DocumentView).is_drawn)
        await pilot.pause()
        assert "Dana" not in screen_text(pilot)


async def test_where_the_card_has_no_room_it_is_said_once(store: Path):
    async with make_app(*opened(store, BARE)).run_test(size=(80, 24)) as pilot:
        await looked(pilot)
        assert "2 similar: the third like this in 13 months. ^g s shows them." in screen_text(pilot)
        await keys(pilot, "tab")
        assert "2 similar" not in screen_text(pilot)
        await line(pilot, "09:00 the pager fires")
        await looked(pilot)
        assert screen(pilot).place is Phase.TIMELINE
        assert "similar" not in screen_text(pilot)
