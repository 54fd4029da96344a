"""The history of a session: what was changed, when and by whom; Enter goes back to how it was then."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from facilitator.app.history_rows import history_rows, step_lines
from facilitator.app.rows import Line, Row, Tone
from facilitator.app.screens.list_screen import ListScreen
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.line_input import LineInput
from facilitator.app.widgets.row_list import RowList
from facilitator.model.edits import find
from facilitator.model.session import Session
from facilitator.model.told import item_told
from facilitator.store.steps import Recorded

_WHAT = "Every edit stands here from the first one on: when it was made, by whom, how it was and how it is since."
"""What a history is, for one that is empty."""


class HistoryScreen(ListScreen[int]):
    """Shows the recorded steps of a session. Answers with the number of the step to go back to, or None."""

    BINDINGS = [Binding("tab", "only", "This row only", show=False)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]

    def __init__(self, recorded: Sequence[Recorded], session: Session, item_id: str) -> None:
        super().__init__("session.history")
        self._recorded, self._session = recorded, session
        self._item = find(session, item_id)
        self._only = False

    def compose(self) -> ComposeResult:
        """Create the title, the line that narrows, the list and the keys."""
        with Vertical(id="history"):
            yield Bar(id="pick-title")
            yield LineInput(placeholder="type to find a change: words, a name, a day", id="pick-filter")
            yield RowList()
            yield Bar(id="pick-keys")

    def on_mount(self) -> None:
        """Show all steps, newest first."""
        self._show()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Narrow the list to the steps that hold every typed word."""
        self._show()

    def on_line_input_entered(self, event: LineInput.Entered) -> None:
        """Go back to the marked step."""
        event.stop()
        self.action_choose()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go back to the step that was clicked while it was marked."""
        event.stop()
        self.action_choose()

    def action_only(self) -> None:
        """Show the steps about the row that was marked in the session, or all again."""
        if self._item is not None:
            self._only = not self._only
            self._show()

    def action_choose(self) -> None:
        """Answer with the marked step."""
        row = self.query_one(RowList).row
        if row is not None:
            self.dismiss(int(row.key))

    def _show(self) -> None:
        item_id = self._item.id if self._item is not None and self._only else ""
        words = self.query_one("#pick-filter", Input).value
        rows = history_rows(self._recorded, self._session, item_id, words)
        steps = sum(bool(row.key) for row in rows)
        about = f" of  {item_told(self._item, self._session)}" if self._item is not None and self._only else ""
        count = f"  {steps:,} of {len(self._recorded):,} changes "
        self.query_one("#pick-title", Bar).show(((f"History{about}", "bold $primary"),), ((count, "$secondary"),))
        only = "" if self._item is None else "tab all rows   " if self._only else "tab only the marked row   "
        back = "enter go back to how it was then   " if steps else ""
        self.query_one("#pick-keys", Bar).show(((f"{back}{only}esc leave", "$secondary"),))
        empty = [Row("", text, tone=Tone.MUTED) for text in self._empty(words)]
        self.query_one(RowList).show(rows or empty, cursor=0, focus_lines=self._lines)

    def _empty(self, words: str) -> tuple[str, ...]:
        """Return what to say where no step is shown."""
        if not self._recorded:
            return ("Nothing is recorded yet.", _WHAT)
        if words.strip():
            return (f"No change here has all of these words: {' '.join(words.split())}",)
        return ("This row was not changed since the record begins. Tab shows the changes of all rows.",)

    def _lines(self, row: Row) -> tuple[Line, ...]:
        return step_lines(self._recorded[int(row.key)], self._session)
