"""Edits are functions from a session to a session: order, links and milestones hold after each of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.model import edits
from facilitator.model.item import Item
from facilitator.model.moments import Moment
from facilitator.model.session import Action, Entry, Factor, Milestone, Parked, Session, Why

START = datetime(2026, 11, 15, 14, 0, tzinfo=UTC)
EMPTY = Session(id="s", title="Checkout errors", created=START)


def entry(name: str, minutes: int, *milestones: Milestone) -> Entry:
    at = Moment(START + timedelta(minutes=minutes))
    return Entry(id=name, at=at, text=f"what happened at {minutes}", milestones=milestones)


def with_items(*items: Item) -> Session:
    session = EMPTY
    for item in items:
        session = edits.add(session, item)
    return session


def ids(items: tuple[Item, ...]) -> list[str]:
    return [item.id for item in items]


def test_an_entry_stands_where_its_time_puts_it_and_at_the_same_time_after_those_that_were_there():
    session = with_items(entry("late", 30), entry("early", 5), entry("again", 30), entry("middle", 10))
    assert ids(session.timeline) == ["early", "middle", "late", "again"]


def test_changing_the_time_of_an_entry_moves_it():
    session = edits.change(with_items(entry("a", 1), entry("b", 2)), "a", at=Moment(START + timedelta(minutes=9)))
    assert ids(session.timeline) == ["b", "a"]


def test_a_milestone_belongs_to_the_entry_that_claimed_it_last():
    first, second = entry("a", 1, Milestone.DETECTED, Milestone.START), entry("b", 2, Milestone.DETECTED)
    session = with_items(first, second)
    assert [each.milestones for each in session.timeline] == [(Milestone.START,), (Milestone.DETECTED,)]


@pytest.mark.parametrize("taken", ["", "f1"])
def test_an_item_needs_an_id_of_its_own(taken: str):
    session = with_items(Factor(id="f1", text="staging is small"))
    with pytest.raises(edits.EditError, match="id of its own"):
        edits.add(session, Factor(id=taken, text="no load test"))


def test_an_answer_needs_the_why_that_it_answers():
    with pytest.raises(edits.EditError, match="no why 'nowhere'"):
        edits.add(EMPTY, Why(id="w", text="because", parent="nowhere"))


def test_removing_a_why_takes_what_is_below_it_and_every_link_to_these():
    session = with_items(
        Why(id="effect", text="errors"),
        Why(id="one", text="null", parent="effect"),
        Why(id="two", text="no contract", parent="one"),
        Why(id="other", text="no alert", parent="effect"),
        Factor(id="f", text="no contract", whys=("two", "other")),
    )
    session = edits.remove(session, "one")
    assert ids(session.whys) == ["effect", "other"]
    assert session.factors[0].whys == ("other",)


def test_removing_a_factor_frees_the_action_that_addressed_it():
    session = with_items(Factor(id="f", text="x"), Action(id="a", text="y", factors=("f",)))
    assert edits.remove(session, "f").actions[0].factors == ()


@pytest.mark.parametrize(
    ("moved", "places", "order"),
    [("b", -1, "bacd"), ("b", 1, "acbd"), ("a", 9, "bcda"), ("d", -9, "dabc"), ("a", -1, "abcd"), ("c", 0, "abcd")],
)
def test_items_move_as_far_as_their_list_goes(moved: str, places: int, order: str):
    session = with_items(*(Parked(id=name, text=name) for name in "abcd"))
    assert "".join(ids(edits.move(session, moved, places).parking_lot)) == order


def test_answers_move_only_among_answers_to_the_same_why():
    session = with_items(
        Why(id="e", text="e"), Why(id="a", text="a", parent="e"), Why(id="b", text="b", parent="a"),
        Why(id="c", text="c", parent="e"),
    )  # fmt: skip
    session = edits.move(session, "c", -5)
    assert ids(edits.children(session, "e")) == ["c", "a"]
    assert ids(edits.descendants(session, "e")) == ["c", "a", "b"]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-6, 6)), max_size=150))
def test_moving_for_ever_never_runs_out_of_room_between_two_ranks(moves: list[tuple[int, int]]):
    session = with_items(*(Parked(id=name, text=name) for name in "abcdef"))
    expected = list("abcdef")
    for which, places in moves:
        name = "abcdef"[which]
        session = edits.move(session, name, places)
        place = expected.index(name)
        expected.insert(max(0, min(5, place + places)), expected.pop(place))
        assert ids(session.parking_lot) == expected


def test_inserting_at_one_place_for_ever_keeps_the_order():
    session = with_items(Parked(id="first", text="x"), Parked(id="last", text="x"))
    for number in range(200):
        session = edits.add(session, Parked(id=f"n{number}", text="x"), after="first")
    assert ids(session.parking_lot) == ["first", *(f"n{number}" for number in reversed(range(200))), "last"]


def test_a_link_is_made_and_removed_by_the_same_edit():
    session = with_items(entry("e", 1), Factor(id="f", text="x"))
    linked = edits.toggle_link(session, "f", "evidence", "e")
    assert linked.factors[0].evidence == ("e",)
    assert edits.toggle_link(linked, "f", "evidence", "e") == session


@pytest.mark.parametrize(
    ("source", "field", "target"), [("f", "factors", "e"), ("f", "evidence", "no"), ("no", "evidence", "e")]
)
def test_a_link_that_makes_no_sense_is_refused(source: str, field: str, target: str):
    session = with_items(entry("e", 1), Factor(id="f", text="x"))
    with pytest.raises(edits.EditError, match="cannot link"):
        edits.toggle_link(session, source, field, target)


def test_a_field_of_a_part_is_set_by_its_path():
    session = edits.set_field(EMPTY, "impact.users", 12_000)
    assert edits.get_field(session, "impact.users") == 12_000
    assert edits.get_field(EMPTY, "impact.users") is None


@pytest.mark.parametrize("edit", [lambda s: edits.remove(s, "no"), lambda s: edits.change(s, "no", text="x"),
                                  lambda s: edits.move(s, "no", 1)])  # fmt: skip
def test_an_edit_to_what_is_not_there_is_an_error(edit: Callable[[Session], Session]):
    with pytest.raises(edits.EditError, match="no item 'no'"):
        edit(EMPTY)
