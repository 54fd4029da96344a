"""The fields of a session, as they are typed, read back and shown."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.capture.context import Context
from facilitator.capture.fields import fields, read_field, read_participant, shown_field, typed_field
from facilitator.model.edits import get_field, set_field
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.phases import Phase
from facilitator.model.session import DetectionSource, Participant, ReviewKind, Session, Severity, Status
from facilitator.model.text import one_line, paragraphs

EMPTY = Session(id="S", title="t", created=datetime(2026, 11, 18, tzinfo=UTC))
CONTEXT = Context(session=EMPTY, today=date(2026, 11, 18))
FIELDS = {field.path: field for phase in Phase for field in fields(phase)}


def test_the_forms_have_the_fields_of_the_session() -> None:
    counted = {phase: len(fields(phase)) for phase in Phase if fields(phase)}
    assert counted == {Phase.INCIDENT: 22, Phase.RESPONSE: 7, Phase.FACTORS: 2}
    for path, field in FIELDS.items():
        assert set_field(EMPTY, path, get_field(EMPTY, path)) == EMPTY
        assert field.label
        assert field.hint


@pytest.mark.parametrize(
    ("path", "line", "value", "shown"),
    [
        ("title", " Checkout  errors ", "Checkout errors", "Checkout errors"),
        ("review_kind", "near", ReviewKind.NEAR_MISS, "near miss"),
        ("review_kind", "Near Miss", ReviewKind.NEAR_MISS, "near miss"),
        ("review_kind", "inc", ReviewKind.INCIDENT, "incident"),
        ("review_kind", "experiment", ReviewKind.EXPERIMENT, "successful experiment"),
        ("review_kind", "failure", ReviewKind.EXPECTED_FAILURE, "expected failure"),
        ("severity", "2", Severity.SEV2, "SEV2"),
        ("severity", "sev2", Severity.SEV2, "SEV2"),
        ("severity", "SEV 2", Severity.SEV2, "SEV2"),
        ("severity", "s3", Severity.SEV3, "SEV3"),
        ("severity", "", None, ""),
        ("status", "review", Status.IN_REVIEW, "in review"),
        ("status", "f", Status.FINAL, "final"),
        ("detection.source", "cust", DetectionSource.CUSTOMER, "customer"),
        ("services", "checkout, payments,checkout, ", ("checkout", "payments"), "checkout, payments"),
        ("authors", '"Berg, Alice", Bob', ("Berg, Alice", "Bob"), "Berg, Alice, Bob"),
        ("services", "", (), ""),
        ("impact.users", "12,000", 12_000, "12,000"),
        ("impact.users", "12k", 12_000, "12,000"),
        ("impact.users", "1.2m", 1_200_000, "1,200,000"),
        ("impact.users", "1.2 million", 1_200_000, "1,200,000"),
        ("impact.users", "12 000", 12_000, "12,000"),
        ("impact.users", "1.234.567", 1_234_567, "1,234,567"),
        ("impact.users", "0", 0, "0"),
        ("impact.users", "", None, ""),
        ("impact.error_budget", "23%", 23.0, "23 %"),
        ("impact.error_budget", "23,5 %", 23.5, "23.5 %"),
        ("impact.error_budget", "120 percent", 120.0, "120 %"),
        ("impact.sla_breached", "y", True, "yes"),
        ("impact.sla_breached", "No", False, "no"),
        ("detection.appropriate", "", None, ""),
        ("impact.revenue", "40,000 EUR", "40,000 EUR", "40,000 EUR"),
        ("impact.revenue", "", "", ""),
        ("cause", "test", "testing", "testing"),
        ("cause", "vendor", "vendor", "vendor"),
        ("cause", "", "", ""),
        ("held", "2026-11-18", date(2026, 11, 18), "2026-11-18"),
        ("held", "yesterday", date(2026, 11, 17), "2026-11-17"),
        ("held", "Nov 20", date(2026, 11, 20), "2026-11-20"),
        ("held", "", None, ""),
        ("zone", "utc", "UTC", "UTC"),
        ("zone", "Europe/Paris", "Europe/Paris", "Europe/Paris"),
        ("zone", "europe/paris", "Europe/Paris", "Europe/Paris"),
        ("zone", "America/New York", "America/New_York", "America/New_York"),
        ("zone", "+2", "+02:00", "+02:00"),
        ("started", "14:00", Moment(datetime(2026, 11, 18, 14, tzinfo=UTC)), "Nov 18, 14:00 UTC"),
        ("started", "Nov 15 14:00", Moment(datetime(2026, 11, 15, 14, tzinfo=UTC)), "Nov 15, 14:00 UTC"),
        ("started", "Nov 15 14:00 CET", Moment(datetime(2026, 11, 15, 13, tzinfo=UTC), "CET"), "Nov 15, 13:00 UTC"),
        (
            "started",
            "~14:00",
            Moment(datetime(2026, 11, 18, 14, tzinfo=UTC), approximation=Approximation.ABOUT),
            "Nov 18, ~14:00 UTC",
        ),
        ("started", "", None, ""),
        ("summary", "One.\r\n\r\nTwo. \n", "One.\n\nTwo.", "One.\n\nTwo."),
        ("trigger", "", "", ""),
    ],
)
def test_a_field_is_read_generously_and_shown(path: str, line: str, value: object, shown: str) -> None:
    reading = read_field(FIELDS[path], line, CONTEXT)
    assert (reading.value, reading.question) == (value, "")
    session = set_field(EMPTY, path, value)
    assert shown_field(FIELDS[path], session) == shown
    assert read_field(FIELDS[path], typed_field(FIELDS[path], session), CONTEXT).value == value


@pytest.mark.parametrize(
    ("path", "line", "labels"),
    [
        ("title", "", []),
        ("zone", "", []),
        ("severity", "5", ["SEV1", "SEV2", "SEV3", "SEV4"]),
        ("review_kind", "exp", ["successful experiment", "expected failure"]),
        ("status", "", []),
        ("impact.users", "many", []),
        ("impact.users", "-3", []),
        ("impact.users", "2.5", []),
        ("impact.users", "12.000", ["12,000", "12"]),
        ("impact.error_budget", "nan", []),
        ("impact.error_budget", "-1", []),
        ("impact.sla_breached", "perhaps", ["yes", "no"]),
        ("cause", "co", ["code", "configuration", "communication", "co"]),
        ("held", "soon", []),
        ("held", "11/12/2026", ["Fri Dec 11", "Thu Nov 12"]),
        ("started", "just now", []),
        ("started", "14:00-14:30", []),
        ("started", "14:00 or so", []),
        ("started", "25:10", ["01:10 UTC, Nov 19"]),
        ("zone", "Europe/Pariss", ["Europe/Paris"]),
        ("zone", "paris", ["Europe/Paris"]),
        ("zone", "PST", ["-08:00"]),
    ],
)
def test_what_cannot_be_read_is_asked_about(path: str, line: str, labels: list[str]) -> None:
    where = CONTEXT if line else Context(session=set_field(EMPTY, "title", "x"), today=CONTEXT.today)
    reading = read_field(FIELDS[path], line, where)
    assert reading.value is None
    assert reading.question
    assert [choice.label for choice in reading.choices][: len(labels) or None] == labels


def test_resolved_follows_the_start() -> None:
    started = Moment(datetime(2026, 11, 15, 23, 50, tzinfo=UTC))
    where = Context(session=set_field(EMPTY, "started", started), today=date(2026, 11, 18))
    same_day = read_field(FIELDS["resolved"], "23:58", where).value
    assert same_day == Moment(datetime(2026, 11, 15, 23, 58, tzinfo=UTC))
    assert read_field(FIELDS["resolved"], "+15m", where).value == Moment(datetime(2026, 11, 16, 0, 5, tzinfo=UTC))
    # Nothing is resolved before it starts.
    past_midnight = read_field(FIELDS["resolved"], "00:05", where)
    assert past_midnight.value == Moment(datetime(2026, 11, 16, 0, 5, tzinfo=UTC))
    assert past_midnight.understood[0] == "00:05 UTC, Nov 16, the next day"


@pytest.mark.parametrize(
    ("line", "question", "labels"),
    [
        ("the shift lead, by phone", "Was it a person?", ["person", "alert", "customer"]),
        ("customers called support", "Was it a customer?", ["customer", "alert", "person"]),
        ("pagerduty alert", "Was it an alert?", ["alert", "customer", "person"]),
        ("on-call was paged by monitoring", "Was it an alert?", ["alert", "customer", "person"]),
        ("an engineer saw the alert", "Was it an alert, a customer or a person?", ["alert", "person", "customer"]),
        ("by luck", "Was it an alert, a customer or a person?", ["alert", "customer", "person"]),
    ],
)
def test_who_noticed_is_proposed_from_a_sentence(line: str, question: str, labels: list[str]) -> None:
    reading = read_field(FIELDS["detection.source"], line, CONTEXT)
    assert (reading.value, reading.question) == (None, question)
    assert [choice.label for choice in reading.choices] == labels
    assert [str(choice.value) for choice in reading.choices] == labels


@pytest.mark.parametrize(("line", "source"), [("pager", "alert"), ("users", "customer"), ("Colleague", "person")])
def test_one_word_for_who_noticed_is_enough(line: str, source: str) -> None:
    reading = read_field(FIELDS["detection.source"], line, CONTEXT)
    assert (reading.value, reading.understood) == (DetectionSource(source), (source,))


def test_a_choice_that_there_is_not_is_said_plainly() -> None:
    assert read_field(FIELDS["severity"], "5", CONTEXT).question == "5 is none of: SEV1, SEV2, SEV3, SEV4."
    assert read_field(FIELDS["review_kind"], "exp", CONTEXT).question == (
        "exp may be successful experiment or expected failure. Which is it?"
    )
    assert (
        read_field(FIELDS["status"], "x" * 90, CONTEXT).question == f"{'x' * 39}… is none of: draft, in review, final."
    )


def test_the_zone_is_asked_for_before_the_times_that_are_read_in_it() -> None:
    paths = [field.path for field in fields(Phase.INCIDENT)]
    assert paths[paths.index("services") :][:4] == ["services", "zone", "started", "resolved"]


TEXTS = st.text(max_size=12)
MOMENTS = st.builds(
    Moment,
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from(["UTC", "CET", "PST", "Europe/Paris", "?"]),
    st.sampled_from(Precision),
    st.sampled_from(Approximation),
)
VALUES: dict[str, st.SearchStrategy[object]] = {
    "title": TEXTS,
    "services": st.lists(TEXTS, max_size=3).map(tuple),
    "authors": st.lists(st.sampled_from(['a "b"', "a, b", '"', ",", "\\"]), max_size=3).map(tuple),
    "started": MOMENTS,
    "impact.users": st.none() | st.integers(),
    "impact.error_budget": st.none() | st.floats(allow_nan=False),
    "impact.sla_breached": st.none() | st.booleans(),
    "severity": st.none() | st.sampled_from(Severity),
    "review_kind": st.sampled_from(ReviewKind),
    "held": st.none() | st.dates(),
    "summary": TEXTS,
    "cause": TEXTS,
    "zone": TEXTS,
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(VALUES)).flatmap(lambda path: st.tuples(st.just(path), VALUES[path])))
def test_what_a_field_has_is_read_back_whatever_it_is(case: tuple[str, object]) -> None:
    path, value = case
    session = set_field(EMPTY, path, value)
    where = Context(session=session, today=CONTEXT.today)
    reading = read_field(FIELDS[path], typed_field(FIELDS[path], session), where)
    assert (reading.value, reading.question) == (value, "")


CLEAN: dict[str, st.SearchStrategy[object]] = {
    "title": TEXTS.map(one_line).filter(bool),
    "services": st.lists(TEXTS.map(one_line).filter(bool), max_size=3, unique=True).map(tuple),
    "authors": st.lists(st.sampled_from(['a "b"', "a, b", '"', ",", "\\"]), max_size=3, unique=True).map(tuple),
    "impact.users": st.none() | st.integers(0, 10**12),
    "impact.error_budget": st.none() | st.integers(0, 10**6).map(lambda number: number / 100),
    "impact.sla_breached": st.none() | st.booleans(),
    "severity": st.none() | st.sampled_from(Severity),
    "review_kind": st.sampled_from(ReviewKind),
    "status": st.sampled_from(Status),
    "held": st.none() | st.dates(date(1970, 1, 1), date(2199, 12, 31)),
    "summary": TEXTS.map(paragraphs),
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(CLEAN)).flatmap(lambda path: st.tuples(st.just(path), CLEAN[path])))
def test_what_a_field_has_is_read_the_same_in_another_session(case: tuple[str, object]) -> None:
    path, value = case
    line = typed_field(FIELDS[path], set_field(EMPTY, path, value))
    reading = read_field(FIELDS[path], line, CONTEXT)
    assert (reading.value, reading.question) == (value, "")


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("Alice Berg, incident commander", "Alice Berg", "incident commander"),
        ("Alice Berg", "Alice Berg", ""),
        ("Alice, scribe, note keeper", "Alice", "scribe, note keeper"),
        ('"Berg, Alice", scribe', "Berg, Alice", "scribe"),
    ],
)
def test_a_participant_is_a_name_and_a_role(line: str, name: str, role: str) -> None:
    assert read_participant(line).value == Participant(text=name, role=role)


def test_nobody_is_no_participant() -> None:
    assert read_participant("").value is None
    assert read_participant(", scribe").question
