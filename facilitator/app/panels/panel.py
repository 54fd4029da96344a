"""A panel: how one phase shows a session, and what may be typed into it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from facilitator.app.rows import Line, Row
from facilitator.capture.fields import Field
from facilitator.model.session import Session

Rows = Callable[[Session], Sequence[Row]]


def _no_lines(_session: Session, _key: str) -> tuple[Line, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Panel:
    """What a phase shows.

    `rows` makes its rows; `focus` the lines below the row under the cursor; `invitation` is what the empty capture
    line says; `empty` is said when there is no row yet. `fields` are those that a typed line can fill; `fold` hides
    what is below a row, or shows it again.
    """

    rows: Rows
    invitation: str
    empty: str = ""
    focus: Callable[[Session, str], tuple[Line, ...]] = _no_lines
    fields: tuple[Field, ...] = ()
    fold: Callable[[str], None] | None = None

    def field(self, key: str) -> Field | None:
        """Return the field of the row with this key, or None when the row is an item."""
        return next((field for field in self.fields if field.path == key), None)
