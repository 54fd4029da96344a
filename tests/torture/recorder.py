"""A tape recorded within Python, where no program can trace another one."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.torture.calls import hooked
from tests.torture.tape import Tape


@contextlib.contextmanager
def recorded(folder: Path) -> Iterator[Tape]:
    """Record what this program does to a folder through `os`."""
    tape = Tape(str(folder))

    def hook(name: str, real: Any, *arguments: Any, **named: Any) -> Any:
        result = real(*arguments, **named)
        _take(tape, name, arguments, result)
        return result

    with hooked(hook):
        yield tape


def _take(tape: Tape, name: str, arguments: Sequence[Any], result: Any) -> None:
    match name:
        case "open":
            tape.open(os.fspath(arguments[0]), arguments[1], result)
        case "close":
            tape.close(arguments[0])
        case "write":
            tape.write(arguments[0], bytes(arguments[1])[:result])
        case "writev":
            tape.write(arguments[0], b"".join(arguments[1])[:result])
        case "fsync":
            tape.sync(arguments[0])
        case "replace" | "rename":
            tape.rename(*map(os.fspath, arguments[:2]))
        case "link":
            tape.link(*map(os.fspath, arguments[:2]))
        case "unlink":
            tape.unlink(os.fspath(arguments[0]))
        case "mkdir":
            tape.mkdir(os.fspath(arguments[0]))
