"""Building the index of a store from nothing: read, sorted by date, and written to a new file."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from facilitator.library.batches import Batch, Rank, batches
from facilitator.library.rows import INDEXES, SCHEMA, SET_RANK, Row, delete, insert
from facilitator.store.storage import Revision

Progress = Callable[[int, int], None]
"""Told how many files are read, and how many there are."""

_HELD = 100
_MEMORY = 16 * 1024 * 1024


class _Filling:
    """What is known of the rows that are in an index that is being built."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._next: dict[int, int] = {}
        self._taken: dict[str, tuple[Rank, int]] = {}
        self._copies: list[tuple[Rank, Row]] = []
        self._held: list[tuple[Rank, Row]] = []

    def add(self, batch: Batch, *, last: bool) -> None:
        """Put in what was read.

        Some rows are held back until the `last` batch, so that they stand in line with those of the next one: files are
        named by the day of the incident, more or less. Rows that do not rise make the full-text table write out what it
        has gathered.
        """
        rows: list[tuple[int, Row]] = []
        waiting = sorted(self._held + batch.rows, key=_place)
        self._held = [] if last else waiting[-_HELD:]
        for rank, made in waiting if last else waiting[:-_HELD]:
            if made.id in self._taken:
                self._copies.append((rank, made))
            else:
                rows.append((self._take(rank, made), made))
        insert(self._db, rows)
        self._db.executemany("INSERT INTO files VALUES(?, ?, ?, ?, ?, ?)", batch.files)

    def settle(self) -> None:
        """Where there are copies of a session, put the one that counts into the place of another."""
        for rank, made in self._copies:
            before, number = self._taken[made.id]
            if rank < before:
                delete(self._db, number)
                number = self._take(rank, made)
                insert(self._db, [(number, made)])

    def _take(self, rank: Rank, made: Row) -> int:
        number = self._next.get(made.base, made.base)
        self._next[made.base] = number + 1
        self._taken[made.id] = (rank, number)
        return number


def build(path: Path, folder: Path, seen: Mapping[str, Revision], stamp: int, told: Progress | None = None) -> None:
    """Write the index of the files that were `seen` in a store to a file that is empty.

    `stamp` is that of the folder before they were seen. Raises OSError and sqlite3.Error.
    """
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        # The file counts only when it is complete, so nothing needs to be undone.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE"):
            db.execute(f"PRAGMA {pragma}").fetchall()
        db.execute("PRAGMA cache_size=-64000")
        db.executescript(SCHEMA)
        _tune(db, hashsize=_MEMORY, automerge=0)
        db.execute("BEGIN")
        filling = _Filling(db)
        done = 0
        with closing(batches(folder, sorted(seen))) as found:
            for batch in found:
                done += batch.count
                filling.add(batch, last=done == len(seen))
                if told is not None:
                    told(done, len(seen))
        filling.settle()
        for statement in INDEXES:
            db.execute(statement)
        db.execute("INSERT INTO found(found) VALUES('optimize')")
        _tune(db, hashsize=1024 * 1024, automerge=4)
        db.execute(SET_RANK)
        db.executemany("INSERT INTO meta VALUES(?, ?)", (("store", str(folder)), ("stamp", stamp)))
        db.execute("COMMIT")
    finally:
        db.close()


def _place(pair: tuple[Rank, Row]) -> tuple[int, Rank]:
    return pair[1].base, pair[0]


def _tune(db: sqlite3.Connection, **options: int) -> None:
    for option in options.items():
        db.execute("INSERT INTO found(found, rank) VALUES(?, ?)", option)
