"""The guide of a write-up: what is missing, one question at a time, for whoever works alone."""

from facilitator.app.commands import CUE
from facilitator.app.filing import Edit
from facilitator.app.panels.places import PLACES
from facilitator.app.screens.session_meeting import SessionMeeting
from facilitator.app.widgets.bar import Bar
from facilitator.model import edits
from facilitator.model.guide import Step, next_step, progress
from facilitator.model.item import Item
from facilitator.model.session import Factor, Parked, Session

_ADDED_TO_THE_LINE = ("category", "end", "owner", "due", "question")
"""The steps whose answer is added to the line of an item; what their ids begin with."""


class SessionGuide(SessionMeeting):
    """Asks for what is missing. What was answered is in the session, so that a write-up goes on where it was left."""

    _step: Step | None = None
    _guiding = False
    _skipped: frozenset[str] = frozenset()

    async def action_guide(self) -> None:
        """Begin to ask for what is missing, or stop."""
        self._guiding = not self._guiding
        self._skipped = frozenset()
        if self._guiding:
            await self._ask_next()
        else:
            self._show_step(None)
            self._leave_row()
            self.say("The guide has stopped. Everything stays; it goes on from here when it is called again.")

    @property
    def _cue(self) -> str:
        """The cue; while the guide is asking, an example of what to type."""
        return super()._cue if self._step is None else self._step.hint

    @property
    def _cue_label(self) -> str:
        return super()._cue_label if self._step is None else "Such as"

    @property
    def guiding(self) -> bool:
        """Whether the guide is asking."""
        return self._guiding

    async def skip(self) -> None:
        """Leave the question out for now, and ask the next one."""
        if self._step is not None:
            self._skipped |= {self._step.id}
            self._leave_row()
            await self._ask_next()

    def _leave_row(self) -> None:
        """Leave the row that is edited for an answer as it was; what was written in it can be brought back."""
        if self._editor_in_place is not None:
            self.on_row_editor_cancelled()

    def apply(self, edit: Edit, since: Session | None = None) -> None:
        """Make an edit, and ask the next question."""
        super().apply(edit, since)
        if self._guiding:
            self.call_later(self._ask_next)

    async def _ask_next(self) -> None:
        """Go to the next thing that is missing, unless somebody is in the middle of something."""
        if not self._guiding or self._editor_in_place is not None:
            return
        step = next_step(self.session, self._skipped, self._silences)
        again = step is not None and self._step is not None and step.id == self._step.id
        self._show_step(step)
        if step is None:
            self._guiding = False
            left = f" {len(self._skipped)} left out." if self._skipped else ""
            self.say(f"That was the last question.{left} Tab to the document and read it once as a stranger.")
        elif not again:
            await self._go_to_step(step)

    async def _go_to_step(self, step: Step) -> None:
        place = next(each for each in PLACES if each == step.place)
        if place != self.place:
            self.go(place)
        item: Item | None = edits.find(self.session, step.key)
        if isinstance(item, Factor) and step.id.startswith("action."):
            self._for_factor = item.id
            self._show_line()
        elif step.key:
            self.redraw(step.key)
            if isinstance(item, Parked):
                self._decide_parked(item)
            elif step.id.split(".")[0] in _ADDED_TO_THE_LINE and not self._line.value:
                await self._edit_row(step.key)

    def _show_step(self, step: Step | None) -> None:
        self._step = step
        bar = self.query_one("#guide", Bar)
        bar.display = step is not None
        if step is None:
            return
        answered, wanted = progress(self.session, self._silences)
        bar.show(
            (
                (f"   {answered} of {wanted}  ", "$secondary"),
                (step.question, "bold $accent"),
            ),
            ((f"  {self._key_of(CUE)} skip ", "$secondary"),),
        )
