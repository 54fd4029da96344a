"""What the checks find: looked for after each edit, gone to, muted with a reason."""

import asyncio

from textual import work

from facilitator.app.filing import Edit
from facilitator.app.gathered import Gathered
from facilitator.app.panels.findings import MUTED, can_be_answered, finding_of, point_of
from facilitator.app.panels.places import FINDINGS, SIMILAR
from facilitator.app.review import Review, row_key
from facilitator.app.screens.ask import LineScreen
from facilitator.app.screens.session_guide import SessionGuide
from facilitator.checks.checklist import ChecklistItem, answer_of, answered
from facilitator.checks.mutes import mute
from facilitator.model import edits
from facilitator.model.phases import Phase
from facilitator.model.text import one_line
from facilitator.store.ids import new_id

_FIRST_WORDS = "The first words decide: no, none, not yet, nobody and their like leave the point unmet."

REST = 0.4
"""How long nobody must have edited before it is looked for findings, in seconds: they are kept out of the way."""


class SessionFindings(SessionGuide):
    """Shows findings beside what they are about and in a place of their own."""

    def on_mount(self) -> None:
        """Begin to look."""
        self.run_worker(self._keep_looking_through(), group="findings")

    async def _keep_looking_through(self) -> None:
        """Look through the session whenever it has changed and come to rest."""
        while True:
            session = self.session
            if session is not self.reviewer.latest.session:
                review = await asyncio.to_thread(self.reviewer.look, session)
                self._take_in(review)
            while self.session is session:
                await self._edited_since.wait()
                self._edited_since.clear()
            await asyncio.sleep(REST)

    def _take_in(self, review: Review) -> None:
        before, self.reviewer.latest = self.reviewer.latest, review
        changed = (review.shown, review.muted, review.checklist) != (before.shown, before.muted, before.checklist)
        # Somebody may leave while a thread still looks: what is being removed has no parts to draw any more.
        if not (self.app.is_running and self.display):
            return
        if self._stands and (changed or before.session is None) and self._editor_in_place is None:
            self.redraw(self._key)

    def _saving_changed(self) -> None:
        super()._saving_changed()
        self._edited_since.set()

    async def _enter_on_empty_line(self) -> None:
        """Go to what a finding is about."""
        here = self.place == FINDINGS
        found = finding_of(self._key, self.reviewer.latest) if here else None
        point = point_of(self._key, self.reviewer.latest) if here else None
        if found is not None:
            self.go_to_row(row_key(found.first))
        elif point is not None and can_be_answered(point):
            self._answer(point)
        elif point is not None:
            self.go_to_row(point.about)
        elif self.place == FINDINGS and self._key.startswith(MUTED):
            self.say("It is muted. Delete shows it again.")
        else:
            await super()._enter_on_empty_line()

    def go_to_row(self, key: str) -> None:
        """Go to the row with this key, in whatever place it is shown first."""
        for place, panel in self._panels.items():
            shown = place not in (Phase.DOCUMENT, FINDINGS, SIMILAR) and any(
                r.key == key for r in panel.rows(self.session)
            )
            if shown:
                self.go(place)
                self.redraw(key)
                return
        self.say("It is about the session as a whole, and has no row of its own.")

    @work(group="mute", exclusive=True)
    async def mute_finding(self) -> None:
        """Mute the marked finding, with a reason."""
        found = finding_of(self._key, self.reviewer.latest)
        if found is None:
            self.say("Go to a finding first.")
            return
        more = f" And {found.others} more with it." if found.others else ""
        said = await self.app.push_screen_wait(LineScreen("Why is it muted?", note=f"{found.first.why}{more}"))
        if said is not None:
            self._mute(found, one_line(said))

    @work(group="answer", exclusive=True)
    async def _answer(self, point: ChecklistItem) -> None:
        """Answer a point of the checklist that nothing in the session tells; the answer is kept with it."""
        given = point.note if point.answered else ""
        asked = LineScreen(point.question, value=given, placeholder="yes: how, or with whom", note=_FIRST_WORDS)
        said = await self.app.push_screen_wait(asked)
        if said is not None and one_line(said) != given:
            session = answered(self.session, point.rule, said, new_id)
            self.apply(Edit(session, "answer the checklist", self._key))

    def _mute(self, found: Gathered, reason: str) -> None:
        session = self.session
        for each in found.findings:
            session = mute(session, each, reason, new_id)
        self.apply(Edit(session, "mute a finding", self._key))
        self.say("Muted. Undo shows it again.")

    def show_again(self) -> bool:
        """Show the marked finding again that is muted, or take an answer back; return whether there was one."""
        point = point_of(self._key, self.reviewer.latest) if self.place == FINDINGS else None
        given = answer_of(self.session, point.rule) if point is not None and point.answered else None
        if given is not None:
            self.apply(Edit(edits.remove(self.session, given.id), "take an answer back", self._key))
            return True
        muted = self._key.removeprefix(MUTED) if self._key.startswith(MUTED) else ""
        if not muted or edits.find(self.session, muted) is None:
            return False
        self.apply(Edit(edits.remove(self.session, muted), "show a finding again", self._key))
        return True
