"""The preview of a redaction: what can be decided about it by key."""

import asyncio
from collections.abc import Iterable

from textual import work
from textual.content import Content

from facilitator.app.commands import LISTS, REDACTION, Command, bindings
from facilitator.app.drawing import content
from facilitator.app.filing import Edit
from facilitator.app.redaction.deciding import added, is_here, kept, turned, undecided, worded
from facilitator.app.redaction.preview import Preview
from facilitator.app.redaction.rows import LEFT_OUT, YES
from facilitator.app.screens.ask import Answer, DecideScreen, LineScreen
from facilitator.app.screens.redaction_view import RedactionView
from facilitator.app.screens.signing import signed
from facilitator.app.widgets.key_line import KeyLine
from facilitator.app.widgets.line_input import LineInput
from facilitator.app.widgets.row_list import RowList
from facilitator.model.session import Session
from facilitator.model.text import one_line
from facilitator.redaction.accepted import accept
from facilitator.redaction.consent import Yes, with_consent
from facilitator.redaction.decisions import release, withhold
from facilitator.redaction.redacting import Replacement
from facilitator.redaction.told import SECRET, shown, unchecked_told
from facilitator.store.ids import new_id

TYPED = (
    ("Acme Corp", "these words are replaced too, wherever they stand"),
    ("Acme Corp = a large customer", "by these words"),
)
"""What can be typed, and what it does."""


class RedactionScreen(RedactionView):
    """Decides about replacements, one key each, and asks for the yes. Every decision is one edit.

    Answers with the profile in which the session is to be exported, for which somebody has said yes; else with None.
    """

    BINDINGS = bindings((*LISTS, *REDACTION))

    def help_groups(self) -> Iterable[tuple[str, Iterable[Command]]]:
        """Return the commands of the preview."""
        return (("Redaction", REDACTION),)

    def help_lines(self) -> Iterable[tuple[str, str]]:
        """Return examples of what can be typed."""
        return TYPED

    def action_row(self, places: int) -> None:
        """Go to the replacement above or below."""
        self.notice = ""
        self.rows.move_by(places)

    def action_page(self, direction: int) -> None:
        """Move by a screen."""
        self.notice = ""
        self.rows.page(direction)

    def action_edge(self, direction: int) -> None:
        """Go to the first replacement, or to the end, where the question is."""
        self.notice = ""
        self.rows.move_to(0 if direction < 0 else len(self.rows.rows) - 1)

    def on_line_input_entered(self, event: LineInput.Entered) -> None:
        """Add the words that were typed; on an empty line, accept what is marked."""
        event.stop()
        words = one_line(event.text)
        if not words:
            self.action_submit()
            return
        self.line.value = ""
        self._edit(added(self.desk.session, words, self.profile, new_id), "replace more words", words)

    def action_submit(self) -> None:
        """Accept the marked replacement, bring back what is left out, or come to the question at the end."""
        each, self.notice = self.marked, ""
        if self.key == YES:
            self.action_yes()
        elif self.key.startswith(LEFT_OUT):
            self.action_withhold()
        elif each is not None and each.kept:
            after = undecided(self.desk.session, each, self.profile)
            self._edit(after, "take a decision on a redaction back")
            self.goes_on = False
        elif each is not None:
            self._accept(each)

    def _accept(self, each: Replacement) -> None:
        """Note that somebody agreed to a replacement, and go on."""
        made, before = self.preview, self.desk.session
        if made is not None and not made.accepted.looked_at(each):
            after = accept(before, each, self.profile, new_id)
            self.desk.apply(Edit(after, "accept a replacement", ""))
        self.carry_on(before)

    def action_keep(self) -> None:
        """Leave the marked words as they are."""
        each = self.marked
        if each is not None:
            where = "here" if self.here else "everywhere"
            where += ", and readers get it" if each.kind in SECRET else ""
            self._edit(
                kept(self.desk.session, each, self.profile, new_id, here=self.here),
                "keep words as they are",
                said=f"{shown(each)} stays {where}. Undo takes that back.",
            )

    @work(group="words", exclusive=True)
    async def action_words(self) -> None:
        """Write other words for the marked ones: what is typed, or asked for."""
        each = self.marked
        if each is None:
            return
        said: str | None = one_line(self.line.value)
        self.line.value = ""
        if not said:
            asked = LineScreen(f"Instead of {shown(each)}", value=each.final, opener="redaction.words")
            said = await self.app.push_screen_wait(asked)
        if said is not None:
            after = worded(self.desk.session, each, self.profile, said, new_id, here=self.here)
            self._edit(after, "replace words by others")

    def action_here(self) -> None:
        """Let the next decision count here only, or everywhere; one that was made is changed."""
        each, session = self.marked, self.desk.session
        if each is None:
            self.say("It goes before or after a decision about words. Mark some.")
        elif each.decision is None:
            self.here, self.notice = not self.here, ""
            self.show_marked()
        else:
            here = not is_here(session, each, self.profile)
            does, where = (
                "stays" if each.kept else "is replaced by this",
                "in this place only" if here else "everywhere",
            )
            after = turned(session, each, self.profile, new_id, here=here)
            self._edit(
                after, "note where a decision counts", said=f"{shown(each)} {does} {where}. Undo takes that back."
            )
            self.here, self.goes_on = here, False

    def action_withhold(self) -> None:
        """Leave the item of the marked replacement out, or bring it back."""
        item_id = self.key.removeprefix(LEFT_OUT) if self.key.startswith(LEFT_OUT) else ""
        if item_id:
            after = release(self.desk.session, item_id)
            if after == self.desk.session:
                self.say("It belongs to something that is left out. Bring that back.")
            else:
                self._edit(after, "leave an item out no more", said="It is published again.")
            return
        each = self.marked
        if each is None or not each.about:
            self.say("It is of the session itself, and stays in.")
        elif not self.profile.withholds:
            self.say(f"Nothing is left out in the profile {self.profile.name}.")
        else:
            after = withhold(self.desk.session, each.about, "", new_id)
            self._edit(after, "leave an item out", said="Left out for readers outside. Undo brings it back.")

    def action_profile(self) -> None:
        """Go on to the next profile."""
        profiles = self.given.profiles
        names = [each.name for each in profiles]
        place = names.index(self.profile.name) if self.profile.name in names else -1
        self.profile = profiles[(place + 1) % len(profiles)]
        self.look()

    @work(group="yes", exclusive=True)
    async def action_yes(self) -> None:
        """Ask for the yes to what is shown, and go on to the export."""
        shown_now, profile = self.preview, self.profile
        if shown_now is None or shown_now.session is not self.desk.session:
            self.say("The preview is being made anew: one moment.")
            return
        if shown_now.consent.yes is Yes.GIVEN:
            self.dismiss(profile)
            return
        by = await signed(self, self.given)
        if by is None:
            return
        about = f", {profile.about}" if profile.about else ""
        answer = Answer("y", f"yes, as {by.by}")  # not Enter: it is pressed for each replacement, and once too often
        asked = DecideScreen(f"Publish it like this{about}?", _asked(shown_now), (answer,), opener="redaction.yes")
        if not await self.app.push_screen_wait(asked):
            return
        before, patterns = shown_now.session, self.given.sensitive
        agreed = await asyncio.to_thread(with_consent, before, profile, patterns, by=by.by, at=by.at, new_id=new_id)
        if self.desk.session is not before or self.profile is not profile:
            self.look("It was changed meanwhile. Look once more.")
            return
        self.desk.apply(Edit(agreed, "say yes to publishing", ""))
        self.dismiss(profile)

    async def action_undo(self) -> None:
        """Take the last edit back."""
        before = self.desk.session
        taken = await self.desk.editor.undo()
        self.taken = (before, self.desk.session)
        self.look(f"Undone: {taken.step.label}." if taken is not None else "There is nothing more.")

    async def action_redo(self) -> None:
        """Do again what was undone."""
        before = self.desk.session
        taken = await self.desk.editor.redo()
        self.taken = (before, self.desk.session)
        self.look(f"Done again: {taken.step.label}." if taken is not None else "There is nothing more.")

    def action_leave(self) -> None:
        """Empty the line, or go back to the session."""
        if self.line.value:
            self.line.value = ""
        else:
            self.dismiss(None)

    def _edit(self, session: Session, label: str, words: str = "", said: str = "") -> None:
        """Make an edit, and go on with the replacement after the marked one."""
        self.here = False
        self.wanted = words
        self.goes_on = not words
        self.desk.apply(Edit(session, label, ""))
        self.look(said)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Accept what was clicked while it was marked."""
        event.stop()
        self.action_submit()

    async def on_key_line_pressed(self, event: KeyLine.Pressed) -> None:
        """Do what the clicked key does."""
        event.stop()
        await self.run_action(event.action)


def _asked(made: Preview) -> Content:
    """Return what is told before the yes: the keys that stay first, what is replaced, and what was not checked."""
    mind = [content(f"Mind: {made.staying}.", "bold $warning"), Content("")] if made.staying else []
    lines = [f"{made.summary}.", "", "Nobody has checked:", *(f"· {unchecked_told(each)}" for each in made.unchecked)]
    return Content("\n").join([*mind, *(content(each) for each in lines)])
