"""The phases of a postmortem, and what each still lacks in a session."""

from collections.abc import Callable
from enum import StrEnum

from facilitator.model.edits import children
from facilitator.model.links import factors_without_action
from facilitator.model.session import ActionStatus, LessonKind, Milestone, Session


class Phase(StrEnum):
    """A step of the agenda, in the order in which a meeting takes them."""

    INCIDENT = "Incident"
    TIMELINE = "Timeline"
    RESPONSE = "Detection & response"
    WHYS = "Whys"
    FACTORS = "Factors"
    LESSONS = "Lessons"
    ACTIONS = "Actions"
    DOCUMENT = "Document"


def lacks(session: Session, phase: Phase) -> tuple[str, ...]:
    """Return what a phase still lacks, each a short noun phrase ("a severity"); nothing when it is complete."""
    return tuple(_LACKS[phase](session))


def count(session: Session, phase: Phase) -> int | None:
    """Return how many items a phase holds, or None for a phase that is a form and not a list."""
    lists: dict[Phase, int] = {
        Phase.TIMELINE: len(session.timeline),
        Phase.WHYS: len(session.whys),
        Phase.FACTORS: len(session.factors),
        Phase.LESSONS: len(session.lessons),
        Phase.ACTIONS: len(session.actions),
    }
    return lists.get(phase)


def _incident(session: Session) -> list[str]:
    wanted = (
        (session.severity, "a severity"),
        (session.services, "the services"),
        (session.summary, "a summary"),
        (session.impact.prose or session.impact.users is not None, "the impact"),
        (session.facilitator, "a facilitator"),
        (session.authors, "an author"),
    )
    return [name for value, name in wanted if not value]


def _timeline(session: Session) -> list[str]:
    if not session.timeline:
        return ["entries"]
    marked = {milestone for entry in session.timeline for milestone in entry.milestones}
    return [f"the milestone {each}" for each in Milestone if each not in marked and each is not Milestone.MITIGATED]


def _response(session: Session) -> list[str]:
    kinds = {note.kind for note in session.response_notes}
    wanted = (
        (session.detection.source, "how it was detected"),
        ("well" in kinds, "what went well"),
        ("harder" in kinds, "what was harder than expected"),
    )
    return [name for value, name in wanted if not value]


def _whys(session: Session) -> list[str]:
    effects = children(session, None)
    if not effects:
        return ["an effect to ask about"]
    return [] if any(children(session, effect.id) for effect in effects) else ["a first answer"]


def _factors(session: Session) -> list[str]:
    missing = []
    if not session.factors:
        missing.append("contributing factors")
    if not session.trigger:
        missing.append("the trigger")
    if not any(factor.root_cause for factor in session.factors):
        missing.append("a root cause")
    return missing


def _lessons(session: Session) -> list[str]:
    names = {
        LessonKind.WELL: "what went well",
        LessonKind.WRONG: "what went wrong",
        LessonKind.LUCKY: "where luck helped",
    }
    kinds = {lesson.kind for lesson in session.lessons}
    return [name for kind, name in names.items() if kind not in kinds]


def _actions(session: Session) -> list[str]:
    if not session.actions:
        return ["actions"]
    wanted = [action for action in session.actions if action.status is not ActionStatus.WONT_DO]
    missing = []
    for field, name in (("owner", "an owner"), ("due", "a due date")):
        number = sum(1 for action in wanted if not getattr(action, field))
        if number:
            missing.append(f"{name} for {number} action{'s' if number > 1 else ''}")
    uncovered = len(factors_without_action(session))
    if uncovered:
        missing.append(f"an action for {uncovered} factor{'s' if uncovered > 1 else ''}")
    return missing


def _document(session: Session) -> list[str]:
    return [str(phase) for phase in Phase if phase is not Phase.DOCUMENT and _LACKS[phase](session)]


_LACKS: dict[Phase, Callable[[Session], list[str]]] = {
    Phase.INCIDENT: _incident,
    Phase.TIMELINE: _timeline,
    Phase.RESPONSE: _response,
    Phase.WHYS: _whys,
    Phase.FACTORS: _factors,
    Phase.LESSONS: _lessons,
    Phase.ACTIONS: _actions,
    Phase.DOCUMENT: _document,
}
