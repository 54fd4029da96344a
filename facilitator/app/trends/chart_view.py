"""Shows one chart, drawn for the size and the colours of the screen."""

import sys
from dataclasses import dataclass
from os import environ
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from facilitator.app.trends.picture import Picture
from facilitator.app.trends.pieces import PLAIN, UNICODE, Signs, Tone
from facilitator.library.charts import Chart

_NOTHING = Picture([], (), upright=False)


def signs_here() -> Signs:
    """Return the signs that the terminal can show: it tells by its encoding, and the console of Linux has few."""
    encoding = (getattr(sys.__stdout__, "encoding", None) or "").lower().replace("-", "")
    return UNICODE if encoding.startswith("utf") and environ.get("TERM") != "linux" else PLAIN


class ChartView(Widget):
    """Draws a chart, with the mark on one of its parts or on none."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"chart--{tone}" for tone in Tone}

    @dataclass
    class Chosen(Message):
        """A part of the chart was clicked."""

        mark: int

    class Drawn(Message):
        """The chart was drawn anew: for another size, or another chart."""

    def __init__(self, signs: Signs | None = None) -> None:
        super().__init__()
        self._signs = signs or signs_here()
        self._chart: Chart | None = None
        self._marked = -1
        self._picture: Picture | None = None

    @property
    def picture(self) -> Picture:
        """The chart as it is drawn now."""
        if self._picture is None and self._chart is not None and self.size:
            # Imported where it is used: the library that plots is loaded after the first frame.
            from facilitator.app.trends.drawing import picture

            self._picture = picture(self._chart, (self.size.width, self.size.height), self._signs, self._marked)
        return self._picture or _NOTHING

    def show(self, chart: Chart | None, marked: int = -1) -> None:
        """Show another chart, or the mark elsewhere."""
        if (chart, marked) != (self._chart, self._marked):
            self._chart, self._marked = chart, marked
            self._again()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._again()

    def on_click(self, event: events.Click) -> None:
        """Choose the part under the mouse."""
        mark = self.picture.mark_at(event.x, event.y)
        if mark is not None:
            self.post_message(self.Chosen(mark))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        lines = self.picture.lines
        segments = [
            Segment(piece.text, self.get_component_rich_style(f"chart--{piece.tone}"))
            for piece in (lines[y] if y < len(lines) else ())
        ]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def _again(self) -> None:
        self._picture = None
        self.refresh()
        self.post_message(self.Drawn())
