"""Impact: incidents before and after an action, and no more said than the exact interval allows."""

from datetime import date, timedelta
from math import comb, inf, isclose
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.library.impact import SHORTEST, Impact, Impacts, Verdict, by_chance, impacts
from facilitator.library.ledger import Brief, Entered, Line
from facilitator.library.poisson import Interval, ratio_interval, share_interval
from facilitator.model.session import ActionStatus, ReviewKind

DONE = date(2026, 1, 1)
TODAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.308497),
        (1, 10, 0.002529, 0.445016),
        (5, 10, 0.187086, 0.812914),
        (10, 10, 0.691503, 1.0),
        (2, 20, 0.012349, 0.316983),
        (50, 100, 0.398321, 0.601679),
        (0, 1, 0.0, 0.975),
    ],
)
def test_shares_have_the_known_intervals_of_clopper_and_pearson(hits: int, of: int, low: float, high: float) -> None:
    found = share_interval(hits, of)
    assert isclose(found.low, low, abs_tol=1e-6)
    assert isclose(found.high, high, abs_tol=1e-6)


def test_other_confidences_and_nothing_at_all() -> None:
    found = share_interval(4, 20, 0.90)
    assert (round(found.low, 5), round(found.high, 5)) == (0.07135, 0.40103)
    assert share_interval(0, 0) == Interval(0.0, 1.0)
    for hits, of in ((-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="no share"):
            share_interval(hits, of)


@given(st.integers(0, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_at_its_ends_what_was_seen_has_the_probability_of_a_tail(seen: tuple[int, int]) -> None:
    hits, of = seen
    found = share_interval(hits, of)

    def probability(first: int, last: int, share: float) -> float:
        return sum(comb(of, each) * share**each * (1 - share) ** (of - each) for each in range(first, last + 1))

    if hits > 0:
        assert isclose(probability(hits, of, found.low), 0.025, rel_tol=1e-6)
    if hits < of:
        assert isclose(probability(0, hits, found.high), 0.025, rel_tol=1e-6)


def test_ratios_have_known_intervals() -> None:
    # 11 and 3 events in equal times: the odds of the interval for 3 of 14.
    found = ratio_interval(11, 3, (1, 1))
    share = share_interval(3, 14)
    assert isclose(found.low, share.low / (1 - share.low))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0489, 1.0324)
    assert isclose(ratio_interval(11, 3, (2, 1)).high, 2 * found.high)
    assert ratio_interval(0, 0, (5, 1)) == Interval(0.0, inf)
    assert ratio_interval(0, 3, (1, 1)).high == inf
    assert ratio_interval(3, 0, (1, 1)).low == 0.0
    with pytest.raises(ValueError, match="no time"):
        ratio_interval(1, 1, (0, 1))


@given(st.integers(0, 400), st.integers(0, 400), st.floats(1, 5000), st.floats(1, 5000))
def test_the_ratio_lies_in_its_interval(before: int, after: int, first: float, second: float) -> None:
    found = ratio_interval(before, after, (first, second))
    assert 0 <= found.low <= found.high
    if before:
        ratio = (after / second) / (before / first)
        assert found.low * 0.999999 <= ratio <= found.high * 1.000001


def test_many_events_make_it_narrow_and_take_no_time() -> None:
    found = ratio_interval(3000, 1500, (1, 1))
    assert 0.46 < found.low < 0.5 < found.high < 0.54


def incident(number: int, day: date, services: tuple[str, ...] = ("checkout",), **fields: Any) -> Brief:
    whole = Brief(
        f"S{number}", "x", day, None, ReviewKind.INCIDENT, services, ("deployment",), None, None, None, 0, 0, 0
    )
    return whole._replace(**fields)


def done_line(number: int = 0, day: date | None = DONE, causes: tuple[str, ...] = (), item: str = "A1") -> Line:
    action = Entered(
        1, item, "canary", "", "", "", ActionStatus.DONE, None, None, None, date(2025, 12, 1), day, "", causes
    )
    return Line(f"S{number}", "x", date(2025, 12, 1), ("Checkout",), action)


def before_and_after(before: int, after: int) -> list[Brief]:
    """Incidents every 20 days before and after the action, and the one for which it was taken."""
    own = incident(0, date(2025, 12, 1))
    early = [incident(100 + number, DONE - timedelta(days=20 * (number + 1))) for number in range(before)]
    late = [incident(200 + number, DONE + timedelta(days=20 * number)) for number in range(after)]
    return [own, *early, *late]


def only(found: Impacts) -> Impact:
    (one,) = found.compared
    return one


def test_what_is_counted() -> None:
    others = [
        incident(1, date(2025, 6, 1), ("search",)),
        incident(2, date(2025, 6, 1), causes=("code",)),
        incident(3, date(2025, 6, 1), kind=ReviewKind.NEAR_MISS),
        incident(4, date(2027, 6, 1)),
        incident(5, date(2024, 12, 1), ("search",)),
    ]
    found = only(impacts([done_line()], [*before_and_after(4, 2), *others], TODAY))
    assert (found.before, found.after) == (4, 2)
    assert (found.before_days, found.after_days) == (396, 364)
    assert isclose(found.before_rate, 4 / 396 * 365.25 / 12)
    assert found.ratio is not None
    assert isclose(found.ratio, (2 / 364) / (4 / 396))
    assert found.high is not None
    assert found.low < found.ratio < found.high
    assert found.verdict is Verdict.UNDECIDED


def test_the_incident_with_which_the_record_begins_is_not_counted() -> None:
    held = before_and_after(3, 1)
    found = only(impacts([done_line()], held, TODAY))
    assert (found.before, found.before_days, found.verdict) == (2, 60, Verdict.UNDECIDED)


def test_the_factor_of_an_action_decides_what_it_is_about() -> None:
    held = [*before_and_after(3, 1), incident(1, DONE - timedelta(days=5), causes=("testing",))]
    assert only(impacts([done_line(causes=("testing",))], held, TODAY)).before == 1


def test_it_says_something_only_where_the_interval_does() -> None:
    assert only(impacts([done_line()], before_and_after(15, 1), TODAY)).verdict is Verdict.FEWER
    assert only(impacts([done_line()], before_and_after(3, 1), TODAY)).verdict is Verdict.UNDECIDED
    more = before_and_after(1, 15)
    more.append(incident(9, date(2024, 1, 1), ("search",)))
    assert only(impacts([done_line()], more, TODAY)).verdict is Verdict.MORE
    none = [incident(0, date(2025, 12, 1)), incident(9, date(2024, 1, 1), ("search",))]
    found = only(impacts([done_line()], none, TODAY))
    assert (found.before, found.after, found.ratio, found.low, found.high) == (0, 0, None, 0.0, None)
    assert found.verdict is Verdict.UNDECIDED


def test_what_cannot_be_compared_is_told_why() -> None:
    held = before_and_after(5, 2)
    young = TODAY - timedelta(days=SHORTEST - 1)
    no_service = done_line()._replace(services=())
    no_cause = done_line(77)
    found = impacts([done_line(day=None), done_line(day=young), no_service, no_cause], held, TODAY)
    assert found.compared == ()
    assert list(found.left_out.values()) == [1, 1, 1, 1]
    assert impacts([], [], TODAY) == Impacts((), {})


def test_actions_that_share_their_incidents_say_so_and_chance_is_named() -> None:
    found = impacts([done_line(item="A1"), done_line(item="A2")], before_and_after(5, 2), TODAY)
    assert [each.shared for each in found.compared] == [2, 2]
    assert isclose(by_chance(40), 2.0)
    assert impacts([done_line(day=date.max)], before_and_after(1, 1), date.max).left_out
