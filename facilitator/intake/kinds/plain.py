"""A timeline that somebody typed: lines that begin with a time, in a text file or pasted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import chain, islice

import msgspec

from facilitator.capture.dates import Form
from facilitator.capture.stamps import Point, find_stamp
from facilitator.capture.stamps import Stamp as Typed
from facilitator.intake.drafts import Draft, Stamp
from facilitator.intake.errors import MissingError, Need
from facilitator.intake.reader import Options, Reader, Sample
from facilitator.intake.report import Report
from facilitator.intake.source import Member, Source
from facilitator.intake.texts.dates_by_evidence import Order, decide
from facilitator.intake.texts.occurrences import Occurrences
from facilitator.intake.texts.record_times import zone_kept
from facilitator.intake.texts.text_lines import text_lines
from facilitator.model.moments import Precision
from facilitator.model.text import MAX_TEXT, one_line, paragraphs

_MARK = re.compile(r"(?:[-*+•·▪◦‣–—>]+ +|\d{1,3}[.)] +|#{1,6} +|\[[ xX]\] +)+")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`)(?=\S)(.{1,80}?)(?<=\S)\1")
_DATE_NAME = re.compile(r"(?:date|day|datum|incident date) ?[:=] ?", re.IGNORECASE)
_ZONE_SAID = re.compile(
    r"\btimes?(?:stamps?)?(?: below| here)?(?: are| is)?(?: all| shown| given)?(?: in|:)? "
    r"(?P<zone>UTC|GMT|[A-Z]{2,4}T|[A-Z]\w+/\w+)\b"
)
_RULER = re.compile(r"[\s|:=_*~-]*")
_BARE = re.compile(r"\d{3,4}")
_LOOKED_AT = 1000
_LONGEST = 2_000
_HALF_A_DAY, _ONE_DAY = timedelta(hours=12), timedelta(days=1)
_NO_DAY = "the times have no day: on which day did the incident begin?"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a line is read against: today, the day above, the time above, the order of numbers, and the zone said."""

    today: date
    day: date | None
    order: Order = Order.DAY_FIRST
    last: datetime | None = None
    zone: str = ""
    bare: bool = False


def recognises(sample: Sample) -> int:
    """Return how likely a text is a typed timeline: by the share of its lines that begin with a time."""
    if sample.json is not None:
        return 0
    lines = [line for line in sample.text.removeprefix("\ufeff").split("\n")[:_LOOKED_AT] if not _RULER.fullmatch(line)]
    frame = _Frame(date(2026, 1, 1), None, bare=True)
    stamps = sum(1 for line in lines[:300] if _is_entry(line, frame))
    return 0 if not stamps or stamps * 3 < len(lines[:300]) else 36 if stamps * 3 >= 2 * len(lines[:300]) else 33


def read(source: Source, options: Options, report: Report) -> Iterator[Draft]:
    """Return a draft for each line with a time. Raises MissingError when a time has no day."""
    for member in source.members():
        yield from _read_member(source, member, options, report)


def _read_member(source: Source, member: Member, options: Options, report: Report) -> Iterator[Draft]:
    lines = text_lines(source, member, report)
    first = list(islice(lines, _LOOKED_AT))
    frame = _framed([line for _, line in first], options, member, report)
    ids = Occurrences("plain", member.name)
    waiting: Draft | None = None
    for number, raw in chain(first, lines):
        if _RULER.fullmatch(raw):
            continue
        line = _bare(raw)
        typed = _typed(line, frame)
        if typed is None:
            said = _ZONE_SAID.search(line)
            frame = replace(frame, zone=zone_kept(said["zone"]) or frame.zone) if said else frame
            if waiting is not None and raw[:1] in " \t" and len(waiting.text) + len(line) < MAX_TEXT:
                waiting = _with_line(waiting, line)
            elif not said:
                report.skip(member.name, f"line {number}", "no time at its start")
            continue
        if _is_day_alone(typed, line):
            frame = replace(frame, day=_day(typed.start, frame), last=None)
            continue
        stamp, reason = _stamp(typed, frame)
        text = paragraphs(_EMPHASIS.sub(r"\2", line[typed.end :])).strip(" |")
        if stamp is None or not text:
            report.skip(member.name, f"line {number}", reason or "nothing after the time")
            continue
        if waiting is not None:
            yield waiting
        frame = replace(frame, last=stamp.local, day=stamp.local.date())
        waiting = Draft(id=ids.id_of(line), text=text, stamp=stamp, file=member.name, line=number)
    if waiting is not None:
        yield waiting


def _framed(lines: list[str], options: Options, member: Member, report: Report) -> _Frame:
    """Return the frame for the first line: how days in numbers are written, and whether digits alone are times."""
    today = options.now.date()
    frame = _Frame(today, options.day)
    decision = decide((line[:80] for line in lines), today, options.day)
    if decision is not None:
        frame = replace(frame, order=decision.order)
        if not decision.sure:
            why = f"days may be read in two ways, read {decision.order.value}: {decision.why}"
            report.skip(member.name, "", why)
    bare = sum(1 for line in lines if _BARE.match(_bare(line)) and _typed(_bare(line), replace(frame, bare=True)))
    others = sum(1 for line in lines if _typed(_bare(line), frame))
    return replace(frame, bare=bare > others)


def _bare(raw: str) -> str:
    """Return a line without the marks of lists, tables and emphasis before its words."""
    line = one_line(raw[: MAX_TEXT + 1])
    if line.startswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        cells[0] = _EMPHASIS.sub(r"\2", cells[0])
        day_apart = len(cells) > 1 and ":" not in cells[0] and cells[1][:1].isdigit()
        heads = 2 if day_apart else 1
        line = " ".join((*cells[:heads], " | ".join(cell for cell in cells[heads:] if cell)))
    mark = _MARK.match(line)
    line = line[mark.end() :] if mark else line
    emphasis = _EMPHASIS.match(line)
    return emphasis[2] + line[emphasis.end() :] if emphasis else line


def _is_entry(raw: str, frame: _Frame) -> bool:
    line = _bare(raw)
    typed = _typed(line, frame)
    return typed is not None and typed.end < len(line)


def _typed(line: str, frame: _Frame) -> Typed | None:
    """Return the stamp at the start of a line, when it is one about which there is no doubt."""
    name = _DATE_NAME.match(line)
    start = name.end() if name else 0
    near = frame.day or frame.today
    typed = find_stamp(line[start : start + _LONGEST], near=near, today=frame.today)
    if typed is None:
        return None
    typed = replace(typed, end=typed.end + start) if start else typed
    if typed.later is not None:
        return typed
    point = typed.start
    if point is None or any(_is_wrong(each) for each in (point, typed.until)):
        return None
    if point.time is None:
        return typed if point.days is not None and point.days.form is Form.FULL else None
    digits = line[point.time.begin : point.time.end].isdecimal()
    if not point.time.sure or point.time.hours or (digits and not frame.bare):
        return None
    return typed


def _is_wrong(point: Point | None) -> bool:
    return point is not None and bool((point.days and point.days.wrong) or (point.time and point.time.wrong))


def _is_day_alone(typed: Typed, line: str) -> bool:
    """Return whether a line is nothing but a day, below which its times stand."""
    day = typed.start is not None and typed.start.days is not None and typed.precision is Precision.DAY
    return day and typed.until is None and not line[typed.end :].strip(" :|.()–-")


def _day(point: Point | None, frame: _Frame) -> date | None:
    """Return the day of a point: the one that is written, in the order of the source, else the one above."""
    if point is None or point.days is None:
        return frame.day
    options = point.days.options
    return options[-1] if len(options) > 1 and frame.order is Order.MONTH_FIRST else options[0]


def _stamp(typed: Typed, frame: _Frame) -> tuple[Stamp | None, str]:
    """Return the time of a stamp, or why it has none. Raises MissingError when its day is not known."""
    try:
        return _resolved(typed, frame)
    except (ValueError, OverflowError):
        return None, "a time outside of the calendar"


def _resolved(typed: Typed, frame: _Frame) -> tuple[Stamp | None, str]:
    point = typed.start
    if typed.later is not None or point is None:
        if typed.from_start or frame.last is None or typed.later is None:
            return None, "a time that counts from one that is not said"
        return Stamp(frame.last + typed.later, frame.zone, typed.precision, typed.approximation), ""
    day = _day(point, frame)
    if day is None:
        raise MissingError(Need.DAY, _NO_DAY)
    zone = zone_kept(point.zone or (typed.until.zone if typed.until else "")) or frame.zone
    local = _at(day, point)
    if point.days is None and frame.last is not None and frame.last - local > _HALF_A_DAY:
        local += _ONE_DAY
    precision = point.time.precision if point.time else Precision.DAY
    until = None
    if typed.until is not None:
        until = _at(_day(typed.until, replace(frame, day=local.date())) or day, typed.until)
        if until < local and typed.until.days is None:
            until += _ONE_DAY
        until = until if until > local else None
    return Stamp(local, zone, precision, typed.approximation, until), ""


def _at(day: date, point: Point) -> datetime:
    told = point.time
    if told is None:
        return datetime.combine(day, time())
    clock = time(told.hour % 24, told.minute, told.second, told.microsecond)
    return datetime.combine(day, clock) + (_ONE_DAY if told.hour == 24 else timedelta())


def _with_line(draft: Draft, line: str) -> Draft:
    return msgspec.structs.replace(draft, text=f"{draft.text}\n{line}")


READER = Reader("plain", "a typed timeline", recognises, read)
