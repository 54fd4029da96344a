"""Ids rise; file names say what is in them and lead nowhere else."""

from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Session
from facilitator.store.ids import new_id
from facilitator.store.naming import LONGEST_SLUG, free_path, slug, stem

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)


def test_ids_rise_within_a_millisecond() -> None:
    made = [new_id() for _ in range(5_000)]
    assert made == sorted(set(made))
    assert {len(each) for each in made} == {26}


def test_ids_rise_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr("time.time", lambda: 1.0)
    monkeypatch.setattr("time.time_ns", lambda: 10**9)
    assert new_id() > before


def test_threads_get_different_ids() -> None:
    made: list[str] = []
    threads = [Thread(target=lambda: made.extend(new_id() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2_000


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Checkout errors", "checkout-errors"),
        ("  NullPointerException in `checkout` v3.2!", "nullpointerexception-in-checkout-v3-2"),
        ("Größe, naïve café", "große-naive-cafe".replace("ß", "")),
        ("Don't panic", "dont-panic"),
        ("../../etc/passwd", "etc-passwd"),
        ("障害", ""),
        ("word " * 30, "-".join(["word"] * 12)),
        ("x" * 100, "x" * LONGEST_SLUG),
    ],
)
def test_slugs(title: str, expected: str) -> None:
    assert slug(title) == expected


@given(st.text(max_size=100))
def test_a_name_never_leads_elsewhere(title: str) -> None:
    name = stem(Session(id="S", title=title, created=NOON))
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(name) <= LONGEST_SLUG + 11


def test_the_day_is_that_of_the_incident_in_the_zone_of_the_session() -> None:
    session = Session(id="S", title="障害", created=NOON)
    assert stem(session) == "2026-11-15-session"
    late = Moment(datetime(2026, 11, 13, 23, 30, tzinfo=UTC))
    timeline = (Entry(id="E", at=late, text="x"),)
    assert stem(Session(id="S", title="x", created=NOON, timeline=timeline)) == "2026-11-13-x"
    assert stem(Session(id="S", title="x", created=NOON, timeline=timeline, zone="Asia/Tokyo")) == "2026-11-14-x"


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    for expected in ("x.json", "x-2.json", "x-3.json"):
        path = free_path(tmp_path, "x")
        assert path == tmp_path / expected
        path.symlink_to(tmp_path / "nowhere")
