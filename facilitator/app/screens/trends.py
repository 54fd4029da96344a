"""Trends: what many sessions say together, one chart large and the findings of all beside it."""

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from facilitator.app.commands import TRENDS, TRENDS_PICTURE, bindings
from facilitator.app.drawing import content
from facilitator.app.rows import Line, Row, Tone
from facilitator.app.screens.library_view import LibraryView
from facilitator.app.surroundings import Surroundings
from facilitator.app.trends.chart_view import ChartView
from facilitator.app.trends.gathering import impacts_of, sessions_of
from facilitator.app.views import View, Views
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.row_list import RowList
from facilitator.library import chart_words
from facilitator.library.charts import FEW, Chart, Columns, Stacks, charts
from facilitator.library.expressions import Query
from facilitator.library.impact import Impacts
from facilitator.library.ledger import Brief
from facilitator.library.trends import Trends, trends

_Made = tuple[Trends, tuple[Chart, ...]]

_COLUMN = 4
"""How many cells a period of a distribution has at least, but for the longest ones."""

_USUAL_WIDTH = 80
_AIRY = 36
"""From how many lines on there is a blank one between the findings."""

_NOTHING_YET = "There is no session yet. Trends are made of many."
_READING = "Reading the sessions ..."


@dataclass(frozen=True, eq=False)
class _Want:
    """What is asked; two are never the same, so that what is asked again meanwhile is answered again."""

    query: Query


class TrendsScreen(LibraryView):
    """Up and down go through the charts; Enter goes into the marked one, and there narrows the query to its mark."""

    VIEW = View.TRENDS
    OWN_COMMANDS = TRENDS
    BINDINGS = [
        *bindings(TRENDS),
        Binding("left", "part(-1)", show=False, priority=True),
        Binding("right", "part(1)", show=False, priority=True),
    ]

    def __init__(self, surroundings: Surroundings, views: Views) -> None:
        super().__init__(surroundings, views)
        self._trends: Trends | None = None
        self._charts: tuple[Chart, ...] = ()
        self._sessions: tuple[Brief, ...] = ()
        self._query: Query | None = None
        self._impact: Impacts | None = None
        self._want: _Want | None = None
        self._looked = self._counting = False
        # The place of the mark in the chart that was gone into, or -1 while the mark is on the charts.
        self._part = -1
        self._at = -1
        # Kept, because work in the background may end after the screen has lost its widgets.
        self._rows, self._chart = RowList(), ChartView()
        self._title, self._told = Bar(id="chart-title"), Static(id="chart-told")
        self._empty = Static(id="trends-empty")

    def compose_body(self) -> ComposeResult:
        """Create the findings and the chart."""
        with Horizontal(id="body"):
            yield self._rows
            with Vertical(id="chart"):
                yield self._title
                yield self._chart
                yield self._told
            yield self._empty

    def refreshed(self) -> None:
        """Show what the index knows now."""
        self._looked = True
        super().refreshed()

    def show_query(self, text: str, query: Query) -> None:
        """Show the trends of the sessions that are asked for."""
        del text
        if self._surroundings.library.ready or self._looked:
            self._ask(query)
        else:
            self._say_empty(_READING)

    def _ask(self, query: Query) -> None:
        """Ask, once what was asked before is answered: of what is asked meanwhile, only the last."""
        waiting, self._want = self._want, _Want(query)
        if waiting is None:
            self._gather()

    @work(group="trends")
    async def _gather(self) -> None:
        while (want := self._want) is not None:
            try:
                sessions = await asyncio.to_thread(sessions_of, self._surroundings.library, want.query)
                impact = self._impact if want.query == self._query else None
                made = await asyncio.to_thread(_made, sessions, impact, self._most)
            except OSError as error:
                self._want = None
                self.say(str(error))
                return
            if self._want is not want:
                continue
            self._want = None
            if self._rows.is_attached:
                self._take(want.query, sessions, impact, made)
                self._count_effects()

    @work(group="effects")
    async def _count_effects(self) -> None:
        """Find what actions may have changed, which takes longer than all else; while it does, nobody waits for it."""
        if self._counting:
            return
        self._counting = True
        try:
            while (query := self._query) is not None:
                impact = await asyncio.to_thread(impacts_of, self._surroundings.library, query, self.today())
                if query is self._query:
                    break
            else:
                return
            sessions = self._sessions
            made = await asyncio.to_thread(_made, sessions, impact, self._most)
            if query is self._query and self._rows.is_attached:
                self._take(query, sessions, impact, made)
        except OSError as error:
            self.say(str(error))
        finally:
            self._counting = False

    @property
    def _most(self) -> int:
        """How many periods a distribution has at most."""
        return max(4, (self._chart.size.width or _USUAL_WIDTH) // _COLUMN)

    def _take(self, query: Query, sessions: tuple[Brief, ...], impact: Impacts | None, made: _Made) -> None:
        """Show the charts of some sessions."""
        if query != self._query:
            self._part = -1
        self._query, self._sessions, self._impact = query, sessions, impact
        self._trends, self._charts = made
        self._show()

    def _show(self) -> None:
        """Show the findings and the marked chart, or that there is nothing."""
        count = len(self._sessions)
        self.show_counts((f"  {count:,} session{'' if count == 1 else 's'} ", "$secondary"))
        if not count:
            text = self.line.text.strip()
            self._say_empty(f"Nothing here matches {text!r}." if text else _NOTHING_YET)
            return
        self.remove_class("-empty")
        rows = [_row(each, airy=self._rows.size.height >= _AIRY) for each in self._charts]
        if rows != list(self._rows.rows):
            self._rows.show(rows, cursor=max(0, self._rows.cursor))
        self._show_chart()

    def _say_empty(self, text: str) -> None:
        if not self._charts or not self._sessions:
            self.add_class("-empty")
            self._empty.update(content(text, "$secondary"))

    @property
    def _marked(self) -> Chart | None:
        place = self._rows.cursor
        return self._charts[place] if 0 <= place < len(self._charts) else None

    def _show_chart(self) -> None:
        chart = self._marked
        if chart is None:
            return
        self._at = self._rows.cursor
        self._part = min(self._part, len(chart.marks) - 1)
        self._chart.show(chart, self._part)
        place = f"{self._rows.cursor + 1}/{len(self._charts)} "
        few = f"   {chart_words.too_few(len(self._sessions))}" if len(self._sessions) < FEW else ""
        self._title.show(((f" {chart.name}", "bold $primary"), (few, "$warning")), ((place, "$secondary"),))
        self._show_told(chart)

    def _show_told(self, chart: Chart) -> None:
        """Show what there is to say of the mark, or else of the chart."""
        if self._part >= 0:
            mark = chart.marks[self._part]
            parts = (mark.name, " ".join(each for each in (mark.value, mark.told) if each))
            self._told.update(content(": ".join(each for each in parts if each)))
            return
        picture = self._chart.picture
        notes = [chart_words.dots(picture.each)] if isinstance(chart.body, Columns) else []
        notes += [chart.note] if chart.note else []
        notes += [f"{left:,} more have no room here."] if (left := picture.left_out(chart)) else []
        finding = [content(chart.finding)] if self.has_class("-narrow") or not chart.marks else []
        self._told.update(Content("\n").join([*finding, content(" ".join(notes), "$secondary")]))

    def on_chart_view_drawn(self) -> None:
        """Say how the chart is read now, which depends on its size."""
        chart = self._marked
        if chart is not None:
            self._show_told(chart)

    def on_resize(self) -> None:
        """Make the charts for the new width."""
        if self._query is not None:
            self._ask(self._query)

    def on_row_list_highlighted(self) -> None:
        """Show the marked chart, unless it is shown already: this is told later than the keys behind it are taken."""
        if self._rows.cursor != self._at:
            self._part = -1
            self._show_chart()

    def on_row_list_chosen(self) -> None:
        """Go into the chart that was clicked while it was marked."""
        self.action_narrow()

    def on_line_input_entered(self) -> None:
        """Go into the chart, or narrow."""
        self.action_narrow()

    async def on_chart_view_chosen(self, event: ChartView.Chosen) -> None:
        """Put the mark on the part that was clicked; a click on the mark narrows."""
        if event.mark == self._part:
            self.action_narrow()
        else:
            self._part = event.mark
            self._show_chart()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys left and right to the line unless the mark is in a chart."""
        if action == "part" and self._part < 0:
            return False
        return super().check_action(action, parameters)

    def action_row(self, places: int) -> None:
        """Move the mark."""
        if self._part < 0:
            self._rows.move_by(places)
            self._show_chart()
        else:
            self.action_part(places)

    def action_page(self, direction: int) -> None:
        """Move the mark by some places."""
        self.action_row(direction * 5)

    def action_edge(self, direction: int) -> None:
        """Move the mark to the first or the last place."""
        self.action_row(direction * (len(self._charts) if self._part < 0 else len(self._marks)))

    def action_part(self, places: int) -> None:
        """Move the mark in the chart."""
        self._part = max(0, min(len(self._marks) - 1, self._part + places))
        self._show_chart()

    @property
    def _marks(self) -> tuple[object, ...]:
        return self._marked.marks if self._marked is not None else ()

    def action_clear(self) -> None:
        """Go back to the charts, or show all sessions again."""
        if self._part >= 0:
            self._part = -1
            self._show_chart()
        else:
            super().action_clear()

    def action_narrow(self) -> None:
        """Go into the marked chart; there, narrow the query to the mark, or show the sessions when it is so already."""
        chart = self._marked
        if chart is None or not self._sessions:
            return
        if not chart.marks:
            self.say(chart.finding)
        elif self._part < 0:
            self._part = len(chart.marks) - 1 if isinstance(chart.body, Columns | Stacks) else 0
            self._show_chart()
        elif (term := chart.marks[self._part].term) in self.line.text:
            self.run_worker(self._go(View.SESSIONS), group="view")
        else:
            self._part = -1
            # A period lies in the one that was asked for before, and stands for it.
            kept = [
                each for each in self.line.text.split() if not term.startswith("date:") or not each.startswith("date:")
            ]
            self.line.put(" ".join([*kept, term, ""]))

    @work(exclusive=True, group="picture")
    async def action_picture(self) -> None:
        """Write the trends to a file."""
        if self._trends is None or not self._sessions:
            self.say("There is nothing to draw yet.")
            return
        from facilitator.app.screens.export import ask_path, written
        from facilitator.library.trends_svg import picture
        from facilitator.settings.replace import ReplaceError, replace_file

        svg = await asyncio.to_thread(picture, self._trends)
        suggestion, note = str(Path.cwd() / "trends.svg"), ""
        ask = partial(ask_path, self, "trends.svg", opener=TRENDS_PICTURE.id)
        while (path := await ask(suggestion, note)) is not None:
            try:
                await asyncio.to_thread(replace_file, path, svg.encode(), mode=0o644)
            except OSError as error:
                outcome = error.outcome if isinstance(error, ReplaceError) else "nothing was written"
                suggestion, note = str(path), f"Not written: {error.strerror or error}: {path}; {outcome}."
            else:
                self.say(written(path, 0, self.size.width - 6))
                return


def _made(sessions: tuple[Brief, ...], impact: Impacts | None, most: int) -> _Made:
    found = trends(sessions)
    return found, charts(found, sessions, impact, most)


def _row(chart: Chart, *, airy: bool) -> Row:
    below = (Line(chart.finding), *((Line(""),) if airy else ()))
    return Row(chart.name, chart.name, tone=Tone.STRONG, below=below)
