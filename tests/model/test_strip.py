"""The timeline strip: where entries lie on it, what is cut out, and which silences stand out."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone
from facilitator.model.strip import Strip, smoothed, strip
from tests.strategies import entries

NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)


def at(minutes: float, *milestones: Milestone, until: float | None = None) -> Entry:
    return Entry(
        at=Moment(NOON + timedelta(minutes=minutes)),
        text="x",
        milestones=milestones,
        until=None if until is None else NOON + timedelta(minutes=until),
    )


def line(minutes: Iterable[float]) -> tuple[Entry, ...]:
    return tuple(at(each) for each in minutes)


CHECKOUT = (
    at(0, Milestone.START),
    at(22, Milestone.DETECTED),
    at(24, Milestone.ACKNOWLEDGED),
    at(26, Milestone.DECLARED),
    at(32),
    at(33),
    at(35, Milestone.MITIGATED),
    at(40, Milestone.RESOLVED),
)


def test_without_entries_there_is_only_a_width() -> None:
    assert strip((), 40) == Strip(40)
    assert smoothed(strip((), 3), 1) == [0.0, 0.0, 0.0]


def test_one_entry_or_one_moment_lies_in_the_middle() -> None:
    assert strip(line([0]), 41).places == (20,)
    assert strip(line([0, 0, 0]), 41).counts[20] == 3


def test_two_entries_lie_at_the_ends() -> None:
    assert strip(line([0, 60_000]), 41).places == (0, 40)


def test_an_even_timeline_is_even_on_the_strip() -> None:
    found = strip(CHECKOUT, 41)
    assert found.places == (0, 22, 24, 26, 32, 33, 35, 40)
    assert not found.breaks


def test_milestones_are_in_order_of_time_then_of_the_incident() -> None:
    found = strip((at(3, Milestone.RESOLVED), at(1, Milestone.ACKNOWLEDGED, Milestone.START)), 9)
    assert [(mark.milestone, mark.entry, mark.column) for mark in found.marks] == [
        (Milestone.START, 1, 0),
        (Milestone.ACKNOWLEDGED, 1, 0),
        (Milestone.RESOLVED, 0, 8),
    ]


def test_a_milestone_that_two_entries_have_is_that_of_the_earlier() -> None:
    (mark,) = strip((at(3, Milestone.START), at(1, Milestone.START)), 9).marks
    assert mark.entry == 1


def test_an_entry_weeks_later_does_not_squash_the_rest() -> None:
    later = at(3 * 7 * 24 * 60)
    found = strip((*CHECKOUT, later), 60)
    (cut,) = found.breaks
    assert cut.span == timedelta(weeks=3) - timedelta(minutes=40)
    assert found.places[7] >= 50
    assert found.places[7] < cut.column < found.places[8]


def test_what_lies_days_before_the_incident_does_not_squash_it() -> None:
    before = line(-day * 24 * 60 for day in (91, 48, 30, 14))
    found = strip((*before, *CHECKOUT), 80)
    assert len(found.breaks) == 4
    assert found.places[-1] - found.places[4] >= 40


def test_a_long_timeline_with_one_entry_weeks_later_is_cut_once() -> None:
    found = strip((*line(range(5000)), at(30_000)), 100)
    assert [cut.span for cut in found.breaks] == [timedelta(minutes=30_000 - 4_999)]


def test_a_long_wait_within_an_incident_is_not_cut_out() -> None:
    assert not strip(line([0, 60, 100, 160, 220, 250, 290, 330, 1230, 1290, 1305]), 80).breaks


def test_the_heart_of_an_incident_keeps_room_beside_long_quiet_hours() -> None:
    found = strip((at(-9000), at(-6000), at(-4000), at(-2000), at(-720), *CHECKOUT), 80)
    assert found.breaks[-1].span == timedelta(minutes=720)
    assert found.places[-1] - found.places[5] >= 40


def test_the_time_before_detection_stays_before_the_start_is_marked() -> None:
    assert not strip((at(0), *CHECKOUT[1:]), 80).breaks


def test_the_silence_that_stands_out() -> None:
    (silence,) = strip(CHECKOUT, 41).silences
    assert (silence.first, silence.last, silence.span) == (0, 22, timedelta(minutes=22))


def test_a_steady_timeline_has_no_silence() -> None:
    assert not strip(line([0, 5, 11, 15, 20, 27, 30]), 41).silences


def test_what_an_entry_spans_is_not_silent() -> None:
    told = (at(0, until=21), *CHECKOUT[1:])
    assert not strip(told, 41).silences
    assert strip(told, 41).covered[:24] == (True,) * 22 + (False,) * 2


def test_what_is_cut_out_is_not_told_again_as_a_silence() -> None:
    found = strip((*CHECKOUT, at(30_000)), 60)
    assert [each.span for each in found.silences] == [timedelta(minutes=22)]


def test_an_end_before_the_beginning_is_left_out() -> None:
    assert strip((at(0), at(10, until=5)), 11).places == (0, 10)


def test_density_does_not_cross_a_break() -> None:
    found = strip((*CHECKOUT, at(30_000)), 60)
    heights = smoothed(found, 5)
    (cut,) = found.breaks
    assert heights[cut.column - 1] > 0
    assert heights[cut.column] == heights[cut.column + 1] == 0


TIMELINES = st.lists(entries(), max_size=12)
WIDTHS = st.integers(1, 120)


@given(TIMELINES, WIDTHS)
def test_columns_map_back_to_entries(timeline: list[Entry], columns: int) -> None:
    found = strip(timeline, columns)
    assert len(found.places) == len(timeline)
    assert sum(found.counts) == len(timeline)
    for place in found.places:
        assert found.places[found.nearest[place]] == place
    for column, entry in enumerate(found.nearest):
        reached = abs(found.places[entry] - column)
        assert all(abs(place - column) >= reached for place in found.places)


@given(TIMELINES, WIDTHS)
def test_time_runs_to_the_right(timeline: list[Entry], columns: int) -> None:
    found = strip(timeline, columns)
    order = sorted(range(len(timeline)), key=lambda number: timeline[number].at.at)
    assert all(found.places[before] <= found.places[after] for before, after in pairwise(order))
    assert [mark.column for mark in found.marks] == sorted(mark.column for mark in found.marks)
    assert all(0 <= place < columns for place in found.places)


@given(TIMELINES, st.integers(20, 120))
def test_breaks_are_columns_without_entries(timeline: list[Entry], columns: int) -> None:
    found = strip(timeline, columns)
    for cut in found.breaks:
        assert found.counts[cut.column] == found.counts[cut.column + 1] == 0
