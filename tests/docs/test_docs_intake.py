"""docs/intake.md and its part of the configuration say what the intake does: kinds, filters, phrases, limits."""

import re
from datetime import date

import pytest

from facilitator.intake.drafts import Signal
from facilitator.intake.kinds.registry import KINDS
from facilitator.intake.sifting.filters import Field, Filter, State, read_filter
from facilitator.intake.sifting.proposal_values import Guard, Look
from facilitator.intake.sifting.wordings import parsed, places_of, sentences_in
from facilitator.intake.sources.bounds import (
    DEEPEST,
    LARGEST_STREAM,
    LARGEST_TOTAL,
    LARGEST_WHOLE,
    MEGABYTE,
    MOST_MEMBERS,
    RATIO,
)
from facilitator.intake.texts.column_roles import ROLES
from facilitator.model.session import Milestone
from facilitator.model.text import MAX_TEXT
from facilitator.settings import proposals
from facilitator.store.draft_files import MOST_BYTES
from tests.docs.tables import ROOT, code, tables

PAGE = (ROOT / "docs" / "intake.md").read_text(encoding="utf-8")
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
LISTS = {name: frozenset(words) for name, words in proposals.built_in().lists.items()}


def codes(cell: str) -> list[str]:
    return re.findall(r"`([^`]*)`", cell)


def test_every_kind_is_described() -> None:
    (table,) = tables(PAGE)[("Kind", "What it is", "Where to get it")]
    assert [code(kind) for kind, _, _ in table] == list(KINDS)


def test_every_filter_is_understood_and_every_field_is_shown() -> None:
    (table,) = tables(PAGE)[("Filter", "What it leaves")]
    shown = [each for cell, _ in table for each in codes(cell)]
    read = {each: read_filter(each, "UTC", date(2026, 11, 15)) for each in shown}
    terms = [term for found in read.values() if isinstance(found, Filter) for term in found.terms]
    assert [each for each, found in read.items() if not isinstance(found, Filter)] == []
    assert {term.field for term in terms} == set(Field)
    assert {term.value for term in terms if term.field is Field.IS} == set(State)


def test_the_roles_of_columns_are_those_that_there_are() -> None:
    sentence = PAGE.split("where `WHAT` is ")[1].split(".\n")[0]
    assert codes(sentence) == list(ROLES)


def test_the_limits_are_those_that_hold() -> None:
    (table,) = tables(PAGE)[("What", "The limit")]
    unpacked = f"{LARGEST_TOTAL // MEGABYTE // 1024} GB, {MOST_MEMBERS:,} files, {DEEPEST} folders deep"
    unpacked += f", {RATIO} times its packed size for a file"
    assert [limit for _, limit in table] == [
        f"{LARGEST_WHOLE // MEGABYTE} MB",
        f"{LARGEST_STREAM // MEGABYTE // 1024} GB",
        unpacked,
        f"{MOST_BYTES // 1024**3} GB",
        f"{MAX_TEXT:,} characters",
    ]


def stands(phrase: str, text: str) -> bool:
    rule = parsed(phrase, LISTS)
    return any(True for sentence in sentences_in(text) for _ in places_of(rule, sentence.words))


def phrases() -> list[tuple[str, ...]]:
    (table,) = tables(CONFIGURATION)[("Phrase", "Stands in", "Does not stand in")]
    return [tuple(map(code, row)) for row in table]


@pytest.mark.parametrize(("phrase", "there", "not_there"), phrases())
def test_phrases_stand_where_the_documentation_says(phrase: str, there: str, not_there: str) -> None:
    assert stands(phrase, there)
    assert not stands(phrase, not_there)


def test_the_keys_of_a_rule_are_those_that_are_read() -> None:
    part = CONFIGURATION.split("## Your own proposals")[1].split("\n## ")[0]
    (table,) = tables(part)[("Key", "What it says", "Default")]
    told = {name: meaning for keys, meaning, _ in table for name in codes(keys)}
    _, wrong = proposals.read_proposals([{"id": "x", "why": "y", "phrases": ["word"], "qqqqqq": 1}])
    assert list(told) == wrong[0][1].split("the keys are ")[1].split(", ")
    assert codes(told["signals"]) == list(Signal)
    assert codes(told["looks"]) == list(Look)
    assert codes(told["milestone"]) == list(Milestone)
    assert codes(told["even"]) == list(Guard)
    assert set(LISTS) <= set(codes(part))
    assert str(proposals.MOST) in part
    assert f"from {proposals.built_in().least} on" in told["weight"]
