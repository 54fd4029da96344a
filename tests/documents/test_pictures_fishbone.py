"""Fishbones as SVG and as Mermaid: every text on them and nothing more, and nothing over anything else."""

import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.documents.pictures.fishbone_mermaid import fishbone_mermaid
from facilitator.documents.pictures.fishbone_svg import fishbone_svg
from facilitator.documents.pictures.measure import text_width
from facilitator.documents.pictures.mermaid import LONGEST
from facilitator.model.fishbone import Bone, Fishbone, Rib, fishbone
from facilitator.model.session import CATEGORIES, Role
from facilitator.model.text import one_line
from tests.documents.checkout_example import CHECKOUT
from tests.hostile import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "title", "desc", "style", "rect", "path", "circle", "text", "tspan", "g"}


def bone(number: int, text: str, *, root_cause: bool = False, role: Role | None = None) -> Bone:
    return Bone(factor=f"f{number}", name=f"F{number}", text=text, root_cause=root_cause, role=role)


def crowded(categories: int = 12, factors: int = 40) -> Fishbone:
    text = "the alert threshold stood far too high for anybody to react in time"
    every = [bone(number, f"{number}: {text}", root_cause=number % 5 == 0) for number in range(factors)]
    ribs = [Rib(CATEGORIES[number], tuple(every[number::categories])) for number in range(categories)]
    return Fishbone("All customers were logged out and could not come back for hours", tuple(ribs))


def texts(svg: str) -> list[str]:
    """Return what each text of a picture says, its lines put together without spaces."""
    return ["".join("".join(element.itertext()).split()) for element in ET.fromstring(svg).iter(f"{SVG}text")]


def places(svg: str) -> Iterator[tuple[float, float, float, float]]:
    """Return the rectangle of each line of text: left, top, right, bottom."""
    for element in ET.fromstring(svg).iter(f"{SVG}text"):
        size, bold = float(element.attrib["font-size"]), "font-weight" in element.attrib
        y = float(element.attrib["y"])
        for line in [element, *element]:
            y += float(line.attrib.get("dy", 0))
            width = text_width(line.text or "", size, bold=bold)
            left = float(line.attrib["x"]) - (width / 2 if "text-anchor" in element.attrib else 0)
            yield left, y - size * 0.8, left + width, y + size * 0.2


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def letters(text: str) -> str:
    return "".join(one_line(text).split())


EXAMPLES = [
    fishbone(CHECKOUT),
    crowded(),
    crowded(1, 9),
    crowded(2, 7),
    crowded(3, 3),
    Fishbone("Errors", ()),
    Fishbone("x" * 500, (Rib("y" * 200, (bone(1, "z" * 900),)),)),
]


@pytest.mark.parametrize("fish", EXAMPLES)
def test_nothing_lies_over_anything_else_or_beyond_the_edge(fish: Fishbone) -> None:
    svg = fishbone_svg(fish)
    root = ET.fromstring(svg)
    right, bottom = float(root.attrib["width"]), float(root.attrib["height"])
    lines = list(places(svg))
    assert all(left >= 0 and top >= 0 and end <= right and low <= bottom for left, top, end, low in lines)
    assert not [pair for pair in combinations(lines, 2) if overlap(*pair)]


@pytest.mark.parametrize("fish", EXAMPLES)
def test_no_text_lies_over_a_spine_or_a_rib(fish: Fishbone) -> None:
    svg = fishbone_svg(fish)
    root = ET.fromstring(svg)
    spines = []
    for rect in root.iter(f"{SVG}rect"):
        if rect.get("class") == "accent":
            x, y, width, height = (float(rect.attrib[each]) for each in ("x", "y", "width", "height"))
            spines.append((x, y, x + width, y + height))
    assert bool(spines) == bool(fish.ribs)
    for line in places(svg):
        assert not any(overlap(line, spine) for spine in spines)
    for x1, y1, x2, y2 in leaning(root):
        for left, top, right, bottom in places(svg):
            for y in (top, bottom):
                if min(y1, y2) < y < max(y1, y2):
                    x = x1 + (x2 - x1) * (y - y1) / (y2 - y1)
                    assert not left < x < right


def leaning(root: ET.Element) -> Iterator[tuple[float, float, float, float]]:
    for path in root.iter(f"{SVG}path"):
        steps = re.fullmatch(r"M (\S+) (\S+) L (\S+) (\S+)", path.attrib["d"])
        if steps and steps[2] != steps[4]:
            x1, y1, x2, y2 = map(float, steps.groups())
            yield x1, y1, x2, y2


def test_every_text_is_whole_and_said_once() -> None:
    fish = crowded()
    said = texts(fishbone_svg(fish))
    for rib in fish.ribs:
        assert said.count(rib.category) == 1
        for each in rib.bones:
            assert said.count(letters(each.text)) == said.count(each.name) == 1
    assert said.count(letters(fish.effect)) == 1


def test_factors_are_read_from_top_to_bottom_on_either_side() -> None:
    fish = Fishbone("x", tuple(Rib(name, tuple(bone(n, f"{name}{n}") for n in range(3))) for name in "ab"))
    heights = {
        "".join(each.itertext()): float(each.attrib["y"])
        for each in ET.fromstring(fishbone_svg(fish)).iter(f"{SVG}text")
    }
    for name in "ab":
        assert heights[f"{name}0"] < heights[f"{name}1"] < heights[f"{name}2"]
    assert heights["a"] < heights["a0"]
    assert heights["b"] > heights["b2"]


def test_roles_and_root_causes_are_told_without_colour() -> None:
    fish = Fishbone("x", (Rib("code", (bone(1, "a leak", root_cause=True, role=Role.HID), bone(2, "a gap"))),))
    said = texts(fishbone_svg(fish))
    assert "aleak(hid)" in said
    assert "rootcause" in said
    assert "rootcause" not in texts(fishbone_svg(Fishbone("x", (Rib("code", (bone(2, "a gap"),)),))))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    fish = Fishbone(text, (Rib(text, (bone(1, text, root_cause=True),)),))
    root = ET.fromstring(fishbone_svg(fish))
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= DRAWN
    assert all(not name.startswith("on") and "href" not in name for each in root.iter() for name in each.attrib)
    xml = re.sub("[\ufffe\uffff]", "", text)
    assert texts(fishbone_svg(fish)).count(letters(xml) or "…") == 3


@given(st.text(max_size=60), st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_text_is_well_formed(effect: str, said: list[str]) -> None:
    fish = Fishbone(effect, (Rib(said[0], tuple(bone(number, text) for number, text in enumerate(said))),))
    assert len(texts(fishbone_svg(fish))) == 2 + 2 * len(said)


def test_mermaid_leads_from_factors_to_the_effect() -> None:
    fish = Fishbone(
        "Errors",
        (Rib("code", (bone(1, "a leak", root_cause=True, role=Role.HID),)), Rib("process", (bone(2, "a gap"),))),
    )
    assert fishbone_mermaid(fish).split("\n") == [
        "flowchart LR",
        "  accTitle: Fishbone diagram",
        '  effect[["Errors"]]',
        '  rib0(["code"]) --> effect',
        '  f1{{"a leak (root cause, hid)"}} --- rib0',
        '  rib1(["process"]) --> effect',
        '  f2["a gap"] --- rib1',
        "",
    ]


def test_mermaid_of_nothing_is_nothing() -> None:
    assert not fishbone_mermaid(Fishbone("Errors", ()))


def test_mermaid_draws_no_more_than_it_can_and_counts_the_rest() -> None:
    fish = Fishbone("Errors", (Rib("code", tuple(bone(number, "[" * 300) for number in range(500))),))
    source = fishbone_mermaid(fish)
    shown = source.count("--- rib0")
    assert len(source) <= LONGEST
    assert 0 < shown < 500
    assert f"{500 - shown} more factors, not shown" in source


@pytest.mark.parametrize("text", HOSTILE)
def test_mermaid_has_a_line_for_each_node_whatever_it_says(text: str) -> None:
    fish = Fishbone(text, (Rib(text, (bone(1, text, root_cause=True),)),))
    lines = fishbone_mermaid(fish).splitlines()
    assert len(lines) == 5
    assert [line.count('"') for line in lines] == [0, 0, 2, 2, 2]
