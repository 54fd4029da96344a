"""The page about formats and templates says what the program has."""

import re
from pathlib import Path

from facilitator.app.clipboard import USUAL
from facilitator.documents.formats import FORMATS, LABELS
from facilitator.documents.templates.language import FILTERS
from facilitator.documents.templates.values import VARIABLES
from facilitator.settings.template_process import MEMORY, SECONDS
from facilitator.settings.templates import templates
from tests.docs.tables import tables

PAGE = (Path(__file__).parents[2] / "docs" / "publishing.md").read_text(encoding="utf-8")


def test_every_variable_is_in_the_table_and_nothing_else() -> None:
    (found,) = tables(PAGE)[("Variable", "What it is")]
    assert found == [(f"`{name}`", what) for name, what in VARIABLES.items()]


def test_every_format_and_every_template_is_in_its_table() -> None:
    (formats,) = tables(PAGE)[("Format", "For", "What is particular")]
    for_all = [name for name in LABELS if name not in FORMATS or not FORMATS[name].for_meetings]
    assert [row[0] for row in formats] == [f"`{name}`" for name in for_all]
    (shown,) = tables(PAGE)[("Template", "Makes")]
    assert sorted(row[0] for row in shown) == [f"`{name}`" for name in templates()]


def test_the_filters_and_the_limits_are_those_of_the_program() -> None:
    said = re.findall(r"these filters: (.*?)\. No files", PAGE, re.DOTALL)
    assert re.findall(r"`(\w+)`", said[0]) == list(FILTERS)
    assert f"A template has {SECONDS} seconds and {MEMORY // 10**9} GB" in PAGE
    assert f"many take {USUAL // 1000} kB" in PAGE
