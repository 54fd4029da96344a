"""Changes to actions of sessions that are not open: in the file, in the history, beside what others write."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from facilitator.library import action_edits as edits
from facilitator.library.action_edits import Change, Changed, RefusedError
from facilitator.model.edits import put
from facilitator.model.session import Action, ActionStatus, Session
from facilitator.store.steps import Turn
from facilitator.store.store import Store
from tests.library.asking import NOON, TODAY, a_session

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store", cache=tmp_path / "cache", who="Maren")
    store.create(a_session(1, actions=(Action(id="A1", text="Limit memory", owner="bob"),)))
    return store


def now(store: Store) -> Session:
    return store.open("S1").session


def changed(store: Store, change: Change) -> Changed:
    return edits.change_action(store, "S1", edits.by_id("A1"), change, NOON)


def test_each_change_is_one_edit_that_can_be_taken_back(store: Store) -> None:
    before = now(store)
    made = {
        edits.done(TODAY): ("status", ActionStatus.DONE),
        edits.given_up("it is\n\nretired ", TODAY): ("note", "it is\n\nretired"),
        edits.reassigned(" @alice "): ("owner", "alice"),
        edits.reassigned("nobody"): ("owner", ""),
        edits.due_on("fri", TODAY): ("due", FRIDAY),
        edits.due_on("in 2 weeks", TODAY): ("due", date(2026, 11, 29)),
    }
    for change, (field, value) in made.items():
        done = changed(store, change)
        assert getattr(now(store).actions[0], field) == value
        assert edits.take_back(store, done, NOON)
        assert now(store) == before
    steps = store.history("S1")
    assert [each.turn for each in steps[-2:]] == [Turn.DONE, Turn.UNDONE]
    assert (steps[-1].of, steps[-1].by) == (steps[-2].id, "Maren")


def test_done_has_its_day_and_then_whether_it_worked(store: Store) -> None:
    with pytest.raises(RefusedError, match="not done yet"):
        changed(store, edits.worked("yes"))
    changed(store, edits.done(TODAY))
    assert changed(store, edits.done(FRIDAY)).step is None
    changed(store, edits.worked(" yes,\nno page "))
    action = now(store).actions[0]
    assert (action.done, action.effect) == (TODAY, "yes, no page")


def test_undo_leaves_what_others_wrote_since(store: Store) -> None:
    done = changed(store, edits.reassigned("alice"))
    opened = store.open("S1")
    theirs = msgspec.structs.replace(opened.session.actions[0], owner="carol", note="mine now")
    store.save(opened, put(opened.session, theirs))
    assert not edits.take_back(store, done, NOON)
    assert now(store).actions[0] == theirs


@pytest.mark.parametrize("text", ["soonish", "", "2026-02-30", "3/4"])
def test_what_is_no_day_is_refused_with_what_can_be_written(text: str) -> None:
    with pytest.raises(RefusedError, match="date"):
        edits.due_on(text, TODAY)


def test_an_action_that_has_gone_is_told(store: Store) -> None:
    with pytest.raises(RefusedError, match="deleted meanwhile"):
        edits.change_action(store, "S1", edits.by_id("A9"), edits.done(TODAY), NOON)
    for wrong in ("", " "):
        with pytest.raises(RefusedError):
            edits.given_up(wrong, TODAY)
        with pytest.raises(RefusedError):
            edits.worked(wrong)
    with pytest.raises(RefusedError):
        edits.reassigned("@")
