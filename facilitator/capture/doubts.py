"""What must be asked about a time stamp before it is filed, each question with the moments that would settle it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta, tzinfo

from facilitator.capture.dates import Days, Form, named
from facilitator.capture.instants import (
    ONE_DAY,
    Frame,
    When,
    built,
    clock_of,
    day_told,
    days_of,
    describe,
    zone_of,
)
from facilitator.capture.nearness import decided, on_next_day, possible
from facilitator.capture.reading import Choice, Reading
from facilitator.capture.stamps import Point, Stamp
from facilitator.capture.times import ClockTime, guesses
from facilitator.capture.zones import offset_name
from facilitator.model.clocks import MONTHS
from facilitator.model.metrics import spoken
from facilitator.model.moments import Moment

_HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Case:
    """A stamp in its line, and what it is read against."""

    stamp: Stamp
    line: str
    frame: Frame


def doubt(case: Case) -> Reading[When] | None:
    """Return the first question that must be settled about a stamp with a start, or None when it is clear."""
    for step in _STEPS:
        asked = step(case)
        if asked is not None:
            return asked
    return None


def as_text(frame: Frame) -> tuple[Choice[When], ...]:
    """Return what is proposed for a line that names no time."""
    return frame.instead


def _impossible(case: Case) -> Reading[When] | None:
    """Ask when a time or a day does not exist."""
    stamp, frame = case.stamp, case.frame
    if stamp.start is not None and _wrong(stamp.start):
        options = [replace(stamp, start=point) for point in _corrected(stamp.start, case)]
        return _ask(_wrong(stamp.start), options, frame)
    if stamp.until is not None and _wrong(stamp.until):
        options = [replace(stamp, until=point) for point in _corrected(stamp.until, case)]
        return _ask(_wrong(stamp.until), options, frame)
    return None


def _wrong(point: Point) -> str:
    words = (point.days.wrong if point.days else "") or (point.time.wrong if point.time else "")
    return words[:1].upper() + words[1:]


def _corrected(point: Point, case: Case) -> list[Point]:
    """Return what a day or time that does not exist may have meant."""
    if point.days is not None and point.days.wrong:
        return [replace(point, days=Days((day,), point.days.end)) for day in point.days.options]
    if point.time is None:
        return []
    return [_guessed(point, guess, days, case) for guess, days in guesses(point.time)]


def _guessed(point: Point, time: ClockTime, days_later: int, case: Case) -> Point:
    if not days_later:
        return replace(point, time=time)
    day = days_of(point, case.frame, zone_of(case.stamp, case.frame)[1])[0]
    return replace(point, time=time, days=Days((day + days_later * ONE_DAY,), point.end))


def _number(case: Case) -> Reading[When] | None:
    """Ask when digits may be a number of things: "2026 requests failed"."""
    stamp, frame, point = case.stamp, case.frame, case.stamp.start
    if point is None or point.time is None or point.time.sure:
        return None
    begin = point.time.begin
    surely = replace(stamp, start=replace(point, time=replace(point.time, sure=True)))
    sure = built(decided(surely, frame), frame)[0]
    choices = [Choice(f"the time {describe(sure, frame)}", sure)]
    if point.days is not None and point.days.form is Form.FULL:
        on_day = built(Stamp(begin, stamp.approximation, replace(point, time=None, zone="")), frame)[0]
        choices.append(Choice(f"text, on {describe(on_day, frame)}", on_day))
    else:
        choices += [Choice(f"text, {choice.label}", choice.value) for choice in as_text(frame)]
    words = case.line[begin : point.time.end]
    return Reading(question=f"Is {words} a time, or does it belong to the text?", choices=tuple(choices))


def _which_half(case: Case) -> Reading[When] | None:
    """Ask when words leave the half of the day open, or which midnight is meant."""
    point = case.stamp.start
    if point is None or point.time is None or not point.time.hours:
        return None
    nearest = 2 * (len(point.days.options) if point.days else 1)
    options = possible(case.stamp, case.frame)[:nearest]
    words = case.line[point.time.begin : point.time.end]
    return _ask(f"Which moment is meant by {words}?", options, case.frame)


def _which_day(case: Case) -> Reading[When] | None:
    """Ask when a day can be read in two ways: "11/12/2026"."""
    point = case.stamp.start
    if point is None or point.days is None or len(point.days.options) < 2:
        return None
    points = [replace(point, days=replace(point.days, options=(day,))) for day in point.days.options]
    return _ask("Which day is meant?", [replace(case.stamp, start=each) for each in points], case.frame)


def _no_time_of_day(case: Case) -> Reading[When] | None:
    """Ask when a line begins with "yesterday" or "Monday" and no time follows."""
    point, frame = case.stamp.start, case.frame
    if point is None or point.time is not None or point.days is None or point.days.form is not Form.WORD:
        return None
    label = f"on {named(point.days.options[0], frame.today)}, time of day not known"
    as_day = Choice(label, built(case.stamp, frame)[0])
    others = (Choice(f"text, {choice.label}", choice.value) for choice in as_text(frame))
    question = f"At what time? Type it after {case.line[: point.days.end]}"
    return Reading(question=question, choices=(as_day, *others))


def _span_or_offset(case: Case) -> Reading[When] | None:
    """Ask when what was written is a span or a time with its offset: "14:22-05:00"."""
    stamp, start, until = case.stamp, case.stamp.start, case.stamp.until
    if not stamp.offset or start is None or until is None or _order(until) > _order(start):
        return None
    with_offset = replace(stamp, start=replace(start, zone=stamp.offset), until=None)
    return _ask("Is that an offset from UTC, or the end of a span?", [with_offset, stamp], case.frame)


def _backwards(case: Case) -> Reading[When] | None:
    """Ask when a span ends before it starts, unless it ends within half a day after midnight."""
    stamp, start, until = case.stamp, case.stamp.start, case.stamp.until
    if start is None or until is None:
        return None
    when, zone = built(stamp, case.frame)[0], zone_of(stamp, case.frame)[1]
    length = (when.until or when.moment.at) - when.moment.at
    forward = until.days is not None or _order(until) > _order(start)
    if timedelta() < length and (length <= _HALF_A_DAY or forward):
        return None
    if _order(until) == _order(start):
        turned = replace(stamp, until=None)
    else:
        days = start.days if until.days is None else Days(days_of(start, case.frame, zone), start.end)
        turned = replace(stamp, start=replace(until, days=until.days or start.days), until=replace(start, days=days))
    options = [turned, stamp] if length > timedelta() else [turned]
    return _ask("The end of the span is not after its start", options, case.frame)


def _order(point: Point) -> tuple[int, int, int, int]:
    time = point.time
    return (time.hour, time.minute, time.second, time.microsecond) if time else (0, 0, 0, 0)


def _twice_or_never(case: Case) -> Reading[When] | None:
    """Ask when the clocks of the zone were changed at that time: it came twice, or not at all."""
    possible, point = built(case.stamp, case.frame), case.stamp.start
    if len(possible) < 2 or point is None or point.time is None:
        return None
    zone = zone_of(case.stamp, case.frame)[1]
    there = possible[0].moment.at.astimezone(zone)
    what = "came twice" if (there.hour, there.minute) == (point.time.hour, point.time.minute) else "was skipped"
    question = f"{point.time.shown} {what} when the clocks were changed. Which moment is meant?"
    return Reading(question=question, choices=tuple(_with_offset(when, zone, case.frame) for when in possible))


def _with_offset(when: When, zone: tzinfo, frame: Frame) -> Choice[When]:
    at = when.moment.at
    return Choice(f"{describe(when, frame)} ({offset_name(at, zone)}, which is {at:%H:%M} UTC)", when)


def _next_day(case: Case) -> Reading[When] | None:
    """Propose the next day for a time that is much earlier than the entry above."""
    point, above, frame = case.stamp.start, case.frame.above, case.frame
    tomorrow = on_next_day(case.stamp, frame)
    if point is None or point.time is None or above is None or tomorrow is None:
        return None
    same_day, next_day = built(case.stamp, frame)[0], built(tomorrow, frame)[0]
    choices = (Choice(_beside(when, above, frame), when) for when in (next_day, same_day))
    return Reading(question=f"Is {point.time.shown} on the next day?", choices=tuple(choices))


def _beside(when: When, above: Moment, frame: Frame) -> str:
    """Return a moment, and how far it is from the entry above: "Nov 16 00:05 UTC, 7 min after the entry above"."""
    zone = frame.rules(when.moment.zone)
    day, apart = day_told(when.moment, zone), when.moment.at - above.at
    side = "after" if apart >= timedelta() else "before"
    here = f"{MONTHS[day.month - 1]} {day.day} {clock_of(when, zone)} {when.moment.zone}"
    return f"{here}, {spoken(abs(apart))} {side} {frame.above_name}"


def _ask(question: str, stamps: Iterable[Stamp], frame: Frame) -> Reading[When]:
    """Return a question with the moments that these stamps mean as its choices."""
    possible = [stamp for stamp in stamps if not any(_wrong(each) for each in (stamp.start, stamp.until) if each)]
    moments = [built(stamp, frame)[0] for stamp in possible]
    return Reading(question=question, choices=tuple(Choice(describe(when, frame), when) for when in moments))


_STEPS: tuple[Callable[[Case], Reading[When] | None], ...] = (
    _impossible, _number, _which_half, _which_day, _no_time_of_day, _span_or_offset, _backwards, _twice_or_never,
    _next_day,
)  # fmt: skip
