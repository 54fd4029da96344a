"""What comes from the terminal, made harmless before it is taken for keys."""

import os
import signal
from encodings import utf_8
from functools import partial
from typing import Any

from textual.drivers import linux_driver

from facilitator.model.text import clean

BEGIN, END = "\x1b[200~", "\x1b[201~"
"""What a terminal sends before a paste and behind it."""


class Pastes:
    """Cleans what is pasted in a stream of input, and leaves all else as it is.

    A terminal hands a paste over as it stands, with whatever it holds that looks like the keys of a terminal. Textual
    ends a paste at the first of these and presses the rest. So a paste is held back until its end, and cleaned.
    """

    def __init__(self) -> None:
        self._pasting = False
        # Of a paste, what has come of it; else the end of what was handed on, in which the mark of one may begin.
        self._held = ""

    def feed(self, text: str) -> str:
        """Return what of the input can be handed on now."""
        ready: list[str] = []
        while True:
            before = len(self._held)
            mark = END if self._pasting else BEGIN
            seen = self._held + text
            place = seen.find(mark, max(0, before - len(mark) + 1))
            if place < 0:
                break
            end = place + len(mark)
            ready.append(f"{clean(seen[:place])}{END}" if self._pasting else seen[before:end])
            text, self._held, self._pasting = seen[end:], "", not self._pasting
        if self._pasting:
            self._held = seen
        else:
            ready.append(text)
            self._held = seen[1 - len(BEGIN) :]
        return "".join(ready)


class Decoder(utf_8.IncrementalDecoder):
    """Decodes the input, and cleans its pastes."""

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self._pastes = Pastes()

    def decode(self, *given: Any, **named: Any) -> str:
        """Return the text of some bytes, as far as it is known whole.

        No bytes are the end of a terminal that went away and told nobody, as where hangups are ignored. The program
        ends as it does at a hangup; else it would read as fast as it can, for ever.
        """
        if not given[0] and not named.get("final"):
            os.kill(os.getpid(), signal.SIGTERM)
        return self._pastes.feed(super().decode(*given, **named))


def make_input_harmless() -> None:
    """Let Textual's input thread replace what it cannot decode, where one byte 0xFF ends the program, and clean pastes.

    The loop that reads makes its decoder itself, from a name of its module, so that name is what can be changed.
    """
    vars(linux_driver)["getincrementaldecoder"] = lambda _encoding: partial(Decoder, errors="replace")
