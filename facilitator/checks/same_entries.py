"""Two entries that are probably one: told by two people, or taken from two records."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from facilitator.checks.finding import Finding
from facilitator.checks.told_times import UNCERTAIN, of_entry
from facilitator.model.cue_missing import short
from facilitator.model.metrics import spoken
from facilitator.model.moments import Precision
from facilitator.model.session import Entry

SAME, HOURS_OFF = "timeline.same-entry", "timeline.hours-off"

_CLOSE, _LOOK_AHEAD = timedelta(minutes=5), 8
_ALIKE, _FEWEST_WORDS = 0.75, 3
_MOST_TIMES = 2
_FARTHEST = timedelta(hours=14)
_LONGEST = 500

_WORD = re.compile(r"[^\W_][\w.%:+-]*")
_SMALL = frozenset((
    "a", "an", "the", "of", "on", "in", "at", "to", "for", "from", "by", "with", "and", "or", "is", "are", "was",
    "were", "has", "have", "had", "be", "been", "it", "its", "this", "that", "we", "our", "as",
))  # fmt: skip
_MAKES_ANOTHER = frozenset((
    "again", "another", "back", "begin", "began", "begun", "complete", "completed", "done", "down", "end", "ended",
    "fail", "failed", "finish", "finished", "first", "initiated", "less", "more", "no", "not", "off", "open", "clos",
    "closed", "close", "over", "second", "secondary", "primary", "start", "started", "still", "stop", "stopp",
    "stopped", "succeed", "third", "up", "without", "resolved", "fired", "firing", "acknowledg",
    "old", "new", "next", "last", "part", "partial", "full", "fully", "reject", "accept", "before", "after", "east",
    "west", "north", "south", "left", "right",
))  # fmt: skip
"""Words that make two entries different ones, however alike the rest of them is."""


class _Said(NamedTuple):
    """An entry, and the words in it that carry its meaning."""

    entry: Entry
    words: frozenset[str]


def same_entries(timeline: Sequence[Entry]) -> Iterator[Finding]:
    """Yield what may stand twice in a timeline that is in order: close in time, or whole hours apart.

    What stands there three times is something that comes again, such as an alert, and not told.
    """
    said = [_Said(entry, _words(entry.text)) for entry in timeline]
    times = Counter(each.words for each in said)
    apart: dict[frozenset[str], _Said] = {}
    for place, each in enumerate(said):
        if times[each.words] > _MOST_TIMES or not each.words:
            continue
        found = next((other for other in said[max(0, place - _LOOK_AHEAD) : place][::-1] if _is_one(other, each)), None)
        if found is not None:
            between = spoken(each.entry.at.at - found.entry.at.at)
            why = f"It says nearly the same as the entry above it, {between} before: “{short(found.entry.text)}”."
            if found.entry.at.at == each.entry.at.at:
                why = f"It says nearly the same as another entry of this moment: “{short(found.entry.text)}”."
            yield of_entry(each.entry, SAME, why, "Are these two records of one thing, or did it happen twice?")
        elif each.words in apart and len(each.words) >= _FEWEST_WORDS:
            yield from _hours_off(apart[each.words].entry, each.entry)
        apart[each.words] = each


def _hours_off(first: Entry, second: Entry) -> Iterator[Finding]:
    """Find two entries in the same words that are exactly so many hours apart, as times told in two zones are."""
    span = second.at.at - first.at.at
    hours, rest = divmod(span, timedelta(hours=1))
    exact = max(UNCERTAIN[first.at.precision], UNCERTAIN[second.at.precision]) <= timedelta(minutes=1)
    if exact and hours and not rest and span <= _FARTHEST:
        why = f"The same words stand exactly {spoken(span)} earlier too, told in {first.at.zone}."
        question = "Is this one thing, told on two clocks? Which zone was meant?"
        if hours == 12:
            question = "Is this one thing, told on a clock of 12 hours and on one of 24?"
        yield of_entry(second, HOURS_OFF, why, question)


def _is_one(first: _Said, second: _Said) -> bool:
    one, other = first.entry, second.entry
    if other.at.at - one.at.at > _CLOSE or not (_is_exact(one) and _is_exact(other)):
        return False
    if first.words == second.words:
        return True
    shared, different = first.words & second.words, first.words ^ second.words
    if len(shared) < _FEWEST_WORDS or len(shared) < _ALIKE * len(first.words | second.words):
        return False
    return not any(word in _another() or any(map(str.isdigit, word)) for word in different)


def _is_exact(entry: Entry) -> bool:
    return entry.at.precision in (Precision.SECOND, Precision.MINUTE)


def _words(text: str) -> frozenset[str]:
    """Return the words that carry the meaning of an entry, without the endings of verbs and plurals."""
    words = (each.rstrip(".:%+-") for each in _WORD.findall(text[:_LONGEST].casefold()))
    return frozenset(_stem(each) for each in words if each and each not in _SMALL)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and word.isalpha():
            word = word.removesuffix(ending)
            break
    return word.removesuffix("e") if len(word) > _FEWEST_WORDS else word


@lru_cache(maxsize=1)
def _another() -> frozenset[str]:
    return frozenset(map(_stem, _MAKES_ANOTHER))
