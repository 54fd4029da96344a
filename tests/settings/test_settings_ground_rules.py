"""Ground rules of the user's own take the place of those that everybody has."""

from pathlib import Path

import pytest

from facilitator.model.ground_rules import GROUND_RULES
from facilitator.settings.ground_rules import LONGEST_RULE, MOST_RULES
from facilitator.settings.settings import Settings, load


def loaded(tmp_path: Path, text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the rules of a configuration, and what is wrong with it."""
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    settings, problems = load(path)
    return settings.ground_rules, [str(problem) for problem in problems]


def test_everybody_has_some_that_can_be_read_aloud():
    assert Settings().ground_rules == GROUND_RULES
    assert 6 <= len(GROUND_RULES) <= 10
    assert all(len(rule) <= 120 and rule.endswith(".") for rule in GROUND_RULES)


def test_own_ones_replace_them(tmp_path: Path):
    rules, problems = loaded(tmp_path, 'ground_rules = ["Phones away.", "  Laptops \\t too.  ", "Phones away."]')
    assert rules == ("Phones away.", "Laptops too.")
    assert problems == []


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('"one"', "must be a list such as ['One speaks at a time.'], not text"),
        ("[]", "has no rule; write a list such as ['One speaks at a time.'], or leave the key out"),
        ("[1]", "a ground rule is text in quotes, not a number"),
        ('[" "]', "a ground rule has words; this one is empty"),
        (
            f'["{"x" * (LONGEST_RULE + 1)}"]',
            f"a ground rule has {LONGEST_RULE} characters at most: '{'x' * 57}...' has 301",
        ),
    ],
)
def test_what_is_wrong_is_said_and_those_that_everybody_has_count(tmp_path: Path, value: str, message: str):
    rules, problems = loaded(tmp_path, f"\nground_rules = {value}")
    assert rules == GROUND_RULES
    assert problems == [f"config.toml, line 2: ground_rules: {message}"]


def test_the_rest_counts_when_one_is_wrong(tmp_path: Path):
    rules, problems = loaded(tmp_path, 'ground_rules = ["Phones away.", 7]')
    assert rules == ("Phones away.",)
    assert len(problems) == 1


def test_there_is_an_end_to_them(tmp_path: Path):
    written = ", ".join(f'"rule {number}"' for number in range(MOST_RULES + 1))
    rules, problems = loaded(tmp_path, f"ground_rules = [{written}]")
    assert len(rules) == MOST_RULES
    said = f"there are more than {MOST_RULES} ground rules; those after the first {MOST_RULES} do not count"
    assert problems == [f"config.toml, line 1: ground_rules: {said}"]
