"""Undo and redo over every edit."""

from datetime import UTC, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from facilitator.model import history
from facilitator.model.session import Session

OPENED = Session(id="s", title="0", created=datetime(2026, 1, 1, tzinfo=UTC))


def titled(title: str) -> Session:
    return msgspec.structs.replace(OPENED, title=title)


@given(st.lists(st.sampled_from(["edit", "undo", "redo"]), max_size=60))
def test_history_is_a_stack_of_what_was_seen(steps: list[str]):
    now = history.begin(OPENED)
    past: list[str] = []
    future: list[str] = []
    present = "0"
    for number, step in enumerate(steps, 1):
        if step == "edit":
            now = history.record(now, f"edit {number}", titled(str(number)))
            past, future, present = [*past, present], [], str(number)
        elif step == "undo":
            now = history.undo(now)
            if past:
                past, future, present = past[:-1], [*future, present], past[-1]
        else:
            now = history.redo(now)
            if future:
                past, future, present = [*past, present], future[:-1], future[-1]
        assert now.session.title == present


def test_an_edit_that_changes_nothing_is_no_step():
    now = history.begin(OPENED)
    assert history.record(now, "nothing", titled("0")) is now
    assert history.undo(now) is now
    assert history.redo(now) is now


def test_only_so_many_steps_are_kept():
    now = history.begin(OPENED)
    for number in range(history.LIMIT + 50):
        now = history.record(now, "edit", titled(f"t{number}"))
    assert len(now.past) == history.LIMIT


def test_a_change_to_the_whole_history_is_not_undone():
    now = history.record(history.begin(OPENED), "edit", titled("1"))
    mapped = history.mapped(now, lambda session: msgspec.structs.replace(session, id="other"))
    assert (mapped.session.id, history.undo(mapped).session.id) == ("other", "other")
    assert history.undo(mapped).session.title == "0"
