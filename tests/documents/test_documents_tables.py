"""Tables are aligned in the source and hold no empty column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.documents.escape import inline
from facilitator.documents.tables import aligned, table, width
from tests.documents.reading import tables


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("日本", 4),
        ("é", 1),
        ("e\u0301", 1),
        ("a\u200db", 2),
        ("ﾊﾝ", 2),
        ("\uff26", 2),
        ("🚀", 2),
        ("שלום", 4),
    ],
)
def test_width_counts_columns_of_a_terminal(text, columns):
    assert width(text) == columns


def test_columns_are_aligned_also_below_wide_characters():
    assert table(("Time", "What happened"), [("14:00", "日本"), ("14:22", "alert | fires")]).split("\n") == [
        "| Time  | What happened |",
        "| ----- | ------------- |",
        "| 14:00 | 日本          |",
        "| 14:22 | alert | fires |",
    ]


def test_columns_that_are_empty_in_every_row_are_left_out():
    assert tables(table(("a", "b", "c"), [("1", "", ""), ("", "", "3")])) == [[["a", "c"], ["1", ""], ["", "3"]]]


def test_a_table_without_rows_or_with_empty_ones_is_nothing():
    assert table(("a", "b"), []) == ""
    assert table(("a", "b"), [("", "")]) == ""


def test_a_heading_alone_is_a_table():
    assert tables(aligned([("Status", "Draft")])) == [[["Status", "Draft"]]]


def test_a_very_long_cell_does_not_fill_up_the_others():
    rows = table(("a", "b"), [("x" * 10_000, "z" * 10_000), ("y", "z")]).split("\n")
    assert rows[2] == f"| {'x' * 10_000} | {'z' * 10_000} |"
    assert rows[3] == "| y   | z   |"


@given(st.lists(st.tuples(*[st.text(max_size=12).map(inline)] * 3), min_size=1, max_size=5))
def test_every_line_is_equally_wide_and_every_cell_is_read_back(rows):
    filled = [(f"x{one}", f"x{two}", f"x{three}") for one, two, three in rows]
    written = table(("one", "two", "three"), filled)

    assert len({width(line) for line in written.split("\n")}) == 1
    assert len(tables(written)[0]) == len(rows) + 1
    assert {len(row) for row in tables(written)[0]} == {3}
