"""The register as people look at it: the most urgent first, in groups, filtered by what a query says of actions."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from facilitator.library.board import asked_of, board, completion_told
from facilitator.library.search import Library
from facilitator.library.tallies import Asked, By, Tally, View
from facilitator.model.session import Action, ActionStatus, ActionType
from tests.library.asking import TODAY, a_session, asked, write


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    one = a_session(
        1,
        services=("checkout", "search"),
        actions=(
            Action(id="A1", text="soon", owner="alice", due=day(3), type=ActionType.DETECT),
            Action(id="A2", text="late", owner="bob", due=day(-3)),
            Action(id="A3", text="very late", owner="Alice", due=day(-90)),
            Action(id="A4", text="undated", rank=2.0),
            Action(id="A5", text="given up", status=ActionStatus.WONT_DO),
        ),
    )
    # An id of the year 2020 tells when the action was filed.
    old = Action(id="01DXF6DT000000000000000000", text="old", owner="alice", due=day(60))
    write(tmp_path / "store", one)
    write(tmp_path / "store", a_session(2, services=("search",), title="Redis", actions=(old,)))
    library = Library(tmp_path / "store", cache=tmp_path / "cache")
    library.refresh()
    yield library
    library.close()


def groups(library: Library, line: str = "", by: By | None = None, view: View = View.PENDING) -> dict[str, list[str]]:
    wanted = asked_of(asked(line), TODAY)
    if view is not View.PENDING:
        wanted = msgspec.structs.replace(wanted, view=view)
    found = board(library, wanted, by, TODAY)
    assert found == board(library, wanted, by, TODAY, ready=False)
    return {group.name: [each.action.text for each in group.lines] for group in found.groups}


def test_what_is_overdue_comes_first_then_what_is_due_soon_then_the_oldest(library: Library) -> None:
    assert list(groups(library).items()) == [
        ("Overdue", ["very late", "late"]),
        ("Due within 14 days", ["soon"]),
        ("Later, the oldest first", ["old", "undated"]),
    ]
    assert groups(library, view=View.ALL)[""][-2:] == ["undated", "given up"]


def test_groups_have_names_and_how_things_stand(library: Library) -> None:
    assert groups(library, by=By.OWNER) == {"alice": ["very late", "soon", "old"], "bob": ["late"], "": ["undated"]}
    assert groups(library, by=By.SERVICE)["checkout"] == ["very late", "late", "soon", "undated"]
    assert groups(library, by=By.TYPE)["detect"] == ["soon"]
    assert groups(library, by=By.AGE)["a year and more"] == ["old"]
    (owner, *_) = board(library, Asked(), By.OWNER, TODAY).groups
    assert owner.tally == Tally(3, 1, 1)


def test_conditions_on_actions_hold_for_the_actions(library: Library) -> None:
    def listed(line: str) -> list[str]:
        return [text for texts in groups(library, line).values() for text in texts]

    assert listed("owner:@alice") == ["very late", "soon", "old"]
    assert listed("pending:>60d") == ["old"]
    assert listed("pending:>60d owner:bob") == []
    assert listed("has:overdue") == ["very late", "late"]
    assert listed("service:checkout owner:alice") == ["very late", "soon"]
    assert listed("redis") == ["old"]
    # Within OR a condition is one on sessions.
    assert len(listed("owner:bob OR redis")) == 5


def test_what_has_no_room_is_counted(library: Library) -> None:
    short = board(library, Asked(limit=1), None, TODAY)
    assert [(len(group.lines), group.listed) for group in short.groups] == [(1, 2), (1, 1), (1, 2)]
    assert not short.whole
    assert board(library, Asked(), None, TODAY).whole
    assert board(library, Asked(limit=1), By.OWNER, TODAY).left_out == 4


def test_the_share_that_is_done_says_how_sure_it_is() -> None:
    assert completion_told(Tally()) == ""
    assert completion_told(Tally(pending=1, done=3)) == "75% done (19% to 99%)"
    assert completion_told(Tally(pending=1_000, done=3_000)) == "75% done"
