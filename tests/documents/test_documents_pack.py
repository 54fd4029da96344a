"""The meeting pack: all that people need before a meeting, and nothing that would lead them to an explanation."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from facilitator.documents.formats import render
from facilitator.documents.occasion import Occasion
from facilitator.documents.pack import MOST_QUESTIONS, pack
from facilitator.documents.short_timeline import MOST_ENTRIES, MOST_GAPS
from facilitator.model.ground_rules import GROUND_RULES
from facilitator.model.moments import Moment
from facilitator.model.session import (
    BranchEnd,
    Entry,
    Impact,
    Milestone,
    Participant,
    Question,
    Session,
    Severity,
    Why,
)
from tests.documents.checkout_example import CHECKOUT
from tests.documents.meeting_example import AFTER, BEFORE, HELD, PLANNED
from tests.documents.reading import headings, items, part, read, tables
from tests.strategies import sessions

APPROVED = Path(__file__).parent / "approved"
NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
EMPTY = Session(id="s", title="Checkout errors", created=NOON)


def with_(**fields: object) -> Session:
    return msgspec.structs.replace(EMPTY, **fields)


def entries(*minutes: int, **fields: object) -> tuple[Entry, ...]:
    return tuple(
        Entry(id=f"e{number}", at=Moment(NOON + timedelta(minutes=minute)), text=f"entry {minute}")
        for number, minute in enumerate(minutes)
    )


def bullets(document: str, heading: str) -> list[str]:
    return [text for _, text in items(part(document, heading))]


def test_the_pack_of_the_checkout_incident_is_the_approved_one():
    assert render(PLANNED, "pack", Occasion(BEFORE)) == (APPROVED / "checkout.pack.md").read_text()


def test_a_session_of_which_nothing_is_known_has_questions_and_rules():
    assert headings(pack(EMPTY)) == [
        "# Before we meet: Checkout errors",
        "## Why we meet",
        "## What we do not know yet",
        "## How to prepare",
        "## Ground rules",
    ]


def test_ground_rules_are_those_of_the_settings():
    assert bullets(pack(EMPTY), "## Ground rules") == list(GROUND_RULES)
    assert bullets(pack(EMPTY, Occasion(ground_rules=("*One* rule.",))), "## Ground rules") == ["*One* rule."]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions())
def test_no_explanation_is_told_before_the_meeting(session: Session):
    nothing = msgspec.structs.replace(session, factors=(), lessons=(), actions=(), parking_lot=(), accounts=())
    if not any(factor.seen_before for factor in session.factors):
        unknown = [msgspec.structs.replace(each, seen_before=None) for each in session.factors]
        assert pack(msgspec.structs.replace(session, factors=tuple(unknown))) == pack(nothing)


def test_answers_are_not_told_and_what_has_no_answer_is_asked():
    whys = (
        Why(id="w1", text="Checkout failed"),
        Why(id="w2", text="The handler raised an exception", parent="w1"),
        Why(id="w3", text="Nobody knows about the cache", parent="w2", end=BranchEnd.UNKNOWN),
        Why(id="w4", text="Carts were lost"),
    )
    asked = bullets(pack(with_(whys=whys)), "## What we do not know yet")
    assert asked[-2:] == [
        "What made this possible: Nobody knows about the cache",
        "What made this possible: Carts were lost",
    ]
    known = pack(with_(whys=whys, questions=(Question(id="q1", text="What of the cache?", about="w3"),)))
    assert "Nobody knows" not in known
    assert "exception" not in known


def test_what_is_missing_is_asked():
    assert bullets(pack(EMPTY), "## What we do not know yet") == [
        "When did it begin, and what told somebody so?",
        "When was it first noticed?",
        "When was it over, and how was that known?",
        "How was it noticed, and what could have shown it sooner?",
        "What did people outside notice of it, and how many of them?",
        "What set it off?",
    ]
    known = with_(
        started=Moment(NOON),
        resolved=Moment(NOON + timedelta(minutes=40)),
        trigger="a deployment",
        impact=Impact(users=3),
        detection=CHECKOUT.detection,
    )
    assert bullets(pack(known), "## What we do not know yet") == ["When was it first noticed?"]


def test_a_gap_is_shown_where_it_is_and_asked_about():
    told = pack(with_(timeline=entries(0, 1, 2, 3, 33, 34)))
    (table,) = [each for each in tables(told) if each[0][1] == "What happened"]
    assert [row[:2] for row in table[4:6]] == [
        ["12:03", "entry 3"],
        ["", "30 min of which nothing is written down yet"],
    ]
    assert "What happened between 12:03 and 12:33 (30 min)?" in bullets(told, "## What we do not know yet")


def test_a_span_fills_a_gap():
    first, *rest = entries(0, 1, 2, 3, 33, 34)
    busy = msgspec.structs.replace(first, until=NOON + timedelta(minutes=33))
    assert "nothing is written down" not in pack(with_(timeline=(busy, *rest)))


def test_of_a_long_timeline_milestones_gaps_and_ends_are_shown():
    timeline = list(entries(*range(100), 160, *range(161, 200)))
    timeline[50] = msgspec.structs.replace(timeline[50], milestones=(Milestone.DETECTED,))
    told = pack(with_(timeline=tuple(timeline)))
    (table,) = [each for each in tables(told) if each[0][1] == "What happened"]
    assert [row[1] for row in table[1:]] == [
        "entry 0",
        "entry 50",
        "entry 99",
        "1 h 1 min of which nothing is written down yet",
        "entry 160",
        "entry 199",
    ]
    assert "135 more entries are in the full timeline" in told


def test_days_are_named_when_there_are_several():
    told = pack(with_(timeline=entries(0, 60 * 24)))
    (table,) = [each for each in tables(told) if each[0][1] == "What happened"]
    assert [row[0] for row in table[1:]] == ["2026-11-15", "12:00", "2026-11-16", "12:00"]


def test_it_stays_short_however_much_is_known():
    timeline = tuple(
        msgspec.structs.replace(each, milestones=tuple(Milestone)) for each in entries(*range(0, 60_000, 12))
    )
    long = with_(
        timeline=timeline,
        whys=tuple(Why(id=f"w{number}", text=f"effect {number}") for number in range(500)),
        questions=tuple(Question(id=f"q{number}", text=f"question {number}") for number in range(500)),
        participants=tuple(Participant(id=f"p{number}", text=f"Person {number}") for number in range(30)),
    )
    told = pack(long)
    assert len(told.splitlines()) < 110
    assert len(tables(told)[-1]) <= 1 + MOST_ENTRIES + MOST_GAPS + 2
    assert len(bullets(told, "## Open questions")) == MOST_QUESTIONS + 1
    assert bullets(told, "## Open questions")[-1] == "and 490 more"


def test_questions_that_are_answered_are_not_open():
    told = pack(with_(questions=(Question(id="q1", text="Who?", answer="Nobody."), Question(id="q2", text="Where?"))))
    assert bullets(told, "## Open questions") == ["Where?"]


@pytest.mark.parametrize(
    ("severity", "after", "words"),
    [
        (Severity.SEV1, 1, "A SEV1 always gets a postmortem. The best time is between Mon 2026-11-16, 12:00 and"),
        (Severity.SEV2, 80, "A SEV2 always gets a postmortem. The best time, one to three days after it, has passed;"),
        (Severity.SEV3, 1, "A SEV3 gets a postmortem when it is novel or recurs; was anything of it seen before? The"),
        (Severity.SEV4, 1, "For a SEV4 a write-up will do; no meeting is needed."),
    ],
)
def test_it_says_what_is_advised(severity: Severity, after: int, words: str):
    session = with_(severity=severity, started=Moment(NOON), resolved=Moment(NOON))
    told = pack(session, Occasion(NOON + timedelta(hours=after)))
    assert words in part(told, "## Why we meet")


def test_the_only_meeting_that_is_left_is_the_one_that_is_told_of():
    told = pack(HELD, Occasion(AFTER))
    assert "### Timeline" not in headings(told)
    assert "### Analysis and actions" in headings(told)
    assert "2026-11-17" not in part(told, "## Agenda")


def test_one_meeting_needs_no_name_of_its_own():
    alone = msgspec.structs.replace(
        PLANNED, meetings=(msgspec.structs.replace(PLANNED.meetings[0], text=""),), boxes=PLANNED.boxes[:4]
    )
    told = pack(alone, Occasion(BEFORE))
    assert dict(tables(told)[0])["Meeting"] == "Tue 2026-11-17, 10:00 to 11:00 UTC (60 min)"
    assert tables(part(told, "## Agenda")) == [
        [
            ["Time (UTC)", "Part", "For"],
            ["10:00", "Opening", "5 min"],
            ["10:05", "Timeline walk", "40 min"],
            ["10:45", "What is missing?", "10 min"],
            ["10:55", "Closing", "5 min"],
        ]
    ]
    undated = msgspec.structs.replace(alone, meetings=(msgspec.structs.replace(alone.meetings[0], held=None),))
    agenda = part(pack(undated, Occasion(BEFORE)), "## Agenda")
    assert read(agenda).texts[:3] == ["60 min", "Part", "For"]


def test_a_date_that_has_passed_without_anybody_is_no_plan():
    told = pack(PLANNED, Occasion(BEFORE + timedelta(days=30)))
    assert "## Agenda" not in headings(told)


def test_who_is_there_can_be_noted_before_the_meeting():
    ready = msgspec.structs.replace(
        PLANNED, meetings=tuple(msgspec.structs.replace(each, attendance=("p1",)) for each in PLANNED.meetings)
    )
    assert pack(ready, Occasion(BEFORE)) == pack(PLANNED, Occasion(BEFORE))


def test_times_are_in_the_zone_of_the_session():
    told = pack(msgspec.structs.replace(PLANNED, zone="Asia/Kolkata"), Occasion(BEFORE))
    assert "Tue 2026-11-17, 15:30 to 16:30 Asia/Kolkata (60 min)" in told
