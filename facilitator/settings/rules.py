"""Where rules come from: those of the program, and the user's own."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from facilitator.checks.finding import Category
from facilitator.checks.rules import Context, Rule, WordClass
from facilitator.settings.tables import Table, kinds, known_ids, line, slug, tables, texts, with_own, yes
from facilitator.settings.wording import Wrong, quoted

LONGEST = 300
"""The longest question or reason, in characters."""

LONGEST_PATTERN = 600
"""The longest pattern, in characters."""

MOST = 200
"""How many rules of their own a user may have."""

MOST_PATTERNS = 150
"""How many patterns one rule may have."""

LANGUAGE = tuple(Category)[:6]
"""The categories that rules are about."""

_KEYS = (
    "id", "category", "said", "unless", "contexts", "not_in", "beside", "asked", "explained", "why", "question",
    "rewrite", "source",
)  # fmt: skip
_FORM = re.compile(r"\{(\w*)\}")
_PLACES = frozenset(("do", "doing", "thing"))


def all_rules(own: Sequence[Rule] = (), silent: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return the rules to check with: the user's own, then those of the program, none whose id is `silent`.

    An own rule with the id of one of the program takes its place.
    """
    return with_own(built_in(), own, silent)


@lru_cache(maxsize=1)
def built_in() -> tuple[Rule, ...]:
    """Return the rules of the program, in the order in which they count. They are read once."""
    table = _table()
    classes = _classes(table)
    return tuple(_with_classes(msgspec.convert(each, Rule), classes) for each in table["rule"])


def read_rules(value: object) -> tuple[tuple[Rule, ...], list[Wrong]]:
    """Return the rules in a list of tables, and what is wrong with it; a rule in which a value is wrong is left out.

    The path to what is wrong begins with the number of the table, from 1.
    """
    classes = _classes(_table()) if value else {}
    return tables(value, "rule", "rule", MOST, lambda table: _rule(table, classes))


def read_silent(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    """Return ids of rules to leave out, and what is wrong with them: only ids of the program's rules are right."""
    return known_ids(value, "rule", _known)


def _known() -> list[str]:
    """Return the ids of all rules that can be silent: those about language, and those of the other checks."""
    from facilitator.checks.catalogue import RULES

    return [*(rule.id for rule in built_in()), *(rule.id for rule in RULES)]


def _table() -> dict[str, Any]:
    import tomllib

    return tomllib.loads((Path(__file__).parents[1] / "data" / "rules.toml").read_text(encoding="utf-8"))


def _classes(table: dict[str, Any]) -> dict[str, WordClass]:
    verbs = {name: WordClass(name, tuple(words.split()), verbs=True) for name, words in table["verbs"].items()}
    return verbs | {name: WordClass(name, tuple(words.split())) for name, words in table["words"].items()}


def _with_classes(rule: Rule, classes: dict[str, WordClass]) -> Rule:
    """Return a rule with the word classes that its patterns name."""
    named = {name for pattern in (*rule.said, *rule.unless) for name in re.findall(r"[A-Z][A-Z_]*[A-Z]", pattern)}
    return msgspec.structs.replace(rule, classes=tuple(each for name, each in classes.items() if name in named))


def _rule(values: dict[str, Any], classes: dict[str, WordClass]) -> tuple[Rule | None, list[Wrong]]:
    table = Table(values, _KEYS)
    rule = Rule(
        id=table.take("id", lambda value: slug(value, LONGEST, "no-heroes")),
        category=table.take("category", _category),
        said=table.take("said", lambda value: _patterns(value, classes, needed="beside" not in values)),
        unless=table.take("unless", lambda value: _patterns(value, classes)),
        contexts=table.take("contexts", lambda value: kinds(value, Context, "context")),
        not_in=table.take("not_in", lambda value: kinds(value, Context, "context")),
        beside=table.take("beside", lambda value: kinds(value, LANGUAGE, "category")),
        asked=table.take("asked", yes, False),
        explained=table.take("explained", yes, False),
        why=table.take("why", _line),
        question=table.take("question", _question),
        rewrite=table.take("rewrite", _form),
        source=table.take("source", _line),
    )
    return (_with_classes(rule, classes) if table.usable else None), table.wrong


def _category(value: object) -> tuple[Category, str]:
    found, message = kinds(value, LANGUAGE, "category")
    if message or len(found) != 1:
        return Category.PERSON, message or f"must be one of: {', '.join(LANGUAGE)}"
    return found[0], ""


def _patterns(value: object, classes: dict[str, WordClass], *, needed: bool = False) -> tuple[tuple[str, ...], str]:
    from facilitator.checks.patterns import PatternError, parsed

    patterns, message = texts(value)
    if message:
        return (), message
    if needed and not patterns:
        return (), "a rule needs what is said, such as ['heroic/heroes']"
    if len(patterns) > MOST_PATTERNS:
        return (), f"has more than {MOST_PATTERNS} patterns"
    for pattern in patterns:
        if len(pattern) > LONGEST_PATTERN:
            return (), f"{quoted(pattern)} is longer than {LONGEST_PATTERN} characters"
        try:
            parsed(pattern, tuple(classes.values()))
        except PatternError as error:
            return (), f"{quoted(pattern)} {error}"
    return patterns, ""


def _question(value: object) -> tuple[str, str]:
    question, message = _line(value)
    return question, message or ("" if question else "a rule needs a question to ask instead")


def _form(value: object) -> tuple[str, str]:
    form, message = _line(value)
    if message:
        return "", message
    bare = _FORM.sub("", form)
    if "{" in bare or "}" in bare or not _PLACES.issuperset(_FORM.findall(form)):
        return "", "may hold {do}, {doing} or {thing}, and no other braces"
    return form, ""


def _line(value: object) -> tuple[str, str]:
    return line(value, LONGEST)
