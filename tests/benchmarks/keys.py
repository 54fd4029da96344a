"""From a key to the frame that shows what it did, in a timeline of 5,000 entries."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack

from tests.app.terminal import DOWN, ENTER, PROGRAM, TAB, Frame, Terminal
from tests.benchmarks.measuring import Line, compared, interleaved
from tests.benchmarks.workshop import APPS, LONG, SHORT, Workshop

QUIET = 0.06
FIRST_ROW, GO_TO = b"\x1b[1;5H", b"\x07"
APP_SHORT, APP_LONG, TABLE = f"the same, {SHORT} entries", "timeline", f"bare DataTable, {LONG:,} rows"


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure keys in a long timeline, in a short one, and in Textual's own table, all three running."""
    with ExitStack() as stack:
        programs = {
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
        yield from _lines("open the session", _run(7, {name: each.open for name, each in apps.items()}))
        opened = _run(7, {name: each.timeline for name, each in programs.items()})
        yield from _lines("open its timeline", opened)
        yield from _lines("key: down", _run(20, {name: each.down for name, each in programs.items()}))
        yield from _lines("key: a letter of a line", _run(20, {name: each.letter for name, each in apps.items()}))
        yield from _lines("edit a row", _run(12, {name: each.edit for name, each in programs.items()}))
        yield from _lines("insert a row", _run(12, {name: each.insert for name, each in programs.items()}))


def _run(rounds: int, tasks: Mapping[str, Callable[[], float]]) -> dict[str, list[float]]:
    return interleaved(rounds, tasks, warm_up=2)


def _lines(what: str, times: Mapping[str, list[float]]) -> Iterator[Line]:
    what = f"{what}, {LONG:,} entries"
    yield compared(what, times, APP_LONG, APP_SHORT, bound=1.5)
    if TABLE in times:
        yield compared(what, times, APP_LONG, TABLE, bound=1.0)


class _Typist:
    """Presses keys in a terminal and looks for what they did, once nothing moves any more."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self._number = 0

    def down(self) -> float:
        """Return how long the cursor takes to the row below."""
        return self._pressed(DOWN, lambda frames: frames[0].when)

    def _pressed(self, keys: bytes, when: Callable[[list[Frame]], float]) -> float:
        """Press keys; return the milliseconds to the moment that is found in the frames that they brought."""
        before = len(self.terminal.frames)
        sent = self.terminal.send(keys)
        self.terminal.read(2)
        self.terminal.settle(QUIET)
        frames = self.terminal.frames[before:]
        if not frames:
            raise ValueError(f"{keys!r} changed nothing:\n{self.terminal.text}")
        return (when(frames) - sent) * 1000

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

        return self._pressed(keys, final)


class _App(_Typist):
    """The program, on the home screen of a store with one session at first."""

    def open(self) -> float:
        """Return how long the session takes to stand on the screen; go to it from home."""
        if "Incident" in self.terminal.text:
            self._go_home()
        return self._pressed(ENTER, lambda frames: frames[-1].when)

    def timeline(self) -> float:
        """Return how long the timeline takes, in a session that was opened anew."""
        if "Timeline   saved" in self.terminal.text:
            self._go_home()
            self._quietly(ENTER)
        return self._pressed(TAB, lambda frames: frames[-1].when)

    def letter(self) -> float:
        """Return how long a letter takes, typed after the beginning of a line; the line is emptied again."""
        if self._number == 0:
            self._quietly(FIRST_ROW)
            self._quietly(b"+5m ")
        self._number += 1
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
        if self._number and "› +5m" in self.terminal.text:
            self._quietly(b"\x15")
        self._number += 1
        return f"n{self._number}."

    def _go_home(self) -> None:
        self._quietly(GO_TO)
        self._quietly(b"home")
        self._quietly(ENTER)


class _Table(_Typist):
    """The app with a bare table."""

    def timeline(self) -> float:
        """Return how long a new table takes."""
        return self._pressed(b"o", lambda frames: frames[-1].when)

    def edit(self) -> float:
        """Return how long the row takes to stand there as edited."""
        self._number += 1
        self._quietly(DOWN)
        return self._until_shown(b"e", f"n{self._number}.")

    def insert(self) -> float:
        """Return how long a row takes to stand where its time puts it."""
        self._number += 1
        return self._until_shown(b"i", f"n{self._number}.")
