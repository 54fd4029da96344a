"""A dialog for choosing from a list: type to narrow it, Enter to choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from facilitator.app.rows import Row, Tone, heading
from facilitator.app.screens.list_screen import ListScreen
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.line_input import LineInput
from facilitator.app.widgets.row_list import RowList

_LONGEST_LIST = 20
"""The most lines that the list takes, on however high a screen."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: its key, its words, whether it is chosen already, and the heading under which it stands.

    Options under one heading stand together.
    """

    key: str
    text: str
    on: bool = False
    group: str = ""


class PickScreen(ListScreen[tuple[str, ...]]):
    """Asks for one option, or for several that are ticked. Answers with the keys whose state changes, or None."""

    BINDINGS = [Binding("tab", "tick", "Tick", show=False)]

    def __init__(self, title: str, options: Sequence[Option], *, several: bool = False, opener: str = "") -> None:
        super().__init__(opener)
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

    def on_resize(self) -> None:
        """Keep the keys below the list on the screen: the list is what gives way."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        rows = self.query_one(RowList)
        height = self.size.height if self.has_class("-short") else self.size.height * 9 // 10
        rows.styles.max_height = min(_LONGEST_LIST, self.room_for(rows, self.query_one("#pick"), height))

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Narrow the list to the options that hold every typed word, with the mark on one that begins as was typed."""
        rows = self._show(0)
        typed = self.query_one("#pick-filter", Input).value.strip().lower()
        begins = next((place for place, row in enumerate(rows) if row.key and row.body.lower().startswith(typed)), 0)
        self.query_one(RowList).move_to(begins)

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

    def _show(self, cursor: int) -> list[Row]:
        rows: list[Row] = []
        group = ""
        for option in self._matching():
            if option.group != group:
                rows.append(heading(option.group, first=not rows))
                group = option.group
            tone = Tone.STRONG if option.on else Tone.BODY
            rows.append(Row(option.key, option.text, mark=self._mark(option), tone=tone))
        self.query_one(RowList).show(rows, cursor=cursor)
        return rows

    def _matching(self) -> list[Option]:
        """Return the options that hold every typed word; where none does, those that do together with their heading."""
        words = self.query_one("#pick-filter", Input).value.lower().split()
        found = [each for each in self._options if all(word in each.text.lower() for word in words)]
        if found:
            return found
        return [each for each in self._options if all(word in f"{each.group} {each.text}".lower() for word in words)]

    def _mark(self, option: Option) -> str:
        return "●" if option.on != (option.key in self._changed) else "○" if self._several else " "
