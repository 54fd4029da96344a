"""The query line: what was understood, what may come next and what is wrong stand above what is typed."""

from asyncio import to_thread
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from facilitator.app.widgets.bar import Bar, Part
from facilitator.app.widgets.line_input import LineInput
from facilitator.library.expressions import Query

if TYPE_CHECKING:
    from facilitator.library.completing import Option
    from facilitator.library.query import QueryError

# What reads queries is imported where it is used: home is there before it.

Values = Callable[[str], Mapping[str, int]]
"""Gives the values that a field has in the store, each with how many sessions have it; called in a thread."""

_START = 3
"""The column in which the line begins."""

_LEAST = 2
"""How many letters of the name of a field there must be for it to be offered; one is typed for many reasons."""

_MOST_OFFERED = 8


class _Completing(Suggester):
    """Gives the line what it shows, faintly, behind the cursor."""

    def __init__(self, line: "QueryInput") -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._line = line

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its first completion, where that only adds to it."""
        await self._line.offer()
        completed = self._line.completed
        return completed if completed.startswith(value) else None


class QueryInput(LineInput):
    """The line itself. Right, at its end, takes the completion that is offered first."""

    BINDINGS = [Binding("right", "complete", show=False)]

    class Offered(Message):
        """There are other completions."""

    def __init__(self, values: Values, *, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, id="filter")
        self._values = values
        self._found_for, self._start = "", 0
        self._options: tuple[Option, ...] = ()
        self._known: dict[str, Mapping[str, int]] = {}
        self.suggester = _Completing(self)

    async def on_key(self, event: events.Key) -> None:
        """Hand over what was typed behind the key that left this view: it is meant for the one that is there since."""
        there = self.app.screen.focused
        if there is not None and not self.screen.is_current:
            event.stop()
            event.prevent_default()
            there.post_message(events.Key(event.key, event.character))

    @property
    def offered(self) -> "tuple[Option, ...]":
        """What may stand at the end of the line, as far as that is known already."""
        return self._options if self._found_for == self.value else ()

    @property
    def completed(self) -> str:
        """The line with its first completion; as it is where there is none."""
        options = self.offered
        if not options:
            return self.value
        end = "" if options[0].text.endswith(":") else " "
        return f"{self.value[: self._start]}{options[0].text}{end}"

    def forget(self) -> None:
        """Ask for values anew: the store has changed."""
        self._known.clear()

    async def offer(self) -> None:
        """Find what may come at the end of the line."""
        from facilitator.library.completing import complete

        value = self.value
        if value == self._found_for:
            return
        unknown: list[str] = []

        def known(field: str) -> Mapping[str, int]:
            if field not in self._known:
                unknown.append(field)
            return self._known.get(field, {})

        found = complete(value, len(value), known)
        for field in unknown:
            self._known[field] = await to_thread(self._values, field)
            found = complete(value, len(value), known)
        typed = value[found.start :]
        options = tuple(each for each in found.options if each.text.lower() != typed.lower())
        if len(typed) < _LEAST and any(each.text.endswith(":") for each in options):
            options = ()
        self._found_for, self._start, self._options = value, found.start, options
        self.post_message(self.Offered())

    async def action_complete(self) -> None:
        """Take the first completion at the end of the line; elsewhere move the cursor."""
        if not self.cursor_at_end:
            self.action_cursor_right()
            return
        await self.offer()
        if self.offered:
            self.value = self.completed
            self.action_end()


class QueryLine(Vertical):
    """A line for queries, with a line above it: an error at its place, completions, what was understood, a message."""

    DEFAULT_CSS = "QueryLine { height: auto; }"

    @dataclass
    class Asked(Message):
        """Another query is typed, and it can be read."""

        text: str
        query: Query

    def __init__(self, values: Values, today: Callable[[], date], *, placeholder: str = "") -> None:
        super().__init__()
        self._today = today
        self.understood = ("", Query())
        """What was typed when it could last be read, and what it means."""
        self._error: QueryError | None = None
        self._said: tuple[Part, ...] = ()
        self._rest: tuple[tuple[Part, ...], tuple[Part, ...]] = ((), ())
        self._line = QueryInput(values, placeholder=placeholder)
        self._bar = Bar(id="understood")

    def compose(self) -> ComposeResult:
        """Create the line and what stands above it."""
        yield self._bar
        with Horizontal(id="line"):
            yield Static("›", id="prompt", markup=False)
            yield self._line

    @property
    def text(self) -> str:
        """What is typed."""
        return self._line.value

    @property
    def input(self) -> QueryInput:
        """The line that has the focus."""
        return self._line

    def put(self, text: str) -> None:
        """Let other text stand in the line, as if it had been typed."""
        if text != self._line.value:
            self._line.value = text
            self._line.action_end()
            self._take(text)

    def say(self, text: str) -> None:
        """Say something above the line, where nothing about what is typed is more needed, until something is typed."""
        self._said = ((f"   {text}", "$secondary"),) if text else ()
        self._show()

    def rest(self, left: tuple[Part, ...], right: tuple[Part, ...] = ()) -> None:
        """Show this above the line while nothing is typed and nothing is said."""
        self._rest = left, right
        self._show()

    @on(Input.Changed)
    def read(self, event: Input.Changed) -> None:
        """Read what is typed; a question mark alone asks for help."""
        event.stop()
        if event.value.strip() == "?":
            event.input.value = ""
            self.run_worker(self.app.run_action("app.help"))
            return
        if event.value != self.understood[0] or self._error is not None:
            self._take(event.value)
        self._show()

    def _take(self, text: str) -> None:
        """Read what stands in the line now, and ask for it where it says something else than before."""
        self._said = ()
        before = self.understood
        self._read(text)
        if self._error is None and self.understood != before:
            self.post_message(self.Asked(*self.understood))

    def _read(self, text: str) -> None:
        from facilitator.library.begun import begun
        from facilitator.library.query import QueryError

        try:
            self.understood, self._error = (text, begun(text, self._today())), None
        except QueryError as error:
            self._error = error
        self._show()

    def on_query_input_offered(self, event: QueryInput.Offered) -> None:
        """Show what may come next."""
        event.stop()
        self._show()

    def on_resize(self) -> None:
        """Put the error above its place again."""
        self._show()

    def _show(self) -> None:
        offered = self._line.offered
        if self._error is not None and not (offered and self._error.column >= len(self.text.rpartition(" ")[0])):
            self._bar.show(self._pointed(self._error))
            return
        right = self._told() if self._error is None and self.text else ()
        left = _offer(offered) if offered else self._said
        if not left and not self.text:
            left, right = self._rest
        self._bar.show(left, right)

    def _told(self) -> tuple[Part, ...]:
        from facilitator.library.telling import told

        meaning = told(self.understood[1])
        return ((f"  {meaning} ", "$secondary"),) if meaning else ()

    def _pointed(self, error: "QueryError") -> tuple[Part, ...]:
        """Return an error with an arrow above the place that is wrong: its words behind the arrow, or else before."""
        width = self._bar.size.width
        before = cell_len(self.text[: error.column]) - self._line.scroll_offset.x
        place = max(0, min(_START + before, width - 1))
        said = str(error)
        if place + 2 + cell_len(said) <= width or place < width // 2:
            return ((f"{' ' * place}↓", "$warning"), (f" {said}", "$warning"))
        return ((said[: max(0, place - 1)].rjust(place - 1), "$warning"), (" ↓", "$warning"))


def _offer(options: "tuple[Option, ...]") -> tuple[Part, ...]:
    first, *others = options[:_MOST_OFFERED]
    shown: list[Part] = [("   → ", "$accent"), (first.text, "bold $accent")]
    shown += [(f"  {first.meaning}", "$secondary")] if first.meaning else []
    return (*shown, *((f"   {each.text}", "$secondary") for each in others))
