"""The phases of a postmortem, and what each still lacks in a session."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from facilitator.model.links import factors_without_action
from facilitator.model.session import Action, ActionStatus, LessonKind, Milestone, ResponseKind, Session


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


class Wanted(msgspec.Struct, frozen=True):
    """Something without which a phase is not complete, and whether it is there.

    `name` is a short noun phrase ("a severity"); `key` the path of its field, or a name of what is wanted in a list
    ("milestone.start"). What comes `later` matters only when the first thing that the phase wants is there.
    """

    name: str
    key: str
    there: bool
    later: bool = False


def wanted(session: Session, phase: Phase) -> tuple[Wanted, ...]:
    """Return all that a phase is not complete without, in the order of its panel. The document wants the phases."""
    return tuple(_WANTED[phase](session))


def lacks(session: Session, phase: Phase) -> tuple[str, ...]:
    """Return what a phase still lacks, each a short noun phrase ("a severity"); nothing when it is complete."""
    first, *rest = wanted(session, phase)
    return tuple(each.name for each in (first, *rest) if not each.there and (first.there or not each.later))


def actions_without(session: Session, field: str) -> tuple[Action, ...]:
    """Return the actions in which a field is empty, such as "owner"; but for those that won't be done."""
    return tuple(
        each for each in session.actions if each.status is not ActionStatus.WONT_DO and not getattr(each, field)
    )


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


def _incident(session: Session) -> list[Wanted]:
    impact = session.impact
    return [
        Wanted("a severity", "severity", session.severity is not None),
        Wanted("the services", "services", bool(session.services)),
        Wanted("a summary", "summary", bool(session.summary)),
        Wanted("the impact", "impact.prose", bool(impact.prose) or impact.users is not None),
        Wanted("a facilitator", "facilitator", bool(session.facilitator)),
        Wanted("an author", "authors", bool(session.authors)),
    ]


def _timeline(session: Session) -> list[Wanted]:
    marked = {milestone for entry in session.timeline for milestone in entry.milestones}
    return [
        Wanted("entries", "entries", bool(session.timeline)),
        *(
            Wanted(f"the milestone {each}", f"milestone.{each}", each in marked, later=True)
            for each in Milestone
            if each is not Milestone.MITIGATED
        ),
    ]


def _response(session: Session) -> list[Wanted]:
    kinds = {note.kind for note in session.response_notes}
    return [
        Wanted("how it was detected", "detection.source", session.detection.source is not None),
        Wanted("what went well", "well", ResponseKind.WELL in kinds),
        Wanted("what was harder than expected", "harder", ResponseKind.HARDER in kinds),
    ]


def _whys(session: Session) -> list[Wanted]:
    effects = {why.id for why in session.whys if why.parent is None}
    answered = any(why.parent in effects for why in session.whys)
    return [
        Wanted("an effect to ask about", "effect", bool(effects)),
        Wanted("a first answer", "answer", answered, later=True),
    ]


def _factors(session: Session) -> list[Wanted]:
    return [
        Wanted("contributing factors", "factors", bool(session.factors)),
        Wanted("the trigger", "trigger", bool(session.trigger)),
        Wanted("a root cause", "root", any(factor.root_cause for factor in session.factors)),
    ]


def _lessons(session: Session) -> list[Wanted]:
    names = {
        LessonKind.WELL: "what went well",
        LessonKind.WRONG: "what went wrong",
        LessonKind.LUCKY: "where luck helped",
    }
    kinds = {lesson.kind for lesson in session.lessons}
    return [Wanted(name, str(kind), kind in kinds) for kind, name in names.items()]


def _actions(session: Session) -> list[Wanted]:
    numbers = (
        ("an owner", "action", "owner", len(actions_without(session, "owner"))),
        ("a due date", "action", "due", len(actions_without(session, "due"))),
        ("an action", "factor", "action", len(factors_without_action(session))),
    )
    return [
        Wanted("actions", "actions", bool(session.actions)),
        *(
            Wanted(f"{name} for {number} {what}{'s' if number > 1 else ''}", key, not number, later=True)
            for name, what, key, number in numbers
        ),
    ]


def _document(session: Session) -> list[Wanted]:
    return [Wanted(str(phase), str(phase), not lacks(session, phase)) for phase in Phase if phase is not Phase.DOCUMENT]


_WANTED: dict[Phase, Callable[[Session], list[Wanted]]] = {
    Phase.INCIDENT: _incident,
    Phase.TIMELINE: _timeline,
    Phase.RESPONSE: _response,
    Phase.WHYS: _whys,
    Phase.FACTORS: _factors,
    Phase.LESSONS: _lessons,
    Phase.ACTIONS: _actions,
    Phase.DOCUMENT: _document,
}
