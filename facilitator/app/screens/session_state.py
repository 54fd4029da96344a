"""The state of a session screen: the session, the place, the marked row, and what is typed and not filed yet."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from textual.screen import Screen

from facilitator.app.commands import Command, shown_key
from facilitator.app.desk import Desk
from facilitator.app.editor import SessionEditor
from facilitator.app.meeting.face import Face, face
from facilitator.app.meeting.keys import EVERYBODY
from facilitator.app.meeting.offers import place_of
from facilitator.app.meeting.presentation import Presentation, View
from facilitator.app.meeting.table import CLOSING, OPENING
from facilitator.app.meeting.timekeeper import Timekeeper
from facilitator.app.panels.factors import NEW_FACTOR
from facilitator.app.panels.places import FINDINGS, PLACES, REVIEW, SIMILAR, Place, make_panels, phase_for_typing
from facilitator.app.panels.reviewing import ReviewState
from facilitator.app.panels.whys import NEW_EFFECT
from facilitator.app.previous import Previous, PreviousFinder
from facilitator.app.recall import Recalled, Recaller
from facilitator.app.remarks import Remarks
from facilitator.app.review import Reviewer
from facilitator.app.surroundings import Surroundings
from facilitator.app.widgets.capture_line import CaptureLine
from facilitator.app.widgets.drawn import TimelineStrip
from facilitator.app.widgets.row_editor import RowEditor
from facilitator.app.widgets.row_list import RowList
from facilitator.model import edits
from facilitator.model.moments import local
from facilitator.model.phases import Phase
from facilitator.model.session import Session
from facilitator.store.opening import Opened
from facilitator.store.presence import Person

MANY_ENTRIES = 500
"""From how many entries on the rows of the timeline are made ahead."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A text that was put aside, and the id of the last edit before that, by which undo brings back what came last."""

    text: str
    after: str


class SessionState(Screen[None]):
    """Knows what a session screen is about. It draws nothing."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (132, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (14, "-low"), (22, "-tall")]

    _rows: RowList
    _line: CaptureLine
    _strip: TimelineStrip

    def __init__(self, opened: Opened, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self.editor = SessionEditor(
            surroundings.store, opened, now=surroundings.now, changed=self._saving_changed, joined=self._others_joined
        )
        self.presentation = Presentation()
        self.reviewer = Reviewer(surroundings.rules, surroundings.sensitive, surroundings.now)
        self._edited_since = asyncio.Event()
        self.recaller = Recaller(surroundings.library, surroundings.now)
        self.previous = PreviousFinder(surroundings.library, surroundings.now)
        self.circulation = ReviewState(surroundings.review, lambda: self.reviewer.latest, surroundings.now)
        self.remarks = Remarks()
        self._panels = make_panels(
            surroundings,
            lambda: self.reviewer.latest,
            lambda: self._recalled,
            lambda: self._previous,
            self.circulation,
        )
        self._marked: dict[Place, str] = {}
        self._timekeeper = Timekeeper(surroundings.now, surroundings.seconds)
        self.place: Place = self._first_place()
        self._for_factor = ""
        self._notice = self._passing = ""
        """What is said until the next key, and what of that gives way to bad news."""
        self._set_aside: list[SetAside] = []
        self._editor_in_place: RowEditor | None = None
        # The session and the key of the row as they were when its editing began: others may go on meanwhile.
        self._edited: tuple[Session, str] | None = None
        self._others: tuple[Person, ...] = ()
        self._refused = ""
        self._questioned = ""
        self._just_filed = False
        self._time_up = False
        self._ready = False

    @property
    def session(self) -> Session:
        """The session as it stands now."""
        return self.editor.session

    @property
    def phase(self) -> Phase:
        """The phase whose grammar reads what is typed here."""
        return phase_for_typing(self.place)

    @property
    def desk(self) -> Desk:
        """What a line means here and now."""
        session, key = self._edited or (self.session, self._key)
        now = self._surroundings.now()
        return Desk(
            session=session,
            place=self.place,
            panel=self._panels[self.place],
            key=key,
            now=now,
            today=local(now, self.session.zone).date(),
            review_hours=self._surroundings.review.hours,
            categories=self._surroundings.categories,
            for_factor=self._for_factor,
        )

    def _first_place(self) -> Place:
        """Return where the session was left; else where its meeting is, when one is going on."""
        left_at = self._surroundings.places.get(self.session.id)
        clock = self._timekeeper.clock(self.session)
        talked_about = place_of(clock.box) if clock is not None and clock.since is not None else None
        return next((place for place in PLACES if place == left_at), talked_about or Phase.INCIDENT)

    def read_clock(self) -> Face | None:
        """Return what the clock of the meeting shows now."""
        clock = self._timekeeper.clock(self.session)
        now, narrow = self._timekeeper.now(self.session), self.has_class("-narrow")
        return face(clock, now, narrow=narrow, tall=self.presentation.shared and not self._short)

    @property
    def _recalled(self) -> Recalled:
        """The past incidents that were found last, as they may be seen."""
        return replace(self.recaller.latest, roles=self.presentation.view is View.ROLES)

    @property
    def _previous(self) -> Previous:
        """What became of earlier actions, as it may be seen."""
        return replace(self.previous.latest, shared=self.presentation.shared)

    @property
    def _silences(self) -> Collection[timedelta] | None:
        """The gaps that stand out, as the strip has them: in a long timeline they take long to find."""
        known = self._strip.silences
        return frozenset() if known is None and len(self.session.timeline) > MANY_ENTRIES else known

    @property
    def typed(self) -> str:
        """What is typed and not filed yet: the line, one that is asked about, an edited row, lines that wait."""
        line = self._line.value or (self._editor_in_place.text if self._editor_in_place else "")
        return "\n".join([self._questioned, line, *self._line.waiting]).strip()

    @property
    def _key(self) -> str:
        row = self._rows.row if self._ready else None
        return row.key if row is not None else ""

    def _first_key(self, place: Place) -> str:
        if place is Phase.FACTORS:
            return NEW_FACTOR
        panel = self._panels[place]
        if panel.fields and place is Phase.INCIDENT and self.session.timeline:
            return panel.fields[0].path
        if panel.fields:
            empty = (field.path for field in panel.fields)
            return next((path for path in empty if edits.get_field(self.session, path) in (None, "", ())), "")
        found = [row.key for row in panel.rows(self.session) if row.key]
        if place in (OPENING, CLOSING, FINDINGS, SIMILAR, REVIEW):
            return EVERYBODY if EVERYBODY in found else next(iter(found), "")
        return next((key for key in reversed(found) if key != NEW_EFFECT), "")

    def _key_of(self, command: Command) -> str:
        return shown_key(self._surroundings.keymap.get(command.id, command.keys))

    @property
    def _stands(self) -> bool:
        """Whether the screen has its widgets: what comes from a thread may come before the first, or after the last."""
        return self._ready and self.display

    @property
    def _short(self) -> bool:
        """Whether the bar above has no room."""
        return self.app.size.height < self.VERTICAL_BREAKPOINTS[1][0]

    def _saving_changed(self) -> None:
        """Show where the newest edit is; called whenever that changes."""

    def _others_joined(self) -> None:
        """Show what others saved; called when it came in."""
