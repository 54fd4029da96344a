"""The preview of a session beside the list: what happened, how long it took, and what is still to do."""

from textual.content import Content

from facilitator.app.drawing import content
from facilitator.model.metrics import Measured, Metric, measure, told
from facilitator.model.phases import Phase, lacks
from facilitator.model.session import ActionStatus, Session

_LONGEST = 600


def preview(session: Session) -> Content:
    """Return what the home screen shows of a session."""
    lines = [content(session.title, "bold")]
    facts = [str(each) for each in (session.severity, session.status, ", ".join(session.services)) if each]
    lines += [content("  ".join(facts), "$secondary"), Content("")]
    if session.summary:
        text = session.summary if len(session.summary) <= _LONGEST else f"{session.summary[:_LONGEST]}…"
        lines += [content(text), Content("")]
    measured = ((metric, measure(session, metric)) for metric in Metric)
    lines += [
        Content.assemble((f"{metric:<10}", "$secondary"), content(told(each)))
        for metric, each in measured
        if isinstance(each, Measured)
    ]
    pending = [each for each in session.actions if each.status in (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)]
    if session.actions:
        lines += [Content(""), content(f"{len(pending)} of {len(session.actions)} actions open", "$secondary")]
        lines += [content(f"○ {each.text}") for each in pending[:5]]
    missing = [str(phase) for phase in Phase if phase is not Phase.DOCUMENT and lacks(session, phase)]
    if missing:
        lines += [Content(""), content("Still lacking in", "$secondary"), content(", ".join(missing))]
    return Content("\n").join(lines)
