"""What the prose of a session states of times, beside what the timeline says: durations, and the incident's window."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from typing import NamedTuple

from facilitator.checks.finding import Category, Finding
from facilitator.checks.told_times import of_entry, slack, told
from facilitator.model.metrics import Absent, Metric, measure, milestone_moment, spoken
from facilitator.model.session import Milestone, Session

DURATION, WINDOW = "timeline.stated-duration", "timeline.stated-window"

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40,
    "forty-five": 45, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?)"
_NUMBER = rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?|half an?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_ABOUT = (
    r"(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|over|more than|less than|under|just under|~)"
)
_SPAN = (
    rf"(?P<first>{_NUMBER})[ -]?(?P<unit>{_UNIT})"
    rf"(?:(?:,? and|,)? (?P<more>{_NUMBER})[ -]?(?P<less>{_UNIT})|(?P<half> and a half))?"
)
_STATED = re.compile(
    rf"\b(?:for|lasted|lasting|lasts|duration(?: of|:)|total of)[ ](?:a total of )?(?P<about>{_ABOUT} ?)?{_SPAN}"
    r"(?!\w|[ -]?(?:ago|old))",
    re.IGNORECASE,
)
_BEFORE_NOUN = re.compile(
    rf"(?<![\w-])(?P<about>{_ABOUT} ?)?{_SPAN}(?:[ -]long)?[ ]"
    r"(?:(?:of|partial|full|total|complete|global|major|service|site)[ ]){0,3}"
    r"(?:outage|downtime|incident|disruption|unavailability|interruption)\b",
    re.IGNORECASE,
)
_OF_THE_WHOLE = re.compile(
    r"\b(?:outage|unavailable|unreachable|unusable|out of reach|down|downtime|offline|incident|disrupt\w*|interrupt\w*|"
    r"impact\w*|affect\w*|degrad\w*|fail\w*|errors?|lasted|lasting|duration|could not|cannot|did not work|without|"
    r"neither|slow)\b",
    re.IGNORECASE,
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:had been|has been|every|retention|valid|data|backups?|history|waited|average|each)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?;](?=\s|$)|\n")
_FROM = (Milestone.START, Milestone.DETECTED, Milestone.ACKNOWLEDGED, Milestone.DECLARED)
_TO = (Milestone.DETECTED, Milestone.ACKNOWLEDGED, Milestone.DECLARED, Milestone.MITIGATED, Milestone.RESOLVED)
_SHARE, _SHARE_ABOUT, _LEAST = 0.05, 0.2, timedelta(seconds=90)


class _Stated(NamedTuple):
    """A duration in a text: its place, how long it is, and by how much it may differ from what was measured."""

    start: int
    end: int
    span: timedelta
    slack: timedelta


def stated_findings(session: Session) -> Iterator[Finding]:
    """Yield where a session states another duration, or another start or end, than its milestones have."""
    yield from _windows(session)
    yield from _durations(session)


def _windows(session: Session) -> Iterator[Finding]:
    for name, moment, milestone in (
        ("started", session.started, Milestone.START),
        ("resolved", session.resolved, Milestone.RESOLVED),
    ):
        marked = milestone_moment(session, milestone)
        if moment is None or marked is None:
            continue
        if abs(moment.at - marked.at) <= max(slack(moment, marked), timedelta(minutes=1)):
            continue
        entry = next(each for each in session.timeline if milestone in each.milestones)
        why = (
            f"The entry that marks {milestone} stands at {told(marked, session.zone)}, and the incident is said to "
            f"have {name if name == 'started' else 'been resolved'} at {told(moment, session.zone)}."
        )
        yield of_entry(entry, WINDOW, why, "Which of the two is right, and what shows it?")


def _durations(session: Session) -> Iterator[Finding]:
    whole = measure(session, Metric.DURATION)
    if isinstance(whole, Absent):
        return
    spans = _spans(session)
    ends = [milestone_moment(session, each) for each in (Milestone.START, Milestone.RESOLVED)]
    doubt = slack(*(moment for moment in ends if moment is not None))
    for field, text in (("title", session.title), ("summary", session.summary), ("impact.prose", session.impact.prose)):
        for stated in _stated(text):
            if any(abs(stated.span - span) <= stated.slack + doubt for span in spans):
                continue
            if field == "impact.prose" and stated.span < whole.span:
                continue
            yield Finding(
                rule=DURATION,
                category=Category.TIMELINE,
                field=field,
                start=stated.start,
                end=stated.end,
                words=text[stated.start : stated.end],
                why=f"By the milestones of the timeline the incident lasted {spoken(whole.span)}.",
                question="From when to when is this counted?",
            )


def _spans(session: Session) -> list[timedelta]:
    """Return how long it was between any two milestones that people count from and to."""
    begins = [moment.at for each in _FROM if (moment := milestone_moment(session, each)) is not None]
    ends = [moment.at for each in _TO if (moment := milestone_moment(session, each)) is not None]
    found = [end - begin for begin in begins for end in ends if end > begin]
    marked = [entry for entry in session.timeline if entry.milestones]
    return found + [last.at.at - first.at.at for first, last in combinations(marked, 2)]


def _stated(text: str) -> Iterator[_Stated]:
    """Yield the durations of the incident that a text states, in sentences that tell of the whole of it."""
    begin = 0
    while begin < len(text):
        ending = _SENTENCE_END.search(text, begin)
        end = ending.end() if ending else len(text)
        found = _STATED.search(text, begin, end)
        noun = _BEFORE_NOUN.search(text, begin, end)
        if noun is not None:
            yield _read(noun)
        elif (
            found is not None
            and _OF_THE_WHOLE.search(text, begin, end)
            and not _OF_SOMETHING_ELSE.search(text, begin, end)
        ):
            yield _read(found)
        begin = end


def _read(found: re.Match[str]) -> _Stated:
    span, unit = _part(found["first"], found["unit"])
    rough = timedelta()
    if found["more"]:
        span += _part(found["more"], found["less"])[0]
    elif found["half"]:
        span += unit / 2
        rough = unit / 6
    elif (unit >= _UNITS["h"] and found["first"].isdigit()) or found["first"].casefold() in _NUMBERS:
        rough = unit / 2
    elif found["first"].casefold().startswith("half"):
        rough = unit / 6
    end = found.end("less" if found["more"] else "half" if found["half"] else "unit")
    share = _SHARE_ABOUT if found["about"] else _SHARE
    return _Stated(found.start("first"), end, span, max(_LEAST, span * share, rough))


def _part(number: str, unit: str) -> tuple[timedelta, timedelta]:
    size = _UNITS[unit[0].casefold()]
    word = number.casefold()
    amount = 0.5 if word.startswith("half") else _NUMBERS.get(word) or float(word.replace(",", "."))
    return size * amount, size
