"""What is typed behind the particulars of a line that is edited is text; the particulars stay what they are."""

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.capture.context import Context
from facilitator.capture.lines import read, reread, sentence_end, typed
from facilitator.capture.whys import owner_in
from facilitator.model import edits
from facilitator.model.item import Item
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import (
    Action,
    ActionType,
    BranchEnd,
    Confidence,
    Entry,
    Factor,
    Lesson,
    LessonArea,
    Milestone,
    Priority,
    Question,
    Session,
    Why,
)

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
UNKNOWN = Why(id="W1", text="the image was deleted", end=BranchEnd.UNKNOWN)
ASKED = Question(id="Q1", text="What made it possible?", owner="Alice Berg", about="W1")
SESSION = edits.add(edits.add(Session(id="S", title="t", created=NOON), UNKNOWN), ASKED)
CONTEXT = Context(session=SESSION, today=date(2026, 11, 18))

ENTRY = Entry(id="E1", at=Moment(NOON), text="errors rise", links=("https://a.example/1", "https://a.example/2"))
ITEMS: tuple[Item, ...] = (
    ENTRY,
    Entry(id="E2", at=Moment(NOON), text="see https://a.example/1 for more", links=("https://a.example/1",)),
    Entry(id="E3", at=Moment(NOON), text="a", milestones=(Milestone.START,), source="grafana", links=("x y",)),
    UNKNOWN,
    Why(id="W2", text="it was @bob", confidence=Confidence.LIKELY),
    Factor(id="F1", text="no canary", category="testing", root_cause=True),
    Lesson(id="L1", text="fast rollback", area=LessonArea.PROCESS),
    Action(
        id="A1", text="Alert at 75 %", owner="alice", due=date(2026, 11, 27), priority=Priority.P1, ticket="ENG-7",
        type=ActionType.DETECT,
    ),
    Action(id="A2", text="page the team", owner="Alice Berg", ticket="https://a.example/issues/1"),
    Question(id="Q2", text="who owns the runbook", owner="alice"),
)  # fmt: skip

plain_words = st.lists(st.sampled_from(["and", "memory", "checkout", "pods", "slowly"]), min_size=1, max_size=3)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
@settings(max_examples=15, deadline=None)
@given(more=plain_words.map(" ".join), behind=st.booleans())
def test_words_go_to_the_text_wherever_they_are_typed(item: Item, more: str, behind: bool):
    line, end = typed(item, CONTEXT), sentence_end(item, CONTEXT)
    edited = f"{line} {more}" if behind else f"{line[:end]} {more}{line[end:]}"
    wanted = msgspec.structs.replace(item, text=f"{getattr(item, 'text', '')} {more}")
    assert reread(edited, item, CONTEXT).value == wanted, edited


@pytest.mark.parametrize(
    ("more", "field", "value"),
    [
        ("@bob", "owner", "bob"),
        ("P0", "priority", Priority.P0),
        ("ENG-8", "ticket", "ENG-8"),
        ("P1", "priority", Priority.P1),
    ],
)
def test_a_particular_typed_behind_an_action_takes_the_place_of_the_old(more: str, field: str, value: object):
    action = next(each for each in ITEMS if each.id == "A1")
    wanted = msgspec.structs.replace(action, **{field: value})
    assert reread(f"{typed(action, CONTEXT)} {more}", action, CONTEXT).value == wanted


def test_another_owner_typed_behind_a_question_takes_its_place():
    question = ITEMS[-1]
    wanted = msgspec.structs.replace(question, owner="bob")
    assert reread(f"{typed(question, CONTEXT)} @bob", question, CONTEXT).value == wanted


def test_another_link_joins_the_evidence_and_a_deleted_one_goes():
    more = reread(f"{typed(ENTRY, CONTEXT)} https://a.example/3", ENTRY, CONTEXT).value
    assert isinstance(more, Entry)
    assert more.links == (*ENTRY.links, "https://a.example/3")
    less = reread(typed(ENTRY, CONTEXT).replace(" https://a.example/2", ""), ENTRY, CONTEXT).value
    assert isinstance(less, Entry)
    assert less.links == ENTRY.links[:1]


@pytest.mark.parametrize(
    ("line", "text", "owner"),
    [
        ("nobody knows #unknown @bob", "nobody knows", "bob"),
        ('nobody knows @"Alice Berg" #unknown #likely', "nobody knows", "Alice Berg"),
        ("nobody knows #unknown", "nobody knows", ""),
        ("nobody asked @bob", "nobody asked @bob", ""),
        ("nobody asked \\@bob #unknown", "nobody asked @bob", ""),
        ("nobody asked @bob #actionable", "nobody asked @bob", ""),
    ],
)
def test_the_unknown_has_somebody_who_will_find_out(line: str, text: str, owner: str):
    reading = read(line, Phase.WHYS, CONTEXT)
    assert isinstance(reading.value, Why)
    assert (reading.value.text, owner_in(line, CONTEXT)) == (text, owner)
    assert (f"an open question for @{owner}" in reading.understood) == bool(owner)


def test_a_why_that_ends_in_the_unknown_is_written_with_who_will_find_out():
    assert typed(UNKNOWN, CONTEXT) == 'the image was deleted #unknown @"Alice Berg"'
    assert owner_in(typed(UNKNOWN, CONTEXT), CONTEXT, UNKNOWN) == "Alice Berg"
    assert owner_in(f"{typed(UNKNOWN, CONTEXT)} @bob", CONTEXT, UNKNOWN) == "bob"
