"""The library of a store: queries answered by its index, or by the files where there is no index to be had.

What reads files is imported where it is used: it takes as long as all the rest, and most queries need it not at all.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from facilitator.library.cache import Cache, is_busy, is_refused, remove
from facilitator.library.expressions import Query
from facilitator.library.index import Index, Indexed
from facilitator.library.snippets import Snippet, shows, snippets
from facilitator.model.session import Session, Severity

if TYPE_CHECKING:
    from facilitator.library.build import Progress

AnswerT = TypeVar("AnswerT")

_FEW = 200


class Hit(msgspec.Struct, frozen=True):
    """A session that a query asks for.

    `date` is the day of the incident on the clock of its session, as ISO 8601; `score` is above 0 where sessions are
    sorted by relevance, and higher for what fits better; `snippets` say where the words are.
    """

    id: str
    title: str
    date: str
    severity: Severity | None
    score: float
    snippets: tuple[Snippet, ...]
    file: str


class Found(msgspec.Struct, frozen=True):
    """What was found: the sessions in their order, and whether the index answered or, slower, the files did."""

    hits: tuple[Hit, ...]
    indexed: bool


class Library:
    """All sessions of a store. Making one reads and writes nothing.

    `cache` is the folder for caches, the user's own unless given. Nothing raises an error because of the index: without
    one, every answer comes from the files.
    """

    def __init__(self, folder: Path, *, cache: Path | None = None) -> None:
        self.folder = folder
        self._cache_folder = cache
        self._cache: Cache | None = None
        self._index: Index | None = None

    def close(self) -> None:
        """Close the index."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def refresh(self, *, thorough: bool = False, told: "Progress | None" = None) -> bool:
        """Bring the index up to date, building it if there is none; tell whether it can answer now.

        That nothing changed is known by the time of the folder. A program that writes into a file in its place does not
        move that: when `thorough`, every file is looked at, as it is when the time has moved. Where another program is
        writing the index just now, what is there answers. Raises OSError when the store cannot be listed.
        """
        stamp = self._stamp()
        try:
            index = self._opened() or self._build(told)
            if index is None:
                return False
            if thorough or not stamp or index.stamp() != stamp:
                from facilitator.library.reading import look

                now = look(self.folder)
                before = index.files()
                changed = [name for name, revision in now.items() if before.get(name) != revision]
                changed += before.keys() - now.keys()
                if len(changed) > max(_FEW, len(before) // 4):
                    return self._build(told) is not None
                index.take_in(changed)
                index.settle(stamp, time.time_ns())
        except sqlite3.Error as error:
            return self._failed(error, refreshing=True)
        return True

    def reindex(self, told: "Progress | None" = None) -> bool:
        """Build the index anew; tell whether that was possible. Raises OSError when the store cannot be listed."""
        try:
            return self._build(told) is not None
        except sqlite3.Error as error:
            self._failed(error)
            return False

    def took_in(self, file: str) -> bool:
        """Take in one file of the store that was just saved or removed; tell whether the index has it now."""
        try:
            index = self._opened()
            if index is None:
                return False
            index.take_in([file])
        except sqlite3.Error as error:
            self._failed(error)
            return False
        return True

    def find(self, query: Query, limit: int | None = None, *, places: bool = True, ready: bool = True) -> Found:
        """Return what a query asks for: at most `limit` sessions, or those of the limit in the query.

        With `places` each session is read for its snippets, if there are any. Unless `ready`, as `refresh` told it, the
        files answer. Raises OSError when the store cannot be listed.
        """
        most = min((each for each in (limit, query.limit) if each is not None), default=None)
        indexed = self._indexed(query, most) if ready else None
        if indexed is not None:
            return Found(tuple(self._hits(query, indexed, places=places)), indexed=True)
        from facilitator.library import files

        limited = msgspec.structs.replace(query, limit=most)
        hits = (
            _hit(session, file, day, score, snippets(query, session) if places else ())
            for file, session, day, score in files.find(self.folder, limited)
        )
        return Found(tuple(hits), indexed=False)

    def count(self, query: Query, *, ready: bool = True) -> int:
        """Return how many sessions a query asks for, whatever its limit. Raises OSError as `find`."""
        try:
            index = self._opened() if ready else None
            if index is not None:
                return index.count(query)
        except sqlite3.Error as error:
            self._failed(error)
        from facilitator.library import files

        return files.count(self.folder, query)

    def values(self, field: str) -> dict[str, int]:
        """Return the values that a field has in this store, folded, each with how many sessions have it.

        Raises OSError as `find`.
        """
        try:
            index = self._opened()
            if index is not None:
                return index.values(field)
        except sqlite3.Error as error:
            self._failed(error)
        from facilitator.library import files

        return files.values(self.folder, field)

    def unreadable(self) -> int:
        """Return how many files of the store cannot be read as sessions, as far as the index knows; else 0."""
        from facilitator.library.compiling import Sql

        with suppress(sqlite3.Error):
            index = self._opened()
            if index is not None:
                return int(index.rows(Sql("SELECT count(*) FROM files WHERE id IS NULL", ()))[0][0])
        return 0

    def answer(
        self,
        asked: Callable[[Index], AnswerT],
        otherwise: Callable[[Iterator[tuple[str, Session]]], AnswerT],
        *,
        ready: bool = True,
    ) -> AnswerT:
        """Return what the index answers, or what follows from all sessions, each with the name of its file.

        Raises OSError as `find`.
        """
        try:
            index = self._opened() if ready else None
            if index is not None:
                return asked(index)
        except sqlite3.Error as error:
            self._failed(error)
        from facilitator.library import files

        return otherwise(files.sessions(self.folder))

    def _stamp(self) -> int:
        try:
            return self.folder.stat().st_mtime_ns
        except OSError:
            return 0

    def _place(self) -> Cache:
        if self._cache is None:
            if self._cache_folder is None:
                # Imported where it is used: it takes 20 ms.
                from platformdirs import user_cache_path

                self._cache_folder = user_cache_path("facilitator", appauthor=False)
            self._cache = Cache(self._cache_folder, self.folder)
        return self._cache

    def _opened(self) -> Index | None:
        """Return the index that counts now, or None when there is none. Raises sqlite3.Error."""
        newest = self._place().newest()
        if self._index is not None and self._index.path != newest:
            self.close()
        if self._index is None and newest is not None:
            try:
                self._index = Index(newest, self.folder)
            except OSError:
                return None
            except sqlite3.Error as error:
                if is_busy(error) or is_refused(error):
                    raise
                remove(newest)
        return self._index

    def _build(self, told: "Progress | None") -> Index | None:
        """Build the index and open it; None where another program builds it, or nothing can be written."""
        from facilitator.library.build import build
        from facilitator.library.reading import look

        stamp = self._stamp()
        seen = look(self.folder)
        place = self._place()
        try:
            with place.building() as alone:
                if not alone:
                    return None
                path = place.new()
                try:
                    build(path, self.folder, seen, stamp, told)
                    self.close()
                    place.put(path)
                except BaseException:
                    remove(path)
                    raise
        except OSError:
            return None
        index = self._opened()
        if index is not None:
            index.settle(stamp, time.time_ns())
        return index

    def _failed(self, error: sqlite3.Error, *, refreshing: bool = False) -> bool:
        """Do what an error of the index asks for; tell whether what is in it can be used all the same."""
        if is_busy(error):
            return refreshing and self._index is not None
        index = self._index
        self.close()
        if index is not None and not is_refused(error):
            remove(index.path)
        return False

    def _indexed(self, query: Query, most: int | None) -> list[Indexed] | None:
        try:
            index = self._opened()
            return index.find(query, most) if index is not None else None
        except sqlite3.Error as error:
            self._failed(error)
            return None

    def _hits(self, query: Query, indexed: list[Indexed], *, places: bool) -> Iterator[Hit]:
        if not places or not shows(query):
            for each in indexed:
                yield Hit(each.id, each.title, each.date.isoformat(), each.severity, each.score, (), each.file)
            return
        from facilitator.library.reading import read

        for each in indexed:
            now = read(self.folder, each.file)
            if now is not None and now.session is not None and now.session.id == each.id:
                yield _hit(now.session, each.file, each.date, each.score, snippets(query, now.session))


def _hit(session: Session, file: str, day: date, score: float, shown: tuple[Snippet, ...]) -> Hit:
    return Hit(session.id, session.title, day.isoformat(), session.severity, score, shown, file)
