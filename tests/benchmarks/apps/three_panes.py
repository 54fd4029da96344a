"""A Textual app with three panes, a line to type into and a footer, and nothing behind them."""

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Footer, Input, Static


class ThreePanes(App[None]):
    """Shows what a program of this form costs before it does anything."""

    CSS = "Horizontal { height: 1fr; } Static { width: 1fr; }"

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("left")
            yield Static("middle")
            yield Static("right")
        yield Input()
        yield Footer()


ThreePanes().run()
