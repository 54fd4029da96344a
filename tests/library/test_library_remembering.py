"""An old lesson: of this day in an earlier year first, else by chance, and the same all day long."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from facilitator.library.remembering import remember
from facilitator.library.search import Library
from facilitator.model.moments import Moment
from facilitator.model.session import Action, ActionStatus, Lesson
from tests.library.asking import NOON, TODAY, a_session, write

LESSONS = (Lesson(id="L1", text="one"), Lesson(id="L2", text="two"))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for number in range(1, 9):
        started = Moment(NOON - timedelta(days=40 * number))
        write(tmp_path / "store", a_session(number, started=started, lessons=LESSONS))
    write(tmp_path / "store", a_session(20, started=Moment(NOON - timedelta(days=1)), lessons=LESSONS))
    write(tmp_path / "store", a_session(21, started=Moment(NOON - timedelta(days=500))))
    library = Library(tmp_path / "store", cache=tmp_path / "cache")
    library.refresh()
    return library


def test_it_is_stable_for_a_day_and_another_one_on_other_days(library: Library) -> None:
    first = remember(library, TODAY)
    assert first is not None
    assert first == remember(library, TODAY) == remember(library, TODAY, ready=False)
    assert first.years is None
    days = [remember(library, TODAY + timedelta(days=number)) for number in range(30)]
    told = {(each.session.id, each.lesson.id) for each in days if each is not None}
    assert len(told) > 5
    assert "S21" not in {session for session, _ in told}


def test_what_is_new_is_no_old_lesson(library: Library) -> None:
    met = {found.session.id for number in range(20) if (found := remember(library, TODAY + timedelta(days=number)))}
    assert "S20" not in met


def test_another_session_rarely_changes_it(library: Library) -> None:
    before = [remember(library, TODAY + timedelta(days=number)) for number in range(20)]
    write(library.folder, a_session(30, started=Moment(NOON - timedelta(days=777)), lessons=LESSONS))
    library.refresh(thorough=True)
    for number, old in enumerate(before):
        now = remember(library, TODAY + timedelta(days=number))
        assert now is not None
        assert now == old or now.session.id == "S30"


def test_an_anniversary_comes_first_with_what_is_still_open(library: Library) -> None:
    actions = (Action(id="A1", text="still open"), Action(id="A2", text="done", status=ActionStatus.DONE))
    started = Moment(NOON.replace(year=2023))
    write(library.folder, a_session(40, started=started, lessons=LESSONS[:1], actions=actions))
    library.refresh(thorough=True)
    found = remember(library, TODAY)
    assert found is not None
    assert (found.session.id, found.years, found.date) == ("S40", 3, date(2023, 11, 15))
    assert [each.action.text for each in found.pending] == ["still open"]


def test_a_leap_day_comes_every_year(tmp_path: Path) -> None:
    leap = Moment(NOON.replace(year=2024, month=2, day=29))
    write(tmp_path / "store", a_session(1, started=leap, lessons=LESSONS))
    library = Library(tmp_path / "store", cache=tmp_path / "cache")
    years = {day: found.years for day in (date(2026, 2, 28), date(2028, 2, 28), date(2028, 2, 29), date(2026, 3, 1))
             if (found := remember(library, day, ready=library.refresh()))}  # fmt: skip
    assert years == {
        date(2026, 2, 28): 2,
        date(2028, 2, 28): None,
        date(2028, 2, 29): 4,
        date(2026, 3, 1): None,
    }


def test_where_there_is_nothing_nothing_is_remembered(tmp_path: Path) -> None:
    library = Library(tmp_path / "store", cache=tmp_path / "cache")
    assert remember(library, TODAY, ready=False) is None
    assert remember(library, date.min, ready=False) is None
    write(tmp_path / "store", a_session(1, started=Moment(NOON), lessons=LESSONS))
    library.refresh()
    assert remember(library, TODAY) is None
    assert remember(library, TODAY + timedelta(days=1)) is not None
