"""Contributing factors, with those that kept it from being worse apart, and what each is linked to."""

from facilitator.app.panels.form import field_row
from facilitator.app.panels.labels import label, links_of
from facilitator.app.panels.panel import Panel
from facilitator.app.rows import Line, Row, Tone, heading
from facilitator.capture.fields import fields
from facilitator.model.edits import find
from facilitator.model.links import factors_without_action
from facilitator.model.phases import Phase
from facilitator.model.session import Factor, Session

_PRESENT: dict[bool | None, str] = {True: "still present", False: "gone since"}
_SEEN: dict[bool | None, str] = {True: "seen before", False: "not seen before"}

NEW_FACTOR = "new-factor"
"""The key of the row on which the mark stands before there is a factor."""


def factor_rows(session: Session) -> list[Row]:
    """Return the trigger and the resolution, the factors with how far they are covered, and the mitigators."""
    uncovered = {factor.id for factor in factors_without_action(session)}
    addressed = {factor for action in session.actions for factor in action.factors}
    rows = [heading("What set it off, what ended it", first=True)]
    rows += [field_row(field, session) for field in fields(Phase.FACTORS)]
    factors = [each for each in session.factors if not each.mitigator]
    rows.append(heading(f"What made it possible{_coverage(len(factors), len(uncovered))}"))
    rows += [_row(session, each, _answered(each, uncovered, addressed)) for each in factors]
    rows.append(Row(NEW_FACTOR, "a condition, never a person", lead="", mark="+", tone=Tone.MUTED))
    if any(each.mitigator for each in session.factors):
        rows.append(heading("What kept it from being worse"))
        rows += [_row(session, each, "") for each in session.factors if each.mitigator]
    return rows


def _coverage(factors: int, uncovered: int) -> str:
    if not factors:
        return ""
    covered = f"{uncovered} of {factors} without an action" if uncovered else "all have an action or a decision"
    return f" · {covered}"


def _answered(factor: Factor, uncovered: set[str], addressed: set[str]) -> str:
    if factor.id in uncovered:
        return "no action yet"
    return "decided not to act" if factor.no_action and factor.id not in addressed else ""


def _row(session: Session, factor: Factor, answered: str) -> Row:
    facts = (factor.role, factor.category, "root cause" if factor.root_cause else "", answered)
    return Row(
        factor.id,
        factor.text,
        lead=label(session, factor),
        mark="◆" if factor.root_cause else " ",
        tail=", ".join(fact for fact in facts if fact),
    )


def _focus(session: Session, key: str) -> tuple[Line, ...]:
    factor = find(session, key)
    if not isinstance(factor, Factor):
        return ()
    known = (_PRESENT.get(factor.present), _SEEN.get(factor.seen_before))
    said = ", ".join(each for each in known if each)
    lines = [Line(said)] if said else []
    if factor.no_action:
        lines.append(Line(f"not acted on: {factor.no_action}"))
    return (*lines, *links_of(session, key))


FACTORS = Panel(
    rows=factor_rows,
    invitation="type a contributing factor  #testing",
    focus=_focus,
    fields=fields(Phase.FACTORS),
)
