"""Try to make the store lose something: `python -m tests.torture`, or a part of it with `--only NAME`.

Exits with 1 when anything was lost or became unreadable.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.torture import faults, hostile, kills, power, writers
from tests.torture.options import Options
from tests.torture.reporting import Line, Verdict, heading

PARTS: Mapping[str, Callable[[Options], Iterator[Line]]] = {
    "kills": kills.lines,
    "writers": writers.lines,
    "faults": faults.lines,
    "power": power.lines,
    "hostile": hostile.lines,
}


def main() -> int:
    """Try and print; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--only", default=os.environ.get("ONLY", ""), metavar="NAMES", help=", ".join(PARTS))
    parser.add_argument("--kills", type=int, default=1_000, metavar="N", help="how many programs are killed")
    parser.add_argument("--edits", type=int, default=10_000, metavar="N", help="how many edits the writers make")
    arguments = parser.parse_args()
    chosen = arguments.only.replace(",", " ").split() or list(PARTS)
    if unknown := set(chosen) - PARTS.keys():
        parser.error(f"there is no part {', '.join(sorted(unknown))}; the parts are {', '.join(PARTS)}")
    began = time.monotonic()
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, "
        f"{platform.platform()}\n"
    )
    print(*heading(), sep="\n", flush=True)
    verdicts = []
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        options = Options(Path(folder), arguments.kills, arguments.edits)
        for name in chosen:
            for line in PARTS[name](options):
                print(line.shown, flush=True)
                verdicts.append(line.verdict)
    wrong, not_run = verdicts.count(Verdict.WRONG), verdicts.count(Verdict.NOT_RUN)
    result = (
        f"{wrong} of {len(verdicts)} lines went wrong" if wrong else "nothing was lost and nothing became unreadable"
    )
    skipped = f"; {not_run} could not be run here" if not_run else ""
    print(f"\n{result}{skipped}; {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
