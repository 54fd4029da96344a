"""Reading: the file of a session, and a line that somebody types."""

import json
import random
from collections.abc import Callable, Iterator
from functools import partial

from facilitator.capture import lines as capture
from facilitator.capture.context import Context
from facilitator.model.phases import Phase
from facilitator.store import codec
from tests.benchmarks import made
from tests.benchmarks.measuring import Line, compared, interleaved, timed
from tests.benchmarks.workshop import LONG, SHORT, Workshop

JSON = "json.loads of the same bytes"


def lines(_workshop: Workshop) -> Iterator[Line]:
    """Measure loading with validation, and reading of typed lines."""
    for size, name, limit, times in ((14_000, "14 KB", 0.03, 100), (2_000_000, "2 MB", 10.0, 1)):
        raw = codec.dumps(made.session_of(random.Random(made.SEED), size))
        tasks: dict[str, Callable[[], float]] = {
            JSON: partial(timed, partial(json.loads, raw), times=times),
            "load": partial(timed, partial(codec.loads, raw), times=times),
        }
        yield compared(f"load and validate, {name}", interleaved(21, tasks), "load", JSON, limit=limit)
    typed = made.typed_lines(random.Random(made.SEED), 200)
    short, long = f"the same, {SHORT} entries", "long"
    contexts = {
        name: Context(session=made.session(random.Random(made.SEED), entries=count), today=made.BEGAN.date())
        for name, count in ((short, SHORT), (long, LONG))
    }
    reads = {name: partial(_microseconds, typed, context) for name, context in contexts.items()}
    yield compared(f"typed line read, {LONG:,} entries", interleaved(21, reads), long, short, unit="us")


def _microseconds(typed: list[str], context: Context) -> float:
    def read() -> None:
        for line in typed:
            capture.read(line, Phase.TIMELINE, context)

    return timed(read) * 1000 / len(typed)
