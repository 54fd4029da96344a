"""A process of its own that fills in one template, with little time and memory; it can then harm nothing but itself.

It reads JSON on stdin (source, target, values) and writes JSON on stdout: what was made, or what is wrong.
"""

import resource
import sys
from contextlib import suppress
from typing import Any

import msgspec

SECONDS = 3
"""How long a template may compute."""

MEMORY = 1_000_000_000
"""How much memory the process may take, in bytes; a whole session of 5,000 entries takes a tenth of it."""


class Task(msgspec.Struct, frozen=True):
    """A template to fill in: its source, what it writes, and what it is given."""

    source: str
    target: str
    values: dict[str, Any]


class Outcome(msgspec.Struct, frozen=True):
    """What was made; or the line of the template and the reason why nothing was."""

    made: str = ""
    line: int = 0
    reason: str = ""


def main() -> None:
    """Read one task, and write its outcome."""
    _limit()
    from facilitator.documents.templates.language import Wrong, render_template

    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    try:
        made = render_template(task.source, task.target, task.values)
        outcome = Outcome(line=made.line, reason=made.reason) if isinstance(made, Wrong) else Outcome(made)
        encoded = msgspec.json.encode(outcome)
    except MemoryError:
        encoded = msgspec.json.encode(Outcome(reason=f"it takes more than {MEMORY // 1_000_000:,} MB of memory"))
    sys.stdout.buffer.write(encoded)


def _limit() -> None:
    limits = ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0))
    for kind, most in limits:
        with suppress(ValueError, OSError):  # where a system has no such limit, the time on the clock is left
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
