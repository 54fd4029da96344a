"""Screens with one list of rows: the keys that move its mark."""

from typing import TypeVar

from textual.widget import Widget

from facilitator.app.commands import LISTS, bindings
from facilitator.app.screens.dialog import Dialog
from facilitator.app.widgets.row_list import RowList

AnswerT = TypeVar("AnswerT")


class MovesMark(Widget):
    """Moves the mark of the list on the screen by the keys that move every list."""

    BINDINGS = bindings(LISTS)

    def action_row(self, places: int) -> None:
        """Move the mark."""
        self.query_one(RowList).move_by(places)

    def action_page(self, direction: int) -> None:
        """Move the mark by a screen."""
        self.query_one(RowList).page(direction)

    def action_edge(self, direction: int) -> None:
        """Move the mark to the first or the last row."""
        rows = self.query_one(RowList)
        rows.move_to(0 if direction < 0 else len(rows.rows) - 1)


class ListScreen(MovesMark, Dialog[AnswerT]):
    """A dialog with one list of rows."""
