"""Names of pages are safe whatever the text, the same every time, and different for different things."""

import re

from hypothesis import given
from hypothesis import strategies as st

from facilitator.library.tallies import by_key
from facilitator.site.names import group_of, page_of
from facilitator.site.postmortem import Kind, groups_of
from facilitator.store.ids import new_id
from tests.hostile import HOSTILE
from tests.site.site_sessions import TRICKS

SAFE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
TEXTS = st.one_of(st.text(max_size=40), st.sampled_from([*HOSTILE, *TRICKS]))


@given(TEXTS)
def test_any_text_becomes_a_safe_name(text: str) -> None:
    for name in (group_of(text), page_of(text)):
        assert SAFE.fullmatch(name)
        assert name not in ("con", "nul", "prn", "aux", "com1")


def test_the_page_of_a_session_is_its_id() -> None:
    made = new_id()
    assert page_of(made) == made.lower()
    assert page_of("CON") != "con"
    assert len({page_of(each) for each in ("A", "a", "A_", "A-", "A-B", "a-b")}) == 6


def test_names_that_are_compared_as_equal_are_one_group() -> None:
    (group,) = groups_of(Kind.SERVICE, ["Check Out", "check-out", "CHECK OUT"])
    assert group.page == "service/check-out"


def test_names_that_only_look_alike_have_pages_of_their_own() -> None:
    names = [
        "checkout",
        "check out",
        "ch\u00e9ck\u00f8ut",
        "\u0441heckout",
        "checkout!?",
        "\u65e5\u672c",
        "\u65e5",
        "...",
        "***",
        "x" * 300,
    ]
    pages = [each.page for each in groups_of(Kind.TAG, names)]
    assert len(set(pages)) == len(by_key(names)) == len(names) - 1  # "checkout!?" is "checkout"


def test_the_page_of_a_group_does_not_depend_on_other_groups() -> None:
    alone = groups_of(Kind.TAG, ["data loss"])
    assert alone[0] in groups_of(Kind.TAG, ["data-loss-1", "Daten", "data loss", "dataloss"])
