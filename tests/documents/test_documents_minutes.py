"""The minutes: what was planned beside what was done, what was decided, what is left."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from facilitator.documents.formats import render
from facilitator.documents.minutes import minutes
from facilitator.documents.occasion import NotYetError, Occasion
from facilitator.model.meeting_items import Meeting, Switch, SwitchKind
from facilitator.model.session import Action, Parked, Question, Session
from tests.documents.meeting_example import AFTER, BEFORE, HELD, PLANNED
from tests.documents.reading import headings, items, part, tables

APPROVED = Path(__file__).parent / "approved"
NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)


def with_(**fields: object) -> Session:
    return msgspec.structs.replace(HELD, **fields)


def agenda(session: Session) -> list[list[str]]:
    return tables(part(minutes(session), "## Meeting: Timeline"))[1]


def test_the_minutes_of_the_first_meeting_are_the_approved_ones():
    assert render(HELD, "minutes", Occasion(AFTER)) == (APPROVED / "checkout.minutes.md").read_text()


def test_without_a_meeting_there_is_nothing_to_record():
    with pytest.raises(NotYetError, match=r"^no meeting has been held yet; start its clock"):
        minutes(PLANNED, Occasion(BEFORE))


def test_planned_stands_beside_what_was_done():
    assert agenda(HELD) == [
        ["Part", "Planned", "Took", "When (UTC)"],
        ["Opening", "5 min", "6 min", "10:02-10:08"],
        ["Timeline walk", "40 min, extended by 5", "43 min", "10:08-10:48, 10:53-10:56"],
        ["What is missing?", "10 min", "left out", ""],
        ["Closing", "5 min", "6 min", "10:56-11:02"],
        ["All", "60 min", "55 min", ""],
    ]


def test_a_meeting_that_goes_on_has_no_end_yet():
    going = with_(switches=HELD.switches[:2])
    assert [row[2] for row in agenda(going)[1:]] == [
        "6 min",
        "not over yet",
        "not reached",
        "not reached",
        "not over yet",
    ]
    assert dict(tables(minutes(going))[0])["When"] == "Tue 2026-11-17, 10:02 UTC"


def test_a_moment_is_under_a_minute():
    left = msgspec.structs.replace(HELD.switches[1], at=HELD.switches[0].at + timedelta(seconds=9))
    assert agenda(with_(switches=(HELD.switches[0], left)))[1][2] == "under 1 min"


def test_a_meeting_past_midnight_names_both_days():
    end = msgspec.structs.replace(HELD.switches[-1], at=HELD.switches[-1].at + timedelta(days=1))
    told = dict(tables(minutes(with_(switches=(*HELD.switches[:-1], end))))[0])["When"]
    assert told == "Tue 2026-11-17, 10:02 to Wed 2026-11-18, 11:02 UTC (1 d 1 h)"


def test_without_a_clock_a_meeting_is_held_when_its_date_has_come_and_somebody_was_there():
    plain = with_(switches=())
    with pytest.raises(NotYetError):
        minutes(plain, Occasion(BEFORE))
    assert [row[0] for row in tables(minutes(plain, Occasion(AFTER)))[1]] == [
        "Part",
        "Opening",
        "Timeline walk",
        "What is missing?",
        "Closing",
        "All",
    ]
    assert len(agenda(plain)[0]) == 2


def test_people_are_named_with_their_roles_and_not_who_is_new():
    facts = dict(tables(minutes(HELD))[0])
    assert facts["Facilitator"] == "Eve"
    assert facts["Notes taken by"] == "Dana"
    assert facts["Present"] == "Alice (incident commander), Dana"
    assert minutes(HELD) == minutes(
        with_(meetings=tuple(msgspec.structs.replace(each, new_here=()) for each in HELD.meetings))
    )


def test_each_meeting_that_was_held_has_its_record():
    second = Switch(id="t1", meeting="m2", at=NOON, kind=SwitchKind.RUN, box="b5")
    both = minutes(with_(switches=(*HELD.switches, second)))
    assert [each for each in headings(both) if each.startswith("## Meeting")] == [
        "## Meeting: Timeline",
        "## Meeting: Analysis and actions",
    ]
    unnamed = tuple(Meeting(id=each.id, held=each.held) for each in HELD.meetings)
    assert "## Meeting 1" in headings(minutes(with_(meetings=unnamed)))


def test_decisions_have_owners_and_dates():
    (table, *_) = tables(part(minutes(HELD), "## Decisions"))
    assert table[0][:3] == ["Action", "Owner", "Due"]
    assert table[1][:3] == ["Add input validation to checkout config", "@alice", "2026-11-22"]
    assert "Addresses" not in table[0]
    assert "### Decided not to do" in headings(minutes(HELD))


def test_only_questions_without_an_answer_are_open():
    assert items(part(minutes(HELD), "## Open questions")) == [
        (1, "Which other services read payment methods? (@dana)")
    ]


def test_what_became_of_what_was_parked():
    session = with_(
        parking_lot=(
            *(Parked(id=text, text=text) for text in ("fix", "ask", "else")),
            Parked(id="old", text="old", outcome="too\nlate"),
        ),
        actions=(Action(id="a1", text="fix"),),
        questions=(Question(id="q1", text="ask"),),
    )
    assert [text for _, text in items(part(minutes(session), "## Parked"))] == [
        "fix (made into an action)",
        "ask (made into an open question)",
        "else (still parked)",
        "old (let go: too late)",
    ]


def test_the_next_meeting_is_the_one_that_is_planned_else_the_day_that_was_agreed():
    planned = part(minutes(HELD, Occasion(AFTER)), "## Next meeting")
    assert items(planned) == [(1, "Analysis and actions: Wed 2026-11-18, 09:00 to 09:45 UTC (45 min)")]
    alone = msgspec.structs.replace(HELD.meetings[0], next_meeting=date(2026, 12, 1))
    assert part(minutes(with_(meetings=(alone,))), "## Next meeting") == "2026-12-01"
    assert "Next meeting" not in minutes(with_(meetings=HELD.meetings[:1]))
