"""The document: as readers will see it, beside its source."""

import asyncio
from threading import Lock
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.worker import Worker, WorkerState

from facilitator.app.drawing import drawable, wrapped

LONGEST_RENDERED = 1_500
"""How many lines of the source are drawn as readers will see them; the source beside it is always whole."""


_UNTIL_LAID_OUT = 0.01
"""How long it is waited before it is looked again whether the view has a width, in seconds."""

_STYLES = {
    "markdown.h1": "bold", "markdown.h2": "bold underline", "markdown.h3": "bold", "markdown.code": "bold",
    "markdown.item.bullet": "bold", "markdown.item.number": "bold", "markdown.table.border": "dim",
    "markdown.table.header": "bold", "markdown.link": "underline", "markdown.link_url": "underline",
}  # fmt: skip
"""How the rendered side looks: no colour of its own, so that it is readable in every theme."""


class Lines(ScrollView, can_focus=False):
    """Lines that are drawn already, of which only the visible ones cost anything."""

    class Resized(Message):
        """The lines have another width, and must be drawn for it."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._strips: list[Strip] = []

    def show(self, strips: list[Strip]) -> None:
        """Show other lines, and stay where they were scrolled to."""
        self._strips = strips
        self.virtual_size = Size(self.size.width, len(strips))
        self.refresh()

    def on_resize(self) -> None:
        """Ask for lines of the new width."""
        self.post_message(self.Resized())

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        line = y + self.scroll_offset.y
        strip = self._strips[line] if line < len(self._strips) else Strip.blank(self.size.width)
        return strip.apply_style(self.rich_style).adjust_cell_length(self.size.width, self.rich_style)


class DocumentView(Horizontal):
    """The rendered document at the left and its source at the right; on a narrow screen one of the two."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"document--source"}

    def __init__(self) -> None:
        super().__init__(id="document")
        self._source = self._readable = ""
        self._drawn: tuple[str, int, int] | None = None
        # Two at once would fill the tables of the Markdown parser together; a thread cannot be cancelled.
        self._one_at_a_time = Lock()

    def compose(self) -> ComposeResult:
        """Create the two sides."""
        yield Lines("rendered")
        yield Lines("source")

    def show(self, source: str, readable: str) -> None:
        """Show a Markdown document: its source, and as readers see it what of it a terminal can draw."""
        if source != self._source or not self.is_drawn:
            self._source, self._readable = source, readable
            self._draw()

    def on_lines_resized(self) -> None:
        """Draw for the width that the sides have now; they change together, or one of them alone."""
        if not self.is_drawn:
            self._draw()

    def scroll_lines(self, lines: int) -> None:
        """Scroll both sides, each in proportion to its length."""
        first, second = self.query_one("#rendered", Lines), self.query_one("#source", Lines)
        leading, other = (first, second) if first.display and first.max_scroll_y else (second, first)
        leading.scroll_to(y=leading.scroll_y + lines, animate=False, immediate=True)
        share = leading.scroll_y / leading.max_scroll_y if leading.max_scroll_y else 0
        other.scroll_to(y=share * other.max_scroll_y, animate=False, immediate=True)

    def page(self, direction: int) -> None:
        """Scroll by a screen."""
        self.scroll_lines(direction * max(1, self.size.height - 2))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so when the document could not be drawn; its source beside it is whole."""
        if event.state is WorkerState.ERROR:
            note = f"This side could not be drawn: {event.worker.error}"
            self.query_one("#rendered", Lines).show([Strip([Segment(drawable(note))])])

    @property
    def is_drawn(self) -> bool:
        """Whether both sides show the present document at their present widths."""
        return self._drawn == (self._source, *self._widths)

    @property
    def _widths(self) -> tuple[int, int]:
        rendered_side, source_side = self.query_one("#rendered", Lines), self.query_one("#source", Lines)
        shown = max(0, rendered_side.scrollable_content_region.width - 1) if rendered_side.display else 0
        return shown, source_side.scrollable_content_region.width

    @work(exclusive=True, group="document", exit_on_error=False)
    async def _draw(self) -> None:
        """Draw until it fits: a view that is new has no width yet, and its first one may come unannounced."""
        while self.is_attached and self.display and not self.is_drawn:
            if any(self._widths):
                await self._draw_once()
            else:
                await asyncio.sleep(_UNTIL_LAID_OUT)

    async def _draw_once(self) -> None:
        text, (rendered_width, source_width) = self._source, self._widths
        source = drawable(text)
        style = self.get_component_rich_style("document--source", partial=True)
        lines = _source_lines(source, max(10, source_width))
        self.query_one("#source", Lines).show([Strip([Segment(line, style)]) for line in lines])
        if rendered_width:
            readable = drawable(self._readable)
            strips = await asyncio.to_thread(self._rendered, readable, max(10, rendered_width))
            self.query_one("#rendered", Lines).show(strips)
        self._drawn = (text, rendered_width, source_width)

    def _rendered(self, source: str, width: int) -> list[Strip]:
        with self._one_at_a_time:
            return rendered(source, width)


def _source_lines(source: str, width: int) -> list[str]:
    """Return the source as lines of `width` cells: prose broken between words, rows of tables cut to align."""
    lines: list[str] = []
    for line in source.split("\n"):
        lines += [set_cell_size(line, width)] if line.startswith("|") else wrapped(line, width)
    return lines


def rendered(source: str, width: int) -> list[Strip]:
    """Return Markdown drawn as lines. Links are not made live: what they point to is other people's text."""
    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    lines = source.split("\n")
    if len(lines) > LONGEST_RENDERED:
        rest = f"\n\n*The first {LONGEST_RENDERED:,} lines are drawn here; the source has all {len(lines):,}.*\n"
        source = "\n".join(lines[:LONGEST_RENDERED]) + rest
    console = Console(
        width=width, color_system="truecolor", force_terminal=True, legacy_windows=False, theme=Theme(_STYLES)
    )
    drawn = console.render_lines(Markdown(source, hyperlinks=False), console.options, pad=False)
    plain = Style(link=None)
    return [Strip([Segment(drawable(each.text), (each.style or plain)) for each in line]) for line in drawn]
