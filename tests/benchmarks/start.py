"""From the start of the process to a screen that stands still."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.app.terminal import PROGRAM
from tests.benchmarks.measuring import Line, compared, interleaved
from tests.benchmarks.workshop import APPS, Workshop

ROUNDS = 9
QUIET = 0.3
EMPTY, PANES, HOME, SESSION = "empty Textual app", "three panes, Input, Footer", "home", "session"


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure the home screen and a session against an app without anything, and against one of the same form."""
    many = workshop.many
    opened = workshop.timeline(40)
    session_id = opened.summaries()[0]
    tasks = {
        EMPTY: _task(workshop, [sys.executable, str(APPS / "empty.py")]),
        PANES: _task(workshop, [sys.executable, str(APPS / "three_panes.py")]),
        HOME: _task(workshop, [PROGRAM], many, "10,000 sessions"),
        SESSION: _task(workshop, [PROGRAM, "open", getattr(session_id, "id", "")], opened.path, "saved"),
    }
    times = interleaved(ROUNDS, tasks)
    yield compared("start, 10,000 sessions in the store", times, HOME, EMPTY, bound=1.8)
    yield compared("start, 10,000 sessions in the store", times, HOME, PANES)
    yield compared("start on a session of 14 KB", times, SESSION, EMPTY, bound=1.8)
    yield compared("start of three panes, for comparison", times, PANES, EMPTY)


def _task(
    workshop: Workshop, command: Sequence[str], store: Path | None = None, expected: str = ""
) -> Callable[[], float]:
    def task() -> float:
        with workshop.terminal(command, store) as terminal:
            terminal.read(10)
            terminal.settle(QUIET)
            if expected not in terminal.text:
                raise ValueError(f"{expected!r} is not on the screen:\n{terminal.text}")
            return (terminal.frames[-1].when - terminal.started) * 1000

    return task
