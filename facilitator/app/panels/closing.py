"""The closing of a meeting: decisions are read aloud, what is parked finds its place, and people say how it was."""

from facilitator.app.meeting import keys
from facilitator.app.meeting.fields import NEXT, key_of, shown
from facilitator.app.panels.labels import links_of
from facilitator.app.panels.lists import parked_row
from facilitator.app.panels.panel import Panel
from facilitator.app.rows import Line, Row, Tone, heading
from facilitator.model.meeting_clock import meeting_clock
from facilitator.model.meeting_items import Meeting
from facilitator.model.meetings import Result, held_last, result
from facilitator.model.session import Action, ActionStatus, Question, Session
from facilitator.model.text import handle

_ENOUGH_TO_HIDE = 3
_PENDING = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS)


def closing_rows(session: Session) -> list[Row]:
    """Return the rows of the closing: what is decided, parked and open, what was covered, and the survey."""
    meeting = held_last(session)
    return [
        *_decisions(session),
        *_parked(session),
        *_questions(session),
        *(_covered(session, meeting) if meeting is not None else ()),
        *(_farewell(session, meeting) if meeting is not None else ()),
    ]


def _decisions(session: Session) -> list[Row]:
    pending = [(n, each) for n, each in enumerate(session.actions, 1) if each.status in _PENDING]
    rows = [heading("Decisions: each owner reads theirs aloud", first=True)]
    rows += [_decision(number, action) for number, action in pending]
    return rows if pending else [*rows, _nothing("no actions yet; type one here, or decide to have none")]


def _decision(number: int, action: Action) -> Row:
    lacking = [
        *([] if action.owner else ["no owner"]),
        *([] if action.due is not None else ["no due date"]),
    ]
    facts = [handle(action.owner), f"{action.due:%b} {action.due.day}" if action.due is not None else ""]
    below = (Line(f"{' and '.join(lacking)} yet", Tone.WARN),) if lacking else ()
    return Row(action.id, action.text, lead=f"A{number}", tail="  ".join(filter(None, facts)), below=below)


def _parked(session: Session) -> list[Row]:
    rows = [heading("Parked: an action, an open question, or let go")]
    rows += [parked_row(each) for each in sorted(session.parking_lot, key=lambda parked: bool(parked.outcome))]
    return rows if session.parking_lot else [*rows, _nothing("nothing is parked")]


def _questions(session: Session) -> list[Row]:
    rows = [heading("Open questions: who finds out?")]
    unanswered = [each for each in session.questions if not each.answer]
    rows += [_question(each) for each in unanswered]
    return rows if unanswered else [*rows, _nothing("no open questions")]


def _question(each: Question) -> Row:
    below = () if each.owner else (Line("nobody yet", Tone.WARN),)
    return Row(each.id, each.text, lead="?", tail=handle(each.owner), below=below)


def _covered(session: Session, meeting: Meeting) -> list[Row]:
    clock = meeting_clock(session, meeting.id)
    if clock.since is None:
        return []
    rows = [heading("What was covered")]
    for number, box in enumerate(clock.boxes):
        took = clock.spent[number] / 60
        state = "left out" if box.id in clock.skipped else f"took {took:.0f} min" if took else "not yet"
        rows.append(Row("", box.text, lead=f"{box.minutes} min", tail=state, tone=Tone.BODY if took else Tone.MUTED))
    return rows


def _farewell(session: Session, meeting: Meeting) -> list[Row]:
    value = shown(NEXT, meeting, session.zone)
    answers = result(session, meeting.id)
    return [
        heading("Before everybody leaves"),
        Row(
            key_of(NEXT),
            value or NEXT.hint,
            lead=NEXT.label,
            mark=" " if value else "·",
            tone=Tone.BODY if value else Tone.HINT,
        ),
        Row(keys.SURVEY, "pass the keyboard round: three numbers and a word each", lead="Survey", below=_said(answers)),
    ]


def _said(answers: Result) -> tuple[Line, ...]:
    if not answers.count:
        return ()
    people = f"{answers.count} answer{'s' if answers.count > 1 else ''}"
    if answers.count < _ENOUGH_TO_HIDE:
        return (Line(f"{people}; they are shown from {_ENOUGH_TO_HIDE} on, so that nobody is known by theirs"),)
    named = (
        ("spoke openly", answers.spoke),
        ("learned something", answers.learned),
        ("would come again", answers.again),
    )
    means = "   ".join(f"{name} {mean:.1f}" for name, mean in named if mean is not None)
    return (Line(f"{people}: {means}"), *(Line(f"“{words}”") for words in answers.words))


def _nothing(words: str) -> Row:
    return Row("", words, tone=Tone.MUTED)


CLOSING_PANEL = Panel(rows=closing_rows, invitation="", focus=links_of)
