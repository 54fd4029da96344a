"""What enters is cleaned: nothing stays that a terminal could take for a command."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.model import text


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("plain [bold] text", "plain [bold] text"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]52;c;aGVsbG8=\x07after", "after"),
        ("\x1b]0;title\x1b\\after", "after"),
        ("\x9b31mred", "red"),
        ("a\x00b\x07c\x7fd\x85e", "abcd\ne"),
        ("safe \u202etxt.exe", "safe txt.exe"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("e\u0301", "é"),
        ("\ud800 lone", " lone"),
        ("tab\tstays", "tab\tstays"),
        ("日本 👩\u200d🚒", "日本 👩\u200d🚒"),
    ],
)
def test_controls_go_and_words_stay(given_text: str, cleaned: str):
    assert text.clean(given_text) == cleaned


@given(st.text(st.characters(codec=None), max_size=60))
def test_cleaning_is_done_once_and_leaves_no_control_character(given_text: str):
    cleaned = text.clean(given_text)
    assert text.clean(cleaned) == cleaned
    assert not [each for each in cleaned if unicodedata.category(each) in ("Cc", "Cs") and each not in "\n\t"]
    cleaned.encode("utf-8")


def test_one_line_folds_white_space():
    assert text.one_line("  two\n lines\tand\u00a0more ") == "two lines and more"


def test_paragraphs_keep_their_lines():
    assert text.paragraphs("\n\nfirst  \n\n\tsecond\n\n") == "first\n\n    second"


def test_a_long_sequence_that_never_ends_is_cut_in_linear_time():
    assert text.clean("\x1b]52;" + "a" * 200_000) == ""


@pytest.mark.parametrize(
    ("owner", "shown"),
    [
        ("alice", "@alice"),
        ("An Nguyen", "@An Nguyen"),
        ("", ""),
        ("the scribe", "the scribe"),
        ("an engineer", "an engineer"),
        ("a large customer", "a large customer"),
        ("person 3", "person 3"),
        ("[removed]", "[removed]"),
        ("\\[mail address removed]", "\\[mail address removed]"),
    ],
)
def test_who_is_called_by_a_role_has_no_handle(owner: str, shown: str):
    assert text.handle(owner) == shown
