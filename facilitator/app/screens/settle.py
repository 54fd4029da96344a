"""Settling what a line means: proposals to choose from, which never swallow what is typed next."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from facilitator.app.drawing import content
from facilitator.app.rows import Row
from facilitator.app.screens.list_screen import MovesMark
from facilitator.app.widgets.row_list import RowList

_LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of it: the place of the chosen proposal, or None; and what was typed in place of choosing."""

    choice: int | None
    typed: list[str]


class SettleScreen(MovesMark, ModalScreen[Settled]):
    """Shows proposals. Up, down and Enter choose; whoever goes on typing leaves the question for later."""

    BINDINGS = [Binding("escape", "leave", show=False)]

    def __init__(self, line: str, question: str, proposals: Sequence[str]) -> None:
        super().__init__()
        self._line, self._question, self._proposals = line, question, proposals
        self._typed: list[str] = []

    def compose(self) -> ComposeResult:
        """Create the question and the proposals."""
        with Vertical(id="pick"):
            yield Static(content(self._line if len(self._line) <= _LONGEST_LINE else f"{self._line[:_LONGEST_LINE]}…"))
            yield Static(content(self._question, "bold $primary"))
            yield RowList()
            yield Static(content("enter choose   esc back to the line   or type on: the line waits", "$secondary"))

    def on_mount(self) -> None:
        """Show the proposals, the best first."""
        self.query_one(RowList).show([Row(str(place), text) for place, text in enumerate(self._proposals)])

    def on_key(self, event: events.Key) -> None:
        """Choose by Enter; take every character as the beginning of the next line."""
        if event.key == "enter" and not self._typed:
            event.stop()
            self.dismiss(Settled(max(0, self.query_one(RowList).cursor), []))
        elif event.character and (event.is_printable or event.key == "enter"):
            event.stop()
            if not self._typed:
                self.dismiss(Settled(None, self._typed))
            self._typed.append("\n" if event.key == "enter" else event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Take a paste as the beginning of the next line."""
        event.stop()
        if not self._typed:
            self.dismiss(Settled(None, self._typed))
        self._typed.append(event.text)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Choose what was clicked."""
        self.dismiss(Settled(int(event.row.key), []))

    def action_leave(self) -> None:
        """Go back to the line."""
        self.dismiss(Settled(None, []))
