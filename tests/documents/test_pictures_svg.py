"""Whatever the text, a picture is well-formed, shows the text and nothing else, and has room for it."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.documents.pictures.faulttree_svg import faulttree_svg
from facilitator.documents.pictures.measure import text_width, wrapped
from facilitator.documents.pictures.mermaid import faulttree_mermaid, whytree_mermaid
from facilitator.documents.pictures.svg import Box, Drawing, escaped
from facilitator.documents.pictures.whytree_svg import whytree_svg
from facilitator.model.session import Join, Session, Why
from facilitator.model.text import one_line
from tests.documents.checkout_example import CHECKOUT
from tests.documents.hostile_sessions import Twins, twins
from tests.documents.picturing import Picture, chain, comb, saying, session_of, why
from tests.hostile import HOSTILE

APPROVED = Path(__file__).parent / "approved"
PICTURES: tuple[Callable[[Session], str], ...] = (whytree_svg, faulttree_svg)
LIMITS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("draw", "name"),
    [
        (whytree_svg, "checkout.whytree.svg"),
        (faulttree_svg, "checkout.faulttree.svg"),
        (whytree_mermaid, "checkout.whytree.mmd"),
        (faulttree_mermaid, "checkout.faulttree.mmd"),
    ],
)
def test_the_approved_pictures(draw: Callable[[Session], str], name: str):
    assert draw(CHECKOUT) == (APPROVED / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("draw", PICTURES)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(draw: Callable[[Session], str], text: str):
    picture = Picture(draw(saying(text)))
    harmless = Picture(draw(saying("words")))

    picture.check_room()
    assert picture.style == harmless.style
    assert len(picture.titles) == len(harmless.titles)
    said = "".join(escaped(text).split())
    if len(said) < 60:
        shown = {
            "".join(ET.fromstring(f"<t>{escaped(each)}</t>").itertext()).replace(" ", "") for each in picture.texts
        }
        assert "".join(ET.fromstring(f"<t>{said or '…'}</t>").itertext()) in shown


@given(twins())
@settings(LIMITS, max_examples=12)
def test_sessions_of_any_shape_have_room(pair: Twins):
    for draw in PICTURES:
        source = draw(pair.hostile)
        assert draw(pair.hostile) == source
        if source:
            Picture(source).check_room()


@given(st.lists(st.integers(0, 6), max_size=40), st.lists(st.sampled_from(Join), min_size=41, max_size=41))
@LIMITS
def test_trees_of_any_shape_have_room(choices: list[int], joins: list[Join]):
    whys = [why("n0", None, joins[0])]
    for number, choice in enumerate(choices, 1):
        above = None if choice == 6 else f"n{max(0, number - 1 - choice)}"
        whys.append(why(f"n{number}", above, joins[number], "some words " * (choice + 1)))
    for draw in PICTURES:
        source = draw(session_of(*whys))
        if source:
            Picture(source).check_room()


@pytest.mark.parametrize("draw", [*PICTURES, whytree_mermaid, faulttree_mermaid])
def test_nothing_is_drawn_of_nothing(draw: Callable[[Session], str]):
    assert draw(session_of()) == ""


def test_colours_are_for_light_and_for_dark_pages():
    style = Picture(whytree_svg(CHECKOUT)).style
    assert style.count("@media (prefers-color-scheme:dark)") == 1
    light, dark = style.split("@media")
    assert light.count(".facilitator-picture .") == dark.count(".facilitator-picture .") > 5
    assert "url" not in style
    assert "@import" not in style


def test_a_picture_says_what_it_is():
    picture = Picture(faulttree_svg(CHECKOUT))
    named = {each.attrib["id"]: each.text for each in picture.root.iter() if "id" in each.attrib}
    assert picture.root.attrib["aria-labelledby"].split() == list(named)
    assert named["faulttree-title"] == "Fault tree: Checkout errors after v3.2"
    assert "the path is closed" in (named["faulttree-description"] or "")


@pytest.mark.parametrize("draw", PICTURES)
@pytest.mark.parametrize(
    "whys",
    [chain(2_000), comb(1_000), [why("n0"), *(why(f"n{number}", "n0") for number in range(1, 2_000))]],
    ids=["deep", "deep and branched", "broad"],
)
def test_a_large_tree_is_shown_in_part_and_that_is_said(draw: Callable[[Session], str], whys: list[Why]):
    picture = Picture(draw(session_of(*whys)))
    picture.check_room()
    assert len(picture.cards) < 210


def test_what_is_not_shown_is_counted():
    picture = Picture(whytree_svg(session_of(*chain(2_000))))
    assert picture.texts[-1] == "This picture shows 200 of 2,000 effects and answers, those nearest to the top."
    assert "1,800 more answers below, not shown" in picture.texts
    picture = Picture(faulttree_svg(session_of(*comb(1_000))))
    assert "This picture shows 150 of 2,001 gates and events, those nearest to the top." in picture.texts[-1]
    assert "1,851 more not shown" in picture.texts


def test_effects_that_are_not_shown_are_counted():
    pairs = [each for number in range(500) for each in (why(f"e{number}"), why(f"a{number}", f"e{number}"))]
    picture = Picture(whytree_svg(session_of(*pairs)))
    assert picture.texts[-1] == "This picture shows 200 of 1,000 effects and answers, those nearest to the top."


@given(st.text(max_size=80).map(one_line), st.integers(40, 300), st.integers(1, 5))
@LIMITS
def test_lines_are_no_wider_than_they_may_be(text: str, width: int, most: int):
    lines = wrapped(text, width, 12, most=most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line, 12) <= width + 0.01 for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_are_about_equally_long():
    assert wrapped("one two three four five six", 140, 12, most=3) == ["one two three", "four five six"]
    assert wrapped("an error rate of up to 8 %", 160, 12, most=3)[-1].endswith("8 %")
    assert wrapped("日本語のログ", 36, 12, most=3) == ["日本語", "のログ"]
    assert wrapped("", 100, 12, most=3) == [""]


def test_a_long_text_is_cut_where_it_says_so():
    lines = wrapped("word " * 10_000, 100, 12, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")


def test_shapes_are_elements_and_their_numbers_short():
    drawing = Drawing()
    drawing.box("card", Box(1, 2, 3.04, 4.96), radius=5)
    drawing.text("ink", 1, 2, ["<a>", "&b"], size=10, step=12)
    source = drawing.svg("x", 100, 50, title="<t>", description='"d"')
    assert '<rect class="card" x="1" y="2" width="3" height="5" rx="5"/>' in source
    assert '<text class="ink" x="1" y="2" font-size="10">&lt;a&gt;<tspan x="1" dy="12">&amp;b</tspan></text>' in source
    assert Picture(source).texts == ["<a> &b"]
