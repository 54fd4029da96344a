"""The five whys read as a chain where they are one, and nest only where answers branch."""

from datetime import UTC, datetime

import pytest

from facilitator.documents.markdown import markdown
from facilitator.documents.pictures.figures import nothing
from facilitator.model.moments import Moment
from facilitator.model.session import BranchEnd, Confidence, Entry, Join, Session, Why
from tests.documents.reading import RENDERERS, items, part, read


def _session(*whys: Why, timeline: tuple[Entry, ...] = ()) -> Session:
    return Session(id="s", title="t", created=datetime(2026, 11, 15, tzinfo=UTC), whys=whys, timeline=timeline)


def _tree(*whys: Why, timeline: tuple[Entry, ...] = ()) -> str:
    return part(markdown(_session(*whys, timeline=timeline), nothing), "### Five whys")


def _why(name: str, parent: str | None = None, join: Join = Join.OR) -> Why:
    return Why(id=name, text=f"text {name}", parent=parent, join=join)


def test_a_chain_is_one_numbered_list():
    assert _tree(_why("a"), _why("b", "a"), _why("c", "b")).split("\n") == [
        "**Effect:** text a",
        "",
        "1. **Why?** text b",
        "2. **Why?** text c",
    ]


def test_branches_say_how_they_belong_together():
    whys = (_why("a", join=Join.AND), _why("b", "a"), _why("c", "a"), _why("d", "c"), _why("e", "d"), _why("f", "d"))
    assert _tree(*whys).split("\n") == [
        "**Effect:** text a",
        "",
        "1. **Why?** All of these together:",
        "   - text b",
        "   - text c",
        "     1. **Why?** text d",
        "     2. **Why?** Several answers:",
        "        - text e",
        "        - text f",
    ]


def test_remarks_follow_the_answer_and_evidence_is_quoted_below():
    at = Moment(datetime(2026, 11, 15, 14, 22, tzinfo=UTC))
    effect = Why(id="a", text="down", evidence=("e", "nowhere", "e"))
    answer = Why(
        id="b", parent="a", text="why", confidence=Confidence.LIKELY, evidence=("e", "f"), end=BranchEnd.OUTSIDE
    )
    entries = (Entry(id="e", at=at, text="*burn* rate alert"), Entry(id="f", at=at, text=f"{'word ' * 30}end"))
    shown = _tree(effect, answer, timeline=entries)
    first, second = '14:22 "*burn* rate alert"', f'14:22 "{"word " * 19}word…"'
    assert read(shown).texts == [
        f"Effect: down\nEvidence: {first}",
        f"Why? why (likely; end of this branch: outside our control)\nEvidence: {first}; {second}",
    ]


def test_evidence_stays_in_the_item_of_its_answer_however_deep():
    at = Moment(datetime(2026, 11, 15, 14, 22, tzinfo=UTC))
    whys = [Why(id="n0.", text="text n0.", evidence=("e",))]
    for number in range(6):
        names = (f"leaf{number}.", f"n{number + 1}.")
        whys += [Why(id=name, text=f"text {name}", parent=f"n{number}.", evidence=("e",)) for name in names]
    shown = _tree(*whys, timeline=(Entry(id="e", at=at, text="alert"),))
    said = [text for text in read(shown).texts if "text " in text and "Branch" not in text]
    assert len(said) == len(whys)
    assert all(text.endswith('\nEvidence: 14:22 "alert"') for text in said)


def test_every_effect_stands_for_itself():
    shown = _tree(_why("a"), _why("b"), _why("c", "b"))
    assert shown == "**Effect:** text a\n\n**Effect:** text b\n\n1. **Why?** text c"


@pytest.mark.parametrize(
    "whys",
    [
        [_why("a", "a")],
        [_why("a", "b"), _why("b", "a")],
        [_why("a"), _why("b", "c"), _why("c", "d"), _why("d", "b"), _why("e", "d")],
        [_why("a", "nowhere"), _why("b", "a")],
        [_why("a"), _why("a"), _why("b", "a")],
        [Why(text="one"), Why(text="two", parent="")],
    ],
    ids=["own parent", "circle", "circle beside a tree", "orphan", "same id", "no ids"],
)
def test_whys_that_hang_on_nothing_are_shown_once(whys):
    shown = "\n".join(read(_tree(*whys)).texts)
    for text in {why.text for why in whys}:
        assert shown.count(text) == sum(why.text == text for why in whys)


def test_a_chain_of_two_thousand_answers_stays_flat():
    shown = _tree(*(_why(f"n{number}.", f"n{number - 1}." if number else None) for number in range(2_001)))
    assert shown.endswith("2000. **Why?** text n2000.")
    assert {depth for depth, _ in items(shown)} == {1}


def test_branches_within_branches_go_on_below_instead_of_ever_deeper():
    pairs = 300
    whys = [_why("n0.")]
    for number in range(pairs):
        whys += [_why(f"leaf{number}.", f"n{number}."), _why(f"n{number + 1}.", f"n{number}.")]
    shown = _tree(*whys)
    page = read(shown)
    texts = "\n".join(page.texts)

    assert max(depth for depth, _ in items(shown)) <= 6
    assert all(texts.count(f"text leaf{number}.") == 1 for number in range(pairs))
    assert "text n6. (continued below as branch 2)" in page.texts
    assert page.texts[page.texts.index("Branch 2: text n6.") + 1] == "Why? Several answers:"


@pytest.mark.parametrize("renderer", RENDERERS)
def test_no_renderer_gives_up_on_the_nesting(renderer):
    whys = [_why("n0.")]
    for number in range(4):
        whys += [_why(f"leaf{number}.", f"n{number}."), _why(f"n{number + 1}.", f"n{number}.")]
    html = RENDERERS[renderer].render(_tree(*whys))
    assert all(html.count(f"leaf{number}.") == 1 for number in range(4))


def test_two_thousand_answers_to_one_question_are_one_list():
    shown = _tree(_why("top"), *(_why(f"n{number}", "top") for number in range(2_000)))
    assert len(items(shown)) == 2_001
