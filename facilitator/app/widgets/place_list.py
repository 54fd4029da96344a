"""The places of a session at the left: each phase with how complete it is."""

from collections.abc import Mapping
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from facilitator.app.drawing import content
from facilitator.app.panels.places import FINDINGS, PARKING, PLACES, REVIEW, SIGNS, SIMILAR, Place
from facilitator.model.phases import Phase, count, lacks
from facilitator.model.session import Session


class PlaceList(Widget):
    """Shows the places, the present one marked; a click goes there."""

    @dataclass
    class Picked(Message):
        """Somebody clicked on a place."""

        place: Place

    def __init__(self) -> None:
        super().__init__(id="places")
        self._found: Mapping[Place, int] = {}
        self._lines: tuple[tuple[str, str], ...] = ()

    def show(self, session: Session, present: Place, found: Mapping[Place, int]) -> None:
        """Show the places of a session; `found` is how much there is in those that are no phases."""
        self._found = found
        lines = tuple(self._line(place, session, present) for place in PLACES)
        missing = lacks(session, present) if isinstance(present, Phase) else ()
        shown = [("", ""), ("still lacks", "$secondary bold")] if missing else []
        shown += [(f"  {each}", "$secondary") for each in missing[:8]]
        if len(missing) > 8:
            shown.append((f"  and {len(missing) - 8} more", "$secondary"))
        everything = (*lines, *shown)
        if everything != self._lines:
            self._lines = everything
            self.refresh()

    def render(self) -> Content:
        """Draw a line for each place."""
        return Content("\n").join(content(text, style) for text, style in self._lines)

    def on_click(self, event: events.Click) -> None:
        """Go to the place under the mouse."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(PLACES):
            self.post_message(self.Picked(PLACES[offset.y]))

    def _line(self, place: Place, session: Session, present: Place) -> tuple[str, str]:
        state = ""
        if place in (FINDINGS, SIMILAR, REVIEW):
            state = str(self._found.get(place) or "")
        elif place == PARKING:
            held = sum(not each.outcome for each in session.parking_lot) + sum(
                not each.answer for each in session.questions
            )
            state = str(held) if held else ""
        elif isinstance(place, Phase):
            held_items = count(session, place)
            state = "" if not held_items else str(held_items)
            if not lacks(session, place):
                state = f"{state} ✓".strip()
        here = "›" if place == present else " "
        style = "$primary bold" if place == present else "$foreground"
        return f"{here} {SIGNS[place]} {place}".ljust(25) + state.rjust(5), style
