"""The order of day and month is decided for a whole source, by what it shows, and said to be unsure otherwise."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.intake.texts.dates_by_evidence import Order, decide

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("texts", "order", "sure", "why"),
    [
        (["03/04/2026", "13/04/2026"], Order.DAY_FIRST, True, "stands first"),
        (["03/04/2026", "04/13/2026"], Order.MONTH_FIRST, True, "stands second"),
        (["13/04/2026", "04/13/2026"], Order.DAY_FIRST, False, "both"),
        (["03.04.2026"], Order.DAY_FIRST, True, "dots"),
        (["12/11/2026"], Order.DAY_FIRST, True, "after today"),
        (["01/02/2026", "02/01/2026", "03/02/2026"], Order.MONTH_FIRST, False, ""),
        (["01/10/2026", "02/10/2026"], Order.DAY_FIRST, True, "months apart"),
        (["05/05/2026"], Order.DAY_FIRST, True, "same days"),
        (["03/04/2026 14:05"], Order.DAY_FIRST, False, "nothing"),
        (["03/04/2026 2:05 PM"], Order.MONTH_FIRST, False, "AM and PM"),
        (["03/04/26"], Order.DAY_FIRST, False, "nothing"),
    ],
)
def test_the_order_is_decided_by_what_the_source_shows(texts: list[str], order: Order, sure: bool, why: str):
    decision = decide(texts, TODAY)
    assert decision is not None
    if why:
        assert (decision.order, decision.sure) == (order, sure)
        assert why in decision.why


def test_days_that_would_run_back_and_forth_are_not_meant():
    decision = decide(["01/02/2026", "02/01/2026", "02/03/2026"], TODAY)
    assert decision is not None
    assert (decision.order, decision.sure) == (Order.MONTH_FIRST, True)


def test_a_named_day_decides():
    decision = decide(["03/04/2026"], TODAY, date(2026, 3, 4))
    assert decision is not None
    assert (decision.order, decision.sure) == (Order.MONTH_FIRST, True)


def test_where_no_day_is_in_numbers_nothing_is_decided():
    assert decide(["2026-11-15", "1.2.3.4", "Nov 15"], TODAY) is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dates(date(2020, 1, 1), TODAY), min_size=1, max_size=8), st.sampled_from(Order))
def test_a_sure_decision_about_real_days_in_their_order_is_right(days: list[date], order: Order):
    form = "%d/%m/%Y" if order is Order.DAY_FIRST else "%m/%d/%Y"
    written = [f"{day:{form}}" for day in sorted(days)]
    decision = decide(written, TODAY)
    assert decision is not None
    if any(day.day > 12 for day in days):
        assert (decision.order, decision.sure) == (order, True)
