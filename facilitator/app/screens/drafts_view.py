"""Drafts beside the timeline: how they are shown. What can be done with them is in `drafts`."""

import asyncio
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from facilitator.app.commands import (
    DRAFTS,
    DRAFTS_LEAVE,
    DRAFTS_READ,
    DRAFTS_SHOW,
    EVERYWHERE,
    Command,
    shown_key,
)
from facilitator.app.drafts.detail import detail
from facilitator.app.drafts.filter_line import FilterLine
from facilitator.app.drafts.over_time import nearest, over_time
from facilitator.app.drafts.rows import DraftRows, spans_days
from facilitator.app.drawing import content
from facilitator.app.editor import SessionEditor
from facilitator.app.filing import Edit
from facilitator.app.panels.timeline import TimelineRows
from facilitator.app.rows import Tone
from facilitator.app.surroundings import Surroundings
from facilitator.app.widgets.bar import Bar, Part
from facilitator.app.widgets.drawn import TimelineStrip
from facilitator.app.widgets.key_line import KeyLine
from facilitator.app.widgets.row_list import RowList
from facilitator.intake.drafts import Draft
from facilitator.intake.sifting.axis import second_at
from facilitator.intake.sifting.filters import Filter, State, read_filter, select
from facilitator.intake.sifting.sifted import Sifted, laid_out, sift, states
from facilitator.model.moments import local
from facilitator.model.session import Entry, Session
from facilitator.store.intakes import Drafts, drafts_of

NOTHING = """\
Nothing was read in yet.

{read} reads a file, a folder or an archive: a Slack export, PagerDuty, Alertmanager, GitHub, git log, CSV, log lines, \
another postmortem. A conversation that you copied can be pasted here as it is.

What is read stays apart as drafts; you take what belongs onto the timeline."""

_ROOM_FOR_TELLER = 60
"""From so many columns on, who said a thing stands beside it; it always stands below."""

LOOK_SECONDS = 0.5
"""How often it is looked whether others have edited the session."""

MANY = 2_000
"""From how many drafts on they are shown before it is known which of them matter."""

_STYLES = {Tone.MUTED: "$secondary", Tone.ASK: "italic $accent", Tone.HINT: "$primary", Tone.BODY: ""}


class Sifting(Protocol):
    """What takes in what is sifted: it has the session, and makes edits."""

    editor: SessionEditor

    @property
    def session(self) -> Session:
        """The session as it stands now."""
        ...

    def apply(self, edit: Edit) -> None:
        """Make an edit."""
        ...


class DraftsView(Screen[None]):
    """Shows the drafts of a session at the left and its timeline at the right, the marked draft in full below."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (132, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (14, "-low"), (22, "-tall")]

    def __init__(self, desk: Sifting, surroundings: Surroundings) -> None:
        super().__init__()
        self._desk, self._surroundings = desk, surroundings
        self._shown_session = desk.session
        self._sifted: Sifted | None = None
        self._found = Drafts((), {})
        self._states: Mapping[State, Collection[str]] = {}
        self._numbers: Sequence[int] = ()
        self._timeline = TimelineRows()
        self._over_time: tuple[Entry, ...] = ()
        self._anchor = -1
        self._proposed_only = False
        self._since: float | None = None
        self._until: float | None = None
        self._notice = ""

    def compose(self) -> ComposeResult:
        """Create the lists, the marked draft, the filter and the keys."""
        yield Bar(id="drafts-top")
        yield TimelineStrip()
        with Horizontal(id="drafts-body"):
            yield RowList(uniform=True)
            with Vertical(id="drafts-side"):
                yield Static("The timeline is empty yet.", id="drafts-no-entry", markup=False)
                yield RowList()
        yield Static(id="drafts-empty")
        yield Static(id="drafts-detail")
        yield Bar(id="drafts-said")
        with Horizontal(id="line"):
            yield Static("›", id="prompt", markup=False)
            yield FilterLine(placeholder="filter: words  from:name  in:channel  after:14:00  -word")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin to sift."""
        self._list, self._side = self.query(RowList).first(RowList), self.query(RowList).last(RowList)
        self._line = self.query_one(FilterLine)
        self.set_focus(self._line)
        self._sift()
        self.set_interval(LOOK_SECONDS, self._look)

    def _look(self) -> None:
        """Show what others have done to the session meanwhile."""
        if self._desk.session is not self._shown_session:
            if self._desk.session.intakes != self._shown_session.intakes:
                self._sift()
            else:
                self.show_session()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.call_after_refresh(self._show_marked)

    @property
    def sifted(self) -> Sifted | None:
        """The drafts laid out, or None while they are read."""
        return self._sifted

    @work(group="sift", exclusive=True)
    async def _sift(self, notice: str = "") -> None:
        """Read the drafts and find what is proposed; it takes a while for many, and nothing waits for it."""
        session, before = self._desk.session, self._sifted
        self._shown_session = session
        self._say(notice or "Reading the drafts …")
        self._found = await asyncio.to_thread(drafts_of, self._desk.editor.store_path, session)
        drafts = self._found.drafts
        missing = "; ".join(f"{intake.text}: {why}" for intake, why in self._found.missing)
        if len(drafts) > MANY:
            self._take_over(await asyncio.to_thread(laid_out, drafts, session.zone))
            self._notice = f"Looking for what matters among {len(drafts):,} drafts …"
            self.show_session()
            self._select()
        self._take_over(await asyncio.to_thread(lambda: sift(drafts, session, self._surroundings.proposals())))
        self._notice = missing or notice
        self.show_session()
        is_first = before is None or not before.drafts
        if is_first and self._states.get(State.PROPOSED) and self._list.cursor <= 0 and not self._line.value:
            self._proposed_only = True
        self._select()

    def _take_over(self, sifted: Sifted) -> None:
        """Go on with the drafts as they are now: those that are shown may have another number, or be gone."""
        if self._sifted is not None:
            ids = [self._sifted.drafts[number].id for number in self._numbers]
            self._numbers = [sifted.places[id] for id in ids if id in sifted.places]
        self._sifted = sifted

    def show_session(self) -> None:
        """Show the timeline, and what has become of each draft, as the session stands now."""
        session = self._shown_session = self._desk.session
        if self._sifted is not None:
            self._states = states(self._sifted, session)
        self._show_rows(self._list.cursor)

    @work(group="select", exclusive=True)
    async def _select(self, key: str = "") -> None:
        """Show what the filter lets through, with the mark on the row `key`, or the draft that was marked."""
        sifted = self._sifted
        if sifted is None:
            return
        marked = self.marked
        wanted = self._wanted()
        if isinstance(wanted, str):
            self._say(wanted)
            return
        numbers, self._over_time = await asyncio.to_thread(self._selected, sifted, wanted, dict(self._states))
        self._numbers, self._anchor = numbers, -1
        key = key or (marked.id if marked is not None else "")
        self._show_rows(self._place_of(key) if key else 0)

    def _wanted(self) -> Filter | str:
        day = (
            local(self._desk.session.started.at, self._desk.session.zone).date() if self._desk.session.started else None
        )
        return read_filter(self._line.value, self._desk.session.zone, day)

    def _selected(
        self, sifted: Sifted, wanted: Filter, states: Mapping[State, Collection[str]]
    ) -> tuple[Sequence[int], tuple[Entry, ...]]:
        """Return the numbers of the drafts to show, and these as entries for the strip."""
        numbers = select(sifted.shelf, wanted, states)
        since, until, seconds = self._since, self._until, sifted.shelf.seconds
        if since is not None or until is not None:
            first, last = since if since is not None else float("-inf"), until if until is not None else float("inf")
            numbers = [each for each in numbers if (second := seconds[each]) is not None and first <= second <= last]
        if self._proposed_only and not any(term.field == "is" for term in wanted.terms):
            proposed = states.get(State.PROPOSED, ())
            numbers = [each for each in numbers if sifted.drafts[each].id in proposed]
        return numbers, over_time(sifted, numbers)

    def _place_of(self, key: str) -> int:
        """Return the place of a draft among those that are shown, or of the one that is next in time."""
        sifted = self._sifted
        if sifted is None or key not in sifted.by_id:
            return 0
        second = sifted.second(key)
        for place, number in enumerate(self._numbers):
            here = sifted.shelf.seconds[number]
            if sifted.drafts[number].id == key or (second is not None and here is not None and here > second):
                return place
        return max(0, len(self._numbers) - 1)

    @property
    def marked(self) -> Draft | None:
        """The draft under the mark."""
        row = self._list.row
        return self._sifted.by_id.get(row.key) if row is not None and self._sifted is not None else None

    @property
    def chosen(self) -> list[str]:
        """The ids of the marked draft, or of those in the marked range."""
        here = self._list.cursor
        if self._sifted is None or here < 0 or here >= len(self._numbers):
            return []
        first, last = (min(self._anchor, here), max(self._anchor, here)) if self._anchor >= 0 else (here, here)
        return [self._sifted.drafts[number].id for number in self._numbers[first : last + 1]]

    def _show_rows(self, cursor: int) -> None:
        sifted = self._sifted
        if sifted is None:
            return
        numbers = self._numbers
        first, last = (-1, -1)
        if self._anchor >= 0:
            first, last = min(self._anchor, cursor), max(self._anchor, cursor)
        brief = self.size.width < _ROOM_FOR_TELLER
        rows = DraftRows(sifted, numbers, self._states, first, last, spans_days(sifted, numbers), brief)
        self._list.show(rows, cursor=cursor)
        self._show_marked()

    def _show_marked(self) -> None:
        """Show the marked draft in full, and where it is in the timeline."""
        session, draft, sifted = self._desk.session, self.marked, self._sifted
        empty = sifted is not None and not sifted.drafts
        self.query_one("#drafts-body").display = not empty
        self.query_one("#drafts-empty", Static).display = empty
        if empty:
            self.query_one("#drafts-empty", Static).update(content(NOTHING.format(read=self._key_of(DRAFTS_READ))))
        lines = detail(draft, sifted, self._states, self._found.intakes) if draft is not None and sifted else ()
        drawn = [content(line.text, _STYLES.get(line.tone, "")) for line in lines[: self._room]]
        self.query_one("#drafts-detail", Static).update(Content("\n").join(drawn))
        self._show_side(session, draft)
        self._show_bars(session)

    @property
    def _room(self) -> int:
        """How many lines the marked draft has."""
        return 2 if self.has_class("-low") or self.has_class("-short") else 4 if self.size.height < 30 else 7

    def _show_side(self, session: Session, draft: Draft | None) -> None:
        """Show the timeline with the mark where the draft would stand."""
        rows = self._timeline(session)
        sifted, place = self._sifted, -1
        second = sifted.second(draft.id) if draft is not None and sifted is not None else None
        if second is not None:
            place = max(0, bisect_right(session.timeline, second, key=lambda entry: second_at(entry.at.at)) - 1)
        self.query_one("#drafts-no-entry").display = not session.timeline
        self._side.show(rows, cursor=place)
        self.query_one(TimelineStrip).show(self._over_time, session.zone, nearest(self._over_time, second))

    def _show_bars(self, session: Session) -> None:
        sifted = self._sifted
        total = len(sifted.drafts) if sifted else 0
        counts = f"{len(self._numbers):,} of {total:,} drafts" if len(self._numbers) != total else f"{total:,} drafts"
        proposed = len(self._states.get(State.PROPOSED, ()))
        shown = ((f"{proposed} proposed   ", "$accent"),) if proposed else ()
        only = (("proposed only   ", "$primary"),) if self._proposed_only else ()
        window = (("a part of the time   ", "$primary"),) if self._since is not None or self._until is not None else ()
        taken = sum(bool(entry.origins) for entry in session.timeline)
        right = (*only, *window, *shown, (f"{taken} taken   ", "$secondary"), (f"{counts} ", "$secondary"))
        self.query_one("#drafts-top", Bar).show(((f" {session.title}", "bold"), ("   Drafts", "$primary")), right)
        skews = sifted.skews if sifted else ()
        asked = ((f"   {skews[0].said}", "italic $accent"),) if skews else ()
        nothing = self._nothing_shown(total)
        said = ((f"   {self._notice}", "$primary"),) if self._notice else nothing or asked
        self.query_one("#drafts-said", Bar).show(said)
        keys = [each for each in DRAFTS if each.footer and each is not DRAFTS_LEAVE]
        self.query_one(KeyLine).show(keys, (DRAFTS_LEAVE, *EVERYWHERE[:1]), self._surroundings.keymap, {})

    def _nothing_shown(self, total: int) -> tuple[Part, ...]:
        """Return why no draft is shown, where there are some."""
        if self._numbers or not total:
            return ()
        if self._proposed_only and not self._line.value:
            return ((f"   Nothing more is proposed. {self._key_of(DRAFTS_SHOW)} shows all {total:,}.", "$primary"),)
        more = f" {self._key_of(DRAFTS_SHOW)} looks among all of them." if self._proposed_only else ""
        return ((f"   No draft is like that.{more}", "$primary"),)

    def _key_of(self, command: Command) -> str:
        return shown_key(self._surroundings.keymap.get(command.id, command.keys))

    def _say(self, notice: str) -> None:
        self._notice = notice
        self.query_one("#drafts-said", Bar).show(((f"   {notice}", "$primary"),))

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Show what the filter lets through while it is typed."""
        self._notice = ""
        self._select()

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Show the draft under the mark."""
        event.stop()
        if self._anchor >= 0:
            self._show_rows(self._list.cursor)
        else:
            self._show_marked()
