"""What the checks point out in a timeline, and what they leave alone."""

from datetime import UTC, datetime
from typing import Any

import pytest

from facilitator.checks.timeline import timeline_findings
from facilitator.model.edits import ordered
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.session import Entry, Impact, Milestone, ReviewKind
from tests.checks.scenes import CHECKOUT, NOW, entry, session, told


def found(*more: Entry, now: datetime = NOW, without: tuple[int, ...] = (), **fields: Any) -> list[tuple[str, str]]:
    """What is found in the usual timeline with some more entries, and without those of these numbers."""
    kept = (each for number, each in enumerate(CHECKOUT, 1) if number not in without)
    return told(timeline_findings(session(*kept, *more, **fields), now))


def test_a_timeline_in_order_has_nothing_to_be_said_of():
    assert found() == []
    assert told(timeline_findings(session(), NOW)) == []


def test_a_gap_is_told_when_it_stands_out_for_this_incident_and_lies_within_it():
    (gap,) = timeline_findings(session(*CHECKOUT[:1], *CHECKOUT[3:]), NOW)
    assert (gap.rule, gap.about) == ("timeline.gap", "e1")
    assert gap.question == "What was going on between 14:00 and 14:22, and what did people see?"
    assert found(entry(9, "16:00", "review begins")) == []
    assert found(entry(9, "11:00", "new version built")) == []


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        (entry(9, "13:40", "customers report errors"), "timeline.before-start"),
        (entry(9, "13:40", "on-call restarts a pod"), "timeline.before-start"),
        (entry(9, "13:55", "traffic as on any Sunday"), None),
        (entry(9, "15:00", "errors again on two pods"), "timeline.after-resolved"),
        (entry(9, "15:00", "no errors since 14:40"), None),
        (entry(9, "14:30", "looked at logs", year=2025), "timeline.year"),
        (entry(9, "14:30", "looked at logs", year=2206), "timeline.year"),
        (entry(9, "14:30", "looked at logs", month=12), "timeline.future"),
        (entry(9, "14:24", "Burn rate alert fires."), "timeline.same-entry"),
        (entry(9, "14:36", "the rollback completes"), "timeline.same-entry"),
        (entry(9, "14:33", "rollback initiated"), None),
        (entry(9, "06:22", "burn rate alert fires"), "timeline.hours-off"),
        (entry(9, "02:31", "decided to go back to v3.1"), "timeline.half-day"),
        (entry(9, "02:31", "nightly backup done"), None),
        (entry(9, "14:31", "graph read", until=CHECKOUT[0].at.at), "timeline.end-before-beginning"),
    ],
)
def test_one_more_entry(more: Entry, rule: str | None):
    assert (rule in [each for each, _ in found(more)]) if rule else (found(more) == [])


def test_trouble_before_the_start_of_a_near_miss_is_what_it_is_about():
    assert found(entry(9, "13:40", "renewal refused"), review_kind=ReviewKind.NEAR_MISS) == []


def test_many_entries_in_the_future_are_one_finding():
    assert [rule for rule, _ in found(now=datetime(2026, 11, 1, tzinfo=UTC))] == ["timeline.future"]
    late = found(now=datetime(2026, 11, 15, 14, 30, tzinfo=UTC))
    assert late == [("timeline.future", "e7"), ("timeline.future", "e8")]


@pytest.mark.parametrize(
    ("zone", "month", "way"),
    [("PST", 7, "earlier"), ("PDT", 1, "later"), ("CET", 7, "earlier"), ("BST", 1, "later"), ("AEST", 1, "earlier")],
)
def test_a_zone_out_of_season_is_told_once(zone: str, month: int, way: str):
    timeline = [entry(number, f"1{number}:05", f"step {number}", zone=zone, month=month) for number in range(3)]
    (out,) = timeline_findings(session(*timeline), NOW)
    assert (out.rule, out.about) == ("timeline.zone", "e0")
    assert zone in out.why
    assert f"an hour {way}" in out.question


@pytest.mark.parametrize(
    ("zone", "month"), [("PST", 1), ("PDT", 7), ("CEST", 7), ("UTC", 7), ("JST", 7), ("+02:00", 1)]
)
def test_a_zone_in_season_is_fine(zone: str, month: int):
    timeline = [entry(number, f"1{number}:05", f"step {number}", zone=zone, month=month) for number in range(3)]
    assert timeline_findings(session(*timeline), NOW) == ()


def test_entries_of_another_zone_that_only_fit_in_the_zone_of_the_rest():
    more = (
        entry(9, "14:05", "support counts tickets", zone="+02:00"),
        entry(10, "14:30", "support answers them", zone="+02:00"),
    )
    assert found(*more) == [("timeline.other-clock", "e9")]
    assert found(*(entry(each, "16:05", f"told rightly {each}", zone="+02:00") for each in (9, 10))) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Milestone.DETECTED, Milestone.ACKNOWLEDGED),
        (Milestone.START, Milestone.DETECTED),
        (Milestone.MITIGATED, Milestone.RESOLVED),
        (Milestone.START, Milestone.RESOLVED),
    ],
)
def test_milestones_in_an_order_that_cannot_be(first: Milestone, second: Milestone):
    timeline = (entry(1, "14:00", "one thing", second), entry(2, "14:10", "another", first))
    assert ("timeline.milestone-order", "e1") in told(timeline_findings(session(*timeline), NOW))


def test_an_order_that_nobody_knows_exactly_is_not_wrong():
    about = Moment(CHECKOUT[3].at.at, approximation=Approximation.ABOUT)
    hour = Moment(CHECKOUT[4].at.at.replace(minute=0), precision=Precision.HOUR)
    detected = Entry(id="a", at=about, text="seen", milestones=(Milestone.DETECTED,))
    acknowledged = Entry(id="b", at=hour, text="taken on", milestones=(Milestone.ACKNOWLEDGED,))
    rules = [rule for rule, _ in told(timeline_findings(session(*ordered((detected, acknowledged))), NOW))]
    assert "timeline.milestone-order" not in rules


def test_a_missing_milestone_is_proposed_from_the_words_of_an_entry():
    timeline = (*CHECKOUT[:3], entry(4, "14:22", "burn rate alert fires"), *CHECKOUT[4:])
    (missing,) = timeline_findings(session(*timeline), NOW)
    assert (missing.rule, missing.about) == ("timeline.milestone-missing", "e4")
    assert missing.question == "Is this when it was detected: “burn rate alert fires”?"


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        ("Checkout was down for about two hours.", "two hours"),
        ("An outage that lasted 1 hour and 5 minutes.", "1 hour and 5 minutes"),
        ("A 3-hour partial outage.", "3-hour"),
        ("Checkout was unavailable for 45 minutes.", "45 minutes"),
        ("It was down for an hour and a half.", "an hour and a half"),
        ("Checkout failed for 40 minutes.", None),
        ("Checkout failed for about half an hour.", None),
        ("For 18 minutes, from the alert on, orders failed.", None),
        ("Backups had been failing for 3 days.", None),
        ("The certificate was valid for 90 days.", None),
        ("It failed because of a version that was 3 days old.", None),
    ],
)
def test_a_stated_duration_is_compared_with_the_milestones(summary: str, words: str | None):
    assert found(summary=summary) == ([("timeline.stated-duration", words)] if words else [])


def test_a_part_of_the_impact_may_be_shorter_than_the_incident():
    assert found(impact=Impact(prose="Refunds failed for 5 minutes.")) == []
    assert found(impact=Impact(prose="Refunds failed for 5 hours.")) == [("timeline.stated-duration", "5 hours")]


def test_a_stated_window_that_the_milestones_do_not_have():
    started = Moment(datetime(2026, 11, 15, 13, 0, tzinfo=UTC))
    assert found(started=started) == [("timeline.stated-window", "e1")]
    assert found(started=CHECKOUT[0].at, resolved=CHECKOUT[7].at) == []


def test_what_stands_there_often_comes_again_and_is_not_told():
    alerts = (entry(10 + number, f"14:1{number}", "disk alert on node 7") for number in range(4))
    assert not [each for each in found(*alerts) if each[0] == "timeline.same-entry"]
