"""The examples that the guide of a write-up gives can be typed where it sends the writer, and answer its questions."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from facilitator.capture.context import Context
from facilitator.capture.fields import fields, read_field
from facilitator.capture.lines import read, reread, typed
from facilitator.model import edits
from facilitator.model.guide import Step, steps
from facilitator.model.item import Item
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Action, Entry, Factor, Question, Session, Why

BEGAN = datetime(2026, 11, 15, 14, tzinfo=UTC)
EMPTY = Session(id="S", title="", created=BEGAN)
STARTED = Session(id="S", title="t", created=BEGAN, started=Moment(BEGAN))


def context(session: Session, focus: str | None = None) -> Context:
    return Context(session=session, today=date(2026, 11, 18), focus=focus)


def session(*items: Item) -> Session:
    made = STARTED
    for item in items:
        made = edits.add(made, item)
    return made


def still_asked(session: Session, step: Step) -> bool:
    return any(each.id == step.id for each in steps(session))


@pytest.mark.parametrize("step", [each for each in steps(EMPTY) if each.key], ids=lambda each: each.id)
def test_the_example_for_a_field_is_a_value_of_it(step: Step):
    field = next(each for each in fields(Phase(step.place)) if each.path == step.key)
    reading = read_field(field, step.hint, context(EMPTY))
    assert reading.question == ""
    assert not still_asked(edits.set_field(EMPTY, step.key, reading.value), step)


@pytest.mark.parametrize("step", [each for each in steps(STARTED) if not each.key], ids=lambda each: each.id)
def test_the_example_for_something_new_is_a_line_of_its_phase(step: Step):
    reading = read(step.hint, Phase(step.place), context(STARTED))
    assert reading.value is not None, reading
    assert not still_asked(edits.add(STARTED, _with_id(reading.value)), step)


ITEMS = {
    "answer.W": session(Why(id="W", text="it failed")),
    "second.W": session(Why(id="W", text="it failed"), Why(id="V", text="it was full", parent="W")),
    "end.V": session(Why(id="W", text="it failed"), Why(id="V", text="it was full", parent="W")),
    "condition.V": session(Why(id="W", text="it failed"), Why(id="V", text="human error", parent="W")),
    "category.F": session(Factor(id="F", text="no load test")),
    "action.F": session(Factor(id="F", text="no load test")),
    "owner.A": session(Action(id="A", text="Test it")),
    "due.A": session(Action(id="A", text="Test it")),
    "question.Q": session(Question(id="Q", text="when was that")),
}


@pytest.mark.parametrize("step_id", ["end.V", "category.F", "owner.A", "due.A", "question.Q"])
def test_the_example_for_an_item_is_added_to_its_line(step_id: str):
    made = ITEMS[step_id]
    step = next(each for each in steps(made) if each.id == step_id)
    item = edits.find(made, step.key)
    assert item is not None
    reading = reread(f"{typed(item, context(made))} {step.hint}", item, context(made))
    assert reading.value is not None, reading
    assert not still_asked(edits.put(made, reading.value), step)


@pytest.mark.parametrize("step_id", ["answer.W", "second.W", "condition.V"])
def test_the_example_for_a_why_is_an_answer_to_it(step_id: str):
    made = ITEMS[step_id]
    step = next(each for each in steps(made) if each.id == step_id)
    reading = read(step.hint, Phase(step.place), context(made, focus=step.key))
    assert reading.value is not None
    assert not still_asked(edits.add(made, _with_id(reading.value)), step)


def test_the_example_for_a_factor_without_an_action_is_an_action_for_it():
    made = ITEMS["action.F"]
    step = next(each for each in steps(made) if each.id == "action.F")
    value = read(step.hint, Phase(step.place), context(made)).value
    assert isinstance(value, Action)
    linked = edits.toggle_link(edits.add(made, _with_id(value)), "N", "factors", step.key)
    assert not still_asked(linked, step)
    assert not any(each.id in ("owner.N", "due.N") for each in steps(linked))


def test_the_example_for_a_gap_stands_in_it():
    entries = [
        Entry(id=f"E{minute}", at=Moment(BEGAN + timedelta(minutes=minute)), text="x") for minute in (0, 1, 2, 40, 41)
    ]
    made = session(*entries)
    step = next(each for each in steps(made) if each.id == "gap.E2.E40")
    above = edits.get(made, Entry, step.key)
    where = Context(session=made, today=date(2026, 11, 18), above=above)
    value = read(step.hint, Phase(step.place), where).value
    assert isinstance(value, Entry)
    assert above.at.at < value.at.at < entries[3].at.at
    assert not still_asked(edits.add(made, _with_id(value)), step)


def _with_id(item: Item) -> Item:
    return msgspec.structs.replace(item, id="N")
