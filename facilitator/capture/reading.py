"""What was understood of a line: a value, or a question with the answers that settle it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Choice(Generic[T_co]):
    """One way to settle a question. `label` is shown, `value` is filed when it is chosen."""

    label: str
    value: T_co


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """What a line was read as.

    `value` is what Enter files at once, or None when something must be settled first. `understood` holds short phrases
    to show beside the line. `question` says what must be settled, in one plain sentence, and `choices` the proposals
    that settle it, best first; without choices the line must be typed differently. A line on which nothing was typed
    gives neither value nor question.

    For a field of a form None is a value too, that of an empty field: its reading is settled when there is no question.
    """

    value: T_co | None = None
    understood: tuple[str, ...] = ()
    question: str = ""
    choices: tuple[Choice[T_co], ...] = ()

    def map(self, make: Callable[[T_co], U]) -> "Reading[U]":
        """Return the same reading with `make` applied to the value and to that of each choice."""
        return Reading(
            None if self.value is None else make(self.value),
            self.understood,
            self.question,
            tuple(Choice(choice.label, make(choice.value)) for choice in self.choices),
        )
