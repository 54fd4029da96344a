"""Contributing factors, what kept it from being worse, the root causes, and earlier incidents that were like it."""

from facilitator.documents.escape import inline
from facilitator.documents.layout import bullets, noted
from facilitator.documents.references import References
from facilitator.documents.tables import table
from facilitator.model.precedents import met_in
from facilitator.model.session import Factor, Session
from facilitator.model.text import one_line


def contributing_factors(session: Session, references: References) -> str:
    """Return the numbered factors with category, what each did, evidence and the actions that address it.

    Columns in which nothing is said are left out.
    """
    shown = [
        (factor, name) for factor, name in zip(session.factors, references.factors, strict=True) if not factor.mitigator
    ]
    return table(
        ("#", "Contributing factor", "Category", "Role", "Still present", "Seen before", "Evidence", "Actions"),
        [
            (
                name,
                inline(factor.text),
                inline(factor.category),
                factor.role or "",
                _YES_OR_NO[factor.present],
                _seen_before(factor, session),
                references.seen_at(factor.evidence),
                _answered(factor, references),
            )
            for factor, name in shown
        ],
        [references.mark(factor.id) for factor, _ in shown],
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
        noted(inline(factor.text), (name,)) + references.mark(factor.id)
        for factor, name in zip(session.factors, references.factors, strict=True)
        if factor.root_cause
    ]
    return said[0] if len(said) == 1 else bullets(said)


def precedents(session: Session, references: References) -> str:
    """Return the earlier incidents that this one is like, the newest first, with the factors that were met in them.

    Each has the id of its session, by which it is found in the library.
    """
    newest = sorted(session.precedents, key=lambda each: (each.day.isoformat() if each.day else "", each.id))[::-1]
    return bullets(
        noted(
            f"{each.day}: {inline(each.text)}" if each.day else inline(each.text),
            (references.addressed(each.factors), f"session {inline(each.session)}" if each.session else ""),
        )
        for each in newest
    )


def _seen_before(factor: Factor, session: Session) -> str:
    """Return whether a factor was seen before, and on which days."""
    days = ", ".join(dict.fromkeys(str(each.day) for each in met_in(session, factor) if each.day))
    return f"yes: {days}" if days and factor.seen_before is not False else _YES_OR_NO[factor.seen_before]


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
    said = noted(inline(factor.text), (inline(factor.category), seen and f"see {seen}", linked))
    return said + references.mark(factor.id) if said else ""
