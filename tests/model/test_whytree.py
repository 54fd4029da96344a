"""Edits of the why tree keep it a forest, and lose no words, no answers, no evidence and no links."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.model import whytree
from facilitator.model.edits import EditError, children, descendants
from facilitator.model.session import Session, Why
from tests.strategies import sessions

Edit = Callable[[Session, str], Session]
EDITS: tuple[Edit, ...] = (whytree.promote, whytree.demote, whytree.joined)


def tree(*nodes: tuple[str, str | None]) -> Session:
    whys = tuple(Why(id=key, text=key, parent=parent, rank=float(rank)) for rank, (key, parent) in enumerate(nodes))
    return Session(id="S", title="t", created=datetime(2026, 1, 1, tzinfo=UTC), whys=whys)


def shape(session: Session, parent: str | None = None) -> list[object]:
    """Return the tree as nested lists of texts."""
    found: list[object] = []
    for why in children(session, parent):
        found.append(why.text)
        below = shape(session, why.id)
        if below:
            found.append(below)
    return found


NESTED = tree(("e", None), ("a", "e"), ("a1", "a"), ("a2", "a"), ("b", "e"), ("f", None))


def test_a_node_goes_up_a_level_with_what_is_below_it():
    assert shape(whytree.promote(NESTED, "a")) == ["e", ["b"], "a", ["a1", "a2"], "f"]
    assert shape(whytree.promote(NESTED, "a1")) == ["e", ["a", ["a2"], "a1", "b"], "f"]
    with pytest.raises(EditError, match="effect already"):
        whytree.promote(NESTED, "f")


def test_a_node_goes_down_a_level_below_the_one_above_it():
    assert shape(whytree.demote(NESTED, "b")) == ["e", ["a", ["a1", "a2", "b"]], "f"]
    assert shape(whytree.demote(NESTED, "f")) == ["e", ["a", ["a1", "a2"], "b", "f"]]
    with pytest.raises(EditError, match="nothing above"):
        whytree.demote(NESTED, "a")


def test_a_node_is_joined_with_the_one_above_it():
    assert shape(whytree.joined(NESTED, "a2")) == ["e", ["a", ["a1; a2"], "b"], "f"]
    assert shape(whytree.joined(NESTED, "f")) == ["e; f", ["a", ["a1", "a2"], "b"]]
    with pytest.raises(EditError, match="nothing above"):
        whytree.joined(NESTED, "e")


def test_a_node_is_split_into_several():
    numbers = count()
    split = whytree.split(NESTED, "a", ["first", "second", "third"], lambda: f"N{next(numbers)}")
    assert shape(split) == ["e", ["first", ["a1", "a2"], "second", "third", "b"], "f"]


@given(sessions(max_items=1, most_whys=6), st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 20)), max_size=8))
def test_any_edits_keep_a_forest_and_lose_nothing(session: Session, made: list[tuple[Edit, int]]):
    words = {why.text for why in session.whys}
    evidence = {each for why in session.whys for each in why.evidence}
    linked = {factor.id for factor in session.factors if factor.whys}
    for edit, number in made:
        if session.whys:
            try:
                session = edit(session, session.whys[number % len(session.whys)].id)
            except EditError:
                continue
        reached = [why for effect in children(session, None) for why in (effect, *descendants(session, effect.id))]
        assert {why.id for why in reached} == {why.id for why in session.whys}
    every = " ".join(why.text for why in session.whys)
    assert all(text in every for text in words)
    assert evidence == {each for why in session.whys for each in why.evidence}
    assert linked == {factor.id for factor in session.factors if factor.whys}


@given(sessions(max_items=1, most_whys=6), st.integers(0, 20))
def test_going_down_and_up_again_keeps_every_other_place(session: Session, number: int):
    if not session.whys:
        return
    why = session.whys[number % len(session.whys)]
    try:
        down = whytree.demote(session, why.id)
    except EditError:
        return
    assert shape(whytree.promote(down, why.id)) == shape(session)
