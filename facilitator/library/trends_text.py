"""Trends drawn as text in a terminal: bars, and distributions as dots with their quartiles and median."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from facilitator.documents.drawn.cells import cells
from facilitator.library.scales import KINDS, Axis, Kind
from facilitator.library.trends import PERIODS, By, Group, Spread, Trends, runs
from facilitator.model.text import one_line

NARROWEST = 40
"""The narrowest drawing, in cells; on a narrower screen its lines are cut."""

WIDEST_NAME = 24
_LONGEST_BAR = 32
_NAMED_CAUSES = 3
_FEWEST_PERIODS = 3
_MOST_CAUSES = 12
_HEADINGS = {
    By.MONTH: "Sessions by month",
    By.QUARTER: "Sessions by quarter",
    By.YEAR: "Sessions by year",
    By.SERVICE: "Sessions by service",
    By.CAUSE: "Sessions by cause",
}


class Signs(NamedTuple):
    """The characters of a drawing, each one cell wide.

    Those of a bar and the rest of it, of dots by how many stand there, of quartiles, median, and heights from low up.
    """

    bar: str
    rest: str
    dots: tuple[str, str, str]
    box: str
    median: str
    steps: str


UNICODE = Signs("█", "░", ("·", "•", "●"), "─", "┃", "▁▂▃▄▅▆▇█")
ASCII = Signs("#", ".", (".", "o", "O"), "-", "|", ".:-=+*%@")


def drawn(found: Trends, columns: int, signs: Signs = UNICODE, *, most: int = 36) -> list[str]:
    """Return the lines of a drawing; where there are more than `most` groups, the last periods or the largest."""
    columns = max(columns, NARROWEST)
    if not found.groups:
        return []
    timed = found.by in PERIODS
    groups = found.groups[-most:] if timed else found.groups[:most]
    name_room = min(WIDEST_NAME, max(cells(_name(each.name)) for each in groups))
    drawing = _Drawing(columns, name_room, signs)
    sections = [
        [_HEADINGS[found.by], *drawing.sessions(groups, found.by)],
        drawing.causes(groups) if timed else [],
        *(section for kind in KINDS if (section := drawing.spreads(kind, groups))),
        drawing.actions(groups),
        _again(found),
    ]
    if len(groups) < len(found.groups):
        missing = len(found.groups) - len(groups)
        sections.append([f"{missing:,} {'earlier periods' if timed else 'smaller groups'} are not drawn"])
    return [line for section in sections if section for line in ("", *section)][1:]


class _Drawing:
    """Draws rows with a name at the left."""

    def __init__(self, columns: int, name_room: int, signs: Signs) -> None:
        self._columns, self._name_room, self._signs = columns, name_room, signs

    def sessions(self, groups: Sequence[Group], by: By) -> Iterator[str]:
        highest = max(each.sessions for each in groups) or 1
        digits = len(f"{highest:,}")
        room = min(_LONGEST_BAR, max(8, (self._columns - self._name_room - digits) // 3))
        for run in runs(groups):
            if len(run) > 1:
                yield self._row("", f"{len(run):,} {by}s without a session, {run[0].name} to {run[-1].name}")
                continue
            (each,) = run
            bar = self._bar(each.sessions / highest, room)
            named = each.services if by is By.CAUSE else each.causes
            told = ", ".join(f"{one_line(name)} {count:,}" for name, count in list(named.items())[:_NAMED_CAUSES])
            again = f" ({each.again:,} came again)" if each.again else ""
            yield self._row(each.name, f"{bar} {each.sessions:>{digits},}{again}  {told}")

    def causes(self, groups: Sequence[Group]) -> list[str]:
        """Return a row for each cause, a sign for each period, as high as it has sessions of that cause."""
        total: Counter[str] = Counter()
        for group in groups:
            total.update(group.causes)
        highest = max((count for group in groups for count in group.causes.values()), default=0)
        if len(groups) < _FEWEST_PERIODS or not highest:
            return []
        names = sorted(total, key=lambda name: (-total[name], name))[:_MOST_CAUSES]
        room = max(cells(_name(name)) for name in names)
        rows = []
        for name in names:
            counts = [group.causes.get(name, 0) for group in groups]
            steps = (self._signs.steps[(count * 8 - 1) // highest] if count else " " for count in counts)
            label = _name(name)
            rows.append(f"{label}{' ' * (room - cells(label))}  {''.join(steps)}  {total[name]:,}")
        return [f"Causes, {groups[0].name} to {groups[-1].name}, the highest {highest:,}", *rows]

    def spreads(self, kind: Kind, groups: Sequence[Group]) -> list[str]:
        held = [(each, found) for each in groups if (found := kind.of(each)) is not None]
        if not held:
            return []
        axis = kind.axis(found for _, found in held)
        told = [self._told(kind, found) for _, found in held]
        room = max(16, self._columns - self._name_room - 2 - max(map(cells, told)) - 2)
        rows = [
            self._row(each.name, f"{self._strip(found, axis, room)}  {text}")
            for (each, found), text in zip(held, told, strict=True)
        ]
        return [kind.heading, *rows, self._row("", _ticks(kind, axis, room))]

    def actions(self, groups: Sequence[Group]) -> list[str]:
        rows = []
        for each in groups:
            wanted = each.actions_done + each.actions_pending
            if wanted or each.actions_wont_do:
                done = each.actions_done / wanted if wanted else 0.0
                room = min(_LONGEST_BAR, max(8, (self._columns - self._name_room) // 3))
                filled = round(done * room)
                bar = self._signs.bar * filled + self._signs.rest * (room - filled)
                given_up = f", {each.actions_wont_do:,} given up" if each.actions_wont_do else ""
                rows.append(self._row(each.name, f"{bar} {each.actions_done:,} of {wanted:,} done{given_up}"))
        return ["Actions", *rows] if rows else []

    def _bar(self, share: float, room: int) -> str:
        filled = max(round(share * room), 1 if share else 0)
        return self._signs.bar * filled + " " * (room - filled)

    def _strip(self, found: Spread, axis: Axis, room: int) -> str:
        """Return the values as dots, larger where several stand in one place, on the line between the quartiles."""
        counts = [0] * room
        for value in found.values:
            counts[_cell(axis, value, room)] += 1
        shown = [" "] * room
        if found.lower is not None and found.upper is not None:
            for place in range(_cell(axis, found.lower, room), _cell(axis, found.upper, room) + 1):
                shown[place] = self._signs.box
        for place, count in enumerate(counts):
            if count:
                shown[place] = self._signs.dots[0 if count == 1 else 1 if count < 4 else 2]
        if len(found.values) > 1:
            shown[_cell(axis, found.median, room)] = self._signs.median
        return "".join(shown)

    def _told(self, kind: Kind, found: Spread) -> str:
        count = len(found.values)
        return f"median {kind.named(found.median)} of {count:,}" if count > 1 else kind.named(found.median)

    def _row(self, name: str, text: str) -> str:
        name = _name(name)
        return f"{name}{' ' * (self._name_room - cells(name))}  {text}".rstrip()


def _again(found: Trends) -> list[str]:
    rows = [
        f"{each.sessions:>5,} x {one_line(each.cause)} in {one_line(each.service)}, {each.first} to {each.last}"
        for each in found.recurrences
    ]
    return ["What came again most often", *rows] if rows else []


def _cell(axis: Axis, value: float, room: int) -> int:
    return min(room - 1, int(axis.place(value) * room))


def _ticks(kind: Kind, axis: Axis, room: int) -> str:
    """Return the names below an axis, as many as have room."""
    line, used = "", -1
    for tick in axis.ticks:
        name = kind.named(tick)
        start = min(_cell(axis, tick, room), room - cells(name))
        if start > used:
            line = f"{line}{' ' * (start - cells(line))}{name}"
            used = start + cells(name)
    return line


def _name(name: str) -> str:
    """Return a name that fits at the left of a row."""
    name = one_line(name)
    if cells(name) <= WIDEST_NAME:
        return name
    while cells(name) > WIDEST_NAME - 1:
        name = name[:-1]
    return f"{name.rstrip()}…"
