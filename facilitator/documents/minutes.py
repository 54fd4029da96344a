"""The minutes: what was done in each meeting that was held, what was decided, and what is still open."""

from collections.abc import Iterator

import msgspec

from facilitator.documents.escape import inline
from facilitator.documents.gatherings import (
    from_to,
    leader,
    meeting_name,
    meeting_title,
    people,
    person,
    time_of_day,
    to_come,
    took_place,
    when_planned,
)
from facilitator.documents.layout import bullets, labelled, noted, section, stacked
from facilitator.documents.markdown import UNTITLED
from facilitator.documents.occasion import ANY, NotYetError, Occasion
from facilitator.documents.references import References, refer
from facilitator.documents.sections.actions import actions, questions
from facilitator.documents.tables import aligned, table
from facilitator.model.meeting_clock import Covered, MeetingClock, began, covered, meeting_clock
from facilitator.model.meeting_items import Box, Meeting
from facilitator.model.meetings import attending, minutes_of
from facilitator.model.metrics import spoken
from facilitator.model.private import published
from facilitator.model.session import Parked, Session
from facilitator.model.text import one_line

_NONE_HELD = "no meeting has been held yet; start its clock, or note when it was and who was there"


def minutes(session: Session, occasion: Occasion = ANY) -> str:
    """Return the minutes as Markdown, without what is private. Raises NotYetError when no meeting has been held."""
    session = published(session)
    names = refer(session)
    held = [meeting for meeting in session.meetings if took_place(session, meeting, occasion.now)]
    if not held:
        raise NotYetError(_NONE_HELD)
    document = (
        f"# Minutes: {inline(session.title) or UNTITLED}",
        *(_record(session, meeting, names) for meeting in held),
        section("Decisions", _decisions(session)),
        section("Open questions", _open_questions(session)),
        section("Parked", bullets(_parked(session))),
        section("Next meeting", _next(session, held[-1], names, occasion)),
    )
    return stacked(document) + "\n"


def _record(session: Session, meeting: Meeting, names: References) -> str:
    clock, times = meeting_clock(session, meeting.id), covered(session, meeting.id)
    rows = [
        ("When", _when(session, meeting, times, names)),
        ("Facilitator", inline(leader(session, meeting))),
        ("Notes taken by", inline(person(session, meeting.note_taker))),
        ("Present", people(attending(session, meeting.id))),
    ]
    filled = [row for row in rows if row[1]]
    title = inline(meeting_title(session, meeting))
    return stacked((f"## {title}", aligned(filled) if filled else "", _agenda(clock, times, names)))


def _when(session: Session, meeting: Meeting, times: tuple[Covered, ...], names: References) -> str:
    """Return from when to when a meeting took; its end is that of the last time in which something was covered."""
    start, end = began(session, meeting.id), times[-1].ended if times else None
    if start is None:
        return ""
    told = from_to(start, end, names.zone)
    return f"{told} ({spoken(end - start)})" if end is not None and end > start else told


def _agenda(clock: MeetingClock, times: tuple[Covered, ...], names: References) -> str:
    """Return the agenda as planned beside what was covered; only as planned when the clock did not run."""
    rows = [_box(number, clock, times, names) for number in range(len(clock.boxes))]
    if len(rows) > 1:
        taken = _spent(times) if times else ""
        rows.append(("**All**", f"{minutes_of(clock.boxes)} min", taken, ""))
    return table(("Part", "Planned", "Took", f"When ({names.zone})"), rows)


def _box(number: int, clock: MeetingClock, times: tuple[Covered, ...], names: References) -> tuple[str, str, str, str]:
    box = clock.boxes[number]
    own = tuple(each for each in times if each.box.id == box.id)
    pieces = ", ".join(_piece(each, names) for each in own)
    return inline(box.text), _planned(box, clock.allotted[number]), _took(box, own, clock) if times else "", pieces


def _planned(box: Box, allotted: float) -> str:
    more = round(allotted / 60) - box.minutes
    return (
        f"{box.minutes} min, {'extended' if more > 0 else 'shortened'} by {abs(more)}" if more else f"{box.minutes} min"
    )


def _took(box: Box, own: tuple[Covered, ...], clock: MeetingClock) -> str:
    left_out = box.id in clock.skipped
    if not own:
        return "left out" if left_out else "not reached"
    return f"{_spent(own)}, then left" if left_out else _spent(own)


def _spent(times: tuple[Covered, ...]) -> str:
    """Return how many minutes these times have together; one that is not over yet says so."""
    if any(each.ended is None for each in times):
        return "not over yet"
    seconds = sum((each.ended - each.began).total_seconds() for each in times if each.ended is not None)
    return f"{round(seconds / 60):,} min" if seconds >= 30 else "under 1 min"


def _piece(time: Covered, names: References) -> str:
    end = time_of_day(time.ended, names.zone) if time.ended is not None else ""
    return f"{time_of_day(time.began, names.zone)}-{end}"


def _decisions(session: Session) -> str:
    """Return the actions, without the links to factors, which the minutes do not have."""
    plain = tuple(msgspec.structs.replace(action, factors=()) for action in session.actions)
    session = msgspec.structs.replace(session, actions=plain)
    return actions(session, refer(session))


def _open_questions(session: Session) -> str:
    left = tuple(question for question in session.questions if not one_line(question.answer))
    return questions(msgspec.structs.replace(session, questions=left))


def _parked(session: Session) -> Iterator[str]:
    made = {one_line(action.text): "made into an action" for action in session.actions}
    made |= {one_line(question.text): "made into an open question" for question in session.questions}
    for parked in session.parking_lot:
        yield noted(inline(parked.text), (_became(parked, made),))


def _became(parked: Parked, made: dict[str, str]) -> str:
    reason = inline(one_line(parked.outcome))
    return f"let go: {reason}" if reason else made.get(one_line(parked.text), "still parked")


def _next(session: Session, last: Meeting, names: References, occasion: Occasion) -> str:
    """Return the meetings that are planned, else the day that was agreed at the last one."""
    planned = (
        labelled(inline(meeting_name(session, each)), when_planned(session, each, names.zone) or "no date yet")
        for each in to_come(session, occasion.now)
    )
    return bullets(planned) or (last.next_meeting.isoformat() if last.next_meeting is not None else "")
