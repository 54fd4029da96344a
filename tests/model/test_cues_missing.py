"""What is missing in a session, and at the marked row of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from facilitator.model.cue_missing import Found, missing, shows_that_it_worked, standing_out
from facilitator.model.cue_values import Missing
from facilitator.model.moments import Moment
from facilitator.model.session import (
    Action,
    ActionStatus,
    Detection,
    DetectionSource,
    Entry,
    Factor,
    Milestone,
    Participant,
    Session,
    Why,
)

BEGAN = datetime(2026, 11, 15, 14, tzinfo=UTC)


def session(**fields: Any) -> Session:
    return Session(id="S1", title="Checkout errors", created=BEGAN, **fields)


def entry(minute: int, *milestones: Milestone, until: int | None = None) -> Entry:
    end = None if until is None else BEGAN + timedelta(minutes=until)
    at = Moment(BEGAN + timedelta(minutes=minute))
    return Entry(id=f"E{minute}", at=at, text="it goes on", milestones=milestones, until=end)


def timeline(*minutes: int) -> Session:
    return session(timeline=tuple(entry(each) for each in minutes))


WITH_GAP = (0, 1, 2, 24, 25, 27, 28)


def test_a_gap_that_stands_out_is_missing_before_and_after_the_entries_beside_it() -> None:
    held = timeline(*WITH_GAP)
    assert missing(held, Missing.BEFORE, "E24") == Found(Missing.BEFORE, "22 min without an entry before this", "E24")
    assert missing(held, Missing.AFTER, "E2") == Found(Missing.AFTER, "22 min without an entry after this", "E2")


@pytest.mark.parametrize("marked", ["E0", "E1", "E25", "E28", "", "nothing"])
def test_no_gap_is_told_elsewhere(marked: str) -> None:
    held = timeline(*WITH_GAP)
    assert missing(held, Missing.BEFORE, marked) is None
    assert missing(held, Missing.AFTER, marked) is None


def test_entries_that_stand_at_one_pace_have_no_gap() -> None:
    held = timeline(0, 20, 40, 60, 80)
    assert all(missing(held, Missing.BEFORE, each.id) is None for each in held.timeline)


def test_the_time_that_an_entry_spans_is_no_gap() -> None:
    entries = tuple(entry(each, until=23 if each == 1 else None) for each in WITH_GAP)
    assert missing(session(timeline=entries), Missing.BEFORE, "E24") is None


def test_a_night_that_the_strip_cuts_out_is_a_gap_too() -> None:
    held = timeline(0, 1, 2, 600, 601, 603)
    assert missing(held, Missing.BEFORE, "E600") is not None


def test_gaps_that_are_known_already_are_not_looked_for() -> None:
    held = timeline(*WITH_GAP)
    assert standing_out(held.timeline) == {timedelta(minutes=22)}
    assert missing(held, Missing.BEFORE, "E24", frozenset()) is None
    assert missing(held, Missing.BEFORE, "E25", {timedelta(minutes=1)}) is not None


def test_milestones_that_are_missing_in_a_row_are_named() -> None:
    held = session(timeline=(entry(0, Milestone.START), entry(5, Milestone.DETECTED), entry(9, Milestone.RESOLVED)))
    found = missing(held, Missing.MILESTONES)
    assert found is not None
    assert found.reason == "nothing is marked acknowledged, declared or mitigated"


def test_a_single_missing_milestone_or_an_empty_timeline_is_not_asked_about() -> None:
    every = tuple(entry(number, each) for number, each in enumerate(Milestone) if each is not Milestone.DECLARED)
    assert missing(session(timeline=every), Missing.MILESTONES) is None
    assert missing(session(), Missing.MILESTONES) is None


TREE = (
    Why(id="W1", text="checkout fails"),
    Why(id="W2", text="the pool was empty", parent="W1"),
    Why(id="W3", text="the engineer forgot the limit", parent="W2"),
    Why(id="W4", text="search fails"),
    Why(id="W5", text="index gone", parent="W4"),
    Why(id="W6", text="disk full", parent="W4"),
)


def test_an_effect_with_one_answer_only_lacks_a_second_one() -> None:
    found = missing(session(whys=TREE), Missing.SECOND_ANSWER, "W4")
    assert found == Found(Missing.SECOND_ANSWER, "one answer only to: checkout fails", "W1")
    assert missing(session(whys=TREE), Missing.SECOND_ANSWER, "W2") == Found(
        Missing.SECOND_ANSWER, "one answer only to: checkout fails", "W2"
    )
    assert missing(session(whys=TREE[3:]), Missing.SECOND_ANSWER) is None


def test_one_answer_is_enough_further_down_and_none_is_asked_for_where_there_is_none() -> None:
    deeper = (*TREE[3:], Why(id="W7", text="no alert", parent="W6"))
    assert missing(session(whys=deeper), Missing.SECOND_ANSWER) is None
    assert missing(session(whys=TREE[:1]), Missing.SECOND_ANSWER) is None


def test_a_branch_that_ends_in_a_person_lacks_what_lies_behind() -> None:
    found = missing(session(whys=TREE), Missing.CONDITION)
    assert found is not None
    assert found.about == "W3"
    asked = (*TREE, Why(id="W7", text="the limit is in no runbook", parent="W3"))
    assert missing(session(whys=asked), Missing.CONDITION) is None


def test_a_participant_is_known_as_a_person() -> None:
    held = session(
        whys=(TREE[0], Why(id="W2", text="Bob", parent="W1")), participants=(Participant(id="P1", text="Bob"),)
    )
    assert missing(held, Missing.CONDITION) == Found(Missing.CONDITION, "a branch ends in a person: Bob", "W2")


FACTORS = (
    Factor(id="F1", text="no load test", evidence=("E0",)),
    Factor(id="F2", text="one connection pool for all"),
    Factor(id="F3", text="traffic was low", mitigator=True, evidence=("E0",)),
)


def test_a_factor_lacks_an_action_or_evidence_the_marked_one_first() -> None:
    held = session(factors=FACTORS, actions=(Action(id="A1", text="test", factors=("F2",)),))
    lacking = missing(held, Missing.ACTION)
    assert lacking == Found(Missing.ACTION, "no action yet for: no load test", "F1")
    assert missing(held, Missing.EVIDENCE, "F1") == Found(
        Missing.EVIDENCE, "no entry shows: one connection pool for all", "F2"
    )
    both = session(factors=FACTORS[:2])
    marked = missing(both, Missing.ACTION, "F2")
    assert marked is not None
    assert marked.about == "F2"


def test_a_mitigator_is_missing_among_factors_only() -> None:
    assert missing(session(factors=FACTORS[:2]), Missing.MITIGATOR) is not None
    assert missing(session(factors=FACTORS), Missing.MITIGATOR) is None
    assert missing(session(), Missing.MITIGATOR) is None


@pytest.mark.parametrize(
    "text",
    [
        "Alert when memory passes 75 %",
        "Drill the failover",
        "Run the restore test each Monday",
        "Cut the deploy time below ten minutes",
        "Report failed backups to the channel",
    ],
)
def test_an_action_with_a_number_a_test_or_a_limit_shows_that_it_worked(text: str) -> None:
    assert shows_that_it_worked(Action(id="A1", text=text))


@pytest.mark.parametrize(
    "text", ["Improve monitoring of the pool", "Write down who owns the queue", "Talk to the vendor"]
)
def test_an_action_without_any_of_these_does_not(text: str) -> None:
    action = Action(id="A1", text=text)
    assert not shows_that_it_worked(action)
    assert missing(session(actions=(action,)), Missing.CHECK) == Found(
        Missing.CHECK, f"nothing to tell that it worked: {text}", "A1"
    )


@pytest.mark.parametrize("status", [ActionStatus.DONE, ActionStatus.WONT_DO])
def test_an_action_that_is_over_lacks_nothing(status: ActionStatus) -> None:
    assert missing(session(actions=(Action(id="A1", text="Talk", status=status),)), Missing.CHECK) is None


def test_participants_and_detection_are_missing_until_they_are_told() -> None:
    assert missing(session(), Missing.PARTICIPANTS) == Found(Missing.PARTICIPANTS, "nobody is noted as here")
    assert missing(session(participants=(Participant(id="P1", text="Bob"),)), Missing.PARTICIPANTS) is None
    assert missing(session(), Missing.DETECTION) is not None
    assert missing(session(detection=Detection(source=DetectionSource.ALERT)), Missing.DETECTION) is None
    assert missing(session(detection=Detection(prose="a customer called")), Missing.DETECTION) is None


def test_a_reason_repeats_no_more_than_a_line_of_an_item() -> None:
    found = missing(session(factors=(Factor(id="F1", text="long words\n" * 50),)), Missing.ACTION)
    assert found is not None
    assert len(found.reason) < 90
    assert "\n" not in found.reason
    assert found.reason.endswith("…")


@pytest.mark.parametrize("kind", Missing)
def test_nothing_is_missing_twice_or_raises_in_an_empty_session(kind: Missing) -> None:
    assert missing(session(), kind, "nothing") in (None, missing(session(), kind))
