"""The line by which drafts are filtered."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.drafts import Draft, Stamp
from facilitator.intake.sifting.filters import Filter, Shelf, State, read_filter, select

DAY = date(2026, 11, 17)


def draft(id: str, text: str, hour: int, minute: int = 0, who: str = "", place: str = "", day: int = 17) -> Draft:
    return Draft(
        id=id,
        text=text,
        stamp=Stamp(datetime.fromisoformat(f"2026-11-{day}T{hour:02}:{minute:02}"), "UTC"),
        who=who,
        place=place,
    )


DRAFTS = (
    draft("slack:1", "Rolling back\nthe release", 13, 30, "Dána", "#incidents"),
    draft("slack:2", "rollback done, café is open", 14, 0, "Bo", "ops"),
    draft("github:3", "Deployed v3 https://example.com/a", 12, 59, "deploybot", "org/api"),
    draft("slack:4", "after midnight", 0, 30, "Bo", "ops", 18),
    Draft(id="csv:5", text="no time"),
)
SHELF = Shelf(DRAFTS, "+01:00")


def found(line: str, zone: str = "+01:00", day: date | None = DAY, shelf: Shelf = SHELF) -> list[int]:
    wanted = read_filter(line, zone, day)
    assert isinstance(wanted, Filter), wanted
    states = {State.PROPOSED: {"slack:1", "github:3"}, State.TAKEN: {"slack:2"}, State.LEFT: {"slack:4"}}
    return [number + 1 for number in select(shelf, wanted, states)]


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("ROLL", [1, 2]),
        ("roll back", [1, 2]),
        ('"back the"', [1]),
        ("cafe", [2]),
        ("CAFÉ", [2]),
        ("roll -done", [1]),
        ("from:dana", [1]),
        ("from:@bo", [2, 3, 4]),
        ("-from:bot", [1, 2, 4, 5]),
        ("in:#inc", [1]),
        ("in:ops roll", [2]),
        ("kind:github", [3]),
        ("https://example.com", [3]),
        ("error:5xx", []),
        ("is:proposed", [1, 3]),
        ("-is:proposed", [2, 4, 5]),
        ("is:taken", [2]),
        ("IS:LEFT", [4]),
        ("after:14:00", [1, 2, 4]),
        ("after:14:00 before:15:00", [1]),
        ("before:2pm", [3]),
        ("after:23:00 before:02:00", [4]),
        ("after:2026-11-18", [4]),
        ("before:2026-11-17T14:30", [3]),
        ('after:"2026-11-17 14:30"', [1, 2, 4]),
        ('after:"Nov 18"', [4]),
        ("-after:14:00", [3]),
    ],
)
def test_a_line_finds(line: str, numbers: list[int]) -> None:
    assert found(line) == numbers


def test_without_a_day_a_time_is_one_of_any_day() -> None:
    assert found("after:01:00 before:14:00", day=None) == [3, 4]
    assert found("after:15:00 before:02:00", day=None) == [2, 4]
    assert found("after:13:30 before:14:01", "UTC", None, Shelf(DRAFTS, "UTC")) == [1, 2]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("from:", "'from:' needs something after it, such as from:dana"),
        ("after:soon", "'after:soon' is no time; write 14:00, 2026-11-15 or 2026-11-15T14:00"),
        ("before:25:00", "'before:25:00': there is no hour 25"),
        ("after:2026-02-30", "Feb 30"),
        ("is:done", "'is:done' is not known; write is:proposed, is:taken, is:left"),
        ("-", "a '-' needs a word after it"),
        ('"open', "a quotation mark is not closed"),
        ("x " * 40, "more than 30 terms"),
        ("x" * 501, "more than 500 characters"),
    ],
)
def test_what_is_wrong_is_said(line: str, message: str) -> None:
    said = read_filter(line, "UTC", DAY)
    assert isinstance(said, str)
    assert message in said


def test_a_day_without_its_year_needs_the_day_of_the_incident() -> None:
    assert "needs its year" in str(read_filter('after:"Nov 18"', "UTC"))


TERMS = [
    "roll",
    "-",
    '"',
    "from:",
    "from:bo",
    "in:ops",
    "kind:slack",
    "after:",
    "after:14:00",
    "before:9",
    "is:left",
    "is:x",
    "é",
]


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from(TERMS), max_size=6).map(" ".join) | st.text(max_size=40),
    st.sampled_from(["UTC", "Europe/Paris", "nowhere"]),
    st.none() | st.dates(),
)
def test_no_line_raises_and_order_is_kept(line: str, zone: str, day: date | None) -> None:
    wanted = read_filter(line, zone, day)
    if isinstance(wanted, str):
        assert wanted
        return
    numbers = select(Shelf(DRAFTS, zone), wanted)
    assert numbers == sorted(set(numbers))
    narrower = select(Shelf(DRAFTS, zone), Filter((*wanted.terms, *wanted.terms)))
    assert narrower == numbers
