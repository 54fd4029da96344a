"""Saves from programs of their own, for the tests of kills and of several writers. Run as a script.

`kill STORE ID TIMES SEED` lets a child save without end, kills it at a moment of its own, and looks at the file, again
and again; it prints what it found as JSON. `add STORE ID NAME TIMES` adds that many entries to the session, opening it
again after each conflict.
"""

import json
import os
import random
import signal
import sys
from pathlib import Path

import msgspec

from facilitator.model.edits import add
from facilitator.model.session import Parked
from facilitator.store.errors import ConflictError, StoreError
from facilitator.store.ids import new_id
from facilitator.store.store import Opened, Store

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
        last = _killed_child(store, session_id, number, chance)
        found["kills"] += 1
        found["acknowledged"] += last - number
        try:
            number = int(store.open(session_id).session.trigger or 0)
        except StoreError:
            found["unreadable"] += 1
            return found
        found["lost"] += max(0, last - number)
    return found


def _killed_child(store: Store, session_id: str, number: int, chance: random.Random) -> int:
    """Save from `number` on in a child that is killed; return the last number whose save was acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            _save_for_ever(store, store.open(session_id), number, writer)
        finally:
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, "rb") as acknowledged:
        seen = acknowledged.read(ACKNOWLEDGEMENT * chance.randrange(1, 10))
        # So that the kill falls anywhere in the next save, and not only right after an acknowledgement.
        for _ in range(chance.randrange(20_000)):
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen += acknowledged.read()
    whole = seen[: len(seen) // ACKNOWLEDGEMENT * ACKNOWLEDGEMENT]
    return int.from_bytes(whole[-ACKNOWLEDGEMENT:]) if whole else number


def _save_for_ever(store: Store, opened: Opened, number: int, writer: int) -> None:
    while True:
        number += 1
        # Growing and shrinking: a file written in place would be left with the end of the longer one.
        text = "x" * (number * 7_919 % 20_000)
        session = msgspec.structs.replace(opened.session, trigger=str(number), summary=text)
        opened = store.save(opened, session)
        os.write(writer, number.to_bytes(ACKNOWLEDGEMENT))


def add_items(store: Store, session_id: str, name: str, times: int) -> None:
    """Add `times` parked topics, each saved on its own; another program's change in between is opened and kept."""
    opened = store.open(session_id)
    done = 0
    while done < times:
        try:
            opened = store.save(opened, add(opened.session, Parked(id=new_id(), text=f"{name} {done}")))
            done += 1
        except ConflictError:
            opened = store.open(session_id)


if __name__ == "__main__":
    main(*sys.argv[1:])
