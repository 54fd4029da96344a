"""Past incidents like this one: looked for when the session says something new, read, noted, linked to factors."""

import asyncio

from textual import work

from facilitator.app import filing
from facilitator.app.commands import GO
from facilitator.app.panels.places import FINDINGS, SIGNS, SIMILAR
from facilitator.app.panels.similar import past_id
from facilitator.app.recall import compared
from facilitator.app.review import Review
from facilitator.app.rows import Line, Tone
from facilitator.app.screens.past import PastScreen
from facilitator.app.screens.session_findings import SessionFindings
from facilitator.app.step_words import deleted_words
from facilitator.model import edits
from facilitator.model.precedents import precedent_id
from facilitator.model.session import Precedent, Session
from facilitator.store.errors import StoreError


class SessionSimilar(SessionFindings):
    """Shows past incidents in a place of their own, with a quiet line below the cue."""

    _asked: object = None
    """What past incidents were looked for last, found or not yet."""
    _told_of_similar = False

    def _take_in(self, review: Review) -> None:
        super()._take_in(review)
        session = review.session
        if session is not None and compared(session) != self._asked:
            self._asked = compared(session)
            self._recall(session)

    @work(exclusive=True, group="similar")
    async def _recall(self, session: Session) -> None:
        """Look for past incidents, and show them."""
        before, found = self.recaller.latest, await asyncio.to_thread(self.recaller.look, session)
        self.recaller.latest = found
        if not self._stands or before.shown == found.shown:
            return
        if self._editor_in_place is None:
            self.redraw(self._key)
        if not self._told_of_similar and found.notable and not self._has_card and not self.presentation.shared:
            self._told_of_similar = True
            if not self._notice and not self._line.value:
                self.say(f"{found.summary}. {self._way} shows them.")

    def _beside(self) -> tuple[Line, ...]:
        """Return what stands below the cue; here in one line what is like this one."""
        lines, found = super()._beside(), self.recaller.latest
        if not found.notable or self.place == SIMILAR or self.presentation.shared:
            return lines
        apart = (Line(""),) if lines else ()
        told = (Line(found.summary, Tone.BODY), Line(f"{self._way} shows them"))
        return (*lines, *apart, Line("Seen before?", Tone.HEADING), *told)

    @property
    def _way(self) -> str:
        """The keys that lead to the past incidents."""
        return f"{self._key_of(GO)} {SIGNS[SIMILAR]}"

    @property
    def past_incidents(self) -> tuple[Precedent, ...]:
        """The past incidents that can be linked; none on a shared screen that does not show them already."""
        if self.presentation.shared and self.place != SIMILAR:
            return ()
        return tuple(each.precedent for each in self.recaller.latest.pasts)

    @property
    def marked_past(self) -> Precedent | None:
        """The past incident of the marked row, as it is noted or can be; None where there is none."""
        wanted = past_id(self._key) if self.place == SIMILAR else ""
        noted = edits.find(self.session, precedent_id(wanted)) if wanted else None
        if isinstance(noted, Precedent):
            return noted
        return next((each for each in self.past_incidents if each.session == wanted), None)

    def note_past(self) -> None:
        """Note that this incident is like the marked one."""
        past = self.marked_past
        if past is None:
            self.say("Go to a past incident first.")
        elif edits.find(self.session, past.id) is not None:
            self.say("It is noted already. Delete takes the note away.")
        else:
            self.apply(filing.precedent_noted(self.session, past, self._key))
            self.say(f"Noted, and named in the document: {past.text}")

    def show_again(self) -> bool:
        """Take the note of the marked past incident away, or what Findings has; return whether there was one."""
        if self.place == FINDINGS:
            return super().show_again()
        past = self.marked_past
        if past is None or edits.find(self.session, past.id) is None:
            return False
        self.apply(filing.removed(self.session, past, self._key))
        self.say(deleted_words(self.editor.history))
        return True

    async def _enter_on_empty_line(self) -> None:
        """Read what is marked among the past incidents."""
        if self.place == SIMILAR and past_id(self._key):
            self._read_past(past_id(self._key))
        else:
            await super()._enter_on_empty_line()

    @work(exclusive=True, group="past")
    async def _read_past(self, session_id: str) -> None:
        """Show the document of a past incident. It is only read."""
        past = self.recaller.latest.past(session_id)
        try:
            session = past.session if past is not None else await asyncio.to_thread(self._read, session_id)
        except (StoreError, OSError) as error:
            self.say(str(error))
            return
        await self.app.push_screen_wait(PastScreen(session, self.presentation, self.read_clock))

    def _read(self, session_id: str) -> Session:
        return self._surroundings.store.open(session_id).session
