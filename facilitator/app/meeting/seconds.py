"""The clock by which a meeting is timed."""

import time

_RUNS_IN_SLEEP = getattr(time, "CLOCK_BOOTTIME", None)


def seconds() -> float:
    """Return the seconds of a clock that is never set, and that goes on while the computer sleeps, if it has one."""
    return time.monotonic() if _RUNS_IN_SLEEP is None else time.clock_gettime(_RUNS_IN_SLEEP)
