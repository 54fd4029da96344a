"""Hostile text on every screen: drawn as it stands, never obeyed, and never lost."""

import re
from datetime import date
from pathlib import Path

import pytest

from facilitator.app.panels.places import PLACES
from facilitator.app.screens.help import HelpScreen
from facilitator.app.screens.pick import PickScreen
from facilitator.app.screens.redaction import RedactionScreen
from facilitator.model import edits, text
from facilitator.model.item import Item
from facilitator.model.meeting_items import Account, Box, Meeting, Note, Survey, Switch
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.review_items import Approval, ApprovedPart, Comment, ReviewRequest, Version
from facilitator.model.session import (
    Action,
    Entry,
    Factor,
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
from tests.app.driving import (
    NOW,
    dialog,
    keys,
    line,
    make_app,
    screen,
    screen_text,
    session,
    settled,
    until,
    with_session,
)
from tests.hostile import HOSTILE

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def full_of(hostile: tuple[str, ...]) -> Session:
    """Return a session with the texts in every place, as they are after they came through the door."""
    made = Session(id="S1", title=text.one_line(hostile[0]), created=NOW)
    everything = text.paragraphs("\n\n".join(hostile))[: text.MAX_TEXT]
    words = tuple(text.one_line(each) or "-" for each in hostile)
    for path in ("summary", "trigger", "resolution", "impact.prose", "detection.prose", "response.runbooks"):
        made = edits.set_field(made, path, everything)
    for path in ("services", "tags", "authors", "reviewers", "impact.features", "impact.regions"):
        made = edits.set_field(made, path, words)
    for path in ("cause", "facilitator", "impact.revenue"):
        made = edits.set_field(made, path, words[1])
    for number, each in enumerate(words):
        for item in items(number, each):
            made = edits.add(made, item)
    return made


def items(number: int, words: str) -> tuple[Item, ...]:
    """Return one item of each kind, linked to each other, all with the same words."""
    return (
        Participant(id=f"P{number}", text=words, role=words),
        Entry(id=f"E{number}", at=Moment(NOW), text=words, source=words, links=(words,)),
        ResponseNote(id=f"N{number}", text=words),
        Why(id=f"W{number}", text=words, evidence=(f"E{number}",)),
        Why(id=f"V{number}", text=words, parent=f"W{number}"),
        Factor(id=f"F{number}", text=words, category=words[:30], whys=(f"V{number}",), evidence=(f"E{number}",)),
        Lesson(id=f"L{number}", text=words, kind=list(LessonKind)[number % 3]),
        Action(
            id=f"A{number}", text=words, owner=words[:40], due=date(2026, 12, 1), ticket=words[:40], note=words,
            factors=(f"F{number}",),
        ),
        Parked(id=f"K{number}", text=words),
        Question(id=f"Q{number}", text=words, owner=words[:40], answer=words),
        Note(id=f"O{number}", text=words, phase="Timeline"),
        Account(id=f"C{number}", entry=f"E{number}", teller=f"P{number}", seen=words, meant=words, options=words),
        Meeting(id=f"M{number}", text=words, attendance=(f"P{number}",), facilitator=f"P{number}"),
        Box(id=f"B{number}", meeting=f"M{number}", text=words),
        Switch(id=f"S{number}", meeting=f"M{number}", at=NOW, box=f"B{number}"),
        Survey(id=f"Y{number}", meeting=f"M{number}", spoke=5, text=words),
        ReviewRequest(id=f"R{number}", at=NOW, by=words[:40], text=words[:40], answered=NOW, said=words),
        Comment(id=f"D{number}", at=NOW, by=words[:40], text=words, about=f"E{number}"),
        Comment(id=f"X{number}", at=NOW, by=words[:40], text=words, reply_to=f"D{number}"),
        Approval(id=f"J{number}", at=NOW, by=words[:40], part=ApprovedPart.IMPACT, digest="", role=words, text=words),
        Version(id=f"Z{number}", at=NOW, by=words[:40], number=number + 1, text=words, changed=words),
    )  # fmt: skip


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_hostile_text_is_drawn_on_every_screen_and_obeyed_on_none(store: Path, size: tuple[int, int]):
    made = full_of(HOSTILE)
    async with with_session(store, made).run_test(size=size, notifications=True) as pilot:
        for _ in PLACES:
            await settled(pilot)
            assert not OBEYED.search(screen_text(pilot).replace("\n", ""))
            await keys(pilot, "ctrl+home")
            for _ in range(12):
                before = screen_text(pilot)
                await keys(pilot, "pagedown")
                assert not OBEYED.search(screen_text(pilot).replace("\n", ""))
                if screen_text(pilot) == before:  # the last page
                    break
            await keys(pilot, "tab")
        for key, kind in (("ctrl+g", PickScreen), ("f1", HelpScreen)):
            await dialog(pilot, key, kind)
            assert not OBEYED.search(screen_text(pilot).replace("\n", ""))
            await keys(pilot, "escape")
        await keys(pilot, "tab")
        await dialog(pilot, "ctrl+l")
        assert not OBEYED.search(screen_text(pilot).replace("\n", ""))
        await keys(pilot, "escape")
        await dialog(pilot, "f11", RedactionScreen)
        await until(pilot, lambda: "public" in screen_text(pilot))
        assert not OBEYED.search(screen_text(pilot).replace("\n", ""))
        await keys(pilot, "escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, RedactionScreen))
        assert session(pilot) == made


async def test_hostile_text_at_home_is_only_text(store: Path):
    for number, each in enumerate(HOSTILE):
        title = text.one_line(each)[:300] or "-"
        made = Session(id=f"S{number}", title=title, created=NOW, summary=text.paragraphs(each), services=(title,))
        Store(store, cache=store.parent / "cache").create(made)
    async with make_app(store).run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: f"{len(HOSTILE)} sessions" in screen_text(pilot))
        for _ in HOSTILE:
            await keys(pilot, "down")
            assert not OBEYED.search(screen_text(pilot).replace("\n", ""))


TYPED = (
    "[/] closing",
    "[bold]not bold[/bold]",
    "[x] todo",
    "[@click=app.exit]go[/]",
    "日本語 👩‍🚒 e\u0301",
    "a\\",
    "=1+1",
)


async def test_what_is_typed_is_kept_to_the_letter(store: Path):
    async with with_session(store, Session(id="S1", title="t", created=NOW)).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        while screen(pilot).place is not Phase.FACTORS:
            await keys(pilot, "tab")
        for number, typed in enumerate(TYPED, 1):
            await line(pilot, typed)
            assert session(pilot).factors[-1].text == text.one_line(typed)
            await keys(pilot, "enter", "enter")
            await until(pilot, lambda: bool(pilot.app.screen.query("#editor")))
            await keys(pilot, "enter")
            await until(pilot, lambda: not pilot.app.screen.query("#editor"))
            await settled(pilot)
            assert [each.text for each in session(pilot).factors] == [text.one_line(each) for each in TYPED[:number]]
