"""Commands as whole processes."""

import statistics
import sys
from collections.abc import Callable, Iterator
from functools import partial

from facilitator.store.store import Store
from facilitator.store.summaries import Summary
from tests.app.terminal import PROGRAM
from tests.benchmarks.measuring import Line, compared, interleaved, timed
from tests.benchmarks.workshop import Workshop

ROUNDS = 21
CLICK = 'python -c "import click"'


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure commands against the import of the library that reads their arguments."""
    few, many = workshop.few, workshop.many
    session_id = next(each.id for each in Store(few).summaries() if isinstance(each, Summary))
    commands = {
        CLICK: ([sys.executable, "-c", "import click"], None),
        "version": ([PROGRAM, "--version"], few),
        "few": ([PROGRAM, "list"], few),
        "many": ([PROGRAM, "list"], many),
        "export": ([PROGRAM, "export", session_id], few),
    }
    tasks: dict[str, Callable[[], float]] = {
        name: partial(timed, partial(workshop.run, command, store)) for name, (command, store) in commands.items()
    }
    cache = workshop.folder / "cache" / "facilitator"
    tasks["query"] = lambda: timed(lambda: Store(many, cache=cache).summaries())
    times = interleaved(ROUNDS, tasks)
    yield compared("facilitator --version", times, "version", CLICK, bound=2)
    yield compared("facilitator list, 4 sessions", times, "few", CLICK, bound=2)
    yield compared("facilitator export", times, "export", CLICK, bound=2)
    query = statistics.median(times["query"])
    times["without"] = [whole - query for whole in times["many"]]
    yield compared(f"facilitator list, 10,000, less {query:.0f} ms of query", times, "without", CLICK, bound=2)
