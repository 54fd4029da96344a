"""The fishbone drawn with characters: whole, within its width, and the same picture as approved."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.documents.drawn.cells import cells
from facilitator.documents.drawn.fishbone_text import LIST_BELOW, fishbone_lines
from facilitator.documents.drawn.pieces import Tone, plain
from facilitator.model.fishbone import Bone, Fishbone, Rib, fishbone
from facilitator.model.session import CATEGORIES, Role
from facilitator.model.text import clean, one_line
from tests.documents.checkout_example import CHECKOUT
from tests.hostile import HOSTILE

APPROVED = Path(__file__).parent / "approved"
WIDTHS = (20, 25, 40, 69, 70, 80, 100, 120, 200, 300)


def bones(number: int, text: str = "the alert threshold stood far too high for anybody to react in time") -> list[Bone]:
    roles = (None, *Role)
    return [
        Bone(factor=f"f{each}", name=f"F{each}", text=f"{each}: {text}", root_cause=each % 5 == 0, role=roles[each % 6])
        for each in range(number)
    ]


def crowded() -> Fishbone:
    """Twelve categories with 42 factors, very unevenly spread."""
    every = bones(42)
    first = Rib(CATEGORIES[0], tuple(every[:20]))
    rest = [
        Rib(category, tuple(every[18 + 2 * number : 20 + 2 * number])) for number, category in enumerate(CATEGORIES)
    ]
    return Fishbone("All customers were logged out and could not come back for hours", (first, *rest[1:]))


def fishbone_text(fish: Fishbone, width: int, *, ascii_only: bool = False) -> str:
    return plain(fishbone_lines(fish, width, ascii_only=ascii_only))


def letters(text: str) -> str:
    return "".join(one_line(text).split())


def said(bone: Bone) -> str:
    return letters(f"{bone.text} ({bone.role})" if bone.role else bone.text)


def told(fish: Fishbone, width: int, *, ascii_only: bool = False) -> str:
    """Return the texts of a drawing without its lines and spaces, each rib for itself, joined."""
    parts: list[str] = []
    for line in fishbone_lines(fish, width, ascii_only=ascii_only):
        parts += ["".join(piece.text.split()) for piece in line if piece.tone in (Tone.TEXT, Tone.STRONG)]
    return "".join(parts)


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_asked(width: int, ascii_only: bool) -> None:
    for fish in (crowded(), fishbone(CHECKOUT), Fishbone("", ()), Fishbone("x", (Rib("code", tuple(bones(1))),))):
        lines = fishbone_text(fish, width, ascii_only=ascii_only).split("\n")
        assert max(map(cells, lines)) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_every_text_is_whole(width: int) -> None:
    for each in crowded().ribs:
        fish = Fishbone("An effect", (each,))
        assert told(fish, width) == "".join(map(said, each.bones))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_word_of_a_crowded_one_is_there(width: int) -> None:
    drawn = fishbone_text(crowded(), width)
    for bone in bones(42):
        assert drawn.count(f" {bone.text.split(' ')[0]} ") >= 1
    assert all(category in drawn for category in CATEGORIES)


def test_widths_out_of_bounds_are_taken_as_the_nearest() -> None:
    fish = crowded()
    assert fishbone_text(fish, 3) == fishbone_text(fish, 20)
    assert fishbone_text(fish, 9_999) == fishbone_text(fish, 300)


def test_ascii_only_has_no_other_character() -> None:
    for width in WIDTHS:
        assert fishbone_text(crowded(), width, ascii_only=True).isascii()


def test_without_factors_there_is_the_head_alone() -> None:
    assert fishbone_text(Fishbone("Errors for 40 minutes", ()), 100).split("\n") == [
        "╭───────────────────────╮",
        "│ Errors for 40 minutes │",
        "╰───────────────────────╯",
    ]


@pytest.mark.parametrize(
    ("name", "width", "ascii_only"), [("wide", 100, False), ("ascii", 100, True), ("list", 50, False)]
)
def test_the_example_is_drawn_as_approved(name: str, width: int, ascii_only: bool) -> None:
    approved = (APPROVED / f"fishbone-{name}.txt").read_text("utf-8")
    assert fishbone_text(fishbone(CHECKOUT), width, ascii_only=ascii_only) + "\n" == approved


@pytest.mark.parametrize("width", [70, 80, 120])
def test_the_effect_stands_above_one_that_is_higher_than_a_screen(width: int) -> None:
    fish = crowded()
    first, *rest = fishbone_text(fish, width).split("\n")
    assert first.startswith("Effect: All customers were logged out")
    above = " ".join([first, *rest[: rest.index("")]]).split()
    assert above == ["Effect:", *fish.effect.split()]
    assert "Effect:" not in fishbone_text(fishbone(CHECKOUT), 100)


def test_a_narrow_one_is_a_list() -> None:
    fish = Fishbone(
        "Errors", (Rib("code", tuple(bones(2, "a condition")[:1])), Rib("process", tuple(bones(2, "b")[1:])))
    )
    assert fishbone_text(fish, LIST_BELOW - 1).split("\n") == [
        "╭────────╮",
        "│ Errors │",
        "╰─▲──────╯",
        "  ┃",
        "  ┣━ code",
        "  ┃  ◆ 0: a condition",
        "  ┃",
        "  ┗━ process",
        "     · 1: b (triggered)",
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    rib = Rib(text, (Bone(factor="f", name="F1", text=text, root_cause=True),))
    for width in (20, 120):
        drawn = fishbone_text(Fishbone(text, (rib,)), width)
        assert clean(drawn) == drawn
        assert max(map(cells, drawn.split("\n"))) <= width
        strong = told(Fishbone("", (rib,)), width)
        assert strong == letters(text)


RIBS = st.builds(
    Rib,
    st.text(max_size=20),
    st.lists(
        st.builds(
            Bone,
            factor=st.just("f"),
            name=st.just("F1"),
            text=st.text(max_size=90),
            root_cause=st.booleans(),
            role=st.sampled_from([None, *Role]),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)


@given(st.text(max_size=40), st.lists(RIBS, max_size=5), st.integers(20, 300), st.booleans())
def test_any_fishbone_is_drawn_whole_and_within_its_width(
    effect: str, ribs: list[Rib], width: int, ascii_only: bool
) -> None:
    lines = fishbone_text(Fishbone(effect, tuple(ribs)), width, ascii_only=ascii_only).split("\n")
    assert max(map(cells, lines)) <= width
    for rib in ribs:
        assert told(Fishbone("", (rib,)), width) == "".join(map(said, rib.bones))
