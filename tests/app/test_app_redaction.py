"""The preview of a redaction, by keys: decided word by word, said yes to, and exported."""

from itertools import count
from pathlib import Path

import msgspec
import pytest

from facilitator.app.editor import SaveState
from facilitator.app.redaction.header import header
from facilitator.app.redaction.preview import preview as preview_of
from facilitator.app.screens.ask import DecideScreen, LineScreen
from facilitator.app.screens.pick import PickScreen
from facilitator.app.screens.redaction import RedactionScreen
from facilitator.model.moments import Moment
from facilitator.model.review_items import Decision
from facilitator.model.session import Entry, Participant, Session
from facilitator.redaction.consent import Yes, consent_of, with_consent
from facilitator.redaction.profiles import COMPANY, PUBLIC, Profile
from facilitator.store.store import Store
from tests.app.driving import (
    NOW,
    Keys,
    dialog,
    go_to_row,
    keys,
    looked,
    make_app,
    screen_text,
    typed,
    until,
    with_session,
)

SESSION = Session(
    id="S1",
    title="Checkout was down",
    created=NOW,
    summary="Dana saw it first.",
    participants=(Participant(id="P1", text="Dana Wolf", role="on-call engineer"),),
    timeline=(
        Entry(id="E1", rank=1.0, at=Moment(NOW), text="db-7.prod.acme.io stops"),
        Entry(id="E2", rank=2.0, at=Moment(NOW), text="Dana Wolf mails shop@acme.io"),
    ),
)


def preview(pilot: Keys) -> RedactionScreen:
    shown = pilot.app.screen
    assert isinstance(shown, RedactionScreen), shown
    return shown


async def at_preview(pilot: Keys) -> RedactionScreen:
    await looked(pilot)
    await dialog(pilot, "f11", RedactionScreen)
    await shows(pilot)
    return preview(pilot)


async def shows(pilot: Keys) -> None:
    """Wait until the preview is that of the session as it is."""
    shown = preview(pilot)
    await until(pilot, lambda: shown.preview is not None and shown.preview.session is shown.desk.session)
    await pilot.pause()


async def test_words_are_kept_written_otherwise_and_added_and_each_is_one_edit(store: Path):
    async with with_session(store, SESSION).run_test(size=(120, 36)) as pilot:
        shown = await at_preview(pilot)
        assert "[Dana → the on-call engineer] saw it first." in screen_text(pilot)
        await keys(pilot, "ctrl+k")
        await shows(pilot)
        assert [(each.words, each.decision) for each in shown.desk.session.redactions] == [("Dana Wolf", Decision.KEEP)]
        assert "[Dana stays] saw it first." in screen_text(pilot)
        assert shown.marked is not None
        assert shown.marked.words == "db-7.prod.acme.io"
        await typed(pilot, "a database")
        await keys(pilot, "ctrl+t")
        await until(pilot, lambda: len(shown.desk.session.redactions) == 2)
        await shows(pilot)
        assert "[db-7.prod.acme.io → a database] stops" in screen_text(pilot)
        await go_to_row(pilot, lambda row: row.body.startswith("db-7.prod"))
        await keys(pilot, "enter")
        assert "[db-7.prod.acme.io → a database] stops" in screen_text(pilot)
        await typed(pilot, "Checkout = the shop")
        await keys(pilot, "enter")
        await shows(pilot)
        assert "[Checkout → the shop] was down" in screen_text(pilot)
        for left in (2, 1, 0):
            await keys(pilot, "ctrl+z")
            await shows(pilot)
            assert len(shown.desk.session.redactions) == left


async def test_a_decision_here_only_and_an_item_left_out(store: Path):
    async with with_session(store, SESSION).run_test(size=(80, 24)) as pilot:
        shown = await at_preview(pilot)
        await keys(pilot, "f6", "ctrl+k")
        await shows(pilot)
        assert "[Dana stays] saw it first." in screen_text(pilot)
        (decision,) = shown.desk.session.redactions
        assert decision.place == "summary"
        assert shown.preview is not None
        assert [each.kept for each in shown.preview.result.replacements if each.subject] == [True, False, False]
        await go_to_row(pilot, lambda row: row.body.startswith("shop@acme.io"))
        await keys(pilot, "ctrl+x")
        await shows(pilot)
        assert [each.about for each in shown.desk.session.withheld] == ["E2"]
        assert "1 left out" in screen_text(pilot)


async def test_the_yes_is_asked_by_name_and_leads_to_the_export(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    async with with_session(store, SESSION).run_test(size=(120, 36)) as pilot:
        shown = await at_preview(pilot)
        desk = shown.desk
        await keys(pilot, "ctrl+end")
        await dialog(pilot, "enter", LineScreen)
        await typed(pilot, "Dana")
        await dialog(pilot, "enter", DecideScreen)
        assert "Nobody has checked" in screen_text(pilot)
        assert "yes, as Dana" in screen_text(pilot)
        await keys(pilot, "enter", "enter")
        assert consent_of(desk.session, PUBLIC).yes is Yes.NONE
        await dialog(pilot, "y", PickScreen)
        assert "profile public" in screen_text(pilot)
        assert consent_of(desk.session, PUBLIC).yes is Yes.GIVEN
        await typed(pilot, "write markdown to")
        await dialog(pilot, "enter", LineScreen)
        await keys(pilot, "enter")
        await until(pilot, lambda: any(tmp_path.glob("*.md")))
        document = next(tmp_path.glob("*.md")).read_text(encoding="utf-8")
        assert "the on-call engineer saw it first." in document
        assert "Dana" not in document


async def test_a_void_yes_is_told_and_nothing_is_exported_by_it(store: Path):
    agreed = with_consent(SESSION, PUBLIC, by="Bo", at=NOW, new_id=iter(["Z1", "Z2", "Z3", "Z4", "Z5"]).__next__)
    files = Store(store, cache=store.parent / "cache")
    opened = files.save(files.create(SESSION), agreed)
    files.save(opened, msgspec.structs.replace(agreed, summary="It was seen."))
    async with make_app(store, "S1").run_test(size=(120, 36)) as pilot:
        await looked(pilot)
        await dialog(pilot, "ctrl+e")
        await typed(pilot, "readers outside")
        await keys(pilot, "enter")
        await until(pilot, lambda: "For whom?" in screen_text(pilot))
        assert "the yes of Bo is void: it changed since" in screen_text(pilot)
        await typed(pilot, "public")
        await dialog(pilot, "enter", RedactionScreen)
        await shows(pilot)
        assert "void: the yes of Bo  public: " in screen_text(pilot)
        said = " ".join(row.body for row in preview(pilot).rows.rows)
        assert "since the last yes: 1 replacement gone; changed: summary" in said
        await keys(pilot, "escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, RedactionScreen | PickScreen))


async def test_what_was_accepted_is_there_the_next_day_and_can_be_taken_back(store: Path):
    async with with_session(store, SESSION).run_test(size=(120, 36)) as pilot:
        shown = await at_preview(pilot)
        assert "5 replaced, 5 to look at" in screen_text(pilot)
        await keys(pilot, "enter", "enter")
        assert "5 replaced, 1 to look at" in screen_text(pilot)
        assert [each.accepted for each in shown.desk.session.redactions] == [True, True]
        assert shown.marked is not None
        assert shown.marked.words == "shop@acme.io"
        await keys(pilot, "escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, RedactionScreen))
        await until(pilot, lambda: shown.desk.editor.saving.state is SaveState.SAVED)
    async with make_app(store, "S1").run_test(size=(120, 36)) as pilot:
        shown = await at_preview(pilot)
        assert shown.marked is not None
        assert shown.marked.words == "shop@acme.io"
        assert "5 replaced, 1 to look at" in screen_text(pilot)
        assert screen_text(pilot).count("✓") == 4
        await keys(pilot, "ctrl+z")
        await until(pilot, lambda: len(shown.desk.session.redactions) == 1)
        await until(pilot, lambda: "5 replaced, 2 to look at" in screen_text(pilot))


async def test_f6_turns_a_decision_and_the_mark_stays_on_it(store: Path):
    async with with_session(store, SESSION).run_test(size=(120, 36)) as pilot:
        shown = await at_preview(pilot)
        await keys(pilot, "ctrl+k")
        await shows(pilot)
        await keys(pilot, "ctrl+home")
        for where, kept in (("in this place only", [True, False, False]), ("everywhere", [True, True, True])):
            await keys(pilot, "f6")
            await shows(pilot)
            assert f"Dana stays {where}. Undo takes that back." in screen_text(pilot)
            assert (shown.rows.cursor, shown.marked and shown.marked.words) == (0, "Dana")
            assert shown.preview is not None
            assert [each.kept for each in shown.preview.result.replacements if each.subject] == kept
        await keys(pilot, "ctrl+end", "ctrl+z")
        await shows(pilot)
        assert shown.marked is not None
        assert shown.marked.subject == "Dana Wolf"


async def test_a_key_that_stays_is_told_before_the_yes(store: Path):
    key = "AKIA" + "QX7ZP3LMN5RT8VWY"
    session = msgspec.structs.replace(SESSION, summary=f"Somebody put {key} into it.")
    async with with_session(store, session).run_test(size=(80, 24)) as pilot:
        shown = await at_preview(pilot)
        await keys(pilot, "ctrl+k")
        await shows(pilot)
        assert "AKIA… stays everywhere, and readers get it." in screen_text(pilot)
        await keys(pilot, "ctrl+end")
        assert "1 key stays in it: AKIA… in summary" in screen_text(pilot)
        await dialog(pilot, "enter", LineScreen)
        await typed(pilot, "Dana")
        await dialog(pilot, "enter", DecideScreen)
        assert "Mind: 1 key stays in it: AKIA… in summary." in screen_text(pilot)
        assert key not in screen_text(pilot)
        assert shown.desk.session.consents == ()


@pytest.mark.parametrize("profile", [COMPANY, PUBLIC])
def test_that_a_yes_is_void_is_said_on_any_screen(profile: Profile):
    agreed = with_consent(SESSION, profile, by="Marta Kowalczyk", at=NOW, new_id=map(str, count()).__next__)
    made = preview_of(msgspec.structs.replace(agreed, summary="Dana Wolf saw 10.0.3.7"), profile, ())
    for width, said in (
        (120, "void: the yes of Marta Kowalczyk  "),
        (66, "void: the yes of Marta …  "),
        (30, "void  "),
    ):
        right = "".join(words for words, _ in header(made, width)[1])
        assert right.lstrip().startswith(f"{said}{profile.name}: ")
        assert len(right) <= width


async def test_what_stays_is_taken_back_seen_and_then_accepted(store: Path):
    async with with_session(store, SESSION).run_test(size=(120, 36)) as pilot:
        shown = await at_preview(pilot)
        await keys(pilot, "ctrl+k")
        await shows(pilot)
        await keys(pilot, "ctrl+home", "enter")
        await shows(pilot)
        assert [*shown.desk.session.redactions] == []
        assert shown.marked is not None
        assert shown.marked.words == "Dana"
        await keys(pilot, "enter")
        assert [each.words for each in shown.desk.session.redactions] == ["Dana Wolf"]
