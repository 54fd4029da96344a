"""The guide of a write-up: what is missing, one question at a time, from the session alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.model import edits
from facilitator.model.cue_missing import standing_out
from facilitator.model.cue_values import PLACES
from facilitator.model.cues import place_name
from facilitator.model.guide import PARKING, Step, next_step, progress, steps
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.phases import Phase, lacks
from facilitator.model.session import (
    Action,
    ActionStatus,
    BranchEnd,
    Detection,
    DetectionSource,
    Entry,
    Factor,
    Impact,
    Lesson,
    LessonKind,
    Milestone,
    Parked,
    Question,
    ResponseKind,
    ResponseNote,
    Session,
    Severity,
    Status,
    Why,
)
from tests.editing import EDITS, edited

BEGAN = datetime(2026, 11, 15, 14, tzinfo=UTC)
EMPTY = Session(id="S", title="Checkout errors", created=BEGAN)


def session(**fields: Any) -> Session:
    return msgspec.structs.replace(EMPTY, **fields)


def entry(minute: int, *milestones: Milestone, until: int | None = None, **told: Any) -> Entry:
    end = None if until is None else BEGAN + timedelta(minutes=until)
    at = Moment(BEGAN + timedelta(minutes=minute), **told)
    return Entry(id=f"E{minute}", at=at, text="it goes on", milestones=milestones, until=end)


def asked(session: Session, *names: str) -> list[str]:
    """Return the ids of the steps that begin so, in order."""
    return [step.id for step in steps(session) if step.id.startswith(names)]


def step(session: Session, step_id: str) -> Step:
    return next(each for each in steps(session) if each.id == step_id)


WHOLE = session(
    severity=Severity.SEV2,
    services=("checkout",),
    summary="Checkouts failed.",
    impact=Impact(users=12_000),
    facilitator="Carol",
    authors=("Alice",),
    status=Status.IN_REVIEW,
    trigger="the deployment",
    resolution="the rollback",
    detection=Detection(source=DetectionSource.ALERT, faster="an alert on failures"),
    timeline=(
        entry(-5),
        entry(0, Milestone.START),
        entry(5, Milestone.DETECTED, Milestone.ACKNOWLEDGED),
        entry(10, Milestone.DECLARED),
        entry(15, Milestone.RESOLVED),
    ),
    response_notes=tuple(ResponseNote(id=kind, text="x", kind=kind) for kind in ResponseKind),
    whys=(
        Why(id="W", text="Checkouts failed"),
        Why(id="W1", text="the pool was empty", parent="W", end=BranchEnd.ACTIONABLE),
        Why(id="W2", text="nothing alerted", parent="W", end=BranchEnd.UNKNOWN),
    ),
    factors=(
        Factor(id="F1", text="no load test", category="testing", root_cause=True),
        Factor(id="F2", text="low traffic", category="infrastructure", mitigator=True),
    ),
    lessons=tuple(Lesson(id=f"L{kind}", text="x", kind=kind) for kind in LessonKind),
    actions=(Action(id="A1", text="Replay load", owner="alice", due=date(2026, 12, 1), factors=("F1",)),),
)


def test_a_session_with_everything_is_asked_nothing():
    assert steps(WHOLE) == ()
    assert next_step(WHOLE, ()) is None
    done, of = progress(WHOLE)
    assert done == of > 30
    assert [phase for phase in Phase if lacks(WHOLE, phase)] == []


def test_an_empty_session_is_asked_in_the_order_of_an_experienced_writer():
    assert [step.id for step in steps(EMPTY)] == [
        "incident.severity",
        "incident.services",
        "incident.started",
        "incident.summary",
        "incident.impact.prose",
        "timeline.entries",
        "timeline.before",
        "timeline.milestone.start",
        "timeline.milestone.detected",
        "timeline.milestone.acknowledged",
        "timeline.milestone.declared",
        "timeline.milestone.resolved",
        "response.detection.source",
        "response.detection.faster",
        "response.well",
        "response.harder",
        "whys.effect",
        "factors.trigger",
        "factors.resolution",
        "factors.factors",
        "factors.root",
        "factors.mitigator",
        "lessons.well",
        "lessons.wrong",
        "lessons.lucky",
        "actions.actions",
        "incident.authors",
        "incident.facilitator",
        "incident.status",
    ]
    assert progress(EMPTY) == (1, 30)
    assert asked(session(title=" "), "incident.title") == ["incident.title"]


def test_a_field_is_named_by_its_path_and_a_new_item_by_nothing():
    keys = {step.id: step.key for step in steps(EMPTY)}
    for name in ("severity", "impact.prose", "authors", "status"):
        assert keys[f"incident.{name}"] == name
        edits.get_field(EMPTY, name)
    assert keys["response.detection.source"] == "detection.source"
    assert keys["factors.trigger"] == "trigger"
    assert {keys[name] for name in ("timeline.entries", "response.well", "factors.factors", "actions.actions")} == {""}


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.DOCUMENT])
def test_when_the_guide_has_nothing_to_ask_no_phase_lacks_anything(phase: Phase):
    for name in WHOLE.__struct_fields__:
        poorer = msgspec.structs.replace(WHOLE, **{name: getattr(EMPTY, name)}) if name != "title" else WHOLE
        if lacks(poorer, phase):
            assert steps(poorer), name


def test_it_goes_on_where_it_was_left_and_skips_what_was_skipped():
    first = next_step(EMPTY, ())
    assert first is not None
    assert first.id == "incident.severity"
    second = next_step(EMPTY, {first.id})
    assert second is not None
    assert second.id == "incident.services"
    later = next_step(session(severity=Severity.SEV1, services=("x",)), {"incident.started"})
    assert later is not None
    assert later.id == "incident.summary"
    assert next_step(EMPTY, {step.id for step in steps(EMPTY)}) is None


def test_the_start_is_known_from_the_timeline_too():
    assert asked(session(timeline=(entry(0, Milestone.START),)), "incident.started") == []
    assert asked(session(started=Moment(BEGAN)), "incident.started") == []


@pytest.mark.parametrize(
    ("timeline", "missing"),
    [
        ((entry(0, Milestone.START),), True),
        ((entry(-1), entry(0, Milestone.START)), False),
        ((entry(0, Milestone.START), entry(9)), True),
        ((entry(0, approximation=Approximation.BEFORE), entry(1, Milestone.START)), False),
        ((entry(0),), True),
    ],
)
def test_it_asks_for_what_was_before_until_the_timeline_begins_before_the_incident(
    timeline: tuple[Entry, ...], missing: bool
):
    assert bool(asked(session(timeline=timeline), "timeline.before")) is missing


def test_an_entry_that_is_told_as_before_the_start_is_before_it():
    looks_back = session(started=Moment(BEGAN), timeline=(entry(0, approximation=Approximation.BEFORE),))
    assert asked(looks_back, "timeline.before") == []


GAPPED = tuple(entry(minute) for minute in (0, 1, 2, 3, 40, 41, 42))


def test_a_gap_that_stands_out_is_asked_about_between_its_entries():
    found = step(session(timeline=GAPPED), "gap.E3.E40")
    assert (found.place, found.key) == ("Timeline", "E3")
    assert found.question == "What happened between 14:03 and 14:40, 37 min without an entry?"
    assert asked(session(timeline=GAPPED), "gap") == ["gap.E3.E40"]


def test_a_gap_begins_where_the_last_span_ends():
    timeline = (entry(0, until=5), *GAPPED[1:])
    assert step(session(timeline=timeline), "gap.E3.E40").question.startswith(
        "What happened between 14:05 and 14:40, 35"
    )


def test_a_gap_over_a_night_names_the_days():
    timeline = (entry(0), entry(1), entry(2), entry(24 * 60), entry(24 * 60 + 1))
    assert (
        "between Nov 15 14:02 and Nov 16 14:00, 23 h 58 min"
        in step(session(timeline=timeline), "gap.E2.E1440").question
    )
    by_day = (entry(0, precision=Precision.DAY), *(entry(3000 + minute) for minute in range(3)))
    assert "between Nov 15 and Nov 17 16:00" in step(session(timeline=by_day), "gap.E0.E3000").question


def test_what_stands_out_can_be_given_when_it_is_known():
    gapped = session(timeline=GAPPED)
    assert steps(gapped, standing_out(GAPPED)) == steps(gapped)
    assert [each for each in steps(gapped, ()) if each.id.startswith("gap")] == []
    assert progress(gapped, ())[1] == progress(gapped)[1] - 1
    skipped = {each.id for each in steps(gapped, ())}
    found = next_step(gapped, skipped)
    assert found is not None
    assert found.id == "gap.E3.E40"
    assert next_step(gapped, skipped, ()) is None


def test_effects_are_asked_in_their_own_words():
    effects = (Why(id="W", text="The cache was cold"), Why(id="V", text="Pods\n crashed " + "x" * 99))
    found = session(whys=effects)
    assert asked(found, "whys", "answer", "second", "end") == ["answer.W", "answer.V"]
    assert step(found, "answer.W").question == "What made it possible that the cache was cold?"
    assert len(step(found, "answer.V").question) < 110


def test_a_first_level_is_asked_for_a_second_answer_and_nothing_for_a_fifth():
    whys = [Why(id="W", text="checkouts failed"), Why(id="W1", text="the pool was empty", parent="W")]
    found = session(whys=tuple(whys))
    assert asked(found, "answer", "second", "end") == ["second.W", "end.W1"]
    assert step(found, "second.W").question == "What else made it possible that checkouts failed?"
    whys += [Why(id="W2", text="no alert", parent="W", end=BranchEnd.ACTIONABLE)]
    whys += [Why(id="W3", text="it was too small", parent="W1", end=BranchEnd.ACTIONABLE)]
    assert asked(session(whys=tuple(whys)), "answer", "second", "end") == []


@pytest.mark.parametrize("end", [BranchEnd.UNKNOWN, BranchEnd.OUTSIDE])
def test_what_nobody_knows_or_can_change_is_not_asked_again(end: BranchEnd):
    effect = Why(id="W", text="checkouts failed")
    assert asked(session(whys=(msgspec.structs.replace(effect, end=end),)), "answer", "second", "end") == []
    person = Why(id="W1", text="human error", parent="W", end=end)
    assert asked(session(whys=(effect, person)), "answer", "second", "end", "condition") == []


def test_a_branch_that_ends_in_a_person_is_asked_what_the_situation_looked_like():
    found = session(whys=(Why(id="W", text="it failed"), Why(id="W1", text="human error", parent="W")))
    assert asked(found, "end", "condition") == ["condition.W1"]
    assert step(found, "condition.W1").question.startswith("Behind “human error”: what did the situation look like")


def test_an_answer_that_became_a_factor_is_an_end():
    whys = (Why(id="W", text="it failed"), Why(id="W1", text="no load test", parent="W"))
    assert asked(session(whys=whys), "end") == ["end.W1"]
    assert asked(session(whys=whys, factors=(Factor(id="F", text="no load test", whys=("W1",)),)), "end") == []


def test_factors_are_asked_for_categories_and_a_mitigator():
    factors = (Factor(id="F1", text="no load test"), Factor(id="F2", text="no alert", category="monitoring"))
    found = session(factors=factors)
    assert asked(found, "category", "factors.") == [
        "factors.trigger",
        "factors.resolution",
        "category.F1",
        "factors.root",
        "factors.mitigator",
    ]
    assert step(found, "category.F1").key == "F1"
    assert "“no load test”" in step(found, "category.F1").question


def test_factors_without_an_action_come_before_owners_and_dates():
    factors = (Factor(id="F1", text="no load test"), Factor(id="F2", text="no alert", no_action="costs too much"))
    actions = (Action(id="A", text="Alert"), Action(id="B", text="Rewrite", status=ActionStatus.WONT_DO))
    found = session(factors=factors, actions=actions)
    assert asked(found, "action", "owner", "due") == ["action.F1", "owner.A", "due.A"]
    assert (step(found, "action.F1").place, step(found, "action.F1").key) == ("Actions", "F1")
    owned = (msgspec.structs.replace(actions[0], owner="alice", factors=("F1",)), actions[1])
    assert asked(session(factors=factors, actions=owned), "action", "owner", "due") == ["due.A"]


def test_the_parking_lot_is_cleared_before_the_document():
    found = session(
        questions=(
            Question(id="Q1", text="how so"),
            Question(id="Q2", text="x", owner="bo"),
            Question(id="Q3", text="x", answer="y"),
        ),
        parking_lot=(Parked(id="P1", text="rewrite it"), Parked(id="P2", text="x", outcome="too costly")),
    )
    assert asked(found, "question", "parked", "incident.status") == ["question.Q1", "parked.P1", "incident.status"]
    assert step(found, "question.Q1").place == PARKING
    assert asked(session(status=Status.FINAL), "incident.status") == []


HOSTILE = "{0} {} [/b] \x1b]52;c;x\x07 %s “x” " + "y" * 500


def test_words_of_a_session_are_repeated_as_they_are_and_shortly():
    found = session(
        whys=(Why(id="W", text=HOSTILE), Why(id="W1", text=HOSTILE, parent="W")),
        factors=(Factor(id="F", text=HOSTILE),),
        actions=(Action(id="A", text=HOSTILE),),
        questions=(Question(id="Q", text=HOSTILE),),
    )
    own = [each for each in steps(found) if each.key in ("W", "W1", "F", "A", "Q")]
    assert len(own) == 7
    assert all("{0} {} [/b]" in each.question and len(each.question) < 250 for each in own)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(EDITS) - 1), st.integers(0, 30), st.integers(0, 30)), max_size=25))
def test_whatever_a_session_holds_each_step_is_one_question_at_a_place(numbers: list[tuple[int, int, int]]):
    made = edited(EMPTY, numbers)
    found = steps(made)
    ids = [each.id for each in found]
    assert len(set(ids)) == len(ids)
    done, of = progress(made)
    assert of - done == len(found)
    assert next_step(made, ()) == (found[0] if found else None)
    for each in found:
        assert place_name(each.place) in PLACES
        assert each.question.endswith("?")
        assert each.hint
        if each.key and edits.find(made, each.key) is None:
            edits.get_field(made, each.key)


def test_each_question_is_one_neutral_sentence():
    poor = session(
        timeline=GAPPED,
        whys=(
            Why(id="W", text="it failed"),
            Why(id="W1", text="human error", parent="W"),
            Why(id="W2", text="x", parent="W1"),
        ),
        factors=(Factor(id="F", text="no test"),),
        actions=(Action(id="A", text="Test"),),
        questions=(Question(id="Q", text="when"),),
        parking_lot=(Parked(id="P", text="rewrite"),),
    )
    for each in (*steps(poor), *steps(EMPTY)):
        assert ". " not in each.question
        assert each.question.count("?") == 1
        assert each.question.split()[0].lower() not in ("who", "whose", "why")
        assert not {"fault", "blame", "failed", "wrong"} & set(each.question.lower().replace("it failed", "").split())
