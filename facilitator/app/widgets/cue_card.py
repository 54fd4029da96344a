"""The cue card: a neutral question for the facilitator to ask next, and why it is offered."""

from collections.abc import Callable, Collection, MutableMapping, Sequence
from datetime import timedelta

import msgspec
from textual.content import Content
from textual.widget import Widget

from facilitator.app.drawing import content
from facilitator.app.panels.places import Place
from facilitator.app.rows import Line, Tone
from facilitator.model.cue_values import Cue, Heard, Used
from facilitator.model.cues import Fit, Offer, Scene, next_cue
from facilitator.model.session import Session

_STYLES = {Tone.HEADING: "$secondary bold", Tone.MUTED: "$secondary", Tone.BODY: ""}


class CueCard(Widget):
    """Shows the cue that fits here and now, and another on request.

    A cue counts as used when another was asked for, or when it was for a line that the room has left behind; one that
    only passed by while the mark moved does not. `used` keeps this by the ids of sessions.
    """

    def __init__(self, cues: Callable[[], Sequence[Cue]], used: MutableMapping[str, Used]) -> None:
        super().__init__(id="cues")
        self._read = cues
        self._cues: Sequence[Cue] | None = None
        self._used = used
        self._scene: Scene | None = None
        self._said: str | None = None
        self.offer: Offer | None = None
        self._below: tuple[Line, ...] = ()

    @property
    def cue(self) -> str:
        """The question that is shown; empty when there is none."""
        return self.offer.cue.question if self.offer is not None else ""

    def hear(self, text: str) -> None:
        """Take note of a line that is being filed: the next look is at what it became."""
        self._leave_behind()
        self._said = text

    def tell(self, happenings: tuple[Heard, ...]) -> None:
        """Show a cue for what goes on in the room, which no line tells."""
        if self._scene is not None:
            self._leave_behind()
            self._scene = msgspec.structs.replace(self._scene, typed="", told=happenings)
            self._offer()

    def beside(self, lines: tuple[Line, ...]) -> None:
        """Show lines below the question, which only the facilitator is to see."""
        if lines != self._below:
            self._below = lines
            self.refresh()

    def look(self, session: Session, place: Place, marked: str, silences: Collection[timedelta] | None) -> None:
        """Show the cue for what the room looks at."""
        before = self._scene
        here = before is not None and (before.place, before.marked) == (place, marked)
        if before is None or not here:
            self._leave_behind()
        typed = self._said if self._said is not None else before.typed if before is not None and here else ""
        same = before is not None and here and typed == before.typed and before.session is session
        if same and before is not None and before.silences == silences:
            return
        self._said = None
        self._scene = Scene(session=session, place=place, marked=marked, typed=typed, silences=silences)
        self._offer()

    def another(self) -> str:
        """Show the next cue, and return it."""
        self._use()
        self._offer()
        return self.cue

    def _leave_behind(self) -> None:
        """Count the cue as used that was for a line which is no longer the last one."""
        if self.offer is not None and self.offer.fit is Fit.SAID:
            self._use()
            self.offer = None

    def _use(self) -> None:
        if self.offer is not None and self._scene is not None:
            session_id = self._scene.session.id
            self._used[session_id] = self._used.get(session_id, Used()).plus(self.offer.cue.id)

    def _offer(self) -> None:
        if self._scene is None:
            return
        if self._cues is None:
            self._cues = self._read()
        offer = next_cue(self._cues, self._scene, self._used.get(self._scene.session.id, Used()))
        if offer != self.offer:
            self.offer = offer
            self.refresh()

    def render(self) -> Content:
        """Draw the heading, the question, and why it is offered."""
        asked = []
        if self.offer is not None:
            asked = [
                content("Ask", "$secondary bold"),
                Content(""),
                content(self.cue, "$accent"),
                Content(""),
                content(self.offer.reason, "$secondary"),
                *([Content(""), Content("")] if self._below else []),
            ]
        return Content("\n").join([*asked, *(content(line.text, _STYLES[line.tone]) for line in self._below)])
