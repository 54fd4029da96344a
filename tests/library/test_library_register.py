"""The register of actions: the index and a look at every file agree, and what is counted is what people mean."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.library.expressions import Query
from facilitator.library.register import previous_actions, register, tallies, told_previous
from facilitator.library.search import Library
from facilitator.library.tallies import AGES, OLDEST, Asked, By, Sort, Tally, View, age_group
from facilitator.model.edits import put
from facilitator.model.moments import Moment
from facilitator.model.outcomes import with_effect, with_status
from facilitator.model.session import Action, ActionStatus, ActionType, Factor, Priority, Session
from facilitator.store.store import Store
from tests.library.asking import NOON, TODAY, a_session, asked, queries, stores, write

OPEN, DONE, WONT_DO = ActionStatus.OPEN, ActionStatus.DONE, ActionStatus.WONT_DO


def library_of(folder: Path, *sessions: Session) -> Library:
    for session in sessions:
        write(folder / "store", session)
    library = Library(folder / "store", cache=folder / "cache")
    library.refresh()
    return library


def at(day: date) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def texts(library: Library, wanted: Asked) -> list[str]:
    found = register(library, wanted, TODAY)
    assert found == register(library, wanted, TODAY, ready=False)
    return [each.action.text for each in found.lines]


def own_items(session: Session) -> Session:
    """Return a session whose actions have ids of their own, as they have outside of tests."""
    actions = tuple(msgspec.structs.replace(each, id=f"{session.id}{each.id}") for each in session.actions)
    return msgspec.structs.replace(session, actions=actions)


@settings(max_examples=60)
@given(
    sessions=stores(6),
    line=st.one_of(st.just(""), queries()),
    view=st.sampled_from([each for each in View if each is not View.FOLLOW_UP]),
    owner=st.sampled_from((None, None, "", "@ALICE", "bob", "carol")),
    soon=st.integers(0, 40),
    sort=st.sampled_from(Sort),
    limit=st.one_of(st.none(), st.integers(0, 4)),
)
def test_the_index_says_what_every_file_says(
    sessions: tuple[Session, ...],
    line: str,
    view: View,
    owner: str | None,
    soon: int,
    sort: Sort,
    limit: int | None,
) -> None:
    wanted = Asked(asked(line), view, owner, soon, sort=sort, limit=limit)
    with TemporaryDirectory() as folder:
        library = library_of(Path(folder), *map(own_items, sessions))
        found = register(library, wanted, TODAY)
        assert found == register(library, wanted, TODAY, ready=False)
        assert found.tally.total >= found.listed >= len(found.lines)
        for by in By:
            groups = tallies(library, wanted, by, TODAY)
            assert groups == tallies(library, wanted, by, TODAY, ready=False)
            if by in (By.OWNER, By.TYPE):
                assert sum(groups.values(), Tally()) == found.tally
        library.close()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    def action(number: int, text: str, **fields: object) -> Action:
        return msgspec.structs.replace(Action(id=f"A{number}", rank=float(number), text=text), **fields)

    one = a_session(
        1,
        services=("checkout", "Search"),
        started=at(date(2026, 3, 1)),
        factors=(Factor(id="F1", text="no limit", category="configuration"),),
        actions=(
            action(1, "late", owner="alice", due=date(2026, 11, 14), type=ActionType.PREVENT, factors=("F1", "F9")),
            action(2, "today", owner="Alice", due=TODAY, priority=Priority.P0),
            action(3, "undated", type=ActionType.PREVENT, status=ActionStatus.IN_PROGRESS),
            action(4, "finished", owner="bob", status=DONE),
        ),
    )
    other = a_session(
        2,
        services=("search",),
        started=at(date(2026, 5, 1)),
        actions=(
            action(5, "next month", owner="bob", due=TODAY + timedelta(days=20), priority=Priority.P1),
            action(6, "no longer", status=WONT_DO, note="it is retired"),
        ),
    )
    return library_of(tmp_path, one, other)


def test_what_is_overdue_soon_and_whose(library: Library) -> None:
    assert texts(library, Asked()) == ["late", "today", "next month", "undated"]
    assert texts(library, Asked(view=View.OVERDUE)) == ["late"]
    assert texts(library, Asked(view=View.DUE_SOON)) == ["today"]
    assert texts(library, Asked(view=View.DUE_SOON, soon=20)) == ["today", "next month"]
    assert texts(library, Asked(owner="@alice")) == ["late", "today"]
    assert texts(library, Asked(owner="")) == ["undated"]
    assert texts(library, Asked(asked("service:checkout"))) == ["late", "today", "undated"]
    assert texts(library, Asked(sort=Sort.PRIORITY))[:2] == ["today", "next month"]
    assert texts(library, Asked(sort=Sort.SESSION))[0] == "next month"
    assert texts(library, Asked(sort=Sort.OWNER, limit=3)) == ["late", "today", "next month"]
    assert len(texts(library, Asked(view=View.ALL))) == 6


def test_how_many_there_are(library: Library) -> None:
    found = register(library, Asked(limit=1), TODAY)
    assert (len(found.lines), found.listed) == (1, 4)
    assert found.tally == Tally(pending=4, overdue=1, soon=1, done=1, wont_do=1)
    assert found.tally.completion == 0.2
    assert Tally(wont_do=3).completion is None
    assert found.lines[0].action.causes == ("configuration",)
    assert found.lines[0].reference == "S1:A1"
    by_owner = tallies(library, Asked(), By.OWNER, TODAY)
    assert by_owner == {"alice": Tally(2, 1, 1), "bob": Tally(1, done=1), "": Tally(1, wont_do=1)}
    assert tallies(library, Asked(), By.TYPE, TODAY)["prevent"] == Tally(2, 1)
    by_service = tallies(library, Asked(), By.SERVICE, TODAY)
    assert by_service == {"search": found.tally, "checkout": Tally(3, 1, 1, 1)}
    assert list(tallies(library, Asked(), By.AGE, TODAY)) == ["under 30 days"]


def test_ages_have_no_gap() -> None:
    assert [age_group(days) for days in (-1, 0, 29, 30, 89, 90, 364, 365, 9999)] == [
        *(AGES[0][1],) * 3,
        *(AGES[1][1],) * 2,
        AGES[2][1],
        AGES[3][1],
        *(OLDEST,) * 2,
    ]


def test_what_changes_is_followed(library: Library) -> None:
    session = Store(library.folder).open("S1").session
    write(library.folder, put(session, msgspec.structs.replace(session.actions[0], status=DONE)))
    assert library.took_in("S1.json")
    assert texts(library, Asked()) == ["today", "next month", "undated"]
    (library.folder / "S2.json").unlink()
    assert library.took_in("S2.json")
    assert register(library, Asked(), TODAY).tally == Tally(pending=2, soon=1, done=2)


def test_previous_actions_of_a_service(library: Library) -> None:
    found = previous_actions(library, ["SEARCH"], TODAY)
    assert told_previous(found) == "4 of 6 open"
    assert [each.action.text for each in found.lines] == ["late", "today", "next month", "undated"]
    assert told_previous(previous_actions(library, ["search"], date(2026, 5, 1))) == "3 of 4 open"
    assert told_previous(previous_actions(library, ["search"], TODAY, but="S1")) == "1 of 2 open"
    for nothing in (previous_actions(library, [], TODAY), previous_actions(library, ["none"], TODAY)):
        assert (nothing.lines, told_previous(nothing)) == ((), "")
    assert told_previous(previous_actions(library, ["search"], date.min)) == ""


def test_follow_ups_are_asked_for_after_some_weeks(tmp_path: Path) -> None:
    noted = with_status(Action(id="A1", text="noted"), DONE, TODAY - timedelta(days=29))
    young = with_status(Action(id="A2", text="young"), DONE, TODAY - timedelta(days=28))
    answered = with_effect(with_status(Action(id="A3", text="answered"), DONE, date(2026, 1, 1)), "yes")
    library = library_of(
        tmp_path, a_session(1, actions=(noted, young, answered, Action(id="A4", text="old", status=DONE)))
    )
    assert texts(library, Asked(view=View.FOLLOW_UP)) == ["noted"]
    assert texts(library, Asked(view=View.FOLLOW_UP, weeks=0)) == ["noted", "young"]
    assert texts(library, Asked(view=View.FOLLOW_UP, weeks=5_000)) == []


def test_the_history_knows_when_an_action_was_done(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", cache=tmp_path / "cache")
    opened = store.create(a_session(1, actions=(Action(id="A1", text="by an edit"), Action(id="A2", text="open"))))
    session = opened.session
    opened = store.save(opened, put(session, msgspec.structs.replace(session.actions[0], status=DONE)))
    library = library_of(tmp_path)
    later = datetime.now(UTC).date() + timedelta(weeks=5)
    wanted = Asked(Query(), View.FOLLOW_UP)
    assert [each.action.text for each in register(library, wanted, later).lines] == ["by an edit"]
    store.save(opened, put(opened.session, msgspec.structs.replace(session.actions[0], status=OPEN)))
    library.refresh(thorough=True)
    assert register(library, wanted, later).lines == ()
    assert NOON.date() == TODAY
