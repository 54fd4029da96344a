"""Undo and redo of one's own edits, while others go on with the same session."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from facilitator.model import edits, history
from facilitator.model.changes import Change
from facilitator.model.edits import LINK_FIELDS
from facilitator.model.history import History
from facilitator.model.item import Item
from facilitator.model.moments import Moment
from facilitator.model.replay import replay
from facilitator.model.session import Conflict, Entry, Factor, Milestone, Parked, Session, Why
from facilitator.store import codec
from tests.editing import EMPTY, NOON, edited, everything
from tests.strategies import numbers

quick = settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def recorded(now: History, session: Session, label: str = "edit") -> History:
    return history.record(now, f"step {len(now.past)}", label, NOON, session)


def others(now: History, session: Session) -> History:
    """The history when others have changed the session meanwhile."""
    return History(session, now.past, now.future)


def filed(*items: Item) -> Session:
    session = EMPTY
    for item in items:
        session = edits.add(session, item)
    return session


def everything_of(session: Session) -> Iterator[tuple[str, str, Any]]:
    for item in everything(session):
        yield from ((item.id, name, getattr(item, name)) for name in item.__struct_fields__)


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=60))
def test_alone_the_history_is_a_stack_of_what_was_seen(steps: list[str]):
    now = History(EMPTY)
    past: list[str] = []
    future: list[str] = []
    present = EMPTY.title
    for number, step in enumerate(steps):
        if step == "edit":
            now = recorded(now, edits.set_field(now.session, "title", str(number)))
            past, future, present = [*past, present], [], str(number)
        elif step == "undo":
            now = history.undo(now)
            if past:
                past, future, present = past[:-1], [*future, present], past[-1]
        else:
            now = history.redo(now)
            if future:
                past, future, present = [*past, present], future[:-1], future[-1]
        assert now.session.title == present
        assert (len(now.past), len(now.future)) == (len(past), len(future))


@quick
@given(numbers(20), st.lists(numbers(3), max_size=5))
def test_alone_every_step_can_be_undone_and_done_again(start: Any, steps: Any):
    states = [edited(EMPTY, start)]
    now = History(states[0])
    for step in steps:
        now = recorded(now, edited(now.session, step))
        if now.session != states[-1]:
            states.append(now.session)
    for state in reversed(states[:-1]):
        now = history.undo(now)
        assert now.session == state
    for state in states[1:]:
        now = history.redo(now)
        assert now.session == state


@quick
@given(numbers(20), numbers(3), numbers())
def test_what_others_wrote_stays(start: Any, step: Any, later: Any):
    base = edited(EMPTY, start)
    mine = edited(base, step)
    theirs = edited(mine, later)
    now = history.undo(others(recorded(History(base), mine), theirs))
    assert codec.loads(codec.dumps(now.session)) == now.session
    known, left = {item.id for item in everything(mine)}, {item.id: item for item in everything(now.session)}
    for item_id, name, value in set(everything_of(theirs)) - set(everything_of(mine)):
        if item_id not in known:
            assert item_id in left
        if item_id in left:
            assert getattr(left[item_id], name) == value or isinstance(value, tuple)
        else:
            assert name in _LOST_BY_OTHER_EDITS
    assert left.keys().isdisjoint(known - {item.id for item in everything(theirs)})
    assert history.redo(now).session == theirs


_LOST_BY_OTHER_EDITS = {"milestones", *(name for names in LINK_FIELDS.values() for name in names)}


def test_a_step_says_what_it_was():
    (step,) = recorded(History(EMPTY), edits.set_field(EMPTY, "title", "Search"), "name it").past
    assert (step.id, step.label, step.at) == ("step 0", "name it", NOON)
    (change,) = step.changes
    assert isinstance(change.after, Session)
    assert change.after.title == "Search"


def test_an_edit_that_changes_nothing_is_no_step():
    now = History(EMPTY)
    assert recorded(now, edits.set_field(EMPTY, "title", EMPTY.title)) is now
    assert history.undo(now) is now
    assert history.redo(now) is now


def test_only_so_many_steps_are_kept():
    now = History(EMPTY)
    for number in range(history.LIMIT + 50):
        now = recorded(now, edits.set_field(now.session, "title", str(number)))
    assert len(now.past) == history.LIMIT


def test_a_field_that_another_one_changed_since_stays_as_it_is_and_the_rest_is_undone():
    base = filed(Parked(id="P", text="rewrite it"))
    mine = edits.set_field(edits.change(base, "P", text="rewrite the tool"), "title", "Search")
    now = others(recorded(History(base), mine), edits.change(mine, "P", text="buy a tool"))
    undone = history.undo(now)
    assert (undone.session.parking_lot[0].text, undone.session.title) == ("buy a tool", base.title)
    redone = history.redo(undone)
    assert (redone.session.parking_lot[0].text, redone.session.title) == ("buy a tool", "Search")


def test_what_could_not_be_undone_is_not_done_again():
    mine = edits.set_field(EMPTY, "title", "Search")
    undone = history.undo(others(recorded(History(EMPTY), mine), edits.set_field(mine, "title", EMPTY.title)))
    assert history.redo(undone).session.title == EMPTY.title


def test_an_item_that_another_one_removed_does_not_come_back():
    base = filed(Parked(id="P", text="rewrite it"))
    mine = edits.change(base, "P", text="rewrite the tool")
    assert history.undo(others(recorded(History(base), mine), EMPTY)).session == EMPTY


def test_a_why_stays_to_which_another_one_gave_an_answer():
    mine = edits.add(EMPTY, Why(id="W", text="full disk"))
    theirs = edits.add(mine, Why(id="V", text="no alert", parent="W"))
    assert history.undo(others(recorded(History(EMPTY), mine), theirs)).session == theirs


def test_an_answer_comes_back_as_an_effect_when_its_why_has_gone():
    base = filed(Why(id="W", text="full disk"), Why(id="V", text="no alert", parent="W"))
    mine = edits.remove(base, "V")
    undone = history.undo(others(recorded(History(base), mine), edits.remove(mine, "W"))).session
    assert [(why.id, why.parent) for why in undone.whys] == [("V", None)]


def test_a_place_is_not_given_back_that_leads_round():
    base = filed(Why(id="W", text="full disk"), Why(id="V", text="no alert", parent="W"), Why(id="X", text="slow"))
    mine = edits.change(base, "V", parent="X")
    theirs = edits.change(mine, "W", parent="V")
    assert history.undo(others(recorded(History(base), mine), theirs)).session == theirs


def test_an_item_comes_back_without_links_to_what_has_gone():
    base = filed(Entry(id="E", at=Moment(NOON), text="alert"), Factor(id="F", text="no test", evidence=("E",)))
    mine = edits.remove(base, "F")
    undone = history.undo(others(recorded(History(base), mine), edits.remove(mine, "E"))).session
    assert [(factor.text, factor.evidence) for factor in undone.factors] == [("no test", ())]


def test_a_milestone_that_went_on_to_another_entry_stays_there():
    at = (Moment(NOON + timedelta(minutes=minute)) for minute in range(3))
    base = filed(*(Entry(id=f"E{number}", at=each, text="alert") for number, each in enumerate(at)))
    base = edits.change(base, "E0", milestones=(Milestone.DETECTED,))
    mine = edits.change(base, "E1", milestones=(Milestone.DETECTED,))
    theirs = edits.change(mine, "E2", milestones=(Milestone.DETECTED,))
    now = recorded(History(base), mine)
    assert [entry.milestones for entry in history.undo(now).session.timeline] == [("detected",), (), ()]
    assert history.undo(others(now, theirs)).session == theirs


def test_an_item_in_dispute_stays():
    mine = edits.add(EMPTY, Parked(id="P", text="rewrite it"))
    theirs = edits.add(mine, Conflict(id="C", about="P", field="text", other="buy one"))
    assert history.undo(others(recorded(History(EMPTY), mine), theirs)).session == theirs


def test_a_settled_conflict_comes_back_with_the_item():
    base = edits.add(filed(Parked(id="P", text="a")), Conflict(id="C", about="P", field="text", other="b"))
    mine = edits.remove(base, "P")
    assert mine.conflicts == ()
    assert history.undo(recorded(History(base), mine)).session == base
    assert history.undo(others(recorded(History(base), mine), edits.set_field(mine, "title", "T"))).session.conflicts


HOSTILE: dict[str, Callable[[], Change]] = {
    "an id of another kind of item": lambda: Change(None, Factor(id="E", text="x")),
    "an answer to nothing": lambda: Change(None, Why(id="V", text="x", parent="nowhere")),
    "an answer to itself": lambda: Change(None, Why(id="V", text="x", parent="V")),
    "a link to nothing": lambda: Change(None, Factor(id="F", text="x", evidence=("nowhere",))),
    "a conflict about nothing": lambda: Change(None, Conflict(id="C", about="nowhere", field="text", other="x")),
    "the session as an item": lambda: Change(None, Entry(id="S", at=Moment(NOON), text="x")),
    "an item that never was": lambda: Change(Parked(id="P", text="x"), Parked(id="P", text="y")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_changes_that_no_edit_made_leave_a_session_that_can_be_stored(name: str):
    session = filed(Entry(id="E", at=Moment(NOON), text="alert"))
    replayed = replay(session, [HOSTILE[name]()])
    assert codec.loads(codec.dumps(replayed)) == replayed
    assert replayed.timeline[0].text in ("alert", "x")
    present = {item.id for item in everything(replayed)}
    assert all(present.issuperset(factor.evidence) for factor in replayed.factors)
    assert all(conflict.about in present for conflict in replayed.conflicts)
