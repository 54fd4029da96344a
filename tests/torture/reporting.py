"""What torture prints: a line for each thing that was tried, what was found, and whether what is promised holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

COLUMNS = (50, 36, 14, 0)
_ALWAYS = 4
HEADINGS = ("what", "tried", "verdict", "found")


class Verdict(StrEnum):
    """What a line says of the program."""

    HOLDS = "holds"
    WRONG = "WRONG"
    COMPARED = "to compare"
    NOT_RUN = "not run here"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `wrong` is what must not have happened, by name; `found` are other figures."""

    what: str
    tried: str = ""
    wrong: Mapping[str, int] = field(default_factory=dict)
    found: Mapping[str, object] = field(default_factory=dict)
    compared: bool = False
    not_run: str = ""
    details: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Whether what is promised holds."""
        if self.not_run:
            return Verdict.NOT_RUN
        if self.compared:
            return Verdict.COMPARED
        return Verdict.WRONG if any(self.wrong.values()) else Verdict.HOLDS

    @property
    def shown(self) -> str:
        """The line as it is printed, with what went wrong below it."""
        # What is said even when there was none of it stands first.
        shown = {name: value for place, (name, value) in enumerate(self.wrong.items()) if value or place < _ALWAYS}
        found = ", ".join(f"{name} {_number(value)}" for name, value in {**shown, **self.found}.items())
        line = in_columns((self.what, self.tried, self.verdict, self.not_run or found))
        return "\n".join([line, *(f"    {each}" for each in self.details[:5])])


def in_columns(cells: Iterable[str]) -> str:
    """Return the cells of a line."""
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, COLUMNS, strict=True)).rstrip()


def heading() -> Iterator[str]:
    """Yield the lines above the table."""
    yield in_columns(HEADINGS)
    yield in_columns("-" * (width or 50) for width in COLUMNS)


def times(number: int) -> str:
    """Return how often something was tried, in words."""
    return "once" if number == 1 else f"{number:,} times"


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
