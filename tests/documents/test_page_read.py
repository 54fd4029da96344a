"""Reading our Markdown as a page: the short ways lead to the same as the parser, and any text is a page."""

from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from facilitator.documents.markdown import markdown
from facilitator.documents.page.blocks import Facts, Heading, Line, Listing, Paragraph, Table, Words, plain
from facilitator.documents.page.html_page import placed
from facilitator.documents.page.read import read_line, read_page
from tests.documents.hostile_sessions import Twins, twins
from tests.documents.reading import read, tables
from tests.hostile import HOSTILE

LIMITS = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PIECES = st.sampled_from(
    ["a", "_", "__", "a_b", "*", "**", "\\", "\\*", "\\|", "|", "&", "&lt;", "&amp;", "&copy;", "<", "`", "[", "]", "!",
     "[x](https://a.example/b)", "[x](javascript:y)", "(", ")", " ", "~", "#", "é", "1.", "https://a.example"]
)  # fmt: skip


def lines(blocks: object) -> Iterator[Line]:
    """Every line of words of a page, in order."""
    match blocks:
        case Heading(_, line) | Paragraph(line):
            yield line
        case Listing(items):
            for item in items:
                yield from lines(item)
        case Table(heads, rows):
            yield from (cell for row in (heads, *rows) for cell in row)
        case Facts(rows):
            yield from (cell for row in rows for cell in row)
        case tuple():
            for block in blocks:
                yield from lines(block)


@given(twins())
@LIMITS
def test_a_page_has_the_words_that_a_renderer_shows(pair: Twins) -> None:
    source = markdown(pair.hostile, placed)
    shown = ["".join(line.split()) for line in read(source).texts]
    assert ["".join(plain(line).split()) for line in lines(read_page(source))] == shown


@given(st.lists(PIECES, max_size=8).map("".join))
@settings(max_examples=300)
def test_a_line_is_read_as_the_parser_reads_it(source: str) -> None:
    source = f"x{source.strip()}"
    line, page = read_line(source), read(source)
    assert "".join(plain(line).split()) == "".join("".join(page.texts).split())
    assert {words.link for words in line if words.link} == {each for each in page.links if each.startswith("https:")}


@given(st.lists(st.lists(PIECES.filter(lambda each: each != "|"), max_size=3).map("".join), min_size=3, max_size=9))
@settings(max_examples=200)
def test_a_table_is_read_as_the_parser_reads_it(cells: list[str]) -> None:
    rows = [cells[at : at + 3] for at in range(0, len(cells) - 2, 3)]
    source = "\n".join(["| h | h | h |", "| - | --- | - |", *(f"| {' | '.join(row)} |" for row in rows)])
    found = [block for block in read_page(source) if isinstance(block, Table)]
    expected = tables(source)
    assert len(found) == len(expected)
    for table, shown in zip(found, expected, strict=True):
        assert [[plain(cell).strip() for cell in row] for row in (table.heads, *table.rows)] == [
            [cell.strip() for cell in row] for row in shown
        ]


@given(st.one_of(st.sampled_from([text for text in HOSTILE if len(text) < 600]), st.text(max_size=60)))
@settings(max_examples=100)
def test_any_text_is_a_page_whose_links_lead_to_the_web_or_to_mail(text: str) -> None:
    for line in lines(read_page(text)):
        assert all(words.link.lower().startswith(("http://", "https://", "mailto:")) for words in line if words.link)


def test_what_is_almost_a_link_comes_to_an_end() -> None:
    (table,) = read_page(f"| a | b |\n| - | - |\n| [{'x y ' * 500} | {'[a' * 20} |")
    assert isinstance(table, Table)
    assert len(plain(table.rows[0][0])) == 2000


def test_how_words_are_set_is_kept() -> None:
    assert read_line("**Why?** so *(likely)* [a.example](https://a.example/)") == (
        Words("Why?", strong=True),
        Words(" so "),
        Words("(likely)", emphasis=True),
        Words(" "),
        Words("a.example", link="https://a.example/"),
    )
