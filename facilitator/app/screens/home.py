"""Home: the sessions of the store, narrowed while typing, with a preview beside them."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from importlib import import_module

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from facilitator.app.commands import EVERYWHERE, HOME, LISTS, bindings
from facilitator.app.drawing import content
from facilitator.app.home_rows import (
    Listed,
    SummaryRows,
    arranged,
    counted,
    matching,
    restored_words,
    taken_in_words,
    trashed_words,
)
from facilitator.app.preview import preview
from facilitator.app.screens.ask import LineScreen
from facilitator.app.surroundings import Surroundings
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.key_line import KeyLine
from facilitator.app.widgets.line_input import LineInput
from facilitator.app.widgets.row_list import RowList
from facilitator.model.session import Session
from facilitator.model.text import one_line
from facilitator.store.errors import StoreError
from facilitator.store.ids import new_id
from facilitator.store.locate import Location
from facilitator.store.opening import Opened
from facilitator.store.store import Trashed
from facilitator.store.summaries import Broken, Summary

Begin = Callable[[str, str, datetime], Session]


LOOK_AGAIN_AFTER = 0.1
"""Seconds after which the files are looked at when the list is known already; by then it is drawn."""

WATCH_EVERY = 1.0
"""How often the folder is looked at for what others do, in seconds."""

WARM_UP_AFTER = 0.4
"""Seconds after which what comes next is loaded."""


_COPY = "Open takes what it holds into the session, and moves the copy to the trash. Nothing of either is lost."
_COPY_FIRST = "Enter takes this copy into its session, and moves it to the trash then."
_HAS_COPY = "The store has a copy of this session. Open that at home to take it in."
_BROKEN = "This file cannot be opened. It is left as it is; `facilitator doctor` tells what can be done."


def _load() -> None:
    import_module("facilitator.app.screens.session")
    new_id()


class HomeScreen(Screen[None]):
    """Lists the sessions. Typing narrows the list; up and down move the mark; Enter opens."""

    BINDINGS = [*bindings((*LISTS, *HOME)), Binding("escape", "clear", show=False)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    def __init__(self, surroundings: Surroundings, location: Location, begin: Begin) -> None:
        super().__init__()
        self._surroundings, self._location, self._begin = surroundings, location, begin
        self._store = surroundings.store
        self._found: Sequence[Listed] = ()
        self._listed: Sequence[Listed] = ()
        self._shown: Sequence[Listed] = ()
        self._trashed: list[Trashed] = []
        # What is on its way to the trash, by id, and the order in which the store is written to.
        self._going: set[str] = set()
        self._turn = asyncio.Lock()
        self._opening = self._left = False
        self._seen = asyncio.Event()

    def compose(self) -> ComposeResult:
        """Create the list, the preview, and the line that narrows."""
        yield Bar(id="top")
        with Horizontal(id="body"):
            yield RowList(uniform=True)
            yield Static(id="preview")
        yield Bar(id="understood")
        with Horizontal(id="line"):
            yield Static("›", id="prompt")
            yield LineInput(placeholder="type to find a session", id="filter")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show what is known at once; look at the files behind that."""
        # Kept, because work in the background may end after the screen has lost its widgets.
        self._rows, self._preview = self.query_one(RowList), self.query_one("#preview", Static)
        self._top, self._understood = self.query_one("#top", Bar), self.query_one("#understood", Bar)
        self._filter = self.query_one("#filter", Input)
        self._filter.focus()
        self._list(self._store.cached_summaries() or (), "")
        self.query_one(KeyLine).show(
            [each for each in HOME if each.footer], EVERYWHERE[:2], self._surroundings.keymap, {}
        )
        if self._listed:
            self.set_timer(LOOK_AGAIN_AFTER, self.look_again)
        else:
            self.look_again()
        self.set_timer(WARM_UP_AFTER, self._warm_up)
        self.run_worker(self._watch(), group="watch")

    def on_screen_suspend(self) -> None:
        """Watch nothing while nobody looks."""
        self._seen.clear()

    async def _watch(self) -> None:
        """Look again when somebody else saves, adds or removes a session."""
        seen = await asyncio.to_thread(self._store.stamp)
        while True:
            await self._seen.wait()
            await asyncio.sleep(WATCH_EVERY)
            if self.is_current and (stamp := await asyncio.to_thread(self._store.stamp)) != seen:
                seen = stamp
                self.look_again()

    @work(group="warm up")
    async def _warm_up(self) -> None:
        """Load what the first session and the first edit need, while nobody waits for it."""
        await asyncio.to_thread(_load)

    @work(exclusive=True, group="summaries")
    async def look_again(self, key: str = "") -> None:
        """Read what has changed in the store, without holding up the screen."""
        try:
            listed = await asyncio.to_thread(self._store.summaries)
        except (StoreError, OSError) as error:
            self._say(str(error))
            return
        if not self._rows.is_attached:
            return
        if listed != self._found or key:
            self._list(listed, key)
        if not listed:
            self._say("No session yet. New begins one.")

    def _list(self, listed: Sequence[Listed], key: str) -> None:
        self._found = listed
        self._listed = arranged([each for each in listed if each.file not in self._going] if self._going else listed)
        self._narrow(key or self._key)

    def _narrow(self, key: str) -> None:
        words = self._filter.value
        self._shown = [each for each in self._listed if matching(words)(each)] if words.strip() else self._listed
        keys = (each.file if isinstance(each, Broken) else each.id for each in self._shown)
        place = next((number for number, each in enumerate(keys) if each == key), 0) if key else 0
        self._rows.show(SummaryRows(self._shown, self._surroundings.now(), lambda: self._rows.size.width), cursor=place)
        self._show_top()
        self._show_preview()

    def _show_top(self) -> None:
        number = counted(self._listed, self._shown)
        self._top.show(
            ((" Facilitator", "bold $primary"), (f"   {self._location.path}", "$secondary")),
            ((f"  {number} ", "$secondary"),),
        )

    @work(exclusive=True, group="preview")
    async def _show_preview(self) -> None:
        if not self._shown:
            words = self._filter.value.strip()
            text = f"Nothing here matches {words!r}." if words else ""
            self._preview.update(content(text, "$secondary"))
            return
        listed = self._shown[max(0, self._rows.cursor)]
        if isinstance(listed, Broken):
            what = _COPY if listed.copy_of else _BROKEN
            parts = [content(listed.file, "bold"), content(listed.reason), content(what, "$secondary")]
            shown = Content("\n\n").join(parts)
        else:
            try:
                shown = preview((await asyncio.to_thread(self._store.open, listed.id)).session)
                if self._has_copy(listed.id):
                    shown = Content("\n\n").join([shown, content(_HAS_COPY, "$warning")])
            except (StoreError, OSError) as error:
                shown = content(str(error), "$warning")
        self._preview.update(shown)

    def _has_copy(self, session_id: str) -> bool:
        return any(isinstance(each, Broken) and each.copy_of == session_id for each in self._listed)

    @property
    def _key(self) -> str:
        row = self._rows.row
        return row.key if row is not None else ""

    @property
    def _marked(self) -> Listed | None:
        return self._shown[self._rows.cursor] if 0 <= self._rows.cursor < len(self._shown) else None

    def _say(self, text: str) -> None:
        self._understood.show(((f"   {text}", "$secondary"),))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list; a question mark alone asks for help."""
        if event.input.id != "filter":
            return
        if event.value.strip() == "?":
            event.input.value = ""
            self.run_worker(self.run_action("app.help"))
            return
        self._say("")
        self._narrow("" if event.value else self._key)

    def on_line_input_entered(self) -> None:
        """Open the marked session."""
        self.action_open()

    def on_row_list_highlighted(self) -> None:
        """Show the preview of the marked session."""
        self._show_preview()

    def on_row_list_chosen(self) -> None:
        """Open the session that was clicked while it was marked."""
        self.action_open()

    async def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        """Do what the clicked key does."""
        await self.run_action(event.action)

    def on_screen_resume(self) -> None:
        """Look at the store again after a session was left."""
        self._seen.set()
        if self._left:
            self._left = False
            self.look_again(self._key)

    def action_row(self, places: int) -> None:
        """Move the mark."""
        self._rows.move_by(places)

    def action_page(self, direction: int) -> None:
        """Move the mark by a screen."""
        self._rows.page(direction)

    def action_edge(self, direction: int) -> None:
        """Move the mark to the first or the last session."""
        self._rows.move_to(0 if direction < 0 else len(self._shown) - 1)

    def action_clear(self) -> None:
        """Show all sessions again."""
        self._filter.value = ""

    def action_open(self) -> None:
        """Open the marked session, once, however often Enter is pressed until it is there."""
        marked = self._marked
        if isinstance(marked, Broken) and not marked.copy_of:
            self._say(_BROKEN)
        elif marked is not None and not self._opening:
            self._opening = True
            self.run_worker(self._open_marked(marked), group="open")

    async def _open_marked(self, marked: Listed) -> None:
        try:
            if isinstance(marked, Broken):
                await self._take_in(marked)
            else:
                copy = _HAS_COPY if self._has_copy(marked.id) else ""
                await self._open(lambda: self._store.open(marked.id), copy)
        finally:
            self._opening = False

    async def _take_in(self, copy: Broken) -> None:
        """Take a copy into its session, open that, and say what came of it."""
        from facilitator.store.sync_copies import take_in

        try:
            before = await asyncio.to_thread(self._store.open, copy.copy_of)
            path = self._store.path / copy.file
            opened = await asyncio.to_thread(take_in, self._store, copy.copy_of, path)
        except (StoreError, OSError) as error:
            self._say(str(error))
            return
        await self._open(lambda: opened, taken_in_words(before.session, opened.session))

    @work(exclusive=True, group="open")
    async def action_new(self) -> None:
        """Begin a postmortem."""
        title, note = "", "What happened, in a few words. Everything else can come later."
        while True:
            asked = LineScreen("New postmortem", value=title, placeholder="Title", note=note, opener="home.new")
            answer = await self.app.push_screen_wait(asked)
            if answer is None:
                return
            title = one_line(answer)
            session = self._begin(new_id(), title, self._surroundings.now())
            note = await self._open(partial(self._store.create, session))
            if not note:
                return

    @work(exclusive=True, group="open")
    async def action_duplicate(self) -> None:
        """Begin a session as a copy of the marked one."""
        marked = self._marked
        if marked is None or isinstance(marked, Broken):
            return
        asked = LineScreen("Duplicate as", value=f"{marked.title} (copy)", opener="home.duplicate")
        title = await self.app.push_screen_wait(asked)
        if title:
            now = self._surroundings.now()
            await self._open(lambda: self._store.duplicate(marked.id, one_line(title), now))

    async def _open(self, make: Callable[[], Opened], notice: str = "") -> str:
        """Open a session and say something there; return "", or why it could not be opened."""
        try:
            opened = await asyncio.to_thread(make)
        except (StoreError, OSError) as error:
            self._say(str(error))
            return str(error)
        from facilitator.app.screens.session import SessionScreen

        self._left = True
        session = SessionScreen(opened, self._surroundings)
        await self.app.push_screen(session)
        if notice:
            session.say(notice)
        return ""

    def action_delete(self) -> None:
        """Move the marked session to the trash, and the mark to the next one: the key may be pressed again at once."""
        marked = self._marked
        if isinstance(marked, Broken):
            self._say(_COPY_FIRST if marked.copy_of else _BROKEN)
        if marked is None or isinstance(marked, Broken):
            return
        keys = [row.key for row in (*self._rows.rows[self._rows.cursor + 1 :][:1], *self._rows.rows[:1])]
        self._going.add(marked.file)
        self._list(self._found, keys[0] if keys else "")
        self._delete(marked)

    @work(group="store")
    async def _delete(self, marked: Summary) -> None:
        async with self._turn:
            try:
                self._trashed.append(await asyncio.to_thread(self._store.delete, marked.id))
                said, key = trashed_words([each.title for each in self._trashed]), self._key
            except (StoreError, OSError) as error:
                said, key = str(error), marked.id
            self._going.discard(marked.file)
        self._say(said)
        self.look_again(key)

    @work(group="store")
    async def action_undo(self) -> None:
        """Bring back the session that was deleted last, and mark it."""
        async with self._turn:
            if not self._trashed:
                self._say("Nothing to undo.")
                return
            try:
                await asyncio.to_thread(self._store.restore, self._trashed[-1])
            except (StoreError, OSError) as error:
                self._say(str(error))
                return
            restored = self._trashed.pop()
        self._say(restored_words(restored.title, len(self._trashed)))
        self.look_again(restored.id)
