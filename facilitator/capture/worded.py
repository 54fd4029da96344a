"""Times of day that are said in words: "noon", "midnight", "half past eleven", "quarter to 3", "eleven o'clock"."""

import re
from dataclasses import replace

from facilitator.capture.times import ISH, ClockTime, counts_something

HOUR_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""The hours of a clock in words, one to twelve."""

MIDNIGHT = (0, 24)
"""The hours that midnight may be: that at the beginning of a day, or that at its end."""

_HOUR = rf"(?P<hour>(?i:{'|'.join(HOUR_WORDS)})|\d{{1,2}})"
_WORDED = re.compile(
    rf"(?P<named>(?i:noon|midday|midnight))(?=\W|$|-?ish\b)"
    rf"|(?:(?i:half[ -]past )|(?i:(?:a )?quarter (?P<side>past|after|to) )){_HOUR}(?!\w|[:.]\w| ?%)"
    rf"|{_HOUR.replace('hour', 'whole')} ?(?i:o['’]clock)(?!\w)"
)
_HALF = re.compile(r" ?(?P<half>[aApP])(?:\.[mM]\.|[mM]\.?)(?!\w)")
# What "noon" and "midnight" say more about: "midnight batch job", "noon traffic".
_OF_THAT_TIME = re.compile(
    r" (?i:batch|backup|cron|deadline|deploy|deployment|handover|hour|job|load|maintenance|meeting|oil|peak|release"
    r"|rotation|run|rush|shift|spike|sync|traffic|train|window)(?!\w)"
)


def find_worded(line: str, start: int) -> ClockTime | None:
    """Return the time of day that is said in words in `line` at `start`, or None when none is.

    Its `hours` are set where the words do not tell the half of the day, or which midnight is meant.
    """
    found = _WORDED.match(line, start)
    if found is None:
        return None
    time = _named(found) if found["named"] else _of_clock(line, found)
    if time is None:
        return None
    ish = ISH.match(line, time.end)
    time = replace(time, begin=start, end=ish.end() if ish else time.end, about=ish is not None)
    said_of = found["named"] is not None and _OF_THAT_TIME.match(line, time.end) is not None
    counted = counts_something(line, time.end) and not line.startswith(" and ", time.end)
    return replace(time, sure=not said_of and not counted)


def _named(found: re.Match[str]) -> ClockTime:
    if found["named"].lower() == "midnight":
        return ClockTime(24, 0, found.end(), hours=MIDNIGHT)
    return ClockTime(12, 0, found.end())


def _of_clock(line: str, found: re.Match[str]) -> ClockTime | None:
    """Return the time of "half past eleven", "quarter to 3 pm", "11 o'clock"; None for an hour that there is not."""
    word = (found["hour"] or found["whole"]).lower()
    hour = HOUR_WORDS.index(word) + 1 if word in HOUR_WORDS else int(word)
    if hour > 24:
        return None
    to = (found["side"] or "").lower() == "to"
    minutes = 0 if found["whole"] else 15 if found["side"] else 30
    half = _HALF.match(line, found.end())
    known = hour == 0 or hour > 12
    if half is not None and not known:
        hour, known = hour % 12 + (12 if half["half"] in "pP" else 0), True
    hour, minute = divmod((hour * 60 + (-minutes if to else minutes)) % 1440, 60)
    end = half.end() if half else found.end()
    return ClockTime(hour, minute, end, hours=() if known else (hour % 12, hour % 12 + 12))
