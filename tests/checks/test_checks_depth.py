"""How deep a postmortem goes: the anti-patterns, and the checklist."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from facilitator.checks.catalogue import RULES
from facilitator.checks.checklist import State, checklist
from facilitator.checks.depth import depth_findings
from facilitator.model.meeting_items import Meeting
from facilitator.model.review_items import Approval, ApprovedPart, ReviewRequest
from facilitator.model.session import (
    Action,
    ActionStatus,
    ActionType,
    Detection,
    DetectionSource,
    Factor,
    Impact,
    Lesson,
    LessonKind,
    Mute,
    Participant,
    Priority,
    Session,
    Severity,
    Status,
    Why,
)
from tests.checks.scenes import CHECKOUT, NOW, entry, session, told

FACTORS = (
    Factor(id="f1", text="No process asks for a written contract", root_cause=True),
    Factor(id="f2", text="All pods change at once"),
    Factor(id="f3", text="The old image was still cached", mitigator=True),
)


def action(number: int, **fields: Any) -> Action:
    """An action in which nothing is missing, but for what is given."""
    given: dict[str, Any] = {
        "id": f"a{number}",
        "owner": "alice",
        "due": date(2026, 11, 29),
        "ticket": f"ENG-{number}",
        "priority": tuple(Priority)[number % 2 + 1],
        "type": (ActionType.PREVENT, ActionType.DETECT)[number % 2],
        "factors": (f"f{number}",),
    }
    return Action(text="Add contract tests to both pipelines", **(given | fields))


WHOLE = session(
    *CHECKOUT,
    severity=Severity.SEV2,
    status=Status.FINAL,
    summary="Checkout answered 8 % of requests with errors for 40 minutes.",
    impact=Impact(prose="1,240 customers could not pay.", users=1240),
    detection=Detection(source=DetectionSource.ALERT),
    resolved=CHECKOUT[-1].at,
    held=date(2026, 11, 17),
    facilitator="Frida",
    authors=("Alice",),
    reviewers=("Grace",),
    participants=(
        Participant(id="p1", text="Frida", role="facilitator, search team"),
        Participant(id="p2", text="Bob", role="checkout engineer, on call"),
    ),
    whys=(Why(id="w1", text="checkout failed"), Why(id="w2", parent="w1", text="the contract was not written down")),
    factors=FACTORS,
    lessons=tuple(Lesson(id=f"l{kind}", text="one", kind=kind) for kind in LessonKind),
    actions=(action(1), action(2)),
)
"""A session in which nothing is missing."""


def found(now: datetime = NOW, **fields: Any) -> list[tuple[str, str]]:
    """What is found in the whole session when some of its fields are others."""
    return told(depth_findings(msgspec.structs.replace(WHOLE, **fields), now))


def test_nothing_is_said_of_a_whole_one_or_of_one_that_has_only_begun():
    assert found() == []
    assert depth_findings(session(title="New"), NOW) == ()
    begun = session(*CHECKOUT[:2], summary="It failed.", factors=FACTORS[:1])
    assert depth_findings(begun, NOW) == ()


@pytest.mark.parametrize(
    ("owner", "rule"),
    [
        ("", "no-owner"), ("TBD", "no-owner"), ("?", "no-owner"), ("checkout team", "owner-team"),
        ("SRE", "owner-team"), ("@platform-team", "owner-team"), ("on-call", "owner-team"), ("everyone", "owner-team"),
        ("checkout", "owner-team"), ("alice, bob", "owners"), ("alice and bob", "owners"), ("Bob", None),
        ("alice", None), ("@alice.berg", None), ("Alice Berg", None),
    ],
)  # fmt: skip
def test_owners_are_persons(owner: str, rule: str | None):
    expected = [(f"depth.{rule}", "a1")] if rule else []
    assert found(services=("checkout",), actions=(action(1, owner=owner), action(2))) == expected


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"due": None}, "no-due"),
        ({"ticket": ""}, "untracked"),
        ({"factors": ()}, "scope"),
        ({"due": date(2026, 11, 16)}, "overdue"),
        ({"due": date(2027, 3, 1), "priority": Priority.P1}, "deferred"),
        ({"status": ActionStatus.WONT_DO}, "dropped"),
    ],
)
def test_actions_fit_a_plan(fields: dict[str, Any], rule: str):
    rules = [each for each in found(actions=(action(1, **fields), action(2))) if each[1] == "a1"]
    assert rules == [(f"depth.{rule}", "a1")]


def test_an_action_that_is_done_misses_nothing():
    done = action(1, owner="", due=None, ticket="", status=ActionStatus.DONE)
    assert found(actions=(done, action(2))) == []
    wont = action(1, status=ActionStatus.WONT_DO, note="superseded")
    assert found(actions=(wont, action(2))) == []


def test_all_of_one_type_or_priority():
    kind = {"type": ActionType.PREVENT, "factors": ("f1", "f2")}
    same = tuple(action(number, **kind) for number in (1, 2, 3))
    assert found(actions=same[:2]) == []
    assert found(actions=same) == [("depth.one-type", "")]
    process = tuple(action(number, type=ActionType.PROCESS) for number in (1, 2))
    assert found(actions=process) == [("depth.one-type", "")]
    first = tuple(action(number, priority=Priority.P1, factors=("f1",)) for number in (1, 2, 3, 4))
    assert ("depth.one-priority", "") in found(actions=first)


@pytest.mark.parametrize(
    ("text", "rule", "about"),
    [
        ("Human error", "depth.human-error", "Human error"),
        ("it was down to operator error", "depth.human-error", "operator error"),
        ("Bob ran the wrong command", "depth.person-as-cause", "f1"),
        ("the engineer forgot the flag", "depth.person-as-cause", "f1"),
    ],
)
def test_a_root_cause_is_no_person(text: str, rule: str, about: str):
    factors = (msgspec.structs.replace(FACTORS[0], text=text), *FACTORS[1:])
    assert found(factors=factors) == [(rule, about)]


def test_a_branch_that_ends_at_a_person_and_one_that_goes_on():
    ends = (*WHOLE.whys, Why(id="w3", parent="w2", text="Bob ran the wrong command"))
    assert found(whys=ends) == [("depth.person-as-cause", "w3")]
    assert found(whys=(*ends, Why(id="w4", parent="w3", text="both prompts look the same"))) == []


def test_one_factor_alone_and_factors_about_persons_only():
    alone = (FACTORS[1], FACTORS[2])
    assert found(factors=alone, actions=(action(2), action(2, id="a3"))) == [("depth.single-cause", "f2")]
    persons = (Factor(id="f1", text="Bob ran it"), Factor(id="f2", text="human error"))
    assert ("depth.no-systemic-factor", "") in found(factors=persons)


def test_causes_without_actions():
    assert found(actions=(action(2), action(2, id="a3"))) == [("depth.cause-without-action", "f1")]
    assert found(actions=(action(1), action(1, id="a3"))) == [("depth.factors-without-action", "f2")]
    decided = (FACTORS[0], msgspec.structs.replace(FACTORS[1], no_action="planned for spring"), FACTORS[2])
    assert found(factors=decided, actions=(action(1), action(1, id="a3"))) == []


def test_a_summary_is_not_a_postmortem():
    thin = session(
        summary="The service was down because of a bug.",
        status=Status.FINAL,
        reviewers=("Grace",),
        lessons=WHOLE.lessons,
        detection=WHOLE.detection,
    )
    (finding,) = depth_findings(thin, NOW)
    assert finding.rule == "depth.summary-only"
    assert "no timeline, contributing factors or actions" in finding.why
    draft = msgspec.structs.replace(thin, status=Status.DRAFT)
    assert depth_findings(draft, NOW) == ()
    assert [each.rule for each in depth_findings(draft, NOW + timedelta(days=2))] == ["depth.summary-only"]


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        ("Some users saw errors.", "Some users"),
        ("It failed for a while.", "for a while"),
        ("8 % of users saw errors.", None),
    ],
)
def test_an_impact_is_told_in_numbers(summary: str, words: str | None):
    said = found(summary=summary, impact=Impact(prose="see above"))
    assert said == ([("depth.vague-impact", words)] if words else [])


def test_who_was_in_the_response_does_not_facilitate():
    assert found(facilitator="Bob") == [("depth.facilitator", "")]
    acts = entry(9, "14:30", "Frida reads the logs")
    assert found(timeline=(*CHECKOUT[:6], acts, *CHECKOUT[6:])) == [("depth.facilitator", "e9")]
    meeting = Meeting(id="m", facilitator="p2", held=NOW)
    assert found(meetings=(meeting,)) == [("depth.facilitator", "")]


@pytest.mark.parametrize(
    ("held", "status", "now", "rules"),
    [
        (date(2026, 11, 18), Status.FINAL, NOW + timedelta(days=3), []),
        (date(2026, 11, 25), Status.FINAL, NOW + timedelta(days=9), ["depth.late"]),
        (date(2026, 11, 14), Status.FINAL, NOW, ["depth.held-before-end"]),
        (None, Status.IN_REVIEW, NOW, []),
        (None, Status.IN_REVIEW, NOW + timedelta(days=3), ["depth.not-held"]),
    ],
)
def test_it_is_held_within_72_hours(held: date | None, status: Status, now: datetime, rules: list[str]):
    assert [rule for rule, _ in found(now, held=held, status=status)] == rules


def test_a_small_incident_needs_no_meeting():
    assert found(NOW + timedelta(days=3), held=None, severity=Severity.SEV4) == []


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"lessons": ()}, "depth.no-lessons"),
        ({"reviewers": ()}, "depth.no-review"),
        ({"reviewers": ("alice",)}, "depth.no-review"),
        (
            {"detection": Detection(), "timeline": tuple(each for each in CHECKOUT if each.id != "e4")},
            "depth.no-detection",
        ),
    ],
)
def test_parts_that_are_missing_once_it_is_not_a_draft(fields: dict[str, Any], rule: str):
    assert [each for each, _ in found(**fields)] == [rule]


@pytest.mark.parametrize(
    ("fields", "is_reviewed"),
    [
        ({"review_requests": (ReviewRequest(id="r1", at=NOW, text="Ivan", answered=NOW),)}, True),
        ({"approvals": (Approval(id="a1", at=NOW, by="Ivan", part=ApprovedPart.IMPACT, digest="x"),)}, True),
        ({"approvals": (Approval(id="a1", at=NOW, by="Alice", part=ApprovedPart.IMPACT, digest="x"),)}, False),
        ({"review_requests": (ReviewRequest(id="r1", at=NOW, text="Ivan"),)}, False),
    ],
    ids=["answered", "approved", "approved by an author", "asked alone"],
)
def test_who_answered_or_approved_has_reviewed_it(fields: dict[str, Any], is_reviewed: bool):
    assert [each for each, _ in found(reviewers=(), **fields)] == ([] if is_reviewed else ["depth.no-review"])


def states(given: Session, now: datetime = NOW) -> dict[str, State]:
    """The points of the checklist by their questions."""
    return {item.question: item.state for item in checklist(given, now)}


def test_the_checklist_is_met_or_not_or_asked():
    whole = states(WHOLE)
    assert set(whole.values()) == {State.MET, State.ASK}
    assert [question for question, state in whole.items() if state is State.ASK] == [
        "Has it been shared with those concerned, beyond the team?",
        "Have the actions of earlier postmortems been completed?",
        "Has a manager approved the priorities of the actions?",
        "Has it been checked for what must not be published?",
        "Was it looked up whether this has happened before?",
    ]
    bare = msgspec.structs.replace(WHOLE, actions=(action(1, owner="SRE", ticket=""), action(2, due=None)))
    changed = {question: state for question, state in states(bare).items() if state is not whole[question]}
    assert changed == {
        "Are action items assigned to named individuals, not teams?": State.NOT_MET,
        "Do all action items have due dates?": State.NOT_MET,
        "Are action items tracked in the backlog?": State.NOT_MET,
    }


def test_the_six_of_the_mission_stand_in_its_order():
    questions = " ".join(states(session()))
    marks = ("named individuals", "due dates", "tracked", "human error", "shared", "earlier postmortems")
    places = [questions.index(mark) for mark in marks]
    assert places == sorted(places)


def test_an_answer_to_what_is_asked_is_a_mute():
    answered = msgspec.structs.replace(
        WHOLE, mutes=(Mute(id="m", rule="depth.shared.ask", reason="sent to all teams"),)
    )
    (item,) = [each for each in checklist(answered, NOW) if each.rule == "depth.shared.ask"]
    assert (item.state, item.note) == (State.MET, "sent to all teams")


def test_the_checklist_of_an_empty_session():
    assert State.MET not in states(session(timeline=())).values()


def test_every_rule_of_the_checklist_is_in_the_catalogue():
    known = {rule.id for rule in RULES}
    assert {item.rule for each in (WHOLE, session()) for item in checklist(each, NOW)} - {""} <= known
    assert NOW.tzinfo is UTC
