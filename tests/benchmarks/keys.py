"""From a key to the frame that shows what it did, in a timeline of 5,000 entries."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

from tests.app.terminal import DOWN, ENTER, PROGRAM, SHIFT_TAB, TAB, UP, Frame, Terminal
from tests.benchmarks.measuring import Line, compared, interleaved
from tests.benchmarks.workshop import APPS, LONG, SHORT, Workshop

QUIET, LONG_QUIET = 0.08, 0.3
FIRST_ROW, GO_TO, TO_BEGINNING = b"\x1b[1;5H", b"\x07", b"\x15"
APP_SHORT, APP_LONG, TABLE = f"the same, {SHORT} entries", "timeline", f"bare DataTable, {LONG:,} rows"


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure keys in a long timeline, in a short one, and in Textual's own table, all three running."""
    with ExitStack() as stack:
        programs: dict[str, _Typist] = {
            APP_SHORT: _App(stack.enter_context(workshop.terminal([PROGRAM], workshop.timeline(SHORT).path))),
            APP_LONG: _App(stack.enter_context(workshop.terminal([PROGRAM], workshop.timeline(LONG).path))),
            TABLE: _Table(
                stack.enter_context(workshop.terminal([sys.executable, str(APPS / "data_table.py"), str(LONG)]))
            ),
        }
        for each in programs.values():
            each.terminal.read(10)
            each.terminal.settle(0.3)
        apps = {name: each for name, each in programs.items() if isinstance(each, _App)}
        opening = _run(5, {f"open {name}": each.open for name, each in apps.items()} | _tasks(programs, "timeline"))
        yield from _lines("open the session", {name: opening[f"open {name}"] for name in apps})
        yield from _lines("open its timeline", {name: opening[name] for name in programs})
        for each in apps.values():
            each.top()
        yield from _lines("key: down", _run(15, _tasks(programs, "down")))
        yield from _lines("key: a letter of a line", _run(15, _tasks(apps, "letter")))
        yield from _lines("edit a row", _run(8, _tasks(programs, "edit")))
        yield from _lines("insert a row", _run(8, _tasks(programs, "insert")))


def _tasks(programs: Mapping[str, "_Typist"], name: str) -> dict[str, Callable[[], float]]:
    return {program: getattr(typist, name) for program, typist in programs.items()}


def _run(rounds: int, tasks: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    return interleaved(rounds, tasks, warm_up=1)


def _lines(what: str, times: Mapping[str, list[float]]) -> Iterator[Line]:
    what = f"{what}, {LONG:,} entries"
    yield compared(what, times, APP_LONG, APP_SHORT, bound=1.5)
    if TABLE in times:
        yield compared(what, times, APP_LONG, TABLE, bound=1.0)


class _Typist:
    """Presses keys in a terminal and looks for what they did, once nothing moves any more."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self._number, self._opens = 0, 0

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


class _App(_Typist):
    """The program, on the home screen of a store with one session at first."""

    def open(self) -> float:
        """Return how long the session takes to stand on the screen; go to it from home."""
        if " saved\n" in self.terminal.text:
            self._quietly(SHIFT_TAB)  # a session opens where it was left
            self._quietly(GO_TO)
            self._quietly(b"home")
            self._opened(ENTER)
        return self._opened(ENTER)

    def timeline(self) -> float:
        """Return how long the timeline takes, in the session that was just opened on its first phase."""
        return self._opened(TAB)

    def top(self) -> None:
        """Go to the first row."""
        self._quietly(FIRST_ROW)

    def letter(self) -> float:
        """Return how long a letter takes, typed after the beginning of a line."""
        if "› +5m" not in self.terminal.text:
            self._quietly(b"+5m ")
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
        self._quietly(f"+5m x {marker}".encode())
        return self._until_shown(ENTER, marker)

    def _marker(self) -> str:
        if "› +5m" in self.terminal.text:
            self._quietly(TO_BEGINNING)
        self._number += 1
        return f"n{self._number}."


class _Table(_Typist):
    """The app with a bare table."""

    def timeline(self) -> float:
        """Return how long a new table takes."""
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
        """Return how long a row takes to stand where its time puts it."""
        self._number += 1
        self._quietly(UP)
        return self._until_shown(b"i", f"n{self._number}.")
