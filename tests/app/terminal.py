"""A program in a pseudo-terminal: keys go in, and the frames that it draws come out with the time of each.

What the program writes is kept with the time at which it came, and is put through a terminal emulator only when
somebody looks, so that emulation delays no measurement.
"""

import contextlib
import errno
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte

PROGRAM = str(Path(sys.executable).with_name("facilitator"))
"""The command that is tested, of the same environment as this interpreter."""

UP, DOWN, END = b"\x1b[A", b"\x1b[B", b"\x1b[F"
ENTER, TAB, SHIFT_TAB, F8 = b"\r", b"\t", b"\x1b[Z", b"\x1b[19~"

Cells = tuple[Any, ...]
"""The cells of one line, each with its character, colours and style."""

_BEGIN, _END = b"\x1b[?2026h", b"\x1b[?2026l"
_ANSWERS = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # frames can be held back until they are complete
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[6n": b"\x1b[1;1R",
}
_NOT_FOR_PYTE = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\[[0-9;]*t|\x1b\[[0-9]+ q|\x1b[P_][^\x1b]*\x1b\\"
)
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]P_][^\x07\x1b]*\x1b?)?\Z")
_NOT_INHERITED = re.compile(
    r"PYTHONDONTWRITEBYTECODE|PYTHONUNBUFFERED|LINES|COLUMNS|NO_COLOR|(?:FACILITATOR|TEXTUAL).*"
)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment whose home, settings, data and caches are below `folder`, and `more`.

    Bytecode is kept, whatever the environment here says: without it every start takes five times as long.
    """
    kept = {name: value for name, value in os.environ.items() if not _NOT_INHERITED.fullmatch(name)}
    own = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    fixed = {"HOME": str(folder), "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return {**kept, **own, **fixed, **more}


@dataclass(frozen=True, slots=True)
class Frame:
    """The screen as it was from the moment `when` on, on the monotonic clock."""

    when: float
    lines: tuple[Cells, ...]

    @property
    def text(self) -> str:
        """What can be read on it."""
        return "\n".join("".join(cell.data for cell in line).rstrip() for line in self.lines)


class Terminal:
    """A pseudo-terminal with a program in it, which is killed at the end of the `with` block."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        cwd: Path | None = None,
        columns: int = 120,
        rows: int = 36,
    ) -> None:
        self._screen = _Screen(columns, rows)
        self._chunks: list[tuple[float, bytes]] = []
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.set_blocking(self._master, False)
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=env, cwd=cwd, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        os.close(self._master)

    def send(self, data: bytes) -> float:
        """Type some bytes; return the moment right before."""
        sent = time.monotonic()
        with contextlib.suppress(OSError):
            os.write(self._master, data)
        return sent

    def read(self, seconds: float) -> bool:
        """Take in what comes within some seconds, once; return False when nothing came."""
        if not select.select([self._master], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self._master, 1 << 20)
        except BlockingIOError:
            return False
        except OSError as ended:
            if ended.errno != errno.EIO:
                raise
            return False
        self._chunks.append((time.monotonic(), data))
        for question, answer in _ANSWERS.items():
            if question in data:
                self.send(answer)
        return bool(data)

    def settle(self, quiet: float, timeout: float = 20.0) -> None:
        """Read until nothing has come for `quiet` seconds. Raises TimeoutError."""
        end = time.monotonic() + timeout
        while self.read(quiet):
            if time.monotonic() > end:
                raise TimeoutError(f"still drawing after {timeout} s:\n{self.text}")

    def wait_until(self, seen: Callable[[str], bool], timeout: float = 20.0) -> Frame:
        """Return the first frame from now on whose text is as wanted. Raises TimeoutError and EOFError."""
        end = time.monotonic() + timeout
        fresh = self.frames[-1:]
        while True:
            for frame in fresh:
                if seen(frame.text):
                    return frame
            ended = self.process.poll() is not None
            if not self.read(0.1) and ended:
                raise EOFError(f"the program ended with {self.process.returncode}:\n{self.text}")
            if time.monotonic() > end:
                raise TimeoutError(f"not seen within {timeout} s:\n{self.text}")
            known = len(self._screen.frames)
            fresh = self.frames[known:]

    @property
    def frames(self) -> list[Frame]:
        """All frames so far. One that the program has not completed is not among them."""
        for when, data in self._chunks:
            self._screen.feed(when, data)
        self._chunks.clear()
        return self._screen.frames

    @property
    def text(self) -> str:
        """What can be read on the screen now."""
        return self.frames[-1].text if self.frames else ""

    def vanish(self) -> None:
        """Close the terminal while the program runs, which is told of no hangup: it is in no terminal's session."""
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, self._master)
        os.close(nothing)

    def kill(self) -> None:
        """Kill the program and take in what it had written by then."""
        self.process.kill()
        self.process.wait()
        while self.read(0):
            pass


class _Screen:
    """Makes frames of bytes, each at the end of what the program marked as one frame."""

    def __init__(self, columns: int, rows: int) -> None:
        self.frames: list[Frame] = []
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._lines: list[Cells] = [()] * rows
        self._rest = b""

    def feed(self, when: float, data: bytes) -> None:
        """Take in some bytes that came at a moment."""
        *complete, rest = (self._rest + data).split(_END)
        for each in complete:
            self._draw(when, each)
        held = rest.find(_BEGIN)
        if held < 0 and (unfinished := _UNFINISHED.search(rest)):
            held = unfinished.start()
        if held < 0:
            held = len(rest)
        if rest[:held]:
            self._draw(when, rest[:held])
        self._rest = rest[held:]

    def _draw(self, when: float, data: bytes) -> None:
        self._screen.dirty.clear()
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data.replace(_BEGIN, b"")))
        for line in self._screen.dirty:
            row = self._screen.buffer[line]
            self._lines[line] = tuple(row[column] for column in range(self._screen.columns))
        lines = tuple(self._lines)
        if not self.frames or lines != self.frames[-1].lines:
            self.frames.append(Frame(when, lines))
