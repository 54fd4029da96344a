"""Editing in place: a text area that stands where its row stands."""

from dataclasses import dataclass

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.widgets import TextArea

from facilitator.app.commands import EDITOR, bindings
from facilitator.app.widgets.key_order import JOINERS, take
from facilitator.model.text import MAX_TEXT, clean


class RowEditor(TextArea):
    """Edits the text of one row. Enter hands it over; Escape leaves the row as it was.

    The cursor begins at the end, or behind the first `cursor` characters, which have no line end.
    """

    BINDINGS = bindings(EDITOR)

    @dataclass
    class Submitted(Message):
        """The text is as it shall be."""

        text: str

    class Resized(Message):
        """The text takes more or fewer lines than before."""

    class Cancelled(Message):
        """The row stays as it was."""

    def __init__(self, text: str, *, several_lines: bool, cursor: int | None = None) -> None:
        super().__init__(text, compact=True, soft_wrap=True, tab_behavior="focus", id="editor")
        self.cursor_blink = False
        self._late: list[str] | None = None
        self._several_lines = several_lines
        self.move_cursor(self.document.end if cursor is None else (0, cursor))

    @property
    def lines(self) -> int:
        """How many lines the text takes in the width that the editor has; 1 before it has one."""
        return max(1, self.wrapped_document.height) if self.size.width else 1

    def stand(self, words: Region, within: Region) -> None:
        """Stand over the words of a row, no line of it outside of `within`."""
        lines = max(1, min(words.height, within.height))
        top = max(within.y, min(words.y, within.bottom - lines))
        self.styles.offset = (words.x, top)
        self.styles.width = max(10, words.width)
        self.styles.height = lines

    def on_resize(self) -> None:
        """Ask for a place again: only now is it known how many lines the text takes."""
        self.post_message(self.Resized())

    async def on_key(self, event: events.Key) -> None:
        """Take Enter as the end of editing, let Tab do nothing, and take every key in the order of typing."""
        if self._late is not None:
            event.stop()
            event.prevent_default()
            self._late.append("\n" if event.key == "enter" else event.character or "")
        elif event.key in ("enter", "tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            if event.key == "enter":
                self.action_submit()
        elif event.character in JOINERS:
            event.stop()
            self.insert(event.character or "")
        elif not event.is_printable:
            await take(self, event)

    def take_characters(self, typed: str) -> None:
        """Take what was typed elsewhere while the editor came up or went away."""
        if self._late is None:
            self.insert(typed)
        else:
            self._late.append(typed)

    def take_line(self, typed: str) -> None:
        """Take a line that was entered elsewhere, its Enter too."""
        if self._late is None:
            self.insert(typed)
            self.action_submit()
        else:
            self._late.append(f"{typed}\n")

    def late(self) -> str:
        """Return what was typed after the text was handed over, and take keys again."""
        typed, self._late = "".join(self._late or ()), None
        return typed

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste cleaned, and on one line where the row has only one."""
        event.stop()
        event.prevent_default()
        text = clean(event.text)
        if len(text) + len(self.text) > MAX_TEXT:
            self.notify(f"{len(text):,} characters pasted; {MAX_TEXT:,} fit. Nothing was taken.", severity="warning")
            return
        self.insert(text if self._several_lines else " ".join(text.split("\n")))

    def action_delete_to_start_of_line(self) -> None:
        """Delete what is left of the cursor: to the start of the line as written, not as it is broken on the screen."""
        row, _column = self.cursor_location
        self.delete((row, 0), self.cursor_location)

    def action_submit(self) -> None:
        """Take the text over, as Enter does. What is typed from now on is no part of it."""
        self._late = []
        self.post_message(self.Submitted(self.text))

    def action_newline(self) -> None:
        """Begin a new line where the text may have several."""
        if self._several_lines:
            self.insert("\n")

    def action_cancel(self) -> None:
        """Leave the row as it was."""
        self.post_message(self.Cancelled())
