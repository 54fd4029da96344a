"""The rows of the review, and comments at the rows of a panel, without a screen."""

from datetime import UTC, datetime, timedelta
from itertools import count

import msgspec

from facilitator.app.panels.reviewing import ReviewState, lacking_of, review_rows, thread_of
from facilitator.app.remarks import Remarks
from facilitator.app.review import Review
from facilitator.app.review_words import review_told, status_told
from facilitator.app.rows import Row, Tone
from facilitator.model import edits
from facilitator.model.moments import Moment
from facilitator.model.review_items import ApprovedPart, Version
from facilitator.model.session import Action, Entry, Session, Status
from facilitator.review.approvals import approve
from facilitator.review.comments import Signed, answer, ask, comment, reply, resolve
from facilitator.review.rules import ReviewRules
from facilitator.review.steps import begun

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
DANA = Signed("Dana", NOW)
SESSION = Session(
    id="S1",
    title="Checkout errors",
    created=NOW,
    timeline=(Entry(id="E1", at=Moment(datetime(2026, 11, 20, 14, tzinfo=UTC)), text="The pager fires"),),
    actions=(Action(id="A1", text="Set a limit"),),
)
IDS = count(1)


def new_id() -> str:
    return f"N{next(IDS)}"


def state(now: datetime = NOW) -> ReviewState:
    return ReviewState(ReviewRules(), Review, lambda: now)


def shown(session: Session, now: datetime = NOW) -> list[tuple[str, str, str, str]]:
    return [(row.mark, row.lead, row.body, row.tail) for row in review_rows(session, state(now))]


def bodies(session: Session) -> list[str]:
    return [row.body for row in review_rows(session, state())]


def test_a_draft_says_what_it_lacks_to_be_sent_round_and_where_that_is_mended():
    rows = shown(SESSION)
    assert ("•", "draft", "next it is sent round, for 48 h", "") in rows
    assert ("", "Still lacks to be sent round: 2") in {(lead, body) for _, lead, body, _ in rows}
    assert ("·", "incident", "a summary in Incident", "") in rows


def test_what_is_lacking_is_found_by_its_row():
    rows = review_rows(SESSION, state())
    missing = state().lacking(SESSION)
    found = [lacking_of(row.key, missing) for row in rows]
    assert [each for each in found if each is not None] == list(missing)


def test_a_review_has_its_end_in_sight_and_who_answered():
    session = begun(SESSION, NOW - timedelta(hours=17), 48)
    session = answer(ask(ask(session, "alice", DANA, new_id), "bo", DANA, new_id), "bo", NOW, "no remarks")
    assert review_told(session, NOW) == "Review ends in 31 h, 1 of 2 answered."
    assert status_told(session, NOW, brief=False) == "review ends in 31 h, 1 of 2 answered"
    assert status_told(session, NOW, brief=True) == "31 h left"
    assert status_told(session, NOW + timedelta(hours=34), brief=True) == "ended 3 h ago"
    rows = shown(session)
    assert ("•", "in review", "ends in 31 h, next it is published", "Nov 24, 17:00") in rows
    assert ("○", "alice", "to review", "asked Nov 23 by Dana") in rows
    assert ("✓", "bo", "to review: “no remarks”", "answered Nov 23") in rows


def test_an_approval_is_given_and_goes_stale_with_its_part():
    session = approve(SESSION, ApprovedPart.ACTIONS, Signed("Carol", NOW), new_id)
    assert "priorities of actions — Carol, engineering manager" in bodies(session)
    changed = edits.change(session, "A1", text="Set another limit")
    assert "priorities of actions — stale, changed since Carol, engineering manager approved" in bodies(changed)
    assert ("○", "#impact", "customer impact", "product") in shown(changed)


def test_threads_say_what_they_are_about_and_open_ones_come_first():
    session = comment(SESSION, "all of it is too long", DANA, new_id)
    session = resolve(session, session.comments[0].id)
    session = comment(session, "who saw it?", DANA, new_id, about="E1")
    first = session.comments[-1].id
    session = reply(session, first, "the probe", Signed("Bo", NOW), new_id)
    rows = [row for row in review_rows(session, state()) if row.key.startswith("comment:")]
    assert [(row.lead, row.body, row.tone) for row in rows] == [
        ("14:00", "who saw it?", Tone.BODY),
        ("session", "all of it is too long", Tone.MUTED),
    ]
    assert rows[0].below[0].text == "↳ Bo, Nov 23: the probe"
    thread = thread_of(session, rows[0].key)
    assert thread is not None
    assert thread.comment.id == first


def test_versions_come_newest_first_with_why_and_what_changed():
    versions = (
        Version(id="V1", at=NOW, number=1),
        Version(id="V2", at=NOW, number=2, text="a time was wrong", changed="Timeline: 1 line changed"),
    )
    session = msgspec.structs.replace(SESSION, status=Status.FINAL, versions=versions)
    rows = [row for row in review_rows(session, state()) if row.key.startswith("version:")]
    assert [(row.lead, row.body) for row in rows] == [("version 2", "a time was wrong"), ("version 1", "published")]
    assert rows[0].below[0].text == "Timeline: 1 line changed"
    assert status_told(session, NOW, brief=True) == "final, version 2"


def test_rows_count_their_open_comments_and_keep_being_the_same_objects():
    remarks = Remarks()
    rows = [Row("E1", "The pager fires", tail="resolved"), Row("A1", "Set a limit"), Row("summary", "nothing yet")]
    assert remarks.rows(rows, SESSION) is rows
    session = comment(SESSION, "who saw it?", DANA, new_id, about="E1")
    session = reply(session, session.comments[0].id, "the probe", DANA, new_id)
    session = comment(session, "of what?", DANA, new_id, place="summary")
    found = remarks.rows(rows, session)
    assert [row.tail for row in found] == ["resolved  2 comments", "", "1 comment"]
    assert [one is other for one, other in zip(found, remarks.rows(rows, session), strict=True)] == [True] * 3
    below = [line.text for line in remarks.lines(session, "E1", "^x")]
    assert below == ["• Dana, Nov 23: who saw it?", "   ↳ Dana, Nov 23: the probe", "^x answers, or resolves"]
    resolved = resolve(session, session.comments[0].id)
    assert [row.tail for row in remarks.rows(rows, resolved)] == ["resolved", "", "1 comment"]
