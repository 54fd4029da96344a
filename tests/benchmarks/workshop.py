"""Where a run of the benchmarks happens: a temporary folder, and the stores in it, made when they are needed."""

import random
import subprocess
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from facilitator.store.store import Store
from tests.app.terminal import PROGRAM, Terminal, environment
from tests.benchmarks import made

SHORT, LONG = 50, 5_000
"""Entries of the timelines that are compared."""

APPS = Path(__file__).parent / "apps"


class Workshop:
    """The folder of a run, with the stores that benchmarks share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def many(self) -> Path:
        """A store of 10,000 sessions that the program has looked at before."""
        return self._store("many", 10_000)

    @cached_property
    def few(self) -> Path:
        """A store of 4 sessions that the program has looked at before."""
        return self._store("few", 4)

    def timeline(self, entries: int) -> Store:
        """Return a new store of one session with so many entries."""
        name = f"timeline-{entries}-{len(list(self.folder.iterdir()))}"
        held = made.session(random.Random(made.SEED), entries=entries)
        return made.store_with(self.folder / name, held)

    def environment(self, store: Path | None = None) -> dict[str, str]:
        """Return the environment of a program that works on a store."""
        return environment(self.folder, FACILITATOR_STORE=str(store or self.folder / "none"))

    def terminal(self, command: Sequence[str], store: Path | None = None) -> Terminal:
        """Start a program in a terminal."""
        return Terminal(command, self.environment(store), cwd=self.folder)

    def run(self, command: Sequence[str], store: Path | None = None) -> None:
        """Run a command to its end. Raises CalledProcessError."""
        env = self.environment(store)
        subprocess.run(command, env=env, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, check=True)

    def _store(self, name: str, count: int) -> Path:
        path = self.folder / name
        made.store_of(path, count)
        self.run([PROGRAM, "list"], path)
        return path
