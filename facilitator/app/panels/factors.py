"""Contributing factors, with those that kept it from being worse apart, and what each is linked to."""

from facilitator.app.panels.form import field_row
from facilitator.app.panels.labels import label, links_of
from facilitator.app.panels.panel import Panel
from facilitator.app.rows import Row, Tone, heading
from facilitator.capture.fields import fields
from facilitator.model.links import factors_without_action
from facilitator.model.phases import Phase
from facilitator.model.session import Factor, Session

NEW_FACTOR = "new-factor"
"""The key of the row on which the mark stands before there is a factor."""


def factor_rows(session: Session) -> list[Row]:
    """Return the trigger and the resolution, the factors, and the mitigators."""
    uncovered = {factor.id for factor in factors_without_action(session)}
    rows = [heading("What set it off, what ended it", first=True)]
    rows += [field_row(field, session) for field in fields(Phase.FACTORS)]
    rows.append(heading("What made it possible"))
    rows += [_row(session, each, uncovered=each.id in uncovered) for each in session.factors if not each.mitigator]
    rows.append(Row(NEW_FACTOR, "a condition, never a person", lead="", mark="+", tone=Tone.MUTED))
    if any(each.mitigator for each in session.factors):
        rows.append(heading("What kept it from being worse"))
        rows += [_row(session, each, uncovered=False) for each in session.factors if each.mitigator]
    return rows


def _row(session: Session, factor: Factor, *, uncovered: bool) -> Row:
    facts = (factor.category, "root cause" if factor.root_cause else "", "no action yet" if uncovered else "")
    return Row(
        factor.id,
        factor.text,
        lead=label(session, factor),
        mark="◆" if factor.root_cause else " ",
        tail=", ".join(fact for fact in facts if fact),
    )


FACTORS = Panel(
    rows=factor_rows,
    invitation="type a contributing factor  #testing",
    focus=links_of,
    fields=fields(Phase.FACTORS),
)
