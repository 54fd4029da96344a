"""The clock of a meeting: it draws itself anew each second, and nothing else."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Digits

from facilitator.app.meeting.face import Face
from facilitator.app.widgets.bar import Bar
from facilitator.model.meeting_clock import Urgency

_A_LITTLE_LATER = 0.02
"""How long after a second has passed it is looked at the clock, in seconds: never before it shows the next one."""


class ClockFace(Horizontal):
    """Shows what is left of a box and of the meeting; hidden while there is nothing to show. In large, with digits."""

    DEFAULT_CSS = """
    ClockFace { width: auto; height: auto; display: none; }
    ClockFace.-shown { display: block; }
    ClockFace Digits { display: none; width: auto; height: 3; margin-left: 2; }
    """

    @dataclass
    class Changed(Message):
        """The end of the box has come nearer: soon, or now."""

        urgency: Urgency

    def __init__(self, read: Callable[[], Face | None]) -> None:
        super().__init__()
        self._read = read
        self._urgency = Urgency.CALM
        self._due: asyncio.TimerHandle | None = None

    def compose(self) -> ComposeResult:
        """Create the words and the digits."""
        yield Bar(id="clock-words")
        yield Digits(id="clock-digits")

    def on_unmount(self) -> None:
        """Stop."""
        self._forget_next()

    def _forget_next(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def tick(self) -> None:
        """Show what the clock shows now, and wait for the next second while it runs."""
        self._forget_next()
        face = self._read()
        self.set_class(face is not None, "-shown")
        self.screen.set_class(face is not None, "-timed")
        near = face.urgency if face is not None else Urgency.CALM
        if face is not None:
            words, digits = self.query_one(Bar), self.query_one(Digits)
            width = sum(cell_len(text) for text, _style in face.words)
            if words.styles.width is None or words.styles.width.value != width:
                words.styles.width = width
            words.show(face.words)
            if digits.display:
                digits.update(face.digits)
                digits.set_classes(f"-{near}")
            if face.next is not None:
                # A timer of Textual's is a task of its own each time, which costs more than the tick.
                self._due = asyncio.get_running_loop().call_later(face.next + _A_LITTLE_LATER, self.tick)
        if near is not self._urgency:
            self._urgency = near
            self.post_message(self.Changed(near))
