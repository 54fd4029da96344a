"""Reading: the file of a session, a store with files that cannot be read, and a line that somebody types."""

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from facilitator.capture import lines as capture
from facilitator.capture.context import Context
from facilitator.model.phases import Phase
from facilitator.store import codec
from facilitator.store.store import Store
from tests.benchmarks import made
from tests.benchmarks.measuring import Line, compared, interleaved, timed
from tests.benchmarks.workshop import LONG, SHORT, Workshop

JSON = "json.loads of the same bytes"


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure loading with validation, listing with broken files, and reading of typed lines."""
    for size, name, limit, times in ((14_000, "14 KB", 0.03, 100), (2_000_000, "2 MB", 10.0, 1)):
        raw = codec.dumps(made.session_of(random.Random(made.SEED), size))
        tasks: dict[str, Callable[[], float]] = {
            JSON: partial(timed, partial(json.loads, raw), times=times),
            "load": partial(timed, partial(codec.loads, raw), times=times),
        }
        yield compared(f"load and validate, {name}", interleaved(21, tasks), "load", JSON, limit=limit)
    yield from _listing(workshop)
    typed = made.typed_lines(random.Random(made.SEED), 200)
    short, long = f"the same, {SHORT} entries", "long"
    contexts = {
        name: Context(session=made.session(random.Random(made.SEED), entries=count), today=made.BEGAN.date())
        for name, count in ((short, SHORT), (long, LONG))
    }
    reads = {name: partial(_microseconds, typed, context) for name, context in contexts.items()}
    yield compared(f"typed line read, {LONG:,} entries", interleaved(21, reads), long, short, unit="us")


def _listing(workshop: Workshop) -> Iterator[Line]:
    """Measure how a store of 10,000 files is listed when 10 of them are broken, against the same when none is."""
    whole, broken = "the same, none broken", "broken"
    stores = {whole: _linked(workshop.many, workshop.folder / "whole")}
    stores[broken] = _linked(workshop.many, workshop.folder / "broken")
    _break(stores[broken])
    caches = {name: path.with_name(f"{path.name}-cache") for name, path in stores.items()}

    def first(name: str) -> float:
        shutil.rmtree(caches[name], ignore_errors=True)
        return timed(Store(stores[name], cache=caches[name]).summaries)

    def from_the_cache(name: str) -> float:
        return timed(Store(stores[name], cache=caches[name]).summaries)

    looks: dict[str, tuple[int, Callable[[str], float]]] = {
        "first look": (5, first),
        "in another run": (41, from_the_cache),
    }
    for what, (rounds, look) in looks.items():
        times = interleaved(rounds, {name: partial(look, name) for name in stores})
        yield compared(f"list 10,000 files, 10 broken, {what}", times, broken, whole, bound=1.1)
    opened = {name: Store(path, cache=caches[name]) for name, path in stores.items()}
    times = interleaved(41, {name: partial(timed, store.summaries) for name, store in opened.items()}, warm_up=2)
    yield compared("list 10,000 files, 10 broken, again", times, broken, whole, bound=1.1)


def _linked(store: Path, folder: Path) -> Path:
    """Return a new folder with the 10,000 sessions of a store, which are not copied: nothing here writes to them."""
    folder.mkdir()
    for path in sorted(store.glob("*.json"))[:10_000]:
        os.link(path, folder / path.name)
    return folder


def _break(store: Path) -> None:
    """Put 10 files that cannot be read as sessions of their own into the place of 10 that can."""
    paths = sorted(store.glob("*.json"))
    raw = paths[0].read_bytes()
    newer = raw.replace(f'"number": {codec.FORMAT}'.encode(), b'"number": 999', 1)
    contents = (raw[:-9], raw[: len(raw) // 2], random.Random(made.SEED).randbytes(len(raw)), b"", raw, raw, raw, newer)
    *replaced, dead, odd = paths[1 : len(contents) + 3]
    for path, content in zip(replaced, contents, strict=True):
        path.unlink()
        path.write_bytes(content)
    dead.unlink()
    dead.symlink_to(store / "nowhere")
    odd.rename(store / "odd\u202e.json")


def _microseconds(typed: list[str], context: Context) -> float:
    def read() -> None:
        for line in typed:
            capture.read(line, Phase.TIMELINE, context)

    return timed(read) * 1000 / len(typed)
