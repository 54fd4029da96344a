"""The bar at the top of the library: where one is, the views with the present one marked, and counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.message import Message

from facilitator.app.widgets.bar import Bar, Part


class ViewBar(Bar):
    """Shows the names of the views; a click on one goes there."""

    @dataclass
    class Chosen(Message):
        """The name of a view was clicked."""

        name: str

    def __init__(self) -> None:
        super().__init__(id="top")
        self._places: list[tuple[int, int, str]] = []

    def show_views(self, place: str, names: Sequence[str], present: str, right: tuple[Part, ...]) -> None:
        """Show the name of the store, the names of the views, and words at the right."""
        parts: list[Part] = [(" Facilitator", "bold $primary"), ("  ", "")]
        for name in names:
            start = sum(cell_len(text) for text, _ in parts)
            self._places.append((start, start + cell_len(name) + 2, name))
            here = name == present
            parts.append((f"▸{name}" if here else f" {name}", "bold $accent" if here else "$secondary"))
            parts.append((" ", ""))
        parts.append((f"  {place}", "$secondary"))
        self._places = self._places[-len(names) :]
        self.show(tuple(parts), right)

    def on_click(self, event: events.Click) -> None:
        """Go to the view whose name is under the mouse."""
        for start, end, name in self._places:
            if start <= event.x < end:
                self.post_message(self.Chosen(name))
