"""Help: the keys of the screen below, and what can be typed, made from the commands and the capture grammar."""

from collections.abc import Iterable, Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from facilitator.app.commands import Command, shown_key
from facilitator.app.rows import Line, Row, heading
from facilitator.app.screens.dialog import Dialog
from facilitator.app.widgets.row_list import RowList

_WIDE = 100
"""From so many cells on, examples and keys have a wide column of their own beside the words."""


class HelpScreen(Dialog[None]):
    """Shows help until a key is pressed."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]
    BINDINGS = [
        Binding("q,enter,question_mark", "cancel", "Leave", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(
        self,
        typed: Iterable[tuple[str, str]],
        groups: Iterable[tuple[str, Iterable[Command]]],
        keymap: Mapping[str, str],
        where: str,
    ) -> None:
        super().__init__("app.help")
        self._rows = help_rows(typed, groups, keymap, where)
        self._wide: bool | None = None

    def compose(self) -> ComposeResult:
        """Create the page."""
        yield Vertical(id="help")

    async def on_resize(self) -> None:
        """Show the page; where there is little room, what is long in the column at the left has lines of its own."""
        wide = self.size.width >= _WIDE
        if wide is not self._wide:
            self._wide = wide
            page = self.query_one("#help")
            await page.remove_children()
            await page.mount(rows := RowList(longest_lead=40 if wide else 12))
            rows.show(self._rows)

    def action_scroll(self, lines: int) -> None:
        """Scroll the page."""
        self.query_one(RowList).move_by(lines)


def help_rows(
    typed: Iterable[tuple[str, str]],
    groups: Iterable[tuple[str, Iterable[Command]]],
    keymap: Mapping[str, str],
    where: str,
) -> list[Row]:
    """Return the help: what can be typed and becomes what, then the keys in groups, then where the data is."""
    rows: list[Row] = []
    examples = [Row("", meaning, lead=example) for example, meaning in typed]
    if examples:
        rows += [heading("What can be typed here", first=True), *examples]
    for title, commands in groups:
        rows.append(heading(title, first=not rows))
        for each in commands:
            keys = ", ".join(shown_key(one) for one in keymap.get(each.id, each.keys).split(","))
            rows.append(Row("", f"{each.label}. {each.doc}", lead=keys))
    rows += [heading("Where your sessions are"), Row("", where), Row("", "", above=(Line("esc goes back"),))]
    return rows
