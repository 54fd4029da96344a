"""The frame of the views of the library: bar, query line and keys, and the way from view to view."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from facilitator.app.commands import EVERYWHERE, LIBRARY, Command, bindings
from facilitator.app.screens.list_screen import MovesMark
from facilitator.app.surroundings import Surroundings
from facilitator.app.views import View, Views
from facilitator.app.widgets.bar import Part
from facilitator.app.widgets.key_line import KeyLine
from facilitator.app.widgets.query_line import QueryLine
from facilitator.app.widgets.view_bar import ViewBar
from facilitator.library.expressions import Query
from facilitator.store.errors import StoreError
from facilitator.store.opening import Opened

WATCH_EVERY = 1.0
"""How often the folder is looked at for what others do, in seconds."""


class LibraryView(MovesMark, Screen[None]):
    """A view of the library. What it shows is composed by `compose_body` and filled by `show_query`.

    A view has its name in `VIEW` and its commands, with bindings of its own for them, in `OWN_COMMANDS`.
    """

    VIEW: ClassVar[View]
    OWN_COMMANDS: ClassVar[tuple[Command, ...]]
    PLACEHOLDER: ClassVar[str] = "words, or service:checkout  cause:deployment  mttr:>2h  since:12m"
    BINDINGS = [*bindings(LIBRARY), Binding("escape", "clear", show=False)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (14, "-low"), (22, "-tall")]

    def __init__(self, surroundings: Surroundings, views: Views) -> None:
        super().__init__()
        self._surroundings, self._views = surroundings, views
        self._top = ViewBar()
        self._counts: tuple[Part, ...] = ()
        self._progress = ""
        self._left = False
        self._seen = asyncio.Event()
        self.line = QueryLine(self._values, self.today, placeholder=self.PLACEHOLDER)

    def compose_body(self) -> ComposeResult:
        """Create what stands between the bar at the top and the query line."""
        raise NotImplementedError

    def show_query(self, text: str, query: Query) -> None:
        """Show what a query asks for: called when it changes, when the view comes to the front, and after `refreshed`.

        It must not ask the library itself, but in a thread: `surroundings.library.lent()`.
        """
        raise NotImplementedError

    def look_first(self) -> None:
        """Look at the store for the first time."""
        self.refresh_index()

    def look_again(self) -> None:
        """Look at the store again: it has changed, or a session was left."""
        self.refresh_index()

    def refreshed(self) -> None:
        """Show what the index knows now."""
        self.show_query(*self.line.understood)

    def help_groups(self) -> Iterable[tuple[str, Iterable[Command]]]:
        """Return the commands of this view, and those of all views."""
        return ((str(self.VIEW), self.OWN_COMMANDS), ("The library", LIBRARY))

    def help_lines(self) -> Iterable[tuple[str, str]]:
        """Return what can be typed into the query line."""
        from facilitator.library.fields import FIELDS

        words = (("redis timeout", "both words"), ('"out of memory"', "side by side"), ("-staging", "without the word"))
        return (*words, *((f"{name}:{field.example}", field.meaning) for name, field in FIELDS.items()))

    def compose(self) -> ComposeResult:
        """Create the bar, the body, the line and the keys."""
        yield self._top
        yield from self.compose_body()
        yield self.line
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin to watch the store."""
        self.line.input.focus()
        self.show_keys()
        self.show_counts()
        self.look_first()
        self.run_worker(self._watch(), group="watch")

    def on_screen_resume(self) -> None:
        """Show what is typed, which may be from another view."""
        self._seen.set()
        self.line.put(self._views.text)
        self.show_query(*self.line.understood)
        if self._left:
            self._left = False
            self.look_again()

    def on_screen_suspend(self) -> None:
        """Watch nothing while nobody looks."""
        self._seen.clear()

    def today(self) -> date:
        """Return the day today where the program runs."""
        return self._surroundings.now().astimezone().date()

    def show_keys(self) -> None:
        """Show the keys of this view."""
        first, rest = self.OWN_COMMANDS[:2], self.OWN_COMMANDS[2:]
        keys = [each for each in (*first, *LIBRARY, *rest) if each.footer]
        self.query_one(KeyLine).show(keys, EVERYWHERE[:2], self._surroundings.keymap, {})

    def show_counts(self, *parts: Part) -> None:
        """Show what was counted at the right of the bar at the top."""
        self._counts = parts or self._counts
        progress = ((f"  {self._progress} ", "$secondary"),) if self._progress else ()
        self._top.show_views(self._views.place, self._views.names, self.VIEW, (*progress, *self._counts))

    def say(self, text: str) -> None:
        """Say something above the line."""
        self.line.say(text)

    @work(exclusive=True, group="index")
    async def refresh_index(self) -> None:
        """Bring the index up to date in the background; what is known is shown meanwhile."""
        loop = asyncio.get_running_loop()

        def told(done: int, of: int) -> None:
            with suppress(RuntimeError):  # the program is being left
                loop.call_soon_threadsafe(self._tell_progress, f"indexing {done:,} of {of:,}")

        try:
            await asyncio.to_thread(self._surroundings.library.refresh, told)
        except OSError as error:
            self.say(str(error))
            return
        finally:
            self._tell_progress("")
        if self._top.is_attached:
            self.line.input.forget()
            self.refreshed()

    async def open_session(self, make: Callable[[], Opened], notice: str = "") -> str:
        """Open a session and say something there; return "", or why it could not be opened, which is said here."""
        try:
            opened = await asyncio.to_thread(make)
        except (StoreError, OSError) as error:
            self.say(str(error))
            return str(error)
        from facilitator.app.screens.session import SessionScreen

        self._left = True
        session = SessionScreen(opened, self._surroundings)
        await self.app.push_screen(session)
        if notice:
            session.say(notice)
        return ""

    def _tell_progress(self, text: str) -> None:
        self._progress = text
        if self._top.is_attached:
            self.show_counts()

    async def _watch(self) -> None:
        """Look again when somebody saves, adds or removes a session."""
        store = self._surroundings.store
        seen = await asyncio.to_thread(store.stamp)
        while True:
            await self._seen.wait()
            await asyncio.sleep(WATCH_EVERY)
            if self.is_current and (stamp := await asyncio.to_thread(store.stamp)) != seen:
                seen = stamp
                self.look_again()

    def _values(self, field: str) -> dict[str, int]:
        """Return the values of a field, for completion, as far as the index has them."""
        librarian = self._surroundings.library
        if not librarian.ready:
            return {}
        with librarian.lent() as library:
            return library.values(field)

    def on_query_line_asked(self, event: QueryLine.Asked) -> None:
        """Show what is asked for, and keep it for the other views."""
        self._views.text = event.text
        self.show_query(event.text, event.query)

    async def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line is there."""
        if event.is_printable and event.character and not self.line.input.has_focus:
            event.stop()
            self.line.input.insert_text_at_cursor(event.character)

    async def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        """Do what the clicked key does."""
        await self.run_action(event.action)

    async def on_view_bar_chosen(self, event: ViewBar.Chosen) -> None:
        """Go to the view that was clicked."""
        await self._go(View(event.name))

    async def action_view(self, step: int) -> None:
        """Go to the next view or the one before, with what is typed."""
        await self._go(self._views.beside(self.VIEW, step))

    async def _go(self, view: View) -> None:
        if view is self.VIEW:
            return
        self._views.text = self.line.text
        screen = self._views.at(view)
        if not self.app.is_screen_installed(screen):
            self.app.install_screen(screen, view)
        await self.app.switch_screen(screen)

    def action_clear(self) -> None:
        """Empty the line."""
        self.line.put("")

    @work(exclusive=True, group="saved views")
    async def action_saved_views(self) -> None:
        """Choose a query that has a name."""
        from facilitator.app.screens.pick import Option, PickScreen

        options = [Option(each.query, f"{each.name}   {each.query}") for each in self._surroundings.views]
        chosen = await self.app.push_screen_wait(PickScreen("Views", options, opener="home.saved_views"))
        if chosen:
            self._views.text = chosen[0]
            self.line.put(chosen[0])
