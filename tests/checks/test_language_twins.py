"""Blame is found, and the same thing told of the system is not: the table `twins.md`, and labelled sentences."""

import json
from collections import Counter

import pytest

from facilitator.checks.finding import Category
from tests.checks.labelled import SENTENCES, categories, found, twins


@pytest.mark.parametrize(("context", "right", "blame"), [row[:3] for row in twins()])
def test_blame_is_found(context: str, right: frozenset[str], blame: str) -> None:
    assert categories(blame, context) & right


@pytest.mark.parametrize(("context", "twin"), [(row[0], row[3]) for row in twins()])
def test_its_twin_is_fine(context: str, twin: str) -> None:
    assert found(twin, context) == ()


def test_the_table_holds_all_categories_of_language_and_all_contexts() -> None:
    rows = twins()
    assert len(rows) >= 150
    counted = Counter(category for row in rows for category in row[1])
    assert set(counted) == set(tuple(Category)[:6])
    assert min(counted.values()) >= 12
    assert len({row[0] for row in rows}) == 9


@pytest.mark.skipif(not SENTENCES.is_file(), reason="there are no labelled sentences beside the checkout")
def test_labelled_sentences_are_told_apart() -> None:
    hits = false = missed = 0
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        said = bool(found(row["text"], row["context"]))
        hits += said and bool(row["label"])
        false += said and not row["label"]
        missed += bool(row["label"]) and not said
    assert hits / (hits + false) >= 0.95
    assert hits / (hits + missed) >= 0.85
