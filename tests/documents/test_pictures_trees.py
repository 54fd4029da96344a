"""What the pictures of why trees and fault trees say."""

import pytest

from facilitator.documents.pictures.faulttree_svg import faulttree_svg
from facilitator.documents.pictures.whytree_svg import whytree_svg
from facilitator.model.session import Action, ActionStatus, BranchEnd, Confidence, Factor, Join, Why
from tests.documents.picturing import Picture, session_of, why

AND, OR = Join.AND, Join.OR


def test_a_why_tree_shows_answers_gates_and_what_is_known_of_each():
    whys = (
        why("top", None, AND), why("a", "top"), why("b", "top"), why("c", "b"),
        Why(id="d", text="text d", parent="c", confidence=Confidence.LIKELY, end=BranchEnd.OUTSIDE),
    )  # fmt: skip
    picture = Picture(whytree_svg(session_of(*whys, factors=(Factor(id="x", text="x", whys=("a", "d")),))))
    assert picture.titles == ["text top", "text a", "text b", "text c", "text d"]
    assert picture.texts[:2] == ["Why tree", "Title"]
    assert [picture.texts.count(each) for each in ("AND", "OR", "why?")] == [1, 0, 2]
    assert "F1" in picture.texts
    assert "F1 · likely · outside our control" in picture.texts
    assert picture.texts[-1] == "AND: all of these together."
    assert [card.kind for card in picture.cards] == ["effect", "card", "card", "card", "card"]


def test_a_chain_leads_down_and_branches_lead_right():
    whys = (why("top"), why("a", "top"), why("b", "a"), why("c", "a"))
    top, a, b, c = Picture(whytree_svg(session_of(*whys))).cards
    assert (a.left, a.top > top.bottom) == (top.left, True)
    assert (b.left > a.right, b.top) == (True, a.top)
    assert (c.left, c.top > b.bottom) == (b.left, True)


def test_effects_stand_beside_each_other_where_there_is_room():
    one, two = Picture(whytree_svg(session_of(why("one"), why("two")))).cards
    assert (one.top, one.right < two.left) == (two.top, True)


def test_a_fault_tree_has_the_effect_on_top_and_each_gate_above_the_middle():
    whys = (why("top", None, AND), why("a", "top"), why("b", "top", OR), why("c", "b"), why("d", "b"))
    picture = Picture(faulttree_svg(session_of(*whys)))
    top, a, b, c, d = picture.cards
    assert picture.titles == ["text top", "text a", "text b", "text c", "text d"]
    assert top.bottom < a.top == b.top
    assert b.bottom < c.top == d.top
    assert top.left + top.right == (a.left + a.right + b.left + b.right) / 2
    assert b.left + b.right == (c.left + c.right + d.left + d.right) / 2
    assert [each for each in picture.texts if each in ("AND", "OR", "C1", "C2", "C3")] == [
        "AND",
        "C1",
        "OR",
        "C2",
        "C3",
    ]
    assert "none a single point of failure: the shortest needs 2 conditions together." in " ".join(picture.texts)


def test_answers_with_one_answer_are_left_out_and_the_same_condition_has_one_number():
    whys = (why("top", None, AND), why("a", "top"), why("b", "a"), why("c", "top"), why("other"), why("d", "other"))
    session = session_of(*whys, factors=(Factor(id="x", text="same", whys=("b", "d")),))
    picture = Picture(faulttree_svg(session))
    assert picture.titles == ["text top", "same", "text c", "text other", "same"]
    assert [each for each in picture.texts if each[0] == "C" and each[1:].isdecimal()] == ["C1", "C2", "C1"]


def test_single_points_are_marked_by_shape_and_word():
    whys = (why("top"), why("both", "top", AND), why("a", "both"), why("b", "both"), why("c", "top"))
    picture = Picture(faulttree_svg(session_of(*whys)))
    assert [card.kind for card in picture.cards] == ["effect", "card", "card", "card", "single"]
    assert picture.texts.count("enough alone") == 1
    assert "2 paths lead here, 1 of them a single point of failure." in " ".join(picture.texts)


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ([], ["2 paths lead here, each of them a single point of failure."]),
        ([ActionStatus.WONT_DO], []),
        (
            [ActionStatus.OPEN],
            [
                "With this action 1 of 2 paths is closed, but none yet by what is done.",
                "A1 by itself closes 1 of 2 paths.",
            ],
        ),
        (
            [ActionStatus.DONE, ActionStatus.IN_PROGRESS],
            [
                "With these 2 actions 2 of 2 paths are closed, 1 of them by what is done so far.",
                "A1 by itself closes 1 of 2 paths.",
                "A2 by itself closes 1 of 2 paths.",
            ],
        ),
    ],
    ids=["none", "won't do", "one open", "two"],
)
def test_what_the_actions_close_is_said(statuses: list[ActionStatus], said: list[str]):
    factors = (Factor(id="f0", text="x", whys=("a",)), Factor(id="f1", text="y", whys=("b",)))
    actions = tuple(
        Action(id=f"x{number}", text="x", status=status, factors=(f"f{number}",))
        for number, status in enumerate(statuses)
    )
    session = session_of(why("top"), why("a", "top"), why("b", "top"), factors=factors, actions=actions)
    texts = " ".join(Picture(faulttree_svg(session)).texts)
    assert all(each in texts for each in said)
    assert ("With " in texts) == any("With " in each for each in said)


def test_too_many_paths_are_not_counted():
    whys = [why("top", None, AND)]
    for gate in range(5):
        whys += [why(f"g{gate}", "top"), *(why(f"g{gate}.{number}", f"g{gate}") for number in range(6))]
    assert "Too many paths lead here to be counted." in Picture(faulttree_svg(session_of(*whys))).texts


def test_one_effect_can_be_drawn_alone_and_effects_without_answers_are_not():
    session = session_of(why("one"), why("a", "one"), why("two"), why("b", "two"), why("three"))
    assert Picture(faulttree_svg(session, "two")).titles == ["text two", "text b"]
    assert Picture(faulttree_svg(session)).titles == ["text one", "text a", "text two", "text b"]
    assert faulttree_svg(session, "three") == ""
