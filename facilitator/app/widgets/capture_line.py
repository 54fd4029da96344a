"""The capture line: one line at the bottom into which everything that is said is typed."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from facilitator.app.widgets.line_input import LineInput
from facilitator.model.text import MAX_TEXT, one_line

MAX_LINES = 2_000
"""The most lines that one paste may bring."""


class CaptureLine(LineInput):
    """An input that keeps every line of a paste: the first in hand, the others waiting behind it."""

    @dataclass
    class Refused(Message):
        """A paste was too large; nothing of it was taken."""

        reason: str

    @dataclass
    class Waiting(Message):
        """The number of pasted lines that wait behind the one in hand has changed."""

        lines: int

    def __init__(self) -> None:
        super().__init__(id="capture")
        self.waiting: list[str] = []
        self.returned = ""
        """The line that waited and is in hand now, as long as nobody has changed it."""

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste: one line at the cursor, several lines one after the other."""
        event.stop()
        event.prevent_default()
        size = len(event.text)
        if size > MAX_TEXT * 10:
            reason = f"{size:,} characters pasted, {MAX_TEXT * 10:,} fit at once. Nothing was taken."
            self.post_message(self.Refused(reason))
            return
        lines = [line for each in event.text.splitlines() if (line := one_line(each))]
        if len(lines) > MAX_LINES or any(len(line) > MAX_TEXT for line in lines):
            reason = (
                f"{len(lines):,} lines pasted, {MAX_LINES:,} of up to {MAX_TEXT:,} characters fit. Nothing was taken."
            )
            self.post_message(self.Refused(reason))
            return
        if lines:
            self.insert_text_at_cursor(lines[0])
            self.waiting += lines[1:]
            self.post_message(self.Waiting(len(self.waiting)))

    def let_wait(self, text: str) -> None:
        """Put a line before those that wait, because something else is typed first."""
        self.waiting.insert(0, text)
        self.post_message(self.Waiting(len(self.waiting)))

    def feed(self, text: str) -> None:
        """Take characters that were typed while a question was open, as if they had been typed here."""
        *whole, rest = text.split("\n")
        for line in whole:
            self.value = one_line(line)
            self.enter()
        self.put_back(one_line(rest) + (" " if rest.endswith(" ") else ""))

    def enter(self) -> None:
        """Hand the line over and empty it at once: what is typed behind it is another line."""
        text, self.value = self.value, ""
        self.returned = ""
        self.post_message(self.Entered(text))

    def put_back(self, text: str) -> None:
        """Give a line back that could not be filed, before whatever was typed since."""
        self.value = f"{text}{self.value}"
        self.cursor_position = len(self.value)

    def next_line(self) -> None:
        """Take the next line that waits, when nothing was typed since; what is typed then takes its place."""
        if self.waiting and not self.value:
            self.returned = self.waiting.pop(0)
            self.put_back(self.returned)
            self.select_all()
            self.post_message(self.Waiting(len(self.waiting)))
