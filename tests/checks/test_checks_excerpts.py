"""The words around a finding, cut to what there is room for."""

from hypothesis import given
from hypothesis import strategies as st

from facilitator.checks.excerpts import excerpt, sentence

LONG = (
    "It was noon. Then Bob, who was in a hurry because the release had to leave before the weekend, forgot the flag, "
    "and so nobody noticed until late in the evening. It ended well."
)


def around(words: str, room: int = 60) -> str:
    start = LONG.index(words)
    return excerpt(LONG, start, start + len(words), room)


def test_a_short_sentence_is_shown_whole_and_without_its_neighbours():
    assert around("ended") == "It ended well"
    assert excerpt("one; two\nthree", 5, 8, 60) == "two"
    assert excerpt("", 0, 0, 60) == ""


def test_of_a_long_one_the_words_are_shown_with_what_is_beside_them():
    assert around("forgot") == "… to leave before the weekend, forgot the flag, and so …"
    assert around("Bob").startswith("Then Bob, who was in a hurry")
    assert around("late in the evening").startswith("… ")
    assert around("late in the evening").endswith("late in the evening.")


@given(st.text(alphabet="ab .;\n,x", max_size=80), st.integers(0, 80), st.integers(0, 80), st.integers(10, 60))
def test_it_has_the_words_and_is_no_longer_than_there_is_room(text: str, one: int, other: int, room: int):
    start, end = sorted(min(each, len(text)) for each in (one, other))
    begin, stop = sentence(text, start, end)
    assert 0 <= begin <= start <= end <= stop <= len(text)
    shown = excerpt(text, start, end, room)
    assert "\n" not in shown
    words = text[start:end].split()
    assert all(word.strip(".;") in shown for word in words)
    longest = max((len(each) for each in text.split()), default=0)
    assert len(shown) <= max(room, end - start + 2 * longest + 4)
