"""What docs/library.md says of the query line is what the program does."""

from datetime import date

from facilitator.library.fields import FIELDS, MOST
from facilitator.library.query import parse
from facilitator.library.texts import CROWD
from tests.docs.tables import ROOT, as_markdown, code, tables

PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
TODAY = date(2026, 11, 15)


def test_the_fields_are_those_of_the_program() -> None:
    wanted = [(f"`{name}`", f"`{name}:{each.example}`", each.meaning) for name, each in FIELDS.items()]
    (shown,) = tables(PAGE)[("Field", "Example", "What must hold")]
    assert shown == wanted, f"docs/library.md needs this table:\n{as_markdown(wanted)}"


def test_every_query_that_is_shown_can_be_read() -> None:
    (questions,) = tables(PAGE)[("You want to know", "Query")]
    (typed,) = tables(PAGE)[("Typed", "Found")]
    shown = [code(query) for _, query in questions]
    shown += [code(each) for cell, _ in typed for each in cell.split(", ")]
    assert len(questions) == 4
    for query in shown:
        parse(query, TODAY)


def test_numbers_are_those_of_the_program() -> None:
    assert f"more than {CROWD:,} sessions" in PAGE
    assert MOST >= CROWD
