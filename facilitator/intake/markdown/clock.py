"""The moments that the stamps of a document mean: the day, the year and the zone that are left out, filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from facilitator.capture.times import ClockTime
from facilitator.intake.drafts import Stamp
from facilitator.intake.markdown.days import Day, days_in, resolved
from facilitator.intake.markdown.stamps import Written
from facilitator.intake.markdown.zones import kept_name
from facilitator.intake.texts.dates_by_evidence import Order, decide
from facilitator.model.moments import Precision

_BACK = timedelta(hours=6)
"""A time without a day that lies so much before the one above it is on the next day."""
_LONGEST_SPAN = timedelta(hours=12)
_ONE_DAY, _HALF_YEAR = timedelta(days=1), timedelta(days=182)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a document says of days: which number is the day, and about which day it speaks; None when it says none."""

    order: Order
    near: date | None
    today: date

    def day(self, day: Day, near: date | None = None) -> date | None:
        """Return the day that is meant by a written one; without a year it is not after today."""
        meant = resolved(day, self.order, near or self.near or self.today)
        if meant is None or day.year is not None or meant <= self.today + _ONE_DAY or not (day.month or day.numbers):
            return meant
        return resolved(day, self.order, self.today - _HALF_YEAR)


def order_of(texts: Iterable[str], known: Sequence[date], today: date, *, month_first: bool) -> Order:
    """Return which number of a day comes first in a document.

    `known` are days that it writes without doubt; `month_first` tells what to take where nothing decides.
    """
    written = [day for text in texts for day in days_in(text) if day.numbers is not None and day.year is not None]
    decision = decide((f"{a}/{b}/{day.year}" for day in written for a, b in [day.numbers or (0, 0)]), today)
    if decision is None:
        return Order.MONTH_FIRST if month_first else Order.DAY_FIRST
    if decision.sure:
        return decision.order
    if known:
        far = {order: sum(_distance(day, order, known) for day in written) for order in Order}
        if far[Order.DAY_FIRST] != far[Order.MONTH_FIRST]:
            return min(far, key=lambda order: far[order])
    return Order.MONTH_FIRST if month_first else decision.order


def _distance(day: Day, order: Order, known: Sequence[date]) -> int:
    meant = resolved(day, order, known[0])
    return min(abs((meant - each).days) for each in known) if meant else 0


class Clock:
    """Reads the stamps of one timeline from the top down. `zone` is that of stamps without one, as it is written."""

    def __init__(self, calendar: Calendar, zone: str = "", *, noon_unsaid: bool = False) -> None:
        self._calendar = calendar
        self._day = calendar.near
        self._last: datetime | None = None
        self._noon_unsaid = noon_unsaid
        self.zone = zone

    @property
    def day(self) -> date | None:
        """The day of times that name none, from here on; None when it is not known."""
        return self._day

    def on(self, day: date) -> None:
        """Go to a day, named by a heading or a line of its own."""
        self._day, self._last = day, None

    def day_of(self, written: Written) -> date | None:
        """Return the day that a stamp names, or None when it names none or one that is not in the calendar."""
        return None if written.day is None else self._calendar.day(written.day, self._day)

    def read(self, written: Written) -> Stamp | None:
        """Return the moment of a stamp, or None when no day is known for it. Later stamps are read against it."""
        try:
            return self._read(written)
        except (OverflowError, ValueError):
            return None

    def _read(self, written: Written) -> Stamp | None:
        if written.at is not None:
            self._day, self._last = written.at.date(), written.at
            return Stamp(written.at, "UTC", Precision.SECOND)
        if written.vague:
            return self._vague(written)
        written = _with_other_zone(written, self.zone)
        named = self.day_of(written)
        if named is None and written.day is not None:
            return None
        day = named or self._day
        if day is None:
            return None
        if written.clock is None:
            self._day = day
            self._last = None
            until = self._calendar.day(written.until_day, day) if written.until_day else None
            end = datetime.combine(until, time()) if until and until > day else None
            zone = kept_name(written.zone or self.zone)
            return Stamp(datetime.combine(day, time()), zone, Precision.DAY, written.approximation, end)
        at = _on(day, self._on_clock(written.clock, named))
        if named is None and self._last is not None and self._last - at > _BACK:
            at += _ONE_DAY * max(1, (self._last - at + _BACK) // _ONE_DAY)
        self._day, self._last = at.date(), at
        zone = kept_name(written.zone or self.zone)
        return Stamp(at, zone, written.clock.precision, written.approximation, self._end(written, at))

    def _vague(self, written: Written) -> Stamp | None:
        """Return the day that is known best, as about that; what follows is not read against it."""
        day = self._calendar.day(written.day) if written.day else self._day
        if day is None:
            return None
        return Stamp(datetime.combine(day, time()), kept_name(self.zone), Precision.DAY, written.approximation)

    def _on_clock(self, clock: ClockTime, named: date | None) -> ClockTime:
        """Return "1:15" after "12:50" as an afternoon where no time of the timeline has a half or an hour past 12."""
        if not self._noon_unsaid or named is not None or self._last is None or not 1 <= clock.hour < 12:
            return clock
        before, now = self._last.hour * 60 + self._last.minute, clock.hour * 60 + clock.minute
        return replace(clock, hour=clock.hour + 12) if now < before <= now + 720 else clock

    def _end(self, written: Written, start: datetime) -> datetime | None:
        if written.until is None:
            return None
        day = self._calendar.day(written.until_day, start.date()) if written.until_day else start.date()
        if day is None:
            return None
        end = _on(day, written.until)
        if end < start and written.until_day is None:
            end += _ONE_DAY
            if end - start > _LONGEST_SPAN:  # "14:20-2:00": the end is on a clock of 12 hours
                end -= _LONGEST_SPAN
        return end if end > start else None


def _with_other_zone(written: Written, zone: str) -> Written:
    """Return "20:07 (00:07 UTC)" by the clock whose zone is known, when only that is."""
    other = written.other
    if other is None or written.zone or zone or not other.zone or written.day is not None:
        return written
    return replace(written, clock=other.clock, zone=other.zone, until=other.until, other=None)


def _on(day: date, clock: ClockTime) -> datetime:
    at = datetime.combine(day, time(clock.hour % 24, clock.minute, clock.second, clock.microsecond))
    return at + _ONE_DAY if clock.hour == 24 else at
