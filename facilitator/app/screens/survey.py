"""The survey at the end of a meeting: three numbers and a word each, without names."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from facilitator.app.drawing import content
from facilitator.app.screens.dialog import Dialog
from facilitator.app.widgets.line_input import LineInput
from facilitator.model.meeting_items import Survey
from facilitator.model.text import one_line

QUESTIONS = {
    "spoke": "I could speak openly",
    "learned": "I learned something that affects my work",
    "again": "I would come again",
}
"""What is asked, by the fields of `Survey`. Source: Howie's survey after a review."""


class SurveyScreen(Dialog[None]):
    """Asks one person after the other. Digits answer the questions in turn, words are optional, Enter hands it in."""

    def __init__(self, hand_in: Callable[[Survey], None]) -> None:
        super().__init__()
        self._hand_in = hand_in
        self._given: list[int | None] = []
        self._people = 0

    def compose(self) -> ComposeResult:
        """Create the questions and the line for words."""
        with Vertical(classes="dialog"):
            yield Static(content("How was it? No name is kept, and nothing of it is published.", "bold $primary"))
            yield Static(id="survey-people")
            yield Static(id="survey-questions")
            yield LineInput(placeholder="and in your words, if you like")
            yield Static(
                content(
                    "1 not at all … 5 fully   0 no answer   backspace back   enter hand in   esc leave", "$secondary"
                ),
                classes="dialog-keys",
            )

    def on_mount(self) -> None:
        """Show the questions; the line is there once they are answered."""
        self.query_one(LineInput).disabled = True
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Take digits as answers until all are given."""
        if len(self._given) >= len(QUESTIONS):
            self._pass_on(event)
            return
        if event.character is not None and event.character in "012345":
            event.stop()
            self._given.append(int(event.character) or None)
        elif event.key == "backspace" and self._given:
            event.stop()
            self._given.pop()
        else:
            return
        self._show()
        if len(self._given) == len(QUESTIONS):
            line = self.query_one(LineInput)
            line.disabled = False
            self.set_focus(line)  # at once: the next key is the first of the words

    def _pass_on(self, event: events.Key) -> None:
        """Give the line what was typed for it before it had the focus."""
        line = self.query_one(LineInput)
        if event.key == "enter":
            event.stop()
            line.enter()
        elif event.character is not None and event.is_printable:
            event.stop()
            line.insert_text_at_cursor(event.character)

    def on_line_input_entered(self, event: LineInput.Entered) -> None:
        """Hand the answers in, and ask the next person."""
        event.stop()
        spoke, learned, again = self._given
        self._hand_in(Survey(spoke=spoke, learned=learned, again=again, text=one_line(event.text)))
        self._given = []
        self._people += 1
        line = self.query_one(LineInput)
        line.value = ""
        self.set_focus(None)
        line.disabled = True
        self._show()

    def _show(self) -> None:
        thanks = f"Thank you. {self._people} handed in; the next person, please." if self._people else ""
        self.query_one("#survey-people", Static).update(content(thanks, "$success"))
        lines = []
        for number, question in enumerate(QUESTIONS.values()):
            here = number == len(self._given)
            given = self._given[number] if number < len(self._given) else None
            dots = "●" * (given or 0) + "○" * (5 - (given or 0)) if number < len(self._given) else "·····"
            lines.append(content(f"{'›' if here else ' '} {dots}  {question}", "bold" if here else ""))
        self.query_one("#survey-questions", Static).update(Content("\n").join(lines))
