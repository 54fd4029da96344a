"""The stamp with which a line of a document begins: a day, a time, a zone, in any order, and the end of a span.

Single times of day are read by the capture floor; this is what people who write documents put around them.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from facilitator.capture.stamps import known_halves
from facilitator.capture.times import ClockTime, find_time, guesses
from facilitator.capture.worded import find_worded
from facilitator.intake.markdown.days import Day, find_day
from facilitator.intake.markdown.zones import zone_after
from facilitator.model.moments import Approximation, Precision


@dataclass(frozen=True, slots=True)
class Written:
    """A stamp as it was written. `end` is where the sentence begins, `text` the stamp itself.

    `separated` tells whether a sign such as a colon or a dash stands behind it. `other` is the same moment on another
    clock: "20:07 EDT (00:07 UTC)". `at` is set for seconds since 1970. `remark` says what was not taken as it stands.
    `vague` is set where even the day is not known: "2022-05-??", "??:??".
    """

    end: int
    text: str
    day: Day | None = None
    clock: ClockTime | None = None
    zone: str = ""
    approximation: Approximation = Approximation.EXACT
    until_day: Day | None = None
    until: ClockTime | None = None
    separated: bool = False
    other: "Written | None" = None
    at: datetime | None = None
    remark: str = ""
    vague: bool = False


_LONGEST = 160
_START = re.compile(r"[\d~≈<\[({*A-Za-z-]")
_BEGINS = re.compile(
    r"\d|[~≈<\[({?]|--:|xx:|-\d|-?-:|\?\?|(?:at|on|by|from|between|around|about|approx|approximately|circa|ca"
    r"|before|after|since|early|shortly|just|until|in"
    r"|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|noon|midnight|midday|half"
    r"|time|start|t)[a-z]*\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"(?:[\[({<*_-]\s*){1,3}")
_LEAD = re.compile(
    r"(?P<about>[~≈]\s?|(?:at\s+)?(?:about|around|approximately|approx\.?|circa|ca\.?|roughly|early|mid)\s+)"
    r"|(?P<before>(?:(?:just|shortly) )?before\s+|<\s?|by\s+|until\s+)|(?P<after>(?:(?:just|shortly) )?after\s+"
    r"|>\s?|since\s+)"
    r"|(?P<plain>(?:at|on|from|starting|start|time|between):?\s+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+", re.IGNORECASE)
_BLANK = re.compile(r"[\s,T-]*(?:mm|xx|yy|dd)[:.h-]", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d|mm|xx|\?\?)-(?P<day>dd|xx|\?\?|--)(?:[\sT]+(?:hh|\?\?|--|xx):(?:mm"
    r"|\?\?|--|xx)(?::\w\w)?)?(?![\w-])",
    re.IGNORECASE,
)
_NOT_KNOWN = re.compile(r"(?:\[\?{1,5}\]|\?\?:\?\?|--:--|\?{2,5}(?=\s?[:–—|-])|xx:xx)(?!\w)", re.IGNORECASE)
_JOIN = re.compile(r"(?:\s*,|\s*@|\s+at\b|\s+on\b|\s*[-–—|:]|T(?=\d)|_)?\s*")
_UNKNOWN = re.compile(
    r"(?:hh?|--|\?\?|xx|__|tbc|tbd)\s?[:.]\s?(?:mm?|--|\?\?|xx|__)(?!\w)|\((?:time )?(?:tbc|tbd|unknown"
    r"|time unknown|exact time unknown)\)",
    re.IGNORECASE,
)
_HALF_KNOWN = re.compile(r"(?P<hour>[01]?\d|2[0-4])[:.](?:--|__|\?\??|xx|[0-5][x?_-])(?!\w)", re.IGNORECASE)
_SHORT_HALF = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?(?P<half>[ap])(?![\w.])", re.IGNORECASE)
_CLOCK_TAIL = re.compile(
    r"\s?~(?=\s|$)|\s?(?:hrs?|hours|uhr|o'clock|h(?!\w))(?!\w)|\s?\((?:approx(?:imate(?:ly)?|\.)?|estimated?"
    r"|local(?: time)?|ish)\)|-?ish\b",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\s*(?:-{1,2}>?|[–—→]|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bthru\b)\s*(?P<about>[~≈])?", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:\band\b|[-–—]|\bto\b)\s*", re.IGNORECASE)
_OPEN_END = re.compile(
    r"\s?[-–—]\s?(?:\d{1,2}:(?:\?\?|--|xx)|\?\?:\?\?|--:--|\?\?|now|ongoing|present|\.\.\.)(?![\w:])", re.IGNORECASE
)
_ENDS = re.compile(r"(?P<seconds>\d{1,2}:\d\d:)?(?P<minutes>\d\d)(?![\w:.])")
_OTHER = re.compile(r"\s?(?P<sign>[(\[/=])\s?")
_CLOSE = re.compile(r"\s*[\])}>*_]{1,3}")
_SEPARATOR = re.compile(r"\s*(?:[:|;,>=→⇒•]|[-–—]{1,3}>?|\.(?=\s|$))+(?=\s|$|[^\W\d])\s*|\s*:\s*|\s*-(?=\D)\s*")
_APART = re.compile(r"\s*:\s|\s+[-–—]\s")
_EPOCH = re.compile(r"(?P<seconds>1[0-9]{9})(?P<milli>\d{3})?(?:\.\d{1,9})?(?![\w./]|[:-]\d)")
_TIME_FORM = re.compile(r"\d{1,2}[:h.]\d\d|\d{1,2}\s?[ap]\.?m", re.IGNORECASE)


def find_stamp(text: str, *, alone: bool = False) -> Written | None:
    """Return the stamp with which a plain line begins, or None. `alone` is for a cell that holds nothing else."""
    head = text[:_LONGEST]
    if not _BEGINS.match(head):
        return None
    epoch = _EPOCH.match(head)
    if epoch is not None:
        return _of_epoch(epoch)
    vague = _vague(head)
    if vague is not None:
        return vague
    opened = _OPEN.match(head)
    found = _point(head, opened.end() if opened else 0)
    if found is None:
        return None
    between = _BETWEEN.search(head, 0, found.end)
    found = _with_other(head, _with_end(head, found, _AND if between else _TO))
    if _BLANK.match(head, found.end):
        return None
    return _closed(head, found, opened=opened is not None, alone=alone)


def _point(text: str, at: int) -> Written | None:
    """Read a day, a time and a zone in any order; None when there is none of them."""
    day: Day | None = None
    clock: ClockTime | None = None
    zone, approximation, end, unknown = "", Approximation.EXACT, at, False
    while end < len(text):
        joined = _JOIN.match(text, end) if end > at else None
        start = joined.end() if joined else end
        lead = _LEAD.match(text, start)
        if lead is not None:
            told = next((name for name in ("about", "before", "after") if lead[name]), "")
            start = lead.end()
        found_day = find_day(text, start) if day is None or (not day.month and not day.numbers) else None
        if found_day is not None and not _too_short(found_day, text, clock):
            if day is not None and day.weekday is not None:
                found_day = replace(found_day, weekday=day.weekday)
            day, end = found_day, found_day.end
        elif clock is None and not unknown and (found := _time(text, start, after_day=day is not None)) is not None:
            clock, end = found, found.end
            unknown = clock.hour < 0
            zone, end = zone_after(text, end)
        else:
            break
        if lead is not None and told and approximation is Approximation.EXACT:
            approximation = Approximation(told)
    if day is None and clock is None:
        return None
    if clock is not None and clock.about:
        approximation = Approximation.ABOUT
    remark = day.slip if day else ""
    if unknown:
        clock = None
    return Written(end, "", day, clock, zone, approximation, remark=remark)


def _too_short(day: Day, text: str, clock: ClockTime | None) -> bool:
    """Return whether "3/4" or a lone day of the week is more likely something else."""
    if day.month or (day.numbers and (day.year is not None or day.slip)):
        return False
    following = text[day.end : day.end + 14]
    timed = clock is not None or _TIME_FORM.match(following.lstrip(" ,:-@|").removeprefix("at ")) is not None
    return not timed and bool(following.strip(" :)]*_-–—,|"))


def _time(text: str, at: int, *, after_day: bool) -> ClockTime | None:
    """Return the time of day at `at`; one whose hour is -1 is written as unknown."""
    unknown = _UNKNOWN.match(text, at)
    if unknown is not None:
        return ClockTime(-1, 0, unknown.end()) if after_day else None
    half_known = _HALF_KNOWN.match(text, at)
    if half_known is not None:
        return ClockTime(int(half_known["hour"]) % 24, 0, half_known.end(), precision=Precision.HOUR)
    short = _SHORT_HALF.match(text, at)
    if short is not None and (short["minute"] or after_day):
        rewritten = find_time(f"{short['hour']}:{short['minute'] or '00'} {short['half']}m", 0)
        return replace(rewritten, end=short.end()) if rewritten and not rewritten.wrong else None
    found = find_time(text, at) or find_worded(text, at)
    if found is None:
        return None
    found = _mended(found)
    if found is None or found.hour > 24:
        return None
    digits = text[at : found.end].isdigit()
    if not found.sure and (digits or not (after_day or text[found.end : found.end + 1] in " :")):
        return None
    if digits and not (after_day or zone_after(text, found.end)[0] or _APART.match(text, found.end)):
        return None
    tail = _CLOCK_TAIL.match(text, found.end)
    if tail is not None:
        found = replace(found, end=tail.end(), about=found.about or re.search(r"~|approx|ish|est", tail[0]) is not None)
    return found


def _mended(time: ClockTime) -> ClockTime | None:
    """Return "13:55 PM" as 13:55, and "12 or 0 o'clock" as what it most likely is; None where nothing can be meant."""
    if time.hours:
        return replace(time, hour=time.hours[0], hours=())
    if not time.wrong:
        return time
    meant = guesses(time)
    return meant[0][0] if meant and not meant[0][1] else None


def _with_end(text: str, found: Written, between: re.Pattern[str]) -> Written:
    """Return the stamp with the end of its span, when one follows."""
    open_end = _OPEN_END.match(text, found.end)
    if open_end is not None and found.clock is not None:
        return replace(found, end=open_end.end())
    to = between.match(text, found.end)
    if to is None:
        return found
    if found.clock is not None and (minutes := _short_end(text, to.end(), found)) is not None:
        return minutes
    until = _point(text, to.end())
    if until is None or not _is_end(text[to.end() : until.end], found, until):
        return found
    start, end = found.clock, until.clock
    if start is not None and end is not None and until.day is None and text[start.begin : start.begin + 1] != "0":
        start, end = known_halves(start, end)
    zone = found.zone or until.zone
    return replace(found, clock=start, until_day=until.day, until=end, end=until.end, zone=zone)


def _is_end(written: str, found: Written, until: Written) -> bool:
    if until.clock is not None:
        return found.clock is not None and (
            until.day is not None or _TIME_FORM.match(written.lstrip("~≈ ")) is not None
        )
    return found.clock is None and until.day is not None and bool(until.day.month or until.day.numbers)


def _short_end(text: str, at: int, found: Written) -> Written | None:
    """Read "14:30-35" and "16:05:57-58"."""
    clock, ends = found.clock, _ENDS.match(text, at)
    if clock is None or ends is None or ends["seconds"] or text[found.end : at].strip() == "":
        return None
    if text[found.end : at] not in ("-", "–", "—"):
        return None
    number = int(ends["minutes"])
    if clock.precision is Precision.SECOND and clock.second < number < 60:
        return replace(found, until=replace(clock, second=number), end=ends.end())
    if clock.precision is Precision.MINUTE and clock.minute < number < 60:
        return replace(found, until=replace(clock, minute=number), end=ends.end())
    return None


def _with_other(text: str, found: Written) -> Written:
    """Return the stamp with the same moment on another clock, when one stands in brackets or after a slash."""
    sign = _OTHER.match(text, found.end)
    if sign is None or found.clock is None:
        return found
    other = _point(text, sign.end())
    if other is None or other.clock is None or not _TIME_FORM.match(text[sign.end() : other.end].lstrip("~≈ ")):
        return found
    other = _with_end(text, other, _TO)
    if sign["sign"] in "([":
        closing = _CLOSE.match(text, other.end)
        if closing is None:
            return found
        return replace(found, other=other, end=closing.end())
    return replace(found, other=other, end=other.end) if other.zone or found.zone else found


def _closed(text: str, found: Written, *, opened: bool, alone: bool) -> Written | None:
    closing = _CLOSE.match(text, found.end) if opened else None
    end = closing.end() if closing else found.end
    following = text[end : end + 1]
    separator = _SEPARATOR.match(text, end)
    if alone and not text[end:].strip(" :-–—.,)]"):
        return replace(found, end=len(text), text=text.strip())
    if following and not following.isspace() and separator is None and following not in ")]}.;!":
        return None
    written = text[:end].strip()
    if separator is not None:
        end = separator.end()
    elif following:
        end += len(text[end:]) - len(text[end:].lstrip(" )]}.;!"))
    return replace(found, end=end, text=written, separated=separator is not None or not text[end:].strip())


def _of_epoch(found: re.Match[str]) -> Written:
    at = datetime.fromtimestamp(int(found["seconds"]), UTC).replace(tzinfo=None)
    separator = _SEPARATOR.match(found.string, found.end())
    return Written(separator.end() if separator else found.end(), found[0], at=at, separated=True, zone="UTC")


def _vague(text: str) -> Written | None:
    """Return a stamp that says that its day, or its time and its day, are not known."""
    found = _VAGUE.match(text) or _NOT_KNOWN.match(text)
    if found is None:
        return None
    separator = _SEPARATOR.match(text, found.end())
    end = separator.end() if separator else found.end() + (text[found.end() : found.end() + 1] == " ")
    parts = found.groupdict()
    month = int(parts["month"]) if (parts.get("month") or "").isdecimal() else 1
    day = Day(int(parts["year"]), min(max(month, 1), 12), 1) if parts else None
    written = found[0]
    return Written(
        end, written, day, approximation=Approximation.ABOUT, separated=True, remark=f"{written}: not known", vague=True
    )
