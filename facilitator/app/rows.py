"""Rows: what a panel shows, before anything knows how wide the screen is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar, overload

ValueT = TypeVar("ValueT")


class Tone(StrEnum):
    """How loud a piece of text is; each tone is one component class of the row list."""

    BODY = "body"
    STRONG = "strong"
    HEADING = "heading"
    MUTED = "muted"
    HINT = "hint"
    ASK = "ask"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text above or below a row, with its tone."""

    text: str
    tone: Tone = Tone.MUTED


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in a panel: an item, a field of a form, or a heading when `key` is empty.

    `lead` stands in a column of its own at the left, `mark` is one cell before it, `tail` stands at the right.
    """

    key: str
    body: str
    lead: str = ""
    mark: str = " "
    tail: str = ""
    indent: int = 0
    tone: Tone = Tone.BODY
    above: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()


class MadeRows(Sequence[Row], Generic[ValueT]):
    """Rows that are made of values when they are looked at: ten thousand cost nothing until then."""

    def __init__(self, values: Sequence[ValueT], make: Callable[[ValueT], Row]) -> None:
        self._values, self._make = values, make

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._values)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        """Make one row, or several."""
        if isinstance(place, slice):
            return MadeRows(self._values[place], self._make)
        return self._make(self._values[place])


def heading(text: str, *, first: bool = False) -> Row:
    """Return a row that is only a heading, with a blank line above it unless it is the first."""
    return Row("", text, tone=Tone.HEADING, above=() if first else (Line(""),))


def position(rows: Sequence[Row], key: str) -> int | None:
    """Return the place of the row with this key, or None."""
    return next((place for place, row in enumerate(rows) if row.key == key), None)
