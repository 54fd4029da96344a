"""Trends are what the sessions say, drawn as text and as pictures that hold whatever they are given."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.documents.drawn.cells import cells
from facilitator.library.briefs import briefs, done_lines
from facilitator.library.ledger import Brief
from facilitator.library.scales import KINDS
from facilitator.library.search import Library
from facilitator.library.trends import MOST_PERIODS, By, Trends, quantile, spread, trends
from facilitator.library.trends_svg import picture
from facilitator.library.trends_text import ASCII, drawn
from facilitator.model.session import ReviewKind, Session, Severity
from facilitator.model.text import clean
from tests.hostile import HOSTILE
from tests.library.asking import asked, queries, stores, write

DAY = timedelta(days=1)


def a_brief(
    number: int,
    day: date,
    services: tuple[str, ...] = ("checkout",),
    causes: tuple[str, ...] = ("code",),
    mttr: float | None = None,
    budget: float | None = None,
    actions: tuple[int, int, int] = (0, 0, 0),
) -> Brief:
    return Brief(
        f"S{number}", "x", day, Severity.SEV2, ReviewKind.INCIDENT, services, causes, None, mttr, budget, *actions
    )


def by_name(found: Trends) -> dict[str, int]:
    return {each.name: each.sessions for each in found.groups}


def test_months_without_an_incident_are_there() -> None:
    found = trends([a_brief(1, date(2026, 11, 3)), a_brief(2, date(2026, 8, 30)), a_brief(3, date(2026, 8, 1))])
    assert by_name(found) == {"2026-08": 2, "2026-09": 0, "2026-10": 0, "2026-11": 1}
    assert found.by is By.MONTH
    assert trends([]).groups == ()


def test_over_more_than_two_years_quarters_are_chosen() -> None:
    found = trends([a_brief(1, date(2024, 1, 1)), a_brief(2, date(2026, 3, 31))])
    assert (found.by, len(found.groups), found.groups[-1].name) == (By.QUARTER, 9, "2026 Q1")
    assert trends([a_brief(1, date(2024, 1, 1)), a_brief(2, date(2025, 12, 31))]).by is By.MONTH


def test_far_years_do_not_make_ten_thousand_rows() -> None:
    found = trends([a_brief(1, date(1, 1, 1)), a_brief(2, date(9999, 12, 31))])
    assert by_name(found) == {"0001 Q1": 1, "9999 Q4": 1}
    assert len(trends([a_brief(1, date(1970, 1, 1)), a_brief(2, date(2026, 1, 1))]).groups) <= MOST_PERIODS


def test_services_and_causes_are_counted_however_they_are_written() -> None:
    day = date(2026, 5, 1)
    held = [
        a_brief(1, day, ("Checkout", "search"), ("code", "testing")),
        a_brief(2, day, ("checkout",), ("code",)),
        a_brief(3, day, (), ()),
    ]
    assert by_name(trends(held, By.SERVICE)) == {"checkout": 2, "search": 1, "no service": 1}
    by_cause = trends(held, By.CAUSE)
    assert by_name(by_cause) == {"code": 2, "testing": 1, "no cause": 1}
    assert by_cause.groups[0].services == {"checkout": 2, "search": 1}


def test_actions_are_added_up() -> None:
    (group,) = trends([a_brief(number, date(2026, 5, 1), actions=(1, 2, 3)) for number in range(2)]).groups
    assert (group.actions_pending, group.actions_done, group.actions_wont_do) == (2, 4, 6)


def test_what_came_again_had_the_same_service_and_cause_within_a_year() -> None:
    first = date(2025, 1, 1)
    found = trends(
        [
            a_brief(1, first),
            a_brief(2, first + 365 * DAY),
            a_brief(3, first + 731 * DAY),
            a_brief(4, first + 732 * DAY, causes=("testing",)),
        ]
    )
    assert found.whole.again == 1
    (again,) = found.recurrences
    assert (again.service, again.cause, again.sessions) == ("checkout", "code", 3)
    assert (again.first, again.last) == (first, first + 731 * DAY)


def test_quantiles_are_those_of_the_textbook() -> None:
    assert [quantile((1.0, 2.0, 3.0, 4.0), share) for share in (0, 0.25, 0.5, 0.75, 1)] == [1, 1.75, 2.5, 3.25, 4]
    assert quantile((7.0,), 0.9) == 7


def test_few_values_have_no_quartiles() -> None:
    few = spread([3.0, 1.0, 2.0])
    assert few is not None
    assert (few.values, few.median, few.lower, few.upper) == ((1.0, 2.0, 3.0), 2.0, None, None)
    enough = spread([1.0, 2.0, 3.0, 4.0])
    assert enough is not None
    assert (enough.lower, enough.upper) == (1.75, 3.25)
    assert spread([]) is None


@given(st.lists(st.floats(0, 1e9), min_size=1), st.booleans())
def test_every_value_has_a_place_on_its_axis(values: list[float], duration: bool) -> None:
    found = spread(values)
    assert found is not None
    kind = next(each for each in KINDS if each.duration is duration)
    axis = kind.axis([found])
    assert axis.low < axis.high
    assert all(0 <= axis.place(value) <= 1 for value in values)
    assert sorted(values, key=axis.place) == sorted(values) or len({axis.place(each) for each in values}) < len(values)


def test_the_drawing_shows_dots_quartiles_and_median() -> None:
    minutes = (5, 6, 7, 60, 61, 300, 700)
    held = [a_brief(number, date(2026, 5, 1), mttr=60.0 * each) for number, each in enumerate(minutes)]
    lines = drawn(trends(held), 80, ASCII)
    row = lines[lines.index("Time to resolve (MTTR)") + 1]
    assert row.startswith("2026-05")
    assert row.endswith("median 1 h of 7")
    assert row.count("|") == 1
    assert "-" in row[8:]
    assert "12 h" in lines[lines.index("Time to resolve (MTTR)") + 2]
    assert lines[:2] == ["Sessions by month", f"2026-05  {'#' * 24} 7 (6 came again)  code 7"]
    assert all(line.isascii() for line in lines)


def test_causes_over_time_are_a_row_each() -> None:
    months = [date(2026, month, 1) for month in (1, 1, 2, 3, 3, 3)]
    lines = drawn(trends([a_brief(number, day) for number, day in enumerate(months)]), 80)
    place = lines.index("Causes, 2026-01 to 2026-03, the highest 3")
    assert lines[place + 1] == "code  ▆▃█  6"


def test_what_has_no_room_is_told() -> None:
    held = [a_brief(number, date(2026, 1, 1), (f"service {number}",)) for number in range(40)]
    assert drawn(trends(held, By.SERVICE), 80)[-1] == "4 smaller groups are not drawn"
    held = [a_brief(1, date(2020, 1, 1)), a_brief(2, date(2024, 2, 1))]
    assert drawn(trends(held, By.MONTH), 80)[-1] == "14 earlier periods are not drawn"
    assert drawn(trends([]), 80) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_drawn_as_text(text: str) -> None:
    held = [a_brief(number, date(2026, number + 1, 1), (text,), (text,), 60.0 * number) for number in range(5)]
    for by in By:
        found = trends(held, by)
        for line in drawn(found, 80):
            assert clean(line) == line
            assert "\n" not in line
        root = ET.fromstring(picture(found))
        assert {each.tag.partition("}")[2] for each in root.iter()} <= {
            "svg", "title", "desc", "style", "rect", "text", "tspan", "circle", "path",
        }  # fmt: skip


@settings(max_examples=40)
@given(sessions=stores(5), line=st.one_of(st.just(""), queries()), by=st.one_of(st.none(), st.sampled_from(By)))
def test_the_index_says_what_every_file_says(sessions: tuple[Session, ...], line: str, by: By | None) -> None:
    query = asked(line)
    with TemporaryDirectory() as name:
        folder = Path(name)
        for session in sessions:
            write(folder / "store", session)
        library = Library(folder / "store", cache=folder / "cache")
        library.refresh()
        found = briefs(library, query)
        assert found == briefs(library, query, ready=False)
        assert done_lines(library, query) == done_lines(library, query, ready=False)
        library.close()
    made = trends(found, by)
    assert made.whole.sessions == len(found)
    if made.by in (By.MONTH, By.QUARTER):
        assert sum(each.sessions for each in made.groups) == len(found)
    for columns in (20, 80, 200):
        assert all(cells(each) <= max(columns, 100) + 60 for each in drawn(made, columns))
    ET.fromstring(picture(made))


def test_a_picture_is_light_and_dark() -> None:
    held = [a_brief(number, datetime(2026, 5, 1, tzinfo=UTC).date(), mttr=600.0) for number in range(3)]
    svg = picture(trends(held))
    assert "prefers-color-scheme:dark" in svg
    assert svg == picture(trends(held))
