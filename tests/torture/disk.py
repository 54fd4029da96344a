"""What may be on a disk after a power cut.

The model is weaker than the file systems in use. Until a file was synced, each of its writes may be there, be missing,
be there in part, or have left zeros. Until a folder was synced, any of the names that changed in it may be as before,
whatever their order; only what one call does to one folder is one step. Syncing a file says nothing of its name.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from tests.torture.tape import Acknowledged, Cut, Names, Op, SyncFile, SyncFolder, Write

Content = Write | Cut
Files = dict[str, bytes | None]
"""Names with what their files hold; None is a folder."""

_PAGE = 4096
VARIANTS = ("none", "all", "zeros", "first half", "second half", "some pages")


class _Change(NamedTuple):
    """Names that changed in one folder in one step."""

    folder: str
    names: dict[str, int | None]


class _Possible(NamedTuple):
    """What is on the disk for sure, in order, and what may be."""

    changes: list[tuple[_Change, bool]]
    writes: dict[int, list[tuple[Content, bool]]]


def acknowledged(ops: Sequence[Op]) -> int:
    """Return the number of the last save that was acknowledged, -1 when none was."""
    return max((op.number for op in ops if isinstance(op, Acknowledged)), default=-1)


def states(ops: Sequence[Op], chance: random.Random, most: int) -> Iterator[Files]:
    """Yield what may be there when the power is cut after these ops: all of it, or a sample of so many states."""
    possible = _possible(ops)
    unsure = [number for number, (_, sure) in enumerate(possible.changes) if not sure]
    pending = [file for file, writes in possible.writes.items() if not all(sure for _, sure in writes)]
    count = 2 ** len(unsure) * len(VARIANTS) ** len(pending)
    if count <= most:
        for kept in product((False, True), repeat=len(unsure)):
            for variants in product(VARIANTS, repeat=len(pending)):
                chosen = {number for number, keep in zip(unsure, kept, strict=True) if keep}
                yield _state(possible, chosen, dict(zip(pending, variants, strict=True)), chance)
        return
    for number in range(most):
        share = (0.0, 1.0, 0.5, 0.1, 0.9)[number % 5]
        chosen = {each for each in unsure if chance.random() < share}
        yield _state(possible, chosen, {file: chance.choice(VARIANTS) for file in pending}, chance)


def put_down(files: Files, folder: Path) -> None:
    """Make a folder that holds what is on the disk."""
    folder.mkdir()
    for name in sorted(files):
        data = files[name]
        if data is None:
            (folder / name).mkdir(exist_ok=True)
        else:
            (folder / name).write_bytes(data)


def _possible(ops: Sequence[Op]) -> _Possible:
    """Return what is certain and what is not, by the syncs that came after."""
    synced_files: set[int] = set()
    synced_folders: set[str] = set()
    changes: list[tuple[_Change, bool]] = []
    writes: dict[int, list[tuple[Content, bool]]] = {}
    for op in reversed(ops):
        if isinstance(op, SyncFile):
            synced_files.add(op.file)
        elif isinstance(op, SyncFolder):
            synced_folders.add(op.folder)
        elif isinstance(op, Write | Cut):
            writes.setdefault(op.file, []).append((op, op.file in synced_files))
        elif isinstance(op, Names):
            folders = {str(PurePosixPath(name).parent) for name in op.names}
            for folder in folders:
                names = {name: file for name, file in op.names.items() if str(PurePosixPath(name).parent) == folder}
                changes.append((_Change(folder, names), folder in synced_folders))
    return _Possible(changes[::-1], {file: each[::-1] for file, each in writes.items()})


def _state(possible: _Possible, chosen: set[int], variants: dict[int, str], chance: random.Random) -> Files:
    names: dict[str, int] = {}
    for number, (change, sure) in enumerate(possible.changes):
        if sure or number in chosen:
            for name, file in change.names.items():
                if file is None:
                    names.pop(name, None)
                else:
                    names[name] = file
    files: Files = {}
    for name in sorted(names):
        parent = str(PurePosixPath(name).parent)
        if parent == "." or (parent in files and files[parent] is None):
            file = names[name]
            files[name] = _content(possible.writes.get(file, []), variants.get(file, "all"), chance) if file else None
    return files


def _content(writes: Sequence[tuple[Content, bool]], variant: str, chance: random.Random) -> bytes:
    data = bytearray()
    for op, sure in writes:
        if isinstance(op, Cut):
            if sure or variant in ("all", "zeros"):
                del data[op.size :]
                data.extend(bytes(op.size - len(data)))
            continue
        pieces = [(op.start, op.data)] if sure else _partial(op, variant, chance)
        for start, piece in pieces:
            data.extend(bytes(max(0, start - len(data))))
            data[start : start + len(piece)] = piece
    return bytes(data)


def _partial(op: Write, variant: str, chance: random.Random) -> list[tuple[int, bytes]]:
    """Return what is there of a write that was not synced."""
    half = len(op.data) // 2
    match variant:
        case "none":
            return []
        case "zeros":
            return [(op.start, bytes(len(op.data)))]
        case "first half":
            return [(op.start, op.data[:half])]
        case "second half":
            return [(op.start + half, op.data[half:])]
        case "some pages":
            pages = range(0, len(op.data), _PAGE)
            return [(op.start + page, op.data[page : page + _PAGE]) for page in pages if chance.random() < 0.5]
    return [(op.start, op.data)]
