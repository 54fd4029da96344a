"""What became of an action: the day on which it was done follows its state."""

from datetime import date, timedelta

import pytest

from facilitator.model.outcomes import asks_for_follow_up, done_on, with_effect, with_status
from facilitator.model.session import Action, ActionStatus

DAY = date(2026, 11, 20)
DONE = ActionStatus.DONE


def test_the_day_is_that_on_which_it_became_done_and_goes_when_it_is_not() -> None:
    action = with_status(Action(id="A", text="x"), DONE, DAY)
    assert (action.status, done_on(action)) == (DONE, DAY)
    assert with_status(action, DONE, DAY + timedelta(days=3)) is action
    again = with_status(action, ActionStatus.IN_PROGRESS, DAY)
    assert (again.done, done_on(again)) == (None, None)
    assert done_on(Action(id="A", text="x", done=DAY)) is None


def test_the_effect_is_one_line_and_takes_the_place_of_another() -> None:
    action = with_effect(Action(id="A", text="x", effect="no"), " yes,\n no page \x1b[31msince ")
    assert action.effect == "yes, no page since"


@pytest.mark.parametrize(
    ("status", "done", "effect", "weeks", "asks"),
    [
        (DONE, DAY - timedelta(days=29), "", 4, True),
        (DONE, DAY - timedelta(days=28), "", 4, False),
        (DONE, DAY - timedelta(days=29), "yes", 4, False),
        (DONE, None, "", 4, False),
        (ActionStatus.OPEN, DAY - timedelta(days=29), "", 4, False),
        (DONE, DAY - timedelta(days=29), "", 10**6, False),
    ],
)
def test_a_follow_up_is_asked_for_some_weeks_after(
    status: ActionStatus, done: date | None, effect: str, weeks: int, asks: bool
) -> None:
    assert asks_for_follow_up(status, done, effect, DAY, weeks) is asks
