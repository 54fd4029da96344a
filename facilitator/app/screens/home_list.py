"""The list of sessions at home: found while typing, with a preview beside it."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from facilitator.app.drawing import content
from facilitator.app.home_rows import Listed, arranged, summary_row
from facilitator.app.home_search import FIRST, Asked, Listing, Shown, named_at_once, search, whole
from facilitator.app.preview import preview
from facilitator.app.rows import MadeRows
from facilitator.app.screens.library_view import LibraryView
from facilitator.app.surroundings import Surroundings
from facilitator.app.views import View, Views
from facilitator.app.widgets.row_list import RowList
from facilitator.library.expressions import Query
from facilitator.store.errors import StoreError
from facilitator.store.summaries import Broken

LOOK_AGAIN_AFTER = 0.1
"""Seconds after which the files are looked at when the list is known already; by then it is drawn."""

WARM_UP_AFTER = 0.4
"""Seconds after which what comes next is loaded."""

REST = 0.25
"""Seconds without a key after which the rest of many sessions is found."""

PREVIEW_AFTER = 0.04
"""Seconds after which what was found is previewed; until then, a frame with the list and the next key go first."""

COPY = "Open takes what it holds into the session, and moves the copy to the trash. Nothing of either is lost."
HAS_COPY = "The store has a copy of this session. Open that at home to take it in."
BROKEN = "This file cannot be opened. It is left as it is; `facilitator doctor` tells what can be done."
_WAITS = "The store is being read for the first time. This is answered when that is done."


class _Want(NamedTuple):
    """What is to be found: at most how many, and what is marked then; None for what is marked at that time."""

    asked: Asked
    key: str | None
    most: int | None


class HomeList(LibraryView):
    """Shows the sessions that are asked for, and the marked one in brief."""

    VIEW = View.SESSIONS

    def __init__(self, surroundings: Surroundings, views: Views) -> None:
        super().__init__(surroundings, views)
        self._store = surroundings.store
        self._found: Sequence[Listed] = ()
        self._listing = Listing()
        self._shown = Shown((), 0)
        self._asked = Asked()
        self._want: _Want | None = None
        # The files on their way to the trash, which are not shown any more.
        self._going: set[str] = set()
        self._looked = self._waits = False
        # Kept, because work in the background may end after the screen has lost its widgets.
        self._rows, self._preview = RowList(uniform=True), Static(id="preview")

    def compose_body(self) -> ComposeResult:
        """Create the list and the preview."""
        with Horizontal(id="body"):
            yield self._rows
            yield self._preview

    def look_first(self) -> None:
        """Show what is known at once; look at the files behind that, and at the index when they are known."""
        known = self._store.cached_summaries()
        if known:
            self._list(known, "")
            self.set_timer(LOOK_AGAIN_AFTER, self.look_again)
        else:
            self.look_again()

    def look_again(self) -> None:
        """Read what has changed in the store."""
        self._look_again()

    @work(exclusive=True, group="summaries")
    async def _look_again(self, key: str = "") -> None:
        """Read what has changed in the store, without holding up the screen, and mark the row `key`."""
        try:
            listed = await asyncio.to_thread(self._store.summaries)
        except (StoreError, OSError) as error:
            self.say(str(error))
            return
        if not self._rows.is_attached:
            return
        if listed != self._found or key:
            self._list(listed, key)
        if not listed:
            self.say("No session yet. New begins one.")
        first, self._looked = not self._looked, True
        if first:
            self.set_timer(WARM_UP_AFTER, self.refresh_index)
        else:
            self.refresh_index()

    def _list(self, listed: Sequence[Listed], key: str) -> None:
        self._found = listed
        here = [each for each in listed if each.file not in self._going] if self._going else listed
        self._listing = Listing(arranged(here))
        self._read_names(self._listing)
        self._search(self._asked, key or None)

    @work(group="names")
    async def _read_names(self, listing: Listing) -> None:
        """Make ready what words are looked for in, before the first is typed."""
        await asyncio.to_thread(listing.prepare)

    def show_query(self, text: str, query: Query) -> None:
        """Show the sessions that are asked for; the mark stays where it is unless something else is asked."""
        asked = Asked(text, query, self._unfinished(text) if text else None)
        same, self._asked = asked == self._asked or asked.is_empty, asked
        self._search(asked, None if same else "")

    def _unfinished(self, text: str) -> Query | None:
        # Imported where it is used: home is there before it.
        from facilitator.library.begun import unfinished

        return unfinished(text, self.today())

    def _search(self, asked: Asked, key: str | None, most: int | None = FIRST) -> None:
        """Find what is asked for, once what is being found is there: of what is asked meanwhile, only the last."""
        if asked.is_empty:
            self._want = None
            self._show(whole(self._listing.listed), key)
            return
        at_once = named_at_once(self._surroundings.library, self._listing, asked) if most is not None else None
        if at_once is not None:
            self._want = None
            self._show(at_once, key)
            return
        waiting, self._want = self._want, _Want(asked, key, most)
        if waiting is None:
            self._find()

    @work(group="search")
    async def _find(self) -> None:
        while (want := self._want) is not None:
            was_ready = self._surroundings.library.ready
            try:
                shown = await asyncio.to_thread(
                    search, self._surroundings.library, self._listing, want.asked, want.most
                )
            except (StoreError, OSError) as error:
                self._want = None
                self.say(str(error))
                return
            if was_ready and not self._surroundings.library.ready:
                self.refresh_index()  # the index was deleted or damaged
            if self._want is not want:
                continue
            self._want = None
            if not self._rows.is_attached:
                return
            if shown.waits != self._waits:
                self._waits = shown.waits
                self.say(_WAITS if shown.waits else "")
            if not shown.waits:
                self._show(shown, want.key)

    def _find_rest(self, asked: Asked) -> None:
        if asked is self._asked and self._want is None:
            self._search(asked, None, most=None)

    def _show(self, shown: Shown, key: str | None) -> None:
        key = self._key if key is None else key
        self._shown = shown
        keys = (each.file if isinstance(each, Broken) else each.id for each in shown.listed)
        place = next((number for number, each in enumerate(keys) if each == key), 0) if key else 0
        now = self._surroundings.now()
        rows = MadeRows(shown.listed, lambda each: summary_row(each, now, self._rows.size.width))
        self._rows.show(rows, cursor=place)
        if shown.more:
            self.set_timer(REST, partial(self._find_rest, self._asked))
        order = ", best match first" if shown.ranked else ""
        self.show_counts((f"  {self._listing.counted(shown.count)}{order} ", "$secondary"))
        self._show_preview(wait=0.0 if self._asked.is_empty else PREVIEW_AFTER)

    @work(exclusive=True, group="preview")
    async def _show_preview(self, wait: float = 0.0) -> None:
        """Show the marked session in brief, after so many seconds unless something else is marked by then."""
        await asyncio.sleep(wait)
        listed = self._marked
        if listed is None:
            text = f"Nothing here matches {self._asked.text.strip()!r}." if not self._asked.is_empty else ""
            self._preview.update(content(text, "$secondary"), layout=False)
            return
        if isinstance(listed, Broken):
            what = COPY if listed.copy_of else BROKEN
            parts = [content(listed.file, "bold"), content(listed.reason), content(what, "$secondary")]
            shown = Content("\n\n").join(parts)
        else:
            try:
                opened = await asyncio.to_thread(self._store.open, listed.id)
                shown = await asyncio.to_thread(preview, opened.session, self._asked.query)
                if self._has_copy(listed.id):
                    shown = Content("\n\n").join([shown, content(HAS_COPY, "$warning")])
            except (StoreError, OSError) as error:
                shown = content(str(error), "$warning")
        self._preview.update(shown, layout=False)

    def _has_copy(self, session_id: str) -> bool:
        return any(isinstance(each, Broken) and each.copy_of == session_id for each in self._listing.listed)

    @property
    def _key(self) -> str:
        row = self._rows.row
        return row.key if row is not None else ""

    @property
    def _marked(self) -> Listed | None:
        shown = self._shown.listed
        return shown[self._rows.cursor] if 0 <= self._rows.cursor < len(shown) else None

    def on_row_list_highlighted(self) -> None:
        """Show the preview of the marked session."""
        self._show_preview()
