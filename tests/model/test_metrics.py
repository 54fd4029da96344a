"""Metrics come from milestones and from nothing else, and say why they are absent."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from facilitator.model import edits
from facilitator.model.metrics import Absent, Measured, Metric, incident_day, measure, spoken, told, window
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.session import Entry, Milestone, Session

START = datetime(2026, 11, 15, 14, 0, tzinfo=UTC)


def session(**minutes: int) -> Session:
    made = Session(id="s", title="t", created=START)
    for name, at in minutes.items():
        moment = Moment(START + timedelta(minutes=at))
        made = edits.add(made, Entry(id=name, at=moment, text=name, milestones=(Milestone(name),)))
    return made


def test_the_checkout_incident_of_the_mission_is_measured_from_its_milestones():
    made = session(start=0, detected=22, acknowledged=24, declared=26, mitigated=35, resolved=40)
    assert [measure(made, metric) for metric in Metric] == [
        Measured(timedelta(minutes=22)),
        Measured(timedelta(minutes=2)),
        Measured(timedelta(minutes=18)),
        Measured(timedelta(minutes=40)),
    ]


@pytest.mark.parametrize(
    ("made", "metric", "reason"),
    [
        (session(start=0), Metric.MTTD, "no entry is marked detected"),
        (session(), Metric.DURATION, "no entry is marked start or resolved"),
        (session(start=30, resolved=10), Metric.DURATION, "resolved is earlier than start"),
    ],
)
def test_a_metric_that_cannot_be_computed_says_why(made: Session, metric: Metric, reason: str):
    assert measure(made, metric) == Absent(reason)


@pytest.mark.parametrize(
    ("uncertain", "precision"),
    [
        ({"approximation": Approximation.ABOUT}, Precision.MINUTE),
        ({"precision": Precision.HOUR}, Precision.HOUR),
        ({"approximation": "before"}, Precision.MINUTE),
    ],
)
def test_a_metric_from_an_uncertain_moment_is_about(uncertain: dict[str, str], precision: Precision):
    made = session(start=0, resolved=40)
    at = msgspec.structs.replace(made.timeline[0].at, **uncertain)
    made = edits.change(made, "start", at=at)
    assert measure(made, Metric.DURATION) == Measured(timedelta(minutes=40), about=True, precision=precision)


def test_the_stated_window_holds_until_milestones_say_otherwise():
    stated = Moment(START - timedelta(hours=1))
    made = msgspec.structs.replace(session(resolved=40), started=stated, resolved=stated)
    assert window(made) == (stated, Moment(START + timedelta(minutes=40)))


def test_an_incident_is_dated_by_its_start_else_by_its_first_entry():
    assert incident_day(session()) is None
    assert incident_day(session(resolved=40)) == START + timedelta(minutes=40)
    assert incident_day(session(start=1, resolved=40)) == START + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(0), "under a minute"),
        (timedelta(seconds=0.4), "under a minute"),
        (timedelta(seconds=45), "45 s"),
        (timedelta(seconds=90), "1 min 30 s"),
        (timedelta(minutes=18), "18 min"),
        (timedelta(minutes=18, seconds=20), "18 min"),
        (timedelta(hours=1, minutes=5), "1 h 5 min"),
        (timedelta(hours=18), "18 h"),
        (timedelta(days=2, hours=3, minutes=9), "2 d 3 h"),
    ],
)
def test_durations_are_said_as_people_say_them(span: timedelta, said: str):
    assert spoken(span) == said


def test_a_duration_is_rounded_to_as_few_units_as_asked():
    assert spoken(timedelta(days=2, hours=3), units=1) == "2 d"
    assert spoken(timedelta(0), units=1) == "under a minute"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Measured(timedelta(minutes=22)), "22 min"),
        (Measured(timedelta(minutes=22), about=True), "about 22 min"),
        (Measured(timedelta(0)), "under a minute"),
        (Measured(timedelta(0), about=True), "under a minute"),
        (Measured(timedelta(0), about=True, precision=Precision.HOUR), "under an hour"),
        (Measured(timedelta(0), about=True, precision=Precision.DAY), "under a day"),
    ],
)
def test_a_metric_is_never_about_nothing(found: Measured, said: str):
    assert told(found) == said
