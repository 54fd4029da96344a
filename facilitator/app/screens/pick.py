"""A dialog for choosing from a list: type to narrow it, Enter to choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from facilitator.app.rows import Row, Tone
from facilitator.app.screens.list_screen import ListScreen
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.line_input import LineInput
from facilitator.app.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: its key, its words, and whether it is chosen already."""

    key: str
    text: str
    on: bool = False


class PickScreen(ListScreen[tuple[str, ...] | None]):
    """Asks for one option, or for several that are ticked. Answers with the keys whose state changes, or None."""

    BINDINGS = [
        Binding("tab", "tick", "Tick", show=False),
        Binding("escape,ctrl+g", "cancel", "Leave", show=False),
    ]

    def __init__(self, title: str, options: Sequence[Option], *, several: bool = False) -> None:
        super().__init__()
        self._title = title
        self._options = options
        self._several = several
        self._changed: set[str] = set()

    def compose(self) -> ComposeResult:
        """Create the title, the line that narrows, the list and the keys."""
        with Vertical(id="pick"):
            yield Bar(id="pick-title")
            yield LineInput(placeholder="type to narrow the list", id="pick-filter")
            yield RowList()
            yield Bar(id="pick-keys")

    def on_mount(self) -> None:
        """Show all options."""
        self.query_one("#pick-title", Bar).show(((self._title, "bold $primary"),))
        keys = "enter done   tab tick   esc leave" if self._several else "enter choose   esc leave"
        self.query_one("#pick-keys", Bar).show(((keys, "$secondary"),))
        self._show(0)

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Narrow the list to the options that hold every typed word."""
        self._show(0)

    def on_line_input_entered(self, event: LineInput.Entered) -> None:
        """Choose, once the list is narrowed to what was typed before Enter."""
        event.stop()
        self.action_choose()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Choose what was clicked."""
        event.stop()
        if self._several:
            self.action_tick()
        else:
            self.action_choose()

    def action_tick(self) -> None:
        """Tick or untick the option under the cursor."""
        rows = self.query_one(RowList)
        if self._several and rows.row is not None:
            self._changed ^= {rows.row.key}
            self._show(rows.cursor)

    def action_choose(self) -> None:
        """Answer with the ticked options; with the one under the cursor when none is."""
        row = self.query_one(RowList).row
        if self._changed:
            self.dismiss(tuple(option.key for option in self._options if option.key in self._changed))
        elif row is None:
            self.query_one("#pick-keys", Bar).show((("Nothing matches what is typed.   esc leave", "$warning"),))
        else:
            self.dismiss((row.key,))

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)

    def _show(self, cursor: int) -> None:
        words = self.query_one("#pick-filter", Input).value.lower().split()
        rows = [
            Row(option.key, option.text, mark=self._mark(option), tone=Tone.STRONG if option.on else Tone.BODY)
            for option in self._options
            if all(word in option.text.lower() for word in words)
        ]
        self.query_one(RowList).show(rows, cursor=cursor)

    def _mark(self, option: Option) -> str:
        return "●" if option.on != (option.key in self._changed) else "○" if self._several else " "
