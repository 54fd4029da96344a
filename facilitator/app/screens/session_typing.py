"""Typing into a session: the capture line, and editing a row in place."""

from collections.abc import Callable
from typing import Any

from textual.widgets import Input, TextArea

from facilitator.app.filing import Edit
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.app.screens.session_frame import SessionFrame
from facilitator.app.widgets.capture_line import CaptureLine
from facilitator.app.widgets.line_input import LineInput
from facilitator.app.widgets.row_editor import RowEditor
from facilitator.capture.reading import Reading
from facilitator.store.ids import new_id


class SessionTyping(SessionFrame):
    """Files what is typed, and asks where it can be meant in several ways."""

    def apply(self, edit: Edit) -> None:
        """Make an edit, and look at its row."""
        self.editor.apply(edit.label, edit.session)
        self.redraw(edit.key)

    def action_submit(self) -> None:
        """Do what Enter does."""
        self._line.enter()

    def on_line_input_entered(self, event: LineInput.Entered) -> None:
        """File the typed line; on an empty line, edit the marked row; on a question mark alone, help."""
        event.stop()
        line = event.text.strip()
        if not line:
            self._edit_in_place()
        elif line == "?":
            self.run_worker(self.run_action("app.help"))
        else:
            reading = self.desk.read(line)
            if self.desk.settled(line, reading):
                self._file(line, reading.value)
            else:
                self._line.put_back(event.text)
                self._settle(reading, lambda value: self._file_chosen(line, value))

    def _file_chosen(self, line: str, value: Any) -> None:
        """File what was chosen for a line that was given back in the meantime."""
        self._line.value = ""
        self._file(line, value)

    def _file(self, line: str, value: Any) -> None:
        desk = self.desk
        edit = desk.filed(line, value, new_id)
        if desk.field_for(line) is not None:
            edit = Edit(edit.session, edit.label, desk.next_empty(edit.session))
        self._for_factor = ""
        self._line.next_line()
        self.apply(edit)

    def _settle(self, reading: Reading[Any], then: Callable[[Any], None]) -> None:
        """Ask which of the choices is meant, and go on with it; what was typed stays until then."""
        if reading.choices:
            self.run_worker(self._choose(reading, then), group="settle")
        else:
            self.say(reading.question)

    async def _choose(self, reading: Reading[Any], then: Callable[[Any], None]) -> None:
        options = [Option(str(number), choice.label) for number, choice in enumerate(reading.choices)]
        chosen = await self.app.push_screen_wait(PickScreen(reading.question, options))
        if chosen:
            then(reading.choices[int(chosen[0])].value)

    def _edit_in_place(self) -> None:
        desk = self.desk
        text = desk.row_text()
        if text is None:
            self.say("Nothing to edit here. Type a line and press Enter.")
            return
        self._editor_in_place = editor = RowEditor(text, several_lines=desk.several_lines())
        self.query_one("#centre").mount(editor)
        self._line.disabled = True
        editor.focus()
        self.call_after_refresh(self._place_editor)

    def _place_editor(self) -> None:
        if self._editor_in_place is not None:
            self._editor_in_place.stand(self._rows.words_region(), self._rows.size.height)

    def _end_editing(self) -> None:
        if self._editor_in_place is not None:
            self._editor_in_place.remove()
            self._editor_in_place = None
        self._line.disabled = False
        self._line.focus()

    def on_row_editor_submitted(self, event: RowEditor.Submitted) -> None:
        """Take what was edited in place, when it can be read."""
        desk = self.desk
        reading = desk.reread(event.text)
        is_field = desk.panel.field(desk.key) is not None
        if reading.value is not None or (is_field and not reading.question):
            self._take_edited(reading.value)
        else:
            self._settle(reading, self._take_edited)

    def _take_edited(self, value: Any) -> None:
        edit = self.desk.changed(value)
        self._end_editing()
        self.call_after_refresh(lambda: self.apply(edit))

    def on_row_editor_resized(self) -> None:
        """Stand as tall as the text."""
        self._place_editor()

    def on_row_editor_cancelled(self) -> None:
        """Leave the row as it was."""
        self._end_editing()

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        """Say what the edited text means while it is typed."""
        self._show_line()
        self._place_editor()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Say what the line means while it is typed."""
        if self._line.value:
            self._notice = ""
        self._show_line()

    def on_capture_line_refused(self, event: CaptureLine.Refused) -> None:
        """Say why a paste was not taken."""
        self.say(event.reason)

    def on_capture_line_waiting(self) -> None:
        """Say how many pasted lines wait."""
        self._show_line()
