"""Text in cells: how it is broken into lines of a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.documents.drawn.cells import cells, wrapped
from facilitator.model.text import one_line
from tests.hostile import HOSTILE


@pytest.mark.parametrize(("text", "expected"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("✈\ufe0f", 2), ("", 0)])
def test_cells(text: str, expected: int) -> None:
    assert cells(text) == expected


def test_lines_break_between_words() -> None:
    assert wrapped("one two three", lambda _: 7) == ["one two", "three"]


def test_each_line_has_its_own_room() -> None:
    assert wrapped("a bc def ghij", lambda number: (4, 3, 9)[number]) == ["a bc", "def", "ghij"]


def test_a_long_word_is_broken_and_what_follows_goes_on_behind_it() -> None:
    assert wrapped("aaaaaaa b", lambda _: 5) == ["aaaaa", "aa b"]
    assert wrapped("日本語", lambda _: 5) == ["日本", "語"]


def test_marks_stay_with_their_character() -> None:
    assert wrapped("e\u0323\u0303" * 3, lambda _: 1) == ["ẹ̃"] * 3


def test_nothing_is_one_empty_line() -> None:
    assert wrapped("  ", lambda _: 5) == [""]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_whole_and_clean(text: str) -> None:
    lines = wrapped(text, lambda _: 11)
    assert "".join(lines).replace(" ", "") == one_line(text).replace(" ", "")
    assert all(line == one_line(line) for line in lines)


@given(st.text(max_size=80), st.integers(2, 30))
def test_no_line_is_wider_than_its_room(text: str, room: int) -> None:
    lines = wrapped(text, lambda number: room + number % 2)
    assert all(cells(line) <= room + number % 2 for number, line in enumerate(lines))
    assert "".join(lines).replace(" ", "") == one_line(text).replace(" ", "")
