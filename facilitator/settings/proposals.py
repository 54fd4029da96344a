"""Where the rules come from by which drafts are proposed: those of the program, and the user's own."""

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from facilitator.intake.drafts import Signal
from facilitator.intake.sifting.proposal_values import Guard, Look, ProposalRule, ProposalRules
from facilitator.model.session import Milestone
from facilitator.model.text import one_line
from facilitator.settings.wording import Wrong, did_you_mean, kind, quoted

LONGEST = 120
"""The longest reason, in characters: one that fits beside a draft."""

LONGEST_PHRASE = 300
"""The longest phrase, in characters."""

MOST = 200
"""How many rules of their own a user may have."""

MOST_PHRASES = 100
"""How many phrases, patterns or links one rule may have."""

_KEYS = (
    "id", "why", "weight", "phrases", "unless", "patterns", "links", "signals", "looks", "milestone", "kinds", "even",
    "near", "alarm", "change",
)  # fmt: skip
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

KindT = TypeVar("KindT", bound=StrEnum)


def all_rules(own: Sequence[ProposalRule] = (), silent: Iterable[str] = ()) -> ProposalRules:
    """Return the rules to propose by: the user's own, then those of the program, none whose id is `silent`.

    An own rule with the id of one of the program takes its place.
    """
    program = built_in()
    instead = {rule.id: rule for rule in own}
    known = {rule.id for rule in program.rules}
    rules = (*(rule for rule in own if rule.id not in known), *(instead.get(rule.id, rule) for rule in program.rules))
    unwanted = set(silent)
    return msgspec.structs.replace(program, rules=tuple(rule for rule in rules if rule.id not in unwanted))


@lru_cache(maxsize=1)
def built_in() -> ProposalRules:
    """Return the rules of the program. They are read once."""
    import tomllib

    text = (Path(__file__).parents[1] / "data" / "proposals.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    guards = table["guards"]
    return ProposalRules(
        rules=msgspec.convert(table["rule"], tuple[ProposalRule, ...]),
        least=table["least"],
        lists={name: tuple(words.split()) for name, words in table["words"].items()},
        denying=tuple(guards["denying"].split()),
        supposing=tuple(guards["supposing"].split()),
        asking=tuple(guards["asking"].split()),
        elsewhen=tuple(guards["elsewhen"]),
        places=tuple(table["places"].split()),
    )


def read_proposals(value: object) -> tuple[tuple[ProposalRule, ...], list[Wrong]]:
    """Return the rules in a list of tables, and what is wrong with it; a rule in which a value is wrong is left out.

    The path to what is wrong begins with the number of the table, from 1.
    """
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return (), [((), "must be tables that begin with [[proposal]]")]
    rules: dict[str, ProposalRule] = {}
    wrong: list[Wrong] = []
    if len(value) > MOST:
        wrong.append(((str(MOST + 1),), f"more than {MOST} rules; this one and those after it are left out"))
    for number, table in enumerate(value[:MOST], 1):
        rule, problems = _rule(table)
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
    known = [rule.id for rule in built_in().rules] if names else []
    wrong: list[Wrong] = [
        ((), f"no rule has the id {quoted(each)}{did_you_mean(each, known)}") for each in names if each not in known
    ]
    return tuple(each for each in names if each in known), wrong


def _rule(table: dict[str, Any]) -> tuple[ProposalRule | None, list[Wrong]]:
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

    rule = ProposalRule(
        id=take("id", _id),
        why=take("why", _why),
        weight=take("weight", _weight, 50),
        phrases=take("phrases", _phrases),
        unless=take("unless", _phrases),
        patterns=take("patterns", _patterns),
        links=take("links", _some),
        signals=take("signals", lambda value: _named(value, Signal, "signal")),
        looks=take("looks", lambda value: _one(value, Look, "thing to look at")),
        milestone=take("milestone", lambda value: _one(value, Milestone, "milestone")),
        kinds=take("kinds", _some),
        even=take("even", lambda value: _named(value, Guard, "guard")),
        near=take("near", _yes, False),
        alarm=take("alarm", _yes, False),
        change=take("change", _yes, False),
    )
    if usable and not (rule.phrases or rule.patterns or rule.links or rule.signals or rule.looks):
        return None, [*wrong, ((), "a rule needs phrases, patterns, links, signals, or what it looks at")]
    return (rule if usable else None), wrong


def _id(value: object) -> tuple[str, str]:
    name, message = _line(value)
    if not message and not _SLUG.fullmatch(name):
        return "", f"must be a name such as 'game-day', in small letters, digits and hyphens, not {quoted(name)}"
    return name, message


def _why(value: object) -> tuple[str, str]:
    why, message = _line(value)
    return why, message or ("" if why else "a rule needs a reason to say, such as 'is a decision'")


def _weight(value: object) -> tuple[int, str]:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 99:
        return value, ""
    return 1, "must be a whole number from 1 to 99"


def _phrases(value: object) -> tuple[tuple[str, ...], str]:
    from facilitator.intake.sifting.wordings import PhraseError, parsed

    phrases, message = _some(value)
    lists = {name: frozenset(words) for name, words in built_in().lists.items()} if phrases else {}
    for phrase in phrases:
        if len(phrase) > LONGEST_PHRASE:
            return (), f"{quoted(phrase)} is longer than {LONGEST_PHRASE} characters"
        try:
            parsed(phrase, lists)
        except PhraseError as error:
            return (), f"{quoted(phrase)} {error}"
    return phrases, message


def _patterns(value: object) -> tuple[tuple[str, ...], str]:
    from facilitator.checks.own_patterns import PatternError, own_pattern

    patterns, message = _some(value)
    for pattern in patterns:
        try:
            own_pattern(pattern)
        except PatternError as error:
            return (), f"the pattern {quoted(pattern)} {error}"
    return patterns, message


def _yes(value: object) -> tuple[bool, str]:
    return (value, "") if isinstance(value, bool) else (False, f"must be true or false, not {kind(value)}")


def _line(value: object) -> tuple[str, str]:
    if not isinstance(value, str):
        return "", f"must be text in quotes, not {kind(value)}"
    line = one_line(value)
    return (line, "") if len(line) <= LONGEST else ("", f"is longer than {LONGEST} characters")


def _some(value: object) -> tuple[tuple[str, ...], str]:
    texts, message = _texts(value)
    return (texts, message) if len(texts) <= MOST_PHRASES else ((), f"has more than {MOST_PHRASES} texts")


def _texts(value: object) -> tuple[tuple[str, ...], str]:
    if isinstance(value, str):
        return (one_line(value),) if value.strip() else (), ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(dict.fromkeys(one_line(each) for each in value if each.strip())), ""
    each = next((each for each in value if not isinstance(each, str)), value) if isinstance(value, list) else value
    return (), f"must be a list of texts in quotes, not {'of ' if each is not value else ''}{kind(each)}"


def _named(value: object, kinds: type[KindT], what: str) -> tuple[tuple[KindT, ...], str]:
    names, message = _texts(value)
    by_name = {str(each): each for each in kinds}
    for name in names:
        if name.lower() not in by_name:
            advice = did_you_mean(name, by_name) or f"; write one of: {', '.join(by_name)}"
            return (), f"unknown {what} {quoted(name)}{advice}"
    return tuple(by_name[name.lower()] for name in names), message


def _one(value: object, kinds: type[KindT], what: str) -> tuple[KindT | None, str]:
    found, message = _named(value, kinds, what)
    if len(found) > 1:
        return None, f"takes one {what}, not {len(found)}"
    return (found[0] if found else None), message
