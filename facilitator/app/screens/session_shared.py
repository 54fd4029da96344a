"""A session that others work on too: who has it open, what they change, conflicts to settle, and what was before."""

import asyncio

from textual import work

from facilitator.app.commands import SETTLE
from facilitator.app.conflict_words import both, title, writers
from facilitator.app.filing import Edit
from facilitator.app.screens.ask import Answer, DecideScreen
from facilitator.app.screens.session_typing import SessionTyping
from facilitator.app.session_bars import company_words
from facilitator.model import edits
from facilitator.model.clocks import stamp
from facilitator.model.conflicts import Settlement, can_hold_both, settle, versions
from facilitator.model.moments import Moment
from facilitator.model.phases import Phase
from facilitator.model.session import Conflict
from facilitator.store.history import state
from facilitator.store.presence import BEAT_EVERY, Presence

LOOK_AROUND = 2.0
"""How often it is looked who else has the session open, in seconds."""


_ELSEWHERE = "Settled elsewhere first, as the row shows now. Your choice was not taken."

_DONE = {
    Settlement.KEEP: "Kept what was shown",
    Settlement.OTHER: "Took the other version",
    Settlement.BOTH: "Kept both versions",
}


class SessionShared(SessionTyping):
    """Shows who else is here, settles conflicts, and goes back in the history."""

    def on_mount(self) -> None:
        """Be seen by others who have the session open."""
        self.run_worker(self._keep_company(), group="company")

    async def _keep_company(self) -> None:
        store = self._surroundings.store
        presence = Presence(store.path, self.session.id, who=store.name)
        try:
            await asyncio.to_thread(presence.enter)
            looks = 0
            while True:
                others = await asyncio.to_thread(presence.others)
                if others != self._others:
                    came = [each for each in others if each not in self._others]
                    self._others = others
                    if came and not self.typed:
                        self.say(f"{company_words(came, store.name)} has this session open too. Edits are merged.")
                    self._show_top()
                await asyncio.sleep(LOOK_AROUND)
                looks += 1
                if looks % int(BEAT_EVERY / LOOK_AROUND) == 0:
                    await asyncio.to_thread(presence.beat)
        finally:
            presence.leave()

    @work(exclusive=True, group="conflict")
    async def action_settle(self) -> None:
        """Choose between two versions of a field, the first conflict first."""
        if not self.session.conflicts:
            self.say("No conflict: nothing was changed by two people at once.")
            return
        await self.editor.finish()
        store = self._surroundings.store
        recorded = await asyncio.to_thread(store.history, self.session.id)
        if self._editor_in_place is not None:
            self.say(f"First end this row with enter or esc, then {self._key_of(SETTLE)} chooses.")
            return
        if not self.session.conflicts:
            self.say(_ELSEWHERE)
            return
        conflict = self.session.conflicts[0]
        self._go_to(conflict)
        shown = versions(self.session, conflict)
        answers = [Answer("k", "keep what is shown"), Answer("o", "take the other")]
        if can_hold_both(self.session, conflict):
            answers.append(Answer("b", "keep both, one after the other"))
        by = writers(self.session, conflict, recorded, self.editor.step_ids, store.name)
        words = both(self.session, conflict, by)
        asked = DecideScreen(title(self.session, conflict), words, tuple(answers), opener=SETTLE.id)
        chosen = await self.app.push_screen_wait(asked)
        if chosen is None:
            return
        if edits.find(self.session, conflict.id) is None:
            self.say(_ELSEWHERE)
            return
        if versions(self.session, conflict) != shown:
            self.say("Somebody changed it while you chose, so nothing was settled. Look once more.")
            return
        settlement = {"k": Settlement.KEEP, "o": Settlement.OTHER, "b": Settlement.BOTH}[chosen]
        self.apply(Edit(settle(self.session, conflict, settlement), "settle a conflict", conflict.about))
        left = len(self.session.conflicts)
        self.say(f"{_DONE[settlement]}{f'; {left} more to settle' if left else ''}.")

    def _go_to(self, conflict: Conflict) -> None:
        """Go to the row that a conflict is about."""
        key = conflict.about or conflict.field
        for place, panel in self._panels.items():
            if place is not Phase.DOCUMENT and any(row.key == key for row in panel.rows(self.session)):
                if place != self.place:
                    self.go(place)
                self.redraw(key)
                return

    @work(group="history")
    async def action_history(self) -> None:
        """Show what was changed, when and by whom, and go back to how it was if that is wanted."""
        from facilitator.app.screens.history import HistoryScreen

        if self.presentation.shared:
            self.say("The history is not shown on a shared screen: it holds private things too.")
            return
        await self.editor.finish()
        recorded = await asyncio.to_thread(self._surroundings.store.history, self.session.id)
        chosen = await self.app.push_screen_wait(HistoryScreen(recorded, self.session, self._key))
        if chosen is None:
            return
        then = state(recorded[: chosen + 1])
        if then is None:
            self.say("That state cannot be made any more.")
            return
        at = stamp(Moment(recorded[chosen].at), self.session.zone)
        before = self.session
        self.apply(Edit(then, f"go back to {at}", self._key), before)
        self.say(f"As it was on {at}. Undo brings the present back." if self.session != before else "It is so already.")
