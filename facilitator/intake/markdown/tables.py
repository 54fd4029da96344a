"""Tables of a timeline: which column holds the time, which the day, which the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from facilitator.intake.markdown.inline import plain
from facilitator.intake.markdown.stamps import Written, find_stamp
from facilitator.intake.markdown.zones import zone_in

_TIME = re.compile(
    r"\b(?:time|times|timestamps?|date|dates|datetime|when|clock|utc|gmt|day|hour|zeit|uhrzeit|zeitpunkt|datum"
    r"|heure|hora|fecha|started?|begin|from)\b"
)
_NO_TIME = re.compile(
    r"\b(?:to (?:detect|resolve|recover|repair|mitigate|acknowledge)|duration|elapsed|due|spent|since|delta"
    r"|target|deadline|taken|estimate)\b"
)
_END = re.compile(r"\b(?:end|ended|until|finish|finished|stop)\b")
_YEAR = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the time stands in the rows of a table. `zone` and `year` are those that its head names, or "" and None."""

    times: tuple[int, ...]
    end: int | None = None
    zone: str = ""
    year: int | None = None
    headed: bool = True

    def stamp(self, cells: Sequence[str]) -> Written | None:
        """Return the stamp of a row of plain cells, or None."""
        told = [cells[column] for column in self.times if column < len(cells) and cells[column]]
        if not told:
            return None
        found = find_stamp(" ".join(told), alone=True)
        if found is None and len(told) > 1:
            found = next((each for cell in told if (each := find_stamp(cell, alone=True)) is not None), None)
        if found is not None and self.end is not None and self.end < len(cells) and found.until is None:
            joined = find_stamp(f"{told[-1]} - {cells[self.end]}", alone=True)
            found = joined if joined is not None and joined.until is not None and len(told) == 1 else found
        return found

    def told(self, cells: Sequence[str]) -> str:
        """Return what stands in the cells of the time."""
        return " ".join(cells[column] for column in self.times if column < len(cells) and cells[column])

    def text(self, cells: Sequence[str]) -> str:
        """Return what the other cells of a row say."""
        taken = {*self.times, self.end}
        return " – ".join(cell for column, cell in enumerate(cells) if column not in taken and cell)


def columns_of(header: Sequence[str]) -> Columns | None:
    """Return where a table that has this head holds times, or None when it holds none or nothing besides."""
    heads = [plain(cell) for cell in header]
    names = [head.casefold() for head in heads]
    times = tuple(
        column
        for column, name in enumerate(names)
        if (_TIME.search(name) or (zone_in(heads[column]) and len(name) < 12))
        and not _NO_TIME.search(name)
        and len(name) < 60
    )
    end = next((column for column, name in enumerate(names) if _END.search(name) and times and column > times[0]), None)
    times = tuple(column for column in times if column != end)
    if not times or len(times) >= len(heads):
        return None
    zones = [zone_in(heads[column]) for column in times]
    zone = next((zone for zone in zones if zone), "")
    if len(times) > 1 and sum(1 for each in zones if each) > 1:
        times = (times[zones.index(zone)],) if _both_clocks(names, times) else times
    years = [found for column in times if (found := _YEAR.search(heads[column]))]
    return Columns(times, end, zone, int(years[0][1]) if years else None)


def columns_by_rows(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Return where the rows hold times when no head says it: the first column, if half of them have one there."""
    stamped = [row for row in rows if len(row) > 1 and find_stamp(row[0], alone=True) is not None]
    if len(stamped) * 2 < len(rows) or not stamped:
        return None
    second = sum(1 for row in stamped if len(row) > 2 and find_stamp(row[1], alone=True) is not None)
    return Columns((0, 1) if second * 2 > len(rows) else (0,), headed=False)


def _both_clocks(names: Sequence[str], times: Sequence[int]) -> bool:
    """Return whether two columns show one time on two clocks, rather than a day and a time."""
    return (
        not any(re.search(r"\b(?:date|day|datum)\b", names[column]) for column in times[:1])
        or "time" in names[times[0]]
    )
