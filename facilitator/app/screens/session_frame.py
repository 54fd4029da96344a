"""The frame of a session: the panel of a place, the places beside it, the cue card, the capture line, the bars."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.screen import Screen
from textual.widgets import Static

from facilitator.app.commands import EDITOR, EVERYWHERE, MEETING, SAVE, SESSION, SETTLE, Command, shown_key
from facilitator.app.desk import Desk
from facilitator.app.drawing import content
from facilitator.app.editor import SessionEditor
from facilitator.app.key_labels import labels
from facilitator.app.meeting.aside import aside
from facilitator.app.meeting.face import Face, face
from facilitator.app.meeting.keys import EVERYBODY
from facilitator.app.meeting.offers import place_of
from facilitator.app.meeting.presentation import Presentation
from facilitator.app.meeting.table import CLOSING, OPENING
from facilitator.app.meeting.timekeeper import Timekeeper
from facilitator.app.panels.factors import NEW_FACTOR
from facilitator.app.panels.places import PLACES, Place, make_panels, phase_for_typing
from facilitator.app.panels.whys import NEW_EFFECT
from facilitator.app.rows import position
from facilitator.app.session_bars import company_words, conflict_words, saving_words, top_bar, understood_bar
from facilitator.app.surroundings import Surroundings
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.capture_line import CaptureLine
from facilitator.app.widgets.clock_face import ClockFace
from facilitator.app.widgets.cue_card import CueCard
from facilitator.app.widgets.document_view import DocumentView
from facilitator.app.widgets.drawn import TimelineStrip
from facilitator.app.widgets.key_line import KeyLine
from facilitator.app.widgets.place_list import PlaceList
from facilitator.app.widgets.row_editor import RowEditor
from facilitator.app.widgets.row_list import RowList
from facilitator.capture.reading import Reading
from facilitator.model import edits
from facilitator.model.meetings import people_here
from facilitator.model.moments import local
from facilitator.model.phases import Phase
from facilitator.model.session import Session
from facilitator.model.voices import Voices
from facilitator.store.opening import Opened
from facilitator.store.presence import Person

MANY_ENTRIES = 500
"""From how many entries on the rows of the timeline are made ahead."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A text that was put aside, and the id of the last edit before that, by which undo brings back what came last."""

    text: str
    after: str


class SessionFrame(Screen[None]):
    """Draws a session. What is typed and pressed is the business of the classes made from it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (132, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (14, "-low"), (22, "-tall")]

    def __init__(self, opened: Opened, surroundings: Surroundings) -> None:
        super().__init__()
        self._surroundings = surroundings
        self.editor = SessionEditor(
            surroundings.store, opened, now=surroundings.now, changed=self._saving_changed, joined=self._others_joined
        )
        self.presentation = Presentation()
        self._panels = make_panels(
            surroundings.wording, surroundings.agendas, surroundings.ground_rules, surroundings.now
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

    def compose(self) -> ComposeResult:
        """Create the frame."""
        with Horizontal(id="head"):
            yield Bar(id="top")
            yield ClockFace(self.read_clock)
        with Horizontal(id="body"):
            yield PlaceList()
            with Container(id="centre"):
                yield TimelineStrip()
                yield RowList()
                yield Static(id="empty")
            yield CueCard(self._surroundings.cues, self._surroundings.cues_used)
        yield Bar(id="guide")
        yield Bar(id="understood")
        with Horizontal(id="line"):
            yield Static("›", id="prompt", markup=False)
            yield CaptureLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the session and begin to save."""
        # Kept, because a save may end after the screen has lost its widgets.
        self._rows, self._line = self.query_one(RowList), self.query_one(CaptureLine)
        self._top, self._understood = self.query_one("#top", Bar), self.query_one("#understood", Bar)
        self._keys, self._cues = self.query_one(KeyLine), self.query_one(CueCard)
        self._strip, self._clock = self.query_one(TimelineStrip), self.query_one(ClockFace)
        self._ready = True
        self._line.focus()
        self.run_worker(self.editor.keep_saving(), group="saving")
        self.run_worker(self.editor.keep_looking(), group="looking")
        self.go(self.place)
        # Enter opened the session, and is easily pressed twice.
        self._just_filed = True
        if len(self.session.timeline) > MANY_ENTRIES:
            self.run_worker(self._prepare_timeline(), group="prepare")

    def on_resize(self) -> None:
        """Say below the panel what has no room beside it and above it any more."""
        self.call_after_refresh(self._show_line)

    async def _prepare_timeline(self) -> None:
        """Make the rows of a long timeline before somebody goes there."""
        await asyncio.to_thread(self._panels[Phase.TIMELINE].rows, self.session)

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
        return Desk(
            session=session,
            place=self.place,
            panel=self._panels[self.place],
            key=key,
            today=local(self._surroundings.now(), self.session.zone).date(),
            categories=self._surroundings.categories,
            for_factor=self._for_factor,
        )

    def _first_place(self) -> Place:
        """Return where the session was left; else where its meeting is, when one is going on."""
        left_at = self._surroundings.places.get(self.session.id)
        clock = self._timekeeper.clock(self.session)
        talked_about = place_of(clock.box) if clock is not None and clock.since is not None else None
        return next((place for place in PLACES if place == left_at), talked_about or Phase.INCIDENT)

    def go(self, place: Place) -> None:
        """Go to a place, to the row where it was left."""
        self._marked[self.place] = self._key or self._marked.get(self.place, "")
        self.place, self._for_factor, self._notice, self._just_filed = place, "", "", False
        if place is Phase.DOCUMENT and not self.query(DocumentView):
            self.query_one("#centre").mount(DocumentView())
        for view in self.query(DocumentView):
            view.display = place is Phase.DOCUMENT
        self._rows.display = place is not Phase.DOCUMENT
        self.set_class(place is Phase.DOCUMENT, "-document")
        self._surroundings.places[self.session.id] = place
        self.redraw(self._marked.get(place) or self._first_key(place))

    def redraw(self, key: str | None = None) -> None:
        """Show the session as it stands, with the mark on the row `key`, or where it was."""
        panel, seen = self._panels[self.place], self.presentation
        rows = panel.rows(seen.session(self.session))
        # People are counted by name at the opening, whoever looks.
        rows = seen.rows(rows, self.session, named=self.place == OPENING)
        place = position(rows, key) if key else None
        self._rows.show(
            rows,
            cursor=self._rows.cursor if place is None else place,
            focus_lines=lambda row: seen.lines(panel.focus(seen.session(self.session), row.key), self.session),
        )
        self._show_strip()
        self._show_cue()
        empty = self.query_one("#empty", Static)
        empty.display = not rows and bool(panel.empty)
        empty.update(content(panel.empty))
        if self.place is Phase.DOCUMENT:
            self.call_after_refresh(self._show_document)
        self.query_one(PlaceList).show(self.session, self.place)
        self._show_line()
        self._show_top()
        self._clock.tick()

    def read_clock(self) -> Face | None:
        """Return what the clock of the meeting shows now."""
        clock = self._timekeeper.clock(self.session)
        now, narrow = self._timekeeper.now(self.session), self.has_class("-narrow")
        return face(clock, now, narrow=narrow, tall=self.presentation.shared and not self._short)

    def _show_strip(self) -> None:
        if self.place is Phase.TIMELINE:
            self._strip.show(self.session.timeline, self.session.zone, self._key)
        else:
            self._strip.hide()

    def _show_cue(self) -> None:
        """Show the cue for here and now."""
        self._cues.look(self.session, self.place, self._key, self._silences)
        heard = self._surroundings.voices.get(self.session.id, Voices())
        self._cues.beside(aside(self.session, self.place, heard, people_here(self.session)))

    @property
    def _silences(self) -> Collection[timedelta] | None:
        """The gaps that stand out, as the strip has them: in a long timeline they take long to find."""
        known = self._strip.silences
        return frozenset() if known is None and len(self.session.timeline) > MANY_ENTRIES else known

    def _show_document(self) -> None:
        """Show the document without its diagrams: a terminal draws none, and has its own pictures."""
        from facilitator.documents.markdown import markdown
        from facilitator.documents.pictures.figures import fenced, nothing

        self.query_one(DocumentView).show(markdown(self.session, fenced), markdown(self.session, nothing))

    def say(self, notice: str) -> None:
        """Say something beside the capture line until the next key."""
        self._notice = notice
        self._show_line()

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
        if place in (OPENING, CLOSING):
            return EVERYBODY if EVERYBODY in found else next(iter(found), "")
        return next((key for key in reversed(found) if key != NEW_EFFECT), "")

    def _show_top(self) -> None:
        company = company_words(self._others, self._surroundings.store.name)
        if company and self.has_class("-narrow"):
            company = f"+{len(self._others)}"
        shared = self.presentation.shared
        left, right = top_bar(
            self.session, self.place, self.editor.saving, "" if shared else company, brief=shared or self._short
        )
        self._top.show(left, right)

    def _show_line(self) -> None:
        desk, line = self.desk, self._line.value
        reading: Reading[Any] = Reading()
        if self._editor_in_place is not None:
            reading = desk.reread(self._editor_in_place.text)
        elif line.strip() not in ("", "?"):
            reading = desk.read(line)
        bar = understood_bar(
            reading,
            line,
            notice=self._notice,
            waiting=len(self._line.waiting),
            saving=self.editor.saving,
            cue=self._cue,
            conflicts=conflict_words(len(self.session.conflicts), self._key_of(SETTLE)),
            time_up=self._time_up_words,
            label=self._cue_label,
        )
        right = saving_words(self.editor.saving, self._key_of(SAVE), alone=self._short)
        if self._time_up and line:
            right = (*right, (f"  time is up, {self._key_of(MEETING)} ", "bold $warning"))
        self._understood.show(bar, right)
        self._line.placeholder = self._invitation(desk)
        editing = self._editor_in_place is not None
        shown = EDITOR if editing else [each for each in SESSION if each.footer]
        self._keys.show(shown, EVERYWHERE[:2], self._surroundings.keymap, labels(desk, line))

    @property
    def _time_up_words(self) -> str:
        """What to say when the time of a box is up."""
        clock = self._timekeeper.clock(self.session) if self._time_up else None
        box = clock.box if clock is not None else None
        if box is None:
            return ""
        return f"Time is up for {box.text}. {self._key_of(MEETING)}: more time, move on, or park the rest."

    def _key_of(self, command: Command) -> str:
        return shown_key(self._surroundings.keymap.get(command.id, command.keys))

    @property
    def _cue(self) -> str:
        """The cue, where its card has no room."""
        wide = self.app.size.width >= self.HORIZONTAL_BREAKPOINTS[-1][0]
        has_card = wide and self.place is not Phase.DOCUMENT and not self.presentation.shared
        return "" if has_card else self._cues.cue

    @property
    def _cue_label(self) -> str:
        """What stands before the cue."""
        return "Ask"

    @property
    def _short(self) -> bool:
        """Whether the bar above has no room."""
        return self.app.size.height < self.VERTICAL_BREAKPOINTS[1][0]

    def _invitation(self, desk: Desk) -> str:
        if self._for_factor:
            factor = edits.find(self.session, self._for_factor)
            return f"an action for: {getattr(factor, 'text', '')}"
        if desk.table is not None:
            return desk.table.invitation
        asked = desk.field_for("")
        return f"{asked.label}: {asked.hint}" if asked is not None else desk.panel.invitation

    def _others_joined(self) -> None:
        """Show what others saved; the mark stays on its row, and what is typed stays as it is."""
        if self._for_factor and edits.find(self.session, self._for_factor) is None:
            self._for_factor = ""
        if self._ready:
            self.redraw(self._key)

    def _saving_changed(self) -> None:
        if self.editor.saving.brief and self._notice == self._passing:
            self._notice = ""
        if self._ready:
            self._show_top()
            self._show_line()
