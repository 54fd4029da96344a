"""What is pasted, on its way from the terminal."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.app.driver import BEGIN, END, Decoder, Pastes
from facilitator.model.text import clean

PIECES = st.lists(
    st.sampled_from(["a", "\x1b", "[", "200~", "201~", BEGIN, END, "\x1b[31m", "\n", "\x07", "é", "["]), max_size=30
)


def fed(text: str, cuts: list[int]) -> str:
    """Return what comes of a text that arrives in pieces."""
    pastes = Pastes()
    places = [0, *sorted(min(each, len(text)) for each in cuts), len(text)]
    return "".join(pastes.feed(text[start:end]) for start, end in pairwise(places))


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("10:31 A\x1b[31mred\x1b[0m\x07 x", "10:31 Ared x"),
        ("\x1b[200~twice", "twice"),
        ("two\r\nlines", "two\nlines"),
        ("\x1b]52;c;ZXZpbA==\x07gone", "gone"),
    ],
)
def test_nothing_in_a_paste_is_a_key(pasted: str, text: str):
    assert Pastes().feed(f"x{BEGIN}{pasted}{END}y") == f"x{BEGIN}{text}{END}y"


@given(PIECES.map("".join), st.lists(st.integers(0, 200), max_size=8))
def test_it_does_not_matter_in_which_pieces_the_input_comes(text: str, cuts: list[int]):
    whole, pieces = fed(text + END, []), fed(text + END, cuts)
    assert pieces == whole


@given(st.text())
def test_what_is_typed_is_left_alone(text: str):
    typed = text.replace(BEGIN, "")
    held = fed(typed + "z", [])
    assert held == typed + "z"


@given(st.text(), st.integers(1, 7))
def test_a_paste_is_what_the_door_makes_of_it(text: str, size: int):
    text = text.replace(END, "")
    data = f"{BEGIN}{text}{END}".encode(errors="replace")
    decoder = Decoder("replace")
    out = "".join(decoder.decode(data[place : place + size]) for place in range(0, len(data), size))
    assert out == f"{BEGIN}{clean(text.encode(errors='replace').decode())}{END}"
