"""Drafts as entries of the timeline."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.intake.drafts import Draft, Signal, Stamp
from facilitator.intake.sifting.taking import LONGEST, entry_of, line_of, taken_origins, told_by
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.session import Milestone, Session

NOON = datetime.fromisoformat("2026-11-17T12:00")
TOLD = Draft(
    id="slack:C1/1",
    text="5xx climbing, see https://grafana.example.com/d/x.",
    stamp=Stamp(NOON + timedelta(seconds=9), "UTC", Precision.SECOND),
    who="dana",
    place="incidents",
    link="https://slack.example.com/C1/p1",
)
ALERT = Draft(
    id="pagerduty:P1", text="Checkout error rate", stamp=Stamp(NOON), place="checkout", who="Priya", signal=Signal.FIRES
)


def test_a_draft_becomes_an_entry_with_its_origin() -> None:
    entry = entry_of([TOLD], "Europe/Paris", new_id="01", milestones=[Milestone.DETECTED])
    assert (entry.id, entry.text, entry.origins) == ("01", TOLD.text, ("slack:C1/1",))
    assert entry.at == Moment(datetime(2026, 11, 17, 12, 0, 9, tzinfo=UTC), "UTC", Precision.SECOND)
    assert entry.source == "Slack #incidents, @dana"
    assert entry.links == ("https://slack.example.com/C1/p1", "https://grafana.example.com/d/x")
    assert entry.milestones == (Milestone.DETECTED,)


def test_several_become_one_with_the_most_exact_time() -> None:
    entry = entry_of([ALERT, TOLD, TOLD], "Europe/Paris")
    assert entry.text == ALERT.text
    assert entry.at.precision is Precision.SECOND
    assert entry.source == "PagerDuty checkout, Priya; Slack #incidents, @dana"
    assert entry.origins == ("pagerduty:P1", "slack:C1/1")


def test_a_zone_an_approximation_and_an_end_are_kept() -> None:
    stamp = Stamp(NOON, "", Precision.MINUTE, Approximation.ABOUT, NOON + timedelta(hours=1))
    entry = entry_of([Draft(id="csv:1", text="slow", stamp=stamp)], "+02:00")
    assert entry.at == Moment(datetime(2026, 11, 17, 10, tzinfo=UTC), "+02:00", Precision.MINUTE, Approximation.ABOUT)
    assert entry.until == datetime(2026, 11, 17, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "stamp", [None, Stamp(NOON, "Mars/Base"), Stamp(datetime.fromisoformat("0001-01-01T00:00"), "+02:00")]
)
def test_what_has_no_time_cannot_be_an_entry(stamp: Stamp | None) -> None:
    with pytest.raises(ValueError, match="time"):
        entry_of([Draft(id="x:1", text="x", stamp=stamp)], "UTC")


def test_a_long_text_is_cut_where_a_line_or_sentence_ends() -> None:
    assert line_of("one\ntwo") == "one two"
    assert line_of("first\n" + "x" * 400) == "first"
    assert line_of("\n \nA sentence. " + "word " * 100) == "A sentence."
    cut = line_of("word " * 200)
    assert cut.endswith("word…")
    assert len(cut) <= LONGEST


@given(st.text(max_size=1500))
def test_a_line_is_a_line_of_the_text(text: str) -> None:
    line = line_of(text)
    assert len(line) <= LONGEST
    assert len(line.splitlines()) <= 1


def test_what_was_taken_is_known_by_its_origin() -> None:
    session = Session(id="s", title="t", created=datetime(2026, 1, 1, tzinfo=UTC), timeline=(entry_of([ALERT], "UTC"),))
    assert taken_origins(session) == {"pagerduty:P1"}


def test_a_place_is_said_once_and_a_file_stands_for_a_place_that_is_missing() -> None:
    def source(id: str, **fields: Any) -> str:
        return told_by([Draft(id=id, text="x", **fields)])

    assert source("pagerduty:1", place="payments-api", who="payments-api") == "PagerDuty payments-api"
    assert source("log:1", file="ledger.log") == "Log ledger.log"
    assert source("columns:1", file="noc.csv", who="Schicht A") == "Table noc.csv, Schicht A"
    assert source("chat:1", file="irc.log", who="dana") == "Chat irc.log, @dana"
    assert source("log:1", file="ledger.log", place="ledger-pg") == "Log ledger-pg"
    assert source("github:1", file="deployments.json") == "GitHub"
