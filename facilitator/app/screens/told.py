"""An entry as told: the accounts of those who were there, side by side, asked question by question."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from facilitator.app.commands import TOLD
from facilitator.app.drawing import content
from facilitator.app.filing import Edit
from facilitator.app.meeting.accounts import Asked, account_lines, account_of, name_of, told
from facilitator.app.meeting.face import Face
from facilitator.app.meeting.presentation import Presentation
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.clock_face import ClockFace
from facilitator.app.widgets.line_input import LineInput
from facilitator.model import edits
from facilitator.model.account_questions import QUESTIONS
from facilitator.model.clocks import clock
from facilitator.model.session import Entry, Session
from facilitator.model.text import one_line
from facilitator.store.ids import new_id


class Telling(Protocol):
    """What takes in what is told: it has the session, shows it to others or not, and makes edits."""

    presentation: Presentation

    def read_clock(self) -> Face | None:
        """Return what the clock of the meeting shows now."""
        ...

    @property
    def session(self) -> Session:
        """The session as it stands now."""
        ...

    def apply(self, edit: Edit) -> None:
        """Make an edit."""
        ...


class AnswerLine(LineInput):
    """A line that is empty as soon as it is entered: what is typed behind it is the next answer."""

    def enter(self) -> None:
        """Hand the line over."""
        text, self.value = self.value, ""
        self.post_message(self.Entered(text))


class ToldScreen(Screen[None]):
    """Asks one person after the other. Whatever is typed is filed, by Enter or by going elsewhere."""

    BINDINGS = [
        Binding("escape", "leave", show=False),
        Binding(TOLD.keys, "leave", id=TOLD.id, show=False),
        Binding("tab", "other", show=False),
        Binding("down", "ask(1)", show=False),
        Binding("up", "ask(-1)", show=False),
        Binding("ctrl+k", "private", show=False),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(1)", show=False),
    ]

    def __init__(self, desk: Telling, entry: Entry, teller: str, *, who: Callable[[], Awaitable[str | None]]) -> None:
        super().__init__()
        self._desk = desk
        self._entry, self._teller = entry, teller
        self._who = who
        self._field = next(iter(QUESTIONS))
        self._notice = ""
        self._warned = False

    def compose(self) -> ComposeResult:
        """Create the entry, the accounts, the question and the line for its answer."""
        with Horizontal(id="told-head"):
            yield Bar(id="told-entry")
            yield ClockFace(self._desk.read_clock)
        with VerticalScroll(id="told-accounts", can_focus=False):
            yield Static(id="told-lines")
        yield Bar(id="told-question")
        with Horizontal(id="line"):
            yield Static("›", id="prompt", markup=False)
            yield AnswerLine()
        yield Bar(id="told-keys")

    def on_mount(self) -> None:
        """Begin to ask."""
        keys = "enter file, next question   up, down another question   tab another person   ^k private   esc back"
        self.query_one("#told-keys", Bar).show(((f" {keys}", "$secondary"),))
        self._line = self.query_one(AnswerLine)
        self.set_focus(self._line)
        self.set_class(self._desk.presentation.shared, "-presenter")
        self.query_one(ClockFace).tick()
        self._begin()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.call_after_refresh(self._show)

    def on_line_input_entered(self, event: LineInput.Entered) -> None:
        """File the answer, and ask the next question."""
        event.stop()
        if not self._file(event.text):
            self._line.value = f"{event.text}{self._line.value}"
            return
        names = list(QUESTIONS)
        if self._field == names[-1]:
            self._ask("That was the last question. Tab asks another person, Esc goes back.")
        else:
            self._field = names[names.index(self._field) + 1]
            self._ask()

    def _file(self, typed: str) -> bool:
        """File what was typed for the present question; return whether there was something to file it with."""
        session, text = self._desk.session, one_line(typed)
        if text == self._answer():
            return True
        if edits.find(session, self._entry.id) is None:
            self._notice = "The entry was deleted meanwhile; nothing can be told of it. Esc goes back."
            self._show()
            return False
        self._desk.apply(told(session, self._asked, text, new_id))
        return True

    def _leave_question(self) -> bool:
        """File what is typed, and empty the line; return whether nothing is left of it."""
        filed = self._file(self._line.value)
        if filed:
            self._line.value = ""
        return filed

    def action_ask(self, step: int) -> None:
        """Go to another question."""
        if self._leave_question():
            names = list(QUESTIONS)
            self._field = names[(names.index(self._field) + step) % len(names)]
            self._ask()

    @work(group="other", exclusive=True)
    async def action_other(self) -> None:
        """Ask who else tells, and then them."""
        other = await self._who()
        if other is not None and self._leave_question():
            self._teller = other
            self._begin()

    def action_private(self) -> None:
        """Keep this account out of every document, or let it in again."""
        session = self._desk.session
        account = account_of(session, self._entry.id, self._teller)
        if account is None:
            self._notice = "Nothing is told yet that could be private."
        else:
            edited = edits.change(session, account.id, private=not account.private)
            self._desk.apply(Edit(edited, "mark an account", self._entry.id))
            self._notice = "It is in no document now." if not account.private else "It is in the document again."
        self._show()

    def action_scroll(self, direction: int) -> None:
        """Scroll the accounts."""
        view = self.query_one("#told-accounts", VerticalScroll)
        view.scroll_relative(y=direction * max(1, view.size.height - 2), animate=False)

    def action_leave(self) -> None:
        """Go back; what cannot be filed any more is given up only when it is asked for twice."""
        if self._leave_question() or self._warned:
            self.dismiss(None)
        self._warned = True

    @property
    def _asked(self) -> Asked:
        return Asked(self._entry.id, self._teller, self._field)

    def _begin(self) -> None:
        """Ask the first question that this person has not answered yet."""
        account = account_of(self._desk.session, self._entry.id, self._teller)
        self._field = next((name for name in QUESTIONS if account is None or not getattr(account, name)), "seen")
        self._ask()

    def _answer(self) -> str:
        account = account_of(self._desk.session, self._entry.id, self._teller)
        return str(getattr(account, self._field)) if account is not None else ""

    def _ask(self, notice: str = "") -> None:
        """Show the present question with its answer in the line, before what was typed since the last one was filed."""
        self._line.value = f"{self._answer()}{self._line.value}"
        self._line.cursor_position = len(self._line.value)
        self._notice = notice
        self._show()

    def _show(self) -> None:
        session = self._desk.presentation.session(self._desk.session)

        def named(text: str) -> str:
            return self._desk.presentation.words(text, session)

        at = clock(self._entry.at, session.zone)
        self.query_one("#told-entry", Bar).show(
            ((" As told", "bold $primary"), (f"   {at}  ", "$secondary"), (named(self._entry.text), ""))
        )
        asked = (
            (f"   {named(name_of(session, self._teller))}:  ", "$secondary"),
            (QUESTIONS[self._field], "italic $accent"),
        )
        self.query_one("#told-question", Bar).show(((f"   {self._notice}", "$primary"),) if self._notice else asked)
        view = self.query_one("#told-accounts", VerticalScroll)
        width = max(20, view.scrollable_content_region.width)
        lines = account_lines(session, self._asked, width, named)
        drawn = [Content("").join([content(text, style) for text, style in line]) for line in lines]
        self.query_one("#told-lines", Static).update(Content("\n").join(drawn))
