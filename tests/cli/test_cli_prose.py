"""Prose in an editor: whatever is written comes back, and nothing is filed in a wrong place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.cli.prose import ProseError, Section, read, written
from facilitator.model.text import paragraphs

TITLE = "Checkout errors"
SECTIONS = (
    Section("summary", "Summary", "First.\n\nSecond."),
    Section("impact.prose", "Impact", ""),
    Section("trigger", "Trigger", "A deploy"),
)
TEXT = written(TITLE, SECTIONS)

ODD_LINES = st.sampled_from(
    [
        "<!-- field: summary -->",
        "\\<!-- field: summary -->",
        "\\\\<!-- field: trigger -->",
        "<!-- field: nothing -->",
        "<!-- Summary -->",
        "<!-- Checkout errors -->",
        "## Summary",
        "",
        "a <!-- b -->",
        "\\",
    ]
)
PROSE = st.lists(ODD_LINES | st.text(max_size=12), max_size=6).map(lambda lines: paragraphs("\n".join(lines)))


def test_the_text_shows_every_field_under_its_marker() -> None:
    assert "<!-- field: summary -->\n<!-- Summary -->\nFirst.\n\nSecond.\n" in TEXT
    assert "<!-- field: impact.prose -->\n<!-- Impact -->\n\n" in TEXT
    assert TEXT.startswith("<!-- Checkout errors -->\n")


def test_what_was_not_touched_did_not_change() -> None:
    assert read(TEXT, TITLE, SECTIONS) == {}
    assert read(TEXT.replace("\n", "\r\n"), TITLE, SECTIONS) == {}
    assert read(TEXT.rstrip("\n"), TITLE, SECTIONS) == {}


def test_what_was_written_comes_back() -> None:
    edited = TEXT.replace("<!-- Impact -->\n", "<!-- Impact -->\n\n40 users  \n\n\nwaited\n\n").replace("A deploy", "")
    assert read(edited, TITLE, SECTIONS) == {"impact.prose": "40 users\n\n\nwaited", "trigger": ""}


def test_a_label_may_go_and_a_comment_of_the_user_stays() -> None:
    edited = TEXT.replace("<!-- Summary -->\n", "<!-- todo: ask Ada -->\n")
    assert read(edited, TITLE, SECTIONS) == {"summary": "<!-- todo: ask Ada -->\nFirst.\n\nSecond."}


@given(st.tuples(PROSE, PROSE, PROSE), st.text(max_size=20))
def test_any_text_goes_out_and_comes_back(texts: tuple[str, str, str], title: str) -> None:
    empty = [Section(each.name, each.label, "") for each in SECTIONS]
    full = [Section(each.name, each.label, text) for each, text in zip(SECTIONS, texts, strict=True)]
    assert read(written(title, full), title, full) == {}
    assert read(written(title, full), title, empty) == {each.name: each.text for each in full if each.text}


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("<!-- field: trigger -->\n", "", "the marker '<!-- field: trigger -->' is missing"),
        ("field: trigger", "field: triger", "line 15: no field is called 'triger'; did you mean 'trigger'?"),
        ("field: trigger", "field: summary", "line 15: the marker of 'summary' is there twice"),
        ("<!-- field: summary", "Hello\n<!-- field: summary", "the line 'Hello' stands above the first marker"),
    ],
)
def test_what_cannot_be_told_apart_is_refused(before: str, after: str, message: str) -> None:
    assert before in TEXT
    with pytest.raises(ProseError) as raised:
        read(TEXT.replace(before, after), TITLE, SECTIONS)
    assert str(raised.value).startswith(message)


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ProseError, match=r"'trigger' is longer than 100,000 characters"):
        read(TEXT.replace("A deploy", "x" * 100_001), TITLE, SECTIONS)
