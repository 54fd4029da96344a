"""The rows of the home screen: one for each session of the store, made only when it is drawn."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import overload

from facilitator.app.rows import Row, Tone
from facilitator.model.clocks import day
from facilitator.store.summaries import Broken, Summary

Listed = Summary | Broken


class SummaryRows(Sequence[Row]):
    """The rows of some summaries, for a list that is `width()` cells wide when it is drawn.

    Ten thousand cost nothing until they are looked at.
    """

    def __init__(self, listed: Sequence[Listed], now: datetime, width: Callable[[], int]) -> None:
        self._listed, self._now, self._width = listed, now, width

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._listed)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        """Make one row, or several."""
        if isinstance(place, slice):
            return SummaryRows(self._listed[place], self._now, self._width)
        return summary_row(self._listed[place], self._now, self._width())


def summary_row(listed: Listed, now: datetime, width: int) -> Row:
    """Return the row of a session: date, severity, title, and at the right status, open actions and age.

    Where `width`, that of the list in cells, is small, only the open actions stand at the right.
    """
    if isinstance(listed, Broken):
        lead = ("copy" if listed.copy_of else "unreadable").ljust(16)
        return Row(listed.file, f"{listed.file}: {listed.reason}", lead=lead, mark="!", tone=Tone.WARN)
    when = listed.day or listed.created
    severity = listed.severity or ("near" if listed.review_kind == "near miss" else "")
    facts = [f"{listed.actions_open} open" if listed.actions_open else "", str(listed.status), age(now - when)]
    columns = [fact.rjust(size) for fact, size in zip(facts, (6, 9, 3), strict=True)]
    tail = "  ".join(columns if width >= 68 else columns[:1])
    return Row(listed.id, listed.title, lead=f"{day(when, 'UTC', year=True)}  {severity:<4}", tail=tail)


def age(span: timedelta) -> str:
    """Return how long ago something was, in its largest unit: "3d", "5mo", "9y"."""
    days = span.days
    if days < 0:
        return "soon"
    for unit, size in (("y", 365), ("mo", 30), ("w", 7)):
        if days >= 2 * size:
            return f"{days // size}{unit}"
    return f"{days}d" if days else "now"


def matching(words: str) -> Callable[[Listed], bool]:
    """Return a test whether a session holds every word, in its title, services, tags, severity or status."""
    wanted = words.lower().split()

    def test(listed: Listed) -> bool:
        if isinstance(listed, Broken):
            text = listed.file
        else:
            parts = (listed.title, listed.severity, listed.status, listed.review_kind, listed.cause, listed.file)
            text = " ".join([*(str(part) for part in parts if part), *listed.services, *listed.tags])
        text = text.lower()
        return all(word in text for word in wanted)

    return test
