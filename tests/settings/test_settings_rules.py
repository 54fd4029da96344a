"""The rules of the program about language, and the user's own."""

import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.checks.compiled import compiled
from facilitator.checks.finding import Category
from facilitator.checks.language import Context, findings
from facilitator.settings.rules import LONGEST, MOST, all_rules, built_in, read_rules, read_silent
from facilitator.settings.settings import load

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "facilitator" / "data" / "rules.toml"

OWN = """
silent_rules = ["human-error"]

[[rule]]
id = "heroes"
category = "judgement"
said = ["hero/heroes", "PEOPLE saved the day"]
unless = ["hero image"]
contexts = ["lesson", "Summary"]
question = "How could it go without a hero?"
why = "Heroes hide what is missing."

[[rule]]
id = "slip"
category = "person_as_cause"
said = ["OTHERS BLUNDERed"]
question = "What would have helped?"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def said(config: Path, text: str) -> list[str]:
    config.write_text(text, encoding="utf-8")
    return [str(problem) for problem in load(config)[1]]


def test_the_rules_of_the_program_pass_the_checks_for_own_rules() -> None:
    tables = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["rule"]
    read, wrong = read_rules(tables)
    assert wrong == []
    assert read == built_in()
    assert len(compiled(read).rules) == len(tables)


def test_each_has_an_id_of_its_own_and_every_category_has_rules() -> None:
    assert [each for each, count in Counter(rule.id for rule in built_in()).items() if count > 1] == []
    assert {rule.category for rule in built_in()} == set(tuple(Category)[:6])
    assert [rule.id for rule in built_in() if not (rule.why and rule.question and rule.source)] == []


def test_no_pattern_stands_twice_in_a_rule_and_every_class_is_used() -> None:
    table = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    for rule in table["rule"]:
        patterns = [*rule.get("said", ()), *rule.get("unless", ())]
        assert [each for each, count in Counter(patterns).items() if count > 1] == [], rule["id"]
    used = " ".join(pattern for rule in table["rule"] for pattern in (*rule.get("said", ()), *rule.get("unless", ())))
    assert [name for name in (*table["verbs"], *table["words"]) if not re.search(rf"\b{name}(s|ed|ing)?\b", used)] == []


def test_own_rules_are_read_and_come_first(config: Path) -> None:
    assert said(config, OWN) == []
    settings = load(config)[0]
    assert [rule.id for rule in settings.rule] == ["heroes", "slip"]
    assert settings.rule[0].contexts == (Context.LESSON, Context.SUMMARY)
    rules = all_rules(settings.rule, settings.silent_rules)
    assert rules[0].id == "heroes"
    assert "human-error" not in {rule.id for rule in rules}
    assert [rule.question for rule in rules if rule.id == "slip"] == ["What would have helped?"]
    ready = compiled(rules)
    assert [each.rule for each in findings("Then we saved the day", Context.LESSON, ready)] == ["heroes"]
    assert [each.rule for each in findings("Bob forgot it", Context.SUMMARY, ready)] == ["slip"]
    assert findings("the hero image", Context.LESSON, ready) == ()
    assert findings("Human error", Context.SUMMARY, ready) == ()


RULE = '[[rule]]\nid = "a"\ncategory = "judgement"\nsaid = ["hero"]\nquestion = "What?"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            RULE.replace("question", "qestion"),
            "line 5: rule.1.qestion: unknown key 'qestion'; did you mean 'question'?",
        ),
        (
            RULE.replace('"judgement"', '"jugement"'),
            "line 3: rule.1.category: unknown category 'jugement'; did you mean",
        ),
        (RULE.replace('"judgement"', '"timeline"'), "line 3: rule.1.category: unknown category 'timeline'"),
        (RULE.replace('"a"', '"A b"'), "line 2: rule.1.id: must be a name such as 'no-heroes'"),
        (RULE.replace('["hero"]', "[]"), "line 4: rule.1.said: a rule needs what is said"),
        (RULE.replace('["hero"]', '["PEOPLE"]'), "line 4: rule.1.said: 'PEOPLE' has no word to look for"),
        (RULE.replace('["hero"]', '["a HEROES"]'), "line 4: rule.1.said: 'a HEROES' names HEROES, which is no class"),
        (RULE.replace('["hero"]', "3"), "line 4: rule.1.said: must be a list of texts in quotes, not a number"),
        (RULE.replace('"What?"', '""'), "line 5: rule.1.question: a rule needs a question to ask instead"),
        (RULE + 'rewrite = "{who} {0}"\n', "line 6: rule.1.rewrite: may hold {do}, {doing} or {thing}"),
        (RULE + 'rewrite = "{do"\n', "line 6: rule.1.rewrite: may hold {do}, {doing} or {thing}"),
        (RULE + 'asked = "yes"\n', "line 6: rule.1.asked: must be true or false, not text"),
        (
            RULE + 'contexts = ["lessons"]\n',
            "line 6: rule.1.contexts: unknown context 'lessons'; did you mean 'lesson'?",
        ),
        (RULE + RULE, "line 7: rule.2.id: another rule has the id 'a' already"),
        ("[rule]\nx = 1\n", "line 1: rule: must be tables that begin with [[rule]]"),
        ('silent_rules = ["human-eror"]\n', "line 1: silent_rules: no rule has the id 'human-eror'; did you mean"),
        ("silent_rules = 1\n", "line 1: silent_rules: must be a list of texts in quotes, not a number"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(config: Path, text: str, message: str) -> None:
    problems = said(config, text)
    assert any(each.startswith(f"config.toml, {message}") for each in problems), problems


def test_a_rule_in_which_something_is_wrong_is_left_out_and_the_others_count(config: Path) -> None:
    config.write_text(RULE.replace('["hero"]', '["PEOPLE"]') + RULE.replace('"a"', '"b"'), encoding="utf-8")
    settings, problems = load(config)
    assert [rule.id for rule in settings.rule] == ["b"]
    assert len(problems) == 1


def test_there_are_limits() -> None:
    table = {"category": "judgement", "said": "x", "question": "What?"}
    rules, wrong = read_rules([{**table, "id": f"a{number}"} for number in range(MOST + 5)])
    assert len(rules) == MOST
    assert [path for path, _ in wrong] == [(str(MOST + 1),)]
    assert read_rules([{**table, "id": "a", "why": "x" * (LONGEST + 1)}])[0] == ()
    assert read_rules([{**table, "id": "a", "said": ["x"] * 3 + [f"x{n}" for n in range(200)]}])[0] == ()


def test_silencing_every_rule_leaves_none() -> None:
    ids, wrong = read_silent([rule.id for rule in built_in()])
    assert wrong == []
    assert all_rules((), ids) == ()


def test_starting_loads_nothing_of_the_grammar() -> None:
    code = (
        "import sys, facilitator.cli.main, facilitator.settings.settings; "
        "print([name for name in sys.modules if name.startswith('facilitator.checks.') and name.split('.')[2] in "
        "('language', 'patterns', 'actors', 'people_words', 'given_names', 'words', 'verbs', 'clauses')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_the_documentation_names_every_context_and_who() -> None:
    from facilitator.checks.patterns import RESERVED

    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    section = page.split("## Your own rules", 1)[1].split("\n## ", 1)[0]
    for each in (*Context, *tuple(Category)[:6], *RESERVED):
        assert f"`{each}`" in section, each


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
_KEYS = ["id", "category", "said", "unless", "contexts", "beside", "asked", "rewrite", "question", "x"]
_TABLES = st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=6)


@given(st.lists(_TABLES, max_size=4) | _VALUES)
def test_whatever_stands_there_is_read_or_named(value: object) -> None:
    rules, wrong = read_rules(value)
    compiled(rules)
    assert len({rule.id for rule in rules}) == len(rules)
    assert all(message for _, message in wrong)
