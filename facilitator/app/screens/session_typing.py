"""Typing into a session: the capture line, and editing a row in place."""

import dataclasses
from typing import Any

from textual.widgets import Input, TextArea

from facilitator.app import filing
from facilitator.app.desk import SPLIT, Desk
from facilitator.app.filing import Edit, kept_words
from facilitator.app.panels.factors import NEW_FACTOR
from facilitator.app.screens.session_frame import SessionFrame
from facilitator.app.screens.session_state import SetAside
from facilitator.app.screens.settle import SettleScreen
from facilitator.app.widgets.capture_line import CaptureLine
from facilitator.app.widgets.line_input import LineInput
from facilitator.app.widgets.row_editor import RowEditor
from facilitator.capture.reading import Reading
from facilitator.model.merge import merge
from facilitator.model.phases import Phase
from facilitator.model.session import Session
from facilitator.store.ids import new_id


class SessionTyping(SessionFrame):
    """Files what is typed, and asks where it can be meant in several ways."""

    def apply(self, edit: Edit, since: Session | None = None) -> None:
        """Make an edit, and look at its row.

        `since` is the session that the edit was made in, when others may have saved something while it was thought of.
        """
        self._notice = edit.said
        session = edit.session if since is None else merge(since, edit.session, self.session)
        self.editor.apply(edit.label, session)
        self.redraw(edit.key)

    def action_submit(self) -> None:
        """Do what Enter does."""
        self._line.enter()

    async def on_line_input_entered(self, event: LineInput.Entered) -> None:
        """File the typed line; on an empty line, edit the marked row; on a question mark alone, help."""
        event.stop()
        line = event.text.strip()
        if self._editor_in_place is not None:
            self._editor_in_place.take_line(event.text)
        elif not line:
            await self._enter_on_empty_line()
        elif line == "?":
            self.run_worker(self.run_action("app.help"))
        else:
            desk = self.desk
            reading = desk.read(line)
            if desk.settled(line, reading):
                self._file(line, reading.value, desk)
            elif reading.choices:
                self.run_worker(self._settle_line(line, reading), group="settle")
            else:
                self._refuse(event.text)

    async def _enter_on_empty_line(self) -> None:
        """Edit the marked row; right after a line was filed only say so, since a second Enter is easily pressed."""
        if self._just_filed:
            self._just_filed = False
            self.say("Enter once more edits the marked row.")
        else:
            await self._edit_in_place()

    def _refuse(self, text: str) -> None:
        """Give a line back that cannot be read, selected: the next character replaces it, and undo brings it back."""
        self._refused = text
        self._line.put_back(text)
        self._line.select_all()
        self._show_line()

    async def _settle_line(self, line: str, reading: Reading[Any]) -> None:
        """File what is chosen for a line. When something else is typed instead, the line waits behind that."""
        proposals = [choice.label for choice in reading.choices]
        self._questioned, desk = line, self.desk
        settled = await self.app.push_screen_wait(SettleScreen(line, reading.question, proposals))
        self._questioned = ""
        if settled.choice is not None:
            self._file(line, reading.choices[settled.choice].value, desk)
        elif settled.typed:
            self._line.let_wait(line)
            self._line.feed("".join(settled.typed))
        else:
            self._line.put_back(line)

    @property
    def _last_step(self) -> str:
        """The id of the last edit that undo would take back, or nothing."""
        past = self.editor.history.past
        return past[-1].id if past else ""

    def _put_aside(self, text: str) -> None:
        """Keep a text that is left out of hand, so that undo can bring it back."""
        self._set_aside.append(SetAside(text, self._last_step))

    def _file(self, line: str, value: Any, desk: Desk) -> None:
        edit = desk.filed(line, value, new_id)
        if (said := kept_words(value)) and not edit.said and not desk.shows(value):
            edit = dataclasses.replace(edit, said=said)
            self._passing = said
        if desk.field_for(line) is not None:
            edit = dataclasses.replace(edit, key=desk.next_empty(edit.session))
        self._for_factor = ""
        self._just_filed = True
        self._cues.hear(filing.told(value, line))
        self.apply(edit, desk.session)
        self._line.next_line()

    async def _edit_in_place(self) -> None:
        desk = self.desk
        text = desk.row_text()
        if text is None:
            self.say("Nothing to edit here. Type a line and press Enter.")
            return
        editor = RowEditor(text, several_lines=desk.several_lines(), cursor=desk.sentence_end())
        await self.query_one("#centre").mount(editor)
        self._editor_in_place, self._edited, self._notice = editor, (desk.session, desk.key), ""
        self.set_focus(editor)
        self.call_later(self._hand_over_to_editor)
        self._show_line()
        self.call_after_refresh(self._place_editor)

    def _hand_over_to_editor(self) -> None:
        """Give the editor what was typed into the line while the editor came up."""
        if self._editor_in_place is not None and self._line.value:
            typed, self._line.value = self._line.value, ""
            self._editor_in_place.take_characters(typed)

    def _place_editor(self) -> None:
        if self._editor_in_place is not None:
            # The editor stands in what holds the list, which may have the strip above the list.
            within = self._rows.region.translate(-self.query_one("#centre").content_region.offset)
            self._rows.hold(self._editor_in_place.lines)
            self._editor_in_place.stand(self._rows.words_region().translate(within.offset), within)

    def _end_editing(self) -> None:
        """Give the keys back to the line, with whatever was typed after the text was handed over."""
        editor, self._editor_in_place, self._edited = self._editor_in_place, None, None
        self.set_focus(self._line)
        self._rows.hold(0)
        if editor is not None:
            late = editor.late()
            editor.remove()
            if late:
                self._line.feed(late)

    def on_row_editor_submitted(self, event: RowEditor.Submitted) -> None:
        """Take what was edited in place, when it can be read."""
        desk = self.desk
        reading = desk.reread(event.text)
        if reading.value is not None or (desk.clears and not reading.question):
            self._take_edited(reading.value, event.text)
        elif reading.choices:
            self.run_worker(self._settle_edited(event.text, reading), group="settle")
        else:
            self._go_on_editing()

    def _go_on_editing(self) -> None:
        """Leave the editor open, with what was typed meanwhile."""
        if self._editor_in_place is not None:
            self._editor_in_place.insert(self._editor_in_place.late())
        self._show_line()

    async def _settle_edited(self, line: str, reading: Reading[Any]) -> None:
        """Take what is chosen for the row; the editor stays open until then."""
        proposals = [choice.label for choice in reading.choices]
        settled = await self.app.push_screen_wait(SettleScreen(line, reading.question, proposals))
        if settled.choice is not None:
            self._take_edited(reading.choices[settled.choice].value, line)
        elif self._editor_in_place is not None:
            self._editor_in_place.insert("".join(settled.typed))
            self._go_on_editing()

    def _take_edited(self, value: Any, text: str) -> None:
        desk = self.desk
        edit = desk.split(desk.changed(value, new_id, text), text.strip(), new_id)
        self._just_filed = True
        if self.place is Phase.FACTORS and desk.panel.field(edit.key) is not None:
            edit = Edit(edit.session, edit.label, NEW_FACTOR)
        editor, self._editor_in_place, self._edited = self._editor_in_place, None, None
        self.apply(edit, desk.session)
        self._editor_in_place = editor
        self._end_editing()
        if edit.label == SPLIT:
            self.say(f"Split into {len(edit.session.whys) - len(desk.session.whys) + 1}. Undo makes them one again.")
        self._show_line()

    def on_row_editor_resized(self) -> None:
        """Stand as tall as the text."""
        self._place_editor()

    def on_row_list_shifted(self) -> None:
        """Stand over the row wherever it is."""
        self._place_editor()

    def on_row_editor_cancelled(self) -> None:
        """Leave the row as it was; what was written in it can be brought back by undo."""
        editor = self._editor_in_place
        if editor is not None and editor.text != self.desk.row_text():
            self._put_aside(" ".join(editor.text.split()))
            self.say("The row is as it was. Undo brings back what was written, into the line.")
        self._end_editing()
        self._show_line()

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        """Say what the edited text means while it is typed."""
        if self._editor_in_place is not None:
            parts = self.desk.parts(self._editor_in_place.text)
            self._notice = f"Enter splits this into {parts}." if parts > 1 else ""
        self._show_line()
        self._place_editor()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Say what the line means while it is typed."""
        if self._editor_in_place is not None:
            self.call_later(self._hand_over_to_editor)  # behind the lines that were entered before
            return
        value = self._line.value
        if self._line.returned and value != self._line.returned:
            returned, self._line.returned = self._line.returned, ""
            if len(value) <= 1:  # something else is typed over it
                self._line.let_wait(returned)
        if self._refused and len(value) <= 1:
            self._put_aside(self._refused)
        if value != self._refused:
            self._refused = ""
        if value:
            self._notice, self._just_filed = "", False
        self._show_line()

    def on_capture_line_refused(self, event: CaptureLine.Refused) -> None:
        """Say why a paste was not taken."""
        self.say(event.reason)

    def on_capture_line_waiting(self) -> None:
        """Say how many pasted lines wait."""
        self._show_line()
