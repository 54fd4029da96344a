"""One save while something is wrong, and what must be true then and afterwards."""

import os
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from pathlib import Path

from facilitator.model.session import Session
from facilitator.store.errors import StoreError
from facilitator.store.history import state
from facilitator.store.opening import Opened
from facilitator.store.store import Store
from tests.torture.states import ID, save_next, state_at

TIMEOUT = 0.3
"""How long a save waits for the lock here, in seconds."""

Fault = Callable[[Path], AbstractContextManager[object]]
"""Gets the path of the session's file, and makes something wrong for the time of a `with` block."""

WRONG = ("lost", "unreadable", "not as said", "not saved again", "history wrong", "left over")


def store_in(folder: Path) -> Store:
    """Return a program's view of the store in a folder."""
    return Store(folder / "store", cache=folder / "cache", who="tried", timeout=TIMEOUT)


def begun(folder: Path) -> tuple[Store, Opened]:
    """Return a store with a session in its first state, which was saved once after it was made."""
    folder.mkdir(parents=True)
    store = store_in(folder)
    return store, save_next(store, store.create(state_at(0)))


def trial(folder: Path, fault: Fault, refused: type[StoreError] | None) -> Counter[str]:
    """Save once while there is a fault, and again without; return what was wrong.

    `refused` is what the save must raise, None when it must pass.
    """
    found: Counter[str] = Counter(trials=1)
    store, opened = begun(folder)
    saved = opened
    with fault(opened.path):
        try:
            saved = save_next(store, opened)
        except StoreError as error:
            found["not as said"] += refused is None or not isinstance(error, refused)
        else:
            found["not as said"] += refused is not None
    found += looked_at(folder, [saved.session])
    if saved is opened:
        try:
            saved = save_next(store, opened)
        except StoreError:
            found["not saved again"] += 1
        found += looked_at(folder, [saved.session])
    found["not saved again"] += saved.session != state_at(2)
    found["history wrong"] += state(store_in(folder).history(ID)) != saved.session
    found["left over"] += left_over(store)
    return found


def looked_at(folder: Path, sessions: Collection[Session]) -> Counter[str]:
    """Open the session as another program does; return what is wrong when it is none of these."""
    try:
        return Counter({"lost": int(store_in(folder).open(ID).session not in sessions)})
    except StoreError:
        return Counter({"unreadable": 1})


def left_over(store: Store) -> int:
    """Return how many temporary files are still there when a session is made a minute after."""
    for path in store.path.rglob("*.tmp"):
        os.utime(path, (0, 0))
    store.create(Session(id="01OTHER", title="Other", created=state_at(0).created))
    return sum(1 for _ in store.path.rglob("*.tmp"))
