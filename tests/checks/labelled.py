"""Rules and findings for the tests of blame language."""

from functools import lru_cache
from pathlib import Path

from facilitator.checks.compiled import Rules, compiled
from facilitator.checks.finding import Finding
from facilitator.checks.language import NOBODY, Context, People, findings
from facilitator.settings.rules import built_in

TWINS = Path(__file__).with_name("twins.md")
OTHER_TRADES = Path(__file__).with_name("other_trades.md")
SENTENCES = Path(__file__).parents[3] / "shared" / "data" / "language" / "sentences.jsonl"


@lru_cache(maxsize=1)
def rules() -> Rules:
    return compiled(built_in())


def found(text: str, context: str = "lesson", people: People = NOBODY) -> tuple[Finding, ...]:
    return findings(text, Context(context), rules(), people)


def categories(text: str, context: str = "lesson", people: People = NOBODY) -> set[str]:
    return {str(each.category) for each in found(text, context, people)}


def twins(table: Path = TWINS) -> list[tuple[str, frozenset[str], str, str]]:
    """Return the rows of the table: the context, the categories that are right, the blame, and its twin."""
    rows = [
        line.strip("| ").split(" | ") for line in table.read_text(encoding="utf-8").splitlines() if line[:2] == "| "
    ]
    return [
        (context, frozenset(names.split("+")), blame, twin)
        for context, names, blame, twin in rows
        if context != "context"
    ]
