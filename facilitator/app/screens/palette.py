"""The palette of all commands, which closes by the key that opened it."""

from textual.binding import Binding
from textual.command import CommandPalette

from facilitator.app.commands import EVERYWHERE

_PALETTE = next(each for each in EVERYWHERE if each.id == "app.palette")


class Palette(CommandPalette):
    """Finds any command by its name."""

    BINDINGS = [Binding(_PALETTE.keys, "escape", id=_PALETTE.id, show=False)]
