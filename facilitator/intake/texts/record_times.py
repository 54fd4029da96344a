"""Times as programs write them at the start of a line or in a cell: many forms, one fast grammar.

What people type is read by the capture floor; this is for millions of lines of machines.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import msgspec

from facilitator.capture.dates import FIRST_YEAR, LAST_YEAR, WEEKDAYS
from facilitator.capture.zones import follows_time, offset_name, zone_called
from facilitator.intake.drafts import Stamp
from facilitator.intake.payloads.written_times import stamp_of
from facilitator.intake.texts.dates_by_evidence import Order, day_of
from facilitator.model.clocks import MONTHS
from facilitator.model.moments import Precision


class Found(msgspec.Struct, frozen=True):
    """A time that was written: where it begins and ends, and when it is on its own clock.

    `form` names how it was written; "clock" has no day of its own, "epoch" is a number alone.
    """

    local: datetime
    zone: str
    precision: Precision
    begin: int
    end: int
    form: str

    def stamp(self) -> Stamp:
        """Return the time as a stamp."""
        return Stamp(self.local, self.zone, self.precision)


_Patterns = tuple[tuple[re.Pattern[str], str], ...]
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,:](?P<fraction>\d{1,9}))?)?(?![\d:])"
_HALF = r"(?: ?(?P<half>[aApP])\.?[mM]\b\.?)?"
_ZONE = r"(?: ?(?P<zone>Z|z|[+-]\d\d(?::?\d\d)?(?: UTC)?|(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d\d)?)?|[A-Z]{2,5})(?![\w:]))?"
_TAIL = _CLOCK + _HALF + _ZONE
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_ISO = re.compile(r"(?P<year>\d{4})([-/.])(?P<number>\d\d)\2(?P<day>\d\d)(?:[T_]|,? {1,2}(?:@ )?(?:at )?|:)" + _TAIL)
_USUAL = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,](\d{1,12}))?(?: ?(Z|[+-]\d\d:?\d\d)| ([A-Z]{2,5}))?"
    r"(?![\w:.,+-]| ?[aApP]\.?[mM]\b| UTC| [+-]\d\d)",
    re.ASCII,
)
"""The form that most lines have, without what would make reading it slow."""
_SYSLOG = re.compile(
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d)(?= [\w.:-]+ \S+: )", re.ASCII
)
_PLAIN_CLOCK = re.compile(r"(\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(?= [\[<(a-z])(?! [ap]\.?m\b)", re.ASCII)
_WEB_SERVER = re.compile(r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})(?=\])", re.ASCII)
_DAY_ALONE = re.compile(r"(?P<year>\d{4})([-/.])(?P<number>\d\d)\2(?P<day>\d\d)(?![\w:])")
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<number>\d\d)(?P<day>\d\d)[T _-]?(?P<hour>\d\d):?(?P<minute>\d\d):?(?P<second>\d\d)"
    r"(?:[.,](?P<fraction>\d{1,12}))?(?![\d:])" + _ZONE
)
_DAY_MONTH = re.compile(r"(?P<day>\d{1,2})[ /-]" + _MONTH + r"[ /-](?P<year>\d{4})(?:,? |:|T)(?:@ |at )?" + _TAIL)
_NUMBERS = re.compile(r"(?P<first>\d{1,2})([./-])(?P<other>\d{1,2})\2(?P<year>\d{4}|\d\d)(?:,? |T|-)" + _TAIL)
_NUMBERS_ALONE = re.compile(r"(?P<first>\d{1,2})([./-])(?P<other>\d{1,2})\2(?P<year>\d{4})(?![\w:]|[./-]\d)")
_CLOCK_ONLY = re.compile(_TAIL)
_EPOCH = re.compile(r"(?P<epoch>\d{10}(?:\.\d{1,9}|\d{3}|\d{6}|\d{9})?)(?![\w.:,-])")
_MONTH_DAY = re.compile(_MONTH + r" {1,2}(?P<day>\d{1,2}),?(?: (?P<year>\d{4}),?)?(?: @| at)? " + _TAIL)
_UNIX_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6} "
    + _MONTH
    + r" {1,2}(?P<day>\d{1,2}) "
    + _CLOCK
    + r"(?: (?P<named>[A-Z]{2,5}))? (?P<year>\d{4})(?: (?P<zone>[+-]\d\d:?\d\d))?(?!\d)"
)
_WEEKDAY = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? ")
_KLOG = re.compile(r"[IWEFD](?P<year>\d{4})?(?P<number>\d\d)(?P<day>\d\d) " + _CLOCK)
_YEAR_FIRST: _Patterns = ((_ISO, "iso"), (_DAY_ALONE, "day"))
_CLOCK_FIRST: _Patterns = ((_CLOCK_ONLY, "clock"),)
_OTHERS: _Patterns = (
    (_DAY_MONTH, "month"),
    (_NUMBERS, "numbers"),
    (_NUMBERS_ALONE, "numbers"),
    (_EPOCH, "epoch"),
    (_COMPACT, "compact"),
)
_OF_LETTER: _Patterns = ((_MONTH_DAY, "month"), (_KLOG, "klog"), (_UNIX_DATE, "unix"))
_SCALES = {10: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}
_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)}
_WEEKDAYS = frozenset(WEEKDAYS)
_LONGEST_CELL = 100
_BETWEEN = ("-", "/", ".")
_START = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Base:
    """What a time is read against: today, the day for times without one, and how days in numbers are written."""

    today: date
    day: date | None = None
    order: Order = Order.DAY_FIRST


def find_at(line: str, at: int, base: Base) -> Found | None:
    """Return the time that is written in `line` at `at`, or None when none is or the calendar has no such time.

    A time of the form "clock" is on the day of `base`, or today.
    """
    first = line[at : at + 1]
    if first.isalpha():
        start = line[at : at + 3]
        if start in _MONTH_NUMBERS:
            syslog = _SYSLOG.match(line, at)
            return _find(line, at, base) if syslog is None else _of_syslog(syslog, at, base)
        if start not in _WEEKDAYS and not start[1:].isdigit():
            return None
        weekday = _WEEKDAY.match(line, at)
        if weekday is not None and _UNIX_DATE.match(line, at) is None:
            found = _find(line, weekday.end(), base)
            return found if found is None or found.form in ("clock", "epoch") else _from(found, at)
    return _find(line, at, base)


def _find(line: str, at: int, base: Base) -> Found | None:
    first = line[at : at + 1]
    if first.isdigit():
        usual = _USUAL.match(line, at)
        if usual is not None:
            return _of_usual(usual, at)
        web = _WEB_SERVER.match(line, at) if line[at + 2 : at + 3] == "/" else None
        if web is not None:
            return _of_web_server(web, at)
        if line[at + 4 : at + 5] in _BETWEEN and line[at : at + 4].isdigit():
            patterns = _YEAR_FIRST
        else:
            clock = _PLAIN_CLOCK.match(line, at)
            if clock is not None:
                return _of_clock(clock, at, base)
            patterns = _CLOCK_FIRST if ":" in line[at + 1 : at + 3] else _OTHERS
    elif first.isalpha():
        patterns = _OF_LETTER
    else:
        return None
    for pattern, form in patterns:
        match = pattern.match(line, at)
        if match is not None:
            try:
                return _read(match, form, at, base)
            except (ValueError, OverflowError):
                return None
    return None


def of_cell(text: str, base: Base) -> Found | None:
    """Return the time that a whole cell is, or None. A number is seconds, or thousandths and less, since 1970."""
    text = text.strip().strip("\"'[]")
    if len(text) > _LONGEST_CELL:
        return None
    found = find_at(text, 0, base)
    if found is not None:
        rest = text[found.end :].strip()
        if not rest or rest.startswith(("(", "m=+")):
            return found
    stamp = stamp_of(text)
    if stamp is None:
        return None
    form = "day" if stamp.precision is Precision.DAY else "cell"
    return Found(stamp.local, stamp.zone, stamp.precision, 0, len(text), form)


@lru_cache(maxsize=256)
def zone_kept(written: str) -> str:
    """Return a zone under a name that the model knows, "" for a word that is none: "+0100" is "+01:00"."""
    name = written.removesuffix(" UTC") if written[:1] in ("+", "-") else written
    name = "UTC" if name in ("Z", "z") else name
    if not follows_time(name):
        return ""
    zone = zone_called(name)
    if zone is None or zone is UTC:
        return "UTC" if zone is UTC else ""
    key = getattr(zone, "key", None)
    return (
        key
        if isinstance(key, str)
        else offset_name(datetime(2000, 1, 1, tzinfo=UTC), zone).removeprefix("UTC") or "UTC"
    )


def _of_usual(match: re.Match[str], at: int) -> Found | None:
    fraction, written, word = match.groups()
    try:
        local = datetime.fromisoformat(match.string[at : at + 19])
    except ValueError:
        return None if match.string[at + 17 : at + 19] != "60" else _of_leap(match, at)
    if fraction:
        local = local.replace(microsecond=int(fraction[:6].ljust(6, "0")))
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        return None
    zone = zone_kept(written or word) if written or word else ""
    return Found(local, zone, Precision.SECOND, at, match.start(3) - 1 if word and not zone else match.end(), "iso")


def _of_leap(match: re.Match[str], at: int) -> Found | None:
    """A leap second has no place in the calendar; the second before it has."""
    text = match.string
    found = _find(f"{text[at : at + 17]}59{text[at + 19 : match.end()]}", 0, Base(date(2000, 1, 1)))
    return None if found is None else msgspec.structs.replace(found, begin=at, end=at + found.end)


def _of_syslog(match: re.Match[str], at: int, base: Base) -> Found | None:
    month, day, clock = match.groups()
    try:
        told = _without_year(_MONTH_NUMBERS[month], int(day), base)
        local = datetime.combine(told, _clock(clock))
    except ValueError:
        return None
    return Found(local, "", Precision.SECOND, at, match.end(), "month")


def _of_clock(match: re.Match[str], at: int, base: Base) -> Found | None:
    clock, fraction = match.groups()
    try:
        local = datetime.combine(base.day or base.today, _clock(clock))
    except ValueError:
        return None
    if fraction:
        local = local.replace(microsecond=int(fraction[:6].ljust(6, "0")))
    return Found(local, "", Precision.SECOND, at, match.end(), "clock")


def _of_web_server(match: re.Match[str], at: int) -> Found | None:
    day, month, year, clock, zone = match.groups()
    try:
        local = datetime.combine(_web_day(year, month, day), _clock(clock))
    except (ValueError, KeyError):
        return None
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        return None
    return Found(local, zone_kept(zone), Precision.SECOND, at, match.end(), "month")


@lru_cache(maxsize=64)
def _web_day(year: str, month: str, day: str) -> date:
    return date(int(year), _MONTH_NUMBERS[month], int(day))


@lru_cache(maxsize=4096)
def _clock(written: str) -> time:
    return time.fromisoformat(written.replace(":60", ":59"))


def _from(found: Found, begin: int) -> Found:
    return msgspec.structs.replace(found, begin=begin)


def _read(match: re.Match[str], form: str, at: int, base: Base) -> Found:
    """Return the time of a match. Raises ValueError when there is no such time."""
    if form == "epoch":
        return _of_epoch(match, at)
    parts = match.groupdict()
    day = _day(parts, base, form)
    if "hour" not in parts:
        return Found(datetime.combine(day, time()), "", Precision.DAY, at, match.end(), form)
    hour, second, fraction = int(parts["hour"]), parts["second"], parts["fraction"]
    half = parts.get("half")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if half in "pP" else 0)
    micro = int(fraction[:6].ljust(6, "0")) if fraction else 0
    # A leap second has no place in the calendar; the second before it has.
    clock = time(
        hour, int(parts["minute"]), min(int(second), 59) if second and second < "61" else int(second or 0), micro
    )
    local = datetime.combine(day, clock)
    zone, end = "", match.end()
    written = parts.get("zone") or parts.get("named")
    if written:
        zone = zone_kept(written)
        if not zone and parts.get("zone"):
            end = match.start("zone")
            end -= match.string.startswith(" ", end - 1)
    return Found(local, zone, Precision.SECOND if second else Precision.MINUTE, at, end, form)


def _of_epoch(match: re.Match[str], at: int) -> Found:
    digits = match["epoch"]
    whole, _, fraction = digits.partition(".")
    scale = _SCALES[len(whole)]
    seconds, rest = divmod(int(whole), scale)
    micro = int(fraction[:6].ljust(6, "0")) if fraction else rest * 1_000_000 // scale
    local = _since(seconds, micro)
    if local is None:
        raise ValueError("out of range")
    return Found(local, "UTC", Precision.SECOND, at, match.end(), "epoch")


def _since(seconds: int, micro: int) -> datetime | None:
    try:
        local = _START + timedelta(seconds=seconds, microseconds=micro)
    except OverflowError:
        return None
    return local if FIRST_YEAR <= local.year <= LAST_YEAR else None


def _day(parts: dict[str, str | None], base: Base, form: str) -> date:
    if form == "clock":
        return base.day or base.today
    year = parts["year"]
    if form == "numbers":
        told = int(year or 0)
        day = day_of(int(parts["first"] or 0), int(parts["other"] or 0), told + (2000 if told < 100 else 0), base.order)
        if day is None:
            other = Order.MONTH_FIRST if base.order is Order.DAY_FIRST else Order.DAY_FIRST
            day = day_of(int(parts["first"] or 0), int(parts["other"] or 0), told + (2000 if told < 100 else 0), other)
        if day is None:
            raise ValueError("no such day")
    else:
        number = parts.get("number")
        month = int(number) if number else _MONTH_NUMBERS[parts["month"] or ""]
        if year is None:
            return _without_year(month, int(parts["day"] or 0), base)
        day = date(int(year), month, int(parts["day"] or 0))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError("the year is out of range")
    return day


@lru_cache(maxsize=512)
def _without_year(month: int, day: int, base: Base) -> date:
    """Return the day of a month and a day: the one nearest to the day that was named, else the last one not ahead."""
    near = base.day or base.today
    found = []
    for year in range(near.year - 4, near.year + 5):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    past = [each for each in found if (each - base.today).days <= 1]
    if base.day is None and past:
        return past[-1]
    if not found:
        raise ValueError("no such day")
    return min(found, key=lambda each: abs(each - near))
