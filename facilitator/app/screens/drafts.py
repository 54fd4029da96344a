"""Drafts beside the timeline: what can be done with them by key."""

from collections.abc import Iterable

from textual import work

from facilitator.app.commands import DRAFTS, DRAFTS_LEAVE, LISTS, Command, bindings
from facilitator.app.drafts.filter_line import FilterLine
from facilitator.app.filing import Edit
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.pick import Option, PickScreen
from facilitator.app.screens.reading_in import ReadingIn
from facilitator.app.widgets.drawn import TimelineStrip
from facilitator.app.widgets.key_line import KeyLine
from facilitator.app.widgets.line_input import LineInput
from facilitator.intake.sifting.axis import second_at
from facilitator.intake.sifting.filters import State
from facilitator.intake.sifting.sifted import leave, merge_into, take
from facilitator.model.clocks import clock
from facilitator.model.edits import EditError, change, get, remove
from facilitator.model.session import Entry, Intake, Session
from facilitator.model.text import one_line
from facilitator.store.ids import new_id

_LONGEST_SKEW = 86_400
"""By how many seconds the clock of a source may be corrected."""


FILTERS = (
    ("rollback canary", "drafts with both words"),
    ('"rolled back"', "with these words one after the other"),
    ("from:dana in:incidents", "said by her, in that channel"),
    ("kind:pagerduty", "records of that kind"),
    ("after:14:00 before:15:30", "of that time, on the clock of the session"),
    ("is:proposed is:taken is:left", "what has become of them"),
    ("-bot", "without that word; - goes before the others too"),
)
"""What can be typed to filter, and what it leaves."""


class DraftsScreen(ReadingIn):
    """Takes drafts onto the timeline, sets them aside, and reads more in. Every key is one edit."""

    BINDINGS = bindings((*LISTS, *DRAFTS))

    def help_groups(self) -> Iterable[tuple[str, Iterable[Command]]]:
        """Return the commands of the drafts."""
        return (("Drafts", DRAFTS),)

    def help_lines(self) -> Iterable[tuple[str, str]]:
        """Return examples of filters."""
        return FILTERS

    def action_row(self, places: int) -> None:
        """Move the mark."""
        self._list.move_by(places)

    def action_page(self, direction: int) -> None:
        """Move by a screen."""
        self._list.page(direction)

    def action_edge(self, direction: int) -> None:
        """Move to the first or the last draft."""
        self._list.move_to(0 if direction < 0 else len(self._numbers) - 1)

    def on_line_input_entered(self, event: LineInput.Entered) -> None:
        """Take what is marked. The filter stays as it is."""
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        """Take the marked draft, or the marked range."""
        self._take(self.chosen)

    def action_proposals(self) -> None:
        """Take every draft that is proposed and shown."""
        sifted = self.sifted
        proposed = self._states.get(State.PROPOSED, ())
        if sifted is not None:
            ids = (sifted.drafts[number].id for number in self._numbers)
            self._take([each for each in ids if each in proposed])

    def _take(self, ids: list[str], text: str = "") -> None:
        sifted, before = self.sifted, self._desk.session
        if sifted is None or not ids:
            self._say("Nothing is marked that could be taken.")
            return
        session = take(sifted, before, ids, new_id, text=text)
        made = len(session.timeline) - len(before.timeline)
        if not made and session is not before:
            self._edit(session, "take a draft", "It came to the entry that tells the same. Undo takes that back.")
            return
        if not made:
            taken = all(each in self._states.get(State.TAKEN, ()) for each in ids)
            self._say("That is on the timeline already." if taken else "It has no time, so it has no place there.")
            return
        self._edit(session, f"take {made} draft{'s' if made > 1 else ''}", f"{made} taken. Undo takes that back.")

    def _edit(self, session: Session, label: str, said: str) -> None:
        """Make an edit, and go on with the draft after the marked ones."""
        last = max(self._list.cursor, self._anchor)
        after = self._numbers[last + 1 : last + 2] or self._numbers[last : last + 1]
        key = self.sifted.drafts[after[0]].id if self.sifted is not None and after else ""
        self._desk.apply(Edit(session, label, ""))
        self._anchor = -1
        self._notice = said
        self.show_session()
        self._select(key)

    def action_range(self) -> None:
        """Begin a range at the marked draft, or give it up."""
        self._anchor = -1 if self._anchor >= 0 else self._list.cursor
        self._notice = "Go to the other end of the range: enter takes it." if self._anchor >= 0 else ""
        self._show_rows(self._list.cursor)

    def action_aside(self) -> None:
        """Set what is marked aside, or bring it back."""
        ids, before = self.chosen, self._desk.session
        if not ids:
            return
        left = self._states.get(State.LEFT, ())
        aside = not all(each in left for each in ids)
        session = leave(before, set(ids), self._found.intakes, aside=aside)
        said = f"{len(ids)} set aside. Undo takes that back." if aside else "Brought back."
        self._edit(session, "set drafts aside" if aside else "bring drafts back", said)

    def action_show(self) -> None:
        """Show what is proposed, or everything."""
        self._proposed_only = not self._proposed_only
        self._notice = ""
        self._select()

    def action_since(self) -> None:
        """Show what was from the marked draft on, or the rest again."""
        self._since = None if self._since is not None else self._second_marked()
        self._select()

    def action_until(self) -> None:
        """Show what was up to the marked draft, or the rest again."""
        self._until = None if self._until is not None else self._second_marked()
        self._select()

    def on_timeline_strip_chosen(self, event: TimelineStrip.Chosen) -> None:
        """Go to the draft that was clicked on the strip."""
        self._select(event.entry.id)

    def on_timeline_strip_brushed(self, event: TimelineStrip.Brushed) -> None:
        """Show the part of the time that was brushed on the strip."""
        self._since, self._until = second_at(event.first.at.at), second_at(event.last.at.at)
        self._notice = f"A part of the time. {self._key_of(DRAFTS_LEAVE)} shows the rest again."
        self._select()

    def _second_marked(self) -> float | None:
        draft, sifted = self.marked, self.sifted
        return sifted.second(draft.id) if draft is not None and sifted is not None else None

    @work(group="words", exclusive=True)
    async def action_words(self) -> None:
        """Take the marked draft with other words."""
        draft = self.marked
        if draft is None:
            return
        words = one_line(draft.text)
        said = await self.app.push_screen_wait(LineScreen("With which words?", value=words, opener="drafts.words"))
        if said is not None:
            self._take([draft.id], one_line(said))

    @work(group="merge", exclusive=True)
    async def action_merge(self) -> None:
        """Add the marked draft to an entry, as where else that is known from."""
        draft, session, sifted = self.marked, self._desk.session, self.sifted
        if draft is None or sifted is None or not session.timeline:
            self._say("There is no entry yet that it could be merged with.")
            return
        options = [Option(entry.id, f"{clock(entry.at, session.zone)}  {entry.text}") for entry in self._near(session)]
        chosen = await self.app.push_screen_wait(PickScreen("Merge with which entry?", options, opener="drafts.merge"))
        if not chosen:
            return
        try:
            merged = merge_into(sifted, self._desk.session, draft.id, chosen[0])
        except EditError:
            self._say("Somebody else deleted that entry meanwhile; nothing was merged.")
        else:
            self._edit(merged, "merge a draft", "Merged: the entry names it as where it is known from.")

    def _near(self, session: Session) -> list[Entry]:
        """Return the entries, those nearest in time to the marked draft first."""
        second = self._second_marked()
        if second is None:
            return list(session.timeline)
        return sorted(session.timeline, key=lambda entry: abs(second_at(entry.at.at) - second))

    @work(group="source", exclusive=True)
    async def action_source(self) -> None:
        """Correct the clock of a source, or forget what was read from it."""
        session = self._desk.session
        if not session.intakes:
            self._say("Nothing was read in yet.")
            return
        options = [Option(each.id, f"{each.text}: {each.count:,} drafts{_clock_of(each)}") for each in session.intakes]
        chosen = await self.app.push_screen_wait(PickScreen("Which source?", options, opener="drafts.source"))
        if not chosen:
            return
        try:
            await self._change_source(chosen[0])
        except EditError:
            self._say("Somebody else had its drafts forgotten meanwhile; nothing was changed.")

    async def _change_source(self, intake_id: str) -> None:
        """Ask what is to be done with a source, and do it. Raises EditError when it is gone."""
        intake = get(self._desk.session, Intake, intake_id)
        what = [Option("clock", "correct its clock"), Option("forget", "forget its drafts; what was taken stays")]
        done = await self.app.push_screen_wait(PickScreen(intake.text, what, opener="drafts.source"))
        if done == ("clock",):
            await self._correct(intake)
        elif done == ("forget",):
            self._desk.apply(Edit(remove(self._desk.session, intake.id), "forget what was read in", ""))
            self._sift(f"The drafts of {intake.text} are forgotten. Undo brings them back.")

    async def _correct(self, intake: Intake) -> None:
        """Ask how far a clock is ahead, and correct it. Raises EditError when its source is gone."""
        found = next((each for each in (self.sifted.skews if self.sifted else ()) if each.source == intake.kind), None)
        note = found.said if found is not None else "less than 0 when it is behind; 0 takes the correction back"
        value = str(round(intake.ahead + found.seconds)) if found is not None else str(intake.ahead)
        said = await self.app.push_screen_wait(
            LineScreen("By how many seconds is its clock ahead?", value=value, note=note, opener="drafts.source")
        )
        if said is None:
            return
        try:
            ahead = int(said.strip())
        except ValueError:
            self._say(f"{said!r} is no number of seconds; nothing was changed.")
            return
        if abs(ahead) > _LONGEST_SKEW:
            self._say("That is more than a day: rather read it in again, with another zone.")
            return
        self._desk.apply(Edit(change(self._desk.session, intake.id, ahead=ahead), "correct the clock of a source", ""))
        self._sift(f"The clock of {intake.text} is corrected; entries that were taken before stay where they are.")

    async def action_undo(self) -> None:
        """Take the last edit back."""
        await self._turned("Undone", undo=True)

    async def action_redo(self) -> None:
        """Do again what was undone."""
        await self._turned("Done again", undo=False)

    async def _turned(self, word: str, *, undo: bool) -> None:
        before = self._desk.session
        editor = self._desk.editor
        taken = await (editor.undo() if undo else editor.redo())
        self._notice = f"{word}: {taken.step.label}." if taken is not None else "There is nothing more."
        if self._desk.session.intakes != before.intakes:
            same = [each.digest for each in before.intakes] == [each.digest for each in self._desk.session.intakes]
            clocks = [each.ahead for each in before.intakes] == [each.ahead for each in self._desk.session.intakes]
            if not same or not clocks:
                self._sift(self._notice)
                return
        self.show_session()
        self._select()

    def action_leave(self) -> None:
        """Give up the range, empty the filter, show the rest of the time, or go back to the session."""
        if self._anchor >= 0:
            self.action_range()
        elif self._line.value:
            self._line.value = ""
        elif self._since is not None or self._until is not None:
            self._since = self._until = None
            self._notice = ""
            self._select()
        else:
            self.dismiss(None)

    async def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        """Do what the clicked key does."""
        event.stop()
        await self.run_action(event.action)

    def on_filter_line_pasted(self, event: FilterLine.Pasted) -> None:
        """Read in a conversation that was pasted."""
        self.read_in(event.text.encode("utf-8", "replace"))


def _clock_of(intake: Intake) -> str:
    return f", clock {intake.ahead} s ahead" if intake.ahead else ""
