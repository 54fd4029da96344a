"""What is typed in a review: a comment, or who is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.capture.reviewing import Asked, Said, help_lines, read_review
from facilitator.model.review_items import ApprovedPart


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("which alert was it?", Said("which alert was it?")),
        ("@alice", Asked(("alice",))),
        ("@alice @bob @alice", Asked(("alice", "bob"))),
        ('@"Alice Berg"', Asked(("Alice Berg",))),
        ("@Sana Malik", Asked(("Sana Malik",))),
        ("@Sana Malik @bo @Ludwig van Dyk #sec", Asked(("Sana Malik", "bo", "Ludwig van Dyk"), ApprovedPart.SECURITY)),
        ("@bob #security", Asked(("bob",), ApprovedPart.SECURITY)),
        ("@bob #imp", Asked(("bob",), ApprovedPart.IMPACT)),
        (r"\@alice asked for a diagram", Said("@alice asked for a diagram")),
        ("ask @alice", Said("ask @alice")),
        ("@@", Said("@@")),
        ('@" "', Said('@" "')),
    ],
)
def test_a_line_is_a_comment_or_asks_somebody(line: str, value: Said | Asked):
    reading = read_review(line)
    assert reading.value == value
    assert reading.understood


def test_what_may_be_both_is_asked_about():
    reading = read_review("@alice saw it first")
    assert reading.value is None
    assert [each.value for each in reading.choices] == [Said("@alice saw it first"), Asked(("alice",))]
    assert [each.value for each in read_review("@sana malik").choices] == [
        Said("@sana malik"),
        Asked(("sana",)),
        Asked(("sana malik",)),
    ]
    for line in ("@Sana Thanks!", "@Sana Malik saw it", "@alice Great", "@Sana 14:22", "@bo @Sana is out"):
        assert read_review(line).value is None
    assert len(read_review("@alice #nothing").choices) == len(ApprovedPart)


def test_a_reply_says_to_whom():
    assert read_review("yes", "Bo").understood == ("a reply to Bo",)


@pytest.mark.parametrize("example", [example for example, _ in help_lines()[:5]])
def test_every_example_is_understood(example: str):
    assert read_review(example).value is not None


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_any_line_is_read(line: str):
    reading = read_review(line)
    assert reading.value is None or isinstance(reading.value, Said | Asked)
