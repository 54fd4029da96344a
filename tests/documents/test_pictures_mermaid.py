"""Mermaid's source holds no sign of a text that Mermaid could take for its own.

That Mermaid draws these diagrams and shows these texts is tried by `python -m tests.extras.mermaid_check`.
"""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.documents.pictures.mermaid import LONGEST, faulttree_mermaid, label, whytree_mermaid
from facilitator.model.session import Join, Why
from facilitator.model.text import one_line
from tests.documents.hostile_sessions import Twins, twins
from tests.documents.picturing import chain, comb, saying, session_of, why
from tests.hostile import HOSTILE

LINE = re.compile(
    r'(?:[wnm]\d+|more)[\[({\\/]+"[^"]*"[\])}\\/]+'
    r'|[wn]\d+ --- g\d+(?:\[/"AND"\\\]|\{"OR"\})'
    r"|[wng]\d+ (?:-->|---) [wn]\d+"
    r'|[wng]\d+ -\.- m\d+\("[\d,]+ more below, not shown"\)'
)
LIMITS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _decoded(coded: str) -> str:
    return re.sub(r"#(\d+);", lambda match: chr(int(match[1])), coded.replace("\N{WORD JOINER}", ""))


def _check(source: str) -> None:
    first, title, *lines = source.removesuffix("\n").split("\n  ")
    assert first in ("flowchart LR", "flowchart TB")
    assert re.fullmatch(r"accTitle: (Why|Fault) tree(\. Not shown: [\d,]+)?", title)
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert len(source) < 50_000
    assert source.count("--") + source.count("-.-") < 500


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_is_the_text_in_quotes(text: str):
    said = one_line(text)
    coded = label(text)
    assert (coded[0], coded[-1]) == ('"', '"')
    assert not set(coded[1:-1]) & set('"`*[]{}<>|~$@&\\^=\n')
    if len(said) <= 300:
        assert _decoded(coded[1:-1]) == (said or "…")


@given(st.text("\"'`*_[]{}()<>|~#&;:-+.%!?=^$@\\/ 1a ﬂ¶°ßé日stylewww", max_size=30))
@LIMITS
def test_every_label_can_be_read_back(text: str):
    coded = label(text)[1:-1]
    assert _decoded(coded) == (one_line(text) or "…")
    assert not re.search(r'["`*\[\]{}<>|~$@&\\^=]|ﬂ°|¶ß|%%|--|://|www\.|^-|^\d+[.)](?=\s|$)', coded)
    assert not re.search(r"style.*:\S*#", coded)


@given(twins())
@settings(LIMITS, max_examples=12)
def test_sessions_of_any_shape_are_flowcharts(pair: Twins):
    for draw in (whytree_mermaid, faulttree_mermaid):
        if source := draw(pair.hostile):
            _check(source)


@pytest.mark.parametrize("text", HOSTILE)
def test_every_line_is_one_of_ours(text: str):
    _check(whytree_mermaid(saying(text)))
    _check(faulttree_mermaid(saying(text)))


def test_a_why_tree_has_gates_where_answers_branch():
    whys = (why("top", None, Join.AND), why("a", "top"), why("b", "top"), why("c", "b"))
    assert whytree_mermaid(session_of(*whys)).split("\n  ")[2:] == [
        'w0[["text top"]]', 'w0 --- g0[/"AND"\\]', "g0 --> w1", "g0 --> w2", 'w1["text a"]',
        'w2["text b"]', "w2 --> w3", 'w3["text c"]\n',
    ]  # fmt: skip


def test_a_fault_tree_marks_what_is_enough_alone():
    whys = (why("top"), why("a", "top"), why("both", "top", Join.AND), why("b", "both"), why("c", "both"))
    source = faulttree_mermaid(session_of(*whys))
    assert '{{"C1: text a (enough alone)"}}' in source
    assert '(["C2: text b"])' in source
    assert 'n0 --- g0{"OR"}' in source


@pytest.mark.parametrize(
    "whys",
    [
        chain(2_000),
        comb(1_000),
        [why("n0"), *(why(f"n{number}", "n0", text="[x]" * 200) for number in range(1, 2_000))],
        [why(f"n{number}", f"n{number - 1}" if number % 2 else None) for number in range(2_000)],
    ],
    ids=["deep", "deep and branched", "long texts", "many effects"],
)
def test_a_large_tree_is_cut_to_what_mermaid_draws(whys: list[Why]):
    for draw in (whytree_mermaid, faulttree_mermaid):
        source = draw(session_of(*whys))
        _check(source)
        assert len(source) <= LONGEST
    assert "Not shown: " in whytree_mermaid(session_of(*whys))
    assert " more " in whytree_mermaid(session_of(*whys))
