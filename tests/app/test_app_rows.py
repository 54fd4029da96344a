"""Rows become lines of cells: none too wide, none of the words lost."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from facilitator.app.drawing import drawable, fitted, wrapped
from facilitator.app.rows import Line, Row, Tone
from facilitator.app.widgets.row_drawing import row_height, row_lines
from facilitator.app.widgets.row_list import RowList
from tests.hostile import HOSTILE

words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=80), st.text("ab 日本", max_size=200))
rows = st.builds(
    Row,
    key=st.sampled_from(["", "k"]),
    body=words,
    lead=st.text("0:2~", max_size=30),
    tail=st.text("abc ,", max_size=60),
    indent=st.integers(0, 200),
    tone=st.sampled_from(Tone),
    above=st.lists(st.builds(Line, words), max_size=2).map(tuple),
)


@given(words, st.integers(1, 60))
def test_wrapping_loses_nothing_but_white_space(text: str, width: int):
    text = drawable(text)
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= max(width, 2) for line in lines)


@given(words, st.integers(0, 60))
def test_fitting_fills_the_width_exactly(text: str, width: int):
    assert cell_len(fitted(text, width)) == width


@given(rows, st.integers(12, 120), st.integers(0, 20), st.booleans())
def test_no_line_of_a_row_is_wider_than_the_list(row: Row, width: int, lead: int, selected: bool):
    for line in row_lines(row, width, lead, selected=selected):
        drawn = "".join(piece.text for piece in line)
        assert cell_len(drawn) <= max(width, 4 + lead + 2 + 2)
        assert drawable(drawn) == drawn


@given(rows, st.integers(12, 120), st.integers(0, 20))
def test_the_height_of_a_row_is_the_number_of_its_lines(row: Row, width: int, lead: int):
    assert row_height(row, width, lead) == len(row_lines(row, width, lead))


class Listing(App[None]):
    """An app with one list."""

    def compose(self) -> ComposeResult:
        yield RowList()


def numbered(*texts: str) -> list[Row]:
    return [Row(text[:6], text) for text in texts]


async def test_after_an_edit_the_list_shows_what_a_new_list_would_show(tmp_path: Path):
    shared = numbered(*(f"row {number:02} " + "long words " * (number % 7) for number in range(60)))
    versions = [
        shared,
        [*shared[:30], Row("new", "in the middle " * 9), *shared[30:]],
        shared[1:],
        [*shared[:-1], Row("changed", "at the end")],
        [],
        shared[::-1],
    ]
    app = Listing()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        seen = app.query_one(RowList)
        for version in versions:
            seen.show(version, cursor=len(version) // 2, focus_lines=lambda _row: (Line("more"), Line("and more")))
            fresh = RowList()
            await app.mount(fresh)
            await pilot.pause()
            fresh.styles.width, fresh.styles.height = seen.size.width, seen.size.height
            await pilot.pause()
            fresh.show(version, cursor=len(version) // 2, focus_lines=lambda _row: (Line("more"), Line("and more")))
            assert seen.virtual_size.height == fresh.virtual_size.height
            assert seen.row is fresh.row
            await fresh.remove()
            await pilot.pause()


async def test_the_cursor_steps_over_headings_and_stops_at_the_ends():
    listed = [
        Row("", "heading", tone=Tone.HEADING),
        *numbered("a", "b"),
        Row("", "heading"),
        *numbered("c"),
        Row("", "end"),
    ]
    app = Listing()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        seen = app.query_one(RowList)
        seen.show(listed, cursor=0)
        visited = [seen.cursor]
        for _ in range(4):
            seen.move_by(1)
            visited.append(seen.cursor)
        assert visited == [1, 2, 4, 4, 4]
        seen.move_by(-9)
        assert seen.row is not None
        assert seen.row.body == "a"
