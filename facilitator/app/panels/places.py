"""The places of a session that can be gone to: its phases, the opening and closing of a meeting, the parking lot."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

from facilitator.app.meeting.table import CLOSING, OPENING, Closing, Opening
from facilitator.app.panels.closing import CLOSING_PANEL
from facilitator.app.panels.factors import FACTORS
from facilitator.app.panels.form import INCIDENT, RESPONSE
from facilitator.app.panels.lists import ACTIONS, LESSONS, PARKED
from facilitator.app.panels.opening import opening_panel
from facilitator.app.panels.panel import Panel
from facilitator.app.panels.timeline import timeline_panel
from facilitator.app.panels.whys import whys_panel
from facilitator.model.agendas import Agenda
from facilitator.model.phases import Phase
from facilitator.model.whys import Wording

Parking = Literal["Parking lot"]
Place = Phase | Parking | Opening | Closing
PARKING: Parking = "Parking lot"
PLACES: tuple[Place, ...] = (OPENING, *Phase, PARKING, CLOSING)
SIGNS: dict[Place, str] = {
    OPENING: "o",
    **{phase: str(number) for number, phase in enumerate(Phase, 1)},
    PARKING: str(len(Phase) + 1),
    CLOSING: "c",
}
"""What to type to go to a place."""


def make_panels(
    wording: Wording, agendas: Sequence[Agenda], rules: Sequence[str], now: Callable[[], datetime]
) -> dict[Place, Panel]:
    """Return new panels, one for each place of a session screen.

    The whys ask as `wording` says; the opening offers `agendas`, has the ground `rules`, and reads the time by `now`.
    """
    return {
        OPENING: opening_panel(agendas, rules, now),
        Phase.INCIDENT: INCIDENT,
        Phase.TIMELINE: timeline_panel(),
        Phase.RESPONSE: RESPONSE,
        Phase.WHYS: whys_panel(wording),
        Phase.FACTORS: FACTORS,
        Phase.LESSONS: LESSONS,
        Phase.ACTIONS: ACTIONS,
        Phase.DOCUMENT: Panel(rows=lambda _session: (), invitation="? an open question   // a topic for later"),
        PARKING: PARKED,
        CLOSING: CLOSING_PANEL,
    }


def next_place(place: Place, step: int) -> Place:
    """Return the place `step` further on, round and round."""
    return PLACES[(PLACES.index(place) + step) % len(PLACES)]


def phase_for_typing(place: Place) -> Phase:
    """Return the phase whose grammar reads what is typed at a place; the parking lot has the common one only."""
    if place == CLOSING:
        return Phase.ACTIONS
    return place if isinstance(place, Phase) else Phase.DOCUMENT
