"""Advice before a meeting: from severity, dates and roles."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from facilitator.model import edits
from facilitator.model.advice import Advised, Form, advise, facilitator_who_responded, responded
from facilitator.model.meeting_items import Meeting
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Factor, Milestone, Participant, Session, Severity
from tests.editing import EMPTY, NOON


def of(severity: Severity | None, *seen_before: bool | None) -> Session:
    session = edits.set_field(edits.set_field(EMPTY, "severity", severity), "resolved", Moment(NOON))
    for number, seen in enumerate(seen_before):
        session = edits.add(session, Factor(id=f"F{number}", text="no load test", seen_before=seen))
    return session


@pytest.mark.parametrize(
    ("session", "form"),
    [
        (of(Severity.SEV1), Form.MEETING),
        (of(Severity.SEV2, False), Form.MEETING),
        (of(Severity.SEV3), Form.MEETING_IF),
        (of(Severity.SEV3, None, False), Form.MEETING_IF),
        (of(Severity.SEV3, None, True), Form.MEETING),
        (of(Severity.SEV3, False, False), Form.MEETING),
        (of(Severity.SEV4, True), Form.WRITE_UP),
        (of(None), Form.UNKNOWN),
    ],
)
def test_the_form_follows_from_the_severity_and_from_what_was_seen_before(session: Session, form: Form):
    advised = advise(session, NOON)
    assert advised.form is form
    assert advised.reason


@pytest.mark.parametrize(("hours", "late"), [(0, False), (72, False), (73, True)])
def test_a_meeting_is_held_one_to_three_days_after_the_incident(hours: int, late: bool):
    advised = advise(of(Severity.SEV1), NOON + timedelta(hours=hours))
    assert (advised.earliest, advised.latest) == (NOON + timedelta(days=1), NOON + timedelta(days=3))
    assert advised.late is late


def test_the_days_count_from_the_milestone_and_without_an_end_from_the_start():
    entry = Entry(id="E", at=Moment(NOON + timedelta(hours=2)), text="back", milestones=(Milestone.RESOLVED,))
    assert advise(edits.add(of(Severity.SEV1), entry), NOON).earliest == NOON + timedelta(hours=26)
    begun = msgspec.structs.replace(of(Severity.SEV2), resolved=None, started=Moment(NOON))
    assert advise(begun, NOON).earliest == NOON + timedelta(hours=24)


def test_without_dates_or_at_the_end_of_the_calendar_there_is_only_the_form():
    end = Moment(datetime.max.replace(tzinfo=UTC))
    for resolved in (None, end):
        session = msgspec.structs.replace(of(Severity.SEV1), resolved=resolved)
        assert advise(session, NOON) == Advised(Form.MEETING, "a SEV1 always gets a postmortem")
    assert advise(of(Severity.SEV4), NOON).earliest is None


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("incident commander", True),
        ("Incident Commander, payments", True),
        ("IC", True),
        ("on call", True),
        ("SRE on-call", True),
        ("oncall engineer", True),
        ("incident lead", True),
        ("music critic", False),
        ("recall specialist", False),
        ("engineering manager", False),
        ("", False),
    ],
)
def test_a_role_tells_who_responded(role: str, expected: bool):
    assert responded(Participant(text="Ann", role=role)) is expected


def test_a_facilitator_who_responded_is_pointed_out():
    people = (Participant(id="P1", text="Ann Lee", role="on call"), Participant(id="P2", text="Bo", role="writer"))
    session = EMPTY
    for each in people:
        session = edits.add(session, each)
    ann = session.participants[0]
    assert facilitator_who_responded(session) is None
    assert facilitator_who_responded(edits.set_field(session, "facilitator", "ann lee ")) == ann
    assert facilitator_who_responded(session, Meeting(facilitator="P1")) == ann
    named = edits.set_field(session, "facilitator", "Ann Lee")
    assert facilitator_who_responded(named, Meeting(facilitator="P2")) is None
    assert facilitator_who_responded(named, Meeting()) == ann
