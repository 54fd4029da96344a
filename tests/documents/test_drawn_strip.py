"""The timeline strip drawn with characters."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.documents.drawn.cells import cells
from facilitator.documents.drawn.pieces import Tone, drawn_width, plain
from facilitator.documents.drawn.strip_text import NARROWEST, strip_picture, with_cursor
from facilitator.model.moments import Moment, Precision
from facilitator.model.session import Entry, Milestone
from tests.documents.checkout_example import CHECKOUT
from tests.strategies import ZONES, entries

APPROVED = Path(__file__).parent / "approved"
NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)
TIMELINE = CHECKOUT.timeline
CUT = "\N{BOX DRAWINGS LIGHT DIAGONAL UPPER RIGHT TO LOWER LEFT}"
"""What stands in the scale where time is left out, and before how long that is."""


def at(minutes: float, *milestones: Milestone) -> Entry:
    return Entry(at=Moment(NOON + timedelta(minutes=minutes)), text="x", milestones=milestones)


@pytest.mark.parametrize(
    ("name", "width", "ascii_only"), [("wide", 100, False), ("ascii", 100, True), ("narrow", 40, False)]
)
def test_the_example_is_drawn_as_approved(name: str, width: int, ascii_only: bool) -> None:
    drawn = with_cursor(strip_picture(TIMELINE, "UTC", width, ascii_only=ascii_only), 4)
    assert plain(drawn) + "\n" == (APPROVED / f"strip-{name}.txt").read_text("utf-8")
    assert not ascii_only or plain(drawn).isascii()


@pytest.mark.parametrize("height", [1, 2, 3])
def test_it_is_as_high_as_asked(height: int) -> None:
    picture = strip_picture(TIMELINE, "UTC", 80, height=height)
    assert len(picture.lines) == len(with_cursor(picture, 2)) == height


@pytest.mark.parametrize("height", [1, 2, 3])
def test_the_cursor_stands_in_the_column_of_its_entry(height: int) -> None:
    picture = strip_picture(TIMELINE, "UTC", 80, height=height)
    for entry in range(len(TIMELINE)):
        drawn = with_cursor(picture, entry)
        sign, line = ("▲", drawn[-1]) if height == 3 else ("┃", drawn[0])
        assert plain([line]).index(sign) == picture.column_of(entry)
        assert picture.entry_at(picture.column_of(entry)) == entry


def test_the_cursor_is_seen_by_its_tone_too() -> None:
    picture = strip_picture(TIMELINE, "UTC", 80)
    cursors = [piece for line in with_cursor(picture, 0) for piece in line if piece.tone is Tone.CURSOR]
    assert len(cursors) == 2
    assert plain(with_cursor(picture, 0)[:2]) == plain(picture.lines[:2])


def test_a_cursor_that_is_nowhere_changes_nothing() -> None:
    picture = strip_picture(TIMELINE, "UTC", 80)
    assert with_cursor(picture, None) is with_cursor(picture, 99) is with_cursor(picture, -1) is picture.lines


def test_columns_beside_the_scale_lead_to_its_ends() -> None:
    picture = strip_picture(TIMELINE, "UTC", 80)
    assert picture.entry_at(-5) == picture.entry_at(0) == 0
    assert picture.entry_at(500) == len(TIMELINE) - 1


def test_without_entries_it_is_a_flat_line() -> None:
    picture = strip_picture((), "UTC", 20)
    assert plain(picture.lines) == "▁" * 20 + "\n\n"
    assert picture.entry_at(3) is None
    assert with_cursor(picture, 0) == picture.lines


def test_one_entry_has_the_same_clock_at_both_ends() -> None:
    (density, *_) = strip_picture((at(0),), "UTC", 40).lines
    assert plain([density]).startswith("12:00 ▁")
    assert plain([density]).endswith("▁ 12:00 UTC")


@pytest.mark.parametrize(
    ("zone", "begin", "end"),
    [
        ("UTC", "Nov 15 12:00", "Nov 16 00:00 UTC"),
        ("+02:00", "Nov 15 14:00", "Nov 16 02:00 +02:00"),
        ("Asia/Tokyo", "Nov 15 21:00", "Nov 16 09:00 Asia/Tokyo"),
        ("America/New_York", "07:00", "19:00"),
        ("nowhere", "Nov 15 12:00", "Nov 16 00:00 UTC"),
    ],
)
def test_clocks_are_those_of_the_zone_with_days_where_there_are_several(zone: str, begin: str, end: str) -> None:
    (density, *_) = strip_picture((at(0), at(720)), zone, 80).lines
    assert (density[0].text.strip(), density[-1].text.strip()) == (begin, end)


def test_years_are_told_where_there_are_several() -> None:
    (density, *_) = strip_picture((at(0), at(60 * 24 * 60)), "UTC", 80).lines
    assert (density[0].text, density[-1].text) == ("2026-11-15 12:00 ", " 2027-01-14 12:00 UTC")


def test_a_day_is_no_midnight() -> None:
    whole = Entry(at=Moment(datetime(2026, 11, 14, tzinfo=UTC), precision=Precision.DAY), text="x")
    (density, *_) = strip_picture((whole, at(0)), "UTC", 80).lines
    assert density[0].text == "Nov 14 "


def test_a_span_that_ends_last_is_the_end() -> None:
    told = Entry(at=Moment(NOON), text="x", until=NOON + timedelta(minutes=30))
    (density, *_) = strip_picture((told, at(10)), "UTC", 60).lines
    assert density[-1].text == " 12:30 UTC"


def test_a_break_is_seen_with_its_length() -> None:
    lines = strip_picture((*TIMELINE, at(21 * 24 * 60)), "UTC", 100).lines
    density, _, silences = (plain([line]) for line in lines)
    cut = density.index(CUT)
    assert silences.index(f"{CUT}20 d left out") == cut


def broken(*minutes: float) -> tuple[Entry, ...]:
    """A timeline with two entries at each of these times, and five about noon."""
    return tuple(at(each + more) for each in minutes for more in (0, 1)) + tuple(at(9 * number) for number in range(5))


def test_lengths_of_breaks_side_by_side_are_not_one_duration() -> None:
    day = 24 * 60
    picture = strip_picture(broken(-40 * day, -20 * day, -day), "UTC", 100)
    density, _, silences = (plain([line]) for line in picture.lines)
    assert silences.split() == [f"{CUT}19", "d", f"{CUT}18", "d", f"{CUT}23", "h"]
    starts = [column for column, sign in enumerate(density) if sign == CUT and density[column - 1] != CUT]
    assert [column for column, sign in enumerate(silences) if sign == CUT] == starts


@pytest.mark.parametrize("ascii_only", [False, True])
def test_the_cursor_hides_a_length_and_never_cuts_it(ascii_only: bool) -> None:
    timeline = broken(-9 * 24 * 60, -5 * 24 * 60, -24 * 60)
    for width in (60, 80, 100):
        picture = strip_picture(timeline, "UTC", width, ascii_only=ascii_only)
        sign, cursor = ("/", "^") if ascii_only else (CUT, "▲")
        whole = plain(picture.lines[2:]).replace(sign, "\n").split("\n")
        for entry in range(len(timeline)):
            told = plain(with_cursor(picture, entry)[2:]).replace(cursor, " ").replace(sign, "\n").split("\n")
            assert {each.strip() for each in told} <= {each.strip() for each in whole} | {""}


def test_names_are_tied_to_their_marks_on_either_side() -> None:
    timeline = (at(0, Milestone.START), at(30, Milestone.DETECTED), at(31, Milestone.ACKNOWLEDGED), at(60))
    assert "◆◆─detected, acknowledged" in plain(strip_picture(timeline, "UTC", 100).lines[1:2])
    assert "det ack─◆◆" in plain(strip_picture(timeline[:3], "UTC", 21).lines[1:2])


def test_marks_without_room_for_their_names_are_not_tied() -> None:
    timeline = (at(0, Milestone.START), at(5, Milestone.DETECTED), at(9, Milestone.ACKNOWLEDGED), at(20))
    (line,) = plain(strip_picture(timeline, "UTC", 21).lines[1:2]).split("\n")
    assert line.split() == ["◆", "◆", "◆"]


def test_milestones_of_one_moment_share_a_mark() -> None:
    lines = strip_picture((at(0, *Milestone), at(30)), "UTC", 100).lines
    assert plain(lines[1:2]).split() == f"◆─{', '.join(Milestone)}".split()


TIMELINES = st.lists(entries(), max_size=10)


@given(TIMELINES, st.sampled_from(ZONES), st.integers(1, 200), st.integers(0, 9))
def test_no_line_is_wider_than_asked(timeline: list[Entry], zone: str, width: int, cursor: int) -> None:
    for ascii_only in (False, True):
        for line in with_cursor(strip_picture(timeline, zone, width, ascii_only=ascii_only), cursor):
            assert drawn_width(line) <= max(NARROWEST, width)
            assert not ascii_only or plain([line]).isascii()


@given(TIMELINES, st.integers(10, 200))
def test_marks_stand_where_milestones_are_and_keep_their_order(timeline: list[Entry], width: int) -> None:
    picture = strip_picture(timeline, "UTC", width)
    line = plain(picture.lines[1:2])
    columns = [picture.left + mark.column for mark in picture.strip.marks]
    assert [column for column, sign in enumerate(line) if sign == "◆"] == sorted(set(columns))
    full = [line.index(each) for mark in picture.strip.marks if (each := str(mark.milestone)) in line]
    assert all(before < after for before, after in pairwise(full))


@given(TIMELINES, st.integers(10, 200), st.integers(-10, 210))
def test_every_column_leads_to_an_entry(timeline: list[Entry], width: int, column: int) -> None:
    picture = strip_picture(timeline, "UTC", width)
    entry = picture.entry_at(column)
    if not timeline:
        assert entry is None
        return
    assert entry is not None
    assert picture.entry_at(picture.column_of(entry)) == entry
    assert cells(plain(picture.lines[:1])) <= width
