"""From a key in the query line of home to the frame that shows what was found, among 10,000 sessions."""

from collections.abc import Iterator

from facilitator.library.search import Library
from tests.app.terminal import PROGRAM, Terminal
from tests.benchmarks import library_store
from tests.benchmarks.measuring import Line
from tests.benchmarks.workshop import Workshop

SESSIONS = 10_000
ROUNDS = 3
LIMIT = 30.0
"""Milliseconds from a key to the frame with what is found."""

TYPED = {
    "one letter": "r",
    "a word": "redis",
    "a field": "service:checkout",
    "words and fields": "the mttr:>30m",
}
_EMPTY = b"\x15"
_QUIET = 0.35


def lines(workshop: Workshop) -> Iterator[Line]:
    """Measure every key of some queries, to the frame in which the rows are as they stay."""
    store = workshop.folder / "library"
    if not store.is_dir():
        library_store.fill(store, SESSIONS)
    library = Library(store, cache=workshop.folder / "cache" / "facilitator")
    library.refresh()
    library.close()
    workshop.run([PROGRAM, "list"], store)
    with workshop.terminal([PROGRAM], store) as terminal:
        terminal.wait_until(lambda screen: f"{SESSIONS:,} sessions" in screen)
        terminal.settle(3.0)
        for what, text in TYPED.items():
            times = sorted(each for _ in range(ROUNDS) for each in _typed(terminal, text))
            yield Line(f"query line, {what}: median of the keys", times[len(times) // 2], limit=LIMIT)
            yield Line(f"query line, {what}: slowest of twenty", times[-1 - len(times) // 20], limit=LIMIT)


def _typed(terminal: Terminal, text: str) -> Iterator[float]:
    """Yield the milliseconds from each key to the frame that shows what is found."""
    terminal.send(_EMPTY)
    terminal.settle(_QUIET)
    for letter in text:
        before = len(terminal.frames)
        sent = terminal.send(letter.encode())
        terminal.read(2)
        terminal.settle(_QUIET)
        yield (_settled(terminal, before) - sent) * 1000


def _settled(terminal: Terminal, before: int) -> float:
    """Return when the rows were first as they stay."""
    frames = terminal.frames[before:]
    rows = _rows_of(frames[-1].text)
    return next(frame.when for frame in frames if _rows_of(frame.text) == rows)


def _rows_of(text: str) -> list[str]:
    """Return the rows of the list, without the preview beside them and the bar above them, which counts."""
    return [line[:79] for line in text.split("\n")[2:30]]
