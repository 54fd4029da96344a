"""Where rules come from: those of the program, and the user's own."""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from facilitator.checks.finding import Category
from facilitator.checks.rules import Context, Rule, WordClass
from facilitator.model.text import one_line
from facilitator.settings.wording import Wrong, did_you_mean, kind, quoted

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
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

KindT = TypeVar("KindT", bound=StrEnum)


def all_rules(own: Sequence[Rule] = (), silent: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return the rules to check with: the user's own, then those of the program, none whose id is `silent`.

    An own rule with the id of one of the program takes its place.
    """
    program = built_in()
    instead = {rule.id: rule for rule in own}
    known = {rule.id for rule in program}
    rules = (*(rule for rule in own if rule.id not in known), *(instead.get(rule.id, rule) for rule in program))
    unwanted = set(silent)
    return tuple(rule for rule in rules if rule.id not in unwanted)


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
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return (), [((), "must be tables that begin with [[rule]]")]
    classes = _classes(_table()) if value else {}
    rules: dict[str, Rule] = {}
    wrong: list[Wrong] = []
    if len(value) > MOST:
        wrong.append(((str(MOST + 1),), f"more than {MOST} rules; this one and those after it are left out"))
    for number, table in enumerate(value[:MOST], 1):
        rule, problems = _rule(table, classes)
        if rule is not None and rule.id in rules:
            problems.append((("id",), f"another rule has the id {quoted(rule.id)} already"))
        elif rule is not None:
            rules[rule.id] = rule
        wrong += [((str(number), *below), message) for below, message in problems]
    return tuple(rules.values()), wrong


def read_silent(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    """Return ids of rules to leave out, and what is wrong with them: only ids of the program's rules are right."""
    names, message = _texts(value)
    if message:
        return (), [((), message)]
    known = _known() if names else []
    wrong: list[Wrong] = [
        ((), f"no rule has the id {quoted(each)}{did_you_mean(each, known)}") for each in names if each not in known
    ]
    return tuple(each for each in names if each in known), wrong


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


def _rule(table: dict[str, Any], classes: dict[str, WordClass]) -> tuple[Rule | None, list[Wrong]]:
    wrong: list[Wrong] = [
        ((key,), f"unknown key {quoted(key)}{did_you_mean(key, _KEYS) or '; the keys are ' + ', '.join(_KEYS)}")
        for key in table
        if key not in _KEYS
    ]
    usable = True

    def take(key: str, read: Callable[[Any], tuple[Any, str]], default: Any = "") -> Any:
        nonlocal usable
        taken, message = read(table.get(key, default))
        if message:
            usable = False
            wrong.append(((key,), message))
        return taken

    rule = Rule(
        id=take("id", _id),
        category=take("category", _category),
        said=take("said", lambda value: _patterns(value, classes, needed="beside" not in table)),
        unless=take("unless", lambda value: _patterns(value, classes)),
        contexts=take("contexts", lambda value: _kinds(value, tuple(Context), "context")),
        not_in=take("not_in", lambda value: _kinds(value, tuple(Context), "context")),
        beside=take("beside", lambda value: _kinds(value, LANGUAGE, "category")),
        asked=take("asked", _yes, False),
        explained=take("explained", _yes, False),
        why=take("why", _line),
        question=take("question", _question),
        rewrite=take("rewrite", _form),
        source=take("source", _line),
    )
    return (_with_classes(rule, classes) if usable else None), wrong


def _id(value: object) -> tuple[str, str]:
    name, message = _line(value)
    if not message and not _SLUG.fullmatch(name):
        return "", f"must be a name such as 'no-heroes', in small letters, digits and hyphens, not {quoted(name)}"
    return name, message


def _category(value: object) -> tuple[Category, str]:
    found, message = _kinds(value, LANGUAGE, "category")
    if message or len(found) != 1:
        return Category.PERSON, message or f"must be one of: {', '.join(LANGUAGE)}"
    return found[0], ""


def _patterns(value: object, classes: dict[str, WordClass], *, needed: bool = False) -> tuple[tuple[str, ...], str]:
    from facilitator.checks.patterns import PatternError, parsed

    patterns, message = _texts(value)
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


def _yes(value: object) -> tuple[bool, str]:
    return (value, "") if isinstance(value, bool) else (False, f"must be true or false, not {kind(value)}")


def _line(value: object) -> tuple[str, str]:
    if not isinstance(value, str):
        return "", f"must be text in quotes, not {kind(value)}"
    line = one_line(value)
    return (line, "") if len(line) <= LONGEST else ("", f"is longer than {LONGEST} characters")


def _texts(value: object) -> tuple[tuple[str, ...], str]:
    if isinstance(value, str):
        return (one_line(value),) if value.strip() else (), ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(dict.fromkeys(one_line(each) for each in value if each.strip())), ""
    each = next((each for each in value if not isinstance(each, str)), value) if isinstance(value, list) else value
    return (), f"must be a list of texts in quotes, not {'of ' if each is not value else ''}{kind(each)}"


def _kinds(value: object, known: Sequence[KindT], what: str) -> tuple[tuple[KindT, ...], str]:
    names, message = _texts(value)
    by_name = {str(each): each for each in known}
    for name in names:
        if name.lower() not in by_name:
            advice = did_you_mean(name, by_name) or f"; write one of: {', '.join(by_name)}"
            return (), f"unknown {what} {quoted(name)}{advice}"
    return tuple(by_name[name.lower()] for name in names), message
