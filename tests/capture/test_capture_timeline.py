"""What a timeline line says beside its time."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from facilitator.capture.context import Context
from facilitator.capture.lines import read, reread, typed
from facilitator.model import edits
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Entry, Milestone, Session


def moment(hour: int, minute: int) -> Moment:
    return Moment(datetime(2026, 11, 15, hour, minute, tzinfo=UTC))


def context() -> Context:
    session = Session(id="S", title="t", created=datetime(2026, 11, 18, tzinfo=UTC))
    for hour, minute, milestones in ((14, 0, (Milestone.START,)), (14, 22, (Milestone.DETECTED,)), (14, 26, ())):
        entry = Entry(id=f"e{minute}", at=moment(hour, minute), text="something", milestones=milestones)
        session = edits.add(session, entry)
    return Context(session=session, today=date(2026, 11, 18))


def entry(line: str) -> Entry:
    value = read(line, Phase.TIMELINE, context()).value
    assert isinstance(value, Entry)
    return value


@pytest.mark.parametrize(
    ("token", "milestone"),
    [
        ("#start", Milestone.START),
        ("#detected", Milestone.DETECTED),
        ("#det", Milestone.DETECTED),
        ("#DETECTED", Milestone.DETECTED),
        ("#acknowledged", Milestone.ACKNOWLEDGED),
        ("#ack", Milestone.ACKNOWLEDGED),
        ("#dec", Milestone.DECLARED),
        ("#mit", Milestone.MITIGATED),
        ("#res", Milestone.RESOLVED),
    ],
)
def test_a_milestone_is_marked_anywhere_in_the_line(token: str, milestone: Milestone) -> None:
    for line in (f"14:30 {token} pods restart", f"14:30 pods {token} restart", f"14:30 pods restart {token}"):
        assert entry(line) == Entry(at=moment(14, 30), text="pods restart", milestones=(milestone,))


@pytest.mark.parametrize(
    ("word", "note"),
    [
        ("#incident-42", "no milestone #incident-42: kept as text"),
        ("#detceted", "no milestone #detceted: kept as text"),
        ("#de", "#de may be #detected or #declared: kept as text"),
        ("#d", "no milestone #d: kept as text"),
        ("#1234", ""),
        ("#", ""),
    ],
)
def test_a_word_that_is_no_milestone_stays_text(word: str, note: str) -> None:
    reading = read(f"14:30 see {word} there", Phase.TIMELINE, context())
    assert isinstance(reading.value, Entry)
    assert (reading.value.text, reading.value.milestones) == (f"see {word} there", ())
    assert [phrase for phrase in reading.understood if "text" in phrase] == ([note] if note else [])


@pytest.mark.parametrize(
    ("line", "text", "source", "links"),
    [
        ("14:30 errors rise source:grafana", "errors rise", "grafana", ()),
        ("14:30 source:grafana errors rise", "errors rise", "grafana", ()),
        ('14:30 paged source:"PagerDuty alert" twice', "paged twice", "PagerDuty alert", ()),
        ("14:30 errors rise https://g.example/d/1", "errors rise", "", ("https://g.example/d/1",)),
        ("14:30 see https://a.example https://b.example #ack", "see", "", ("https://a.example", "https://b.example")),
        ("14:30 https://a.example is down", "https://a.example is down", "", ()),
        ("14:30 look link:runbook there", "look there", "", ("runbook",)),
        ('14:30 unclosed source:"x y', 'unclosed source:"x y', "", ()),
        ("14:30 empty source: here", "empty source: here", "", ()),
        (r"14:30 \source:x and \#detected", "source:x and #detected", "", ()),
        (r"14:30 ends with \https://a.example", "ends with https://a.example", "", ()),
        (r"14:30 \\#detected \d+ C:\temp", r"\#detected \d+ C:\temp", "", ()),
    ],
)
def test_source_and_evidence_are_taken_from_the_line(line: str, text: str, source: str, links: tuple[str, ...]) -> None:
    filed = entry(line)
    assert (filed.text, filed.source, filed.links) == (text, source, links)


def test_what_was_understood_is_said_in_order() -> None:
    reading = read("14:28 pods fail #det source:grafana https://a.example", Phase.TIMELINE, context())
    assert reading.understood == (
        "14:28 UTC, Nov 15",
        "after 14:26",
        "detected moves here from 14:22",
        "from grafana",
        "1 link",
    )
    assert read("14:24 x", Phase.TIMELINE, context()).understood == ("14:24 UTC, Nov 15", "before 14:26")
    assert read("Nov 16 09:00 x #ack", Phase.TIMELINE, context()).understood == (
        "09:00 UTC, Nov 16",
        "after Nov 15 14:26",
        "acknowledged",
    )


def test_the_entry_above_is_the_one_that_was_named() -> None:
    above = context().session.timeline[0]
    where = Context(session=context().session, today=date(2026, 11, 18), above=above)
    reading = read("+5m x", Phase.TIMELINE, where)
    assert isinstance(reading.value, Entry)
    assert reading.value.at == moment(14, 5)
    assert read("14:24 x", Phase.TIMELINE, where).understood == ("14:24 UTC, Nov 15", "after 14:22")


def test_a_time_without_a_sentence_asks_what_happened() -> None:
    for line, question in (
        ("14:30", "What happened at 14:30? Type it after the time"),
        ("before 14:30 #ack", "What happened before 14:30? Type it after the time"),
        ("Nov 15", "What happened on Nov 15? Type it after the time"),
    ):
        reading = read(line, Phase.TIMELINE, context())
        assert (reading.value, reading.question, reading.choices) == (None, question, ())


def test_an_edited_entry_keeps_its_milestone_without_taking_it_from_itself() -> None:
    detected = context().session.timeline[1]
    assert typed(detected, context()) == "14:22 something #detected"
    reading = reread("14:23 something else #detected", detected, context())
    assert reading.value == Entry(
        id="e22", rank=detected.rank, at=moment(14, 23), text="something else", milestones=(Milestone.DETECTED,)
    )
    assert reading.understood == ("14:23 UTC, Nov 15", "after 14:00", "detected")


def test_an_edited_time_on_the_other_side_of_midnight_is_asked_about() -> None:
    late = Entry(id="late", at=moment(23, 58), text="late")
    after_the_start = reread("00:05 late", late, context())
    assert after_the_start.value == Entry(id="late", at=Moment(datetime(2026, 11, 16, 0, 5, tzinfo=UTC)), text="late")
    assert after_the_start.understood[0] == "00:05 UTC, Nov 16, the next day"
    without_start = msgspec.structs.replace(context().session, timeline=context().session.timeline[1:])
    reading = reread("00:05 late", late, Context(session=without_start, today=date(2026, 11, 18)))
    assert reading.question == "Is 00:05 on the next day?"
    assert reading.choices[0].label == "Nov 16 00:05 UTC, 7 min after the time it had"
    assert reread("23:58 later still", late, context()).value == Entry(id="late", at=moment(23, 58), text="later still")


@pytest.mark.parametrize(
    ("stored", "line"),
    [
        (Entry(id="x", at=moment(14, 30), text="plain"), "14:30 plain"),
        (Entry(id="x", at=moment(14, 30), text="to 14:35 and on"), r"14:30 \to 14:35 and on"),
        (Entry(id="x", at=moment(14, 30), text="UTC is down"), r"14:30 \UTC is down"),
        (Entry(id="x", at=moment(14, 30), text="- a dash"), r"14:30 \- a dash"),
        (Entry(id="x", at=moment(14, 30), text="to be continued"), "14:30 to be continued"),
        (Entry(id="x", at=moment(14, 30), text="in #detected"), r"14:30 in \#detected"),
        (Entry(id="x", at=moment(14, 30), text="x", source="a b"), '14:30 x source:"a b"'),
        (Entry(id="x", at=moment(14, 30), text="x", until=moment(14, 35).at), "14:30-14:35 x"),
        (Entry(id="x", at=Moment(moment(14, 30).at, "CET"), text="x"), "15:30 CET x"),
        (Entry(id="x", at=Moment(moment(14, 30).at, "Nowhere"), text="x"), "14:30 x"),
        (Entry(id="x", at=Moment(datetime(2026, 11, 14, 9, tzinfo=UTC)), text="x"), "2026-11-14 09:00 x"),
    ],
)
def test_the_line_of_an_entry_is_what_one_would_type(stored: Entry, line: str) -> None:
    assert typed(stored, context()) == line
    assert reread(line, stored, context()).value == stored
