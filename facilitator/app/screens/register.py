"""The register of actions: those of all sessions, what is overdue first, and one key for what can become of each."""

import asyncio
from collections.abc import Callable, Sequence

import msgspec
from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from facilitator.app.commands import REGISTER, bindings
from facilitator.app.drawing import content
from facilitator.app.register_rows import Shown, at_word, detail, shown, shown_row
from facilitator.app.rows import MadeRows, Tone
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.library_view import LibraryView
from facilitator.app.step_words import shortened
from facilitator.app.surroundings import Surroundings
from facilitator.app.views import View, Views
from facilitator.app.widgets.row_list import RowList
from facilitator.library import action_edits as edits
from facilitator.library.action_edits import Change, Changed, RefusedError
from facilitator.library.board import AT_ONCE, MOST, Board, asked_of, board, completion_told
from facilitator.library.expressions import Query
from facilitator.library.ledger import Line
from facilitator.library.register import tallies
from facilitator.library.tallies import Asked, By
from facilitator.library.tallies import View as Which
from facilitator.model.phases import Phase
from facilitator.model.session import ActionStatus
from facilitator.model.text import handle, one_line
from facilitator.store.errors import StoreError

_WHICH = {
    Which.PENDING: "What is open.",
    Which.FOLLOW_UP: "Done more than 4 weeks ago: did it work?",
    Which.ALL: "All actions.",
}
"""What can be shown, in the order of the key, with what is said of it."""

_NONE = {
    Which.PENDING: "No action is open here.",
    Which.FOLLOW_UP: "Nothing asks whether it worked: nothing was done more than 4 weeks ago, or it was noted.",
    Which.ALL: "There is no action here.",
}

_GROUPS = (None, *By)
_STYLES = {Tone.STRONG: "bold", Tone.MUTED: "$secondary"}
_AROUND, _FEWEST = 6, 12
"""Cells around the words of an action in a message, and how many there must be at least for them."""

_ALL_COUNTS = 60
"""From how many cells on the bar at the top has room for more than one count."""

_LONGEST = 88
"""How much of an action a dialog shows, in characters."""


class RegisterScreen(LibraryView):
    """Lists the actions of all sessions. Typing narrows the list, as in the other views."""

    VIEW = View.ACTIONS
    OWN_COMMANDS = REGISTER
    PLACEHOLDER = "words, or owner:alice  service:checkout  pending:>60d  has:overdue"
    BINDINGS = bindings(REGISTER)

    def __init__(self, surroundings: Surroundings, views: Views) -> None:
        super().__init__(surroundings, views)
        self._which, self._by = Which.PENDING, _GROUPS[0]
        self._shown: Sequence[Shown] = ()
        self._changes: list[Changed] = []
        # The order in which the store is written to.
        self._turn = asyncio.Lock()

    def compose_body(self) -> ComposeResult:
        """Create the list, and what shows the marked action in full."""
        yield RowList(uniform=True)
        yield Static(id="action-detail")

    def on_mount(self) -> None:
        """Keep the widgets: work in the background may end after the screen has lost them."""
        self._rows, self._detail = self.query_one(RowList), self.query_one("#action-detail", Static)

    def show_query(self, text: str, query: Query) -> None:
        """Show the actions that a query asks for."""
        del text
        self._find(query)

    @work(exclusive=True, group="register")
    async def _find(self, query: Query, key: str = "") -> None:
        """Show the first actions as soon as they are known, and the others when those are drawn."""
        today = self.today()
        asked = asked_of(query, today)
        if asked.view is Which.PENDING or self._which is not Which.PENDING:
            asked = msgspec.structs.replace(asked, view=self._which)
        for most in (AT_ONCE, MOST):
            try:
                found, done = await asyncio.to_thread(self._ask, msgspec.structs.replace(asked, limit=most))
            except OSError as error:
                self.say(str(error))
                return
            if not self._rows.is_attached:
                return
            self._show(found, key)
            self._show_counts(found, done)
            if found.whole:
                return

    def _ask(self, asked: Asked) -> tuple[Board, str]:
        """Return the answer of the library; called in a thread."""
        librarian = self._surroundings.library
        with librarian.lent() as library:
            found = board(library, asked, self._by, self.today(), ready=librarian.ready)
        return found, completion_told(found.tally)

    def _show(self, found: Board, key: str) -> None:
        """Show a board, with the mark on the action `key`, or where it was, or at the same place."""
        before, place = key or self._key, max(0, self._rows.cursor)
        self._shown = shown(found, self._by) or [f"… {_NONE[self._which]}"]
        places = [number for number, each in enumerate(self._shown) if _reference(each) == before] if before else []
        place = min(places, key=lambda each: abs(each - place), default=place)
        today, rows = self.today(), self._rows
        made = MadeRows(self._shown, lambda each: shown_row(each, today, rows.scrollable_content_region.width))
        rows.show(made, cursor=place)
        self._show_detail()

    def _show_counts(self, found: Board, done: str) -> None:
        tally = found.tally
        late = f"{tally.overdue:,} overdue" if tally.overdue else ""
        parts = [late or f"{tally.pending:,} open"]
        if self.size.width >= _ALL_COUNTS:
            parts = [late, f"{tally.pending:,} open", done.partition(" (")[0] if self.has_class("-narrow") else done]
        self.show_counts((f"  {'   '.join(each for each in parts if each)} ", "$secondary"))

    def _show_detail(self) -> None:
        line = self._marked
        lines = detail(line, self.today()) if line is not None else ()
        width = self._detail.size.width or self.size.width - _AROUND
        words = (content(at_word(each.text, width), _STYLES.get(each.tone, "")) for each in lines)
        self._detail.update(Content("\n").join(words))

    @property
    def _marked(self) -> Line | None:
        place = self._rows.cursor
        each = self._shown[place] if 0 <= place < len(self._shown) else None
        return each if isinstance(each, Line) else None

    @property
    def _key(self) -> str:
        return _reference(self._marked)

    def on_resize(self) -> None:
        """Fit what is shown in full to another width."""
        self.call_after_refresh(self._show_detail)

    def on_row_list_highlighted(self) -> None:
        """Show the marked action in full."""
        self._show_detail()

    async def on_line_input_entered(self) -> None:
        """Open the session of the marked action."""
        await self.action_open()

    async def on_row_list_chosen(self) -> None:
        """Open the session of the action that was clicked while it was marked."""
        await self.action_open()

    def action_which(self) -> None:
        """Show other actions."""
        views = list(_WHICH)
        self._which = views[(views.index(self._which) + 1) % len(views)]
        self._find(self.line.understood[1])
        self.say(_WHICH[self._which])

    def action_group(self) -> None:
        """Group by something else."""
        self._by = _GROUPS[(_GROUPS.index(self._by) + 1) % len(_GROUPS)]
        self._find(self.line.understood[1])
        self.say(f"Grouped by {self._by}." if self._by is not None else "Grouped by when it is due.")

    async def action_open(self) -> None:
        """Open the session of the marked action, at that action."""
        if self._marked is not None:
            self._open(self._marked)

    @work(exclusive=True, group="open")
    async def _open(self, line: Line) -> None:
        self._surroundings.places[line.session] = Phase.ACTIONS
        await self.open_session(lambda: self._surroundings.store.open(line.session))
        from facilitator.app.screens.session_frame import SessionFrame

        if isinstance(self.app.screen, SessionFrame):
            self.app.screen.redraw(line.action.item)

    def action_done(self) -> None:
        """Mark the action done today."""
        if self._marked is not None:
            self._change(self._marked, edits.done(self.today()), "Done")

    @work(exclusive=True, group="ask")
    async def action_give_up(self) -> None:
        """Ask why the action won't be done."""
        await self._asked(
            "Why won't it be done?",
            lambda said: edits.given_up(said, self.today()),
            "Won't be done",
            opener="register.give_up",
            placeholder="e.g. the service is retired in March",
        )

    @work(exclusive=True, group="ask")
    async def action_owner(self) -> None:
        """Ask who gets the action."""
        if self._marked is None:
            return
        await self._asked(
            "Who takes it?",
            edits.reassigned,
            "Owner: {owner}",
            opener="register.owner",
            placeholder="a name, or nobody",
            known=await asyncio.to_thread(self._owners),
        )

    @work(exclusive=True, group="ask")
    async def action_due(self) -> None:
        """Ask when the action is due."""
        await self._asked(
            "When is it due?",
            lambda said: edits.due_on(said, self.today()),
            "Due: {due}",
            opener="register.due",
            placeholder="fri, Nov 29, in 2 weeks, none",
        )

    @work(exclusive=True, group="ask")
    async def action_effect(self) -> None:
        """Ask whether the action worked."""
        line = self._marked
        if line is not None and line.action.status is not ActionStatus.DONE:
            self.say("That is asked of what is done.")
            return
        await self._asked(
            "Did it work?",
            edits.worked,
            "Noted",
            opener="register.effect",
            placeholder="e.g. yes, no page since",
            value=line.action.effect if line is not None else "",
        )

    async def _asked(
        self,
        title: str,
        make: Callable[[str], Change],
        said: str,
        *,
        opener: str,
        placeholder: str,
        known: Sequence[str] = (),
        value: str = "",
    ) -> None:
        """Ask for a line about the marked action until it makes a change, or until that is left."""
        line = self._marked
        if line is None:
            return
        note = shortened(line.action.text, _LONGEST)
        while True:
            asked = LineScreen(title, value=value, placeholder=placeholder, note=note, opener=opener, known=known)
            answer = await self.app.push_screen_wait(asked)
            if answer is None:
                return
            try:
                change = make(answer)
            except RefusedError as error:
                value, note = answer, str(error)
                continue
            self._change(line, change, said)
            return

    def _owners(self) -> list[str]:
        """Return who owns actions, whoever has most of them first; called in a thread."""
        librarian = self._surroundings.library
        if not librarian.ready:
            return []
        with librarian.lent() as library:
            return [each for each in tallies(library, Asked(), By.OWNER, self.today()) if each]

    @work(group="change")
    async def _change(self, line: Line, change: Change, said: str) -> None:
        """Make a change to an action in its file, and show what came of it."""
        now = self._surroundings.now()
        async with self._turn:
            find = edits.by_id(line.action.item)
            try:
                changed = await asyncio.to_thread(
                    edits.change_action, self._surroundings.store, line.session, find, change, now
                )
                await self._took_in(changed.file)
            except (RefusedError, StoreError, OSError) as error:
                self.say(f"Nothing was changed: {error}")
                return
        if changed.step is None:
            self._say_of(line.action.text, "Nothing to change")
            return
        self._changes.append(changed)
        self._find(self.line.understood[1])
        also = "; somebody else changed it too, and both versions are in the session" if changed.conflicts else ""
        made = changed.action
        what = said.format(owner=handle(made.owner) or "nobody", due=made.due.isoformat() if made.due else "no day")
        self._say_of(made.text, f"{what}{also}; undo takes it back")

    @work(group="change")
    async def action_undo(self) -> None:
        """Take the last change back that was made here."""
        async with self._turn:
            if not self._changes:
                self.say("Nothing to undo here.")
                return
            changed, now = self._changes[-1], self._surroundings.now()
            try:
                whole = await asyncio.to_thread(edits.take_back, self._surroundings.store, changed, now)
                await self._took_in(changed.file)
            except (RefusedError, StoreError, OSError) as error:
                self.say(f"Not undone: {error}")
                return
            self._changes.pop()
        self._find(self.line.understood[1], f"{changed.session.id}:{changed.action.id}")
        said = "Undone" if whole else "Others have changed it since; nothing was undone"
        self._say_of(changed.action.text, said)

    def _say_of(self, text: str, said: str) -> None:
        """Say something of an action, with as many of its words as there is room for."""
        room = self.size.width - cell_len(said) - _AROUND
        self.say(f"{said}: {at_word(one_line(text), room)}" if room >= _FEWEST else f"{said}.")

    async def _took_in(self, file: str) -> None:
        await asyncio.to_thread(self._surroundings.library.took_in, file)


def _reference(each: Shown | None) -> str:
    return each.reference if isinstance(each, Line) else ""
