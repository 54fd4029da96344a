"""Hostile text on every screen: drawn as it stands, never obeyed, and never lost."""

import re
from datetime import date
from pathlib import Path

import pytest

from facilitator.app.screens.help import HelpScreen
from facilitator.app.screens.pick import PickScreen
from facilitator.model import edits, text
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import (
    Action,
    Entry,
    Factor,
    Impact,
    Item,
    Lesson,
    LessonKind,
    Parked,
    Participant,
    Question,
    ResponseNote,
    Session,
    Why,
)
from facilitator.store.store import Store
from tests.app.driving import NOW, dialog, keys, line, make_app, screen, screen_text, session, settled, with_session
from tests.hostile import HOSTILE

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SIZES = ((120, 36), (80, 24))


def full_of(hostile: str) -> Session:
    """Return a session with one text in every place, as it is after it came through the door."""
    words, prose = text.one_line(hostile) or "-", text.paragraphs(hostile)
    made = Session(
        id="S1", title=words[:200], created=NOW, services=(words[:50],), tags=(words[:50],), cause=words[:50],
        facilitator=words, authors=(words,), reviewers=(words,), summary=prose, trigger=prose, resolution=prose,
        impact=Impact(prose=prose, features=(words,), regions=(words,), revenue=words),
    )  # fmt: skip
    items: tuple[Item, ...] = (
        Participant(id="P", text=words, role=words),
        Entry(id="E", at=Moment(NOW), text=words, source=words, links=(words,)),
        ResponseNote(id="N", text=words),
        Why(id="W", text=words, evidence=("E",)),
        Why(id="W2", text=words, parent="W"),
        Factor(id="F", text=words, category=words[:30], whys=("W2",), evidence=("E",)),
        *(Lesson(id=f"L{kind}", text=words, kind=kind) for kind in LessonKind),
        Action(
            id="A", text=words, owner=words[:40], due=date(2026, 12, 1), ticket=words[:40], note=words, factors=("F",)
        ),
        Parked(id="K", text=words),
        Question(id="Q", text=words, owner=words[:40], answer=words),
    )
    for item in items:
        made = edits.add(made, item)
    return made


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_is_drawn_on_every_screen_and_obeyed_on_none(store: Path, hostile: str):
    made = full_of(hostile)
    async with with_session(store, made).run_test(size=SIZES[0], notifications=True) as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            for _ in (*Phase, "parking lot"):
                await settled(pilot)
                assert not OBEYED.search(screen_text(pilot).replace("\n", ""))
                await keys(pilot, "down", "tab")
        for key, kind in (("ctrl+g", PickScreen), ("f1", HelpScreen)):
            await dialog(pilot, key, kind)
            assert not OBEYED.search(screen_text(pilot).replace("\n", ""))
            await keys(pilot, "escape")
        assert session(pilot) == made


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_at_home_is_only_text(store: Path, hostile: str):
    Store(store, cache=store.parent / "cache").create(full_of(hostile))
    async with make_app(store).run_test(size=(120, 36)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert not OBEYED.search(screen_text(pilot).replace("\n", ""))
        assert "1 session" in screen_text(pilot)


@pytest.mark.parametrize(
    "typed",
    [
        "[/] closing",
        "[bold]not bold[/bold]",
        "[x] todo",
        "[@click=app.exit]go[/]",
        "日本語 👩‍🚒 e\u0301",
        "a\\",
        "=1+1",
    ],
)
async def test_what_is_typed_is_kept_to_the_letter(store: Path, typed: str):
    async with with_session(store, Session(id="S1", title="t", created=NOW)).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        while screen(pilot).place is not Phase.FACTORS:
            await keys(pilot, "tab")
        await line(pilot, typed)
        assert session(pilot).factors[0].text == text.one_line(typed)
        await keys(pilot, "enter")
        await settled(pilot)
        await keys(pilot, "enter")
        await settled(pilot)
        assert session(pilot).factors[0].text == text.one_line(typed)
