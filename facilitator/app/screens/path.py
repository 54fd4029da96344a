"""A dialog that asks for a path, which Tab completes."""

import os
from pathlib import Path

from textual.binding import Binding

from facilitator.app.screens.ask import LineScreen
from facilitator.app.widgets.line_input import LineInput

_SHOWN = 6
"""How many names that fit are shown, when there are several."""


class PathScreen(LineScreen):
    """Asks for the path of a file or a folder. Answers with what was typed, or None."""

    BINDINGS = [Binding("tab", "complete", show=False)]
    SELECTS = False

    def __init__(self, title: str, value: str = "", note: str = "") -> None:
        super().__init__(
            title, value=value, placeholder="~/Downloads/slack-export.zip", note=note, opener="drafts.read"
        )

    def action_complete(self) -> None:
        """Complete the path as far as there is only one way; then say which ways there are."""
        line = self.query_one(LineInput)
        longer, names = completed(line.value)
        line.value = longer
        line.cursor_position = len(longer)
        if len(names) > 1:
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            self.say("   ".join(names[:_SHOWN]) + more)
        elif not names:
            self.say("Nothing begins like that.")


def completed(typed: str) -> tuple[str, list[str]]:
    """Return a path as far as it can be completed, and the names that fit; folders end with a slash."""
    folder, _, beginning = typed.rpartition("/")
    place = path_of(f"{folder}/") if folder or typed.startswith("/") else Path()
    try:
        with os.scandir(place) as entries:
            found = sorted(
                f"{each.name}/" if each.is_dir() else each.name
                for each in entries
                if each.name.startswith(beginning) and (beginning or not each.name.startswith("."))
            )
    except OSError:
        return typed, []
    if not found:
        return typed, []
    first, last = found[0], found[-1]  # in order: what these two have in common, all have
    pairs = enumerate(zip(first, last, strict=False))
    same = next((number for number, (one, other) in pairs if one != other), min(len(first), len(last)))
    return f"{typed[: len(typed) - len(beginning)]}{first[:same]}", found


def path_of(said: str) -> Path:
    """Return the path that was typed or dropped onto the terminal, which puts quotes and backslashes into it.

    What can be no path on this system is returned as it is: whoever opens it is told why not.
    """
    text = said.replace("\0", "").strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    path, plain = _at_home(text), _at_home(text.replace("\\ ", " "))
    return plain if not is_there(path) and is_there(plain) else path


def is_there(path: Path) -> bool:
    """Tell whether there is something at a path; nothing is at one that is too long."""
    try:
        return path.exists()
    except OSError:
        return False


def _at_home(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # "~nobody" has no home
        return Path(text)
