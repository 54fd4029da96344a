"""Durable saves, against the system calls that any durable save needs."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from facilitator.model import edits
from facilitator.model.changes import diff
from facilitator.model.session import Session
from facilitator.store import codec
from facilitator.store.ids import new_id
from facilitator.store.opening import Opened
from facilitator.store.steps import Recorded
from facilitator.store.store import Store
from tests.benchmarks import made
from tests.benchmarks.measuring import Line, compared, interleaved, timed
from tests.benchmarks.workshop import Workshop

SMALL, LARGE = 14_000, 2_000_000


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure the save of one edit, in a short and a long session, alone in the store and among 10,000."""
    for rounds, size, name in ((101, SMALL, "14 KB"), (41, LARGE, "2 MB")):
        held = made.session_of(random.Random(made.SEED), size)
        one = made.store_with(workshop.folder / f"one-{size}", held)
        raw = f"the same {name} written raw"
        tasks = {
            raw: _raw(one.path / "raw.tmp", codec.dumps(held)),
            "one": _save(one, one.open(held.id)),
            "many": _save(many := Store(workshop.many), many.create(held)),
        }
        times = interleaved(rounds, tasks, warm_up=3)
        yield compared(f"save of one edit, {name}", times, "one", raw, bound=1.5)
        yield compared(f"save of one edit, {name}, 10,000 sessions", times, "many", raw, bound=1.5)


def _save(store: Store, opened: Opened) -> Callable[[], float]:
    state, number = opened, 0

    def task() -> float:
        nonlocal state, number
        number += 1
        edited = _edited(state.session, number)
        steps = (Recorded(id=new_id(), at=made.BEGAN, label="edit", changes=diff(state.session, edited)),)
        saved: list[Opened] = []
        took = timed(lambda: saved.append(store.save(state, edited, steps)))
        state = saved[0]
        return took

    return task


def _edited(session: Session, number: int) -> Session:
    entry = session.timeline[number * 31 % len(session.timeline)]
    return edits.change(session, entry.id, text=f"edited {number:04}")


def _raw(path: Path, data: bytes) -> Callable[[], float]:
    temporary = path.with_suffix(".new")

    def write() -> None:
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        os.write(file, data)
        os.fsync(file)
        os.close(file)
        temporary.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    return lambda: timed(write)
