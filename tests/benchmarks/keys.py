"""From a key to the frame that shows what it did, in a timeline of 5,000 entries."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial

from tests.app.terminal import PROGRAM, TAB
from tests.benchmarks.measuring import Line, compared, interleaved
from tests.benchmarks.typists import InSession, InWidget, Typist, run, wait
from tests.benchmarks.workshop import APPS, LONG, SHORT, Workshop

APP_SHORT, APP_LONG, TABLE = f"the same, {SHORT} entries", "timeline", f"bare DataTable, {LONG:,} rows"


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure keys in a long timeline, in a short one, and in Textual's own table, all three running."""
    in_timeline = partial(InSession, place=TAB, prefix=b"+5m ")
    with ExitStack() as stack:
        apps = {
            name: in_timeline(stack.enter_context(workshop.terminal([PROGRAM], workshop.timeline(entries).path)))
            for name, entries in ((APP_SHORT, SHORT), (APP_LONG, LONG))
        }
        table = stack.enter_context(workshop.terminal([sys.executable, str(APPS / "data_table.py"), str(LONG)]))
        programs: dict[str, Typist] = {**apps, TABLE: InWidget(table)}
        wait(programs)
        opening = _opening(programs)
        yield from _lines("open the session", {name: opening[f"open {name}"] for name in apps})
        yield from _lines("open its timeline", {name: opening[name] for name in programs})
        for each in apps.values():
            each.top()
        yield from _lines("key: down", run(programs, 15, "down"))
        yield from _lines("key: a letter of a line", run(apps, 15, "letter"))
        yield from _lines("edit a row", run(programs, 8, "edit"))
        yield from _lines("insert a row", run(programs, 8, "insert"))


def _opening(programs: Mapping[str, Typist]) -> dict[str, list[float]]:
    tasks: dict[str, Callable[[], float]] = {}
    for name, each in programs.items():
        if isinstance(each, InSession):
            tasks[f"open {name}"] = each.session
    for name, each in programs.items():
        if isinstance(each, InSession | InWidget):
            tasks[name] = each.open
    return interleaved(5, tasks)


def _lines(what: str, times: Mapping[str, list[float]]) -> Iterator[Line]:
    what = f"{what}, {LONG:,} entries"
    yield compared(what, times, APP_LONG, APP_SHORT, bound=1.5)
    if TABLE in times:
        yield compared(what, times, APP_LONG, TABLE, bound=1.0)
