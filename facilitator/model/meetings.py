"""The meetings of a session: planned from an agenda, who is there, and what people said of them afterwards."""

from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from facilitator.model import edits
from facilitator.model.agendas import Agenda
from facilitator.model.edits import EditError
from facilitator.model.meeting_clock import meeting_clock
from facilitator.model.meeting_items import Account, Box, Meeting, Survey, SwitchKind
from facilitator.model.phases import Phase
from facilitator.model.session import Participant, Session

_ANSWERS = ("spoke", "learned", "again")


class Result(msgspec.Struct, frozen=True):
    """What the answers to a survey come to: how many there are, the mean of each question or None, and the words."""

    count: int
    spoke: float | None
    learned: float | None
    again: float | None
    words: tuple[str, ...]


def plan(session: Session, agenda: Agenda, new_id: Callable[[], str]) -> Session:
    """Return the session with the meetings that an agenda has, after those that are there."""
    for part in agenda.meetings:
        meeting = Meeting(id=new_id(), text=part.text)
        session = replan(edits.add(session, meeting), meeting.id, part.boxes, new_id)
    return session


def replan(session: Session, meeting_id: str, boxes: Iterable[Box], new_id: Callable[[], str]) -> Session:
    """Return the session with other boxes in the agenda of a meeting. Raises EditError when there is no such meeting.

    Boxes of the meeting that are among them, by their ids, stay the same items, with the time that they had.
    """
    edits.get(session, Meeting, meeting_id)
    known = {box.id for box in agenda_of(session, meeting_id)}
    placed: dict[str, Box] = {}
    for number, box in enumerate(boxes, 1):
        box_id = box.id if box.id in known and box.id not in placed else new_id()
        placed[box_id] = msgspec.structs.replace(box, id=box_id, meeting=meeting_id, rank=float(number))
    for gone in known - placed.keys():
        session = edits.remove(session, gone)
    others = (box for box in session.boxes if box.meeting != meeting_id)
    return msgspec.structs.replace(session, boxes=edits.ordered((*others, *placed.values())))


def agenda_of(session: Session, meeting_id: str) -> tuple[Box, ...]:
    """Return the boxes of a meeting, in order. They are added, moved, changed and removed with `edits`."""
    return tuple(box for box in session.boxes if box.meeting == meeting_id)


def phase_of(box: Box) -> Phase | None:
    """Return the phase to which a box belongs, or None when it belongs to none that is known."""
    return Phase(box.phase) if box.phase in tuple(Phase) else None


def present(session: Session) -> Meeting | None:
    """Return the meeting that people mean now, or None when there is none.

    It is the one whose clock runs or pauses, of several the one that began last; else the first that has not begun;
    else the last.
    """
    coming = upcoming(session)
    return _going(session) or (coming[0] if coming else None) or (session.meetings[-1] if session.meetings else None)


def held_last(session: Session) -> Meeting | None:
    """Return the meeting to look back at: the one that is going on, else the last that began, else the present one."""
    starts = _starts(session)
    began = [meeting for meeting in session.meetings if meeting.id in starts]
    return _going(session) or max(began, key=lambda each: starts[each.id], default=None) or present(session)


def upcoming(session: Session) -> tuple[Meeting, ...]:
    """Return the meetings whose clocks were never started and that were not gone through without, in order."""
    starts = _starts(session)
    return tuple(
        each for each in session.meetings if each.id not in starts and not meeting_clock(session, each.id).over
    )


def people_here(session: Session) -> tuple[Participant, ...]:
    """Return who is at the present meeting, in the order of the participants; all of these when that is not noted."""
    meeting = present(session)
    return (attending(session, meeting.id) if meeting is not None else ()) or session.participants


def removed(session: Session, meeting_id: str) -> Session:
    """Return the session without a meeting, its boxes, and what its clock and its survey hold.

    Raises EditError when there is no such meeting.
    """
    return edits.remove(session, edits.get(session, Meeting, meeting_id).id)


def minutes_of(boxes: Iterable[Box]) -> int:
    """Return how many minutes boxes take together."""
    return sum(box.minutes for box in boxes)


def attending(session: Session, meeting_id: str) -> tuple[Participant, ...]:
    """Return who is at a meeting, in the order of the participants. Raises EditError when there is no such meeting."""
    here = edits.get(session, Meeting, meeting_id).attendance
    return tuple(participant for participant in session.participants if participant.id in here)


def accounts_of(session: Session, entry_id: str) -> tuple[Account, ...]:
    """Return what was told of one entry, each account beside the others, in order."""
    return tuple(account for account in session.accounts if account.entry == entry_id)


def answer(session: Session, survey: Survey, survey_id: str) -> Session:
    """Return the session with the answers of one person. Raises EditError for one that is not from 1 to 5."""
    for name in _ANSWERS:
        given = getattr(survey, name)
        if given is not None and given not in range(1, 6):
            raise EditError(f"an answer is a number from 1 to 5, not {given}")
    return edits.add(session, msgspec.structs.replace(survey, id=survey_id))


def result(session: Session, meeting_id: str) -> Result:
    """Return what the answers to the survey of a meeting come to; those out of 1 to 5 do not count."""
    answers = [survey for survey in session.surveys if survey.meeting == meeting_id]
    means: dict[str, float | None] = {}
    for name in _ANSWERS:
        given = [value for each in answers if (value := getattr(each, name)) is not None and 1 <= value <= 5]
        means[name] = sum(given) / len(given) if given else None
    return Result(count=len(answers), words=tuple(each.text for each in answers if each.text), **means)


def _going(session: Session) -> Meeting | None:
    """Return the meeting that has begun and is not over, of several the one that began last."""
    starts = _starts(session)
    going = [each for each in session.meetings if each.id in starts and not meeting_clock(session, each.id).over]
    return max(going, key=lambda each: starts[each.id], default=None)


def _starts(session: Session) -> dict[str, datetime]:
    """Return when the clock of each meeting was first started, by the id of the meeting."""
    starts: dict[str, datetime] = {}
    for switch in session.switches:
        if switch.kind is SwitchKind.RUN:
            starts[switch.meeting] = min(switch.at, starts.get(switch.meeting, switch.at))
    return starts
