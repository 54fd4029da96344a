"""Times as programs write them: what is read, on which clock, and what is no time."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.intake.payloads.written_times import stamp_of
from facilitator.model.moments import Precision, find_zone


@pytest.mark.parametrize(
    ("written", "local", "zone", "precision"),
    [
        ("2026-03-01T14:02:11Z", "2026-03-01T14:02:11", "UTC", "second"),
        ("2026-03-01T14:02:11.5531234+0000", "2026-03-01T14:02:11.553123", "UTC", "second"),
        ("2026-03-01T14:02:11-05:00", "2026-03-01T14:02:11", "-05:00", "second"),
        ("2026-03-01t14:02z", "2026-03-01T14:02:00", "UTC", "minute"),
        ("2026-03-01 14:02:11", "2026-03-01T14:02:11", "", "second"),
        ("2026-03-01 14:02:11 CET", "2026-03-01T14:02:11", "+01:00", "second"),
        ("2026-03-01 14:02:11 Europe/Paris", "2026-03-01T14:02:11", "Europe/Paris", "second"),
        ("2026-03-01 14:02:11.25 +0530 IST", "2026-03-01T14:02:11.250000", "+05:30", "second"),
        ("2026.03.01 14:02:11", "2026-03-01T14:02:11", "", "second"),
        ("2026/03/01", "2026-03-01T00:00:00", "", "day"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59", "UTC", "second"),
        ("Sun Mar  1 14:02:11 UTC 2026", "2026-03-01T14:02:11", "UTC", "second"),
        ("Sun, 01 Mar 2026 14:02:11 GMT", "2026-03-01T14:02:11", "UTC", "second"),
        ("March 1, 2026 2:02 PM PST", "2026-03-01T14:02:00", "-08:00", "minute"),
        (1772373731, "2026-03-01T14:02:11", "UTC", "second"),
        ("1772373731", "2026-03-01T14:02:11", "UTC", "second"),
        (1772373731.25, "2026-03-01T14:02:11.250000", "UTC", "second"),
        (1772373731250, "2026-03-01T14:02:11.250000", "UTC", "second"),
        (1772373731250000, "2026-03-01T14:02:11.250000", "UTC", "second"),
        (1772373731250000110, "2026-03-01T14:02:11.250000", "UTC", "second"),
    ],
)
def test_a_time_is_read_on_its_own_clock(written: object, local: str, zone: str, precision: str) -> None:
    stamp = stamp_of(written)
    assert stamp is not None
    assert (stamp.local, stamp.zone, stamp.precision) == (datetime.fromisoformat(local), zone, Precision(precision))


@pytest.mark.parametrize(
    "written",
    ["", " ", "0001-01-01T00:00:00Z", "2026-02-30T10:00:00Z", "2026-03-01T25:00:00Z", "March 1 14:02", "14:02", "soon",
     "05/06/2026 10:00", "20260301", "2026-03-01T14:02:11 Moonbase", "9" * 30, 0, 5, -1, 10**30, 10**400,
     float("nan"), float("inf"), True, None, [], {}, "x" * 10_000],
)  # fmt: skip
def test_what_is_no_time_is_none(written: object) -> None:
    assert stamp_of(written) is None


@given(
    st.one_of(
        st.text(max_size=40), st.integers(), st.floats(), st.from_regex(r"\d{1,4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d.{0,8}")
    )
)
def test_a_stamp_can_always_be_placed(written: object) -> None:
    stamp = stamp_of(written)
    if stamp is not None:
        assert stamp.local.tzinfo is None
        assert not stamp.zone or find_zone(stamp.zone) is not None
        assert stamp.moment("UTC").zone == (stamp.zone or "UTC")
