"""What a finding says: where, which words, why, what to ask, and the sentence in other words."""

import re
from datetime import UTC, datetime

import pytest

from facilitator.checks.compiled import compiled
from facilitator.checks.finding import Category
from facilitator.checks.language import NOBODY, Context, People, findings, people_of
from facilitator.checks.rules import Rule
from facilitator.model.session import Action, Participant, Session
from facilitator.settings.rules import built_in
from tests.checks.labelled import categories, found, twins

REWRITES = [
    ("summary", "Bob forgot to run the migration", "What would have made running the migration hard to forget?"),
    ("chat", "I forgot to stop the old job again", "What would have made stopping the old job hard to forget?"),
    ("summary", "The team did not check the quota.", "What would have made it easy to check the quota?"),
    (
        "lesson",
        "We should have tested the restore.",
        "What would have made it natural to test the restore at that time?",
    ),
    ("lesson", "We never wrote down the steps.", "What would have made it easy to write down the steps?"),
    ("summary", "Operators failed to close the valve before lunch", "What would have made it easy to close the valve?"),
    ("summary", "Anna deployed it without telling the team", "What would have made it natural to tell the team first?"),
    (
        "summary",
        "An engineer accidentally deleted the live bucket",
        "What made it possible to delete the live bucket by accident?",
    ),
]


@pytest.mark.parametrize(("context", "text", "rewrite"), REWRITES)
def test_a_sentence_is_rewritten_from_its_own_words(context: str, text: str, rewrite: str) -> None:
    assert rewrite in {each.rewrite for each in found(text, context)}


@pytest.mark.parametrize(
    "text",
    [
        "Bob forgot.",
        "Bob forgot his badge to him and her",
        "We forgot to " + "very " * 40 + "slow down",
        "We forgot to run | the table",
        "The engineer chose to ignore the warning.",
        "He refused to answer the page.",
        "The team does not care about quality.",
        "They should never have been given access.",
        "We should never have deployed on a Friday.",
        "We failed to not overwrite the file.",
        "Bob spilled coffee over the console.",
    ],
)
def test_what_would_not_read_well_is_not_rewritten(text: str) -> None:
    assert {each.rewrite for each in found(text, "summary")} == {""}


def test_a_rewrite_names_nobody_as_the_one_who_did_it() -> None:
    for context, _, blame, _ in twins():
        for each in found(blame, context):
            assert "Bob" not in each.rewrite
            assert not re.search(r"\b(he|she|him|her|his|I|me|my)\b", each.rewrite)
            assert not each.rewrite or each.rewrite.endswith("?")


def test_a_finding_is_at_its_words() -> None:
    text = "At 14:00 v3.2 went out. Then Bob forgot to run the migration."
    (each,) = found(text, "summary")
    assert (each.rule, each.category) == ("slip", Category.PERSON)
    assert text[each.start : each.end] == each.words == "Bob forgot to"
    assert each.why
    assert each.question


def test_a_finding_is_of_the_rule_that_fits_its_words() -> None:
    assert [each.rule for each in found("Kevin obviously panicked", "chat")] == ["panic", "hindsight-word"]
    assert [each.rule for each in found("Miscommunication.", "factor")] == ["way-of-working"]
    (each,) = found("The SRE team had silenced it for the migration and forgot about it.", "summary")
    assert (each.rule, each.words) == ("slip", "forgot")


def test_findings_come_in_the_order_of_the_words() -> None:
    text = "We should have tested it. Human error. Be more careful next time."
    places = [(each.start, str(each.category)) for each in found(text)]
    assert places == sorted(places)
    assert [category for _, category in places] == ["counterfactual", "person_as_cause", "punitive_or_empty_remedy"]


def test_a_clause_has_one_finding_of_a_category() -> None:
    (each,) = found("Bob forgot and overlooked and neglected the flag", "summary")
    assert each.category is Category.PERSON
    assert len(found("Bob forgot the flag, but Anna overlooked the lock", "summary")) == 2


def test_words_such_as_obviously_count_only_beside_another_finding() -> None:
    assert found("Obviously the disk is full.") == ()
    assert categories("Obviously nobody had tested this.") == {"hindsight", "counterfactual"}


def test_a_root_cause_that_stops_at_people_is_said_to_stop_there() -> None:
    assert "single_cause_person_stop" in categories("Human error", "root_cause")
    assert "single_cause_person_stop" in categories("the new guy dropped the index", "why_answer")
    assert "single_cause_person_stop" not in categories("Human error", "summary")


@pytest.mark.parametrize("context", Context)
def test_a_question_of_the_facilitator_is_fine(context: str) -> None:
    assert found("What would have made it easy to check, and who could have seen it?", context) == ()


def test_a_question_after_who_or_why_not_is_none() -> None:
    assert categories("Who broke the build?", "chat") == {"person_as_cause"}
    assert categories("Why did you not test this?", "chat") == {"counterfactual"}


def test_people_of_a_session_are_known_by_name_and_role() -> None:
    session = Session(
        id="X",
        title="x",
        created=datetime(2026, 11, 15, tzinfo=UTC),
        participants=(
            Participant(text="Zwenja Okonkwo", role="release captain"),
            Participant(text="Quill", role="payments"),
        ),
        actions=(Action(text="x", owner="xan"),),
    )
    people = people_of(session)
    assert people.names >= {"zwenja okonkwo", "quill", "xan"}
    assert people.roles == {"release captain", "payments"}
    for text in (
        "zwenja broke the build",
        "okonkwo took down the site",
        "the release captain broke the build",
        "@xan broke it",
    ):
        assert categories(text, "summary", people) >= {"person_as_cause"}, text
    assert found("zwenja broke the build", "summary") == ()
    assert found("the payments broke the build", "summary", people) == ()


def test_a_name_that_is_also_a_word_makes_no_person_of_the_word() -> None:
    people = People(frozenset({"the", "will of", "team"}))
    assert found("The service broke the build", "summary", people) == ()


def test_an_own_rule_is_found_with_its_question_and_silence_leaves_nothing() -> None:
    own = Rule(
        id="heroes",
        category=Category.JUDGEMENT,
        said=("hero/heroes/heroic",),
        unless=("super hero",),
        why="w",
        question="How could it go without a hero?",
    )
    rules = compiled((own,))
    (each,) = findings("It took a hero to save it", Context.LESSON, rules)
    assert (each.rule, each.question, each.words) == ("heroes", "How could it go without a hero?", "hero")
    assert findings("the super hero service", Context.LESSON, rules) == ()
    assert findings("Bob forgot", Context.LESSON, compiled(())) == ()


@pytest.mark.parametrize("rule", built_in(), ids=lambda rule: rule.id)
def test_rules_ask_how_and_what_in_neutral_words(rule: Rule) -> None:
    assert rule.question.endswith("?")
    assert rule.why.endswith((".", "”."))
    assert rule.source
    assert not re.match(r"(Who|Whose|Why)\b", rule.question)
    assert findings(rule.question.replace("?", "."), Context.LESSON, compiled(built_in()), NOBODY) == ()
    assert len(rule.question.split()) <= 14
