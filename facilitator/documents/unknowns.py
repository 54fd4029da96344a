"""What is not known yet, as questions for people to think about before a meeting; explanations are not among them."""

from collections.abc import Iterator

from facilitator.documents.escape import inline
from facilitator.documents.layout import bullets
from facilitator.documents.references import References
from facilitator.documents.short_timeline import gaps
from facilitator.model.metrics import milestone_moment, spoken, window
from facilitator.model.session import BranchEnd, Milestone, Session, Why
from facilitator.model.text import one_line

MOST_ANSWERS = 5
"""How many places of the why tree are told where answers are missing."""


def unknowns(session: Session, references: References) -> str:
    """Return a list of questions: about gaps, milestones, detection, impact, trigger, and effects without an answer."""
    return bullets((*_times(session, references), *_facts(session), *_answers(session)))


def _times(session: Session, references: References) -> Iterator[str]:
    start, end = window(session)
    if start is None:
        yield "When did it begin, and what told somebody so?"
    for gap in gaps(session):
        before, after = (references.time(session.timeline[each].at) for each in (gap.after - 1, gap.after))
        yield f"What happened between {before} and {after} ({spoken(gap.span)})?"
    if milestone_moment(session, Milestone.DETECTED) is None:
        yield "When was it first noticed?"
    if end is None:
        yield "When was it over, and how was that known?"


def _facts(session: Session) -> Iterator[str]:
    if session.detection.source is None and not one_line(session.detection.prose):
        yield "How was it noticed, and what could have shown it sooner?"
    if session.impact.users is None and not one_line(session.impact.prose):
        yield "What did people outside notice of it, and how many of them?"
    if not one_line(session.trigger):
        yield "What set it off?"


def _answers(session: Session) -> Iterator[str]:
    """Return effects that nobody has answered yet, and branches that end in the unknown about which nobody asks."""
    answered = {why.parent for why in session.whys}
    asked = {question.about for question in session.questions}
    left = [why for why in session.whys if why.id not in answered and _is_open(why, asked)]
    for why in left[:MOST_ANSWERS]:
        yield f"What made this possible: {inline(why.text)}"
    if len(left) > MOST_ANSWERS:
        yield f"and {len(left) - MOST_ANSWERS} more"


def _is_open(why: Why, asked: set[str]) -> bool:
    return why.parent is None or (why.end is BranchEnd.UNKNOWN and why.id not in asked)
