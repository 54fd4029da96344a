"""A past incident, to be read in the middle of a meeting: its document, and the clock of the meeting above it."""

import asyncio
from collections.abc import Callable

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen

from facilitator.app.meeting.face import Face
from facilitator.app.meeting.presentation import Presentation, View
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.clock_face import ClockFace
from facilitator.app.widgets.document_view import DocumentView
from facilitator.model.aliases import by_role
from facilitator.model.session import Session


class PastScreen(Screen[None]):
    """Shows the document of another session. Nothing in it can be changed; Escape and Enter go back."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-middle")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (14, "-low"), (22, "-tall")]
    BINDINGS = [
        Binding("escape,enter,q", "leave", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("ctrl+home", "scroll(-1_000_000)", show=False),
        Binding("ctrl+end", "scroll(1_000_000)", show=False),
    ]

    def __init__(self, session: Session, presentation: Presentation, read_clock: Callable[[], Face | None]) -> None:
        super().__init__()
        self._session, self._presentation, self._read_clock = session, presentation, read_clock

    def compose(self) -> ComposeResult:
        """Create the title, the document and the keys."""
        with Horizontal(id="head"):
            yield Bar(id="top")
            yield ClockFace(self._read_clock)
        yield DocumentView()
        yield Bar(id="past-keys")

    def on_mount(self) -> None:
        """Name the session and the keys, and show the document as soon as it is made."""
        seen, session = self._presentation, self._session
        self.set_class(seen.shared, "-presenter")
        self._named = by_role(session) if seen.view is View.ROLES else str
        severity = f"   {session.severity}" if session.severity else ""
        title = ((f" {self._named(session.title)}", "bold $foreground"), (severity, "$secondary"))
        self.query_one("#top", Bar).show(title, (("  a past incident, read only ", "$secondary"),))
        self.query_one("#past-keys", Bar).show((("   esc back   up, down scroll", "$secondary"),))
        self.query_one(ClockFace).tick()
        self._show()

    @work(exclusive=True, group="past")
    async def _show(self) -> None:
        text = await asyncio.to_thread(self._document)
        self.query_one(DocumentView).show(text, text)

    def _document(self) -> str:
        """Return the document without its diagrams, which a terminal does not draw."""
        from facilitator.documents.markdown import markdown
        from facilitator.documents.pictures.figures import nothing

        return self._named(markdown(self._session, nothing))

    def action_scroll(self, lines: int) -> None:
        """Scroll the document."""
        self.query_one(DocumentView).scroll_lines(lines)

    def action_page(self, direction: int) -> None:
        """Scroll by a screen."""
        self.query_one(DocumentView).page(direction)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
