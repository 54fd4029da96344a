"""The cue card: what is asked when, and keeping a question."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from facilitator.app.application import FacilitatorApp
from facilitator.app.panels.places import PLACES
from facilitator.app.widgets.cue_card import CueCard
from facilitator.model.cue_values import Cue
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Entry, Milestone, Session
from facilitator.settings.cues import built_in
from facilitator.settings.settings import Settings
from facilitator.store.store import Store
from tests.app.driving import NOW, Keys, keys, line, make_app, screen, screen_text, session, settled, with_session

BEGAN = datetime(2026, 11, 15, 14, tzinfo=UTC)
TIMELINE = tuple(
    Entry(
        id=f"E{minute}",
        at=Moment(BEGAN + timedelta(minutes=minute)),
        text="it goes on",
        milestones=(Milestone.DETECTED,) if minute == 27 else (),
    )
    for minute in (0, 1, 2, 24, 25, 27, 28)
)
SESSION = Session(id="S1", title="Checkout errors", created=NOW, timeline=TIMELINE)
WIDE = (140, 40)
QUESTIONS = {cue.question: cue for cue in built_in()}


def card(pilot: Keys) -> CueCard:
    return pilot.app.screen.query_one(CueCard)


def asked(pilot: Keys) -> tuple[str, str]:
    """Return the id of the cue that is shown, and the reason."""
    offer = card(pilot).offer
    assert offer is not None
    return offer.cue.id, offer.reason


async def at(pilot: Keys, phase: Phase) -> None:
    await settled(pilot)
    while screen(pilot).place is not phase:
        await keys(pilot, "tab")


async def test_what_was_typed_is_followed_by_its_question_with_the_reason(store: Path):
    async with with_session(store, SESSION).run_test(size=WIDE) as pilot:
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "14:29 so we restarted it")
        assert asked(pilot) == ("decision-other-ways", "after a decision")
        assert "What other ways were" in screen_text(pilot)
        assert "after a decision" in screen_text(pilot)
        await line(pilot, "14:30 error rate at baseline")
        assert asked(pilot)[1] != "after a decision"


async def test_a_fix_is_put_off_but_not_when_it_was_parked(store: Path):
    async with with_session(store, SESSION).run_test(size=WIDE) as pilot:
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "14:29 we should add an alert")
        assert asked(pilot) == ("fix-parking", "after a fix; back to 14:29")
        await line(pilot, "// we should add an alert")
        assert "fix" not in asked(pilot)[1]


async def test_the_marked_row_decides_what_is_asked_and_passing_by_uses_nothing_up(store: Path):
    async with with_session(store, SESSION).run_test(size=WIDE) as pilot:
        await at(pilot, Phase.TIMELINE)
        await keys(pilot, "ctrl+o", "up")
        assert asked(pilot) == ("detected-first-signal", "at the milestone detected")
        await keys(pilot, "up", "up")
        assert asked(pilot) == ("gap-before", "22 min without an entry before this")
        await keys(pilot, "up")
        assert asked(pilot) == ("gap-after", "22 min without an entry after this")
        await keys(pilot, "down")
        assert asked(pilot)[0] == "gap-before"
        await keys(pilot, "ctrl+o")
        assert asked(pilot)[0] == "gap-before-waiting"


async def test_the_question_of_a_line_is_gone_when_the_mark_moves(store: Path):
    async with with_session(store, SESSION).run_test(size=WIDE) as pilot:
        await at(pilot, Phase.TIMELINE)
        await line(pilot, "14:29 so we restarted it")
        await keys(pilot, "up")
        assert asked(pilot)[1] != "after a decision"
        await keys(pilot, "down")
        assert asked(pilot)[1] != "after a decision"


async def test_a_question_is_kept_as_an_open_question_and_the_next_one_is_shown(store: Path):
    async with with_session(store, SESSION).run_test(size=WIDE) as pilot:
        await at(pilot, Phase.TIMELINE)
        await keys(pilot, "ctrl+o", "up", "up", "up")
        asked_before = card(pilot).cue
        await keys(pilot, "f5")
        await settled(pilot)
        (question,) = session(pilot).questions
        assert (question.text, question.about) == (asked_before, "E24")
        assert card(pilot).cue != asked_before
        assert "Kept as an open question" in screen_text(pilot)
        row = screen(pilot).desk.item
        assert row is not None
        assert row.id == "E24"
        await keys(pilot, "ctrl+z")
        await settled(pilot)
        assert session(pilot).questions == ()


async def test_a_question_is_kept_once(store: Path):
    own = Cue(id="own", question="Which flags were on?")
    app = make_app(store, "S1", Settings(cue=(own,), silent_cues=tuple(cue.id for cue in built_in())))
    Store(store, cache=store.parent / "cache").create(SESSION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await keys(pilot, "f5", "f5")
        await settled(pilot)
        assert [question.text for question in session(pilot).questions] == ["Which flags were on?"]
        assert "an open question already" in screen_text(pilot)


async def test_without_any_cue_nothing_is_kept_or_drawn(store: Path):
    app = make_app(store, "S1", Settings(silent_cues=tuple(cue.id for cue in built_in())))
    Store(store, cache=store.parent / "cache").create(SESSION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await keys(pilot, "ctrl+o", "f5")
        assert card(pilot).offer is None
        assert session(pilot).questions == ()
        assert "There is no question to keep" in screen_text(pilot)


async def test_a_hostile_cue_is_drawn_as_it_stands(store: Path):
    own = Cue(id="own", question="[red]What[/foo] of \x1b[31m[@click=app.exit]this[/]?")
    app = make_app(store, "S1", Settings(cue=(own,), silent_cues=tuple(cue.id for cue in built_in())))
    Store(store, cache=store.parent / "cache").create(SESSION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        shown = screen_text(pilot)
        assert "[red]What[/foo] of" in shown
        assert "\x1b" not in shown


async def test_every_place_has_something_to_ask(store: Path):
    async with with_session(store, msgspec.structs.replace(SESSION, timeline=())).run_test(size=WIDE) as pilot:
        await settled(pilot)
        left = {*Phase, "Parking lot"}
        for _ in PLACES:
            if screen(pilot).place in left:
                assert card(pilot).cue in QUESTIONS, screen(pilot).place
            left.discard(screen(pilot).place)
            await keys(pilot, "tab")
        assert not left


async def test_what_was_used_is_remembered_when_a_session_is_left_and_opened_again(store: Path):
    app = with_session(store, SESSION)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        before = asked(pilot)[0]
        await keys(pilot, "ctrl+o")
        assert isinstance(app, FacilitatorApp)
        assert app.surroundings.cues_used["S1"].ids == (before,)
        shown = asked(pilot)[0]
        screen(pilot).dismiss()
        await pilot.pause()
        app._open("S1")
        await settled(pilot)
        await pilot.pause()
        assert asked(pilot)[0] == shown
