"""Small dialogs: one line to fill in, or one decision to take."""

from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from facilitator.app.drawing import content
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.line_input import LineInput


class LineScreen(ModalScreen[str | None]):
    """Asks for one line. Answers with the line, or None; an empty line is not accepted."""

    BINDINGS = [Binding("escape", "cancel", "Leave", show=False)]

    def __init__(self, title: str, *, value: str = "", placeholder: str = "", note: str = "") -> None:
        super().__init__()
        self._title, self._value, self._placeholder, self._note = title, value, placeholder, note

    def compose(self) -> ComposeResult:
        """Create the title, the line and the keys."""
        with Vertical(classes="dialog"):
            yield Static(content(self._title, "bold $primary"))
            yield LineInput(self._value, placeholder=self._placeholder)
            if self._note:
                yield Static(content(self._note, "$secondary"))
            yield Static(content("enter accept   esc leave", "$secondary"), classes="dialog-keys")

    def on_line_input_entered(self, event: LineInput.Entered) -> None:
        """Answer with the line."""
        event.stop()
        if event.text.strip():
            self.dismiss(event.text)

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to decide: its key and its words."""

    key: str
    words: str


class DecideScreen(ModalScreen[str | None]):
    """Asks for a decision by one key. Answers with that key, or None for Escape, which changes nothing."""

    BINDINGS = [Binding("escape", "cancel", "Stay", show=False)]

    def __init__(self, title: str, text: str | Content, answers: tuple[Answer, ...]) -> None:
        super().__init__()
        self._title, self._text, self._answers = title, text, answers

    def compose(self) -> ComposeResult:
        """Create the question and its answers."""
        with Vertical(classes="dialog"):
            yield Static(content(self._title, "bold $primary"))
            yield Static(content(self._text) if isinstance(self._text, str) else self._text)
            for answer in (*self._answers, Answer("esc", "stay here")):
                bar = Bar(id=f"answer-{answer.key}")
                bar.show(((f"{answer.key:>6}  ", "$accent bold"), (answer.words, "")))
                yield bar

    def on_key(self, event: object) -> None:
        """Answer with the pressed key when it is one of the answers."""
        key = getattr(event, "key", "")
        if key in {answer.key for answer in self._answers}:
            self.dismiss(key)

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
