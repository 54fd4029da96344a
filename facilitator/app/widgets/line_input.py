"""A line to type into."""

from textual.widgets import Input


class LineInput(Input):
    """An input without frame whose cursor stands still: nothing on the screen moves while nobody types."""

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(value, placeholder=placeholder, compact=True, select_on_focus=False, id=id)
        self.cursor_blink = False
