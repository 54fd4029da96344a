"""The frame of a session: the panel of a place, the places beside it, the cue card, the capture line, the bars."""

import asyncio
from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import Static

from facilitator.app.commands import COMMENT, EDITOR, EVERYWHERE, MEETING, SAVE, SESSION, SETTLE
from facilitator.app.desk import Desk
from facilitator.app.drawing import content
from facilitator.app.key_labels import in_order, labels
from facilitator.app.meeting.aside import aside
from facilitator.app.meeting.table import OPENING
from facilitator.app.panels import findings, reviewing
from facilitator.app.panels.places import FINDINGS, REVIEW, SIMILAR, Place
from facilitator.app.prose import prose
from facilitator.app.review_words import review_told, status_told
from facilitator.app.rows import Line, Row, position
from facilitator.app.screens.session_state import MANY_ENTRIES, SessionState
from facilitator.app.session_bars import company_words, conflict_words, saving_words, top_bar, understood_bar
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.capture_line import CaptureLine
from facilitator.app.widgets.clock_face import ClockFace
from facilitator.app.widgets.cue_card import CueCard
from facilitator.app.widgets.document_view import DocumentView
from facilitator.app.widgets.drawn import TimelineStrip
from facilitator.app.widgets.key_line import KeyLine
from facilitator.app.widgets.place_list import PlaceList
from facilitator.app.widgets.row_drawing import LONGEST_LEAD, MARGIN, lead_width
from facilitator.app.widgets.row_list import RowList
from facilitator.capture.reading import Reading
from facilitator.model import edits
from facilitator.model.meetings import people_here
from facilitator.model.phases import Phase
from facilitator.model.voices import Voices
from facilitator.review.comments import open_comments

_NOT_SHARED: dict[Place, Sequence[Row]] = {FINDINGS: findings.NOT_SHARED, REVIEW: reviewing.NOT_SHARED}


class SessionFrame(SessionState):
    """Draws a session. What is typed and pressed is the business of the classes made from it."""

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
        if place is Phase.DOCUMENT and not self.presentation.shared:
            told = review_told(self.session, self._surroundings.now())
            self._notice = f"{told} {self.reviewer.latest.summary}".strip()
        self.redraw(self._marked.get(place) or self._first_key(place))

    def redraw(self, key: str | None = None) -> None:
        """Show the session as it stands, with the mark on the row `key`, or where it was."""
        panel, seen = self._panels[self.place], self.presentation
        # What was found names people, and what must not leave: it is for whoever facilitates.
        hidden = _NOT_SHARED.get(self.place, ()) if seen.shared else ()
        rows = hidden or panel.rows(seen.session(self.session))
        # People are counted by name at the opening, whoever looks.
        named = self.place == OPENING
        rows = seen.rows(rows, self.session, named=named) if seen.shared else self._noted(rows)
        place = position(rows, key) if key else None
        self._rows.show(
            rows,
            cursor=self._rows.cursor if place is None else place,
            focus_lines=self._focus_lines,
        )
        self._show_strip()
        self._show_cue()
        empty = self.query_one("#empty", Static)
        empty.display = not rows and bool(panel.empty)
        empty.update(content(panel.empty))
        if self.place is Phase.DOCUMENT:
            self.call_after_refresh(self._show_document)
        found = 0 if seen.shared else len(self.reviewer.latest.gathered)
        counts: dict[Place, int] = {
            FINDINGS: found,
            SIMILAR: self.recaller.latest.notable,
            REVIEW: len(open_comments(self.session)),
        }
        self.query_one(PlaceList).show(self.session, self.place, counts)
        self._show_line()
        self._show_top()
        self._clock.tick()

    def _focus_lines(self, row: Row) -> tuple[Line, ...]:
        """Return the lines below the marked row: what it is linked to, and what was found there."""
        seen = self.presentation
        lines = self._panels[self.place].focus(seen.session(self.session), row.key)
        if seen.shared:
            return seen.lines(lines, self.session)
        if self._editor_in_place is not None:
            return lines
        room = self._rows.size.width - MARGIN - lead_width([row.lead], self._rows.size.width, LONGEST_LEAD) - row.indent
        found = self.reviewer.lines(row.key, self.session, room - 2)
        return (*lines, *found, *self.remarks.lines(self.session, row.key, self._key_of(COMMENT)))

    def _noted(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Return rows with the number of their findings and of their open comments."""
        return self.remarks.rows(self.reviewer.rows(rows), self.session)

    def _show_strip(self) -> None:
        if self.place is Phase.TIMELINE:
            self._strip.show(self.session.timeline, self.session.zone, self._key)
        else:
            self._strip.hide()

    def _show_cue(self) -> None:
        """Show the cue for here and now."""
        place = {FINDINGS: Phase.DOCUMENT, SIMILAR: Phase.LESSONS, REVIEW: Phase.DOCUMENT}.get(self.place, self.place)
        self._cues.look(self.session, place, self._key, self._silences)
        self._cues.beside(self._beside())

    def _beside(self) -> tuple[Line, ...]:
        """Return what stands below the cue."""
        heard = self._surroundings.voices.get(self.session.id, Voices())
        return aside(self.session, self.place, heard, people_here(self.session))

    def _show_document(self) -> None:
        """Show the document without its diagrams: a terminal draws none, and has its own pictures."""
        from facilitator.documents.markdown import markdown
        from facilitator.documents.pictures.figures import fenced, nothing

        self.query_one(DocumentView).show(markdown(self.session, fenced), markdown(self.session, nothing))

    def say(self, notice: str) -> None:
        """Say something beside the capture line until the next key."""
        self._notice = notice
        self._show_line()

    def _show_top(self) -> None:
        company = company_words(self._others, self._surroundings.store.name)
        if company and self.has_class("-narrow"):
            company = f"+{len(self._others)}"
        shared = self.presentation.shared
        status = status_told(self.session, self._surroundings.now(), brief=self.has_class("-narrow"))
        left, right = top_bar(
            self.session,
            self.place,
            self.editor.saving,
            "" if shared else company,
            "" if shared or self._short else status,
        )
        self._top.show(left, right)
        # Into the frame that is drawn next, in which a row may be that was just filed: never beside an older "saved".
        self._dirty_widgets.add(self._top)

    def _show_line(self) -> None:
        desk, line = self.desk, self._line.value
        reading: Reading[Any] = Reading()
        text = line if self._editor_in_place is None else self._editor_in_place.text
        if self._editor_in_place is not None:
            reading = desk.reread(text)
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
            advice=self._advice(desk, text, reading),
        )
        right = saving_words(self.editor.saving, self._key_of(SAVE), alone=self._short)
        if self._time_up and line:
            right = (*right, (f"  time is up, {self._key_of(MEETING)} ", "bold $warning"))
        self._understood.show(bar, right)
        self._line.placeholder = self._invitation(desk)
        editing = self._editor_in_place is not None
        shown = EDITOR if editing else [each for each in SESSION if each.footer]
        self._keys.show(in_order(shown, desk), EVERYWHERE[:2], self._surroundings.keymap, labels(desk, line))

    def _advice(self, desk: Desk, text: str, reading: Reading[Any]) -> str:
        """Return what to ask instead of what is being typed, where others do not see it."""
        if self.presentation.shared or text.strip() in ("", "?"):
            return ""
        words, context = prose(desk, text, reading.value, editing=self._editor_in_place is not None)
        return self.reviewer.typed(words, context, self.session)

    @property
    def _time_up_words(self) -> str:
        """What to say when the time of a box is up."""
        clock = self._timekeeper.clock(self.session) if self._time_up else None
        box = clock.box if clock is not None else None
        if box is None:
            return ""
        return f"Time is up for {box.text}. {self._key_of(MEETING)}: more time, move on, or park the rest."

    @property
    def _cue(self) -> str:
        """The cue, where its card has no room."""
        return "" if self._has_card else self._cues.cue

    @property
    def _has_card(self) -> bool:
        """Whether the card of the cue has room."""
        wide = self.app.size.width >= self.HORIZONTAL_BREAKPOINTS[-1][0]
        return wide and self.place is not Phase.DOCUMENT and not self.presentation.shared

    @property
    def _cue_label(self) -> str:
        """What stands before the cue."""
        return "Ask"

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
