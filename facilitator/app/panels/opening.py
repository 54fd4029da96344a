"""The opening of a meeting: who is here, what is read out, and the agenda with its time boxes."""

from collections.abc import Callable, Sequence
from datetime import datetime

from facilitator.app.meeting import keys
from facilitator.app.meeting.fields import HELD, NAME, MeetingField, key_of, shown
from facilitator.app.panels.panel import Panel
from facilitator.app.previous import Previous
from facilitator.app.rows import Line, Row, Tone, heading
from facilitator.model.advice import advise, facilitator_who_responded
from facilitator.model.agendas import Agenda
from facilitator.model.clocks import stamp
from facilitator.model.meeting_clock import MeetingClock, meeting_clock
from facilitator.model.meeting_items import Box, Meeting
from facilitator.model.meetings import agenda_of, minutes_of, present
from facilitator.model.moments import Moment
from facilitator.model.session import Participant, Session


def opening_panel(
    agendas: Sequence[Agenda], rules: Sequence[str], now: Callable[[], datetime], previous: Callable[[], Previous]
) -> Panel:
    """Return the panel for the opening; it offers `agendas`, and has the ground `rules` to read out.

    `previous` gives what became of the actions of earlier sessions, which are listed where somebody goes there.
    """

    def rows(session: Session) -> list[Row]:
        meeting = present(session)
        if meeting is None:
            return [*_advice(session, now()), *_choice(agendas), *_previous(previous())]
        clock = meeting_clock(session, meeting.id)
        return [
            *_people(session, meeting),
            *_previous(previous()),
            heading("To read out"),
            *(Row(f"{keys.RULE}{number}", rule, mark="·") for number, rule in enumerate(rules)),
            *_agenda(clock),
            *_meetings(session, meeting),
        ]

    def focus(_session: Session, key: str) -> tuple[Line, ...]:
        return previous().lines if key == keys.PREVIOUS else ()

    return Panel(rows=rows, invitation="", focus=focus)


def _previous(found: Previous) -> list[Row]:
    """Return the row that tells how many of the previous actions are open; none where there are none."""
    return [Row(keys.PREVIOUS, f"Previous actions: {found.told}", above=(Line(""),))] if found.told else []


def _advice(session: Session, now: datetime) -> list[Row]:
    advised = advise(session, now)
    rows = [heading("Before the meeting", first=True), Row("", _sentence(advised.reason), tone=Tone.BODY)]
    if advised.earliest is not None and advised.latest is not None:
        early, late = (stamp(Moment(at), session.zone) for at in (advised.earliest, advised.latest))
        best = f"Best held between {early} and {late}: people have rested, and still remember."
        rows.append(Row("", best, tone=Tone.BODY))
        if advised.late:
            rows.append(Row("", "That has passed. Better late than never: hold it soon.", tone=Tone.WARN))
    return rows


def _choice(agendas: Sequence[Agenda]) -> list[Row]:
    rows = [heading("Choose an agenda")]
    return rows + [Row(f"{keys.AGENDA}{each.name}", each.about, lead=each.name) for each in agendas]


def _people(session: Session, meeting: Meeting) -> list[Row]:
    here = sum(1 for each in session.participants if each.id in meeting.attendance)
    count = f"  {here} of {len(session.participants)}" if session.participants else ""
    warned = facilitator_who_responded(session, meeting)
    return [
        heading(f"Who is here{count}", first=True),
        *(_person(number, each, meeting, warned=each is warned) for number, each in enumerate(session.participants, 1)),
        Row(keys.EVERYBODY, "type numbers, all, or a name with a role", lead="", mark="+", tone=Tone.MUTED),
    ]


def _person(number: int, person: Participant, meeting: Meeting, *, warned: bool) -> Row:
    roles = [
        *(["facilitator"] if person.id == meeting.facilitator else []),
        *(["takes notes"] if person.id == meeting.note_taker else []),
        *(["new to postmortems"] if person.id in meeting.new_here else []),
    ]
    warning = "was in the response: somebody who was not can ask more freely"
    return Row(
        person.id,
        f"{person.text}, {person.role}" if person.role else person.text,
        lead=str(number),
        mark="●" if person.id in meeting.attendance else "○",
        tail=", ".join(roles),
        tone=Tone.BODY if person.id in meeting.attendance else Tone.MUTED,
        below=(Line(warning, Tone.WARN),) if warned else (),
    )


def _agenda(clock: MeetingClock) -> list[Row]:
    planned = f"  {minutes_of(clock.boxes)} min" if clock.boxes else ""
    rows = [heading(f"Agenda{planned}")]
    rows += [_box(number, box, clock) for number, box in enumerate(clock.boxes)]
    rows.append(Row(keys.NEW_BOX, "another time box: a name and its minutes", mark="+", tone=Tone.MUTED))
    if clock.since is None:
        rows.append(Row(keys.OTHER_AGENDA, "choose another agenda", mark="+", tone=Tone.MUTED))
    return rows


def _box(number: int, box: Box, clock: MeetingClock) -> Row:
    spent = clock.spent[number] / 60
    if clock.since is None:
        state = ""
    elif number == clock.place:
        state = "now"
    elif box.id in clock.skipped:
        state = "left out"
    else:
        state = f"took {spent:.0f} min" if spent else ""
    here = number == clock.place and clock.since is not None
    return Row(
        box.id,
        box.text,
        lead=f"{box.minutes} min",
        mark="▸" if here else " ",
        tail=state or (box.phase if box.phase and box.phase != box.text else ""),
        tone=Tone.STRONG if here else Tone.BODY,
    )


def _meetings(session: Session, meeting: Meeting) -> list[Row]:
    rows = [heading("This meeting"), *(_field(field, meeting, session.zone) for field in (HELD, NAME))]
    if len(session.meetings) > 1:
        rows.append(heading("All meetings"))
        rows += [_meeting(number, each, session, meeting) for number, each in enumerate(session.meetings, 1)]
    return [*rows, Row(keys.ANOTHER_MEETING, "plan another meeting", mark="+", tone=Tone.MUTED)]


def _field(field: MeetingField, meeting: Meeting, zone: str) -> Row:
    value = shown(field, meeting, zone)
    return Row(
        key_of(field),
        value or field.hint,
        lead=field.label,
        mark=" " if value else "·",
        tone=Tone.BODY if value else Tone.HINT,
    )


def _meeting(number: int, each: Meeting, session: Session, meeting: Meeting) -> Row:
    clock = meeting_clock(session, each.id)
    state = "over" if clock.over else "began" if clock.since is not None else shown(HELD, each, session.zone)
    name = each.text or f"Meeting {number}"
    minutes = minutes_of(agenda_of(session, each.id))
    return Row(each.id, f"{name}, {minutes} min", mark="▸" if each is meeting else " ", tail=state)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('?') else '.'}"
