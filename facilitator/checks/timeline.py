"""Whether a timeline holds together: gaps, order, times that cannot be, two entries that are one, what prose says.

"Postmortems: learning from failure" asks what was happening in the gaps of a timeline, since they may hold the most
important information. The rest is what somebody who has seen many timelines looks for before a meeting.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import MAXYEAR, MINYEAR, datetime, timedelta

from facilitator.checks.finding import Finding
from facilitator.checks.same_entries import same_entries
from facilitator.checks.stated import stated_findings
from facilitator.checks.suspicious_zones import zone_findings
from facilitator.checks.told_times import UNCERTAIN, of_entry, precedes, told
from facilitator.model.clocks import clock, day
from facilitator.model.cue_missing import Gap, gaps, short
from facilitator.model.metrics import milestone_moment, spoken, window
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone, ReviewKind, Session

GAP, ENDS, FUTURE, YEAR = "timeline.gap", "timeline.end-before-beginning", "timeline.future", "timeline.year"
BEFORE, AFTER = "timeline.before-start", "timeline.after-resolved"
MISSING, ORDER = "timeline.milestone-missing", "timeline.milestone-order"

_FEWEST = 3
_FAR, _A_WEEK, _EVER = timedelta(days=200), timedelta(days=7), timedelta(days=20 * 366)
_FIRST_YEAR = 1990
_MOST_IN_THE_FUTURE = 3

_SYMPTOM = re.compile(
    r"\b(?:errors?|fail(?:s|ed|ing|ures?)?|outage|unavailable|unreachable|degraded|degradation|timeouts?|timed out|"
    r"time out|5\d\d|alerts?|alarm|paged|pages|crash\w*|down|offline|customers? (?:report|complain)\w*|"
    r"users? (?:report|complain|cannot|can't)\w*|cannot|latency|slow\w*|exceptions?|out of memory|oom|lock-?up|stuck|"
    r"refused|rejected|incident)\b",
    re.IGNORECASE,
)
_RESPONDING = re.compile(
    r"\b(?:roll(?:s|ed|ing)? ?back|rollback|fail(?:s|ed)? ?over|failover|restart(?:s|ed|ing)?|mitigat\w*|investigat\w*|"
    r"acknowledg\w*|on-?call|war ?room|incident channel|debug\w*)\b",
    re.IGNORECASE,
)
_WELL = re.compile(
    r"\b(?:no|zero|without|fewer|any) (?:more |new |further )?(?:errors?|alerts?|alarm|failures?|complaints?)\b|"
    r"unchanged|baseline|back to normal|postmortem|post-mortem|review|follow-?up|closed|announced|backfill|cleaned up|"
    r"back online",
    re.IGNORECASE,
)


_PAIRS: tuple[tuple[Milestone, Milestone], ...] = (
    (Milestone.START, Milestone.DETECTED),
    (Milestone.DETECTED, Milestone.ACKNOWLEDGED),
    (Milestone.DETECTED, Milestone.DECLARED),
    (Milestone.START, Milestone.MITIGATED),
    (Milestone.DETECTED, Milestone.MITIGATED),
    (Milestone.MITIGATED, Milestone.RESOLVED),
    (Milestone.ACKNOWLEDGED, Milestone.RESOLVED),
    (Milestone.DECLARED, Milestone.RESOLVED),
    (Milestone.DETECTED, Milestone.RESOLVED),
    (Milestone.START, Milestone.ACKNOWLEDGED),
    (Milestone.START, Milestone.DECLARED),
    (Milestone.START, Milestone.RESOLVED),
)
"""Which milestone cannot come before which, the nearest first."""

_MEASURED = {
    Milestone.START: "the duration and the time to detect",
    Milestone.DETECTED: "the times to detect, to acknowledge and to resolve",
    Milestone.ACKNOWLEDGED: "the time to acknowledge",
    Milestone.RESOLVED: "the duration and the time to resolve",
}
"""What cannot be computed without a milestone."""

_TELLS: dict[Milestone, re.Pattern[str]] = {
    each: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for each, words in {
        Milestone.DETECTED: r"alerts?|alarm|alarms|paged|pages|detected|noticed|notices|reports?|reported",
        Milestone.ACKNOWLEDGED: r"ack|acks|acked|acknowledges?|acknowledged|takes? it on|joins|joined",
        Milestone.RESOLVED: r"resolved|recovered|all clear|back to normal|baseline|incident closed|fully restored",
    }.items()
}
"""By which words an entry tells that it may be the one which marks a milestone."""


def timeline_findings(
    session: Session, now: datetime, silences: Collection[timedelta] | None = None
) -> tuple[Finding, ...]:
    """Return what does not hold together in the timeline of a session; `now` is aware.

    `silences` are how long the gaps are that stand out, when that is known already (see `cue_missing.standing_out`).
    """
    timeline = session.timeline
    if not timeline:
        return tuple(stated_findings(session))
    far = dict(_years(timeline, now))
    near = [entry for entry in timeline if entry.id not in far]
    found: list[Finding] = [*far.values(), *_gaps(session, silences), *_ends(session), *_future(session, now, far)]
    clocks = list(zone_findings(session, near))
    found += clocks
    # What was told on another clock stands elsewhere than it was.
    near = [entry for entry in near if all(entry.id != each.about for each in clocks)]
    found += _before(session, near)
    found += _after(session, near)
    found += _missing(session)
    found += _order(session)
    found += same_entries(timeline)
    found += stated_findings(session)
    return tuple(found)


def _gaps(session: Session, silences: Collection[timedelta] | None) -> Iterator[Finding]:
    """Find the gaps that stand out between the start and the end of the incident."""
    start, end = window(session)
    for gap in gaps(session.timeline, silences):
        begin = gap.below.at.at - gap.span
        if (start is not None and gap.below.at.at <= start.at) or (end is not None and begin >= end.at):
            continue
        if gap.span <= max(UNCERTAIN[gap.above.at.precision], UNCERTAIN[gap.below.at.precision]):
            continue
        first, last = _times(gap, session.zone)
        why = f"{spoken(gap.span)} without an entry, from {first} to {last}, stand out in this incident."
        yield of_entry(gap.above, GAP, why, f"What was going on between {first} and {last}, and what did people see?")


def _times(gap: Gap, zone: str) -> tuple[str, str]:
    begin = gap.below.at.at - gap.span
    first = gap.above.at if begin == gap.above.at.at else Moment(begin, gap.above.at.zone)
    if day(begin, zone) == day(gap.below.at.at, zone):
        return clock(first, zone), clock(gap.below.at, zone)
    return told(first, zone), told(gap.below.at, zone)


def _ends(session: Session) -> Iterator[Finding]:
    for entry in session.timeline:
        if entry.until is not None and entry.until < entry.at.at:
            why = f"It ends at {told(Moment(entry.until), session.zone)}, before it begins."
            yield of_entry(entry, ENDS, why, "When did this begin, and when did it end?")


def _future(session: Session, now: datetime, far: Collection[str]) -> Iterator[Finding]:
    """Find entries that are still to come; of many only the first, for then it is the clock or the date of them all."""
    coming = [
        each for each in session.timeline if each.id not in far and each.at.at - now > UNCERTAIN[each.at.precision]
    ]
    if len(coming) > _MOST_IN_THE_FUTURE:
        why = f"{len(coming)} entries, from this one on, are in the future."
        yield of_entry(coming[0], FUTURE, why, "Which day was it, and in which zone were these times told?")
        return
    for entry in coming:
        why = f"{told(entry.at, session.zone)} has not come yet."
        yield of_entry(entry, FUTURE, why, "Which day was it, and in which zone was this time told?")


def _years(timeline: Sequence[Entry], now: datetime) -> Iterator[tuple[str, Finding]]:
    """Find entries in an impossible year, or in another one than the rest while the date is near to theirs."""
    middle = None if len(timeline) < _FEWEST else sorted(each.at.at for each in timeline)[(len(timeline) - 1) // 2]
    for entry in timeline:
        at = entry.at.at
        if middle is not None and abs(at - middle) >= _FAR and _near_but_for_the_year(at, middle):
            why = f"It stands in {at.year}, and the others in {middle.year}, at about the same time of the year."
        elif at.year < _FIRST_YEAR or at.year > now.year + 1 or (middle is not None and abs(at - middle) > _EVER):
            why = f"It stands in the year {at.year}."
        else:
            continue
        yield entry.id, of_entry(entry, YEAR, why, "In which year was this?")


def _near_but_for_the_year(at: datetime, middle: datetime) -> bool:
    """Tell whether a moment would be within a week of another one, were it in a year that is another one by one."""
    for year in (middle.year - 1, middle.year, middle.year + 1):
        possible = year != at.year and MINYEAR <= year <= MAXYEAR and (at.month, at.day) != (2, 29)
        if possible and abs(at.replace(year=year) - middle) <= _A_WEEK:
            return True
    return False


def _before(session: Session, near: Iterable[Entry]) -> Iterator[Finding]:
    """Find the first entry before the start that tells of something wrong: the start may be earlier."""
    start = milestone_moment(session, Milestone.START) or session.started
    if start is None or session.review_kind is not ReviewKind.INCIDENT:
        return
    for entry in near:
        if not precedes(entry.at, start) or (entry.until is not None and entry.until >= start.at):
            continue
        words = entry.text
        if (_SYMPTOM.search(words) or _RESPONDING.search(words)) and not _WELL.search(words):
            at, first = told(entry.at, session.zone), told(start, session.zone)
            why = f"It tells of trouble at {at}, before the incident starts at {first}."
            yield of_entry(entry, BEFORE, why, "Where does this incident begin: here, or is this what led up to it?")
            return


def _after(session: Session, near: Sequence[Entry]) -> Iterator[Finding]:
    """Find the last entry after the end that tells of something wrong, or of somebody still at work on it."""
    end = milestone_moment(session, Milestone.RESOLVED) or session.resolved
    if end is None:
        return
    for entry in reversed(near):
        words = entry.text
        if not precedes(end, entry.at) or _WELL.search(words) or Milestone.RESOLVED in entry.milestones:
            continue
        if _SYMPTOM.search(words) or _RESPONDING.search(words):
            at, last = told(entry.at, session.zone), told(end, session.zone)
            why = f"It tells of trouble, or of work on it, at {at}, after the incident was resolved at {last}."
            yield of_entry(entry, AFTER, why, "What told people that it was over, and was it?")
            return


def _missing(session: Session) -> Iterator[Finding]:
    """Find milestones without which a duration cannot be told, in a timeline that marks others."""
    timeline = session.timeline
    marked = {each for entry in timeline for each in entry.milestones}
    if not marked or len(timeline) < _FEWEST or session.review_kind is not ReviewKind.INCIDENT:
        return
    numbers = {milestone: number for number, milestone in enumerate(Milestone)}
    last = max(numbers[each] for each in marked)
    for milestone, lost in _MEASURED.items():
        entry = _candidate(timeline, milestone)
        if milestone in marked or not _is_missed(session, milestone, marked, entry, passed=numbers[milestone] < last):
            continue
        why = f"No entry is marked {milestone}, so {lost} cannot be told."
        question = f"Is this when it was {milestone}: “{short(entry.text)}”?" if entry else _asks(milestone)
        yield of_entry(entry, MISSING, why, question)


def _candidate(timeline: Sequence[Entry], milestone: Milestone) -> Entry | None:
    """Return the entry that seems to tell of a milestone: the last that says that it was over, else the first."""
    pattern = _TELLS.get(milestone)
    found = [each for each in timeline if pattern is not None and pattern.search(each.text)]
    return found[-1 if milestone is Milestone.RESOLVED else 0] if found else None


def _is_missed(
    session: Session, milestone: Milestone, marked: Collection[Milestone], entry: Entry | None, *, passed: bool
) -> bool:
    """Tell whether a milestone should be there: a later one is, or an entry tells of it."""
    match milestone:
        case Milestone.START:
            return passed and session.started is None
        case Milestone.ACKNOWLEDGED:
            return passed and entry is not None
        case Milestone.RESOLVED:
            return session.resolved is None and (entry is not None or Milestone.MITIGATED in marked)
    return passed


def _asks(milestone: Milestone) -> str:
    if milestone is Milestone.START:
        return "From when on was anybody affected, and what shows it?"
    return f"When was it {milestone}, and what shows it?"


def _order(session: Session) -> Iterator[Finding]:
    """Find milestones in an order that cannot be; each entry is told once."""
    seen: set[str] = set()
    for first, second in _PAIRS:
        before = next((each for each in session.timeline if first in each.milestones), None)
        after = next((each for each in session.timeline if second in each.milestones), None)
        if before is None or after is None or after.id in seen or not precedes(after.at, before.at):
            continue
        seen.add(after.id)
        at, early = told(before.at, session.zone), told(after.at, session.zone)
        why = f"It is marked {second} at {early}, before {first} at {at}."
        yield of_entry(after, ORDER, why, "Which of the two is wrong, a mark or a time?")
