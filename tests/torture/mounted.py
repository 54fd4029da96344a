"""Saves on a disk that is full, or mounted for reading only: small ones in memory, which only this process sees.

Run as a script within a mount namespace of its own: `python -m tests.torture.mounted FOLDER`.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec

from facilitator.store.errors import SaveError
from tests.torture.reporting import Line, times
from tests.torture.trial import WRONG, trial

_SIZE = "size=256k"
_LEFT = (0, 1, 4_096, 8_192, 12_288)
"""How much room is left on a full disk, in bytes: a save fails when it makes a file, or later on."""


def lines(folder: Path) -> Iterator[Line]:
    """Run this module where it may mount something."""
    whats = ("a disk that is full", "a disk for reading only")
    command = [*_apart(), sys.executable, "-m", "tests.torture.mounted", str(folder)]
    if not _may_mount(folder):
        yield from (Line(what, not_run="this user may not mount a disk here") for what in whats)
        return
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    for what, found in zip(whats, msgspec.json.decode(told, type=list[dict[str, int]]), strict=True):
        yield Line(what, times(found["trials"]), {name: found.get(name, 0) for name in WRONG})


def main(folder: Path) -> None:
    """Mount, try, and print what was found."""
    full: Counter[str] = Counter()
    for left in _LEFT:
        with _disk(folder / f"full-{left}") as disk:
            full += trial(disk / "in", partial(_filled, left), SaveError)
    with _disk(folder / "read-only") as disk:
        only = trial(disk / "in", _read_only, SaveError)
    sys.stdout.buffer.write(msgspec.json.encode([full, only]))


@contextlib.contextmanager
def _disk(folder: Path) -> Iterator[Path]:
    _mount("-t", "tmpfs", "-o", _SIZE, "none", str(folder), make=folder)
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@contextlib.contextmanager
def _filled(left: int, path: Path) -> Iterator[None]:
    """Fill the disk but for some bytes, as far as it gives room in pages."""
    ballast = path.parents[2] / "ballast"
    free = os.statvfs(path.parent).f_bavail * os.statvfs(path.parent).f_frsize
    ballast.write_bytes(bytes(max(0, free - left)))
    yield
    ballast.unlink()


@contextlib.contextmanager
def _read_only(path: Path) -> Iterator[None]:
    disk = str(path.parents[2])
    _mount("-o", "remount,ro", disk)
    yield
    _mount("-o", "remount,rw", disk)


def _mount(*arguments: str, make: Path | None = None) -> None:
    if make is not None:
        make.mkdir(parents=True)
    subprocess.run(["mount", *arguments], check=True)


def _apart() -> list[str]:
    """Return the command by which another one runs with mounts of its own."""
    return ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]


def _may_mount(folder: Path) -> bool:
    if shutil.which("unshare") is None:
        return False
    folder.mkdir(parents=True)
    command = [*_apart(), "mount", "-t", "tmpfs", "-o", _SIZE, "none", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
