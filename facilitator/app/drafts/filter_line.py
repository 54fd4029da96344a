"""The line that filters drafts."""

from dataclasses import dataclass

from textual import events
from textual.message import Message

from facilitator.app.widgets.line_input import LineInput


class FilterLine(LineInput):
    """The line that filters. A paste of several lines is no filter: it is handed over as a conversation."""

    @dataclass
    class Pasted(Message):
        """Several lines were pasted."""

        text: str

    def on_paste(self, event: events.Paste) -> None:
        """Hand over what has several lines."""
        if "\n" in event.text.strip():
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))
