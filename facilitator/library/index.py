"""The index of a store while it is open: what changed in the store is taken in, and queries are answered."""

import contextlib
import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from facilitator.library import compiling
from facilitator.library.cache import BUSY
from facilitator.library.compiling import Sql
from facilitator.library.expressions import Query, Sort
from facilitator.library.facets import beginning, value_of
from facilitator.library.numbering import date_of, severity_of
from facilitator.library.texts import CROWD, TIERS
from facilitator.model.session import Severity

if TYPE_CHECKING:
    from facilitator.store.storage import Revision

_SESSIONS = "SELECT number, id, file, title, severity FROM sessions WHERE number IN"
_IDS = "SELECT number, id FROM sessions WHERE number IN"
_AT_ONCE = 50
_SETTLED = 100_000_000
_COARSE = 2_100_000_000
_SECOND = 1_000_000_000
_MOST_IN_A_LIST = 10_000


class Indexed(NamedTuple):
    """A session as it stands in the index; `score` is 0 unless sessions are sorted by relevance."""

    id: str
    file: str
    title: str
    date: date
    severity: Severity | None
    score: float


class WrongIndexError(sqlite3.DatabaseError):
    """A file that is not the index of this store."""


class Index:
    """An index that is open. Every call may raise sqlite3.Error; those of several threads come one after the other."""

    def __init__(self, path: Path, folder: Path) -> None:
        """Open the index in a file. Raises sqlite3.Error, WrongIndexError for that of another store, and OSError."""
        self.path = path
        self._folder = folder
        self._lock = Lock()
        # A file that has just gone must not be made anew, and empty, by opening it.
        path.stat()
        self._db = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def stamp(self) -> int:
        """Return the stamp of the folder for which the index is complete, or 0."""
        with self._lock:
            return int(self._meta("stamp") or 0)

    def files(self) -> "dict[str, Revision]":
        """Return the files as they are in the index."""
        from facilitator.library.keeping import files

        with self._lock:
            return files(self._db)

    def take_in(self, names: Iterable[str]) -> None:
        """Read these files again, as they are now or are no more, and put what is in them into the index."""
        # Imported where it is used: most runs find that nothing changed.
        from facilitator.library.keeping import keep
        from facilitator.library.reading import read

        waiting = list(names)
        for start in range(0, len(waiting), _AT_ONCE):
            found = {name: read(self._folder, name) for name in waiting[start : start + _AT_ONCE]}
            with self._lock:
                keep(self._db, self._folder, found)

    def settle(self, stamp: int, now: int) -> None:
        """Remember that the index is complete for a stamp of the folder, both in nanoseconds.

        A stamp that is very young tells nothing: the folder may change again within one tick of its clock.
        """
        young = now - stamp < (_SETTLED if stamp % _SECOND else _COARSE)
        with self._lock:
            self._db.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (0 if young else stamp,))

    def find(self, query: Query, limit: int | None = None, *, crowd: int = CROWD) -> list[Indexed]:
        """Return the sessions that a query asks for, in their order; a `crowd` of them comes by tiers."""
        with self._lock:
            scores = self._scores(query, limit, crowd)
            rows: dict[int, tuple[str, str, str, int | None]] = {}
            for start in range(0, len(scores), _MOST_IN_A_LIST):
                numbers = ",".join(str(number) for number, _ in scores[start : start + _MOST_IN_A_LIST])
                said = f"{_SESSIONS} ({numbers})"
                rows.update((each[0], each[1:]) for each in self._db.execute(said))
        return [_indexed(number, rows[number], score) for number, score in scores if number in rows]

    def ids(self, query: Query, limit: int | None = None, *, crowd: int = CROWD) -> list[str]:
        """Return the ids of the sessions that `find` gives, in a third of the time when there are many."""
        with self._lock:
            scores = self._scores(query, limit, crowd)
            found: dict[int, str] = {}
            for start in range(0, len(scores), _MOST_IN_A_LIST):
                numbers = ",".join(str(number) for number, _ in scores[start : start + _MOST_IN_A_LIST])
                found.update(self._db.execute(f"{_IDS} ({numbers})"))
        return [found[number] for number, _ in scores if number in found]

    def count(self, query: Query) -> int:
        """Return how many sessions a query asks for, whatever its limit."""
        asked = compiling.count(query)
        with self._lock:
            return int(self._db.execute(asked.text, asked.places).fetchone()[0])

    def numbers(self, query: Query) -> list[int]:
        """Return the numbers of the rows of the sessions that a query asks for, in their order."""
        with self._lock:
            return [number for number, _ in self._scores(query, query.limit, CROWD)]

    def rows(self, asked: Sql) -> list[tuple[Any, ...]]:
        """Return what a statement of our own gives that only reads."""
        with self._lock:
            return self._db.execute(asked.text, asked.places).fetchall()

    def values(self, field: str) -> dict[str, int]:
        """Return the values that a field has, folded, each with how many sessions have it."""
        start = beginning(field)
        with self._lock:
            rows = self._db.execute(
                "SELECT term, doc FROM temp.vocabulary WHERE term >= ? AND term < ?", (start, f"{start}g")
            ).fetchall()
        return {value_of(term): count for term, count in rows}

    def _scores(self, query: Query, limit: int | None, crowd: int) -> list[tuple[int, float]]:
        """Return the numbers of the sessions that are asked for, each with its score."""
        relevant = query.sorted_by.by is Sort.RELEVANCE
        first = self._numbers(compiling.tier(query, (), crowd + 1)) if relevant else []
        if len(first) <= crowd:
            asked = compiling.select(query, limit)
            return self._db.execute(asked.text, asked.places).fetchall()
        found: dict[int, float] = {}
        tiers = [*TIERS, ()]
        for place, columns in enumerate(reversed(tiers) if query.sorted_by.turned else tiers):
            known = not columns and limit is not None and limit <= len(first)
            numbers = first if known else self._numbers(compiling.tier(query, columns, limit))
            score = float(place + 1 if query.sorted_by.turned else len(tiers) - place)
            for number in numbers:
                found.setdefault(number, score)
            if limit is not None and len(found) >= limit:
                break
        return list(found.items())[:limit]

    def _numbers(self, asked: Sql) -> list[int]:
        return [row[0] for row in self._db.execute(asked.text, asked.places)]

    def _prepare(self) -> None:
        if self._meta("store") != str(self._folder):
            raise WrongIndexError(f"{self.path} is the index of another store")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA cache_size=-16000")
        self._db.execute("PRAGMA mmap_size=268435456")
        # Another program may be writing, or nothing may be written: reading works all the same.
        with contextlib.suppress(sqlite3.OperationalError):
            self._db.execute("PRAGMA journal_mode=WAL").fetchall()
        self._db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, found, row)")
        self._db.execute("SELECT count(*) FROM found WHERE found MATCH '\"none\"'").fetchone()

    def _meta(self, key: str) -> str | int | None:
        found = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return cast("str | int", found[0]) if found is not None else None


def _indexed(number: int, values: tuple[str, str, str, int | None], score: float) -> Indexed:
    identity, file, title, severity = values
    return Indexed(identity, file, title, date_of(number), severity_of(severity), score)
