"""Blame is found, and the same thing told of the system is not: the table `twins.md`, and labelled sentences."""

import json
from collections import Counter

import pytest

from facilitator.checks.finding import Category
from tests.checks.labelled import OTHER_TRADES, SENTENCES, categories, found, twins


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


def test_blame_is_told_apart_in_other_trades_too() -> None:
    rows = twins(OTHER_TRADES)
    hits = sum(bool(found(blame, context)) for context, _, blame, _ in rows)
    false = sum(bool(found(twin, context)) for context, _, _, twin in rows)
    assert len(rows) >= 400
    assert hits / (hits + false) >= 0.95
    assert hits / len(rows) >= 0.85


@pytest.mark.parametrize(
    "who",
    [
        "The stage manager", "A member of the lighting crew", "Our friends at the carrier", "The guy on nights",
        "The second shift", "Someone on the pricing team", "One of the interns", "The people in charge of storage",
        "The on-duty chemist", "The Berlin office", "IT", "The vendor's field engineer", "Whoever was on call",
        "The squad that owns checkout", "My predecessor", "The party who requested it", "Platform engineering",
        "The third-party support", "The so-called expert", "@sam", "Ngozi", "Nobody in Facilities",
    ],
)  # fmt: skip
def test_whoever_it_is_the_same_words_are_found(who: str) -> None:
    assert found(f"{who} failed to check the backup.", "summary")
    assert found(f"{who} did not read the notes.", "summary")


@pytest.mark.parametrize(
    "what",
    [
        "The lease manager", "The Kubernetes operator", "The scheduler", "The display driver", "The connection handler",
        "The upgrade script", "The [server](https://example.com)",
        "Expiry mails", "The deployed version", "Replication",
    ],
)  # fmt: skip
def test_what_is_no_person_is_not_taken_for_one(what: str) -> None:
    assert found(f"{what} failed to close the file.", "root_cause") == ()
    assert found(f"{what} did not consider the offset.", "root_cause") == ()
    assert found(f"{what} deleted the old pages.", "root_cause") == ()


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
