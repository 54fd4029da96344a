"""The document in the nine sections of a postmortem, as Markdown."""

from facilitator.documents.escape import block, inline
from facilitator.documents.layout import section, stacked
from facilitator.documents.pictures.figures import FIGURES, Show, fenced
from facilitator.documents.references import Mark, refer, unmarked
from facilitator.documents.sections.accounts import as_told
from facilitator.documents.sections.actions import actions, questions
from facilitator.documents.sections.detection import detection, response
from facilitator.documents.sections.factors import contributing_factors, mitigators, precedents, root_causes
from facilitator.documents.sections.header import header
from facilitator.documents.sections.impact import impact
from facilitator.documents.sections.lessons import lessons
from facilitator.documents.sections.paths import paths_to_effects
from facilitator.documents.sections.publication import approvals, corrections
from facilitator.documents.sections.timeline import timeline
from facilitator.documents.sections.whytree import whytree
from facilitator.model.private import published
from facilitator.model.session import Session

UNTITLED = "Untitled postmortem"


def markdown(session: Session, show: Show = fenced, mark: Mark = unmarked) -> str:
    """Return the session as Markdown in the nine sections of the template, then open questions, approvals, corrections.

    A section that would be empty is left out. The parking lot is working material and is not published, and neither is
    what is private. `show` says how figures are shown; whatever they say is in the text too. `mark` gives what
    follows the words of each item, such as a comment with its id.
    """
    session = published(session)
    names = refer(session, mark)

    analysis = (
        section("Trigger", block(session.trigger), level=3),
        section("Five whys", whytree(session, names), show(FIGURES["whys"], session), level=3),
        section(
            "Contributing factors",
            contributing_factors(session, names),
            show(FIGURES["fishbone"], session),
            level=3,
        ),
        section(
            "What was enough for it",
            paths_to_effects(session),
            show(FIGURES["fault-tree"], session),
            level=3,
        ),
        section("What kept it from being worse", mitigators(session, names), level=3),
        section(_root_cause_heading(session), root_causes(session, names), level=3),
        section("Seen before", precedents(session, names), level=3),
    )
    document = (
        f"# {inline(session.title) or UNTITLED}",
        header(session, names),
        section("Incident summary", block(session.summary)),
        section("Impact", impact(session.impact)),
        section("Timeline", timeline(session, names), show(FIGURES["timeline"], session), as_told(session, names)),
        section("Root cause analysis", *analysis),
        section("Detection", detection(session, names)),
        section("Response", response(session, names)),
        section("Lessons learned", lessons(session, mark)),
        section("Action items", actions(session, names)),
        section("Open questions", questions(session, mark)),
        section("Approvals", approvals(session, names)),
        section("Corrections", corrections(session, names)),
    )
    return stacked(document) + "\n"


def _root_cause_heading(session: Session) -> str:
    return "Root causes" if sum(factor.root_cause for factor in session.factors) > 1 else "Root cause"
