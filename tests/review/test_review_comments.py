"""Comments, replies, requests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.model import edits
from facilitator.model.review_items import ApprovedPart, Comment
from facilitator.review.comments import (
    Signed,
    answer,
    ask,
    comment,
    open_comments,
    reply,
    resolve,
    threads,
)
from facilitator.review.steps import waiting_for
from tests.review.review_example import ALICE, NOW, example, ids

BO = Signed("@bo", NOW)


def test_a_comment_is_about_the_session_an_item_or_a_field() -> None:
    new_id = ids()
    session = comment(example(), "Fine", ALICE, new_id)
    session = comment(session, "  When?\r\n\r\nReally?\n", BO, new_id, about="E2")
    session = comment(session, "Shorter", BO, new_id, place="summary")
    assert [(each.by, each.text, each.about, each.place) for each in session.comments] == [
        ("Alice", "Fine", "", ""),
        ("bo", "When?\n\nReally?", "E2", ""),
        ("bo", "Shorter", "", "summary"),
    ]
    with pytest.raises(edits.EditError, match="no item 'E9'"):
        comment(session, "x", BO, new_id, about="E9")
    with pytest.raises(ValueError, match="needs words"):
        comment(session, " \n\x07", BO, new_id)


def test_a_reply_joins_the_thread_and_opens_it_again() -> None:
    new_id = ids()
    session = resolve(comment(example(), "When?", ALICE, new_id, about="E2"), "NEW1")
    assert open_comments(session) == ()
    session = reply(session, "NEW1", "At 14:22", BO, new_id)
    session = reply(session, "NEW2", "Thanks", ALICE, new_id)
    (thread,) = threads(session)
    assert [each.text for each in thread.replies] == ["At 14:22", "Thanks"]
    assert {(each.about, each.reply_to) for each in thread.replies} == {("E2", "NEW1")}
    assert open_comments(session) == (thread.comment,)
    assert open_comments(resolve(session, "NEW3")) == ()
    assert resolve(session, "NEW3", resolved=False) is session


@settings(max_examples=100)
@given(st.lists(st.integers(0, 9), max_size=8))
def test_every_comment_is_in_one_thread_whatever_a_file_says(answers: list[int]) -> None:
    comments = tuple(
        Comment(id=f"C{number}", rank=float(number), at=NOW, text="x", reply_to=f"C{to}" if to else "")
        for number, to in enumerate(answers, 1)
    )
    session = replace(example(), comments=comments)
    found = [each for thread in threads(session) for each in (thread.comment, *thread.replies)]
    assert sorted(each.id for each in found) == [each.id for each in comments]
    new_id = ids("R")
    for thread in threads(session):
        for each in thread.replies:
            session = reply(session, each.id, "so", ALICE, new_id)
            assert session.comments[-1].reply_to == thread.comment.id


def test_a_comment_outlives_its_item() -> None:
    session = comment(example(), "When?", ALICE, ids(), about="E2")
    (kept,) = edits.remove(session, "E2").comments
    assert (kept.text, kept.about) == ("When?", "")


def test_asking_twice_is_asking_once() -> None:
    new_id = ids()
    session = ask(example(), "@Bo", ALICE, new_id)
    assert ask(session, "bo", ALICE, new_id) is session
    session = ask(session, "bo", ALICE, new_id, part=ApprovedPart.SECURITY)
    assert waiting_for(session) == ("Bo",) or waiting_for(session) == ("Bo", "bo")
    with pytest.raises(ValueError, match="needs a name"):
        ask(session, "@", ALICE, new_id)


def test_an_answer_is_to_the_request_for_comments_alone() -> None:
    new_id = ids()
    session = ask(ask(example(), "bo", ALICE, new_id), "bo", ALICE, new_id, part=ApprovedPart.SECURITY)
    session = answer(session, "@Bo", NOW, "no remarks")
    assert [(each.part, each.said, each.answered) for each in session.review_requests] == [
        (None, "no remarks", NOW),
        (ApprovedPart.SECURITY, "", None),
    ]
    assert answer(session, "bo", NOW) == session
    assert ask(session, "bo", ALICE, new_id).review_requests[2:] != ()
