"""Help: the keys of the screen below, and what can be typed, made from the commands and the capture grammar."""

from collections.abc import Iterable, Mapping

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from facilitator.app.commands import Command, shown_key
from facilitator.app.drawing import content, wrapped


class HelpScreen(ModalScreen[None]):
    """Shows help until a key is pressed."""

    BINDINGS = [
        Binding("escape,q,enter,f1,question_mark", "leave", "Leave", show=False),
        Binding("down", "scroll(1)", show=False, priority=True),
        Binding("up", "scroll(-1)", show=False, priority=True),
        Binding("pagedown,space", "scroll(10)", show=False, priority=True),
        Binding("pageup", "scroll(-10)", show=False, priority=True),
    ]

    def __init__(
        self,
        typed: Iterable[tuple[str, str]],
        groups: Iterable[tuple[str, Iterable[Command]]],
        keymap: Mapping[str, str],
        where: str,
    ) -> None:
        super().__init__()
        self._text = help_text(typed, groups, keymap, where)

    def compose(self) -> ComposeResult:
        """Create the page."""
        with VerticalScroll(id="help", can_focus=False):
            yield Static(self._text)

    def action_scroll(self, lines: int) -> None:
        """Scroll the page."""
        self.query_one("#help").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)


def help_text(
    typed: Iterable[tuple[str, str]],
    groups: Iterable[tuple[str, Iterable[Command]]],
    keymap: Mapping[str, str],
    where: str,
) -> Content:
    """Return the text of the help: what can be typed and becomes what, then the keys in groups, then where data is."""
    lines: list[Content] = []
    examples = list(typed)
    if examples:
        lines.append(content("What can be typed here", "bold $primary"))
        width = min(40, max(len(example) for example, _meaning in examples))
        for example, meaning in examples:
            lines.append(_definition(example, meaning, width + 2))
        lines.append(Content(""))
    for title, commands in groups:
        lines.append(content(title, "bold $primary"))
        for each in commands:
            key = ", ".join(shown_key(one) for one in keymap.get(each.id, each.keys).split(","))
            lines.append(_definition(key, f"{each.label}. {each.doc}", 22))
        lines.append(Content(""))
    lines += [content("Where your sessions are", "bold $primary"), content(f"  {where}"), Content("")]
    lines.append(content("esc goes back", "$secondary"))
    return Content("\n").join(lines)


def _definition(term: str, meaning: str, column: int) -> Content:
    """Return a term with its meaning beside it; below it where the term is too long."""
    beside = cell_len(term) + 2 <= column
    texts = wrapped(meaning, 102 - column)
    head = content(f"  {term.ljust(column) if beside else term}", "$accent")
    first = content(texts.pop(0)) if beside else Content("")
    rest = [content(" " * (column + 2) + text) for text in texts]
    return Content("\n").join([Content.assemble(head, first), *rest])
