"""A list of rows that draws only what is visible, so that 5,000 rows feel like 50."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from facilitator.app.rows import Line, Row
from facilitator.app.widgets.row_drawing import (
    ARROW,
    LONGEST_LEAD,
    Piece,
    extra_lines,
    held_free,
    lead_width,
    row_height,
    row_lines,
    words_of,
)

FocusLines = Callable[[Row], tuple[Line, ...]]


class RowList(ScrollView, can_focus=False):
    """Rows of any height with one cursor. It has no focus of its own: the line that is typed into keeps it.

    `uniform` rows are one line each and are never measured, so that a list of 10,000 costs what is visible.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row--body", "row--strong", "row--heading", "row--muted", "row--hint", "row--ask", "row--warn",
        "row--lead", "row--mark", "row--tail", "row--cursor",
    }  # fmt: skip

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row; None when there is nothing to stand on."""

        row: Row | None

    @dataclass
    class Chosen(Message):
        """A row was clicked while the cursor stood on it."""

        row: Row

    class Shifted(Message):
        """The words of the row that is held free stand elsewhere, or have another width."""

    def __init__(self, *, uniform: bool = False, longest_lead: int = LONGEST_LEAD) -> None:
        super().__init__()
        self._uniform = uniform
        self._longest_lead = longest_lead
        self._rows: Sequence[Row] = ()
        self._heights: list[int] = []
        self._tops: list[int] = [0]
        self._lead = 0
        self._cursor = -1
        self._focus_lines: FocusLines = lambda _row: ()
        self._width = 0
        self._extra: list[list[Piece]] = []
        self._held = self._grown = 0
        self._drawn: LRUCache[tuple[int, bool], list[list[Piece]]] = LRUCache(512)
        self._styles: dict[tuple[str, bool], Style] = {}
        self._strips: LRUCache[tuple[int, int, bool], Strip] = LRUCache(1024)

    @property
    def cursor(self) -> int:
        """The place of the cursor, or -1 when it stands nowhere."""
        return self._cursor

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self._cursor] if 0 <= self._cursor < len(self._rows) else None

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as they were last given."""
        return self._rows

    def show(self, rows: Sequence[Row], *, cursor: int = -1, focus_lines: FocusLines | None = None) -> None:
        """Show other rows, with the cursor at or after `cursor`. Rows that were shown before are not measured again."""
        old, self._rows = self._rows, rows
        if focus_lines is not None:
            self._focus_lines = focus_lines
        self._forget()
        self._measure(old)
        self._place_cursor(self._selectable_near(cursor))
        self.refresh()
        self.scroll_to_cursor()
        self._tell_shifted()

    def move_to(self, place: int) -> None:
        """Put the cursor on the row at `place`, or the nearest that can be selected."""
        place = self._selectable_near(place)
        if place == self._cursor or not self._rows:
            return
        before, extra = self._cursor, self._more
        self._place_cursor(place)
        if before < 0:
            self.refresh()
        elif extra or self._more:
            top = max(0, self._tops[min(before, place)] - self.scroll_offset.y)
            self.refresh(Region(0, top, self.size.width, max(1, self.size.height - top)))
        else:
            for each in (before, place):
                self.refresh(Region(0, self._tops[each] - self.scroll_offset.y, self.size.width, self._height(each)))
        self.scroll_to_cursor()
        self.post_message(self.Highlighted(self.row))

    def move_by(self, places: int) -> None:
        """Move the cursor over `places` rows that can be selected; headings are stepped over."""
        step = 1 if places > 0 else -1
        place, target, left = self._cursor, self._cursor, abs(places)
        while left and 0 <= place + step < len(self._rows):
            place += step
            if self._rows[place].key:
                target, left = place, left - 1
        if target != self._cursor:
            self.move_to(target)
        else:
            self.scroll_relative(y=places, animate=False)

    def page(self, direction: int) -> None:
        """Move the cursor by one screen, down for 1 and up for -1."""
        if not self._rows:
            return
        target = self._tops[max(0, self._cursor)] + direction * max(1, self.size.height - 2)
        self.move_to(self._row_at(max(0, min(target, self._tops[-1] - 1))))

    def hold(self, lines: int) -> None:
        """Hold the words of the row under the cursor free for something that stands over them on so many lines.

        What is below moves down, as far as there is room; 0 gives the words back.
        """
        lines = min(lines, max(1, self.size.height))
        if lines != self._held:
            self._held = lines
            self._forget()
            self._place_cursor(self._cursor)
            self.refresh()
            self.scroll_to_cursor()

    def words_region(self) -> Region:
        """Return where the words of the row under the cursor stand on the widget, in cells, as it is scrolled now."""
        above, column, lines = words_of(self._rows[self._cursor], self._width, self._lead)
        top = self._top(self._cursor) + above - self.scroll_offset.y
        return Region(column, top, self._width - column, max(self._held, lines))

    def scroll_to_cursor(self) -> None:
        """Scroll so that the whole row under the cursor can be seen, with the headings right above it if they fit."""
        if 0 <= self._cursor < len(self._rows):
            first = self._cursor
            while first and not self._rows[first - 1].key:
                first -= 1
            seen, height = max(1, self.size.height), self._height(self._cursor)
            above = self._tops[self._cursor] - self._tops[first]
            above = above if above + height <= seen else 0
            region = Region(0, self._tops[self._cursor] - above, max(1, self._width), min(height + above, seen))
            self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        line = y + self.scroll_offset.y
        if line >= self.virtual_size.height or not self._rows:
            return Strip.blank(self.size.width, self.get_component_rich_style("row--body"))
        place = self._row_at(line)
        key = (place, line - self._top(place), place == self._cursor)
        if (strip := self._strips.get(key)) is None:
            strip = self._strips[key] = self._strip(place, key[1])
        return strip

    def _strip(self, place: int, number: int) -> Strip:
        lines = self._lines(place)
        marked = place == self._cursor and any(each[0].text == ARROW for each in lines[: number + 1])
        segments = [Segment(piece.text, self._style(piece.tone, marked=marked)) for piece in lines[number]]
        return Strip(segments).adjust_cell_length(self.size.width, self._style("", marked=marked))

    def _style(self, tone: str, *, marked: bool) -> Style:
        """Return the style of a tone, or of what has none. Working it out costs more than drawing with it."""
        if (style := self._styles.get((tone, marked))) is None:
            # Not `rich_style`, which is worked out anew at every call.
            style = self.get_component_rich_style("row--cursor" if marked else "row--body")
            if tone:
                style += self.get_component_rich_style(f"row--{tone}", partial=True)
            self._styles[tone, marked] = style
        return style

    def _forget(self) -> None:
        self._drawn.clear()
        self._strips.clear()

    def notify_style_update(self) -> None:
        """Draw anew in other colours."""
        super().notify_style_update()
        self._styles.clear()
        self._strips.clear()

    def on_resize(self, _event: events.Resize) -> None:
        """Measure again: another width breaks the lines elsewhere."""
        self._forget()
        self._measure(self._rows)
        self._place_cursor(self._cursor)
        self.scroll_to_cursor()
        self._tell_shifted()

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Tell when the words that are held free are scrolled."""
        super().watch_scroll_y(old, new)
        self._tell_shifted()

    def _tell_shifted(self) -> None:
        if self._held:
            self.post_message(self.Shifted())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a click on the cursor chooses."""
        line = event.y + self.scroll_offset.y
        if line >= self.virtual_size.height or not self._rows or self._held:
            return
        place = self._row_at(line)
        if not self._rows[place].key:
            return
        if place == self._cursor:
            self.post_message(self.Chosen(self._rows[place]))
        else:
            self.move_to(place)

    def _row_at(self, line: int) -> int:
        """Return the place of the row that has this line of the whole list."""
        end = self._tops[self._cursor + 1] if self._cursor >= 0 else len(self._tops)
        if line >= end:
            line = max(end - 1, line - self._more)
        return min(len(self._rows) - 1, bisect_right(self._tops, line) - 1)

    def _top(self, place: int) -> int:
        return self._tops[place] + (self._more if 0 <= self._cursor < place else 0)

    def _height(self, place: int) -> int:
        return self._tops[place + 1] - self._tops[place] + (self._more if place == self._cursor else 0)

    @property
    def _more(self) -> int:
        """How many lines the row under the cursor has more than when the cursor is elsewhere."""
        return self._grown + len(self._extra)

    def _lines(self, place: int) -> list[list[Piece]]:
        key = (place, place == self._cursor)
        if (lines := self._drawn.get(key)) is None:
            row = self._rows[place]
            if key[1] and self._held:
                row = held_free(row, words_of(row, self._width, self._lead).lines + self._grown)
            lines = row_lines(row, self._width, self._lead, selected=key[1], uniform=self._uniform)
            self._drawn[key] = lines
        return [*lines, *self._extra] if key[1] else lines

    def _measured(self, row: Row) -> int:
        if self._width <= 0:  # not laid out yet; the first resize measures again
            return 1
        return row_height(row, self._width, self._lead)

    def _measure(self, old: Sequence[Row]) -> None:
        """Measure the rows, but not those at the beginning and at the end that were shown before."""
        new, width = self._rows, self.scrollable_content_region.width
        if self._uniform:
            self._width, self._lead = width, max((len(row.lead) for row in new[:50]), default=0)
            self._tops = list(range(len(new) + 1))
            return
        lead = lead_width([row.lead for row in new], width, self._longest_lead)
        if (width, lead) != (self._width, self._lead):
            self._width, self._lead, old = width, lead, ()
        shared = min(len(old), len(new))
        head = next((place for place in range(shared) if old[place] is not new[place]), shared)
        tail = 0
        while tail < shared - head and old[len(old) - 1 - tail] is new[len(new) - 1 - tail]:
            tail += 1
        kept = self._heights[len(old) - tail :] if tail else []
        self._heights = [
            *self._heights[:head],
            *(self._measured(new[place]) for place in range(head, len(new) - tail)),
            *kept,
        ]
        self._tops = [0, *accumulate(self._heights)]

    def _place_cursor(self, place: int) -> None:
        """Put the cursor at `place`, with the lines that its row has for being selected."""
        self._cursor = place
        row = self.row
        lines = self._focus_lines(row) if row is not None and not self._uniform else ()
        self._extra = extra_lines(lines, self._width, self._lead, row.indent if row else 0)
        words = words_of(row, self._width, self._lead).lines if row is not None and self._held else self._held
        self._grown = max(0, self._held - words)
        self._resize_contents(Size(self._width, self._tops[-1] + self._more))

    def _resize_contents(self, size: Size) -> None:
        """Take another size of the whole list. A list that is scrolled before and after needs no new layout for it."""
        old, seen = self.virtual_size, self.size.height
        if size.width == old.width and 0 < seen < min(size.height, old.height) and self.show_vertical_scrollbar:
            self.set_reactive(RowList.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = size.height
            self.scroll_y = self.validate_scroll_y(self.scroll_y)
        else:
            self.virtual_size = size

    def _selectable_near(self, place: int) -> int:
        """Return the place of the nearest row with a key, at or after `place` if there is one, else before it."""
        count = len(self._rows)
        if not count:
            return -1
        place = max(0, min(place, count - 1))
        if self._rows[place].key:
            return place
        after = next((each for each in range(place, count) if self._rows[each].key), None)
        if after is not None:
            return after
        return next((each for each in range(place, -1, -1) if self._rows[each].key), -1)
