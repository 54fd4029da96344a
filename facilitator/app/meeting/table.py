"""What is typed and chosen at the opening and the closing of a meeting, where it is not an item of the session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from facilitator.app.filing import Edit, Mark
from facilitator.app.meeting import fields, keys
from facilitator.app.meeting.fields import MeetingField, field_of, key_of
from facilitator.capture import lines
from facilitator.capture.agenda import read_box, typed_box
from facilitator.capture.attendance import Attendance, read_attendance
from facilitator.capture.context import Context
from facilitator.capture.reading import Reading
from facilitator.model import edits
from facilitator.model.agendas import Agenda
from facilitator.model.meeting_items import Box, Meeting
from facilitator.model.meetings import held_last, plan, present, replan
from facilitator.model.phases import Phase
from facilitator.model.session import Participant, Session

Opening = Literal["Opening"]
Closing = Literal["Closing"]
OPENING: Opening = "Opening"
CLOSING: Closing = "Closing"
NewId = Callable[[], str]
_ONLY_CHOSEN = {
    keys.OTHER_AGENDA: "Enter on an empty line chooses another agenda",
    keys.ANOTHER_MEETING: "Enter on an empty line plans another meeting",
    keys.SURVEY: "Enter on an empty line begins the survey",
}
"""The rows on which nothing can be typed, with what to do there."""


@dataclass(frozen=True, slots=True)
class Table:
    """A place at the table: the session, whether it is the opening or the closing, and the key of the marked row."""

    session: Session
    place: str
    key: str

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that is opened, or closed."""
        return present(self.session) if self.place == OPENING else held_last(self.session)

    @property
    def field(self) -> MeetingField | None:
        """The field of the meeting that the marked row shows."""
        return field_of(self.key) if self.meeting is not None else None

    @property
    def box(self) -> Box | None:
        """The time box of the marked row."""
        item = edits.find(self.session, self.key)
        return item if isinstance(item, Box) else None

    @property
    def invitation(self) -> str:
        """What can be typed on the marked row."""
        if self.field is not None:
            return f"{self.field.label}: {self.field.hint}"
        if self.key in _ONLY_CHOSEN:
            return _ONLY_CHOSEN[self.key]
        if self.place == CLOSING:
            return "a last action, or + - ! something learned"
        if self.meeting is None:
            return "Enter takes the marked agenda"
        if self.box is not None or self.key == keys.NEW_BOX:
            return "a time box: a name and its minutes, Silent read 5"
        return "who is here: numbers, names, or all"

    def read(self, line: str, context: Context) -> Reading[Any]:
        """Return what a typed line means on the marked row."""
        if self.field is not None:
            return fields.read(self.field, line, context)
        if self.key in _ONLY_CHOSEN:
            return Reading(question=_ONLY_CHOSEN[self.key])
        if self.place == CLOSING:
            return lines.read(line, Phase.LESSONS if line[:1] in ("+", "-", "!") else Phase.ACTIONS, context)
        if self.meeting is None:
            return Reading(question="Choose an agenda first: Enter on an empty line takes the marked one")
        if self.box is not None or self.key == keys.NEW_BOX:
            return read_box(line)
        return read_attendance(line, self.session, self.meeting.attendance)

    def filed(self, value: Any, new_id: NewId) -> Edit | None:
        """Return the session with what was read from a line, or None when it is an item like all others."""
        meeting = self.meeting
        if meeting is None:
            return None
        if self.field is not None:
            return self.changed(value)
        if isinstance(value, Attendance):
            return _attending(self.session, meeting, value, new_id)
        if isinstance(value, Box):
            box = msgspec.structs.replace(value, id=new_id(), meeting=meeting.id)
            after = self.box.id if self.box is not None else None
            # Typed below the last one, the next goes below that again.
            key = box.id if after is not None else keys.NEW_BOX
            return Edit(edits.add(self.session, box, after=after), "add a time box", key)
        return None

    def row_text(self) -> str | None:
        """Return the marked row as it would be typed, or None when it is not this table's to edit."""
        meeting = self.meeting
        if self.field is not None and meeting is not None:
            return fields.typed(self.field, meeting, self.session)
        item = edits.find(self.session, self.key)
        if isinstance(item, Meeting):
            return item.text
        return typed_box(item) if isinstance(item, Box) else None

    def reread(self, text: str, context: Context) -> Reading[Any]:
        """Return what the marked row means with other text."""
        if self.field is not None:
            return fields.read(self.field, text, context)
        item = edits.find(self.session, self.key)
        if isinstance(item, Meeting):
            return fields.read(fields.NAME, text, context).map(lambda name: msgspec.structs.replace(item, text=name))
        return read_box(text, item) if isinstance(item, Box) else Reading()

    def changed(self, value: Any) -> Edit:
        """Return the session with the marked row holding another value."""
        field, meeting = self.field, self.meeting
        if field is not None and meeting is not None:
            session = edits.change(self.session, meeting.id, **{field.name: value})
            return Edit(session, f"set {field.label.lower()} of a meeting", key_of(field))
        kind = "a meeting" if isinstance(value, Meeting) else "a time box"
        return Edit(edits.put(self.session, value), f"change {kind}", value.id)

    def chosen(self, agendas: Sequence[Agenda], new_id: NewId) -> Edit | None:
        """Return what Enter on the empty line does to a row that is chosen and not edited, or None."""
        meeting, item = self.meeting, edits.find(self.session, self.key)
        if self.key.startswith(keys.AGENDA):
            name = self.key.removeprefix(keys.AGENDA)
            agenda = next((each for each in agendas if each.name == name), None)
            return planned(self.session, agenda, new_id) if agenda is not None else None
        if self.place == OPENING and isinstance(item, Participant) and meeting is not None:
            here = frozenset(meeting.attendance) ^ {item.id}
            session = _with_attendance(self.session, meeting, tuple(here))
            return Edit(session, "note who is here", item.id)
        return None


def marked(session: Session, meeting: Meeting, mark: Mark) -> Edit:
    """Return the session with a mark set on its present meeting; a session without a facilitator gets that of it."""
    session = edits.change(session, meeting.id, **{mark.field: mark.value})
    leads = edits.find(session, mark.value) if mark.field == "facilitator" and mark.value else None
    if isinstance(leads, Participant) and not session.facilitator:
        session = edits.set_field(session, "facilitator", leads.text)
    return Edit(session, "note who does what in the meeting", "")


def planned(session: Session, agenda: Agenda, new_id: NewId, *, instead_of: Meeting | None = None) -> Edit:
    """Return the session with the meetings of an agenda; with `instead_of`, that one takes the first of its boxes."""
    if instead_of is not None:
        session = replan(session, instead_of.id, agenda.meetings[0].boxes, new_id)
    else:
        session = plan(session, agenda, new_id)
    return Edit(session, f"plan by the agenda {agenda.name}", keys.EVERYBODY)


def marks(session: Session, participant: Participant) -> tuple[Mark, ...]:
    """Return what a participant can be in the present meeting. The marks are fields of the meeting."""
    meeting = present(session)
    if meeting is None:
        return ()

    def one(name: str, field: str) -> Mark:
        on = getattr(meeting, field) == participant.id
        return Mark(name, on, field, "" if on else participant.id)

    def several(name: str, field: str) -> Mark:
        now: tuple[str, ...] = getattr(meeting, field)
        on = participant.id in now
        return Mark(name, on, field, _toggled(session, now, participant.id))

    return (
        several("is here", "attendance"),
        one("facilitator: leads this meeting", "facilitator"),
        one("takes notes", "note_taker"),
        several("new to postmortems", "new_here"),
    )


def _attending(session: Session, meeting: Meeting, who: Attendance, new_id: NewId) -> Edit:
    here = who.here
    if who.new is not None:
        person = msgspec.structs.replace(who.new, id=new_id())
        session, here = edits.add(session, person), (*here, person.id)
    return Edit(_with_attendance(session, meeting, here), "note who is here", keys.EVERYBODY)


def _with_attendance(session: Session, meeting: Meeting, here: Sequence[str]) -> Session:
    """Return the session with those at a meeting, in the order of the participants, so that merging is quiet."""
    ordered = tuple(each.id for each in session.participants if each.id in here)
    return edits.change(session, meeting.id, attendance=ordered)


def _toggled(session: Session, now: tuple[str, ...], participant_id: str) -> tuple[str, ...]:
    wanted = frozenset(now) ^ {participant_id}
    return tuple(each.id for each in session.participants if each.id in wanted)
