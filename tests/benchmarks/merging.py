"""Merging: two versions of a long session, each with many edits, read from files of their own."""

import random
from collections.abc import Callable, Iterator
from functools import partial

from facilitator.model import edits
from facilitator.model.merge import merge
from facilitator.model.session import Session
from facilitator.store import codec
from tests.benchmarks import made
from tests.benchmarks.measuring import Line, compared, interleaved, timed
from tests.benchmarks.workshop import LONG, Workshop

EDITS = 200


def lines(_workshop: Workshop) -> Iterator[Line]:
    """Measure the merge of a session in which two people made so many edits each."""
    chance = random.Random(made.SEED)
    base = made.session(chance, entries=LONG)
    versions = (base, _edited(base, chance, "by one"), _edited(base, chance, "by the other"))
    files = [codec.dumps(version) for version in versions]
    # Read from files, no item of one is the same object as in another.
    held = [codec.loads(raw) for raw in files]
    load = "the same session loaded"
    tasks: dict[str, Callable[[], float]] = {
        load: partial(timed, partial(codec.loads, files[1])),
        "merge": partial(timed, partial(merge, *held)),
    }
    times = interleaved(21, tasks)
    yield compared(f"merge of 2 x {EDITS} edits, {LONG:,} entries", times, "merge", load, limit=50.0)


def _edited(session: Session, chance: random.Random, who: str) -> Session:
    for entry in chance.sample(session.timeline, EDITS):
        session = edits.change(session, entry.id, text=f"{entry.text} {who}")
    return session
