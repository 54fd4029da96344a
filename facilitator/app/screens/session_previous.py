"""What became of the actions of earlier sessions on the same services, told at the opening."""

import asyncio

from textual import work

from facilitator.app.meeting.keys import PREVIOUS
from facilitator.app.meeting.table import OPENING
from facilitator.app.panels.places import Place
from facilitator.app.screens.session_tree import SessionTree
from facilitator.model.session import Session


class SessionPrevious(SessionTree):
    """Looks for previous actions whenever somebody goes to the opening."""

    def go(self, place: Place) -> None:
        """Go to a place; at the opening, look what became of earlier actions."""
        super().go(place)
        if place == OPENING:
            self._look_back(self.session)

    @work(exclusive=True, group="previous")
    async def _look_back(self, session: Session) -> None:
        before, found = self.previous.latest, await asyncio.to_thread(self.previous.look, session)
        self.previous.latest = found
        at_rest = self._ready and self._editor_in_place is None
        if found != before and at_rest and self.display and self.place == OPENING:
            self.redraw(self._key)

    async def _enter_on_empty_line(self) -> None:
        """Say where all of the previous actions are."""
        if self._key == PREVIOUS:
            self.say("Home has them all, with a key for what became of each: tab there goes to Actions.")
        else:
            await super()._enter_on_empty_line()
