"""The plain lists: lessons, actions, and what was parked or left open."""

from facilitator.app.panels.labels import links_of
from facilitator.app.panels.panel import Panel
from facilitator.app.rows import Line, Row, Tone, heading
from facilitator.model.edits import find
from facilitator.model.outcomes import done_on
from facilitator.model.session import Action, ActionStatus, LessonKind, Parked, Question, Session
from facilitator.model.text import handle

_LESSONS = (
    (LessonKind.WELL, "What went well", "+"),
    (LessonKind.WRONG, "What went wrong", "-"),
    (LessonKind.LUCKY, "Where we got lucky", "!"),
)
STATES = {ActionStatus.OPEN: "○", ActionStatus.IN_PROGRESS: "◐", ActionStatus.DONE: "●", ActionStatus.WONT_DO: "×"}
"""The sign of how far an action is."""


def lesson_rows(session: Session) -> list[Row]:
    """Return the three lists of lessons."""
    rows: list[Row] = []
    for kind, title, mark in _LESSONS:
        rows.append(heading(title, first=not rows))
        lessons = [lesson for lesson in session.lessons if lesson.kind is kind]
        rows += [Row(lesson.id, lesson.text, mark=mark, tail=lesson.area or "") for lesson in lessons]
        if not lessons:
            rows.append(Row("", f"type {mark} and a sentence", tone=Tone.MUTED))
    return rows


def action_rows(session: Session) -> list[Row]:
    """Return the actions with owner, due date, priority, ticket, type and status."""
    known = {factor.id for factor in session.factors}
    return [
        _action_row(number, action, linked=not known or not known.isdisjoint(action.factors))
        for number, action in enumerate(session.actions, 1)
    ]


def _action_row(number: int, action: Action, *, linked: bool) -> Row:
    due = f"{action.due:%b} {action.due.day}" if action.due else "no due date"
    facts = (
        handle(action.owner) or "no owner",
        due,
        action.priority,
        action.ticket,
        action.type,
        _status(action),
    )
    muted = action.status in (ActionStatus.DONE, ActionStatus.WONT_DO)
    return Row(
        action.id,
        action.text,
        lead=f"A{number}",
        mark=STATES[action.status],
        tail="" if linked else "no factor",
        tone=Tone.MUTED if muted else Tone.BODY,
        below=(Line("  ".join(fact for fact in facts if fact)),),
    )


def _status(action: Action) -> str:
    day = done_on(action)
    if day is not None:
        return f"done {day:%b} {day.day}"
    return "" if action.status is ActionStatus.OPEN else str(action.status)


def _action_focus(session: Session, key: str) -> tuple[Line, ...]:
    action = find(session, key)
    if not isinstance(action, Action):
        return links_of(session, key)
    told = ((f"because: {action.note}", action.note), (f"did it work: {action.effect}", action.effect))
    return (*(Line(words) for words, there in told if there), *links_of(session, key))


def parked_rows(session: Session) -> list[Row]:
    """Return the open questions and the parking lot."""
    rows = [heading("Open questions", first=True)]
    rows += [_question_row(each) for each in session.questions]
    if not session.questions:
        rows.append(Row("", "type ? and a question, in any phase", tone=Tone.MUTED))
    rows.append(heading("Parking lot"))
    rows += [parked_row(each) for each in session.parking_lot]
    if not session.parking_lot:
        rows.append(Row("", "type // and a topic for later, in any phase", tone=Tone.MUTED))
    if session.notes:
        rows.append(heading("Private notes, in no document"))
        rows += [Row(each.id, each.text, lead="#", tail=each.phase) for each in session.notes]
    return rows


def parked_row(each: Parked) -> Row:
    """Return the row of a parked topic; one that was let go is muted, with the reason."""
    let_go = (Line(f"let go: {each.outcome}"),) if each.outcome else ()
    return Row(each.id, each.text, lead="//", tone=Tone.MUTED if each.outcome else Tone.BODY, below=let_go)


def _question_row(each: Question) -> Row:
    below = (Line(each.answer, Tone.BODY),) if each.answer else ()
    return Row(each.id, each.text, lead="?", tail=handle(each.owner), below=below)


LESSONS = Panel(rows=lesson_rows, invitation="+ went well   - went wrong   ! lucky")
ACTIONS = Panel(
    rows=action_rows,
    invitation="Alert at 75 % memory @alice fri P1 ENG-1234 #detect",
    empty="Type what will be done, for whom to see that it worked:\n"
    "Alert at 75 % memory @alice fri P1 ENG-1234 #detect",
    focus=_action_focus,
)
PARKED = Panel(rows=parked_rows, invitation="? an open question   // a topic for later")
