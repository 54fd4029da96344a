"""A bar: one line with words at the left and words at the right, cut so that the right side always shows."""

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widget import Widget

from facilitator.app.drawing import content

Part = tuple[str, str]
"""A piece of text and its style."""


_SHORTEST = 12
"""Of a part that is cut, so many cells must remain for it to be worth showing."""


class Bar(Widget):
    """One line; the left parts give way when the line is too short for both sides."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: tuple[Part, ...] = ()
        self._right: tuple[Part, ...] = ()

    def show(self, left: tuple[Part, ...], right: tuple[Part, ...] = ()) -> None:
        """Show other words; drawn anew only when they differ."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def render(self) -> Content:
        """Draw the two sides on one line as wide as the widget."""
        width = self.size.width
        right_width = sum(cell_len(text) for text, _style in self._right)
        room = max(0, width - right_width)
        pieces: list[Content] = []
        for text, style in self._left:
            whole = cell_len(text) <= room
            if not whole and pieces and room < _SHORTEST:
                break
            shown = text if whole else f"{set_cell_size(text, max(0, room - 1))}…"
            pieces.append(content(shown, style))
            room -= cell_len(shown)
            if not whole:
                break
        room = max(0, room)
        pieces.append(Content(" " * room))
        pieces += [content(text, style) for text, style in self._right]
        return Content("").join(pieces)
