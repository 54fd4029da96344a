"""The sheet of the agendas: the time boxes of each meeting below its heading."""

import re
from collections.abc import Callable, Hashable, Sequence

import msgspec

from facilitator.capture.agenda import read_box, typed_box
from facilitator.capture.context import Context
from facilitator.capture.reading import Reading
from facilitator.capture.sheets.form import Case, Filed, Form, UnclearError
from facilitator.capture.sheets.rows import Heading, Problem, Shown
from facilitator.model import edits
from facilitator.model.item import Item
from facilitator.model.meeting_items import Box, Meeting
from facilitator.model.meetings import agenda_of
from facilitator.model.session import Session
from facilitator.model.text import one_line

_MEETING = re.compile(r"(?i:meeting) (\d{1,4})(?:: ?(.*))?")


class AgendaForm(Form):
    """The time boxes, by meeting. A heading may name its meeting anew, and one more heading plans one more meeting."""

    kinds = (Box,)
    headed = True
    asides = False

    def __init__(self, context: Context, new_id: Callable[[], str]) -> None:
        super().__init__(context, new_id)
        self._read: dict[str, Meeting] = {}

    def parts(self) -> list[Shown | Heading]:
        """Return the boxes of each meeting below its heading. What is the box of no meeting is not shown."""
        session = self.context.session
        found: list[Shown | Heading] = []
        for number, meeting in enumerate(session.meetings, 1):
            name = one_line(meeting.text)
            found.append(Heading(f"Meeting {number}: {name}" if name else f"Meeting {number}"))
            found += [Shown(box, typed_box(box), meeting.id) for box in agenda_of(session, meeting.id)]
        return found

    def place(self, heading: Heading) -> str:
        """Return the id of the meeting that a heading names; the one after the last is a new meeting."""
        meetings = self.context.session.meetings
        found = _MEETING.fullmatch(heading.text)
        number = int(found[1]) if found else 0
        new = len(meetings) + sum(1 for each in self._read if each not in {meeting.id for meeting in meetings}) + 1
        if found is None or not 1 <= number <= new:
            raise UnclearError(f"That is no meeting. A new one is headed: ## Meeting {new}")
        name = (found[2] or "").strip()
        meeting = meetings[number - 1] if number <= len(meetings) else None
        if number < new and (meeting is None or meeting.id in self._read):
            raise UnclearError(f"There are two headings of meeting {number}. Leave one; a new one is ## Meeting {new}")
        if meeting is None:
            meeting = Meeting(id=self.new_id(), text=name)
        elif one_line(meeting.text) != name:
            meeting = msgspec.structs.replace(meeting, text=name)
        self._read[meeting.id] = meeting
        return meeting.id

    def read(self, case: Case) -> Reading[Item]:
        """Return the time box of a line, in the meeting under which it stands."""
        place = case.row.place
        if not place:
            return Reading(question="Of which meeting? Put it below a line such as ## Meeting 1")
        old = case.was.item if case.was is not None and isinstance(case.was.item, Box) else None
        return read_box(case.row.text, old).map(lambda box: msgspec.structs.replace(box, meeting=place))

    def missing(self) -> list[Problem]:
        """Return the meetings of which the heading is missing: boxes would go to another one unnoticed."""
        return [
            Problem(0, f"## Meeting {number}", "This line is missing. Put it back; a meeting is not deleted here")
            for number, meeting in enumerate(self.context.session.meetings, 1)
            if meeting.id not in self._read
        ]

    def grouped(self, filed: Sequence[Filed]) -> list[tuple[Item, Hashable]]:
        """Return the boxes, each with its meeting."""
        return [(each.item, edits.owner(each.item)) for each in filed]

    def opened(self, session: Session) -> Session:
        """Return the session with the meetings as their headings name them."""
        for meeting in self._read.values():
            old = edits.find(session, meeting.id)
            if old is None:
                session = edits.add(session, meeting)
            elif meeting is not old:
                session = edits.put(session, meeting)
        return session
