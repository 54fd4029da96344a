"""Nobody types: what the program takes of a core, and of memory."""

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.app.terminal import ENTER, F8, PROGRAM, TAB, Terminal
from tests.benchmarks.measuring import Line
from tests.benchmarks.workshop import APPS, LONG, Workshop

REST, WATCHED = 1.0, 60.0
EMPTY, HOME, SESSION = "empty Textual app", "home, 10,000 sessions", f"timeline of {LONG:,} entries"
MEETING = f"the clock of a meeting, {LONG:,} entries"
BEGIN_A_MEETING = (F8, ENTER, F8, ENTER)
"""Choose the first agenda, and begin."""


def lines(workshop: Workshop) -> Iterator[Line]:
    """Watch the home screen and a session, beside an app without anything, all at once."""
    store = workshop.timeline(LONG)
    session_id = getattr(store.summaries()[0], "id", "")
    in_meeting = workshop.timeline(LONG)
    commands = {
        EMPTY: ([sys.executable, str(APPS / "empty.py")], None),
        HOME: ([PROGRAM], workshop.many),
        SESSION: ([PROGRAM, "open", session_id], store.path),
        MEETING: ([PROGRAM, "open", session_id], in_meeting.path),
    }
    with ExitStack() as stack:
        terminals = {
            name: stack.enter_context(workshop.terminal(command, store)) for name, (command, store) in commands.items()
        }
        for terminal in terminals.values():
            terminal.read(10)
            terminal.settle(0.3)
        terminals[SESSION].send(TAB)
        for key in BEGIN_A_MEETING:
            terminals[MEETING].send(key)
            terminals[MEETING].settle(0.5)
        for path in store.path.glob("*.json"):
            os.utime(path)  # as tools that copy and synchronise do: it is read again once, and not at every look
        _wait(terminals, REST)
        before = {name: _cpu(terminal) for name, terminal in terminals.items()}
        began = time.monotonic()
        _wait(terminals, WATCHED)
        watched = time.monotonic() - began
        used = {name: (_cpu(terminal) - before[name]) / watched * 100 for name, terminal in terminals.items()}
        memory = {name: _memory(terminal) for name, terminal in terminals.items()}
    for name in (HOME, SESSION, MEETING):
        yield Line(f"idle: {name}", used[name], "% core", EMPTY, used[EMPTY], limit=0.5)
    for name in (HOME, SESSION):
        yield Line(f"memory: {name}", memory[name], "MiB", EMPTY, memory[EMPTY], memory[name] / memory[EMPTY])


def _wait(terminals: dict[str, Terminal], seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(left, 0.1))
        for terminal in terminals.values():
            terminal.read(0)


def _cpu(terminal: Terminal) -> float:
    """Return the seconds that all threads have been running; the clock of /proc/PID/stat is too coarse here."""
    threads = Path(f"/proc/{terminal.process.pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


def _memory(terminal: Terminal) -> float:
    status = Path(f"/proc/{terminal.process.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0
