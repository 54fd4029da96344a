"""Contributing factors, what kept it from being worse, and the root causes."""

from facilitator.documents.escape import inline
from facilitator.documents.layout import bullets, noted
from facilitator.documents.references import References
from facilitator.documents.tables import table
from facilitator.model.session import Factor, Session
from facilitator.model.text import one_line


def contributing_factors(session: Session, references: References) -> str:
    """Return the numbered factors with category, what each did, evidence and the actions that address it.

    Columns in which nothing is said are left out.
    """
    return table(
        ("#", "Contributing factor", "Category", "Role", "Still present", "Seen before", "Evidence", "Actions"),
        [
            (
                name,
                inline(factor.text),
                inline(factor.category),
                factor.role or "",
                _YES_OR_NO[factor.present],
                _YES_OR_NO[factor.seen_before],
                references.seen_at(factor.evidence),
                _answered(factor, references),
            )
            for factor, name in zip(session.factors, references.factors, strict=True)
            if not factor.mitigator
        ],
    )


def mitigators(session: Session, references: References) -> str:
    """Return what kept it from being worse, as a list; numbered where an action or the paths may refer to it."""
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


def _answered(factor: Factor, references: References) -> str:
    actions = references.addressing(factor.id)
    reason = inline(one_line(factor.no_action))
    if not reason:
        return actions
    decided = f"not acted on: {reason}"
    return f"{actions}; {decided}" if actions else decided


_YES_OR_NO: dict[bool | None, str] = {None: "", True: "yes", False: "no"}


def _mitigator(factor: Factor, name: str, references: References) -> str:
    seen = references.seen_at(factor.evidence)
    actions = references.addressing(factor.id)
    linked = f"{name}, addressed by {actions}" if actions else (name if factor.whys else "")
    return noted(inline(factor.text), (inline(factor.category), seen and f"see {seen}", linked))
