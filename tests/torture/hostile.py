"""A store full of hostile things: it is listed, opened and examined soon, and nothing in or outside it is harmed."""

import os
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from facilitator.store import codec
from facilitator.store.naming import SUFFIX
from facilitator.store.storage import MAX_BYTES, WORKING
from facilitator.store.store import TRASH, Store
from tests.app.terminal import PROGRAM, environment
from tests.torture.each_call import LONG_AGO
from tests.torture.options import Options
from tests.torture.reporting import Line
from tests.torture.states import ID, state_at

SOON = 20.0
"""Seconds within which each command must end."""

DEEP = 100_000
COMMANDS: dict[str, tuple[str, ...]] = {
    "list": ("list",),
    "show": ("show", ID),
    "export": ("export", ID),
    "doctor": ("doctor",),
    "doctor --repair": ("doctor", "--repair", "--yes"),
    "edit, which saves": ("edit", ID),
    "delete": ("delete", ID, "--yes"),
}
WRONG = ("hung", "crashed", "escape sequences", "harmed outside", "harmed inside")


def lines(options: Options) -> Iterator[Line]:
    """Run each command on a store of its own."""
    for kind, make in KINDS.items():
        for number, (what, command) in enumerate(COMMANDS.items()):
            folder = options.folder / f"{kind}-{number}".replace(" ", "-")
            folder.mkdir()
            yield _line(f"{kind}: {what}", command, folder, make(folder))


def _line(what: str, command: tuple[str, ...], folder: Path, path: Path) -> Line:
    store, outside = folder / "store", folder / "outside"
    before, inside = looks(outside), looks(store, path)
    # The editor changes the text, so that there is something to save.
    env = environment(folder, FACILITATOR_STORE=str(store), EDITOR="sh -c 'echo changed >> \"$0\"'", VISUAL="")
    began = time.monotonic()
    wrong = dict.fromkeys(WRONG, 0)
    code: object = "none"
    try:
        done = subprocess.run(
            [PROGRAM, *command],
            env=env,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SOON,
            check=False,
        )
    except subprocess.TimeoutExpired:
        wrong["hung"] = 1
    else:
        code = done.returncode
        wrong["crashed"] = int(done.returncode not in (0, 1, 2) or b"Traceback" in done.stderr)
        wrong["escape sequences"] = (done.stdout + done.stderr).count(b"\x1b")
    took = time.monotonic() - began
    after = looks(outside)
    harmed = [name for name in before | after if before.get(name) != after.get(name)]
    wrong["harmed outside"] = len(harmed)
    found: dict[str, object] = {"exit code": code, "s": f"{took:.1f}"}
    details = [f"outside: {name}" for name in harmed]
    there = looks(store, path)
    # A repair moves what is broken aside.
    lost = sum(there.get(name) != each for name, each in inside.items()) if "--repair" not in command else 0
    wrong["harmed inside"] = lost
    return Line(what, f"{len(inside)} things in the store", wrong, found, details=tuple(details))


def _store(folder: Path) -> Path:
    """Make a store with a session and what somebody hostile may have put beside it; return the session's file."""
    store, outside = folder / "store", folder / "outside"
    outside.mkdir()
    path = Store(store, cache=folder / "cache").create(state_at(0)).path
    (outside / "secret.json").write_bytes(codec.dumps(msgspec.structs.replace(state_at(1), id="01SECRET")))
    (outside / path.name).write_text("not yours")
    for name, put in _things(outside).items():
        for place in (store, store / TRASH, store / WORKING / "history", store / WORKING / "backup"):
            place.mkdir(exist_ok=True)
            put(place / (f"{name}{SUFFIX}l" if place.name == "history" else f"{name}{SUFFIX}"))
    return path


def _store_with_links(folder: Path) -> Path:
    """Make a store in which the places that the program writes to lead out of it."""
    store, outside = folder / "store", folder / "outside"
    path = Store(store, cache=folder / "cache").create(state_at(0)).path
    for name in ("backup", "history", "daily", "open", "trash", "aside"):
        (outside / name / path.stem).mkdir(parents=True)
        if name != "backup":  # it is one minute old when it is replaced
            for taken in (path.name, f"{ID}.jsonl"):
                (outside / name / taken).write_text("not yours")
        (store / (name if name == TRASH else f"{WORKING}/{name}")).symlink_to(outside / name)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def _store_with_a_linked_lock(folder: Path) -> Path:
    """Make a store whose lock leads out of it."""
    store, outside = folder / "store", folder / "outside"
    outside.mkdir()
    path = Store(store, cache=folder / "cache").create(state_at(0)).path
    (store / WORKING / "lock").unlink()
    (store / WORKING / "lock").symlink_to(outside / "made by following")
    return path


KINDS: dict[str, Callable[[Path], Path]] = {
    "hostile things": _store,
    "links that lead out": _store_with_links,
    "a lock that leads out": _store_with_a_linked_lock,
}
"""Kinds of stores, by how they are made; the result is the file of the session in it."""


def _things(outside: Path) -> dict[str, Callable[[Path], object]]:
    things: dict[str, Callable[[Path], object]] = {
        "pipe": os.mkfifo,
        "folder": Path.mkdir,
        "loop": lambda path: path.symlink_to(path),
        "nowhere": lambda path: path.symlink_to(outside / "made by following.json"),
        "zero": lambda path: path.symlink_to("/dev/zero"),
        "elsewhere": lambda path: path.symlink_to(outside / "secret.json"),
        "deep": lambda path: path.write_text("[" * DEEP + "]" * DEEP),
        "deep-objects": lambda path: path.write_text('{"a":' * DEEP + "1" + "}" * DEEP),
        "large": _large,
        "nothing": Path.touch,
        "zeros": lambda path: path.write_bytes(bytes(100_000)),
        "\x1b]0;title\x07\x1b[2J": lambda path: path.write_text("{}"),
        "new\nline": lambda path: path.write_text("{}"),
        "\u202egnp.exe": lambda path: path.write_text("{}"),
        "\udcff\udcfe": lambda path: path.write_text("{}"),
    }
    if hasattr(os, "mknod") and os.geteuid() == 0:
        things["device"] = lambda path: os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    return things


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1024 * 1024)


def looks(folder: Path, but: Path | None = None) -> dict[str, Any]:
    """Return how everything in a folder looks, but for one session and what the program keeps of it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        own = but is not None and (path.stem == but.stem or path.name in ("lock", f"{ID}.jsonl"))
        if own or stat.S_ISDIR(path.lstat().st_mode):
            continue
        status = path.lstat()
        content = sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(status.st_mode) else ""
        link = os.fsencode(path.readlink()) if path.is_symlink() else b""
        found[str(path)] = (status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, content, link)
    return found
