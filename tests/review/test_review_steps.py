"""What a session lacks for the next step."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from facilitator.checks.finding import Category, Finding
from facilitator.model import edits
from facilitator.model.review_items import ApprovedPart
from facilitator.model.session import Action, ActionStatus, Mute, Session, Status
from facilitator.review.approvals import approve
from facilitator.review.comments import answer, ask, comment, resolve
from facilitator.review.rules import LANGUAGE, Requirements, ReviewRules
from facilitator.review.steps import begun, drafted, lacking, left, waiting_for, with_status
from tests.review.review_example import ALICE, NOW, example, ids

LATER = NOW + timedelta(hours=49)
BLAME = Finding(rule="person", category=Category.PERSON, about="E1", why="", question="", words="Bob")
LEAK = Finding(rule="mail", category=Category.SENSITIVE, field="summary", why="", question="", words="a@b.c")
GAP = Finding(rule="gap", category=Category.TIMELINE, about="E2", why="", question="")


def lacks(session: Session, required: Requirements, *findings: Finding) -> list[str]:
    return [each.what for each in lacking(session, Status.FINAL, ReviewRules(final=required), findings, NOW)]


def test_nothing_is_required_of_a_draft() -> None:
    empty = Session(id="S2", title="", created=NOW)
    assert lacking(empty, Status.DRAFT, ReviewRules(), (BLAME,), NOW) == ()
    assert [each.what for each in lacking(empty, Status.IN_REVIEW, ReviewRules(), (BLAME,), NOW)] == [
        "a summary in Incident",
        "entries in Timeline",
        "contributing factors in Factors",
    ]
    assert lacking(example(), Status.IN_REVIEW, ReviewRules(), (), NOW) == ()


def test_the_usual_rules_ask_for_all_that_a_final_document_needs() -> None:
    new_id = ids()
    session = comment(begun(example(), NOW, 48), "When?", ALICE, new_id, about="E2")
    found = lacking(session, Status.FINAL, ReviewRules(), (BLAME, LEAK, GAP), NOW)
    assert [each.what for each in found] == [
        "1 finding about language",
        "1 finding of sensitive data",
        "1 comment not resolved",
        "the end of the review, in 48 hours",
        "an approval of priorities of actions",
        "an approval of customer impact",
        "an approval of security implications",
    ]
    assert found[0].about == ("E1",)
    session = resolve(session, "NEW1")
    for part in (ApprovedPart.ACTIONS, ApprovedPart.IMPACT, ApprovedPart.SECURITY):
        session = approve(session, part, ALICE, new_id)
    assert lacking(session, Status.FINAL, ReviewRules(), (GAP,), LATER) == ()
    stale = edits.set_field(session, "impact.users", 9)
    assert [each.what for each in lacking(stale, Status.FINAL, ReviewRules(), (), LATER)] == [
        "the approval of customer impact is stale",
        "the approval of security implications is stale",
    ]


def test_owners_and_dates_are_asked_for_where_something_is_still_to_be_done() -> None:
    session = example()
    for number, status in enumerate(ActionStatus):
        session = edits.add(session, Action(id=f"B{number}", text="x", status=status))
    found = lacking(session, Status.FINAL, ReviewRules(final=Requirements(owners=True)), (), NOW)
    assert [(each.what, each.about) for each in found] == [
        ("an owner for 2 actions", ("B0", "B1")),
        ("a due date for 2 actions", ("B0", "B1")),
    ]


def test_findings_that_are_muted_are_settled() -> None:
    required = Requirements(findings=(Category.TIMELINE,))
    assert lacks(example(), required, BLAME, GAP) == ["1 finding of other kinds"]
    muted = edits.add(example(), Mute(id="M1", rule="gap", about="E2", reason="lunch"))
    assert lacks(muted, required, BLAME, GAP) == []
    assert lacks(muted, Requirements(findings=LANGUAGE), BLAME, GAP) == ["1 finding about language"]


def test_the_window_is_over_by_time_or_when_everybody_has_answered() -> None:
    assert lacks(example(), Requirements(window=True)) == ["a time for review"]
    session = begun(example(), NOW, 24)
    assert lacks(session, Requirements(window=True)) == ["the end of the review, in 24 hours"]
    asked = ask(ask(session, "bo", ALICE, ids()), "cy", ALICE, lambda: "X")
    assert waiting_for(asked) == ("bo", "cy")
    assert lacks(asked, Requirements(window=True, answers=True)) == [
        "an answer of bo, cy",
        "the end of the review, in 24 hours",
    ]
    half = answer(asked, "bo", NOW)
    assert lacks(half, Requirements(answers=True)) == ["an answer of cy"]
    assert lacks(answer(half, "cy", NOW), Requirements(window=True, answers=True)) == []


def test_the_time_that_is_left() -> None:
    session = begun(example(), NOW, 24)
    assert session.status is Status.IN_REVIEW
    assert left(session, NOW) == timedelta(hours=24)
    assert left(session, LATER) == timedelta(hours=-25)
    assert left(drafted(session), NOW) is None
    assert drafted(session) == example()


def test_a_new_round_asks_everybody_anew_but_for_approvals_that_hold() -> None:
    session, new_id = begun(example(), NOW, 24), ids()
    for who, part in (("Alice", ApprovedPart.ACTIONS), ("Alice", ApprovedPart.IMPACT), ("Bo", None)):
        session = ask(session, who, ALICE, new_id, part=part)
    for part in (ApprovedPart.ACTIONS, ApprovedPart.IMPACT):
        session = approve(session, part, ALICE, new_id)
    session = answer(session, "Bo", NOW, "fine")
    assert waiting_for(session) == ()
    assert waiting_for(begun(session, LATER, 24)) == ()
    changed = edits.set_field(drafted(session), "impact.users", 9)
    again = begun(changed, LATER, 24)
    assert [(each.part, each.answered is None, each.at) for each in again.review_requests] == [
        (ApprovedPart.ACTIONS, False, NOW),
        (ApprovedPart.IMPACT, True, LATER),
        (None, True, LATER),
    ]
    assert again.review_requests[2].said == ""


def test_a_status_brings_the_time_for_review_along() -> None:
    session = with_status(example(), Status.IN_REVIEW, NOW, 24)
    assert session == begun(example(), NOW, 24)
    assert with_status(session, Status.IN_REVIEW, LATER, 24) is session
    assert with_status(session, Status.DRAFT, LATER, 24) == example()
    assert with_status(session, Status.FINAL, LATER, 24) == replace(session, status=Status.FINAL)
    assert with_status(replace(session, review_until=None), Status.IN_REVIEW, NOW, 24) == session


@pytest.mark.parametrize("fields", [{"review_until": LATER}, {"review_until": NOW}])
def test_a_draft_was_not_sent_round_whatever_time_is_left_in_it(fields: dict[str, object]) -> None:
    assert lacks(replace(example(), **fields), Requirements(window=True)) == ["a time for review"]
