"""`facilitator rules`: every rule of the checks, with its reason and its source."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click
import msgspec

from facilitator.cli.options import examples, json_option
from facilitator.cli.output import emit, say
from facilitator.model.text import one_line

if TYPE_CHECKING:
    from facilitator.checks.rules import Rule


SHOWN = 2
"""How many patterns of a rule people are shown; programs get all."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as people and programs read it.

    `what` is what it points out, or `said` holds the patterns of words by which it is found; `why` is the reason.
    `question` is empty where it is made of what was found. `contexts` are those in which it counts, all when there are
    none. `own` is whether it is the user's, `silent` whether it is left out.
    """

    rule: str
    category: str
    what: str = ""
    said: tuple[str, ...] = ()
    why: str
    question: str = ""
    source: str = ""
    contexts: tuple[str, ...] = ()
    own: bool = False
    silent: bool = False


@click.command(
    "rules",
    epilog=examples(
        "facilitator rules",
        "facilitator rules --json | jq -r '.[] | select(.own).rule'",
    ),
)
@json_option
def command(*, as_json: bool) -> None:
    """List every rule of the checks by its category: its reason, its source, and whether it is yours or silenced.

    A rule is muted in a session with a key, in a document with a comment, and everywhere with silent_rules in the
    configuration, where you can add rules of your own, too.
    """
    rows = _rows()
    if as_json:
        emit(json.dumps([msgspec.structs.asdict(row) for row in rows], indent=2, ensure_ascii=False).encode() + b"\n")
        return
    for category, group in groupby(rows, key=lambda row: row.category):
        say(category)
        for row in group:
            for line in _lines(row):
                say(line)


def _rows() -> list[Row]:
    """Return the rules of language as the settings have them, then all others, by category."""
    from facilitator.checks.catalogue import RULES
    from facilitator.checks.finding import Category
    from facilitator.cli.checking import settings_told
    from facilitator.settings.rules import all_rules

    settings = settings_told()
    own = {rule.id for rule in settings.rule}
    silent = set(settings.silent_rules)
    rows = [_of_language(rule, own=rule.id in own, silent=rule.id in silent) for rule in all_rules(settings.rule)]
    rows += [
        Row(
            rule=each.id,
            category=each.category,
            what=each.name,
            why=each.why,
            source=each.source,
            silent=each.id in silent,
        )
        for each in RULES
    ]
    places = {str(category): place for place, category in enumerate(Category)}
    return sorted(rows, key=lambda row: places[row.category])


def _of_language(rule: "Rule", *, own: bool, silent: bool) -> Row:
    return Row(
        rule=rule.id,
        category=rule.category,
        said=rule.said,
        why=rule.why,
        question=rule.question,
        source=rule.source,
        contexts=tuple(rule.contexts),
        own=own,
        silent=silent,
    )


def _lines(row: Row) -> Iterator[str]:
    marks = ", ".join(mark for mark, is_so in (("yours", row.own), ("silenced", row.silent)) if is_so)
    yield f"  {one_line(row.rule)}{f' ({marks})' if marks else ''}"
    said = " | ".join(row.said[:SHOWN]) + (" | ..." if len(row.said) > SHOWN else "")
    for label, text in (
        ("", row.what),
        ("words: ", said),
        ("why: ", row.why),
        ("ask: ", row.question),
        ("source: ", row.source),
    ):
        if text:
            yield f"    {label}{one_line(text)}"
