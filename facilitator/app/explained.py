"""Screens with commands of their own: what help and the palette show of them."""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from facilitator.app.commands import Command


@runtime_checkable
class Explained(Protocol):
    """A screen that says what can be done and typed on it."""

    def help_groups(self) -> Iterable[tuple[str, Iterable[Command]]]:
        """Return its commands in groups, each with a title."""
        ...

    def help_lines(self) -> Iterable[tuple[str, str]]:
        """Return examples of what can be typed, each with what it means."""
        ...
