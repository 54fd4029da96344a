"""Power cuts, on a model of a disk: what the store did is traced, and cut off after each step."""

import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath

from facilitator.store.errors import StoreError, UnknownIdError
from facilitator.store.history import state
from facilitator.store.store import Store
from facilitator.store.summaries import Broken
from tests.torture import tracing
from tests.torture.disk import Files, acknowledged, put_down, states
from tests.torture.options import Options
from tests.torture.recorder import recorded
from tests.torture.reporting import Line
from tests.torture.states import ID, number_of, save_next, state_at
from tests.torture.tape import Acknowledged, Names, Op, SyncFile, SyncFolder, Write
from tests.torture.traced import save_in_store

STORE = "store"
"""The name of the store on the disk."""

SAVES = 8
STATES_OF_A_CUT = 40
SEED = 7

Check = Callable[[Path, int], str]
"""Looks at a folder, given the last number that was acknowledged; returns what is wrong, or nothing."""


def lines(options: Options) -> Iterator[Line]:
    """Trace saves, look at their order, and cut the power after each step."""
    folder = options.folder / "power"
    folder.mkdir()
    by = "strace" if tracing.is_here() else "recorder in Python"
    ops = _traced("store", folder) if tracing.is_here() else _recorded(folder)
    saves = sum(isinstance(op, Acknowledged) for op in ops)
    yield Line(f"order of syncs, by {by}", f"{saves} saves, {len(ops)} steps", out_of_order(ops), _per_save(ops, saves))
    yield _cut("power cut after each step", ops, check_store)
    without_files = [op for op in ops if not isinstance(op, SyncFile)]
    yield _cut("the same, did the store not sync files", without_files, check_store, compared=True)
    without_folders = [op for op in ops if not isinstance(op, SyncFolder)]
    yield _cut("the same, did it not sync folders", without_folders, check_store, compared=True)
    if tracing.is_here():
        yield _cut("the same, TinyDB's own storage", _traced("stock", folder), check_stock, compared=True)


def out_of_order(ops: Sequence[Op]) -> dict[str, int]:
    """Count session files put in place before they were synced, and acknowledgements before that was durable."""
    unsynced: set[int] = set()
    loose = False
    wrong = Counter({"in place unsynced": 0, "acknowledged too early": 0})
    for op in ops:
        if isinstance(op, Write):
            unsynced.add(op.file)
        elif isinstance(op, SyncFile):
            unsynced.discard(op.file)
        elif isinstance(op, SyncFolder) and op.folder == STORE:
            loose = False
        elif isinstance(op, Names):
            placed = [file for name, file in op.names.items() if file and _is_session(name)]
            wrong["in place unsynced"] += any(file in unsynced for file in placed)
            loose = loose or bool(placed)
        elif isinstance(op, Acknowledged):
            wrong["acknowledged too early"] += loose
    return dict(wrong)


def cut_everywhere(ops: Sequence[Op], check: Check, most: int = STATES_OF_A_CUT) -> Counter[str]:
    """Cut the power after each step; return how many cuts and states there were, and what was wrong with these."""
    found: Counter[str] = Counter()
    chance, seen = random.Random(SEED), set()
    room = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="power-", dir=room) as folder:
        for length in range(len(ops) + 1):
            found["cuts"] += 1
            last = acknowledged(ops[:length])
            for files in states(ops[:length], chance, most):
                key = (last, _digest(files))
                if key in seen:
                    continue
                seen.add(key)
                found["states"] += 1
                put_down(files, Path(folder, "disk"))
                found[check(Path(folder, "disk"), last) or "well"] += 1
                shutil.rmtree(Path(folder, "disk"))
    return found


def check_store(folder: Path, last: int) -> str:
    """Open the session, look whether every acknowledged save is in it, and save once more."""
    store = Store(folder / STORE, cache=folder / "cache", who="after the cut")
    try:
        if any(isinstance(each, Broken) for each in store.summaries()):
            return "unreadable"
        opened = store.open(ID)
        number = number_of(opened.session)
        if number < last or opened.session != state_at(number):
            return "lost"
        saved = save_next(store, opened)
    except UnknownIdError:
        return "lost" if last >= 0 else ""
    except StoreError:
        return "unreadable"
    return "" if state(store.history(ID)) == saved.session == store.open(ID).session else "history wrong"


def check_stock(folder: Path, last: int) -> str:
    """Read the file of TinyDB's own storage."""
    try:
        number = int(json.loads((folder / STORE / "stock.json").read_text(encoding="utf-8"))["session"][ID]["trigger"])
    except FileNotFoundError:
        return "lost" if last >= 0 else ""
    except ValueError:
        return "unreadable" if last >= 0 else ""
    return "lost" if number < last else ""


def _cut(what: str, ops: Sequence[Op], check: Check, *, compared: bool = False) -> Line:
    found = cut_everywhere(ops, check)
    tried = f"{found['cuts']:,} cuts, {found['states']:,} states"
    wrong = {name: found[name] for name in ("lost", "unreadable", "history wrong")}
    return Line(what, tried, {} if compared else wrong, wrong if compared else {}, compared=compared)


def _traced(kind: str, folder: Path) -> list[Op]:
    root = folder / kind
    root.mkdir()
    command = [sys.executable, "-m", "tests.torture.traced", kind, str(root / STORE), str(SAVES)]
    return tracing.traced(command, root, folder / f"{kind}.strace").ops


def _recorded(folder: Path) -> list[Op]:
    with recorded(folder) as tape:
        save_in_store(folder / STORE, SAVES, tape.acknowledge)
    return tape.ops


def _per_save(ops: Sequence[Op], saves: int) -> dict[str, object]:
    syncs = sum(isinstance(op, SyncFile | SyncFolder) for op in ops)
    return {"syncs a save": f"{syncs / saves:.1f}"}


def _is_session(name: str) -> bool:
    path = PurePosixPath(name)
    return str(path.parent) == STORE and path.suffix == ".json" and not path.name.startswith(".")


def _digest(files: Files) -> str:
    parts = (f"{name}\0{None if data is None else sha256(data).hexdigest()}" for name, data in sorted(files.items()))
    return sha256("\0".join(parts).encode()).hexdigest()
