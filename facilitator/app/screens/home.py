"""Home: the sessions of the store, found while typing, with a preview beside them."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from importlib import import_module

from textual import work

from facilitator.app.commands import HOME, LESSON, bindings, shown_key
from facilitator.app.home_rows import Listed, restored_words, taken_in_words, trashed_words
from facilitator.app.old_lesson import lesson_of, lesson_parts
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.home_list import BROKEN, HAS_COPY, WARM_UP_AFTER, HomeList
from facilitator.app.surroundings import Surroundings
from facilitator.app.views import Views
from facilitator.model.session import Session
from facilitator.model.text import one_line
from facilitator.store.errors import StoreError
from facilitator.store.ids import new_id
from facilitator.store.store import Trashed
from facilitator.store.summaries import Broken, Summary

Begin = Callable[[str, str, datetime], Session]


_COPY_FIRST = "Enter takes this copy into its session, and moves it to the trash then."


def _load() -> None:
    for name in ("facilitator.library.begun", "facilitator.library.completing", "facilitator.app.screens.session"):
        import_module(name)
    new_id()


class HomeScreen(HomeList):
    """Lists the sessions. Typing narrows the list; up and down move the mark; Enter opens."""

    OWN_COMMANDS = HOME
    BINDINGS = bindings(HOME)

    def __init__(self, surroundings: Surroundings, views: Views, begin: Begin) -> None:
        super().__init__(surroundings, views)
        self._begin = begin
        self._trashed: list[Trashed] = []
        # The order in which the store is written to.
        self._turn = asyncio.Lock()
        self._opening = False
        self._lesson = ""
        self._lesson_of: date | None = None

    def on_mount(self) -> None:
        """Load what comes next, when what is first is there."""
        self.set_timer(WARM_UP_AFTER, self._warm_up)

    @work(group="warm up")
    async def _warm_up(self) -> None:
        """Load what the first session and the first edit need, while nobody waits for it."""
        await asyncio.to_thread(_load)

    def refreshed(self) -> None:
        """Show what the index knows now, and once a day an old lesson."""
        super().refreshed()
        if self.today() != self._lesson_of:
            self._remember(self.today())

    @work(exclusive=True, group="lesson")
    async def _remember(self, today: date) -> None:
        """Show the lesson of a day while nothing is typed."""
        found = await asyncio.to_thread(lesson_of, self._surroundings.library, today)
        self._lesson_of = today
        self._lesson = found.session.id if found is not None else ""
        if self._rows.is_attached:
            key = shown_key(self._surroundings.keymap.get(LESSON.id, LESSON.keys))
            self.line.rest(*(lesson_parts(found, key) if found is not None else ((), ())))

    def on_line_input_entered(self) -> None:
        """Open the marked session."""
        self.action_open()

    def on_row_list_chosen(self) -> None:
        """Open the session that was clicked while it was marked."""
        self.action_open()

    def action_open(self) -> None:
        """Open the marked session, once, however often Enter is pressed until it is there."""
        marked = self._marked
        if isinstance(marked, Broken) and not marked.copy_of:
            self.say(BROKEN)
        elif marked is not None and not self._opening:
            self._opening = True
            self.run_worker(self._open_marked(marked), group="open")

    async def _open_marked(self, marked: Listed) -> None:
        try:
            if isinstance(marked, Broken):
                await self._take_in(marked)
            else:
                copy = HAS_COPY if self._has_copy(marked.id) else ""
                await self.open_session(lambda: self._store.open(marked.id), copy)
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
            self.say(str(error))
            return
        await self.open_session(lambda: opened, taken_in_words(before.session, opened.session))

    @work(exclusive=True, group="open")
    async def action_lesson(self) -> None:
        """Open the session of the old lesson."""
        if self._lesson:
            await self.open_session(partial(self._store.open, self._lesson))
        else:
            self.say("There is no old lesson yet.")

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
            note = await self.open_session(partial(self._store.create, session))
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
            await self.open_session(lambda: self._store.duplicate(marked.id, one_line(title), now))

    def action_delete(self) -> None:
        """Move the marked session to the trash, and the mark to the next one: the key may be pressed again at once."""
        marked = self._marked
        if isinstance(marked, Broken):
            self.say(_COPY_FIRST if marked.copy_of else BROKEN)
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
        self.say(said)
        self._look_again(key)

    @work(group="store")
    async def action_undo(self) -> None:
        """Bring back the session that was deleted last, and mark it."""
        async with self._turn:
            if not self._trashed:
                self.say("Nothing to undo.")
                return
            try:
                await asyncio.to_thread(self._store.restore, self._trashed[-1])
            except (StoreError, OSError) as error:
                self.say(str(error))
                return
            restored = self._trashed.pop()
        self.say(restored_words(restored.title, len(self._trashed)))
        self._look_again(restored.id)
