"""Trends as a picture: bars, and distributions as dots with their quartiles and median, in one SVG file."""

from collections import Counter
from collections.abc import Sequence

from facilitator.documents.pictures.frame import MARGIN, Frame
from facilitator.documents.pictures.measure import text_width, wrapped
from facilitator.documents.pictures.svg import Box, Drawing
from facilitator.library.scales import KINDS, Axis, Kind
from facilitator.library.trends import PERIODS, By, Group, Spread, Trends, runs

MOST = 120
"""How many groups are drawn at most, so that a picture can be opened."""

_WIDTH = 960.0
_NAME = 150.0
_TOLD = 290.0
_ROW = 24.0
_GAP = 44.0
_BAR = 12.0
_NAMED = 3
_COUNT = 34.0
_MOST_CAUSES = 8
_HIGHEST = 18.0
_DOTS = 2_000


def picture(found: Trends) -> str:
    """Return the trends as SVG."""
    timed = found.by in PERIODS
    groups = found.groups[-MOST:] if timed else found.groups[:MOST]
    drawing = Drawing()
    title = f"{found.whole.sessions:,} sessions by {found.by}"
    frame = Frame(drawing, "Trends", title, _WIDTH)
    page = _Page(drawing, frame.top)
    page.sessions(groups, found.by)
    if timed:
        page.causes(groups)
    for kind in KINDS:
        page.spreads(kind, groups)
    page.actions(groups)
    notes = ["Dots are single sessions, the bar reaches from quartile to quartile, the line is the median."]
    if len(groups) < len(found.groups):
        left_out = len(found.groups) - len(groups)
        notes.append(f"{left_out:,} {'earlier periods' if timed else 'smaller groups'} are not drawn.")
    height = frame.notes(page.bottom, notes)
    told = "; ".join(f"{each.name}: {each.sessions}" for each in groups)
    return drawing.svg("trends", frame.whole_width, height, title=title, description=told or "nothing")


class _Page:
    """Draws sections below each other; `bottom` is where the last one ends."""

    def __init__(self, drawing: Drawing, top: float) -> None:
        self._drawing = drawing
        self._left, self._right = MARGIN + _NAME, MARGIN + _WIDTH - _TOLD
        self.bottom = top

    def sessions(self, groups: Sequence[Group], by: By) -> None:
        highest = max((each.sessions for each in groups), default=0)
        if not highest:
            return
        self._heading("Sessions")
        for run in runs(groups):
            if len(run) > 1:
                y = self._row(f"{len(run):,} {by}s")
                self._told(y, f"without a session, {run[0].name} to {run[-1].name}")
                continue
            (each,) = run
            y = self._row(each.name)
            width = (self._right - self._left) * each.sessions / highest
            if width:
                self._drawing.box("accent", Box(self._left, y - _BAR + 2, width, _BAR), radius=2)
            named = each.services if by is By.CAUSE else each.causes
            self._told(y, f"{each.sessions:,}", _fitting([f"{name} {count:,}" for name, count in named.items()]))

    def causes(self, groups: Sequence[Group]) -> None:
        """Draw a row for each cause, with a bar for each period as high as it has sessions of that cause."""
        total: Counter[str] = Counter()
        for group in groups:
            total.update(group.causes)
        if not total:
            return
        highest = max(count for group in groups for count in group.causes.values())
        slot = (self._right - self._left) / len(groups)
        self._heading(f"Causes, {groups[0].name} to {groups[-1].name}")
        for name, count in sorted(total.items(), key=lambda each: (-each[1], each[0]))[:_MOST_CAUSES]:
            y = self._row(name)
            self._drawing.path("line", "M", self._left, y + 2, "H", self._right)
            for number, group in enumerate(groups):
                height = _HIGHEST * group.causes.get(name, 0) / highest
                if height:
                    left = self._left + slot * (number + 0.15)
                    self._drawing.box("accent", Box(left, y + 2 - height, slot * 0.7, height))
            self._told(y, f"{count:,}")

    def spreads(self, kind: Kind, groups: Sequence[Group]) -> None:
        held = [(each, spread) for each in groups if (spread := kind.of(each)) is not None]
        if not held:
            return
        axis = kind.axis(spread for _, spread in held)
        self._heading(kind.heading)
        for tick in axis.ticks:
            self._drawing.text("muted", self._x(axis, tick), self.bottom + 6, [kind.named(tick)], size=11, middle=True)
        self.bottom += 12
        for each, spread in held:
            y = self._row(each.name)
            self._strip(axis, spread, y - 4)
            count = len(spread.values)
            self._told(
                y, f"median {kind.named(spread.median)} of {count:,}" if count > 1 else kind.named(spread.median)
            )

    def actions(self, groups: Sequence[Group]) -> None:
        held = [each for each in groups if each.actions_done or each.actions_pending]
        if not held:
            return
        self._heading("Actions")
        for each in held:
            y, wanted = self._row(each.name), each.actions_done + each.actions_pending
            width = self._right - self._left
            self._drawing.box("more", Box(self._left, y - _BAR + 2, width, _BAR), radius=2)
            if each.actions_done:
                done = Box(self._left, y - _BAR + 2, width * each.actions_done / wanted, _BAR)
                self._drawing.box("accent", done, radius=2)
            given_up = f", {each.actions_wont_do:,} given up" if each.actions_wont_do else ""
            self._told(y, f"{each.actions_done:,} of {wanted:,} done{given_up}")

    def _strip(self, axis: Axis, spread: Spread, y: float) -> None:
        self._drawing.path("line", "M", self._left, y, "H", self._right)
        if spread.lower is not None and spread.upper is not None:
            low, high = self._x(axis, spread.lower), self._x(axis, spread.upper)
            self._drawing.box("effect", Box(low, y - 6, max(high - low, 1.0), 12), radius=3)
        # Of very many values those are drawn that stand at equal distances in their order.
        step = max(1, len(spread.values) // _DOTS)
        for value in spread.values[::step]:
            self._drawing.circle("muted", self._x(axis, value), y, 2.5)
        if len(spread.values) > 1:
            median = self._x(axis, spread.median)
            self._drawing.path("single", "M", median, y - 8, "V", y + 8)

    def _x(self, axis: Axis, value: float) -> float:
        return self._left + (self._right - self._left) * axis.place(value)

    def _heading(self, text: str) -> None:
        self.bottom += _GAP
        self._drawing.text("ink", MARGIN, self.bottom, [text], size=15, bold=True)
        self.bottom += 10

    def _row(self, name: str) -> float:
        """Begin a row and return the height of its base line."""
        self.bottom += _ROW
        (line, *_) = wrapped(name, _NAME - 12, 13, most=1) or [""]
        self._drawing.text("ink", MARGIN, self.bottom, [line])
        return self.bottom

    def _told(self, y: float, text: str, more: str = "") -> None:
        (line, *_) = wrapped(text, _TOLD - 14, 12, most=1) or [""]
        self._drawing.text("muted", self._right + 14, y, [line], size=12)
        if more:
            self._drawing.text("muted", self._right + 14 + _COUNT, y, [more], size=12)


def _fitting(parts: Sequence[str]) -> str:
    """Return the first parts, as many as have room, or the beginning of the first one."""
    told = ""
    for part in parts[:_NAMED]:
        longer = f"{told}, {part}" if told else part
        if text_width(longer, 12) > _TOLD - 14 - _COUNT:
            break
        told = longer
    return told or next(iter(wrapped(parts[0], _TOLD - 14 - _COUNT, 12, most=1)), "") if parts else ""
