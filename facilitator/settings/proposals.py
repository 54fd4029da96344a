"""Where the rules come from by which drafts are proposed: those of the program, and the user's own."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from facilitator.intake.drafts import Signal
from facilitator.intake.sifting.proposal_values import Guard, Look, ProposalRule, ProposalRules
from facilitator.model.session import Milestone
from facilitator.settings.tables import KindT, Table, kinds, known_ids, line, slug, tables, texts, with_own, yes
from facilitator.settings.wording import Wrong, quoted

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


def all_rules(own: Sequence[ProposalRule] = (), silent: Iterable[str] = ()) -> ProposalRules:
    """Return the rules to propose by: the user's own, then those of the program, none whose id is `silent`.

    An own rule with the id of one of the program takes its place.
    """
    program = built_in()
    return msgspec.structs.replace(program, rules=with_own(program.rules, own, silent))


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
    return tables(value, "proposal", "rule", MOST, _rule)


def read_silent(value: object) -> tuple[tuple[str, ...], list[Wrong]]:
    """Return ids of rules to leave out, and what is wrong with them: only ids of the program's rules are right."""
    return known_ids(value, "rule", lambda: [rule.id for rule in built_in().rules])


def _rule(values: dict[str, Any]) -> tuple[ProposalRule | None, list[Wrong]]:
    table = Table(values, _KEYS)
    rule = ProposalRule(
        id=table.take("id", lambda value: slug(value, LONGEST, "game-day")),
        why=table.take("why", _why),
        weight=table.take("weight", _weight, 50),
        phrases=table.take("phrases", _phrases),
        unless=table.take("unless", _phrases),
        patterns=table.take("patterns", _patterns),
        links=table.take("links", _some),
        signals=table.take("signals", lambda value: kinds(value, Signal, "signal")),
        looks=table.take("looks", lambda value: _one(value, Look, "thing to look at")),
        milestone=table.take("milestone", lambda value: _one(value, Milestone, "milestone")),
        kinds=table.take("kinds", _some),
        even=table.take("even", lambda value: kinds(value, Guard, "guard")),
        near=table.take("near", yes, False),
        alarm=table.take("alarm", yes, False),
        change=table.take("change", yes, False),
    )
    if table.usable and not (rule.phrases or rule.patterns or rule.links or rule.signals or rule.looks):
        return None, [*table.wrong, ((), "a rule needs phrases, patterns, links, signals, or what it looks at")]
    return (rule if table.usable else None), table.wrong


def _why(value: object) -> tuple[str, str]:
    why, message = line(value, LONGEST)
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


def _some(value: object) -> tuple[tuple[str, ...], str]:
    found, message = texts(value)
    return (found, message) if len(found) <= MOST_PHRASES else ((), f"has more than {MOST_PHRASES} texts")


def _one(value: object, known: type[KindT], what: str) -> tuple[KindT | None, str]:
    found, message = kinds(value, known, what)
    if len(found) > 1:
        return None, f"takes one {what}, not {len(found)}"
    return (found[0] if found else None), message
