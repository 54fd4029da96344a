"""The review by keys: comments where they are about something, who is asked and approves, and the steps."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from facilitator.app.application import FacilitatorApp
from facilitator.app.panels.places import REVIEW
from facilitator.app.screens.ask import DecideScreen, LineScreen
from facilitator.app.screens.pick import PickScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.app.widgets.line_input import LineInput
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.review_items import ApprovedPart, Comment
from facilitator.model.session import Action, Entry, Session, Status
from facilitator.redaction.consent import with_consent
from facilitator.redaction.profiles import COMPANY
from facilitator.settings.settings import Settings
from facilitator.store.published_files import load_version
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
    typed,
    until,
)

SESSION = Session(
    id="S1",
    title="Checkout errors",
    created=NOW,
    timeline=(Entry(id="E1", at=Moment(datetime(2026, 11, 20, 14, tzinfo=UTC)), text="The pager fires"),),
    actions=(Action(id="A1", text="Set a limit"),),
)


@pytest.fixture
def app(store: Path) -> FacilitatorApp:
    """Return the app open on a session, for somebody whose name the configuration has."""
    Store(store, cache=store.parent / "cache").create(SESSION)
    return make_app(store, SESSION.id, Settings(author="Dana"))


async def go(pilot: Keys, sign: str) -> None:
    await dialog(pilot, "ctrl+g")
    await keys(pilot, sign, "enter")
    await settled(pilot)


async def test_a_row_is_commented_on_answered_and_resolved_where_it_stands(app: FacilitatorApp):
    async with app.run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "2")
        await typed(pilot, "who saw it?")
        await keys(pilot, "ctrl+x")
        await until(pilot, lambda: len(session(pilot).comments) == 1)
        assert (session(pilot).comments[0].about, session(pilot).comments[0].by) == ("E1", "Dana")
        shown = screen_text(pilot)
        assert "1 comment" in shown
        assert "Dana, Nov 22: who saw it?" in shown
        await dialog(pilot, "ctrl+x")
        await dialog(pilot, "enter", LineScreen)
        await keys(pilot, *"the probe", "enter")
        await until(pilot, lambda: "2 comments" in screen_text(pilot))
        assert session(pilot).comments[1].reply_to == session(pilot).comments[0].id
        await keys(pilot, "f2")
        assert "comment" not in screen_text(pilot)
        await keys(pilot, "f2", "f2")
        await dialog(pilot, "ctrl+x")
        await keys(pilot, "down", "enter")
        await until(pilot, lambda: session(pilot).comments[0].resolved)
        await until(pilot, lambda: "2 comments" not in screen_text(pilot))
        for _ in range(3):
            await keys(pilot, "ctrl+z")
        assert session(pilot).comments == ()


async def test_the_line_of_the_review_asks_comments_and_answers_and_enter_goes_there(app: FacilitatorApp):
    async with app.run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "2")
        await typed(pilot, "who saw it?")
        await keys(pilot, "ctrl+x")
        await until(pilot, lambda: len(session(pilot).comments) == 1)
        await go(pilot, "r")
        assert screen(pilot).place == REVIEW
        await line(pilot, "@bo @cy #security")
        await until(pilot, lambda: len(session(pilot).review_requests) == 2)
        assert {each.part for each in session(pilot).review_requests} == {ApprovedPart.SECURITY}
        await line(pilot, "too long")
        await until(pilot, lambda: len(session(pilot).comments) == 2)
        await go_to_row(pilot, lambda row: row.body == "who saw it?")
        await line(pilot, "the probe")
        await until(pilot, lambda: len(session(pilot).comments) == 3)
        assert session(pilot).comments[2].reply_to == session(pilot).comments[0].id
        await keys(pilot, "ctrl+k")
        await until(pilot, lambda: session(pilot).comments[0].resolved)
        await go_to_row(pilot, lambda row: row.body == "who saw it?")
        await keys(pilot, "enter")
        assert (screen(pilot).place, screen(pilot).desk.key) == (Phase.TIMELINE, "E1")


async def test_the_mark_goes_to_the_next_open_comment_and_keys_of_the_review_fit_in_80_columns(
    store: Path,
):
    said = [Comment(id=f"C{n}", at=NOW, by="Bo", text=f"comment {n}", rank=float(n), about="A1") for n in (1, 2, 3)]
    Store(store, cache=store.parent / "cache").create(msgspec.structs.replace(SESSION, comments=tuple(said)))
    async with make_app(store, "S1", Settings(author="Dana")).run_test(size=(80, 24)) as pilot:
        await looked(pilot)
        await go(pilot, "r")
        await go_to_row(pilot, lambda row: row.body == "comment 2")
        shown = screen_text(pilot).rsplit("\n", 1)[-1]
        assert [key for key in ("^k resolve", "^t send round", "enter go there", "^p") if key not in shown] == []
        await keys(pilot, "ctrl+k")
        assert screen(pilot)._key == "comment:C3"
        await keys(pilot, "ctrl+k")
        assert screen(pilot)._key == "comment:C1"
        await keys(pilot, "ctrl+k", "ctrl+k")
        assert [each.resolved for each in session(pilot).comments] == [True, True, True]
        assert screen(pilot)._key == "step"
        await go_to_row(pilot, lambda row: row.body == "comment 1")
        await keys(pilot, "ctrl+k")
        assert [each.resolved for each in session(pilot).comments] == [False, True, True]
        assert screen(pilot)._key == "comment:C1"


async def test_what_is_published_becomes_a_draft_again_only_when_somebody_says_so(store: Path):
    final = msgspec.structs.replace(SESSION, status=Status.FINAL)
    Store(store, cache=store.parent / "cache").create(final)
    async with make_app(store, "S1", Settings(author="Dana")).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "r")
        await dialog(pilot, "ctrl+k", DecideScreen)
        await keys(pilot, "escape")
        assert session(pilot).status is Status.FINAL
        await dialog(pilot, "ctrl+k", DecideScreen)
        await keys(pilot, "ctrl+k", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        assert session(pilot).status is Status.FINAL
        await dialog(pilot, "ctrl+k", DecideScreen)
        await keys(pilot, "d")
        await until(pilot, lambda: session(pilot).status is Status.DRAFT)


async def test_a_comment_on_a_part_leads_to_the_first_row_of_that_part(store: Path):
    said = Comment(id="C1", at=NOW, by="Bo", text="how many?", place="impact")
    Store(store, cache=store.parent / "cache").create(msgspec.structs.replace(SESSION, comments=(said,)))
    async with make_app(store, "S1", Settings(author="Dana")).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "r")
        await go_to_row(pilot, lambda row: row.body == "how many?")
        await keys(pilot, "enter")
        assert (screen(pilot).place, screen(pilot).desk.key) == (Phase.INCIDENT, "impact.prose")


async def test_a_part_is_approved_by_name_and_goes_stale(app: FacilitatorApp):
    async with app.run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "r")
        await line(pilot, "@Bo Berg #actions")
        await go_to_row(pilot, lambda row: row.lead == "#actions")
        await dialog(pilot, "enter", LineScreen)
        assert pilot.app.screen.query_one(LineInput).value == "Bo Berg"
        await keys(pilot, *"Carol", "enter")
        await until(pilot, lambda: bool(session(pilot).approvals))
        assert (session(pilot).approvals[0].by, session(pilot).approvals[0].part) == ("Carol", ApprovedPart.ACTIONS)
        await go(pilot, "7")
        await line(pilot, "Watch the queue")
        await go(pilot, "r")
        assert "stale, changed since Carol" in screen_text(pilot)


async def test_a_step_is_taken_with_what_is_lacking_told_and_undo_takes_it_back(app: FacilitatorApp):
    async with app.run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "r")
        await dialog(pilot, "ctrl+t", DecideScreen)
        assert "a summary in Incident" in screen_text(pilot)
        await keys(pilot, "escape")
        assert session(pilot).status is Status.DRAFT
        await dialog(pilot, "ctrl+t", DecideScreen)
        await keys(pilot, "g")
        await until(pilot, lambda: session(pilot).status is Status.IN_REVIEW)
        await until(pilot, lambda: "review ends in 48 h" in screen_text(pilot))
        await keys(pilot, "ctrl+z")
        assert session(pilot).status is Status.DRAFT
        await go_to_row(pilot, lambda row: row.body.startswith("a summary"))
        await keys(pilot, "enter")
        assert (screen(pilot).place, screen(pilot).desk.key) == (Phase.INCIDENT, "summary")


async def test_what_names_nobody_and_says_nothing_is_told_and_kept(app: FacilitatorApp):
    async with app.run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "r")
        await go_to_row(pilot, lambda row: row.lead == "#actions")
        await dialog(pilot, "enter", LineScreen)
        await keys(pilot, "ctrl+u", "@", "enter")
        await until(pilot, lambda: "An approval needs a name" in screen_text(pilot))
        await dialog(pilot, "ctrl+x", LineScreen)
        pilot.app.screen.query_one(LineInput).value = "\u200f"
        await keys(pilot, "enter")
        await until(pilot, lambda: "a comment needs words" in screen_text(pilot))
        assert (session(pilot).approvals, session(pilot).comments) == ((), ())


async def test_a_step_that_somebody_else_takes_meanwhile_is_not_taken_twice(app: FacilitatorApp, store: Path):
    async with app.run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "r")
        await dialog(pilot, "ctrl+t", DecideScreen)
        other = Store(store, cache=store.parent / "cache")
        opened = other.open("S1")
        other.save(opened, msgspec.structs.replace(opened.session, status=Status.FINAL))
        desk = pilot.app.screen_stack[-2]
        assert isinstance(desk, SessionScreen)
        await until(pilot, lambda: desk.session.status is Status.FINAL)
        await keys(pilot, "g")
        await until(pilot, lambda: "Somebody else made it final meanwhile" in screen_text(pilot))
        assert session(pilot).status is Status.FINAL


async def published(pilot: Keys) -> None:
    """Publish the copy of the house as Markdown, whatever is lacking."""
    await dialog(pilot, "ctrl+t", PickScreen)
    assert "For whom?" in screen_text(pilot)
    await keys(pilot, "enter")
    await until(pilot, lambda: "Still lacking before publishing" in screen_text(pilot))
    await keys(pilot, "g")
    await until(pilot, lambda: "Publish it like this?" in screen_text(pilot))
    await keys(pilot, "p")
    await until(pilot, lambda: "In which format?" in screen_text(pilot))
    await keys(pilot, "enter")


async def test_it_is_published_and_corrected_with_a_reason(
    app: FacilitatorApp, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "1")
        await go_to_row(pilot, lambda row: row.key == "status")
        await line(pilot, "in review")
        assert session(pilot).review_until == NOW + timedelta(hours=48)
        assert "In review until Nov 24, 09:30" in screen_text(pilot)
        await go(pilot, "r")
        await published(pilot)
        await until(pilot, lambda: "Write to" in screen_text(pilot))
        await keys(pilot, "enter")
        await until(pilot, lambda: len(session(pilot).versions) == 1)
        assert session(pilot).status is Status.FINAL
        (written,) = tmp_path.glob("*.md")
        assert load_version(store, "S1", session(pilot).versions[0]) == written.read_bytes()
        await go(pilot, "2")
        await line(pilot, "14:05 errors rise")
        await go(pilot, "r")
        await published(pilot)
        await until(pilot, lambda: "Why is it published once more?" in screen_text(pilot))
        await keys(pilot, *"an entry was missing", "enter")
        await until(pilot, lambda: "Write to" in screen_text(pilot))
        await keys(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DecideScreen))
        await keys(pilot, "r")
        await until(pilot, lambda: len(session(pilot).versions) == 2)
        assert session(pilot).versions[1].text == "an entry was missing"
        assert "an entry was missing" in written.read_text(encoding="utf-8")
        assert not isinstance(pilot.app.screen, PickScreen)


async def test_what_is_replaced_for_its_readers_is_not_lacking_and_for_the_house_it_is(store: Path):
    secret = msgspec.structs.replace(
        SESSION, status=Status.IN_REVIEW, summary="The password is hunter2x, mail a@acme.io"
    )
    agreed = with_consent(secret, COMPANY, by="Bo", at=NOW, new_id=lambda: "Z1")
    Store(store, cache=store.parent / "cache").create(agreed)
    async with make_app(store, "S1", Settings(author="Dana")).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "r")
        for readers, is_counted in (("company", False), ("in house", True)):
            await dialog(pilot, "ctrl+t", PickScreen)
            await typed(pilot, readers)
            await dialog(pilot, "enter", DecideScreen)
            assert "Still lacking before publishing" in screen_text(pilot)
            assert ("of sensitive data" in screen_text(pilot)) is is_counted
            await keys(pilot, "escape")
        assert session(pilot).status is Status.IN_REVIEW


async def test_what_is_changed_after_the_yes_is_not_published(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    agreed = with_consent(SESSION, COMPANY, by="Bo", at=NOW, new_id=lambda: "Z1")
    Store(store, cache=store.parent / "cache").create(msgspec.structs.replace(agreed, status=Status.IN_REVIEW))
    async with make_app(store, "S1", Settings(author="Dana")).run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await go(pilot, "r")
        await dialog(pilot, "ctrl+t", PickScreen)
        await typed(pilot, "company")
        await dialog(pilot, "enter", DecideScreen)
        other = Store(store, cache=store.parent / "cache")
        opened = other.open("S1")
        other.save(opened, msgspec.structs.replace(opened.session, summary="changed"))
        desk = pilot.app.screen_stack[-2]
        assert isinstance(desk, SessionScreen)
        await until(pilot, lambda: desk.session.summary == "changed")
        await keys(pilot, "g")
        await until(pilot, lambda: "Publish it like this?" in screen_text(pilot))
        await keys(pilot, "p")
        await until(pilot, lambda: "In which format?" in screen_text(pilot))
        await keys(pilot, "enter")
        await until(pilot, lambda: "Not published: it was changed since the yes." in screen_text(pilot))
        assert session(pilot).versions == ()
