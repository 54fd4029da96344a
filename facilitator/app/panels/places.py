"""The places of a session that can be gone to: its phases, and beside them the parking lot."""

from typing import Literal

from facilitator.app.panels.factors import FACTORS
from facilitator.app.panels.form import INCIDENT, RESPONSE
from facilitator.app.panels.lists import ACTIONS, LESSONS, PARKED
from facilitator.app.panels.panel import Panel
from facilitator.app.panels.timeline import timeline_panel
from facilitator.app.panels.whys import whys_panel
from facilitator.model.phases import Phase
from facilitator.model.whys import Wording

Parking = Literal["Parking lot"]
Place = Phase | Parking
PARKING: Parking = "Parking lot"
PLACES: tuple[Place, ...] = (*Phase, PARKING)


def make_panels(wording: Wording) -> dict[Place, Panel]:
    """Return new panels, one for each place of a session screen; the whys ask as `wording` says."""
    return {
        Phase.INCIDENT: INCIDENT,
        Phase.TIMELINE: timeline_panel(),
        Phase.RESPONSE: RESPONSE,
        Phase.WHYS: whys_panel(wording),
        Phase.FACTORS: FACTORS,
        Phase.LESSONS: LESSONS,
        Phase.ACTIONS: ACTIONS,
        Phase.DOCUMENT: Panel(rows=lambda _session: (), invitation="? an open question   // a topic for later"),
        PARKING: PARKED,
    }


def next_place(place: Place, step: int) -> Place:
    """Return the place `step` further on, round and round."""
    return PLACES[(PLACES.index(place) + step) % len(PLACES)]


def phase_for_typing(place: Place) -> Phase:
    """Return the phase whose grammar reads what is typed at a place; the parking lot has the common one only."""
    return place if isinstance(place, Phase) else Phase.DOCUMENT
