"""Times as they were told: how far the true moment may be from them, and which of two was first all the same."""

from datetime import timedelta

from facilitator.checks.finding import Category, Finding
from facilitator.model.clocks import clock, day
from facilitator.model.moments import Approximation, Moment, Precision
from facilitator.model.session import Entry

UNCERTAIN = {
    Precision.SECOND: timedelta(seconds=1),
    Precision.MINUTE: timedelta(minutes=1),
    Precision.HOUR: timedelta(hours=1),
    Precision.DAY: timedelta(days=1),
}
"""How far the true moment may be from one that is told so exactly."""

_ABOUT = timedelta(minutes=15)


def of_entry(entry: Entry | None, rule: str, why: str, question: str) -> Finding:
    """Return a finding about an entry as a whole, or about the session."""
    about = entry.id if entry is not None else ""
    return Finding(rule=rule, category=Category.TIMELINE, about=about, why=why, question=question)


def told(moment: Moment, zone: str) -> str:
    """Return a moment with its day, on the clock of a zone."""
    known = clock(moment, zone)
    return known if moment.precision is Precision.DAY else f"{day(moment.at, zone)} {known}"


def precedes(first: Moment, second: Moment) -> bool:
    """Tell whether one moment is before another however little is known of both."""
    if first.approximation is Approximation.AFTER or second.approximation is Approximation.BEFORE:
        return False
    return second.at - first.at > slack(first, second)


def slack(*moments: Moment) -> timedelta:
    """Return how far apart moments may be and still mean the same one."""
    about = any(each.approximation is not Approximation.EXACT for each in moments)
    return max([*(UNCERTAIN[each.precision] for each in moments), _ABOUT if about else timedelta()])
