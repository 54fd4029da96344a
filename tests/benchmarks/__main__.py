"""Print the speed of what matters as ratios: `python -m tests.benchmarks`, or a part of it with `--only NAME`."""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks import (
    analysis,
    commands,
    idle,
    intake,
    keys,
    language,
    library,
    merging,
    query_line,
    reading,
    redaction,
    round_trip,
    saving,
    sites,
    start,
)
from tests.benchmarks.measuring import Line, heading
from tests.benchmarks.workshop import Workshop

PARTS: Mapping[str, Callable[[Workshop], Iterator[Line]]] = {
    "start": start.lines,
    "commands": commands.lines,
    "keys": keys.lines,
    "analysis": analysis.lines,
    "language": language.lines,
    "library": library.lines,
    "redaction": redaction.lines,
    "round trip": round_trip.lines,
    "query line": query_line.lines,
    "saving": saving.lines,
    "merging": merging.lines,
    "reading": reading.lines,
    "intake": intake.lines,
    "sites": sites.lines,
    "idle": idle.lines,
}


def main() -> None:
    """Measure and print; nothing fails because it is slow."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=PARTS, metavar="NAME", help=", ".join(PARTS))
    chosen = parser.parse_args().only or list(PARTS)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, "
        f"Textual {version('textual')}; medians, measured in turn; a ratio is the median of those of the rounds\n"
    )
    print(*heading(), sep="\n", flush=True)
    over = 0
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        workshop = Workshop(Path(folder))
        for name in chosen:
            for line in PARTS[name](workshop):
                print(line.shown, flush=True)
                over += line.over
    bounds = "every bound holds" if not over else f"{over} of the bounds do not hold here"
    print(f"\n{bounds}; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
