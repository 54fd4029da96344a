"""From an empty store, by keys alone, through the whole GitLab incident to the exported Markdown."""

from functools import partial
from pathlib import Path

from facilitator.app.rows import Row
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.documents.formats import render
from facilitator.model.phases import Phase, lacks
from facilitator.store.store import Store
from tests.app import gitlab_script as script
from tests.app.driving import Keys, dialog, go_to_row, keys, line, make_app, screen_text, session, settled, typed, until

APPROVED = Path(__file__).parent / "approved" / "gitlab.md"


def has_lead(label: str, row: Row) -> bool:
    return row.lead == label


def has_body(words: str, row: Row) -> bool:
    return row.body == words


async def fill_fields(pilot: Keys, fields: tuple[tuple[str, str], ...], *, in_place: bool = False) -> None:
    for label, value in fields:
        await go_to_row(pilot, partial(has_lead, label))
        if in_place:
            await keys(pilot, "enter")
            await pilot.pause()
        await line(pilot, value)


async def answer_whys(pilot: Keys) -> None:
    path: list[str] = []
    for depth, text in script.WHYS:
        words = text.split(" #")[0]
        if depth == 0 and path:
            await keys(pilot, "ctrl+end")
        elif depth < len(path):
            above = path[depth - 1]
            await go_to_row(pilot, partial(has_body, above))
        await line(pilot, text)
        path[depth:] = [words]


async def link_factors_to_whys(pilot: Keys) -> None:
    for typed_line, indexes in script.FACTORS:
        await line(pilot, typed_line)
        await dialog(pilot, "ctrl+l")
        for index in indexes:
            words = script.WHYS[index][1].split(" #")[0]
            await typed(pilot, words)
            await keys(pilot, "tab", *["backspace"] * len(words))
        await keys(pilot, "enter")
        await settled(pilot)


async def make_actions(pilot: Keys) -> None:
    for typed_line, (first, *others) in script.ACTIONS:
        words = script.FACTORS[first][0].split(" #")[0]
        await go_to_row(pilot, partial(has_body, words))
        await keys(pilot, "ctrl+t")
        await line(pilot, typed_line)
        for other in others:
            text = script.FACTORS[other][0].split(" #")[0]
            await go_to_row(pilot, partial(has_body, text))
            await dialog(pilot, "ctrl+l")
            await typed(pilot, typed_line.split(" @")[0])
            await keys(pilot, "tab", "enter")
            await settled(pilot)


async def test_the_gitlab_incident_by_keys_alone_becomes_the_approved_document(store: Path, tmp_path: Path):
    target = tmp_path / "gitlab.md"
    app = make_app(store)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await dialog(pilot, "ctrl+n", LineScreen)
        await line(pilot, script.TITLE)
        await until(pilot, lambda: isinstance(app.screen, SessionScreen))
        await fill_fields(pilot, script.INCIDENT_FIELDS)
        await keys(pilot, "tab")
        for text in (*script.TIMELINE, *script.PARKED):
            await line(pilot, text)
        await keys(pilot, "tab")
        await fill_fields(pilot, script.RESPONSE_FIELDS)
        for text in (*script.RESPONSE, *script.QUESTIONS):
            await line(pilot, text)
        await keys(pilot, "tab")
        await answer_whys(pilot)
        await keys(pilot, "tab")
        await link_factors_to_whys(pilot)
        await fill_fields(pilot, script.FACTOR_FIELDS, in_place=True)
        await make_actions(pilot)
        await keys(pilot, "tab")
        for text in script.LESSONS:
            await line(pilot, text)
        assert [phase for phase in Phase if lacks(session(pilot), phase)] == []
        await dialog(pilot, "ctrl+e")
        await typed(pilot, "write Markdown")
        await dialog(pilot, "enter", LineScreen)
        await keys(pilot, "ctrl+u")
        await line(pilot, str(target))
        await until(pilot, target.exists)
        assert "saved" in screen_text(pilot).splitlines()[0]
        shown = session(pilot)
    written = target.read_text(encoding="utf-8")
    kept = Store(store).open(shown.id).session
    assert kept == shown
    assert written == render(kept, "markdown")
    assert written == APPROVED.read_text(encoding="utf-8")
