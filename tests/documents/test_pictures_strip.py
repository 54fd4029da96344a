"""The timeline as SVG and as Mermaid: what it says, and that nothing lies over anything else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.documents.pictures.measure import text_width
from facilitator.documents.pictures.strip_mermaid import strip_mermaid
from facilitator.documents.pictures.strip_svg import strip_svg
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone, Session
from tests.documents.checkout_example import CHECKOUT
from tests.hostile import HOSTILE
from tests.strategies import ZONES, entries

SVG = "{http://www.w3.org/2000/svg}"
NOON = datetime(2026, 11, 15, 12, tzinfo=UTC)


def at(minutes: float, *milestones: Milestone) -> Entry:
    return Entry(at=Moment(NOON + timedelta(minutes=minutes)), text="x", milestones=milestones)


def session(*timeline: Entry, zone: str = "UTC") -> Session:
    return msgspec.structs.replace(CHECKOUT, timeline=timeline, zone=zone)


def lines(svg: str) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Return each line of text with its rectangle: left, top, right, bottom."""
    for element in ET.fromstring(svg).iter(f"{SVG}text"):
        size, bold = float(element.attrib["font-size"]), "font-weight" in element.attrib
        y = float(element.attrib["y"])
        for line in [element, *element]:
            y += float(line.attrib.get("dy", 0))
            text = line.text or ""
            width = text_width(text, size, bold=bold)
            left = float(line.attrib["x"]) - (width / 2 if "text-anchor" in element.attrib else 0)
            if text:
                yield text, (left, y - size * 0.8, left + width, y + size * 0.2)


def told(svg: str) -> list[str]:
    return [text for text, _ in lines(svg)]


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def check_layout(svg: str) -> None:
    root = ET.fromstring(svg)
    right, bottom = float(root.attrib["width"]), float(root.attrib["height"])
    found = [place for _, place in lines(svg)]
    assert all(left >= 0 and top >= 0 and end <= right and low <= bottom for left, top, end, low in found)
    assert not [pair for pair in combinations(found, 2) if overlap(*pair)]


def test_the_example_tells_what_a_reader_wants_to_know() -> None:
    svg = strip_svg(CHECKOUT)
    assert set(told(svg)) >= {
        "14:00",
        "14:40 UTC",
        "22 min without an entry",
        "start",
        "detected",
        "14:22",
        "resolved",
        "undetected 22 min",
        "responding 13 min",
        "recovering 5 min",
    }
    check_layout(svg)


def test_milestones_of_one_moment_stand_below_each_other_in_order() -> None:
    found = dict(lines(strip_svg(session(at(0, *Milestone), at(30)))))
    places = [found[str(each)] for each in Milestone]
    assert all(above[3] <= below[1] + 2 and above[0] == below[0] for above, below in pairwise(places))


def test_poles_cross_no_flag() -> None:
    svg = strip_svg(session(*(at(number * 3, each) for number, each in enumerate(Milestone)), at(400)))
    names = [place for text, place in lines(svg) if text in set(Milestone)]
    poles = []
    for path in ET.fromstring(svg).iter(f"{SVG}path"):
        steps = path.attrib["d"].split(" ")
        if steps[3] == "V" and len(steps) == 5:
            poles.append((float(steps[1]), float(steps[2]), float(steps[1]), float(steps[4])))
    assert len(poles) == len(names) == 6
    assert not [(pole, name) for pole in poles for name in names if overlap(pole, name)]


def test_breaks_are_told() -> None:
    svg = strip_svg(session(at(0), at(5), at(9), at(12), at(15), at(30_000)))
    assert "20 d" in told(svg)
    check_layout(svg)


def test_entries_are_dots_until_there_are_too_many() -> None:
    assert strip_svg(session(at(0), at(5), at(9))).count("<circle") == 3
    assert "<circle" not in strip_svg(session(*(at(number) for number in range(500))))


def test_without_entries_it_is_an_empty_line() -> None:
    svg = strip_svg(session())
    assert told(svg) == []
    assert "0 entries" in svg


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    hostile = msgspec.structs.replace(session(at(0, Milestone.START), at(9)), title=text, zone=text)
    root = ET.fromstring(strip_svg(hostile))
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "path", "circle", "text", "tspan"}


@settings(max_examples=40)
@given(st.lists(entries(), max_size=8), st.sampled_from(ZONES))
def test_any_timeline_is_well_formed(timeline: list[Entry], zone: str) -> None:
    svg = strip_svg(session(*timeline, zone=zone))
    root = ET.fromstring(svg)
    right, bottom = float(root.attrib["width"]), float(root.attrib["height"])
    for _, (left, top, end, low) in lines(svg):
        assert left >= 0
        assert top >= 0
        assert end <= right
        assert low <= bottom


def test_mermaid_has_phases_and_milestones_on_the_clock_of_the_session() -> None:
    timeline = (at(0, Milestone.START), at(22, Milestone.DETECTED), at(40, Milestone.RESOLVED))
    assert strip_mermaid(session(*timeline, zone="+02:00")).split("\n") == [
        "gantt",
        "  accTitle: Milestones of the incident",
        "  title Times in +02:00",
        "  dateFormat YYYY-MM-DD HH:mm:ss",
        "  axisFormat %H:%M",
        "  todayMarker off",
        "  section Phases",
        "  undetected 22 min :active, 2026-11-15 14:00:00, 2026-11-15 14:22:00",
        "  responding 18 min :2026-11-15 14:22:00, 2026-11-15 14:40:00",
        "  section Milestones",
        "  start :milestone, 2026-11-15 14:00:00, 0s",
        "  detected :milestone, 2026-11-15 14:22:00, 0s",
        "  resolved :milestone, 2026-11-15 14:40:00, 0s",
        "",
    ]


def test_mermaid_without_milestones_is_nothing() -> None:
    assert not strip_mermaid(session(at(0), at(9)))


def test_mermaid_names_days_where_there_are_several() -> None:
    source = strip_mermaid(session(at(0, Milestone.START), at(2_000, Milestone.RESOLVED)))
    assert "axisFormat %b %e %H:%M" in source


@pytest.mark.parametrize("text", HOSTILE)
def test_mermaid_holds_no_text_of_people(text: str) -> None:
    plain = session(at(0, Milestone.START), at(9, Milestone.RESOLVED))
    timeline = tuple(msgspec.structs.replace(each, text=text, source=text) for each in plain.timeline)
    hostile = msgspec.structs.replace(plain, title=text, zone=text, timeline=timeline)
    assert strip_mermaid(hostile) == strip_mermaid(plain)
