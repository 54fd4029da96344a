"""`facilitator rules`: every rule, with its reason and its source, one's own and silenced ones marked."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from facilitator.checks.catalogue import RULES
from facilitator.checks.finding import Category
from facilitator.settings.rules import built_in

Run = Callable[..., Result]
OWN = """\
silent_rules = ["{silent}"]

[[rule]]
id = "no-heroes"
category = "judgement"
said = ["heroic/heroes"]
contexts = ["lesson"]
why = "Heroes hide what was missing."
question = "What did the system not give them?"
source = "our team"
"""


@pytest.fixture
def own(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A configuration with a rule of one's own and a silenced one, whose id is returned."""
    silent = built_in()[0].id
    (home / "config.toml").write_text(OWN.format(silent=silent))
    monkeypatch.setenv("FACILITATOR_CONFIG", str(home / "config.toml"))
    return silent


def test_every_rule_is_listed_with_its_reason_and_its_source(run: Run) -> None:
    rows = json.loads(run("rules", "--json").stdout)
    assert sorted(row["rule"] for row in rows) == sorted(
        [*(each.id for each in built_in()), *(each.id for each in RULES)]
    )
    assert all(row["why"] and row["source"] and (row["what"] or row["said"] or row["question"]) for row in rows)
    assert not any(row["own"] or row["silent"] for row in rows)
    places = [list(Category).index(row["category"]) for row in rows]
    assert places == sorted(places)


def test_people_get_the_same_by_category(run: Run) -> None:
    result = run("rules")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == list(Category)
    rows = json.loads(run("rules", "--json").stdout)
    assert [line.strip() for line in lines if line.startswith("  ") and line[2] != " "] == [row["rule"] for row in rows]
    assert lines.count(f"    why: {rows[0]['why']}") >= 1
    assert lines.count(f"    source: {rows[0]['source']}") >= 1


def test_own_and_silenced_rules_are_marked(run: Run, own: str) -> None:
    rows = {row["rule"]: row for row in json.loads(run("rules", "--json").stdout)}
    assert [name for name, row in rows.items() if row["own"]] == ["no-heroes"]
    assert [name for name, row in rows.items() if row["silent"]] == [own]
    assert (rows["no-heroes"]["contexts"], rows["no-heroes"]["source"]) == (["lesson"], "our team")
    lines = run("rules").stdout.splitlines()
    assert "  no-heroes (yours)" in lines
    assert f"  {own} (silenced)" in lines


def test_own_and_silenced_rules_count_in_a_check(run: Run, own: str) -> None:
    text = "# Lessons learned\n\nThe heroes of the night.\n\n# Impact\n\nThe heroes again.\n"
    found = json.loads(run("check", "-", "--json", stdin=text).stdout)["findings"]
    assert [(each["rule"], each["line"]) for each in found] == [("no-heroes", 3)]
    with_silent = run("check", "-", "--json", stdin="## Root cause\n\nHuman error.\n").stdout
    assert own not in [each["rule"] for each in json.loads(with_silent)["findings"]]


def test_what_is_wrong_with_the_configuration_is_said(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "config.toml").write_text('silent_rules = ["no-such-rule"]\n')
    monkeypatch.setenv("FACILITATOR_CONFIG", str(home / "config.toml"))
    for args in (("rules",), ("check", "-"), ("check", "--jsonl", "-")):
        result = run(*args, stdin="")
        assert result.exit_code == 0
        assert "config.toml, line 1: silent_rules: " in result.stderr
