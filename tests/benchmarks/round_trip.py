"""The document of a long session: as it is exported, with what it takes to read it back, and read back."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from facilitator.documents.formats import render
from facilitator.documents.roundtrip.reading import read
from facilitator.documents.roundtrip.writing import round_trip
from tests.benchmarks import made
from tests.benchmarks.measuring import Line, compared, interleaved, timed
from tests.benchmarks.workshop import LONG, Workshop

NOW = datetime(2026, 11, 25, tzinfo=UTC)


def lines(_workshop: Workshop) -> Iterator[Line]:
    """Measure the export as Markdown, the same for the way back, and the way back."""
    session = made.session(random.Random(made.SEED), entries=LONG)
    usual, both = "Markdown as usual", "with --round-trip"
    tasks: dict[str, Callable[[], float]] = {
        usual: partial(timed, partial(render, session, "markdown")),
        both: partial(timed, partial(round_trip, session)),
    }
    times = interleaved(11, tasks)
    yield Line(f"Markdown of {LONG:,} entries", sorted(times[usual])[len(times[usual]) // 2], limit=100.0)
    yield compared(f"{both}, {LONG:,} entries", times, both, usual, bound=1.5)
    yield Line("reading it back", timed(partial(read, round_trip(session), NOW)))
