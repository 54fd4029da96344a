"""The register of actions on the screen: what is listed, what one key does to an action, and the opening."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from facilitator.app import filing
from facilitator.app.commands import REGISTER
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.register import RegisterScreen
from facilitator.app.screens.session import SessionScreen
from facilitator.app.widgets.row_list import RowList
from facilitator.model.edits import put
from facilitator.model.moments import Moment
from facilitator.model.outcomes import with_status
from facilitator.model.phases import Phase
from facilitator.model.session import Action, ActionStatus, Session
from facilitator.store.ids import new_id
from facilitator.store.store import Store
from tests.app.driving import NOW, Keys, keys, make_app, screen_text, settled, typed, until
from tests.hostile import HOSTILE

TODAY = NOW.date()
KEY = {each.id.removeprefix("register."): each.keys for each in REGISTER}


def made(number: int, title: str, *actions: Action, **fields: Any) -> Session:
    started = Moment(NOW - timedelta(days=10 * number))
    return Session(id=f"S{number}", title=title, created=NOW, started=started, actions=actions, **fields)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    late = Action(id="A1", rank=1.0, text="Limit the memory", owner="alice", due=TODAY - timedelta(days=3))
    soon = Action(id="A2", rank=2.0, text="Alert earlier", owner="Bob Chen", due=TODAY + timedelta(days=5))
    old = with_status(Action(id="B1", text="Rotate the logs"), ActionStatus.DONE, TODAY - timedelta(days=40))
    store.create(made(1, "Checkout errors", late, soon, services=("checkout",)))
    store.create(made(2, "Disk full", old, Action(id="B2", text="Write it down"), services=("logs",)))
    return store


def action(store: Store, session: str, item: str) -> Action:
    return next(each for each in store.open(session).session.actions if each.id == item)


def listed(pilot: Keys) -> list[str]:
    return [row.body for row in pilot.app.screen.query_one(RowList).rows if row.key]


def marked(pilot: Keys) -> str:
    row = pilot.app.screen.query_one(RowList).row
    return row.body if row is not None else ""


async def shows(pilot: Keys, *bodies: str) -> None:
    await until(pilot, lambda: listed(pilot) == list(bodies))


async def at_register(pilot: Keys) -> None:
    await settled(pilot)
    await keys(pilot, "tab")
    await until(pilot, lambda: isinstance(pilot.app.screen, RegisterScreen))
    await until(pilot, lambda: bool(listed(pilot)))


async def asked(pilot: Keys, key: str, answer: str) -> None:
    await keys(pilot, key)
    await until(pilot, lambda: isinstance(pilot.app.screen, LineScreen))
    await typed(pilot, answer)
    await keys(pilot, "enter")


async def saved(pilot: Keys, holds: Callable[[], bool]) -> None:
    await until(pilot, holds)
    await settled(pilot)


async def test_what_is_urgent_comes_first_and_the_query_narrows_it(store: Store) -> None:
    async with make_app(store.path).run_test(size=(140, 30)) as pilot:
        await at_register(pilot)
        await shows(pilot, "Limit the memory", "Alert earlier", "Write it down")
        shown = screen_text(pilot)
        for words in ("Overdue: 1", "3d late", "in 5d", "Checkout errors", "@alice", "1 overdue", "3 open", "25% done"):
            assert words in shown
        await typed(pilot, "owner:alice")
        await shows(pilot, "Limit the memory")
        await keys(pilot, "escape", KEY["group"])
        await until(pilot, lambda: "@Bob Chen: 1 open" in screen_text(pilot))
        await keys(pilot, KEY["which"])
        await shows(pilot, "Rotate the logs")
        await asked(pilot, KEY["effect"], "yes, no page since")
        await shows(pilot)
        assert action(store, "S2", "B1").effect == "yes, no page since"


async def test_an_action_is_done_and_undone_by_one_key_each(store: Store) -> None:
    async with make_app(store.path).run_test(size=(100, 30)) as pilot:
        await at_register(pilot)
        await shows(pilot, "Limit the memory", "Alert earlier", "Write it down")
        await keys(pilot, KEY["done"])
        await shows(pilot, "Alert earlier", "Write it down")
        assert action(store, "S1", "A1").done == TODAY
        assert "Done; undo takes it back: Limit the memory" in screen_text(pilot)
        await keys(pilot, KEY["undo"])
        await shows(pilot, "Limit the memory", "Alert earlier", "Write it down")
        assert (action(store, "S1", "A1").status, marked(pilot)) == (ActionStatus.OPEN, "Limit the memory")
        await keys(pilot, KEY["undo"])
        await until(pilot, lambda: "Nothing to undo here." in screen_text(pilot))


async def test_won_t_do_owner_and_due_date_ask_for_a_line(store: Store) -> None:
    async with make_app(store.path).run_test(size=(100, 30)) as pilot:
        await at_register(pilot)
        await shows(pilot, "Limit the memory", "Alert earlier", "Write it down")
        await asked(pilot, KEY["owner"], "bob")
        await until(pilot, lambda: action(store, "S1", "A1").owner == "bob")
        await until(pilot, lambda: "@bob" in screen_text(pilot))
        await asked(pilot, KEY["due"], "soonish")
        await until(pilot, lambda: "cannot be read" in screen_text(pilot))
        await keys(pilot, "ctrl+u")
        await typed(pilot, "Dec 24")
        await keys(pilot, "enter")
        await until(pilot, lambda: action(store, "S1", "A1").due == date(2026, 12, 24))
        await shows(pilot, "Alert earlier", "Limit the memory", "Write it down")
        assert marked(pilot) == "Limit the memory"
        await asked(pilot, KEY["give_up"], "it is retired")
        await shows(pilot, "Alert earlier", "Write it down")
        assert action(store, "S1", "A1").note == "it is retired"


async def test_a_change_that_fails_is_told_and_enter_opens_the_session_at_the_action(store: Store) -> None:
    async with make_app(store.path).run_test(size=(100, 30)) as pilot:
        await at_register(pilot)
        await shows(pilot, "Limit the memory", "Alert earlier", "Write it down")
        session = store.open("S1")
        store.save(session, put(session.session, with_status(session.session.actions[1], ActionStatus.DONE, TODAY)))
        path = store.open("S2").path
        path.write_text("{", encoding="utf-8")
        await keys(pilot, "down", "down", KEY["done"])
        await until(pilot, lambda: "Nothing was changed" in screen_text(pilot))
        await keys(pilot, "up", "up", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SessionScreen))
        await until(pilot, lambda: marked(pilot) == "Limit the memory")
        opened = pilot.app.screen
        assert isinstance(opened, SessionScreen)
        assert opened.place is Phase.ACTIONS


def test_marking_an_action_done_notes_the_day_and_taking_the_mark_back_clears_it() -> None:
    session = made(1, "Checkout errors", Action(id="A1", text="Limit the memory"))
    for name, day in (("done", TODAY), ("in progress", None)):
        item = session.actions[0]
        mark = next(each for each in filing.marks(item, ()) if each.name == name)
        session = filing.marked(session, item, mark, new_id, TODAY).session
        assert (str(session.actions[0].status), session.actions[0].done) == (name, day)


async def test_hostile_text_is_drawn_as_text(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    texts = [each.encode("utf-8", "replace").decode() for each in HOSTILE]
    actions = [Action(id=f"A{n}", rank=float(n), text=each, owner=each) for n, each in enumerate(texts)]
    store.create(made(1, "[bold]x[/x]", *actions, services=("[/]",)))
    async with make_app(store.path).run_test(size=(100, 30)) as pilot:
        await at_register(pilot)
        for _ in range(len(KEY)):
            await keys(pilot, "pagedown", KEY["group"])
            await settled(pilot)
        assert isinstance(pilot.app.screen, RegisterScreen)
        assert "\x1b" not in screen_text(pilot)


async def test_the_opening_tells_what_became_of_previous_actions(store: Store) -> None:
    store.create(made(0, "Checkout again", services=("Checkout",)))
    async with make_app(store.path, "S0").run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await keys(pilot, "shift+tab")
        await until(pilot, lambda: "Previous actions: 2 of 2 open" in screen_text(pilot))
        assert "Limit the memory" not in screen_text(pilot)
        await keys(pilot, "ctrl+end")
        await until(pilot, lambda: "Limit the memory  (3d late, @alice" in screen_text(pilot))
        await keys(pilot, "f2")
        await until(pilot, lambda: "Limit the memory" not in screen_text(pilot))
        assert "Previous actions: 2 of 2 open" in screen_text(pilot)
