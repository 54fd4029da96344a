"""Ids of sessions and items: ULIDs that rise with the time at which they were made."""

from functools import cache
from threading import Lock


class _Rising:
    """Makes ULIDs each higher than the one before, also within a millisecond and when the clock is set back."""

    def __init__(self) -> None:
        # Imported at first use: python-ulid reads its own version by importlib.metadata, which takes 40 ms.
        from ulid import ULID

        self._ulid = ULID
        self._last = 0
        self._lock = Lock()

    def next(self) -> str:
        with self._lock:
            self._last = max(int(self._ulid()), self._last + 1)
            return str(self._ulid.from_int(self._last))


@cache
def _rising() -> _Rising:
    return _Rising()


def new_id() -> str:
    """Return a new ULID, 26 characters long, that sorts after every other made by this process."""
    return _rising().next()
