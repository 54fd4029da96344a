"""Whatever is typed, nothing is raised, and no word is lost."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.capture.context import Context
from facilitator.capture.fields import fields, read_field, read_participant
from facilitator.capture.lines import read, reread
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Entry, Factor, Session, Why
from facilitator.model.text import MAX_TEXT, one_line

EMPTY = Session(id="S", title="t", created=datetime(2026, 11, 18, tzinfo=UTC))
EXTREME = Session(
    id="S",
    title="t",
    created=datetime(2026, 11, 18, tzinfo=UTC),
    zone="Nowhere/Land",
    started=Moment(datetime.max.replace(tzinfo=UTC), ""),
    timeline=(Entry(id="e", at=Moment(datetime.min.replace(tzinfo=UTC), "?"), text=""),),
)
LAST = Entry(id="l", at=Moment(datetime.max.replace(tzinfo=UTC), "+14:00"), text="last")
CONTEXTS = (
    Context(session=EMPTY, today=date(2026, 11, 18)),
    Context(session=EXTREME, today=date(1970, 1, 1), focus="gone", categories=()),
    Context(session=EXTREME, today=date(2199, 12, 31), above=LAST, categories=("", "#", " x")),
)
PIECES = st.sampled_from(
    [
        *"0123456789:.-–+~?/#@\\\"'[]()<>|,; \t\n!%",
        *(
            "14:22",
            "2026-",
            "Nov ",
            "pm",
            " UTC",
            "CET",
            "#det",
            "source:",
            "due:",
            '@"',
            " - ",
            "before ",
            "+5m",
            "fri",
        ),
        *(
            "next ",
            "\x1b]52;c;",
            "\u202e",
            "[bold]",
            "日本語",
            "é",
            "e\u0301",
            "\ud800",
            "9" * 30,
            "https://",
            "in 2 weeks",
        ),
        *("category:", "/14:22", "24:00", "14:??", "Feb 30", "Europe/", "\0"),
    ]
)
LINES = st.text(max_size=30) | st.lists(PIECES, max_size=14).map("".join)


@settings(max_examples=400, deadline=None)
@given(LINES, st.sampled_from(Phase), st.sampled_from(CONTEXTS))
def test_no_line_is_too_strange(line: str, phase: Phase, context: Context) -> None:
    reading = read(line, phase, context)
    assert reading.value is not None or reading.question or not one_line(line)
    for item in (LAST, Why(id="w", text="x"), Factor(id="f", text="x"), *context.session.timeline):
        changed = reread(line, item, context).value
        assert changed is None or (type(changed), changed.id) == (type(item), item.id)


@settings(max_examples=200, deadline=None)
@given(LINES, st.sampled_from(CONTEXTS))
def test_no_field_is_too_strange(line: str, context: Context) -> None:
    read_participant(line)
    for phase in Phase:
        for field in fields(phase):
            reading = read_field(field, line, context)
            assert reading.value is None or not reading.question


WORDS = st.text(st.characters(categories=["L"], max_codepoint=0x24F), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(WORDS | st.sampled_from(["#x1y", "9:9", "a@b", "x:y", "\\n", "50%", "(a)", "*b*"]), min_size=1, max_size=8)
)
def test_words_that_mean_nothing_stay_as_they_were_typed(words: list[str]) -> None:
    context = CONTEXTS[0]
    text = one_line(" ".join(words))
    entry = read(f"14:22 x {text} x", Phase.TIMELINE, context).value
    assert isinstance(entry, Entry)
    assert entry.text == f"x {text} x"
    why = read(f"x {text} x", Phase.WHYS, context).value
    assert isinstance(why, Why)
    assert why.text == f"x {text} x"


@pytest.mark.parametrize("phase", Phase)
def test_a_line_that_is_too_long_is_refused_and_one_that_is_not_is_read(phase: Phase) -> None:
    context = CONTEXTS[0]
    assert read("x" * (MAX_TEXT + 1), phase, context).question.startswith("That is too long: a line holds 100,000")
    longest = f"? {'x ' * (MAX_TEXT // 2 - 2)}x"
    assert read(longest, phase, context).value is not None


def test_control_sequences_do_not_reach_a_value() -> None:
    reading = read("14:22 red \x1b[31malert\x1b]52;c;aGk=\x07 \u202eend", Phase.TIMELINE, CONTEXTS[0])
    assert isinstance(reading.value, Entry)
    assert reading.value.text == "red alert end"
    assert all(phrase.isprintable() for phrase in reading.understood)
