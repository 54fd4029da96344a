"""The pictures of a session, as a terminal draws them: fishbone, paths to the effect, timeline."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from facilitator.app.commands import PICTURES as PICTURES_KEY
from facilitator.app.widgets.bar import Bar
from facilitator.app.widgets.drawn import DrawnView
from facilitator.documents.drawn.fishbone_text import fishbone_lines
from facilitator.documents.drawn.paths_text import paths_lines
from facilitator.documents.drawn.pieces import Drawn, Piece, Tone
from facilitator.documents.drawn.strip_text import strip_picture
from facilitator.model.fishbone import fishbone
from facilitator.model.session import Session

Draw = Callable[[Session, int], Sequence[Drawn]]

PICTURES: dict[str, tuple[str, Draw]] = {
    "Fishbone": ("Contributing factors by category", lambda session, width: fishbone_lines(fishbone(session), width)),
    "Paths": ("What was enough for the effect, and what closes it", paths_lines),
    "Timeline": (
        "The whole incident at a glance",
        lambda session, width: strip_picture(session.timeline, session.zone, width).lines if session.timeline else (),
    ),
}
"""The pictures by name, each with what it shows."""

_EMPTY: dict[str, str] = {
    "Fishbone": "There are no contributing factors yet.",
    "Paths": "There are no answers in the whys yet.",
    "Timeline": "There are no entries yet.",
}


class PicturesScreen(Screen[None]):
    """Shows one picture at a time. Tab shows the next one, Escape goes back."""

    BINDINGS = [
        Binding("escape,q", "leave", show=False),
        Binding(PICTURES_KEY.keys, "leave", id=PICTURES_KEY.id, show=False),
        Binding("tab,right", "next(1)", show=False),
        Binding("shift+tab,left", "next(-1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-20)", show=False),
        Binding("pagedown,space", "scroll(20)", show=False),
    ]

    def __init__(self, session: Session, name: str) -> None:
        super().__init__()
        self._session, self._picture = session, name

    def compose(self) -> ComposeResult:
        """Create the title, the picture and the keys."""
        yield Bar(id="top")
        yield DrawnView()
        yield Bar(id="picture-keys")

    def on_mount(self) -> None:
        """Name the keys."""
        keys = "tab next picture   up, down scroll   esc back"
        self.query_one("#picture-keys", Bar).show(((f"   {keys}", "$secondary"),))

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.call_after_refresh(self._show)

    def action_next(self, step: int) -> None:
        """Show another picture."""
        names = list(PICTURES)
        self._picture = names[(names.index(self._picture) + step) % len(names)]
        self._show()

    def action_scroll(self, lines: int) -> None:
        """Scroll the picture."""
        self.query_one(DrawnView).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def _show(self) -> None:
        label, draw = PICTURES[self._picture]
        view = self.query_one(DrawnView)
        place = list(PICTURES).index(self._picture) + 1
        self.query_one("#top", Bar).show(
            ((f" {self._picture}", "bold $primary"), (f"   {label}", "$secondary")),
            ((f"{place}/{len(PICTURES)} ", "$secondary"),),
        )
        lines = draw(self._session, max(20, view.scrollable_content_region.width))
        view.show(lines or ((Piece(_EMPTY[self._picture], Tone.MUTED),),))
