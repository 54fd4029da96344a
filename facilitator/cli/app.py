"""The way into the app: only from here, and only on a terminal."""

import os
import sys
from typing import TYPE_CHECKING

import click

from facilitator.cli.errors import Failure
from facilitator.cli.places import find_store, read_settings, store_to_write

if TYPE_CHECKING:
    from facilitator.store.locate import Location
    from facilitator.store.store import Store


def start(ctx: click.Context, beginning: str | None = None) -> int:
    """Run the app on the store of the command, on one session when `beginning` names it; return the exit code."""
    need_terminal()
    location = find_store(ctx)
    store = store_to_write(location)
    return run_app(store, location, store.resolve(beginning) if beginning is not None else None)


def run_app(store: "Store", location: "Location", session_id: str | None = None, *, demo: bool = False) -> int:
    """Run the app and return its exit code. A demo leaves the configuration file alone."""
    from facilitator.app.main import run

    _, settings, problems = read_settings()
    return run(store, location, settings, problems, session_id, demo=demo)


def need_terminal() -> None:
    """Raise Failure when there is no terminal that the app could draw on and read from."""
    for name, stream in (("input", sys.stdin), ("output", sys.stdout), ("error output", sys.stderr)):
        if not stream.isatty():
            raise Failure(
                f"the app needs a terminal, and the {name} is none; "
                "in scripts use commands such as 'facilitator list' (see 'facilitator --help')"
            )
    if os.environ.get("TERM") == "dumb":
        raise Failure("the app needs a terminal that can move its cursor, and TERM is 'dumb'; see 'facilitator --help'")
