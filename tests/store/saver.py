"""Saves from programs of their own, for the tests of kills and of several writers. Run as a script.

`kill STORE ID TIMES SEED` lets a child save without end, kills it at a moment of its own, and looks at the file, again
and again; it prints what it found as JSON. `add STORE ID NAME TIMES` adds that many topics to the session, which it
opens once.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from facilitator.model.edits import add
from facilitator.model.session import Parked
from facilitator.store.errors import StoreError
from facilitator.store.ids import new_id
from facilitator.store.opening import Opened
from facilitator.store.store import Store

ACKNOWLEDGEMENT = 8


def main(task: str, folder: str, session_id: str, *rest: str) -> None:
    store = Store(Path(folder), cache=Path(folder).parent / "cache")
    if task == "kill":
        print(json.dumps(kill_often(store, session_id, int(rest[0]), random.Random(int(rest[1])))))
    else:
        add_items(store, session_id, rest[0], int(rest[1]))


def kill_often(store: Store, session_id: str, times: int, chance: random.Random) -> dict[str, int]:
    """Return how many saves were acknowledged, how many of these were lost, how often the file was unreadable."""
    found = {"kills": 0, "acknowledged": 0, "lost": 0, "unreadable": 0}
    number = 0
    for _ in range(times):
        opened = store.open(session_id)
        last = killed_child(partial(_save_for_ever, store, opened, number), chance) or number
        found["kills"] += 1
        found["acknowledged"] += last - number
        try:
            number = int(store.open(session_id).session.trigger or 0)
        except StoreError:
            found["unreadable"] += 1
            return found
        found["lost"] += max(0, last - number)
    return found


def killed_child(
    save_for_ever: Callable[[Callable[[int], None]], None], chance: random.Random, pause: float = 0.002
) -> int | None:
    """Let a child save until it is killed; return the last number that it acknowledged, None when there is none.

    The kill falls some acknowledgements after the begin and up to `pause` seconds later, anywhere in a save.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            save_for_ever(lambda number: _tell(writer, number))
        finally:
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as acknowledged:
        seen = acknowledged.read(ACKNOWLEDGEMENT * chance.randrange(10))
        time.sleep(chance.uniform(0, pause))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen += acknowledged.read()
    whole = seen[: len(seen) // ACKNOWLEDGEMENT * ACKNOWLEDGEMENT]
    return int.from_bytes(whole[-ACKNOWLEDGEMENT:]) if whole else None


def _tell(writer: int, number: int) -> None:
    os.write(writer, number.to_bytes(ACKNOWLEDGEMENT))


def _save_for_ever(store: Store, opened: Opened, number: int, acknowledge: Callable[[int], None]) -> None:
    while True:
        number += 1
        # Growing and shrinking: a file written in place would be left with the end of the longer one.
        text = "x" * (number * 7_919 % 20_000)
        session = msgspec.structs.replace(opened.session, trigger=str(number), summary=text)
        opened = store.save(opened, session)
        acknowledge(number)


def add_items(store: Store, session_id: str, name: str, times: int) -> None:
    """Add `times` parked topics, each saved on its own, to the session as it was when this program opened it."""
    opened = store.open(session_id)
    mine = opened.session
    for number in range(times):
        mine = add(mine, Parked(id=new_id(), text=f"{name} {number}"))
        store.save(opened, mine)


if __name__ == "__main__":
    main(*sys.argv[1:])
