"""A line to type into."""

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input

from facilitator.app.widgets.key_order import JOINERS, take


class LineInput(Input, inherit_bindings=False):
    """An input without frame whose cursor stands still: nothing on the screen moves while nobody types.

    It keeps only the keys that edit a line, so that all others are free for the screen, and it takes every key in the
    order of typing.
    """

    BINDINGS = [
        Binding("left", "cursor_left", show=False),
        Binding("right", "cursor_right", show=False),
        Binding("ctrl+left,alt+b", "cursor_left_word", show=False),
        Binding("ctrl+right,alt+f", "cursor_right_word", show=False),
        Binding("home,ctrl+a", "home", show=False),
        Binding("end", "end", show=False),
        Binding("shift+left", "cursor_left(True)", show=False),
        Binding("shift+right", "cursor_right(True)", show=False),
        Binding("shift+home", "home(True)", show=False),
        Binding("shift+end", "end(True)", show=False),
        Binding("backspace", "delete_left", show=False),
        Binding("delete,ctrl+d", "delete_right", show=False),
        Binding("ctrl+w,alt+backspace", "delete_left_word", show=False),
        Binding("ctrl+u", "delete_left_all", show=False),
        Binding("ctrl+c,super+c", "copy", show=False),
        Binding("ctrl+v", "paste", show=False),
    ]

    @dataclass
    class Entered(Message):
        """Enter was pressed on the line with this text."""

        text: str

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, compact=True, select_on_focus=False, id=id)
        self.cursor_blink = False

    async def on_key(self, event: events.Key) -> None:
        """Take Enter, and whatever else is no character."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.enter()
        elif event.character in JOINERS:
            event.stop()
            self.insert_text_at_cursor(event.character or "")
        elif not event.is_printable:
            await take(self, event)

    def enter(self) -> None:
        """Hand the line over, as Enter does."""
        self.post_message(self.Entered(self.value))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Delete to the screen where there is nothing to delete at the right."""
        if action == "delete_right" and self.cursor_at_end and not self.selected_text:
            return False
        return super().check_action(action, parameters)
