"""Whatever the text: the checks never raise, point into the text, and their work grows with its length, not faster."""

import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.checks.language import Context, findings
from tests.checks.labelled import rules, twins
from tests.hostile import HOSTILE

_WORDS = (
    "should", "have", "not", "Bob", "the engineer", "we", "forgot", "to", "test", "it", ",", ".", "?", "because",
    "and", "but", "without", "checking", "`", '"', "“", "”", "'", "\u2018", "(", ")", "- ", "\n", "\n\n", "|", "who",
    "nobody", "more", "careful", "be", "obviously", "human", "error", "14:02", "İ", "ß", "🙄", "\x00", "\u202e",
    "\ue000", "```", "<!--", "-->", "https://x",
)  # fmt: skip


@given(st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join) | st.text(max_size=80), st.sampled_from(Context))
def test_findings_never_raise_and_point_into_the_text(text: str, context: Context) -> None:
    for each in findings(text, context, rules()):
        assert 0 <= each.start < each.end <= len(text)
        assert each.words == text[each.start : each.end]
        assert each.why
        assert each.question


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_do_no_harm(text: str) -> None:
    for context in Context:
        for each in findings(f"Bob forgot {text}", context, rules()):
            assert "\x1b" not in each.rewrite


@given(st.sampled_from([row[2] for row in twins()]), st.sampled_from([row[3] for row in twins()]))
def test_one_sentence_changes_nothing_about_another(blame: str, twin: str) -> None:
    alone = [(each.rule, each.words) for each in findings(f"{blame}\n\n", Context.SUMMARY, rules())]
    together = findings(f"{blame}\n\n{twin}", Context.SUMMARY, rules())
    assert [(each.rule, each.words) for each in together if each.start < len(blame)] == alone


def _calls(text: str) -> int:
    """Return how many functions are called to check a text."""
    counted = 0

    def count(_frame: FrameType, happened: str, _what: object) -> None:
        nonlocal counted
        counted += happened in ("call", "c_call")

    findings("x", Context.LESSON, rules())
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        findings(text, Context.LESSON, rules())
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize(
    "unit",
    [
        "should ", "should have ", "not ", '"', "' ", "`", "“", "\u2018a ", "'a ", " ", "\n", "- ", "a.", "1,",
        "forgot to ", "we did not ", "<!--", "```", "....", " and", "@a@", "because, ", "be more careful, ", "(", "<a ",
        "\t>", "-", "a-", "the engineer of ", "really ", "one of the team ", "who ", "more and more ",
    ],
)  # fmt: skip
def test_work_grows_with_the_length_and_not_faster(unit: str) -> None:
    short, long = (_calls(unit * (size // len(unit))) for size in (3_000, 12_000))
    assert long <= 5 * short + 500


@pytest.mark.parametrize("unit", ["should ", '"', "“", " ", "a.", "1,", "....", "'a ", "<!--", "\n", "<a "])
def test_a_hundred_kilobytes_of_one_thing_are_read_to_their_end(unit: str) -> None:
    text = unit * (100_000 // len(unit)) + "\n\nBob forgot the flag."
    assert [each.words for each in findings(text, Context.SUMMARY, rules())][-1:] == ["Bob forgot"]
