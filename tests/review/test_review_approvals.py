"""Approvals: of what was read, until that part is changed."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.model import edits
from facilitator.model.meeting_items import Note
from facilitator.model.review_items import ApprovedPart
from facilitator.model.session import ActionStatus, Participant, Priority, ReviewKind, Session, Severity, Status
from facilitator.model.text import clean
from facilitator.review.approvals import ROLES, Digests, Standing, approve, carried, digest, is_stale, standing
from facilitator.review.comments import Signed, ask
from tests.review.review_example import ALICE, NOW, approved, example, ids

ACTIONS, IMPACT, SECURITY, WHOLE = (
    ApprovedPart.ACTIONS,
    ApprovedPart.IMPACT,
    ApprovedPart.SECURITY,
    ApprovedPart.WHOLE,
)

Edit = Callable[[Session], Session]
_NOBODYS: dict[str, Edit] = {
    "status": lambda session: replace(session, status=Status.IN_REVIEW, review_until=NOW),
    "reviewers": lambda session: replace(session, reviewers=("Bo",)),
    "note": lambda session: edits.change(session, "N1", text="other"),
    "new note": lambda session: edits.add(session, Note(id="N2", text="more")),
    "asked": lambda session: ask(session, "bo", ALICE, ids("ASKED")),
    "progress": lambda session: edits.change(session, "A1", status=ActionStatus.DONE, done=date(2026, 12, 1)),
    "ticket": lambda session: edits.change(session, "A1", ticket="ENG-12"),
    "moved there and back": lambda session: edits.move(edits.move(session, "A1", 1), "A1", -1),
}
_OTHERS: dict[str, Edit] = {
    "entry": lambda session: edits.change(session, "E1", text="v3.3 is deployed"),
    "lesson": lambda session: edits.remove(session, "L1"),
    "title": lambda session: replace(session, title="Another title"),
    "kind": lambda session: replace(session, review_kind=ReviewKind.NEAR_MISS),
}
_OF: dict[ApprovedPart, dict[str, Edit]] = {
    ACTIONS: {
        "priority": lambda session: edits.change(session, "A1", priority=Priority.P3),
        "owner": lambda session: edits.change(session, "A1", owner="carol"),
        "due": lambda session: edits.change(session, "A1", due=date(2027, 1, 1)),
        "words": lambda session: edits.change(session, "A1", text="Alert at 90 %"),
        "decided against": lambda session: edits.change(session, "A1", status=ActionStatus.WONT_DO, note="retired"),
        "gone": lambda session: edits.remove(session, "A1"),
    },
    IMPACT: {
        "prose": lambda session: edits.set_field(session, "impact.prose", "Nobody noticed."),
        "users": lambda session: edits.set_field(session, "impact.users", 12),
        "severity": lambda session: replace(session, severity=Severity.SEV4),
        "summary": lambda session: replace(session, summary="It was nothing."),
    },
}
_OF[SECURITY] = _OF[WHOLE] = {**_OTHERS, **_OF[ACTIONS], **_OF[IMPACT]}


def outside(part: ApprovedPart) -> dict[str, Edit]:
    every = {**_NOBODYS, **_OTHERS, **_OF[ACTIONS], **_OF[IMPACT]}
    return {name: edit for name, edit in every.items() if name not in _OF[part]}


@settings(max_examples=120)
@given(st.data())
def test_an_approval_holds_until_its_part_is_changed(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(list(ApprovedPart)))
    session = approved(part)
    (approval,) = session.approvals
    names = data.draw(st.lists(st.sampled_from(sorted(outside(part))), unique=True))
    for name in names:
        session = _unless_gone(session, outside(part)[name])
    assert not is_stale(session, approval), names
    assert standing(session, part) is Standing.GIVEN
    inside = data.draw(st.sampled_from(sorted(_OF[part])))
    changed = _unless_gone(session, _OF[part][inside])
    if changed != session:
        assert is_stale(changed, approval), inside
        assert standing(changed, part) is Standing.STALE


def _unless_gone(session: Session, edit: Edit) -> Session:
    try:
        return edit(session)
    except edits.EditError:  # an earlier one removed the item
        return session


def test_the_order_of_actions_is_what_was_approved() -> None:
    second = replace(example().actions[0], id="A2", text="Write the runbook")
    session = approve(edits.add(example(), second), ACTIONS, ALICE, ids())
    assert standing(edits.move(session, "A2", -1), ACTIONS) is Standing.STALE


def test_a_change_that_is_taken_back_leaves_the_approval() -> None:
    session = approved(WHOLE)
    there = edits.change(session, "E1", text="other")
    assert standing(there, WHOLE) is Standing.STALE
    assert standing(edits.change(there, "E1", text="v3.2 is deployed"), WHOLE) is Standing.GIVEN


def test_the_whole_stands_for_every_part_and_no_part_for_the_whole() -> None:
    assert {standing(approved(WHOLE), part) for part in ApprovedPart} == {Standing.GIVEN}
    assert standing(approved(IMPACT), ACTIONS) is Standing.NONE
    assert standing(approved(ACTIONS, IMPACT, SECURITY), WHOLE) is Standing.NONE


def test_approving_once_more_takes_the_place_of_the_earlier_one() -> None:
    session = edits.set_field(approved(IMPACT, by="@alice"), "impact.users", 3)
    again = approve(session, IMPACT, ALICE, ids("B"), role="product owner", text="fine\x1b[31m")
    (approval,) = again.approvals
    assert (approval.by, approval.role, approval.text) == ("Alice", "product owner", "fine")
    assert standing(again, IMPACT) is Standing.GIVEN
    both = approve(again, IMPACT, Signed("Bo", NOW), lambda: "C1")
    assert [each.by for each in both.approvals] == ["Alice", "Bo"]


def test_one_approval_that_holds_is_enough() -> None:
    session = edits.set_field(approved(IMPACT), "impact.users", 3)
    assert standing(approve(session, IMPACT, Signed("Bo", NOW), lambda: "B1"), IMPACT) is Standing.GIVEN


def test_who_approves_has_a_role_and_a_name() -> None:
    assert approved(SECURITY).approvals[0].role == ROLES[SECURITY] == "security"
    with pytest.raises(ValueError, match="needs a name"):
        approve(example(), IMPACT, Signed(" @ ", NOW), ids())


def test_what_was_asked_for_is_answered_by_it() -> None:
    new_id = ids()
    session = ask(example(), "@alice", ALICE, new_id, part=IMPACT)
    session = ask(session, "alice", ALICE, new_id, part=ACTIONS)
    session = ask(session, "bob", ALICE, new_id, part=IMPACT)
    session = approve(session, IMPACT, ALICE, new_id)
    answered = {(each.text, each.part): each.said for each in session.review_requests}
    assert answered == {
        ("alice", IMPACT): "approved customer impact",
        ("alice", ACTIONS): "",
        ("bob", IMPACT): "",
    }
    assert all(each.answered for each in approve(session, WHOLE, ALICE, new_id).review_requests if each.text == "alice")


def test_what_was_read_is_what_is_approved() -> None:
    read = digest(example(), IMPACT)
    changed = edits.set_field(example(), "impact.users", 7)
    session = approve(changed, IMPACT, ALICE, ids(), read=read)
    assert standing(session, IMPACT) is Standing.STALE
    assert standing(edits.set_field(session, "impact.users", None), IMPACT) is Standing.GIVEN


@settings(max_examples=60)
@given(st.text('ab\\"\x1b[31m\r\n\t\b\u2028\u200fé\u0301\ud800\U0001f600', max_size=12))
def test_text_counts_as_it_is_cleaned(text: str) -> None:
    made = Digests()
    one, other = (replace(example(), summary=f"x{each}") for each in (text, clean(f"x{text}")[1:]))
    assert [made(one, part) for part in ApprovedPart] == [digest(other, part) for part in ApprovedPart]


def test_another_form_of_a_session_carries_what_holds_and_what_is_stale() -> None:
    session = edits.set_field(approved(IMPACT, ACTIONS), "impact.users", 3)
    redacted = replace(session, summary="[removed]", actions=(replace(session.actions[0], owner="person 1"),))
    assert standing(redacted, ACTIONS) is Standing.STALE
    other = carried(session, redacted)
    assert (standing(other, ACTIONS), standing(other, IMPACT)) == (Standing.GIVEN, Standing.STALE)
    assert carried(example(), example()) == example()


@pytest.mark.parametrize(
    ("by", "role", "kept"),
    [
        ("marta kowalczyk", "", "database lead"),
        ("Ivo", "", "facilitator"),
        ("Somebody else", "", ROLES[ACTIONS]),
        ("Marta Kowalczyk", "acting manager", "acting manager"),
    ],
)
def test_the_role_is_what_the_session_says_before_what_is_usual(by: str, role: str, kept: str) -> None:
    people = (Participant(id="P1", text="Marta Kowalczyk", role="database lead"), Participant(id="P2", text="Ivo"))
    session = replace(example(), participants=people, facilitator="Ivo")
    assert approve(session, ACTIONS, Signed(by, NOW), ids(), role=role).approvals[0].role == kept
