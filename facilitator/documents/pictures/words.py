"""What is said in the pictures, and beside the nodes, in words."""

from collections.abc import Sequence

from facilitator.documents.references import refer
from facilitator.model.closing import Coverage
from facilitator.model.cutsets import TooMany
from facilitator.model.session import Confidence, Session, Why

NOTHING_SAID = "…"
"""What stands for a text that is empty."""

JOINS = {"AND": "all of these together", "OR": "any one of these is enough"}


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun ("1 path", "12 paths")."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def factor_names(session: Session) -> dict[str, str]:
    """Return the names of the factors that each why was made into ("F2, F3"), by the id of the why."""
    names = refer(session).factor_by_id
    found: dict[str, list[str]] = {}
    for factor in session.factors:
        for why_id in dict.fromkeys(factor.whys):
            found.setdefault(why_id, []).append(names[factor.id])
    return {why_id: ", ".join(each) for why_id, each in found.items()}


def remarks(why: Why, factors: dict[str, str]) -> str:
    """Return what is known about an answer beside its text ("F3 · likely · actionable")."""
    doubt = why.confidence if why.confidence in (Confidence.LIKELY, Confidence.POSSIBLE) else ""
    said = (factors.get(why.id, ""), doubt, why.end or "")
    return " · ".join(each for each in said if each)


def facts(found: Coverage | TooMany) -> list[str]:
    """Return what is known about the paths to an effect, as sentences."""
    if isinstance(found, TooMany):
        alone = len(found.single_points)
        many = "Too many paths lead here to be counted"
        return [f"{many}, {alone:,} of a condition that is enough alone." if alone else f"{many}."]
    paths = found.planned.paths.sets
    if not paths:
        return []
    return [_lead(paths, len(found.planned.paths.single_points)), *_closed(found, len(paths))]


def _lead(paths: Sequence[tuple[int, ...]], alone: int) -> str:
    if len(paths) == 1:
        return (
            "One condition is enough alone."
            if alone
            else f"One path leads here, of {len(paths[0]):,} conditions together."
        )
    if alone:
        return f"{len(paths):,} paths lead here, {alone:,} of a condition that is enough alone."
    return f"{len(paths):,} paths lead here; the shortest is of {len(paths[0]):,} conditions together."


def _closed(found: Coverage, total: int) -> list[str]:
    actions, closed, done = len(found.planned.within), len(found.planned.closed), len(found.done)
    if not actions:
        return []
    with_these = f"With {counted(actions, 'action')},"
    if total > 1:
        so_far = f", {done:,} of them by what is done" if closed else ""
        said = f"{with_these} {closed:,} of {total:,} paths are closed{so_far}."
    elif closed:
        said = f"{with_these} the path is closed, {'already' if done else 'but not yet'} by what is done."
    else:
        said = f"{with_these} the path stays open."
    longer = found.planned.longer
    if isinstance(longer, TooMany):
        return [said, "Longer paths past what is closed may remain; they are not counted."]
    return (
        [said, f"{counted(len(longer.sets), 'longer path')} past what is closed would remain."]
        if longer.sets
        else [said]
    )
