"""The places of a session that can be gone to: its phases, the opening and closing of a meeting, and what is beside."""

from collections.abc import Callable
from typing import Literal

from facilitator.app.meeting.table import CLOSING, OPENING, Closing, Opening
from facilitator.app.panels.closing import CLOSING_PANEL
from facilitator.app.panels.factors import FACTORS
from facilitator.app.panels.findings import findings_panel
from facilitator.app.panels.form import INCIDENT, RESPONSE
from facilitator.app.panels.lists import ACTIONS, LESSONS, PARKED
from facilitator.app.panels.opening import opening_panel
from facilitator.app.panels.panel import Panel
from facilitator.app.panels.reviewing import ReviewState, review_panel
from facilitator.app.panels.similar import similar_panel
from facilitator.app.panels.timeline import timeline_panel
from facilitator.app.panels.whys import whys_panel
from facilitator.app.previous import Previous
from facilitator.app.recall import Recalled
from facilitator.app.review import Review
from facilitator.app.surroundings import Surroundings
from facilitator.model.phases import Phase

Parking = Literal["Parking lot"]
Checked = Literal["Findings"]
Alike = Literal["Similar"]
Reviewed = Literal["Review"]
Place = Phase | Parking | Checked | Alike | Reviewed | Opening | Closing
FINDINGS: Checked = "Findings"
SIMILAR: Alike = "Similar"
REVIEW: Reviewed = "Review"
PARKING: Parking = "Parking lot"
PLACES: tuple[Place, ...] = (OPENING, *Phase, PARKING, FINDINGS, SIMILAR, REVIEW, CLOSING)
SIGNS: dict[Place, str] = {
    OPENING: "o",
    **{phase: str(number) for number, phase in enumerate(Phase, 1)},
    PARKING: str(len(Phase) + 1),
    FINDINGS: "f",
    SIMILAR: "s",
    REVIEW: "r",
    CLOSING: "c",
}
"""What to type to go to a place."""


def make_panels(
    given: Surroundings,
    review: Callable[[], Review],
    recalled: Callable[[], Recalled],
    previous: Callable[[], Previous],
    circulation: ReviewState,
) -> dict[Place, Panel]:
    """Return new panels, one for each place of a session screen.

    `review` gives what the checks found last, `recalled` the past incidents that were found last, and `previous` what
    became of earlier actions. `circulation` knows what is lacking for the next step.
    """
    return {
        OPENING: opening_panel(given.agendas, given.ground_rules, given.now, previous),
        Phase.INCIDENT: INCIDENT,
        Phase.TIMELINE: timeline_panel(),
        Phase.RESPONSE: RESPONSE,
        Phase.WHYS: whys_panel(given.wording),
        Phase.FACTORS: FACTORS,
        Phase.LESSONS: LESSONS,
        Phase.ACTIONS: ACTIONS,
        Phase.DOCUMENT: Panel(rows=lambda _session: (), invitation="? an open question   // a topic for later"),
        PARKING: PARKED,
        FINDINGS: findings_panel(review),
        SIMILAR: similar_panel(recalled),
        REVIEW: review_panel(circulation),
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
