"""The analysis: keys among 2,000 whys, minimal cut sets, pictures of a session, the strip above a timeline."""

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median

from facilitator.documents.drawn.strip_text import strip_picture, with_cursor
from facilitator.documents.pictures.figures import FIGURES
from facilitator.model.cutsets import CutSets, cut_sets
from facilitator.model.faulttree import fault_tree
from facilitator.store import codec
from tests.app.terminal import PROGRAM, TAB, Terminal
from tests.benchmarks import made
from tests.benchmarks.measuring import Line, Times, compared, interleaved, timed
from tests.benchmarks.typists import InSession, InWidget, Typist, run, wait
from tests.benchmarks.workshop import APPS, LONG, SHORT, Workshop

WHYS = 2_000
SIZES = ((f"the same, {SHORT} nodes", SHORT), ("whys", WHYS))
TO_WHYS = TAB * 3
WIDTH = 100
EXAMPLE = next(Path("sessions").resolve().glob("2017-*.json"))


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure what the analysis of a large incident costs."""
    yield from _keys(workshop)
    yield from _cut_sets()
    yield from _figures()
    yield from _strip()


def _keys(workshop: Workshop) -> Iterator[Line]:
    """Measure keys in a large why tree, beside a small one and Textual's own tree of the same size."""
    tree = f"bare Tree, {WHYS:,} nodes"
    with ExitStack() as stack:
        apps = {name: InSession(stack.enter_context(_terminal(workshop, whys)), place=TO_WHYS) for name, whys in SIZES}
        bare = InWidget(stack.enter_context(workshop.terminal([sys.executable, str(APPS / "tree.py"), str(WHYS)])))
        programs: dict[str, Typist] = {**apps, tree: bare}
        wait(programs)
        sessions: dict[str, Callable[[], float]] = {f"session {name}": each.session for name, each in apps.items()}
        opening = interleaved(5, sessions | {name: each.open for name, each in apps.items()} | {tree: bare.open})
        yield from _against("open the whys", opening, tree)
        for each in apps.values():
            each.top()
        yield from _against("key: down", run(programs, 15, "down"), tree)
        yield from _against("key: a letter of an answer", run(apps, 15, "letter"))
        # Textual's tree only takes another label; the program closes an editor, files what was in it, and saves.
        yield from _against("edit a why", run(apps, 8, "edit"))
        yield from _against("insert a why", run(programs, 8, "insert"), tree)


def _terminal(workshop: Workshop, whys: int) -> Terminal:
    session = made.with_whys(made.session(_chance()), whys)
    return workshop.terminal([PROGRAM], made.store_with(workshop.folder / f"whys-{whys}", session).path)


def _against(what: str, times: Times, tree: str = "") -> Iterator[Line]:
    """Yield a line against few whys, and one against Textual's tree: with the bound where there is one."""
    (small, _), (large, _) = SIZES
    what = f"{what}, {WHYS:,} nodes"
    yield compared(what, times, large, small, bound=None if tree else 1.5)
    if tree:
        yield compared(what, times, large, tree, bound=1.5)


def _cut_sets() -> Iterator[Line]:
    """Measure the minimal cut sets of a tree of 200 nodes: with events of its own everywhere, and with shared ones."""
    for what, shared in (("apart", False), ("shared conditions", True)):
        tree = fault_tree(made.gates(made.session(_chance()), shared=shared), "G")
        found = cut_sets(tree)
        many = len(found.sets) if isinstance(found, CutSets) else found.limit
        took = [timed(partial(cut_sets, tree)) for _ in range(5)]
        yield Line(f"{many:,} cut sets of {len(tree.nodes)} whys, {what}", median(took), limit=1000)


def _figures() -> Iterator[Line]:
    """Measure all pictures of the largest example."""
    session = codec.loads(EXAMPLE.read_bytes())
    tasks: dict[str, Callable[[], float]] = {
        "svg": lambda: timed(lambda: [each.svg(session) for each in FIGURES.values()]),
        "mermaid": lambda: timed(lambda: [each.mermaid(session) for each in FIGURES.values()]),
    }
    times = interleaved(11, tasks)
    times["all"] = [sum(each) for each in zip(times["svg"], times["mermaid"], strict=True)]
    for name in ("svg", "mermaid", "all"):
        limit = 100 if name == "all" else None
        yield Line(f"pictures of {EXAMPLE.name[:15]}: {name}", median(times[name]), limit=limit)


def _strip() -> Iterator[Line]:
    """Measure the strip above a long timeline: drawn, and with its mark at another entry."""
    session = made.session(_chance(), entries=LONG)
    drawn, marks = strip_picture(session.timeline, session.zone, WIDTH), cycle(range(0, LONG, 37))
    whole = "the strip drawn anew"
    tasks: dict[str, Callable[[], float]] = {
        whole: lambda: timed(partial(strip_picture, session.timeline, session.zone, WIDTH)),
        "mark": lambda: timed(lambda: with_cursor(drawn, next(marks)), times=100),
    }
    times = interleaved(21, tasks)
    yield compared(f"strip of {LONG:,} entries: the mark moves", times, "mark", whole, limit=0.5)


def _chance() -> random.Random:
    return random.Random(made.SEED)
