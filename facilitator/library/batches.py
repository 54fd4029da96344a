"""What is in the files of a store, some at a time; where there are many, another process reads them.

Reading takes Python as long as SQLite takes to make what was read searchable, so that two processes take half as long.
"""

import gc
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from facilitator.library.reading import read
from facilitator.library.rows import Row, file_row, row

StructT = TypeVar("StructT", bound=msgspec.Struct)

Rank = tuple[bool, int, str]
"""What decides which of several files of one session counts, as `Read.rank` has it."""

# What is read of so many files mostly fits into the pipe, so that neither process waits for the other at once.
_SIZE = 64
_PIPE = 1024 * 1024
_WORTH_A_PROCESS = 2_000
_LENGTH_BYTES = 8


class Batch(msgspec.Struct, array_like=True):
    """Some files of a store as they were read, and the rows of the sessions in them, each with the rank of its file."""

    count: int
    files: list[tuple[object, ...]]
    rows: list[tuple[Rank, Row]]


class _Wanted(msgspec.Struct, array_like=True):
    """What another process is to read. Names of files are bytes: they need not be text."""

    folder: bytes
    parts: list[list[bytes]]


def batches(folder: Path, names: list[str]) -> Generator[Batch]:
    """Yield what is in these files of a store, in their order."""
    parts = [names[start : start + _SIZE] for start in range(0, len(names), _SIZE)]
    done = 0
    if len(names) >= _WORTH_A_PROCESS:
        for batch in _read_elsewhere(folder, parts):
            done += 1
            yield batch
    for part in parts[done:]:
        yield _read(folder, part)


def _read(folder: Path, names: list[str]) -> Batch:
    found = [each for name in names if (each := read(folder, name)) is not None]
    rows = [(each.rank, row(each, each.session)) for each in found if each.session is not None]
    return Batch(len(names), [file_row(each) for each in found], rows)


def _read_elsewhere(folder: Path, parts: list[list[str]]) -> Generator[Batch]:
    """Yield what another process reads, which makes the next batch meanwhile; fewer, if it cannot go on."""
    wanted = _Wanted(os.fsencode(folder), [[os.fsencode(name) for name in part] for part in parts])
    with (
        suppress(OSError, msgspec.DecodeError),
        subprocess.Popen(
            # Without -P a module in the working folder could be taken for one of ours.
            [sys.executable, "-P", "-m", "facilitator.library.batches"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_PIPE,
        ) as other,
    ):
        try:
            if other.stdin is not None and other.stdout is not None:
                _send(other.stdin, wanted)
                for _ in parts:
                    yield _received(other.stdout, Batch)
        finally:
            other.kill()


def _send(stream: IO[bytes], value: msgspec.Struct) -> None:
    told = msgspec.msgpack.encode(value)
    stream.write(len(told).to_bytes(_LENGTH_BYTES) + told)
    stream.flush()


def _received(stream: IO[bytes], kind: type[StructT]) -> StructT:
    """Return what was sent. Raises msgspec.DecodeError when the other process has ended."""
    return msgspec.msgpack.decode(stream.read(int.from_bytes(stream.read(_LENGTH_BYTES))), type=kind)


def _serve() -> None:
    """Be the other process."""
    gc.disable()  # nothing that is read goes round in a circle
    wanted = _received(sys.stdin.buffer, _Wanted)
    folder = Path(os.fsdecode(wanted.folder))
    for part in wanted.parts:
        _send(sys.stdout.buffer, _read(folder, [os.fsdecode(name) for name in part]))


if __name__ == "__main__":
    _serve()
