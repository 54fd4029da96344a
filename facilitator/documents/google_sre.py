"""The document in the sections of the Google SRE postmortem template, as Markdown."""

from facilitator.documents.escape import block, broken, inline, link
from facilitator.documents.layout import bullets, section, stacked
from facilitator.documents.markdown import UNTITLED
from facilitator.documents.references import References, refer
from facilitator.documents.sections.detection import detection
from facilitator.documents.sections.header import when
from facilitator.documents.sections.impact import impact
from facilitator.documents.sections.lessons import lessons
from facilitator.documents.sections.timeline import timeline
from facilitator.documents.tables import table
from facilitator.model.clocks import day
from facilitator.model.metrics import incident_day
from facilitator.model.session import Action, ActionStatus, Session
from facilitator.model.text import handle


def google_sre(session: Session) -> str:
    """Return the session in the order of the template: summary, impact, causes, trigger, resolution, ... timeline.

    A section that would be empty is left out.
    """
    names = refer(session)
    document = (
        f"# {_heading(session, names)}",
        _byline(session, names),
        section("Summary", block(session.summary)),
        section("Impact", impact(session.impact)),
        section("Root Causes", _causes(session)),
        section("Trigger", block(session.trigger)),
        section("Resolution", block(session.resolution)),
        section("Detection", detection(session, names)),
        section("Action Items", _actions(session)),
        section("Lessons Learned", lessons(session)),
        section("Timeline", timeline(session, names)),
    )
    return stacked(document) + "\n"


def _heading(session: Session, names: References) -> str:
    subject = ", ".join(name for each in session.services if (name := inline(each))) or inline(session.title)
    start = incident_day(session)
    date = f" on {day(start, names.zone, year=True)}" if start else ""
    return f"Postmortem for {subject}{date}" if subject else UNTITLED


def _byline(session: Session, names: References) -> str:
    """Return what the template has no section for but every reader asks first."""
    title = inline(session.title) if session.services else ""
    facts = (session.severity or "", when(session, names), f"Status: {session.status}", _authors(session))
    return broken([line for line in (title and f"**{title}**", " · ".join(fact for fact in facts if fact)) if line])


def _authors(session: Session) -> str:
    authors = ", ".join(name for each in session.authors if (name := inline(each)))
    return f"Authors: {authors}" if authors else ""


def _causes(session: Session) -> str:
    """Return the root causes, and the other contributing factors below them."""
    roots = [factor for factor in session.factors if factor.root_cause]
    others = [factor for factor in session.factors if not factor.root_cause and not factor.mitigator]
    listed = bullets(inline(factor.text) for factor in others)
    return stacked(
        (
            inline(roots[0].text) if len(roots) == 1 else bullets(inline(factor.text) for factor in roots),
            "Contributing factors:" if listed and roots else "",
            listed,
        )
    )


def _actions(session: Session) -> str:
    headings = ("Action Item", "Type", "Priority", "Bug", "Owner")
    return table(headings, [_action(each) for each in session.actions if each.status is not ActionStatus.WONT_DO])


def _action(action: Action) -> tuple[str, ...]:
    ticket = link(action.ticket)
    bug = f"{ticket or 'n/a'} **DONE**" if action.status is ActionStatus.DONE else ticket
    return inline(action.text), action.type or "", action.priority or "", bug, handle(inline(action.owner))
