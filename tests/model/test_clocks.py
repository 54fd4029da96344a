from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.model.clocks import clock, day, span, stamp
from facilitator.model.moments import Approximation, Moment, Precision

AT = datetime(2026, 11, 15, 14, 22, 5, tzinfo=UTC)


def moment(at: datetime = AT, precision: str = "minute", approximation: str = "exact", zone: str = "UTC") -> Moment:
    return Moment(at, zone, Precision(precision), Approximation(approximation))


@pytest.mark.parametrize(
    ("precision", "approximation", "zone", "shown"),
    [
        ("minute", "exact", "UTC", "14:22"),
        ("minute", "exact", "Europe/Paris", "15:22"),
        ("minute", "exact", "+05:30", "19:52"),
        ("second", "exact", "UTC", "14:22:05"),
        ("minute", "about", "UTC", "~14:22"),
        ("minute", "before", "UTC", "before 14:22"),
        ("minute", "after", "UTC", "after 14:22"),
        ("day", "exact", "UTC", "Nov 15"),
        ("day", "about", "UTC", "~Nov 15"),
        ("minute", "exact", "Nowhere/Land", "14:22"),
    ],
)
def test_a_clock_says_as_much_as_is_known(precision: str, approximation: str, zone: str, shown: str) -> None:
    assert clock(moment(AT, precision, approximation), zone) == shown


def test_an_hour_in_a_zone_half_an_hour_off_is_named_by_its_middle() -> None:
    hour = moment(datetime(2026, 11, 15, 14, tzinfo=UTC), "hour")
    assert clock(hour, "UTC") == "14:??"
    assert clock(hour, "Asia/Kolkata") == "~20:00"


@pytest.mark.parametrize(
    ("at", "zone"),
    [
        (datetime(2026, 11, 14, 23, tzinfo=UTC), "Europe/Paris"),
        (datetime(2026, 11, 15, 8, tzinfo=UTC), "PST"),
        (datetime(2026, 11, 14, 15, tzinfo=UTC), "JST"),
        (datetime(2026, 11, 14, 11, tzinfo=UTC), "Pacific/Auckland"),
    ],
)
def test_a_day_stays_the_day_that_was_told_whatever_zone_it_is_shown_in(at: datetime, zone: str) -> None:
    assert clock(moment(at, "day", zone=zone), "UTC") == "Nov 15"
    assert stamp(moment(at, "day", zone=zone), "UTC") == "Nov 15"


def test_a_span_names_its_end() -> None:
    start = moment(datetime(2026, 11, 15, 23, 50, tzinfo=UTC))
    assert span(start, None, "UTC") == "23:50"
    assert span(start, start.at + timedelta(minutes=5), "UTC") == "23:50-23:55"
    assert span(start, start.at + timedelta(seconds=65), "UTC") == "23:50-23:51:05"
    assert span(start, start.at + timedelta(minutes=20), "UTC") == "23:50-Nov 16 00:10"
    assert span(start, start.at + timedelta(minutes=20), "Europe/Paris") == "00:50-01:10"


def test_a_span_of_days_names_days() -> None:
    start = moment(datetime(2026, 11, 15, tzinfo=UTC), "day")
    assert span(start, start.at + timedelta(days=2), "UTC") == "Nov 15-Nov 17"


def test_a_day_has_its_year_when_asked() -> None:
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert day(late, "UTC") == "Dec 31"
    assert day(late, "UTC", year=True) == "2026-12-31"
    assert day(late, "Europe/Paris", year=True) == "2027-01-01"


def test_a_stamp_names_day_and_zone() -> None:
    assert stamp(moment(), "UTC") == "Nov 15, 14:22 UTC"
    assert stamp(moment(approximation="before"), "Europe/Paris") == "Nov 15, before 15:22 Europe/Paris"
    assert stamp(moment(), "Nowhere/Land") == "Nov 15, 14:22 UTC"


@given(
    at=st.datetimes(timezones=st.just(UTC)),
    until=st.none() | st.datetimes(timezones=st.just(UTC)),
    precision=st.sampled_from(Precision),
    zone=st.sampled_from(["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "-23:59", "?", ""]),
)
def test_no_moment_of_the_calendar_is_too_early_or_too_late(
    at: datetime, until: datetime | None, precision: Precision, zone: str
) -> None:
    shown = span(Moment(at, zone, precision), until, zone)
    assert shown
    assert stamp(Moment(at, zone, precision), zone)
