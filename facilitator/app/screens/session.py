"""The session screen: what can be done with a session by key."""

import dataclasses

from textual import work
from textual.binding import Binding

from facilitator.app import filing
from facilitator.app.commands import LISTS, PRESENTER, SESSION, bindings
from facilitator.app.filing import Edit
from facilitator.app.meeting.table import marked as meeting_marked
from facilitator.app.meeting.table import marks as meeting_marks
from facilitator.app.panels.places import PLACES, REVIEW, SIGNS, SIMILAR, next_place
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.leaving import may_leave, save_now
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.app.screens.session_review import SessionReview
from facilitator.app.session_bars import turned_words
from facilitator.app.step_words import deleted_words
from facilitator.app.widgets.document_view import DocumentView
from facilitator.app.widgets.drawn import TimelineStrip
from facilitator.app.widgets.key_line import KeyLine
from facilitator.app.widgets.place_list import PlaceList
from facilitator.model import edits
from facilitator.model.links import linked
from facilitator.model.meeting_items import Box, Meeting
from facilitator.model.phases import Phase
from facilitator.model.session import Participant, Session
from facilitator.model.text import one_line
from facilitator.model.told import kind_told
from facilitator.store.ids import new_id

HOME = "home"
"""The key by which the list of places offers to go home."""

_OWN_ACTIONS = frozenset(each.action.split("(")[0] for each in (*LISTS, *SESSION))


class SessionScreen(SessionReview):
    """Guides through one session. The capture line always has the focus; up and down move the mark in the panel."""

    BINDINGS = [
        *bindings((*LISTS, *SESSION)),
        Binding("escape", "escape", show=False),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave keys to the editor while a row is edited."""
        stays = {"settle", "cue", "guide"} if self.guiding else {"settle"}
        if action in _OWN_ACTIONS - stays and self._editor_in_place is not None:
            return False
        return super().check_action(action, parameters)

    def action_row(self, places: int) -> None:
        """Move the mark, or scroll the document."""
        self._notice = ""
        if self.place is Phase.DOCUMENT:
            self.query_one(DocumentView).scroll_lines(places)
        else:
            self._rows.move_by(places)

    def action_page(self, direction: int) -> None:
        """Move by a screen."""
        if self.place is Phase.DOCUMENT:
            self.query_one(DocumentView).page(direction)
        else:
            self._rows.page(direction)

    def action_edge(self, direction: int) -> None:
        """Move to the first or the last row."""
        if self.place is Phase.DOCUMENT:
            self.query_one(DocumentView).scroll_lines(direction * 1_000_000)
        else:
            self._rows.move_to(0 if direction < 0 else len(self._rows.rows) - 1)

    def action_place(self, step: int) -> None:
        """Go to the next or the previous place."""
        self.go(next_place(self.place, step))

    @work
    async def action_go(self) -> None:
        """Ask where to go."""
        options = [Option(place, f"{SIGNS[place]} {place}", on=place == self.place) for place in PLACES]
        options.append(Option(HOME, "0 Home: all sessions"))
        chosen = await self.app.push_screen_wait(PickScreen("Go to", options, opener="session.go"))
        if not chosen:
            return
        if chosen[0] != HOME:
            self.go(next(place for place in PLACES if place == chosen[0]))
        elif await may_leave(self.app, self.editor, self.typed):
            self.dismiss()

    def action_further(self) -> None:
        """Make the next thing from the marked row; of a past incident, a note that this one is like it."""
        if self.place == SIMILAR:
            self.note_past()
            return
        if self.place == REVIEW:
            self.take_step()
            return
        item = self.desk.item
        if isinstance(item, Box):
            self.turn_to(item)
            return
        if item is None or not filing.further(item):
            self.say("Nothing is made from this row. Entries, whys, factors and parked topics can be taken further.")
            return
        made = filing.made_already(self.session, item)
        if made is not None:
            self.say(filing.made_words(self.session, item, made))
            return
        edit = filing.taken_further(self.session, item, new_id)
        if edit is None:
            self._for_factor = item.id
            self._show_line()
            return
        self.apply(edit)
        self.say(f"Made {filing.article(filing.further(item))}: {getattr(item, 'text', '')}")

    @work
    async def action_mark(self) -> None:
        """Ask what the marked row is; of a finding, why it is muted."""
        if self.mark_beside():
            return
        desk = self.desk
        field, item = desk.panel.field(desk.key), desk.item
        if field is not None and field.choices:
            shown = desk.row_text()
            options = [Option(choice, choice, on=choice == shown) for choice in field.choices]
            chosen = await self.app.push_screen_wait(PickScreen(field.label, options, opener="session.mark"))
            if chosen:
                self.apply(desk.changed(desk.reread(chosen[0]).value, new_id), desk.session)
            return
        if desk.table is not None and isinstance(item, Participant):
            marks: tuple[filing.Mark, ...] = meeting_marks(desk.session, item)
            item = desk.table.meeting  # of which they are fields
        else:
            marks = filing.marks(item, self._surroundings.categories) if item is not None else ()
        if item is None or not marks:
            self.say("Nothing to mark on this row.")
            return
        options = [Option(str(number), mark.name, mark.on, mark.group) for number, mark in enumerate(marks)]
        title = filing.described(desk.session, desk.item or item)
        chosen = await self.app.push_screen_wait(PickScreen(title, options, opener="session.mark"))
        if not chosen:
            return
        mark = marks[int(chosen[0])]
        if mark.asks:
            said = await self.app.push_screen_wait(LineScreen(mark.asks))
            if said is None:
                return
            mark = dataclasses.replace(mark, value=one_line(said))
        if isinstance(item, Meeting):
            edit = dataclasses.replace(meeting_marked(desk.session, item, mark), key=desk.key)
        else:
            edit = filing.marked(desk.session, item, mark, new_id, desk.today)
        self.apply(edit, desk.session)

    @work
    async def action_link(self) -> None:
        """Ask what the marked row is linked to."""
        if self.place == REVIEW:
            self.approve()
            return
        item, session, past = self.marked_past or self.desk.item, self.session, self.past_incidents
        targets = filing.link_targets(session, item, past) if item is not None else ()
        if item is None or not targets:
            self.say("Nothing to link this row to yet. Factors link to whys, entries, actions and past incidents.")
            return
        present = {each.id for each in linked(session, item)}
        options = [
            Option(each.id, filing.described(session, each), each.id in present, filing.link_group(each))
            for each in targets
        ]
        title = f"Link {filing.described(session, item)}"
        chosen = await self.app.push_screen_wait(PickScreen(title, options, several=True, opener="session.link"))
        if chosen:
            self.apply(filing.links_toggled(session, item, chosen, past), session)

    def action_delete(self) -> None:
        """Delete the marked row when nothing is typed; undo brings it back."""
        if self._line.value or self.show_again():
            return
        desk = self.desk
        item, field = desk.item, desk.panel.field(desk.key)
        if item is not None:
            rows, place = self._rows.rows, self._rows.cursor
            below = [row.key for row in (*rows[place + 1 :], *reversed(rows[:place])) if row.key]
            edit = filing.removed(self.session, item, below[0] if below else "")
            self.apply(edit)
            self.say(deleted_words(self.editor.history))
        elif field is not None and field.path != "title":
            self.apply(desk.changed(desk.reread("").value, new_id))
            self.say(f"Emptied {field.label.lower()}. Undo brings it back.")

    def action_move(self, places: int) -> None:
        """Move the marked row among its neighbours."""
        item = self.desk.item
        if item is not None:
            moved = edits.move(self.session, item.id, places)
            if moved == self.session:
                self.say("It cannot go further. Entries stand where their time puts them.")
            else:
                self.apply(Edit(moved, f"move {filing.article(kind_told(item))}", item.id))

    async def action_undo(self) -> None:
        """Bring back the line that was put aside, or else take the last edit back."""
        if self._set_aside and not self._line.value and self._set_aside[-1].after == self._last_step:
            self._line.put_back(self._set_aside.pop().text)
            return
        before, key = self.session, self._key
        taken = await self.editor.undo()
        self._look_at_difference(before, key)
        self.say(turned_words("Undone", taken, self._surroundings.now(), self.session) or "Nothing to undo.")

    async def action_redo(self) -> None:
        """Do again what was undone."""
        before, key = self.session, self._key
        taken = await self.editor.redo()
        self._look_at_difference(before, key)
        self.say(turned_words("Done again", taken, self._surroundings.now(), self.session) or "Nothing to redo.")

    def _look_at_difference(self, before: Session, key: str) -> None:
        shown = {row.key for row in self._panels[self.place].rows(self.session)}
        self.redraw(filing.difference(before, self.session, shown) or key)

    async def action_cue(self) -> None:
        """Show the next question to ask; of the guide, the one after this."""
        if self.guiding:
            await self.skip()
            return
        self._cues.another()
        self.say("")

    def action_keep_cue(self) -> None:
        """Keep the question that is shown as an open question, and show the next one."""
        offer = self._cues.offer
        if offer is None:
            self.say("There is no question to keep.")
            return
        edit = filing.question_kept(self.session, offer.cue.question, offer.about, new_id)
        self._cues.another()
        if edit is None:
            self.say("That is an open question already.")
            return
        self.apply(dataclasses.replace(edit, key=self._key))
        self.say(f"Kept as an open question: {offer.cue.question}")

    def action_pictures(self) -> None:
        """Show the pictures: that of this place first."""
        from facilitator.app.screens.pictures import PicturesScreen

        names = {Phase.TIMELINE: "Timeline", Phase.WHYS: "Paths"}
        name = names.get(self.place, "Fishbone") if isinstance(self.place, Phase) else "Fishbone"
        self.app.push_screen(PicturesScreen(self.session, name))

    @work(exclusive=True, group="drafts")
    async def action_drafts(self) -> None:
        """Sift what was recorded elsewhere."""
        if self.presentation.shared:
            self.say(f"Drafts are not for a shared screen. {self._key_of(PRESENTER)} shows everything again.")
            return
        from facilitator.app.screens.drafts import DraftsScreen

        await self.app.push_screen_wait(DraftsScreen(self, self._surroundings))
        self.redraw(self._key)

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Copy the document, or write it to a file."""
        from facilitator.app.screens.export import export

        await export(self, self._surroundings)

    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Save at once, and say that it is saved, or why it is not."""
        self.say("Saving…")
        self.say(await save_now(self.app, self.editor))

    def action_escape(self) -> None:
        """Leave the action that a factor asked for, or put the typed line aside; undo brings it back."""
        if self._for_factor:
            self._for_factor = ""
            self._show_line()
        elif self._line.value:
            self._put_aside(self._line.value)
            self._line.returned = self._line.value = ""
            self._line.next_line()
            self.say("The line is put aside. Undo brings it back.")

    def on_place_list_picked(self, event: PlaceList.Picked) -> None:
        """Go to the place that was clicked."""
        if self._editor_in_place is None:
            self.go(event.place)

    def on_row_list_highlighted(self) -> None:
        """Show what can be typed at the row under the mark."""
        self._just_filed = False
        self._show_strip()
        self._show_cue()
        self._show_line()

    def on_timeline_strip_drawn(self) -> None:
        """Show the cue that fits the gaps that are known now."""
        self._show_cue()
        self._show_line()

    def on_timeline_strip_chosen(self, event: TimelineStrip.Chosen) -> None:
        """Go to the entry that was clicked on the strip."""
        if self._editor_in_place is None:
            self.redraw(event.entry.id)

    async def on_row_list_chosen(self) -> None:
        """Edit the row that was clicked while it was marked."""
        if not self._line.value and self._editor_in_place is None:
            await self._edit_in_place()

    async def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        """Do what the clicked key does."""
        await self.run_action(event.action)
