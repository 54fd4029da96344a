"""The line of keys at the bottom: what can be done now, made from the commands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from facilitator.app.commands import Command, shown_key


@dataclass(frozen=True, slots=True)
class _Key:
    key: str
    label: str
    action: str

    @property
    def size(self) -> int:
        return cell_len(self.key) + cell_len(self.label) + 1


class KeyLine(Widget):
    """Shows keys with what they do; those that do not fit are left to the help and the palette. A click presses one."""

    DEFAULT_CSS = "KeyLine { height: 1; width: 1fr; }"
    _GAP = 2

    @dataclass
    class Pressed(Message):
        """A key was clicked."""

        action: str

    def __init__(self) -> None:
        super().__init__(id="keys")
        self._keys: tuple[_Key, ...] = ()
        self._last: tuple[_Key, ...] = ()

    def show(
        self, commands: Iterable[Command], last: Iterable[Command], keymap: Mapping[str, str], labels: Mapping[str, str]
    ) -> None:
        """Show the keys of some commands; those in `last` always fit. `labels` has other words for a command, by id."""

        def key(each: Command) -> _Key:
            keys = shown_key(keymap.get(each.id, each.keys))
            return _Key(keys, labels.get(each.id, each.label).lower(), each.action)

        shown = tuple(key(each) for each in commands if labels.get(each.id, each.label))
        always = tuple(key(each) for each in last)
        if (shown, always) != (self._keys, self._last):
            self._keys, self._last = shown, always
            self.refresh()

    def render(self) -> Content:
        """Draw as many keys as fit."""
        pieces = [
            Content.assemble((each.key, "$accent bold"), " ", (each.label, "$secondary")) for each in self._fitting()
        ]
        return Content(" " * self._GAP).join([Content(" "), *pieces]) if pieces else Content("")

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        start = 1
        for each in self._fitting():
            start += self._GAP
            if start <= event.x < start + each.size:
                self.post_message(self.Pressed(each.action))
            start += each.size

    def _fitting(self) -> list[_Key]:
        room = self.size.width - 2 - sum(each.size + self._GAP for each in self._last)
        fitting: list[_Key] = []
        for each in self._keys:
            if each.size + self._GAP <= room:
                fitting.append(each)
                room -= each.size + self._GAP
        return [*fitting, *self._last]
