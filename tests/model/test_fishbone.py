"""The fishbone of a session: which factors stand on which rib, and what stands at the head."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from facilitator.model.fishbone import OTHER, fishbone
from facilitator.model.session import CATEGORIES, Factor, Role, Session, Why


def session(*factors: Factor, whys: tuple[Why, ...] = ()) -> Session:
    return Session(
        id="s", title="Checkout errors", created=datetime(2026, 11, 16, tzinfo=UTC), factors=factors, whys=whys
    )


def factor(
    number: int, category: str = "", *, mitigator: bool = False, root_cause: bool = False, role: Role | None = None
) -> Factor:
    text = f"factor {number}"
    return Factor(id=f"f{number}", text=text, category=category, mitigator=mitigator, root_cause=root_cause, role=role)


def test_the_head_is_the_first_effect() -> None:
    whys = (Why(id="w1", text="Errors for 40 minutes"), Why(id="w2", parent="w1", text="A crash"))
    assert fishbone(session(whys=whys)).effect == "Errors for 40 minutes"


def test_the_head_is_the_title_where_no_effect_is_told() -> None:
    assert fishbone(session()).effect == "Checkout errors"
    assert fishbone(session(whys=(Why(id="w1", text="  "),))).effect == "Checkout errors"


def test_ribs_stand_in_the_order_of_the_categories_then_own_ones_then_other() -> None:
    drawn = fishbone(
        session(
            factor(1),
            factor(2, "vendors"),
            factor(3, "process"),
            factor(4, "Acts of nature"),
            factor(5, "code"),
            factor(6, "vendors"),
        )
    )
    assert [rib.category for rib in drawn.ribs] == ["code", "process", "vendors", "Acts of nature", OTHER]
    assert [bone.factor for bone in drawn.ribs[2].bones] == ["f2", "f6"]


def test_categories_that_differ_in_capitals_or_spaces_are_one_rib() -> None:
    drawn = fishbone(session(factor(1, "Code"), factor(2, "code"), factor(3, " other "), factor(4)))
    assert [(rib.category, len(rib.bones)) for rib in drawn.ribs] == [("Code", 2), ("other", 2)]


def test_mitigators_are_not_on_it_and_names_are_those_of_the_document() -> None:
    drawn = fishbone(
        session(
            factor(1, "code"),
            factor(2, "code", mitigator=True),
            factor(3, "code", root_cause=True, role=Role.HID),
        )
    )
    (rib,) = drawn.ribs
    assert [(bone.name, bone.root_cause, bone.role) for bone in rib.bones] == [
        ("F1", False, None),
        ("F2", True, Role.HID),
    ]


FACTORS = st.lists(st.tuples(st.sampled_from(("", "own", *CATEGORIES)), st.booleans(), st.booleans()), max_size=12).map(
    lambda drawn: tuple(
        factor(number, category, mitigator=mitigator, root_cause=root_cause)
        for number, (category, mitigator, root_cause) in enumerate(drawn)
    )
)


@given(FACTORS)
def test_every_factor_but_mitigators_is_on_it_once(factors: tuple[Factor, ...]) -> None:
    drawn = fishbone(session(*factors))
    on_it = [bone.factor for rib in drawn.ribs for bone in rib.bones]
    assert sorted(on_it) == sorted(each.id for each in factors if not each.mitigator)
    known = [CATEGORIES.index(rib.category) for rib in drawn.ribs if rib.category in CATEGORIES]
    assert known == sorted(known)
