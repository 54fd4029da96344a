"""What is said in the pictures, and beside the nodes, in words."""

from facilitator.documents.references import refer
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
