"""The room: who was heard, the quietest first, and what is going on there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from facilitator.app.rows import Row, Tone, heading
from facilitator.app.screens.list_screen import ListScreen
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.row_list import RowList
from facilitator.model.cue_values import Heard
from facilitator.model.session import Participant
from facilitator.model.voices import Voices, quietest_first, times_heard

HAPPENINGS: dict[str, Heard] = {
    "s": Heard.SILENCE,
    "a": Heard.AGREEMENT,
    "o": Heard.ONE_VOICE,
    "d": Heard.DEFENCE,
}
"""What can go on in a room, by the key that notes it."""

TAKE_BACK = "-"
_DOTS = 10


@dataclass(frozen=True, slots=True)
class Noted:
    """What was noted: who was heard, by id; or what goes on; or that the last one heard was a slip."""

    heard: str = ""
    happening: Heard | None = None
    take_back: bool = False


class RoomScreen(ListScreen[Noted]):
    """Takes one note by one key. On a `shared` screen it says nothing of who was heard how often.

    `named` gives what is shown in place of a name.
    """

    def __init__(
        self,
        people: Sequence[Participant],
        voices: Voices,
        *,
        shared: bool,
        named: Callable[[str], str] = str,
        opener: str = "",
    ) -> None:
        super().__init__(opener)
        self._named = named
        self._people = people
        self._voices = voices
        self._shared = shared

    def compose(self) -> ComposeResult:
        """Create the title, the list and the keys."""
        with Vertical(id="pick"):
            yield Bar(id="pick-title")
            yield RowList()
            yield Bar(id="pick-keys")

    def on_mount(self) -> None:
        """Show the people and what can go on."""
        self.query_one("#pick-title", Bar).show((("Who was heard?", "bold $primary"),))
        keys = "a number or letter notes it   - takes the last back   esc leave"
        self.query_one("#pick-keys", Bar).show(((keys, "$secondary"),))
        self.query_one(RowList).show(self._rows(), cursor=0)

    def on_key(self, event: events.Key) -> None:
        """Note what the key stands for."""
        if event.key == "enter":
            event.stop()
            self._choose()
        elif event.character == TAKE_BACK:
            event.stop()
            self.dismiss(Noted(take_back=True))
        elif event.character in HAPPENINGS:
            event.stop()
            self.dismiss(Noted(happening=HAPPENINGS[event.character]))
        elif event.character is not None and event.character in self._signs.values():
            event.stop()
            self.dismiss(Noted(heard=next(each for each, sign in self._signs.items() if sign == event.character)))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Note what was clicked."""
        event.stop()
        self._choose()

    def _choose(self) -> None:
        row = self.query_one(RowList).row
        if row is not None:
            happening = HAPPENINGS.get(row.key)
            self.dismiss(Noted(happening=happening) if happening is not None else Noted(heard=row.key))

    @property
    def _signs(self) -> dict[str, str]:
        """The digit of each of the first ten people, by id: in the order of the participants, so that it stays."""
        return {each.id: str(number % 10) for number, each in enumerate(self._people[:10], 1)}

    def _rows(self) -> list[Row]:
        people = {each.id: each for each in self._people}
        order = tuple(people) if self._shared else quietest_first(self._voices, people)
        rows = [] if self._shared else [heading("Quietest first", first=True)]
        for each in order:
            count = times_heard(self._voices, each)
            tail = "" if self._shared else "•" * min(count, _DOTS)
            rows.append(Row(each, self._named(people[each].text), lead=self._signs.get(each, ""), tail=tail))
        if not people:
            rows.append(Row("", "Nobody is noted yet; the opening asks who is here.", tone=Tone.MUTED))
        rows.append(heading("What is going on?", first=not rows))
        rows += [Row(key, str(kind), lead=key) for key, kind in HAPPENINGS.items()]
        return rows
