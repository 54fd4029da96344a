"""Drawn lines on the screen: pictures of pieces with tones, and the strip above a timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from facilitator.app.drawing import drawable
from facilitator.documents.drawn.pieces import Drawn, Tone
from facilitator.documents.drawn.strip_text import StripPicture, strip_picture, with_cursor
from facilitator.model.session import Entry

TONES = frozenset(f"drawn--{tone}" for tone in Tone)
"""The component classes by which a theme colours the tones."""


_BRUSH = 2
"""From so many columns on, drawing the mouse over a strip is no click any more."""


def _drawn_strip(widget: Widget, line: Drawn, width: int) -> Strip:
    base = widget.rich_style
    segments = [
        Segment(drawable(piece.text), base + widget.get_component_rich_style(f"drawn--{piece.tone}", partial=True))
        for piece in line
    ]
    return Strip(segments).adjust_cell_length(width, base)


class DrawnView(ScrollView, can_focus=False):
    """A picture of drawn lines, scrolled where it is larger than the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(TONES)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Drawn] = ()

    def show(self, lines: Sequence[Drawn]) -> None:
        """Show other lines, from the top."""
        self._lines = lines
        self.virtual_size = Size(self.size.width, len(lines))
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        place = y + self.scroll_offset.y
        line = self._lines[place] if place < len(self._lines) else ()
        return _drawn_strip(self, line, self.size.width)


class TimelineStrip(Widget, can_focus=False):
    """The whole incident in three lines: how dense the entries are, the milestones, the silences, the mark."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(TONES)
    HEIGHT = 3

    @dataclass
    class Chosen(Message):
        """A place on the strip was clicked; this is the entry nearest to it."""

        entry: Entry

    @dataclass
    class Brushed(Message):
        """The mouse was drawn over a part of the strip; these are the entries nearest to its ends, in order of time."""

        first: Entry
        last: Entry

    class Drawn(Message):
        """Other gaps stand out than before."""

    def __init__(self) -> None:
        super().__init__(id="strip")
        self._timeline: tuple[Entry, ...] = ()
        self._zone = "UTC"
        self._marked = ""
        self._numbers: dict[str, int] = {}
        self._picture: StripPicture | None = None
        self._stale = self._waiting = False
        self._lines: Sequence[Drawn] = ()
        self._pressed: int | None = None

    @property
    def silences(self) -> frozenset[timedelta] | None:
        """How long the gaps are that stand out, as they were last drawn, or None while the strip is not drawn."""
        if self._picture is None:
            return None
        drawn = self._picture.strip
        return frozenset([each.span for each in drawn.silences] + [each.span for each in drawn.breaks])

    def show(self, timeline: tuple[Entry, ...], zone: str, marked: str) -> None:
        """Show a timeline, with the mark at the entry with the id `marked`; a short one has no strip.

        It is drawn after the frame that is due, so that the rows of a long timeline do not wait for it.
        """
        self.set_class(len(timeline) > 1, "-shown")
        if timeline is not self._timeline or zone != self._zone:
            self._timeline, self._zone, self._stale = timeline, zone, True
        elif marked == self._marked:
            return
        self._marked = marked
        if not self._waiting:
            self._waiting = self.call_after_refresh(self._draw)

    def hide(self) -> None:
        """Show nothing."""
        self.remove_class("-shown")

    def on_resize(self) -> None:
        """Draw for the new width."""
        self._stale = True
        self._draw()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to brush, or to click."""
        self._pressed = event.x
        self.capture_mouse()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Choose the entry nearest to the mouse, or the part of the time that was brushed."""
        self.release_mouse()
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        self._draw()
        first, last = self._entry_at(min(pressed, event.x)), self._entry_at(max(pressed, event.x))
        if first is None or last is None:
            return
        if abs(event.x - pressed) < _BRUSH:
            self.post_message(self.Chosen(last))
        else:
            self.post_message(self.Brushed(first, last))

    def _entry_at(self, x: int) -> Entry | None:
        """Return the entry nearest to a column of the widget."""
        column = x - self.gutter.left
        number = self._picture.entry_at(column) if self._picture is not None else None
        return self._timeline[number] if number is not None else None

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        return _drawn_strip(self, self._lines[y] if y < len(self._lines) else (), self.size.width)

    def _draw(self) -> None:
        self._waiting = False
        if not self.size.width:
            return
        if self._stale or self._picture is None:
            silences = self.silences
            self._picture = strip_picture(self._timeline, self._zone, self.size.width, height=self.HEIGHT)
            self._numbers = {entry.id: number for number, entry in enumerate(self._timeline)}
            self._stale = False
            if self.silences != silences:
                self.post_message(self.Drawn())
        self._lines = with_cursor(self._picture, self._numbers.get(self._marked))
        self.refresh()
