"""Who presses the keys that are measured: in a session of the program, and in a bare widget of Textual."""

from collections.abc import Callable, Mapping

from tests.app.terminal import DOWN, ENTER, SHIFT_TAB, UP, Frame, Terminal
from tests.benchmarks.measuring import interleaved

QUIET, LONG_QUIET = 0.08, 0.3
FIRST_ROW, GO_TO, TO_BEGINNING = b"\x1b[1;5H", b"\x07", b"\x15"


class Typist:
    """Presses keys in a terminal and looks for what they did, once nothing moves any more."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self._number = 0

    def down(self) -> float:
        """Return how long the cursor takes to the row below."""
        return self._pressed(DOWN, lambda frames: frames[0].when)

    def _pressed(self, keys: bytes, when: Callable[[list[Frame]], float], quiet: float = QUIET) -> float:
        """Press keys; return the milliseconds to the moment that is found in the frames that they brought."""
        before = len(self.terminal.frames)
        sent = self.terminal.send(keys)
        self.terminal.read(2)
        self.terminal.settle(quiet)
        frames = self.terminal.frames[before:]
        if not frames:
            raise ValueError(f"{keys!r} changed nothing:\n{self.terminal.text}")
        return (when(frames) - sent) * 1000

    def _opened(self, keys: bytes) -> float:
        """Press keys that open something; return the milliseconds until it stands there."""
        return self._pressed(keys, lambda frames: frames[-1].when, LONG_QUIET)

    def _quietly(self, keys: bytes) -> None:
        self.terminal.send(keys)
        self.terminal.read(2)
        self.terminal.settle(QUIET)

    def _until_shown(self, keys: bytes, marker: str) -> float:
        """Return how long it takes until the row with the marker is as it stays, wherever it is not being typed."""

        def final(frames: list[Frame]) -> float:
            end = frames[-1]
            found = [place for place, line in enumerate(end.text.split("\n")) if marker in line]
            if not found:
                raise ValueError(f"{marker!r} is not on the screen:\n{end.text}")
            row = end.lines[found[0]]
            return next(frame.when for frame in frames if row in frame.lines)

        return self._pressed(keys, final, LONG_QUIET)


class InSession(Typist):
    """The program, on the home screen of a store with one session at first.

    `place` are the keys that go to a place from the session's first phase, `prefix` is what a line begins with there.
    """

    def __init__(self, terminal: Terminal, *, place: bytes, prefix: bytes = b"") -> None:
        super().__init__(terminal)
        self._place, self._prefix = place, prefix
        self._typing = False

    def session(self) -> float:
        """Return how long the session takes to stand on the screen; go to it from home."""
        if " saved\n" in self.terminal.text:
            self._quietly(SHIFT_TAB * len(self._place))  # a session opens where it was left
            self._quietly(GO_TO)
            self._quietly(b"home")
            self._opened(ENTER)
        return self._opened(ENTER)

    def open(self) -> float:
        """Return how long the place takes, in the session that was just opened on its first phase."""
        *before, last = (self._place[number : number + 1] for number in range(len(self._place)))
        for key in before:
            self._opened(key)
        return self._opened(last)

    def top(self) -> None:
        """Go to the first row."""
        self._quietly(FIRST_ROW)

    def letter(self) -> float:
        """Return how long a letter takes, typed after the beginning of a line."""
        if not self._typing:
            self._quietly(self._prefix + b"x")
            self._typing = True
        return self._pressed(b"x", lambda frames: frames[0].when)

    def edit(self) -> float:
        """Return how long the row takes to stand there as edited."""
        marker = self._marker()
        self._quietly(DOWN)
        self._quietly(ENTER)
        self._quietly(f" {marker}".encode())
        return self._until_shown(ENTER, marker)

    def insert(self) -> float:
        """Return how long a typed line takes to stand among the others."""
        marker = self._marker()
        self._quietly(self._prefix + f"x {marker}".encode())
        return self._until_shown(ENTER, marker)

    def _marker(self) -> str:
        if self._typing:
            self._quietly(TO_BEGINNING)
            self._typing = False
        self._number += 1
        return f"n{self._number}."


class InWidget(Typist):
    """One of the apps with a bare widget, which know the keys "o", "e" and "i"."""

    def __init__(self, terminal: Terminal) -> None:
        super().__init__(terminal)
        self._opens = 0

    def open(self) -> float:
        """Return how long a new widget takes."""
        self._opens += 1
        marker = f"opened {self._opens}"
        sent = self.terminal.send(b"o")
        shown = self.terminal.wait_until(lambda screen: marker in screen)
        self.terminal.settle(QUIET)
        return (shown.when - sent) * 1000

    def edit(self) -> float:
        """Return how long the row takes to stand there as edited."""
        self._number += 1
        self._quietly(DOWN)
        return self._until_shown(b"e", f"n{self._number}.")

    def insert(self) -> float:
        """Return how long a row takes to stand in its place."""
        self._number += 1
        self._quietly(UP)
        return self._until_shown(b"i", f"n{self._number}.")


def run(typists: Mapping[str, Typist], rounds: int, name: str) -> dict[str, list[float]]:
    """Let every typist do what `name` says, in turn; return the milliseconds by the name of the typist."""
    tasks: dict[str, Callable[[], float]] = {program: getattr(typist, name) for program, typist in typists.items()}
    return interleaved(rounds, tasks, warm_up=1)


def wait(typists: Mapping[str, Typist]) -> None:
    """Wait until every program stands on the screen."""
    for each in typists.values():
        each.terminal.read(10)
        each.terminal.settle(0.3)
