"""Small dialogs: one line to fill in, or one decision to take."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Static

from facilitator.app.drawing import content
from facilitator.app.screens.dialog import Dialog
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.line_input import LineInput


class LineScreen(Dialog[str]):
    """Asks for one line. Answers with the line, or None; an empty line is not accepted.

    What is typed is completed to one of the names that are `known`, with the right arrow. The `value` that stands there
    is selected: typing replaces it.
    """

    SELECTS: ClassVar[bool] = True
    """Whether what stands there is selected; where one rather goes on with it, it is not."""

    def __init__(
        self,
        title: str,
        *,
        value: str = "",
        placeholder: str = "",
        note: str = "",
        opener: str = "",
        known: Sequence[str] = (),
    ) -> None:
        super().__init__(opener)
        self._title, self._value, self._placeholder, self._note = title, value, placeholder, note
        self._known = known

    def compose(self) -> ComposeResult:
        """Create the title, the line and the keys."""
        with Vertical(classes="dialog"):
            yield Static(content(self._title, "bold $primary"))
            line = LineInput(self._value, placeholder=self._placeholder)
            line.suggester = SuggestFromList(self._known, case_sensitive=False) if self._known else None
            yield line
            if self._note:
                yield Static(content(self._note, "$secondary"), classes="dialog-note")
            complete = "right complete   " if self._known else ""
            yield Static(content(f"enter accept   {complete}esc leave", "$secondary"), classes="dialog-keys")

    def on_mount(self) -> None:
        """Select what stands there."""
        if self.SELECTS:
            self.query_one(LineInput).select_all()

    def on_resize(self) -> None:
        """Keep the keys on the screen: a long note is what gives way."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        for note in self.query(".dialog-note"):
            note.styles.max_height = self.room_for(note, self.query_one(".dialog"), self.size.height)

    def say(self, note: str) -> None:
        """Show another note below the line, where there is one."""
        for shown in self.query(".dialog-note").results(Static):
            shown.update(content(note, "$secondary"))

    def on_line_input_entered(self, event: LineInput.Entered) -> None:
        """Answer with the line."""
        event.stop()
        if event.text.strip():
            self.dismiss(event.text)


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to decide: its key and its words."""

    key: str
    words: str


class DecideScreen(Dialog[str]):
    """Asks for a decision by one key. Answers with that key, or None for Escape, which changes nothing."""

    def __init__(self, title: str, text: str | Content, answers: tuple[Answer, ...], *, opener: str = "") -> None:
        super().__init__(opener)
        self._title, self._text, self._answers = title, text, answers

    def compose(self) -> ComposeResult:
        """Create the question and its answers."""
        with Vertical(classes="dialog"):
            yield Static(content(self._title, "bold $primary"))
            with VerticalScroll(classes="dialog-text", can_focus=False):
                yield Static(content(self._text) if isinstance(self._text, str) else self._text)
            for answer in (*self._answers, Answer("esc", "stay here")):
                bar = Bar(id=f"answer-{answer.key}")
                bar.show(((f"{answer.key:>6}  ", "$accent bold"), (answer.words, "")))
                yield bar

    def on_resize(self) -> None:
        """Keep the answers on the screen: the text above them is what gives way."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        text = self.query_one(".dialog-text")
        text.styles.max_height = self.room_for(text, self.query_one(".dialog"), self.size.height)

    def on_key(self, event: object) -> None:
        """Answer with the pressed key when it is one of the answers."""
        key = getattr(event, "key", "")
        if key in {answer.key for answer in self._answers}:
            self.dismiss(key)
