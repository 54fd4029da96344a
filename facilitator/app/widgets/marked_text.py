"""A text with marks in it, of which only the lines that can be seen are drawn."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from facilitator.app.redaction.text import Flowed


class MarkedText(ScrollView, can_focus=False):
    """Shows lines that were broken for its width, with one replacement that stands out."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "marked--plain", "marked--lead", "marked--heading", "marked--sign", "marked--gone", "marked--made",
        "marked--kept", "marked--here",
    }  # fmt: skip

    class Resized(Message):
        """The text has another width, and must be broken anew."""

    def __init__(self) -> None:
        super().__init__()
        self._flowed = Flowed((), {})
        self._here = -1
        self._styles: dict[tuple[str, bool], Style] = {}

    @property
    def room(self) -> int:
        """How many cells a line has."""
        return max(10, self.scrollable_content_region.width - 1)

    def show(self, flowed: Flowed, here: int) -> None:
        """Show other lines, with the replacement of this number."""
        self._flowed = flowed
        self.virtual_size = Size(self.size.width, len(flowed.lines))
        self.mark(here)

    def mark(self, here: int) -> None:
        """Let another replacement stand out, and scroll to it."""
        self._here = here
        line = self._flowed.line_of.get(here)
        if line is not None:
            seen = max(1, self.size.height)
            top = max(0, line - seen // 3)
            self.scroll_to_region(
                Region(0, top, 1, min(seen, line - top + 3)), animate=False, force=True, immediate=True
            )
        self.refresh()

    def on_resize(self) -> None:
        """Ask for lines of the new width."""
        self.post_message(self.Resized())

    def notify_style_update(self) -> None:
        """Draw anew in other colours."""
        super().notify_style_update()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        number = y + self.scroll_offset.y
        lines = self._flowed.lines
        runs = lines[number] if number < len(lines) else ()
        segments = [Segment(each.text, self._style(each.tone, here=each.number == self._here >= 0)) for each in runs]
        return Strip(segments).adjust_cell_length(self.size.width, self._style("plain", here=False))

    def _style(self, tone: str, *, here: bool) -> Style:
        if (style := self._styles.get((tone, here))) is None:
            style = self.get_component_rich_style("marked--plain")
            style += self.get_component_rich_style(f"marked--{tone}", partial=True)
            if here:
                style += self.get_component_rich_style("marked--here", partial=True)
            self._styles[tone, here] = style
        return style
