"""A tape of what the system itself saw a program do, by strace."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.torture.tape import Tape

_CALLS = (
    "open", "openat", "creat", "close", "write", "writev", "pwrite64", "pwritev", "lseek", "ftruncate",
    "fsync", "fdatasync", "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat",
)  # fmt: skip
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(?: .*)?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_ACKNOWLEDGED = re.compile(rb"ack (\d+)\n")
_ON_NAMES: Mapping[str, Callable[..., None]] = {
    "rename": Tape.rename,
    "renameat": Tape.rename,
    "renameat2": Tape.rename,
    "link": Tape.link,
    "linkat": Tape.link,
    "unlink": Tape.unlink,
    "unlinkat": Tape.unlink,
    "mkdir": Tape.mkdir,
    "mkdirat": Tape.mkdir,
}
_FLAGS = ("O_CREAT", "O_APPEND", "O_TRUNC")


def is_here() -> bool:
    """Tell whether a program can be traced here."""
    program = shutil.which("strace")
    if program is None:
        return False
    return subprocess.run([program, "-e", "trace=none", "true"], capture_output=True, check=False).returncode == 0


def traced(command: Sequence[str], folder: Path, log: Path) -> Tape:
    """Run a command, which writes "ack NUMBER" to its output when a save is acknowledged; return what it did."""
    wanted = ",".join(f"?{name}" for name in _CALLS)
    options = ["strace", "-f", "-xx", "-s", "100000000", "-e", f"trace={wanted}", "-e", "signal=none", "-o", str(log)]
    subprocess.run([*options, *command], stdout=subprocess.DEVNULL, check=True)
    tape = Tape(str(folder))
    with log.open(encoding="ascii") as lines:
        for line in lines:
            found = _LINE.fullmatch(line.rstrip("\n"))
            if found and int(found[3]) >= 0:
                _take(tape, found[1], found[2], int(found[3]))
    return tape


def _take(tape: Tape, name: str, arguments: str, result: int) -> None:
    texts = [bytes.fromhex(each.replace("\\x", "")) for each in _TEXT.findall(arguments)]
    if name in ("open", "openat", "creat"):
        flags = sum(getattr(os, flag) for flag in _FLAGS if flag in arguments)
        tape.open(os.fsdecode(texts[0]), flags, result)
    elif name in _ON_NAMES:
        _ON_NAMES[name](tape, *map(os.fsdecode, texts))
    else:
        _take_descriptor(tape, name, arguments.split(","), b"".join(texts), result)


def _take_descriptor(tape: Tape, name: str, arguments: Sequence[str], data: bytes, result: int) -> None:
    descriptor = int(arguments[0])
    match name:
        case "close":
            tape.close(descriptor)
        case "write" | "writev" if descriptor == 1:
            for each in _ACKNOWLEDGED.findall(data):
                tape.acknowledge(int(each))
        case "write" | "writev":
            tape.write(descriptor, data[:result])
        case "lseek":
            tape.seek(descriptor, result)
        case "ftruncate":
            tape.cut(descriptor, int(arguments[1]))
        case "fsync" | "fdatasync":
            tape.sync(descriptor)
        case _:
            raise ValueError(f"{name} is not understood: {arguments}")
