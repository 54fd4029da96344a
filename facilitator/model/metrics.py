"""Metrics: MTTD, MTTA, MTTR and duration, computed from milestones and from nothing else."""

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from facilitator.model.moments import Moment, Precision
from facilitator.model.session import Milestone, Session


class Metric(StrEnum):
    """The four durations that a postmortem reports."""

    MTTD = "MTTD"
    MTTA = "MTTA"
    MTTR = "MTTR"
    DURATION = "Duration"


SPANS: dict[Metric, tuple[Milestone, Milestone]] = {
    Metric.MTTD: (Milestone.START, Milestone.DETECTED),
    Metric.MTTA: (Milestone.DETECTED, Milestone.ACKNOWLEDGED),
    Metric.MTTR: (Milestone.DETECTED, Milestone.RESOLVED),
    Metric.DURATION: (Milestone.START, Milestone.RESOLVED),
}
"""From which milestone to which each metric is measured. MTTR counts from detection, so that it tells how the
response went; the whole of it is the duration."""


class Measured(msgspec.Struct, frozen=True):
    """A metric that could be computed. `about` is true when one of its two moments is not exactly known.

    `precision` is that of the moment of which less is known.
    """

    span: timedelta
    about: bool = False
    precision: Precision = Precision.MINUTE


_COARSER = (Precision.SECOND, Precision.MINUTE, Precision.HOUR, Precision.DAY)
_LEAST = "under a minute"
_UNDER = {Precision.HOUR: "under an hour", Precision.DAY: "under a day"}


class Absent(msgspec.Struct, frozen=True):
    """A metric that could not be computed, and why: a sentence part such as "no entry is marked detected"."""

    reason: str


def measure(session: Session, metric: Metric) -> Measured | Absent:
    """Return one metric of the session, or the reason why there is none."""
    first, last = SPANS[metric]
    begin, end = milestone_moment(session, first), milestone_moment(session, last)
    missing = [str(name) for name, moment in ((first, begin), (last, end)) if moment is None]
    if begin is None or end is None:
        return Absent(f"no entry is marked {' or '.join(missing)}")
    if end.at < begin.at:
        return Absent(f"{last} is earlier than {first}")
    return measured(begin, end)


def measured(begin: Moment, end: Moment) -> Measured:
    """Return how long it was from one moment to a later one."""
    coarsest = max((begin.precision, end.precision), key=_COARSER.index)
    return Measured(end.at - begin.at, about=not (_exact(begin) and _exact(end)), precision=coarsest)


def milestone_moment(session: Session, milestone: Milestone) -> Moment | None:
    """Return the moment of the earliest entry that marks the milestone, or None."""
    return next((entry.at for entry in session.timeline if milestone in entry.milestones), None)


def window(session: Session) -> tuple[Moment | None, Moment | None]:
    """Return when the incident started and was resolved: by milestones where they are set, else as stated."""
    start, end = (milestone_moment(session, each) for each in (Milestone.START, Milestone.RESOLVED))
    return start or session.started, end or session.resolved


def told(found: Measured) -> str:
    """Return a metric as people say it: "22 min", "about 1 h", "under a minute" when both moments are the same."""
    if round(found.span.total_seconds()) == 0:
        return _UNDER.get(found.precision, _LEAST)
    return f"{'about ' if found.about else ''}{spoken(found.span)}"


def spoken(span: timedelta, *, units: int = 2) -> str:
    """Return a duration as people say it, in its largest units: "18 min", "1 h 5 min", "2 d 3 h", "45 s".

    What is nothing when rounded to seconds is "under a minute": most moments are known to the minute.
    """
    seconds = round(span.total_seconds())
    if seconds == 0:
        return _LEAST
    parts: list[str] = []
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60), *([("s", 1)] if seconds < 600 else [])):
        count, seconds = divmod(seconds, size)
        if count and len(parts) < units:
            parts.append(f"{count} {unit}")
    return " ".join(parts)


def incident_day(session: Session) -> datetime | None:
    """Return the moment by which the incident is dated, in UTC: its start, else its first entry, or None."""
    start, _ = window(session)
    if start is not None:
        return start.at
    return session.timeline[0].at.at if session.timeline else None


def _exact(moment: Moment) -> bool:
    return moment.approximation == "exact" and moment.precision in ("minute", "second")
