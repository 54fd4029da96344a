"""How the items of one section stand in a sheet and are read from it: what all sections have in common."""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from facilitator.capture import lines
from facilitator.capture.context import Context
from facilitator.capture.reading import Reading
from facilitator.capture.sheets.rows import Heading, Problem, Row, Shown
from facilitator.capture.tokens import PREFIXED
from facilitator.model import edits
from facilitator.model.item import Item
from facilitator.model.phases import Phase
from facilitator.model.session import Session


class UnclearError(ValueError):
    """A heading that cannot be read; the message says why and what to write."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A line and the item that it became; `old` is that item as it was, or None for a new one."""

    row: Row
    item: Item
    old: Item | None


@dataclass(frozen=True, slots=True)
class Case:
    """A line to read, the item that it was, if any, and the line before it that could be read."""

    row: Row
    was: Shown | None
    above: Filed | None


class Form:
    """How one section stands in a sheet. One is made for each sheet that is written or read."""

    kinds: ClassVar[tuple[type[Item], ...]]
    phase: ClassVar[Phase] = Phase.INCIDENT
    headed: ClassVar[bool] = False
    indented: ClassVar[bool] = False
    asides: ClassVar[bool] = True
    """Whether an open question, a topic to park or a private note may be typed here, as in most places."""

    def __init__(self, context: Context, new_id: Callable[[], str]) -> None:
        self.context, self.new_id = context, new_id

    def parts(self) -> list[Shown | Heading]:
        """Return what is written, in order."""
        items = edits.items(self.context.session, self.kinds[0])
        return [Shown(item, lines.typed(item, self.context)) for item in items]

    def place(self, heading: Heading) -> str:
        """Return the place of the lines below a heading. Raises UnclearError."""
        raise UnclearError(f"there are no headings here, such as {heading.text}")

    def kind(self, text: str) -> str:
        """Return what a line must have in common with the line that it was before."""
        return "aside" if self.is_aside(text) else ""

    def is_aside(self, text: str) -> bool:
        """Tell whether a line files something that is not of this section."""
        return self.asides and PREFIXED.match(text) is not None

    def read(self, case: Case) -> Reading[Item]:
        """Return what a line that is new or was changed becomes."""
        if case.was is not None:
            return lines.reread(case.row.text, case.was.item, self.context)
        return lines.read(case.row.text, self.phase, self.context)

    def names(self) -> Collection[str]:
        """Return the words that mean something after a hash in a line of this section."""
        return ()

    def problems(self, filed: Sequence[Filed]) -> list[Problem]:
        """Return what is wrong with lines of which each can be read on its own."""
        message = "It is indented by an odd number of spaces. Indent by two for each level"
        return [
            Problem(each.row.number, each.row.text, message)
            for each in filed
            if self.indented and each.row.indent % 2 and isinstance(each.item, self.kinds)
        ]

    def missing(self) -> list[Problem]:
        """Return the headings that must be there and are not."""
        return []

    def grouped(self, filed: Sequence[Filed]) -> list[tuple[Item, Hashable]]:
        """Return the items, and for each among which others its rank counts."""
        return [(each.item, None) for each in filed]

    def opened(self, session: Session) -> Session:
        """Return the session with what the headings say."""
        return session
