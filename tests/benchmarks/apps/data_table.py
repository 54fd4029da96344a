"""Textual's own table with as many rows as the first argument says: "e" edits one, "i" inserts one, "o" opens anew."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Table(App[None]):
    """What a timeline in a DataTable would cost."""

    BINDINGS = [("e", "edit"), ("i", "insert"), ("o", "open")]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows, self._edits, self._opened = rows, 0, 0

    def compose(self) -> ComposeResult:
        yield self._table()

    def action_edit(self) -> None:
        """Change the row under the cursor."""
        self._edits += 1
        table = self.query_one(DataTable)
        table.update_cell_at(table.cursor_coordinate, f"burn rate alert fires n{self._edits}.")

    def action_insert(self) -> None:
        """Add a row where its time puts it, below the row under the cursor."""
        self._edits += 1
        table = self.query_one(DataTable)
        time = str(table.get_cell_at(table.cursor_coordinate.left()))
        table.add_row(f"{time}x", f"inserted n{self._edits}.")
        table.sort("time")

    async def action_open(self) -> None:
        """Put a new table in the place of the old one."""
        self._opened += 1
        await self.query_one(DataTable).remove()
        await self.mount(self._table())
        self.query_one(DataTable).focus()

    def _table(self) -> "DataTable[str]":
        table: DataTable[str] = DataTable()
        table.add_column("time", key="time")
        table.add_column(f"what, opened {self._opened}", key="what")
        table.add_rows((f"{number:06}", f"burn rate alert fires on {number}") for number in range(self._rows))
        table.move_cursor(row=0, column=1)
        return table


Table(int(sys.argv[1])).run()
