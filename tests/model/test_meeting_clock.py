"""The clock of a meeting: no second is lost or counted twice, whoever presses what, and a restart goes on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.model import edits, meeting_clock
from facilitator.model.meeting_clock import (
    MeetingClock,
    Offer,
    Urgency,
    Watch,
    began,
    countdown,
    covered,
    extend,
    go_back,
    go_to,
    move_on,
    offers,
    pause,
    record,
    rest_of,
    skip,
    start,
    times,
    urgency,
    watch,
)
from facilitator.model.meeting_items import Box, Meeting, Switch, SwitchKind
from facilitator.model.merge import merge
from facilitator.model.session import Session
from facilitator.store import codec
from tests.editing import EMPTY, NOON

Press = Callable[[MeetingClock, datetime], Switch | None]

PRESSES: dict[str, Press] = {
    "start": start,
    "pause": pause,
    "one more": lambda clock, now: extend(clock, now, 1),
    "five more": lambda clock, now: extend(clock, now, 5),
    "move on": move_on,
    "skip": skip,
    "go back": go_back,
    "to the last": lambda clock, now: go_to(clock, now, clock.boxes[-1].id),
}


def held(*minutes: int) -> Session:
    """A session with one meeting, "M", of boxes B0, B1 ..."""
    session = edits.add(EMPTY, Meeting(id="M"))
    for number, each in enumerate(minutes):
        session = edits.add(session, Box(id=f"B{number}", meeting="M", text=f"Box {number}", minutes=each))
    return session


SHORT = held(5, 25, 10)


def at(minutes: float, seconds: float = 0) -> datetime:
    return NOON + timedelta(minutes=minutes, seconds=seconds)


def clock_of(session: Session) -> MeetingClock:
    return meeting_clock.meeting_clock(session, "M")


def pressed(session: Session, press: str, now: datetime, terminal: str = "T") -> Session:
    switch = PRESSES[press](clock_of(session), now)
    return session if switch is None else record(session, switch, f"{terminal}{len(session.switches):04}")


def after(*presses: tuple[str, float], of: Session = SHORT) -> Session:
    for press, minute in presses:
        of = pressed(of, press, at(minute))
    return of


def left(session: Session, minute: float) -> tuple[float, float]:
    """Minutes left of the box and of the meeting."""
    found = times(clock_of(session), at(minute))
    return found.box / 60, found.meeting / 60


# One step of a meeting: seconds go by, then somebody presses something.
steps = st.lists(st.tuples(st.floats(0, 4000), st.sampled_from(tuple(PRESSES))), max_size=25)


def run(session: Session, taken: list[tuple[float, str]]) -> tuple[Session, datetime]:
    now = NOON
    for seconds, press in taken:
        now += timedelta(seconds=seconds)
        session = pressed(session, press, now)
    return session, now


def test_before_the_start_everything_is_left_and_nothing_runs():
    clock = clock_of(SHORT)
    assert (clock.going, clock.over, clock.box) == (False, False, SHORT.boxes[0])
    assert left(SHORT, 30) == (5, 40)
    assert (urgency(clock, at(30)), offers(clock, at(30))) == (Urgency.CALM, ())


def test_a_box_and_the_meeting_run_down_together():
    session = after(("start", 0))
    assert left(session, 3) == (2, 37)
    assert left(session, 7) == (-2, 33)


def test_a_pause_stops_both():
    session = after(("start", 0), ("pause", 2))
    assert left(session, 60) == (3, 38)
    assert left(after(("start", 60), of=session), 61) == (2, 37)


def test_moving_on_early_leaves_time_to_spare():
    session = after(("start", 0), ("move on", 3))
    found = times(clock_of(session), at(3))
    assert (found.box, found.meeting, found.late) == (25 * 60, 37 * 60, -120)


def test_an_extension_is_of_the_box_and_shows_what_it_costs():
    session = after(("start", 0), ("five more", 4))
    found = times(clock_of(session), at(4))
    assert (found.box, found.meeting, found.late) == (6 * 60, 36 * 60, 300)


def test_what_was_skipped_is_needed_no_more_until_somebody_goes_back_to_it():
    session = after(("start", 0), ("move on", 5), ("skip", 5))
    clock = clock_of(session)
    assert (clock.box, clock.skipped) == (session.boxes[2], frozenset({"B1"}))
    assert times(clock, at(5)).needed == 600
    again = clock_of(after(("go back", 6), of=session))
    assert (again.box, again.skipped) == (session.boxes[1], frozenset())


def test_a_skipped_box_ahead_is_not_counted():
    session = after(
        ("start", 0), ("move on", 0), ("skip", 0), ("go back", 0), ("skip", 0), ("go back", 0), ("go back", 0)
    )
    assert times(clock_of(session), at(0)).needed == 40 * 60
    ahead = after(("start", 0), ("move on", 0), ("skip", 0))
    ahead = record(ahead, Switch(meeting="M", at=at(0), box="B0"), "Z")
    assert times(clock_of(ahead), at(0)).needed == 15 * 60
    again = after(("move on", 0), ("go back", 0), of=ahead)
    assert times(clock_of(again), at(0)).needed == 40 * 60


def test_after_the_last_box_the_meeting_is_over_and_can_go_on():
    session = after(("start", 0), ("move on", 5), ("move on", 30), ("move on", 38))
    clock = clock_of(session)
    assert (clock.over, clock.going, clock.box) == (True, False, None)
    assert left(session, 90) == (0, 2)
    assert [PRESSES[each](clock, at(90)) for each in ("pause", "one more", "move on", "skip")] == [None] * 4
    assert clock_of(after(("go back", 90), of=session)).box == session.boxes[2]
    assert left(after(("start", 90), of=session), 91) == (1, 1)


@pytest.mark.parametrize(
    ("minute", "expected"),
    [(0, Urgency.CALM), (3.7, Urgency.CALM), (3.75, Urgency.SOON), (4.9, Urgency.SOON), (5, Urgency.OVER)],
)
def test_it_is_calm_until_it_matters(minute: float, expected: Urgency):
    assert urgency(clock_of(after(("start", 0))), at(minute)) is expected


def test_in_a_long_box_two_minutes_matter():
    session = after(("start", 0), ("move on", 0))
    assert [urgency(clock_of(session), at(minute)) for minute in (22.9, 23)] == [Urgency.CALM, Urgency.SOON]


def test_at_the_end_of_a_box_there_are_three_ways_on():
    clock = clock_of(after(("start", 0)))
    assert offers(clock, at(5)) == (Offer.EXTEND, Offer.MOVE_ON, Offer.PARK)
    assert clock.box is not None
    assert rest_of(clock.box).text == "Box 0: what there was no time for"


def test_what_was_covered_and_when():
    session = after(("start", 0), ("one more", 1), ("pause", 2), ("start", 9), ("move on", 12), ("go back", 20))
    found = [(each.box.id, each.began, each.ended) for each in covered(session, "M")]
    assert found == [
        ("B0", at(0), at(2)),
        ("B0", at(9), at(12)),
        ("B1", at(12), at(20)),
        ("B0", at(20), None),
    ]
    assert began(session, "M") == at(0)


def test_nothing_was_covered_before_the_start():
    assert covered(SHORT, "M") == ()
    stated = edits.change(SHORT, "M", held=at(5))
    assert [began(each, "M") for each in (SHORT, stated)] == [None, at(5)]


def test_the_first_start_says_on_which_day_the_postmortem_was_held():
    late = edits.set_field(SHORT, "zone", "Pacific/Auckland")
    assert after(("start", 0), of=late).held == date(2026, 11, 16)
    known = edits.set_field(SHORT, "held", date(2026, 11, 1))
    assert after(("start", 0), of=known).held == date(2026, 11, 1)


def test_meetings_have_clocks_of_their_own():
    session = edits.add(after(("start", 0)), Meeting(id="N"))
    session = edits.add(session, Box(id="N0", meeting="N", text="Actions", minutes=15))
    other = meeting_clock.meeting_clock(session, "N")
    assert (other.boxes, other.going, times(other, at(9)).meeting) == ((edits.get(session, Box, "N0"),), False, 900)
    assert left(session, 3) == (2, 37)


def test_a_meeting_without_agenda_or_no_meeting_at_all_shows_nothing():
    for session, meeting in ((edits.add(EMPTY, Meeting(id="M")), "M"), (EMPTY, "?")):
        clock = meeting_clock.meeting_clock(session, meeting)
        assert [press(clock, NOON) for name, press in PRESSES.items() if name != "to the last"] == [None] * 7
        assert times(clock, NOON) == meeting_clock.Times((), 0, 0, 0, 0)


def test_the_time_of_a_box_that_was_taken_out_goes_to_the_one_before():
    session = edits.remove(after(("start", 0), ("move on", 5), ("move on", 20)), "B1")
    clock = clock_of(session)
    assert clock.box == session.boxes[1]
    assert times(clock, at(25)).spent == (20 * 60, 5 * 60)


def test_the_agenda_can_be_changed_while_the_clock_runs():
    session = after(("start", 0))
    session = edits.add(session, Box(id="B9", meeting="M", text="Break", minutes=2), after="B0")
    session = edits.change(edits.move(session, "B2", -1), "B0", minutes=8)
    assert [box.id for box in clock_of(session).boxes] == ["B0", "B9", "B2", "B1"]
    assert left(session, 3) == (5, 42)


@given(steps, st.floats(0, 4000), st.floats(0, 4000))
def test_time_never_runs_backwards(taken, first, second):
    session, now = run(SHORT, taken)
    assert all(one.at <= other.at for one, other in pairwise(session.switches))
    clock = clock_of(session)
    early, late = sorted((first, second))
    before, later = (times(clock, now + timedelta(seconds=each)) for each in (early, late))
    assert before.elapsed <= later.elapsed
    assert before.meeting >= later.meeting
    assert before.box >= later.box
    assert all(one <= other for one, other in zip(before.spent, later.spent, strict=True))
    assert times(clock, NOON - timedelta(days=1)).elapsed <= before.elapsed


@given(steps, st.floats(0, 4000))
def test_the_boxes_have_had_together_what_the_clock_ran(taken, rest):
    session, now, ran = SHORT, NOON, 0.0
    for seconds, press in [*taken, (rest, "none")]:
        now += timedelta(seconds=seconds)
        ran += timedelta(seconds=seconds).total_seconds() if clock_of(session).going else 0.0
        session = pressed(session, press, now) if press in PRESSES else session
    found = times(clock_of(session), now)
    assert found.elapsed == pytest.approx(ran)
    assert sum(found.spent) == pytest.approx(ran)
    assert found.elapsed + found.meeting == pytest.approx(40 * 60)
    whole = sum(((each.ended or now) - each.began).total_seconds() for each in covered(session, "M"))
    assert whole == pytest.approx(ran)


@given(steps)
def test_going_back_and_on_again_loses_nothing(taken):
    session, now = run(SHORT, taken)
    clock = clock_of(session)
    again = pressed(pressed(session, "go back", now), "move on", now) if clock.place else session
    if clock.over:
        assert clock_of(again).over
    assert times(clock_of(again), now).spent == pytest.approx(times(clock, now).spent)
    assert clock_of(again).place == clock.place
    assert clock_of(again).going == clock.going


@given(steps, st.integers(0, 25), st.floats(0, 500), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_after_a_restart_at_any_point_the_same_is_left(taken, stop, between, first_seconds, second_seconds):
    """The program tells the time by monotonic seconds, and starts anew with others at the time on the wall."""
    telling, session, wall = Watch(NOON, first_seconds), SHORT, NOON
    seconds = first_seconds
    for number, (passed, press) in enumerate(taken):
        if number == stop:
            session = codec.loads(codec.dumps(session))
            telling, seconds = watch(session, wall, second_seconds), second_seconds
        wall += timedelta(seconds=passed)
        seconds += passed
        session = pressed(session, press, telling.now(seconds))
    straight, now = run(SHORT, taken)
    later = timedelta(seconds=between)
    here, there = clock_of(session), clock_of(straight)
    assert (here.place, here.going, here.skipped) == (there.place, there.going, there.skipped)
    shown, expected = times(here, telling.now(seconds + between)), times(there, now + later)
    assert shown.spent == pytest.approx(expected.spent, abs=0.01)
    assert (shown.box, shown.meeting) == pytest.approx((expected.box, expected.meeting), abs=0.01)


@given(steps, st.timedeltas(timedelta(days=-400), timedelta(days=400)), st.floats(0, 1000))
def test_a_clock_on_the_wall_that_was_set_meanwhile_makes_no_time_run_backwards(taken, jump, passed):
    session, now = run(SHORT, taken)
    telling = watch(session, now + jump, 50.0)
    assert telling.now(50.0) >= max([NOON + jump, *(switch.at for switch in session.switches)])
    assert telling.now(49.0) == telling.now(50.0) <= telling.now(50.0 + passed)
    before = times(clock_of(session), max([NOON, *(switch.at for switch in session.switches)]))
    assert times(clock_of(session), telling.now(50.0 + passed)).elapsed >= before.elapsed


def test_the_calendar_ends_and_the_clock_does_no_harm():
    last = datetime.max.replace(tzinfo=UTC)
    session = record(SHORT, Switch(meeting="M", at=last), "X")
    telling = watch(session, NOON, 0.0)
    assert telling.now(1e18) == last
    assert times(clock_of(session), last).elapsed == 0
    assert clock_of(pressed(session, "move on", telling.now(9.0))).box == session.boxes[1]


@settings(deadline=None)
@given(steps, steps, steps)
def test_two_terminals_on_one_clock_end_with_the_same_and_dispute_nothing(before, mine, theirs):
    base, now = run(edits.set_field(SHORT, "held", NOON.date()), before)
    sides = []
    for terminal, taken in (("A", mine), ("B", theirs)):
        side, moment = base, now
        for seconds, press in taken:
            moment += timedelta(seconds=seconds)
            side = pressed(side, press, moment, terminal)
        sides.append(side)
    merged = merge(base, *sides)
    assert merged == merge(base, *sides[::-1])
    assert merged.conflicts == ()
    clock = clock_of(merged)
    assert times(clock, merged.switches[-1].at if merged.switches else NOON).elapsed >= 0
    # Whoever pressed last is where the clock is.
    for side, other in (sides, sides[::-1]):
        if other == base:
            assert clock_of(side) == clock


def test_two_who_move_on_at_once_mean_the_same_box():
    base = after(("start", 0))
    mine = pressed(base, "move on", at(5), "A")
    theirs = pressed(base, "move on", at(5, 0.4), "B")
    merged = merge(base, mine, theirs)
    assert clock_of(merged).box == base.boxes[1]
    assert times(clock_of(merged), at(6)).spent == (300, 60, 0)
    assert [each.box.id for each in covered(merged, "M")] == ["B0", "B1"]


def test_who_pauses_while_another_one_moves_on_pauses_in_the_next_box():
    base = after(("start", 0))
    merged = merge(base, pressed(base, "move on", at(5), "A"), pressed(base, "pause", at(5, 0.4), "B"))
    clock = clock_of(merged)
    assert (clock.box, clock.going) == (base.boxes[1], False)


def test_undoing_a_switch_is_as_if_it_had_never_been():
    session = after(("start", 0), ("move on", 3))
    undone = edits.remove(session, session.switches[-1].id)
    assert left(undone, 4) == left(after(("start", 0)), 4)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (1500, "25:00"),
        (1499.2, "25:00"),
        (61, "1:01"),
        (0.4, "0:01"),
        (0, "0:00"),
        (-0.4, "0:00"),
        (-65.5, "+1:05"),
        (3600, "1:00:00"),
        (-3725, "+1:02:05"),
    ],
)
def test_what_is_left_is_shown_as_a_clock_shows_it(seconds: float, shown: str):
    assert countdown(seconds) == shown


def test_a_moment_without_zone_is_no_moment_of_a_clock():
    with pytest.raises(ValueError, match="no zone"):
        Switch(at=NOON.replace(tzinfo=None))
    with pytest.raises(ValueError, match="no zone"):
        Meeting(held=NOON.replace(tzinfo=None))


def test_no_press_changes_what_is_there():
    session = after(("start", 0))
    numbers = count()
    for press in PRESSES.values():
        switch = press(clock_of(session), at(next(numbers)))
        assert switch is None or (switch.id, switch.kind in SwitchKind) == ("", True)
    assert clock_of(session) == clock_of(after(("start", 0)))
