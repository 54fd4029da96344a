"""The preview of a redaction: how it is shown. What can be done with it is in `redaction`."""

import asyncio
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from facilitator.app.commands import EVERYWHERE, REDACTION, REDACTION_LEAVE
from facilitator.app.redaction.deciding import again, concerned
from facilitator.app.redaction.header import header
from facilitator.app.redaction.preview import Preview, preview
from facilitator.app.redaction.rows import (
    LONGEST_LEAD,
    REPLACEMENT,
    UNDECIDED,
    YES,
    preview_rows,
    replacement_of,
)
from facilitator.app.redaction.text import Flowed, flowed
from facilitator.app.screens.drafts_view import Sifting
from facilitator.app.surroundings import Surroundings
from facilitator.app.widgets.bar import Bar, Part
from facilitator.app.widgets.key_line import KeyLine
from facilitator.app.widgets.line_input import LineInput
from facilitator.app.widgets.marked_text import MarkedText
from facilitator.app.widgets.row_drawing import MARGIN
from facilitator.app.widgets.row_list import RowList
from facilitator.model.review_items import Consent
from facilitator.model.session import Session
from facilitator.redaction.accepted import subject_of
from facilitator.redaction.consent import Yes
from facilitator.redaction.profiles import Profile
from facilitator.redaction.redacting import Redacted, Replacement
from facilitator.redaction.since import told_since
from facilitator.redaction.told import shown
from facilitator.store.history import History
from facilitator.store.publishing import agreed

LOOK_SECONDS = 0.5
"""How often it is looked whether others have edited the session."""

_LEAST_ROOM = 16


class RedactionView(Screen[Profile | None]):
    """Shows the document with every replacement in place, and the list of replacements beside it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle"), (132, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (14, "-low"), (22, "-tall")]

    def __init__(self, desk: Sifting, given: Surroundings, profile: Profile) -> None:
        super().__init__()
        self.desk, self.given, self.profile = desk, given, profile
        self.preview: Preview | None = None
        self.here = self.goes_on = False
        self.notice = self.wanted = ""
        self.taken: tuple[Session, Session] | None = None
        self._seen: Session | None = None
        self._changed = asyncio.Event()
        self._flowed_for = 0
        self._agreed: tuple[Consent, Redacted | None] | None = None

    def compose(self) -> ComposeResult:
        """Create the document, the list, the line and the keys."""
        yield Bar(id="redaction-top")
        with Horizontal(id="redaction-body"):
            yield MarkedText()
            yield RowList(uniform=True, longest_lead=LONGEST_LEAD)
        yield Bar(id="redaction-said")
        with Horizontal(id="line"):
            yield Static("›", id="prompt", markup=False)
            yield LineInput(placeholder="words to replace too: Acme Corp = a large customer")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin to look."""
        self.rows, self.text, self.line = self.query_one(RowList), self.query_one(MarkedText), self.query_one(LineInput)
        self.set_focus(self.line)
        self.run_worker(self._keep_looking(), group="preview")
        self.look()
        self.set_interval(LOOK_SECONDS, self._look_for_others)

    def _look_for_others(self) -> None:
        if self.desk.session is not self._seen:
            self.look()

    def look(self, notice: str = "") -> None:
        """Make the preview anew, of the session as it is."""
        self.notice, self._seen = notice, self.desk.session
        if self.preview is None:
            self.query_one("#redaction-said", Bar).show((("   Looking for what must not leave …", "$primary"),))
        self._changed.set()

    async def _keep_looking(self) -> None:
        """Make the preview whenever there is another one to make, one at a time: a thread cannot be cancelled."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            session, profile = self.desk.session, self.profile
            made = await asyncio.to_thread(self._made, session, profile)
            room = self.text.room
            text = await asyncio.to_thread(flowed, made, room)
            if session is not self.desk.session or profile is not self.profile:
                self._seen = self.desk.session
                self._changed.set()
            elif self.is_attached and self.display:
                self._take_over(made, text)
                self._flowed_for = room
                self.on_marked_text_resized()

    def _made(self, session: Session, profile: Profile) -> Preview:
        """Return the preview, with what changed since a yes that is void. It is called in a thread."""
        made, patterns = preview(session, profile, self.given.sensitive), self.given.sensitive
        last = made.consent.last
        if last is None or made.consent.yes is not Yes.VOID:
            return made
        if self._agreed is None or self._agreed[0] != last:
            recorded = History(self.desk.editor.store_path, session.id).read()
            self._agreed = last, agreed(recorded, last, profile, patterns)
        then = self._agreed[1]
        return replace(made, since=told_since(then, made.result)) if then is not None else made

    def carry_on(self, before: Session) -> None:
        """Go on after an edit of `before` that changes nothing of what is published: the preview of it still holds."""
        if self.preview is not None and self.preview.session is before:
            self.preview = replace(self.preview, session=self.desk.session)
            self._seen = self.desk.session
        self.show_rows()
        self.go_on()
        self.show_marked()

    def _take_over(self, made: Preview, text: Flowed) -> None:
        is_first, marked, key = self.preview is None, self.marked, self.key
        self.preview = made
        self.text.show(text, -1)
        self.show_rows()
        self._stay(made, marked, key)
        if is_first:
            self.go_on(first=0)
        elif self.wanted:
            self._go_to_words(made)
        elif self.taken is not None:
            self._go_to_taken(made, self.taken)
        elif self.goes_on:
            self.go_on()
        self.goes_on, self.taken = False, None
        self.show_marked()

    def _stay(self, made: Preview, marked: Replacement | None, key: str) -> None:
        """Leave the mark on what it was on, wherever that is in the list now."""
        if marked is not None:
            number = again(marked, made.result.replacements)
        else:
            number = next((place for place, row in enumerate(self.rows.rows) if key and row.key == key), None)
        if number is not None:
            self._go_to(number)

    def _go_to(self, number: int) -> None:
        if number != self.rows.cursor:
            self.rows.show(self.rows.rows, cursor=number)

    def _go_to_taken(self, made: Preview, taken: tuple[Session, Session]) -> None:
        number = concerned(*taken, made.result.replacements, self.rows.cursor)
        if number is not None:
            self._go_to(number)

    def _go_to_words(self, made: Preview) -> None:
        words, self.wanted = self.wanted.rpartition(" = ")[0] or self.wanted, ""
        found = [each.words.casefold() for each in made.result.replacements]
        number = found.index(words.casefold()) if words.casefold() in found else None
        if number is None:
            self.notice = f"“{words}” is nowhere in it; where it comes up, it is replaced."
        else:
            self.rows.move_to(number)

    def go_on(self, first: int | None = None) -> None:
        """Go to the next replacement that nobody has looked at; after the last one, to the question at the end."""
        rows, first = self.rows.rows, self.rows.cursor + 1 if first is None else first
        left = (number for number in range(first, len(rows)) if rows[number].mark == UNDECIDED and rows[number].key)
        self.rows.move_to(next(left, len(rows) - 1))

    def show_rows(self) -> None:
        """Show the list, with the mark where it is."""
        if self.preview is not None:
            room = max(_LEAST_ROOM, self.rows.scrollable_content_region.width - MARGIN - LONGEST_LEAD - 2)
            self.rows.show(preview_rows(self.preview, room), cursor=max(0, self.rows.cursor))

    def on_marked_text_resized(self) -> None:
        """Break the text anew when it has another width."""
        if self.preview is not None and self.text.room != self._flowed_for:
            self._changed.set()

    @property
    def key(self) -> str:
        """The key of the marked row."""
        return self.rows.row.key if self.rows.row is not None else ""

    @property
    def marked(self) -> Replacement | None:
        """The replacement of the marked row."""
        return replacement_of(self.key, self.preview) if self.preview is not None else None

    @property
    def _number(self) -> int:
        return int(self.key.removeprefix(REPLACEMENT)) if self.marked is not None else -1

    def on_row_list_highlighted(self, event: RowList.Highlighted) -> None:
        """Show the replacement under the mark in its place."""
        event.stop()
        self.here = False
        self.show_marked()

    def say(self, notice: str) -> None:
        """Say something until the next key."""
        self.notice = notice
        self.query_one("#redaction-said", Bar).show(((f"   {notice}", "$primary"),))

    def show_marked(self) -> None:
        """Show what is marked in the text, what is said of it, and the keys."""
        made = self.preview
        if made is None:
            return
        self.text.mark(self._number)
        self.query_one("#redaction-top", Bar).show(*header(made, self.size.width))
        self.query_one("#redaction-said", Bar).show(self._said(made))
        keys = [each for each in REDACTION if each.footer and each is not REDACTION_LEAVE]
        labels = {"redaction.accept": "add" if self.line.value else {YES: "say yes"}.get(self.key, "accept")}
        self.query_one(KeyLine).show(keys, (REDACTION_LEAVE, *EVERYWHERE[:1]), self.given.keymap, labels)

    def _said(self, made: Preview) -> tuple[Part, ...]:
        """Return what is said of the marked row."""
        each = self.marked
        if self.notice:
            return ((f"   {self.notice}", "$primary"),)
        if each is None:
            return (("   Not checked is what no program finds. Look at it yourself.", "$secondary"),)
        count = sum(subject_of(other) == subject_of(each) for other in made.result.replacements)
        often = f", {count} times in it" if count > 1 else ""
        scope = (("   the next decision counts here only", "$accent"),) if self.here else ()
        words = f"   {shown(each)}: {each.what}{often}"
        return ((words, "$secondary"), *scope)

    def on_input_changed(self) -> None:
        """Say what Enter does with what is typed."""
        self.notice = ""
        self.show_marked()
