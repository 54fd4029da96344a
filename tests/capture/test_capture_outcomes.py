"""What becomes of an action, as it is typed: done today or on a day, and whether it worked."""

from datetime import UTC, date, datetime

import pytest

from facilitator.capture.context import Context
from facilitator.capture.lines import read, reread, typed
from facilitator.model.phases import Phase
from facilitator.model.session import CATEGORIES, Action, ActionStatus, Session

TODAY = date(2026, 11, 18)
CONTEXT = Context(
    session=Session(id="S", title="t", created=datetime(2026, 11, 16, tzinfo=UTC)), today=TODAY, categories=CATEGORIES
)
DONE = Action(id="A", text="Rotate the logs", status=ActionStatus.DONE, done=date(2026, 11, 9), effect="yes, no page")
LINE = 'Rotate the logs done:2026-11-09 effect:"yes, no page"'


def test_an_action_is_written_back_with_what_became_of_it() -> None:
    assert typed(DONE, CONTEXT) == LINE
    assert reread(LINE, DONE, CONTEXT).value == DONE


@pytest.mark.parametrize(
    ("line", "status", "day"),
    [
        ("Rotate the logs #done", ActionStatus.DONE, TODAY),
        ("Rotate the logs done:yesterday", ActionStatus.DONE, date(2026, 11, 17)),
        ("Rotate the logs done:2026-11-01 #done", ActionStatus.DONE, date(2026, 11, 1)),
        ("Rotate the logs #wontdo", ActionStatus.WONT_DO, None),
        ("Rotate the logs done", ActionStatus.OPEN, None),
    ],
)
def test_what_is_typed_as_done_has_its_day(line: str, status: ActionStatus, day: date | None) -> None:
    action = read(line, Phase.ACTIONS, CONTEXT).value
    assert isinstance(action, Action)
    assert (action.status, action.done) == (status, day)


def test_an_edited_line_changes_the_day_or_opens_the_action_again() -> None:
    opened = reread("Rotate the logs", DONE, CONTEXT).value
    assert isinstance(opened, Action)
    assert (opened.status, opened.done, opened.effect) == (ActionStatus.OPEN, None, "")
    again = reread("Rotate the logs #done", opened, CONTEXT).value
    assert isinstance(again, Action)
    assert again.done == TODAY


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Rotate the logs done:tomorrow", "no day up to today"),
        ("Rotate the logs done:soon", "no day up to today"),
        ("Rotate the logs done:yesterday #wontdo", "Take one of the two out"),
    ],
)
def test_what_cannot_be_is_asked_about(line: str, said: str) -> None:
    reading = read(line, Phase.ACTIONS, CONTEXT)
    assert reading.value is None
    assert said in reading.question
