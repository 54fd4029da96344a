"""Patterns of one's own for what is sensitive, in the configuration."""

from pathlib import Path

import pytest

from facilitator.settings.settings import load


def loaded(tmp_path: Path, text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the patterns of a configuration, and what is wrong with it."""
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    settings, problems = load(path)
    return settings.sensitive, [str(problem) for problem in problems]


def test_patterns_are_kept_as_they_are_written(tmp_path: Path):
    assert loaded(tmp_path, "sensitive = ['CUST-[0-9]+', 'x y', 'x y']") == (("CUST-[0-9]+", "x y"), [])
    assert loaded(tmp_path, "") == ((), [])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("'CUST'", "must be a list of patterns such as ['CUST-[0-9]+'], not text"),
        ("[1]", "a pattern is text in quotes, not a number"),
        ("['(x']", "the pattern '(x' is no regular expression: a '(' without its ')'"),
        ("[" + "'x'," * 51 + "]", "more than 50 patterns; those after the first 50 do not count"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_counts(tmp_path: Path, value: str, message: str):
    patterns, problems = loaded(tmp_path, f"sensitive = {value}\n")
    assert problems == [f"config.toml, line 1: sensitive: {message}"]
    assert patterns in ((), ("x",))


def test_one_that_could_take_for_ever_is_left_out(tmp_path: Path):
    patterns, (problem,) = loaded(tmp_path, "sensitive = ['(a+)+b', 'CUST-[0-9]+']")
    assert patterns == ("CUST-[0-9]+",)
    assert problem.startswith("config.toml, line 1: sensitive: the pattern '(a+)+b' could take for ever")
