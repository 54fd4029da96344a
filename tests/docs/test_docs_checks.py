"""docs/checks.md says what the checks do: its tables, its comment that mutes, its example of a line."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from facilitator.checks.finding import Category, Finding
from facilitator.checks.rules import Context
from facilitator.cli.main import main
from facilitator.cli.reports import Report, Told, Where, plain
from facilitator.documents.headings import part
from facilitator.documents.passages import read
from tests.docs.tables import ROOT, code, tables

PAGE = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]*)`", cell)


def test_every_category_is_described() -> None:
    (table,) = tables(PAGE)[("Category", "What it points out")]
    assert [code(name) for name, _ in table] == list(Category)


def test_headings_are_read_as_the_documentation_says() -> None:
    (table,) = tables(PAGE)[("Heading such as", "The text is")]
    for headings, context in table:
        for heading in codes(headings):
            assert part(heading) == code(context)
    assert {code(context) for _, context in table} == set(Context) - {Context.CHAT}


def test_the_keys_of_a_finding_are_those_that_it_has() -> None:
    (table,) = tables(PAGE)[("Key of a finding", "What it is")]
    finding = Finding(rule="r", category=Category.DEPTH, why="w", question="q")
    report = Report(source="-", kind="document", name="stdin", found=(Told(finding=finding, place="p", where=Where()),))
    shown = plain([report], muted=False)
    assert {each for keys, _ in table for each in codes(keys)} == set(shown["findings"][0])
    assert all(f"`{key}`" in PAGE for key in shown)


def test_the_comment_that_mutes_is_understood() -> None:
    (comment,) = re.findall(r"```html\n(.*?)```", PAGE, re.DOTALL)
    (mute,) = read(f"{comment}\nWords.\n").mutes
    assert (mute.rule, mute.reason) == ("RULE", "the customer said so, and we quote it")


def test_the_line_of_json_that_is_shown_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACILITATOR_CONFIG", str(tmp_path / "none.toml"))
    (line,) = re.findall(r'^\{"id".*\}$', PAGE, re.MULTILINE)
    result = CliRunner().invoke(main, ["check", "--jsonl", "-"], input=f"{line}\n")
    assert result.exit_code == 0
    assert '"category": "person_as_cause"' in result.stdout


def test_categories_in_command_lines_are_known() -> None:
    shown = [name for names in re.findall(r"--fail-on ([a-z_,]+)", PAGE) for name in names.split(",")]
    assert len(shown) > 3
    assert set(shown) <= {*Category, "none"}
