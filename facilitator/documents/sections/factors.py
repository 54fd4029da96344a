"""Contributing factors, what kept it from being worse, and the root causes."""

from facilitator.documents.escape import inline
from facilitator.documents.layout import bullets, noted
from facilitator.documents.references import References
from facilitator.documents.tables import table
from facilitator.model.session import Factor, Session


def contributing_factors(session: Session, references: References) -> str:
    """Return the numbered factors with category, evidence and the actions that address each."""
    return table(
        ("#", "Contributing factor", "Category", "Evidence", "Actions"),
        [
            (
                name,
                inline(factor.text),
                inline(factor.category),
                references.seen_at(factor.evidence),
                references.addressing(factor.id),
            )
            for factor, name in zip(session.factors, references.factors, strict=True)
            if not factor.mitigator
        ],
    )


def mitigators(session: Session, references: References) -> str:
    """Return what kept it from being worse, as a list; numbered only where an action refers to it."""
    return bullets(
        _mitigator(factor, name, references)
        for factor, name in zip(session.factors, references.factors, strict=True)
        if factor.mitigator
    )


def root_causes(session: Session, references: References) -> str:
    """Return the factors that are root causes: a paragraph when there is one, a list when there are several."""
    said = [
        noted(inline(factor.text), (name,))
        for factor, name in zip(session.factors, references.factors, strict=True)
        if factor.root_cause
    ]
    return said[0] if len(said) == 1 else bullets(said)


def _mitigator(factor: Factor, name: str, references: References) -> str:
    seen = references.seen_at(factor.evidence)
    actions = references.addressing(factor.id)
    linked = f"{name}, addressed by {actions}" if actions else ""
    return noted(inline(factor.text), (inline(factor.category), seen and f"see {seen}", linked))
