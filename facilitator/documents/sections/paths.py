"""The paths to each effect: the conditions, which of them are needed together, and what closes each path."""

from collections.abc import Iterator

from facilitator.documents.escape import broken, inline
from facilitator.documents.layout import bullets, noted, stacked
from facilitator.documents.paths import RULE, Condition, Paths, paths
from facilitator.documents.paths_told import cuts_told, facts, needed
from facilitator.documents.tables import table
from facilitator.model.session import Session


def paths_to_effects(session: Session) -> str:
    """Return what a path is, and for each effect with answers its conditions, its paths and what cuts them."""
    found = paths(session)
    return stacked((RULE if found else "", *(block for each in found for block in _blocks(each))))


def _blocks(found: Paths) -> Iterator[str]:
    yield f"**Effect:** {inline(found.effect)}"
    yield " ".join(facts(found))
    yield bullets((*(_condition(each) for each in found.conditions), _more(found.more_conditions)))
    if found.total is not None and found.total > 1:
        rows = [(f"{number}", needed(path.conditions), path.closed_by) for number, path in enumerate(found.paths, 1)]
        yield table(("Path", "Conditions, all of them needed", "Closed by"), rows)
        yield _more(found.total - len(rows), "paths")
    if cuts := cuts_told(found, name_paths=True):
        yield broken(cuts)


def _condition(condition: Condition) -> str:
    return noted(f"**{condition.name}:** {inline(condition.text)}", ("enough alone" if condition.single else "",))


def _more(number: int, what: str = "") -> str:
    return f"and {number:,} more {what}".rstrip() if number else ""
