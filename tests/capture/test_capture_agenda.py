"""A typed line of an agenda: read, written back, and asked about."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from facilitator.capture.agenda import LONGEST, read_box, typed_box
from facilitator.model.agendas import AGENDAS
from facilitator.model.meeting_items import Box
from facilitator.model.phases import Phase
from facilitator.model.text import MAX_TEXT, one_line
from tests.hostile import HOSTILE

TELLING = (
    "Timeline",
    "timeline",
    "Top",
    "3",
    "25",
    "min",
    "#timeline",
    "#none",
    "#x",
    "#",
    "\\",
    "5m",
    "walk",
    "\u202e",
)

texts = st.lists(st.sampled_from(TELLING) | st.text(max_size=5), min_size=1, max_size=5).map(" ".join).filter(one_line)
boxes = st.builds(
    Box,
    id=st.just("I"),
    rank=st.floats(-5, 5),
    meeting=st.just("M"),
    text=texts,
    minutes=st.integers(-5, 5000),
    phase=st.sampled_from(("", *map(str, Phase), "no such phase")),
)


@pytest.mark.parametrize(
    ("line", "text", "minutes", "phase"),
    [
        ("Timeline 25", "Timeline", 25, "Timeline"),
        ("timeline walk 38 min", "timeline walk", 38, "Timeline"),
        ("  Silent   read 5m #doc ", "Silent read", 5, "Document"),
        ("What is missing? 4 minutes #timeline", "What is missing?", 4, "Timeline"),
        ("Response 15", "Response", 15, "Detection & response"),
        ("Actions of last time 5 #none", "Actions of last time", 5, ""),
        ("Opening 5", "Opening", 5, ""),
        ("Top 3 10", "Top 3", 10, ""),
        ("Fix #42 10", "Fix #42", 10, ""),
        ("Break 1", "Break", 1, ""),
    ],
)
def test_a_line_is_a_name_and_minutes(line: str, text: str, minutes: int, phase: str) -> None:
    assert read_box(line).value == Box(text=text, minutes=minutes, phase=phase)


def test_what_was_understood_is_said() -> None:
    assert read_box("Silent read 5 #doc").understood == ("Silent read", "5 min", "Document")


def test_minutes_that_are_missing_are_asked_for() -> None:
    reading = read_box("Timeline walk")
    assert (reading.value, reading.question) == (None, "How many minutes? Type them after the name")
    assert [choice.label for choice in reading.choices] == ["Timeline walk 5", "Timeline walk 10", "Timeline walk 15"]
    assert [read_box(choice.label).value for choice in reading.choices] == [each.value for each in reading.choices]


@pytest.mark.parametrize("line", ["25", "5 min #timeline", "Break 0", f"Break {LONGEST + 1}", "x" * (MAX_TEXT + 1)])
def test_what_is_no_time_box_is_asked_about(line: str) -> None:
    reading = read_box(line)
    assert reading.value is None
    assert reading.question


def test_nothing_typed_is_nothing() -> None:
    assert read_box("  ").value is None
    assert read_box("").question == ""


def test_a_changed_line_changes_what_it_says_and_nothing_else() -> None:
    old = Box(id="I", rank=2.0, meeting="M", text="Silent read", minutes=5, phase="Document")
    assert typed_box(old) == "Silent read 5 #document"
    assert read_box("Silent read 8 #document", old).value == Box(
        id="I", rank=2.0, meeting="M", text="Silent read", minutes=8, phase="Document"
    )
    assert read_box("Silent read 8", old).value == Box(id="I", rank=2.0, meeting="M", text="Silent read", minutes=8)


@given(boxes)
@example(Box(id="I", text="Timeline #none", minutes=5))
@example(Box(id="I", text="a\tb", minutes=5))
def test_what_is_written_is_read_as_the_same_box(box: Box) -> None:
    assert read_box(typed_box(box), box).value == box


@given(boxes.filter(lambda box: 1 <= box.minutes <= LONGEST and box.phase != "no such phase"))
def test_what_is_written_says_all_of_a_box(box: Box) -> None:
    clean = Box(text=one_line(box.text), minutes=box.minutes, phase=box.phase)
    assert read_box(typed_box(clean)).value == clean


@pytest.mark.parametrize("agenda", AGENDAS, ids=lambda agenda: agenda.name)
def test_the_agendas_that_everybody_has_can_be_typed(agenda) -> None:
    for part in agenda.meetings:
        for box in part.boxes:
            assert read_box(typed_box(box)).value == box


@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60)))
def test_whatever_is_typed_is_read_or_asked_about(line: str) -> None:
    reading = read_box(line)
    assert reading.value is not None or reading.question or not one_line(line)
    if reading.value is not None:
        assert one_line(reading.value.text) == reading.value.text
