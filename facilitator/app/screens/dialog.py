"""What all dialogs have in common: Escape closes them, and so does the key that opened them."""

from typing import TypeVar

from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widget import Widget

from facilitator.app.commands import (
    DRAFTS,
    ENTER,
    EVERYWHERE,
    HOME,
    LIBRARY,
    QUIT,
    REDACTION,
    REGISTER,
    SESSION,
    TRENDS,
)

AnswerT = TypeVar("AnswerT")


class Dialog(ModalScreen[AnswerT | None]):
    """A dialog that answers with None when it is left.

    `opener` is the id of the command that opened it. Pressing the key of that command again leaves the dialog, whatever
    key the keymap gives it; the keys of other commands do nothing.
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]
    BINDINGS = [
        Binding("escape", "cancel", show=False),
        *(
            Binding(each.keys, f"close('{each.id}')", id=each.id, show=False)
            for each in (*EVERYWHERE, *LIBRARY, *HOME, *REGISTER, *TRENDS, *SESSION, *DRAFTS, *REDACTION)
            if each.keys != ENTER and each is not QUIT
        ),
    ]

    def __init__(self, opener: str = "") -> None:
        super().__init__()
        self.opener = opener

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let only the key of the opener close the dialog."""
        if action == "close" and parameters != (self.opener,):
            return False
        return super().check_action(action, parameters)

    def room_for(self, child: Widget, box: Widget, height: int) -> int:
        """Return how many lines one child of a box has on a screen of so many, the others as high as they are now."""
        others = sum(each.size.height + each.styles.margin.height for each in box.children if each is not child)
        return max(1, height - others - child.styles.margin.height - box.gutter.height)

    def action_close(self, _opener: str) -> None:
        """Leave, by the key that opened the dialog."""
        self.action_cancel()

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
