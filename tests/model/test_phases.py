"""What each phase still lacks, and what is linked to what."""

from datetime import UTC, datetime

import pytest

from facilitator.model import edits
from facilitator.model.links import factors_without_action, link_field, linked
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase, count, lacks
from facilitator.model.session import (
    Action,
    ActionStatus,
    Entry,
    Factor,
    Lesson,
    LessonKind,
    Milestone,
    Session,
    Why,
)
from facilitator.model.whys import question

NOW = datetime(2026, 11, 15, 14, 0, tzinfo=UTC)
EMPTY = Session(id="s", title="t", created=NOW)


def test_an_empty_session_lacks_something_in_every_phase():
    assert all(lacks(EMPTY, phase) for phase in Phase)
    assert lacks(EMPTY, Phase.DOCUMENT) == tuple(phase for phase in Phase if phase is not Phase.DOCUMENT)


def test_a_timeline_lacks_the_milestones_that_no_entry_marks():
    entry = Entry(id="e", at=Moment(NOW), text="x", milestones=(Milestone.START, Milestone.DETECTED))
    session = edits.add(EMPTY, entry)
    assert lacks(session, Phase.TIMELINE) == (
        "the milestone acknowledged",
        "the milestone declared",
        "the milestone resolved",
    )
    assert count(session, Phase.TIMELINE) == 1
    assert count(session, Phase.INCIDENT) is None


def test_lessons_lack_a_list_until_each_has_one():
    session = EMPTY
    for kind in LessonKind:
        assert lacks(session, Phase.LESSONS)
        session = edits.add(session, Lesson(id=kind, text="x", kind=kind))
    assert lacks(session, Phase.LESSONS) == ()


def test_actions_lack_owners_dates_and_factors_unless_they_will_not_be_done():
    session = edits.add(edits.add(EMPTY, Factor(id="f", text="x")), Action(id="a", text="y"))
    assert lacks(session, Phase.ACTIONS) == (
        "an owner for 1 action",
        "a due date for 1 action",
        "an action for 1 factor",
    )
    session = edits.change(session, "a", status=ActionStatus.WONT_DO, note="costs more than it saves", factors=("f",))
    assert lacks(session, Phase.ACTIONS) == ()


def test_a_factor_is_covered_by_an_action_or_by_a_decision_with_a_reason():
    session = edits.add(EMPTY, Factor(id="f", text="x"))
    session = edits.add(session, Factor(id="m", text="kept it small", mitigator=True))
    assert [factor.id for factor in factors_without_action(session)] == ["f"]
    session = edits.add(session, Action(id="a", text="y", factors=("f",), status=ActionStatus.WONT_DO))
    assert [factor.id for factor in factors_without_action(session)] == ["f"]
    assert factors_without_action(edits.change(session, "a", note="too costly")) == ()


def test_links_are_read_from_both_ends():
    entry = Entry(id="e", at=Moment(NOW), text="x")
    why, factor = Why(id="w", text="y", evidence=("e",)), Factor(id="f", text="z", whys=("w",))
    session = edits.add(edits.add(edits.add(EMPTY, entry), why), factor)
    assert [item.id for item in linked(session, entry)] == ["w"]
    assert {item.id for item in linked(session, why)} == {"e", "f"}
    assert [item.id for item in linked(session, factor)] == ["w"]
    assert link_field(factor, entry) == "evidence"
    assert link_field(entry, factor) is None


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        ("The contract was never documented.", "What made it possible that the contract was never documented?"),
        ("v3.2 had a NullPointerException", "What made it possible that v3.2 had a NullPointerException?"),
        ("Azure snapshots were off", "What made it possible that “Azure snapshots were off”?"),
        ("PostgreSQL ran out of memory", "What made it possible that PostgreSQL ran out of memory?"),
    ],
)
def test_the_next_why_asks_itself_about_what_made_it_possible(answer: str, asked: str):
    assert question(Why(id="w", text=answer)) == asked
