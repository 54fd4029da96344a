"""The librarian: keeps the index of the store up to date in the background, and lends the library to whoever asks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from facilitator.library.search import Library

Told = Callable[[int, int], None]
"""Told how many sessions are in the index that is being built, and how many there will be."""


class _ClosedError(Exception):
    """The librarian was closed while the index was being built."""


class Librarian:
    """Has the library of a store. Making one reads and writes nothing; every method may be called in any thread.

    A library that is lent is nobody else's meanwhile, so that no question waits for another, and none for the index to
    be built.
    """

    def __init__(self, folder: Path, *, cache: Path | None = None) -> None:
        self._folder, self._cache = folder, cache
        self._free: list[Library] = []
        self._lock, self._refreshing = Lock(), Lock()
        self._closed = self._tried = False
        self.ready = False
        """Whether the index can answer; otherwise an answer comes from all the files, which may take seconds."""

    @contextmanager
    def lent(self) -> "Iterator[Library]":
        """Lend the library for one question. Ask it with `ready` as it is here."""
        with self._lock:
            library = self._free.pop() if self._free else None
        if library is None:
            # Imported where it is used: home is there before it.
            from facilitator.library.search import Library

            library = Library(self._folder, cache=self._cache)
        try:
            yield library
        finally:
            with self._lock:
                kept = not self._closed
                if kept:
                    self._free.append(library)
            if not kept:
                library.close()

    def refresh(self, told: Told | None = None) -> bool:
        """Bring the index up to date; tell whether it can answer. Raises OSError when the store cannot be listed.

        What is being done already in another thread is waited for. The index is built when there is none, which takes
        some seconds for 10,000 sessions; questions are answered meanwhile.
        """

        def tell(done: int, of: int) -> None:
            if self._closed:
                raise _ClosedError  # nobody waits for the index any more
            if told is not None:
                told(done, of)

        with self._refreshing, self.lent() as library:
            try:
                self.ready = library.refresh(told=tell)
            except _ClosedError:
                self.ready = False
            finally:
                self._tried = True
        return self.ready

    @property
    def refreshing(self) -> bool:
        """Whether the index is being brought up to date just now, or will be for the first time."""
        return self._refreshing.locked() or not self._tried

    def took_in(self, file: str) -> None:
        """Take a file of the store that was just saved into the index, if there is one."""
        if self.ready:
            with self.lent() as library:
                library.took_in(file)

    def close(self) -> None:
        """Close the index. What is lent is closed when it comes back."""
        with self._lock:
            self._closed = True
            free, self._free = self._free, []
        for library in free:
            library.close()
