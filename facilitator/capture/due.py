"""Due dates: "fri", "next fri", "tomorrow", "Nov 29", "2026-11-29", "in 2 weeks", "+10d", "by fri"."""

import re
from dataclasses import dataclass
from datetime import date

from facilitator.capture.dates import Toward, find_day, later, months_later

_AHEAD = re.compile(
    r"(?:\+ ?|in )(?P<count>\d{1,4}|an?|one|two|three) ?(?P<unit>d|days?|w|weeks?|mo|months?)", re.IGNORECASE
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_LEADS = ({"by"}, {"due"}, {"due", "by"}, {"due", "on"})
_LOOSE_END = ",;"
_LONGEST = 4
# After these a day belongs to the sentence: "no deploys on Friday", "the outage of Nov 15".
_IN_SENTENCE = frozenset({
    "on", "of", "from", "since", "every", "each", "last", "the", "a", "an", "for", "at", "before", "after", "than",
    "to", "and", "or", "until", "till", "in", "per", "during",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """A due date that was written in the last `words` words of a line.

    Two `options` for an ambiguous one, best first; `wrong` says why there is no such day. `in_sentence` is true when
    the words before it make it a part of the sentence.
    """

    options: tuple[date, ...]
    words: int
    wrong: str = ""
    in_sentence: bool = False


def due_date(written: str, today: date) -> Due | None:
    """Return the day that is written, all of `written`, counted from `today`; None when it is no day."""
    days = find_day(written, 0, near=today, today=today, toward=Toward.AHEAD)
    if days is not None and days.end == len(written):
        return Due(days.options, len(written.split()), days.wrong)
    ahead = _AHEAD.fullmatch(written)
    if ahead is None:
        return None
    count = _COUNTS.get(ahead["count"].lower()) or int(ahead["count"])
    unit = ahead["unit"].lower()
    if unit.startswith("m"):
        day = months_later(today, count)
    else:
        day = later(today, count * 7 if unit.startswith("w") else count)
    return Due((day,), len(written.split()))


def due_at_end(words: list[str], today: date) -> Due | None:
    """Return the due date with which a list of words ends, with the "by" or "due" before it; None when it has none."""
    for count in range(min(_LONGEST, len(words)), 0, -1):
        written = " ".join(words[-count:]).rstrip(_LOOSE_END)
        due = due_date(written, today)
        if due is None:
            continue
        before = [word.lower() for word in words[: len(words) - count]]
        for lead in (2, 1):
            if len(before) >= lead and set(before[-lead:]) in _LEADS:
                return Due(due.options, count + lead, due.wrong)
        return Due(due.options, count, due.wrong, bool(before) and before[-1] in _IN_SENTENCE)
    return None
