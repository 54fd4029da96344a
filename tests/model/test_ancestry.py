"""What a copy of a session was made from, and what merging the two loses: nothing that is not in the past."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

import msgspec
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from facilitator.model import edits
from facilitator.model.ancestry import ancestor
from facilitator.model.changes import PATHS, header
from facilitator.model.item import Item
from facilitator.model.merge import merge
from facilitator.model.session import Conflict, Factor, Lesson, Parked, Session
from facilitator.store import codec
from tests.editing import EMPTY, edited, everything
from tests.strategies import numbers

quick = settings(
    max_examples=120,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)

Past = dict[str, list[Item]]


def past_of(states: Sequence[Session]) -> Past:
    past: Past = {}
    for state in states:
        for item in everything(state):
            values = past.setdefault(item.id, [])
            if not values or values[-1] != item:
                values.append(item)
    return past


@st.composite
def pasts(draw: st.DrawFn) -> tuple[Session, ...]:
    """The states of a session, oldest first."""
    states = [edited(EMPTY, draw(numbers(12)))]
    for step in draw(st.lists(numbers(2), max_size=5)):
        states.append(edited(states[-1], step))
    return tuple(states)


def texts(session: Session) -> Iterator[tuple[str, str, str]]:
    for item in everything(session):
        if isinstance(item, Conflict):
            yield item.about, item.field, str(item.other)
            continue
        for name in item.__struct_fields__:
            if type(getattr(item, name)) is str and name not in ("id", "parent"):
                yield item.id, name, getattr(item, name)
    for path in PATHS:
        if type(value := attrgetter(path)(session)) is str:
            yield "", path, value


def lost(merged: Session, *sides: Session, known: Sequence[Session]) -> list[tuple[str, str, str]]:
    kept: dict[tuple[str, str], list[str]] = {}
    for about, field, text in texts(merged):
        kept.setdefault((about, field), []).append(text)
    written = {each for side in sides for each in texts(side)} - {each for state in known for each in texts(state)}
    unsaid = ("", "zone", "UTC")
    return [each for each in written - {unsaid} if not any(each[2] in text for text in kept.get(each[:2], [""]))]


@quick
@given(pasts(), st.integers(0, 5), numbers())
def test_no_text_is_lost_that_is_not_in_the_past(states: tuple[Session, ...], origin: int, made: Any):
    now, copy = states[-1], edited(states[origin % len(states)], made)
    merged = merge(ancestor(copy, now, past_of(states), [header(state) for state in states]), now, copy)
    assert codec.loads(codec.dumps(merged)) == merged
    assert lost(merged, now, copy, known=states) == []


@quick
@given(pasts(), st.integers(0, 5), numbers())
def test_without_a_past_no_text_is_lost_at_all(states: tuple[Session, ...], origin: int, made: Any):
    now, copy = states[-1], edited(states[origin % len(states)], made)
    merged = merge(ancestor(copy, now, {}, ()), now, copy)
    assert codec.loads(codec.dumps(merged)) == merged
    assert lost(merged, now, copy, known=()) == []
    ids = {item.id for item in (*everything(now), *everything(copy)) if not isinstance(item, Conflict)}
    assert ids <= {item.id for item in everything(merged)}


@quick
@given(pasts(), st.integers(0, 5))
def test_a_copy_of_an_earlier_state_brings_nothing_new(states: tuple[Session, ...], origin: int):
    now, copy = states[-1], states[origin % len(states)]
    assert merge(ancestor(copy, now, past_of(states), [header(state) for state in states]), now, copy) == now


@quick
@given(pasts(), st.integers(0, 5), st.lists(st.integers(0, 99), max_size=5))
def test_what_is_new_in_a_copy_is_merged_as_from_its_true_base(
    states: tuple[Session, ...], origin: int, made: list[int]
):
    now, base = states[-1], states[origin % len(states)]
    past = past_of(states)
    settled = {key for key, values in past.items() if len(values) == 1} & {item.id for item in everything(now)}
    copy = base
    for number in made:
        items = [item for item in everything(copy) if item.id in settled and "text" in item.__struct_fields__]
        if items and number % 2:
            copy = edits.change(copy, items[number % len(items)].id, text=f"new {number}")
        elif edits.find(copy, f"N{number}") is None:
            copy = edits.add(copy, Factor(id=f"N{number}", text=f"new {number}"))
    merged = merge(ancestor(copy, now, past, [header(state) for state in states]), now, copy)
    assert merged == merge(base, now, copy)


def filed(*items: Item) -> Session:
    session = EMPTY
    for item in items:
        session = edits.add(session, item)
    return session


def test_an_item_that_was_removed_here_and_left_alone_in_the_copy_stays_removed():
    copy = filed(Lesson(id="L", text="alerts were quick"))
    assert merge(ancestor(copy, EMPTY, {"L": copy.lessons}), EMPTY, copy) == EMPTY
    assert merge(ancestor(copy, EMPTY, {}), EMPTY, copy) == copy


def test_an_item_that_was_removed_here_and_written_in_the_copy_comes_back():
    old = filed(Lesson(id="L", text="alerts were quick"))
    copy = edits.change(old, "L", text="alerts were quick, and clear")
    assert merge(ancestor(copy, EMPTY, {"L": old.lessons}), EMPTY, copy) == copy


def test_an_item_that_the_copy_has_not_is_kept():
    now = filed(Lesson(id="L", text="alerts were quick"))
    assert merge(ancestor(EMPTY, now, {"L": now.lessons}), now, EMPTY) == now


def test_a_copy_is_made_from_the_past_value_most_like_it():
    old = Parked(id="P", rank=1.0, text="rewrite it")
    now = filed(Parked(id="P", text="rewrite the deploy tool"))
    copy = msgspec.structs.replace(now, parking_lot=(msgspec.structs.replace(old, rank=5.0),))
    base = ancestor(copy, now, {"P": [old, *now.parking_lot]})
    assert base.parking_lot == (old,)
    merged = merge(base, now, copy)
    assert [(item.rank, item.text) for item in merged.parking_lot] == [(5.0, "rewrite the deploy tool")]
    assert merged.conflicts == ()


def test_of_two_past_values_equally_like_it_the_older_one_is_taken_so_that_both_texts_are_kept():
    old, now = filed(Parked(id="P", text="rewrite it")), filed(Parked(id="P", text="rewrite the tool"))
    copy = filed(Parked(id="P", text="buy one"))
    merged = merge(ancestor(copy, now, {"P": [*old.parking_lot, *now.parking_lot]}), now, copy)
    assert (merged.parking_lot[0].text, merged.conflicts[0].other) == ("rewrite the tool", "buy one")


def test_fields_of_the_session_are_looked_for_in_its_past():
    old = edits.set_field(EMPTY, "summary", "errors")
    now = edits.set_field(edits.set_field(old, "summary", "errors in checkout"), "cause", "code")
    copy = edits.set_field(old, "trigger", "a deploy")
    merged = merge(ancestor(copy, now, {}, [header(EMPTY), header(old), header(now)]), now, copy)
    assert merged == edits.set_field(now, "trigger", "a deploy")
    unknown = merge(ancestor(copy, now, {}, ()), now, copy)
    assert (unknown.summary, unknown.trigger, unknown.cause) == ("errors in checkout", "a deploy", "code")


def test_a_field_of_the_session_that_is_as_it_once_was_is_not_new():
    old = edits.set_field(EMPTY, "summary", "errors")
    later = edits.set_field(edits.set_field(old, "summary", "slow answers"), "cause", "code")
    later = edits.set_field(later, "services", ("checkout",))
    copy = edits.set_field(edits.set_field(later, "summary", "errors"), "trigger", "a deploy")
    now = edits.set_field(later, "summary", "timeouts")
    merged = merge(ancestor(copy, now, {}, [header(old), header(later)]), now, copy)
    assert merged == edits.set_field(now, "trigger", "a deploy")
