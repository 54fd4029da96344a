"""The desk: what a line means where it is typed. It knows the session, the place and the marked row, and no widget."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from facilitator.app import filing
from facilitator.app.filing import Edit
from facilitator.app.meeting.table import CLOSING, OPENING, Table
from facilitator.app.panels.form import PARTICIPANTS
from facilitator.app.panels.panel import Panel
from facilitator.app.panels.places import PARKING, REVIEW, Place, phase_for_typing
from facilitator.app.panels.reviewing import thread_of
from facilitator.app.review_words import ends_on
from facilitator.capture import lines
from facilitator.capture.context import Context
from facilitator.capture.fields import Field, read_field, read_participant, typed_field
from facilitator.capture.reading import Reading
from facilitator.capture.reviewing import read_review
from facilitator.capture.whys import owner_in
from facilitator.model import edits, whytree
from facilitator.model.item import Item
from facilitator.model.phases import Phase
from facilitator.model.session import Action, Entry, Parked, Participant, Question, Session, Status, Why
from facilitator.model.text import one_line
from facilitator.review.steps import with_status

ANYWHERE = ("?", "//", "# ")
"""What a line begins with to be an open question, a parked topic or a private note in every phase."""


SPLIT = "split a why"
"""The label of an edit that makes several whys of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where somebody types: a session, a place of it, and the key of the marked row.

    `now` is aware and in UTC, and `today` the day in the session's zone. `review_hours` is how long a review is.
    `for_factor` is the factor for which the next line is an action.
    """

    session: Session
    place: Place
    panel: Panel
    key: str
    now: datetime
    today: date
    review_hours: int
    categories: tuple[str, ...]
    for_factor: str = ""

    @property
    def item(self) -> Item | None:
        """The item of the marked row."""
        return edits.find(self.session, self.key)

    @property
    def table(self) -> Table | None:
        """The table of a meeting, at its opening and its closing."""
        return Table(self.session, self.place, self.key) if self.place in (OPENING, CLOSING) else None

    @property
    def clears(self) -> bool:
        """Whether the marked row is a field, which may be left empty."""
        table = self.table
        return self.panel.field(self.key) is not None or (table is not None and table.field is not None)

    @property
    def context(self) -> Context:
        """What a line is read against here."""
        item = self.item
        return Context(
            session=self.session,
            today=self.today,
            above=item if isinstance(item, Entry) else None,
            focus=item.id if isinstance(item, Why) else None,
            categories=self.categories,
        )

    def field_for(self, line: str) -> Field | None:
        """Return the field that a typed line fills, or None when the line is an item."""
        if not self.panel.fields or line.startswith(ANYWHERE):
            return None
        if self.place is Phase.RESPONSE and line[:2] in ("+ ", "- ", "+", "-"):
            return None
        return self.panel.field(self.key)

    def read(self, line: str) -> Reading[Any]:
        """Return what a line in the capture line means here."""
        field = self.field_for(line)
        if field is not None:
            return read_field(field, self._joined(field, line), self.context)
        if line.startswith(ANYWHERE):
            return lines.read(line, phase_for_typing(self.place), self.context)
        if self.for_factor:
            return lines.read(line, Phase.ACTIONS, self.context)
        if self.table is not None:
            return self.table.read(line, self.context)
        if self.place == REVIEW:
            thread = thread_of(self.session, self.key)
            return read_review(line, (thread.comment.by or "somebody") if thread is not None else "")
        on_people = self.key == PARTICIPANTS or isinstance(self.item, Participant)
        if on_people:
            return read_participant(line)
        return lines.read(line, phase_for_typing(self.place), self.context)

    def filed(self, line: str, value: Any, new_id: Callable[[], str]) -> Edit:
        """Return the session with what was read from a line."""
        field = self.field_for(line)
        if field is not None:
            return self._field_set(field, value)
        seated = self.table.filed(value, new_id) if self.table is not None and not line.startswith(ANYWHERE) else None
        if seated is not None:
            return seated
        factors = (self.for_factor,) if self.for_factor and isinstance(value, Action) else ()
        edit = filing.filed(self.session, value, new_id, factors=factors, owner=self._finder(line, value))
        stays = not self.shows(value) or self.panel.field(self.key) is not None
        return dataclasses.replace(edit, key=self.key) if stays else edit

    def row_text(self) -> str | None:
        """Return the marked row as it would be typed, to be edited in place, or None when it cannot be edited."""
        field = self.panel.field(self.key)
        if field is not None:
            return typed_field(field, self.session)
        if self.table is not None and not self._is_line:
            return self.table.row_text()
        item = self.item
        return lines.typed(item, self.context) if item is not None else None

    def several_lines(self) -> bool:
        """Return whether the marked row takes several paragraphs, or several lines that become several whys."""
        field = self.panel.field(self.key)
        return field.prose if field is not None else isinstance(self.item, Why)

    def reread(self, text: str) -> Reading[Any]:
        """Return what the marked row means with other text."""
        field = self.panel.field(self.key)
        if field is not None:
            return read_field(field, text, self.context)
        if self.table is not None and not self._is_line:
            return self.table.reread(text, self.context)
        item = self.item
        if isinstance(item, Why):
            text = text.strip().split("\n", 1)[0]
        return lines.reread(text, item, self.context) if item is not None else Reading()

    def changed(self, value: Any, new_id: Callable[[], str], text: str = "") -> Edit:
        """Return the session with the marked row holding another value, which was read from `text`."""
        field = self.panel.field(self.key)
        if field is not None:
            return self._field_set(field, value)
        if self.table is not None and not self._is_line:
            return self.table.changed(value)
        return filing.changed(self.session, value, new_id, owner=self._finder(text, value))

    def sentence_end(self) -> int | None:
        """Return how many characters of `row_text` come before the particulars, None where it has none of its own."""
        item = self.item
        if item is None or (self.table is not None and not self._is_line):
            return None
        if self.row_text() != lines.typed(item, self.context):
            return None
        return lines.sentence_end(item, self.context)

    def _finder(self, text: str, value: Any) -> str | None:
        """Return who will find out, as a line says of a why that ends in the unknown; None of anything else."""
        old = self.item if isinstance(value, Why) and value.id else None
        if not isinstance(value, Why) or not text:
            return None
        first = one_line(text.strip().split("\n", 1)[0])
        return owner_in(first, self.context, old if isinstance(old, Why) else None)

    def split(self, edit: Edit, text: str, new_id: Callable[[], str]) -> Edit:
        """Return an edit of a why with every line of its text but the first as a why of its own beside it."""
        why = edits.find(edit.session, edit.key)
        more = [line for each in text.split("\n")[1:] if (line := one_line(each))]
        if not isinstance(why, Why) or not more:
            return edit
        session = whytree.split(edit.session, why.id, [why.text, *more], new_id)
        return dataclasses.replace(edit, session=session, label=SPLIT)

    def parts(self, text: str) -> int:
        """Return into how many whys the marked row is split by this text: one where it is no why."""
        return sum(bool(each.strip()) for each in text.split("\n")) if isinstance(self.item, Why) else 1

    def settled(self, line: str, reading: Reading[Any]) -> bool:
        """Return whether a reading can be filed at once. A field that is emptied has no value and no question."""
        is_field = self.field_for(line) is not None or (self.table is not None and self.table.field is not None)
        return reading.value is not None or (not reading.question and is_field)

    def next_empty(self, session: Session) -> str:
        """Return the key of the next field that is still empty after the marked one, or the marked one's."""
        paths = [field.path for field in self.panel.fields]
        after = paths[paths.index(self.key) + 1 :] if self.key in paths else []
        return next((path for path in after if edits.get_field(session, path) in (None, "", ())), self.key)

    @property
    def _is_line(self) -> bool:
        """Whether the marked row is an item that has a line of its own wherever it is shown."""
        return isinstance(self.item, Action | Parked | Question)

    def _field_set(self, field: Field, value: Any) -> Edit:
        """Return the session with one field set; a status brings the time for review along."""
        edit = filing.field_set(self.session, field, value)
        if not isinstance(value, Status):
            return edit
        after = with_status(self.session, value, self.now, self.review_hours)
        begins = after.review_until is not None and after.review_until != self.session.review_until
        said = f"In review until {ends_on(after)}. Review says what is lacking to publish it." if begins else ""
        return dataclasses.replace(edit, session=after, said=said)

    def _joined(self, field: Field, line: str) -> str:
        """Return a typed line together with what the field holds, where that takes more than one thing."""
        now = edits.get_field(self.session, field.path)
        if not now or not (field.prose or isinstance(now, tuple)):
            return line
        return f"{typed_field(field, self.session)}{chr(10) * 2 if field.prose else ', '}{line}"

    def shows(self, item: Item) -> bool:
        """Return whether an item has a row of its own here."""
        shown = {
            Phase.TIMELINE: "Entry", Phase.RESPONSE: "ResponseNote", Phase.WHYS: "Why", Phase.FACTORS: "Factor",
            Phase.LESSONS: "Lesson", Phase.ACTIONS: "Action", Phase.INCIDENT: "Participant",
        }  # fmt: skip
        name = type(item).__name__
        if self.place == OPENING:
            return False
        if not isinstance(self.place, Phase):
            return name in ("Question", "Parked", "Note" if self.place == PARKING else "Action")
        return shown.get(self.place) == name
