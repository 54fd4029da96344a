"""The library: the index of 10,000 sessions and queries to it, beside TinyDB and ripgrep on the same files."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import count, cycle
from pathlib import Path

from tinydb import TinyDB

from facilitator.library.board import AT_ONCE, board
from facilitator.library.query import parse
from facilitator.library.reading import look, read
from facilitator.library.register import register, tallies
from facilitator.library.search import Library
from facilitator.library.similar import similar
from facilitator.library.tallies import Asked, By, View
from tests.app.terminal import PROGRAM
from tests.benchmarks import library_store
from tests.benchmarks.measuring import Line, compared, interleaved, timed
from tests.benchmarks.workshop import Workshop

SESSIONS = 10_000
TODAY = date(2026, 11, 15)
QUERIES = {
    "a rare word": "oom OR xofokin",
    "a word in one of eleven": "redis",
    "a word in every session": "the",
    "a phrase": '"out of memory"',
    "a phrase in most sessions": '"the a"',
    "six words with OR": "redis OR timeout OR cache OR queue OR lag OR alert",
    "a beginning of three letters": "ret*",
    "a common word, filtered": "the service:checkout severity:1..2 since:12m",
    "caused by a deployment": "cause:deployment",
    "one service in 12 months": "service:checkout since:12m",
    "MTTR over 2 hours": "mttr:>2h",
    "a common word, MTTR over 2 hours": "the mttr:>2h",
    "actions pending for 60 days": "pending:>60d",
    "sorted by MTTR": "the sort:mttr",
    "a word not to be there": "-redis",
    "the newest of a common word": "the sort:date",
}
_CLICK = 'python -c "import click"'


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure the build, what changes cost, and queries, all with the first 20 sessions and their snippets."""
    store, cache = workshop.folder / "library", workshop.folder / "library-cache"
    if not store.is_dir():
        library_store.fill(store, SESSIONS)
    yield from _building(store, cache)
    library = Library(store, cache=cache)
    library.refresh()
    yield from _keeping(library, store)
    yield from _asking(library)
    yield from _comparing(library, store)
    yield from _registering(library)
    yield from _beside(library, store)
    yield from _as_command(workshop, library, store)
    library.close()


def _building(store: Path, cache: Path) -> Iterator[Line]:
    def build() -> float:
        shutil.rmtree(cache, ignore_errors=True)
        # A process of its own, as `facilitator reindex` is: what the benchmarks hold is not collected meanwhile.
        code = "import gc, sys; gc.disable(); from pathlib import Path; from facilitator.library.search import Library"
        code += "; Library(Path(sys.argv[1]), cache=Path(sys.argv[2])).refresh()"
        command = [sys.executable, "-c", code, str(store), str(cache)]
        return timed(lambda: subprocess.run(command, check=True))

    read = "the same files read"
    files = list(store.glob("*.json"))
    tasks = {read: lambda: timed(lambda: [path.read_bytes() for path in files]), "build": build}
    yield compared(f"index of {SESSIONS:,} built", interleaved(3, tasks), "build", read, limit=2500)


def _keeping(library: Library, store: Path) -> Iterator[Line]:
    path = next(store.glob("*.json"))
    raw, number = path.read_bytes(), count()

    def change() -> float:
        changed = raw.replace(b'"title": "', f'"title": "changed {next(number)} '.encode(), 1)
        temporary = path.with_suffix(".new")
        temporary.write_bytes(changed)
        temporary.replace(path)
        return timed(lambda: library.took_in(path.name))

    def look() -> float:
        return timed(lambda: library.refresh(thorough=True))

    tasks = {
        "one changed file": (change, 1.0),
        "nothing changed, by the folder": (lambda: timed(library.refresh), 1.0),
        "nothing changed, every file looked at": (look, 45.0),
    }
    library.refresh(thorough=True)
    for what, (task, limit) in tasks.items():
        # The folder has just changed, and is trusted again only after its clock has moved on.
        library.refresh(thorough=True)
        times = sorted(interleaved(21, {what: task}, warm_up=3)[what])
        yield Line(f"index: {what}", times[10], limit=limit)


def _asking(library: Library) -> Iterator[Line]:
    for what, text in QUERIES.items():
        query = parse(text, TODAY)
        times = sorted(interleaved(21, {"found": partial(timed, partial(library.find, query, 20))})["found"])
        yield Line(f"find {what}: {library.count(query):,}", times[10], limit=15)


def _comparing(library: Library, store: Path) -> Iterator[Line]:
    """Measure what is like a session, and like a line of text, with the reasons."""
    wanted = [each.session for name in sorted(look(store))[:: SESSIONS // 20] if (each := read(store, name))]
    sessions = cycle(each for each in wanted if each is not None)
    tasks: dict[str, Callable[[], object]] = {
        "similar to a session": lambda: similar(library, next(sessions), TODAY),
        "similar to a line of text": lambda: similar(library, "Redis out of memory in checkout", TODAY),
    }
    for what, task in tasks.items():
        times = sorted(interleaved(21, {what: partial(timed, task)}, warm_up=3)[what])
        yield Line(what, times[10], limit=5)


def _registering(library: Library) -> Iterator[Line]:
    """Measure the register of actions as it is shown, and counted by groups."""
    tasks: dict[str, Callable[[], object]] = {
        "register of actions, the first 20": lambda: register(library, Asked(limit=20), TODAY),
        "register of actions, overdue ones of an owner": lambda: register(
            library, Asked(view=View.OVERDUE, owner="noor", limit=20), TODAY
        ),
        "register as it is shown, what is due first": lambda: board(library, Asked(limit=AT_ONCE), None, TODAY),
        "register as it is shown, of an owner": lambda: board(library, Asked(owner="noor", limit=AT_ONCE), None, TODAY),
        **{f"actions by {by}": partial(tallies, library, Asked(), by, TODAY) for by in By},
    }
    for what, task in tasks.items():
        times = sorted(interleaved(21, {what: partial(timed, task)}, warm_up=3)[what])
        yield Line(what, times[10], limit=20)


def _beside(library: Library, store: Path) -> Iterator[Line]:
    """Measure one word against what else would find it: TinyDB over the files, and ripgrep."""
    query = parse("redis", TODAY)
    tasks: dict[str, Callable[[], float]] = {
        "found": lambda: timed(lambda: library.find(query, 20)),
        "TinyDB": lambda: timed(partial(_by_tinydb, store)),
    }
    if ripgrep := shutil.which("rg"):
        command = [ripgrep, "--ignore-case", "--files-with-matches", "--word-regexp", "redis", str(store)]
        tasks["ripgrep"] = lambda: timed(lambda: subprocess.run(command, capture_output=True, check=False))
    elif grep := shutil.which("grep"):
        command = [grep, "--recursive", "--ignore-case", "--files-with-matches", "--word-regexp", "redis", str(store)]
        tasks["grep"] = lambda: timed(lambda: subprocess.run(command, capture_output=True, check=False))
    times = interleaved(3, tasks)
    for other in tasks.keys() - {"found"}:
        yield compared("find a word in one of eleven", times, "found", other)


def _by_tinydb(store: Path) -> int:
    """Look for a word in all documents of all files; return how many files have it."""
    pattern, found = re.compile(r"\bredis\b", re.IGNORECASE), 0
    for path in store.glob("*.json"):
        with TinyDB(path, access_mode="r") as db:
            tables = db.storage.read() or {}
            texts = (text for table in tables.values() for document in table.values() for text in document.values())
            found += any(isinstance(text, str) and pattern.search(text) is not None for text in texts)
    return found


def _as_command(workshop: Workshop, library: Library, store: Path) -> Iterator[Line]:
    query = parse("service:checkout since:12m", TODAY)
    tasks: dict[str, Callable[[], float]] = {
        _CLICK: lambda: timed(lambda: workshop.run([sys.executable, "-c", "import click"])),
        "find": lambda: timed(lambda: workshop.run([PROGRAM, "find", "service:checkout since:120m"], store)),
        "query": lambda: timed(lambda: library.find(query, 20)),
    }
    times = interleaved(11, tasks, warm_up=2)
    times["less"] = [whole - asked for whole, asked in zip(times["find"], times["query"], strict=True)]
    yield compared(f"facilitator find, {SESSIONS:,}, less the query", times, "less", _CLICK, bound=2)
