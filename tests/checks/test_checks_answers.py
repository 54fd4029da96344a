"""An answer to a question of the checklist: its first words decide."""

from datetime import UTC, datetime

import pytest

from facilitator.checks.answers import says_no
from facilitator.checks.checklist import QUESTIONS, SHARED, State, answer_of, answered, checklist
from tests.checks.scenes import CHECKOUT, session

NOW = datetime(2026, 11, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    "answer",
    [
        "no", "No: the team is away", "nope", "none", "None of them.", "not yet", "Nobody did", "nothing yet", "n", "?",
        "we haven't", "We have not", "it has not been", "there were none", "isn't done", "I don't know", "tbd", "to do",
        "later this week", "pending", "unfortunately not", "nein", "noch nicht", "kein Bedarf", "non", "nee", "“no”",
    ],
)  # fmt: skip
def test_a_no_leaves_a_point_unmet(answer: str):
    assert says_no(answer)
    (point,) = [each for each in checklist(answered(session(), SHARED, answer, lambda: "M"), NOW) if each.answered]
    assert (point.rule, point.state, point.note) == (SHARED, State.NOT_MET, answer)


@pytest.mark.parametrize(
    "answer",
    [
        "yes", "Yes, nobody objected", "done", "Nina approved it", "Norbert did", "non-technical staff too", "north",
        "sent to all on call", "noted in the wiki", "not applicable", "n/a", "November 3rd", "the whole office",
    ],
)  # fmt: skip
def test_what_is_no_no_meets_it(answer: str):
    assert not says_no(answer)
    (point,) = [each for each in checklist(answered(session(), SHARED, answer, lambda: "M"), NOW) if each.answered]
    assert point.state is State.MET


def test_an_answer_is_given_anew_in_place_of_the_one_before():
    twice = answered(answered(session(), SHARED, "no", lambda: "M"), SHARED, " yes,\nto all ", lambda: "N")
    assert [(each.id, each.reason) for each in twice.mutes] == [("M", "yes, to all")]
    known = answer_of(twice, SHARED)
    assert known is not None
    assert known.reason == "yes, to all"
    assert answer_of(session(), SHARED) is None


def test_every_question_is_asked_of_a_session_that_tells_nothing():
    asked = {each.rule: each.question for each in checklist(session(*CHECKOUT), NOW) if each.state is State.ASK}
    assert {rule: question for rule, question in asked.items() if rule} == dict(QUESTIONS)
