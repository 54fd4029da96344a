"""Home as the library: found in texts, completed, told where it is wrong, carried from view to view."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from facilitator.app.application import FacilitatorApp
from facilitator.app.screens.home import HomeScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.app.widgets.query_line import QueryLine
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Lesson, LessonKind, Session, Severity
from facilitator.settings.settings import Settings
from facilitator.settings.views import SavedView
from facilitator.store.store import Store
from tests.app.driving import NOW, Keys, dialog, keys, make_app, screen_text, session, typed, until

AT = datetime(2025, 11, 22, 14, 22, tzinfo=UTC)
SESSIONS = (
    Session(
        id="S1",
        title="Checkout errors",
        created=NOW,
        severity=Severity.SEV2,
        services=("checkout",),
        timeline=(Entry(id="E1", rank=0.0, at=Moment(NOW), text="The [/b] connection pool ran dry at payments"),),
    ),
    Session(
        id="S2",
        title="Database out of memory",
        created=NOW - timedelta(days=40),
        services=("search",),
        summary="The pool of workers was never limited.",
    ),
    Session(
        id="S3",
        title="Certificate near expiry",
        created=AT,
        started=Moment(AT),
        tags=("tls",),
        lessons=(Lesson(id="L1", rank=0.0, text="Silence is no proof of health.", kind=LessonKind.WRONG),),
    ),
)


@pytest.fixture
def filled(store: Path) -> Path:
    """Return a store with three sessions."""
    for each in SESSIONS:
        Store(store, cache=store.parent / "cache").create(each)
    return store


async def indexed(pilot: Keys) -> None:
    """Wait until the index answers."""
    app = pilot.app
    assert isinstance(app, FacilitatorApp)
    await until(pilot, lambda: "3 sessions" in screen_text(pilot))
    await until(pilot, lambda: app.surroundings.library.ready)


def is_shown(pilot: Keys, text: str) -> bool:
    """Tell whether this stands on the screen."""
    return text in screen_text(pilot)


def titles(pilot: Keys) -> list[str]:
    """Return the titles in the list, as far as they are drawn."""
    rows = [line[:79] for line in screen_text(pilot).splitlines()[2:8]]
    return [each.title for row in rows for each in SESSIONS if each.title in row]


async def test_words_are_found_in_texts_and_shown_beside_the_list(filled: Path):
    async with make_app(filled).run_test(size=(120, 36)) as pilot:
        await indexed(pilot)
        await typed(pilot, "connection po")
        await until(pilot, lambda: "1 of 3 sessions, best match first" in screen_text(pilot))
        await until(pilot, lambda: "entry" in screen_text(pilot))
        assert "[/b] connection pool" in screen_text(pilot)
        await keys(pilot, "escape")
        await until(pilot, lambda: len(titles(pilot)) == 3)


async def test_what_is_typed_is_completed_understood_and_told_where_it_is_wrong(filled: Path):
    async with make_app(filled).run_test(size=(120, 36)) as pilot:
        await indexed(pilot)
        line = pilot.app.screen.query_one(QueryLine)
        await typed(pilot, "serv")
        await keys(pilot, "right")
        assert line.text == "service:"
        await until(pilot, lambda: "→ checkout" in screen_text(pilot))
        await typed(pilot, "se")
        await until(pilot, lambda: "→ search" in screen_text(pilot))
        await keys(pilot, "right")
        assert line.text == "service:search "
        await until(pilot, lambda: titles(pilot) == ["Database out of memory"])
        await typed(pilot, "since:12m mttr:2x")
        wrong = screen_text(pilot).splitlines()[-5:]
        place = next(number for number, text in enumerate(wrong) if "no unit of time" in text)
        assert wrong[place].index("↓") == wrong[place + 1].index("2x")
        assert titles(pilot) == ["Database out of memory"]
        await keys(pilot, *["backspace"] * len(" mttr:2x"))
        await until(pilot, lambda: "from 2025-11-22 on" in screen_text(pilot))


async def test_every_view_has_the_query_and_none_loses_it(filled: Path):
    async with make_app(filled).run_test(size=(120, 36)) as pilot:
        await indexed(pilot)
        home = pilot.app.screen
        await typed(pilot, "tag:tls")
        await until(pilot, lambda: len(titles(pilot)) == 1)
        for name in ("▸Actions", "▸Trends", "▸Sessions"):
            await keys(pilot, "tab")
            await until(pilot, partial(is_shown, pilot, name))
            assert pilot.app.screen.query_one(QueryLine).text == "tag:tls"
        assert pilot.app.screen is home
        await keys(pilot, "shift+tab", *" -x")
        await until(pilot, lambda: "▸Trends" in screen_text(pilot) and "tag:tls -x" in screen_text(pilot))


async def test_a_saved_view_is_chosen_by_its_name(filled: Path):
    own = Settings(views=(SavedView("Search", "service:search"), SavedView("Old ones", "until:2025-12")))
    async with make_app(filled, settings=own).run_test(size=(120, 36)) as pilot:
        await indexed(pilot)
        await dialog(pilot, "ctrl+g")
        await keys(pilot, *"old", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await until(pilot, lambda: titles(pilot) == ["Certificate near expiry"])
        assert "until:2025-12" in screen_text(pilot)


async def test_an_old_lesson_is_shown_and_its_session_opened(filled: Path):
    async with make_app(filled).run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "A year ago today: Silence is no proof of health." in screen_text(pilot))
        await keys(pilot, "ctrl+l")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        assert session(pilot).id == "S3"


async def test_without_an_index_the_files_answer(filled: Path):
    cache = filled.parent / "cache"
    cache.mkdir(exist_ok=True)
    (cache / "library").write_text("in the way")
    async with make_app(filled).run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: "3 sessions" in screen_text(pilot))
        await typed(pilot, "pool -service:search")
        await until(pilot, lambda: titles(pilot) == ["Checkout errors"])
        await keys(pilot, "ctrl+u", *"workers")
        await until(pilot, lambda: titles(pilot) == ["Database out of memory"])
