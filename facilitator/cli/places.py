"""Where a command works: the store that was chosen, and the settings."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from facilitator.store.locate import Location, locate

if TYPE_CHECKING:
    from facilitator.settings.settings import Problem, Settings
    from facilitator.store.store import Store


def find_store(ctx: click.Context) -> Location:
    """Return which store the command works on, and why that one."""
    return locate(ctx.obj, os.environ, Path.cwd())


def open_store(ctx: click.Context) -> "Store":
    """Return the store that the command works on."""
    # Imported where it is used: queries are answered by the index, without it.
    from facilitator.store.store import Store

    return Store(find_store(ctx).path)


def store_to_write(location: Location) -> "Store":
    """Return a store in which edits are recorded under the name in the settings, if there is one."""
    from facilitator.store.store import Store

    return Store(location.path, who=read_settings()[1].author)


def read_settings() -> "tuple[Path, Settings, tuple[Problem, ...]]":
    """Return where the configuration file is, the settings in it, and what is wrong with it."""
    from facilitator.settings.settings import config_path, load

    path = config_path(os.environ)
    return path, *load(path)
