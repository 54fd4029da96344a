"""The account in own words of a witness form: its lines with times, and the paragraphs without."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import msgspec

from facilitator.capture.dates import Form as DayForm
from facilitator.capture.stamps import Point, find_stamp
from facilitator.capture.stamps import Stamp as Typed
from facilitator.intake.drafts import Draft, Stamp, origin_of_text
from facilitator.intake.report import Report
from facilitator.intake.texts.record_times import zone_kept
from facilitator.intake.witness.forms import Form
from facilitator.intake.witness.text import Line, has_bullet, told, without_bullet
from facilitator.model.text import MAX_TEXT, one_line

KIND = "witness"

_LONGEST = 2_000
_HALF_A_DAY, _ONE_DAY = timedelta(hours=12), timedelta(days=1)


class Told(msgspec.Struct, frozen=True):
    """Something that was told in own words: with its time, or None for a paragraph without one that can be placed."""

    line: int
    text: str
    stamp: Stamp | None = None


def told_in(form: Form, today: date) -> Iterator[Told]:
    """Yield what a form tells in own words, in its order. `today` is the day of whoever reads it in."""
    waiting: Told | None = None
    last = form.start
    for line in form.own:
        text = one_line(without_bullet(line.text))
        if not told(text):
            if waiting is not None:
                yield waiting
            waiting = None
            continue
        found = _stamped(line, text, form, last, today)
        if found is None and waiting is not None and not has_bullet(line.text):
            waiting = msgspec.structs.replace(waiting, text=f"{waiting.text} {text}"[:MAX_TEXT])
            continue
        if waiting is not None:
            yield waiting
        waiting = found or Told(line.number, text[:MAX_TEXT])
        last = found.stamp.local if found is not None and found.stamp is not None else last
    if waiting is not None:
        yield waiting


def drafts_in(form: Form, who: str, today: date, file: str, report: Report) -> Iterator[Draft]:
    """Yield a draft for each line with a time. The same line of the same form has the same id, its words may change."""
    so_far: dict[Stamp, int] = {}
    for each in told_in(form, today):
        if each.stamp is None:
            report.skip(file, f"line {each.line}", "no time at its start: it is kept as a private note")
            continue
        number = so_far[each.stamp] = so_far.get(each.stamp, 0) + 1
        yield Draft(
            id=origin_of_text(
                KIND, form.id, form.name.casefold(), each.stamp.local.isoformat(), each.stamp.zone, number
            ),
            text=each.text,
            stamp=each.stamp,
            who=who,
            file=file,
            line=each.line,
        )


def _stamped(line: Line, text: str, form: Form, last: datetime | None, today: date) -> Told | None:
    """Return a line with its time, or None when it begins with none, or with one that can be meant in two ways."""
    begin = form.start.date() if form.start else today
    typed = find_stamp(text[:_LONGEST], near=begin, today=today)
    if typed is not None and any(_is_word(each) for each in (typed.start, typed.until)):
        # "Tomorrow" is told of the incident, whenever the form is read; what has a date is still not after today.
        typed = find_stamp(text[:_LONGEST], near=begin, today=begin)
    if typed is None or not told(text[typed.end :]):
        return None
    try:
        stamp = _placed(typed, form, last)
        if stamp is not None:
            stamp.moment("UTC")
            stamp.end("UTC")
    except (ValueError, OverflowError):
        return None
    return Told(line.number, text[typed.end :][:MAX_TEXT], stamp) if stamp is not None else None


def _placed(typed: Typed, form: Form, last: datetime | None) -> Stamp | None:
    """Return the time of a stamp. Raises ValueError and OverflowError for one that is not in the calendar."""
    if typed.later is not None:
        if typed.from_start or last is None:
            return None
        return Stamp(last + typed.later, form.zone, typed.precision, typed.approximation)
    start, until = typed.start, typed.until
    if start is None or any(_is_unsure(each) for each in (start, until)):
        return None
    day = _day(start, last.date() if last is not None else None)
    if day is None or start.time is None:
        return None
    local = _at(day, start)
    if start.days is None and last is not None:
        # The nearest such time: past midnight, and back again where the lines are not in the order of time.
        local += (last - local + _HALF_A_DAY) // _ONE_DAY * _ONE_DAY
    zone = zone_kept(start.zone or (until.zone if until else "")) or form.zone
    end = None
    if until is not None and until.time is not None:
        end = _at(_day(until, local.date()) or local.date(), until)
        end = end + _ONE_DAY if end < local and until.days is None else end
        end = end if end > local else None
    return Stamp(local, zone, start.time.precision, typed.approximation, end)


def _is_word(point: Point | None) -> bool:
    return point is not None and point.days is not None and point.days.form is DayForm.WORD


def _is_unsure(point: Point | None) -> bool:
    if point is None:
        return False
    days, clock = point.days, point.time
    if days is not None and (days.wrong or len(days.options) != 1):
        return True
    return clock is not None and bool(clock.wrong or clock.hours or not clock.sure)


def _day(point: Point, near: date | None) -> date | None:
    return point.days.options[0] if point.days is not None else near


def _at(day: date, point: Point) -> datetime:
    clock = point.time
    if clock is None:
        return datetime.combine(day, time())
    at = datetime.combine(day, time(clock.hour % 24, clock.minute, clock.second, clock.microsecond))
    return at + _ONE_DAY if clock.hour == 24 else at
