"""The cue card: a neutral question for the facilitator to ask next."""

from textual.content import Content
from textual.widget import Widget

from facilitator.app.drawing import content
from facilitator.app.panels.places import Place
from facilitator.model.cues import cues
from facilitator.model.phases import Phase


class CueCard(Widget):
    """Shows one cue of the present phase at a time; another on request, none twice before all were shown."""

    def __init__(self) -> None:
        super().__init__(id="cues")
        self._place: Place = Phase.INCIDENT
        self._shown: dict[Place, int] = {}

    def show(self, place: Place) -> None:
        """Show the cue of a place at which it was left."""
        self._place = place
        self.refresh()

    def another(self) -> str:
        """Show the next cue of the place, and return it."""
        self._shown[self._place] = self._shown.get(self._place, 0) + 1
        self.refresh()
        return self.cue

    @property
    def cue(self) -> str:
        """The question that is shown."""
        offered = cues(self._place if isinstance(self._place, Phase) else Phase.DOCUMENT)
        return offered[self._shown.get(self._place, 0) % len(offered)]

    def render(self) -> Content:
        """Draw the heading and the question."""
        return Content("\n").join([content("Ask", "$secondary bold"), Content(""), content(self.cue, "$accent")])
