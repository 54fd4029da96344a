"""The facts of a session by which sessions are filtered and sorted, derived from it and from nothing else."""

import re
from datetime import date, datetime
from operator import attrgetter
from typing import NamedTuple

from facilitator.model.metrics import SPANS, Metric, incident_day
from facilitator.model.moments import local
from facilitator.model.private import published
from facilitator.model.session import Action, ActionStatus, Session

CLOSED = (ActionStatus.DONE, ActionStatus.WONT_DO)
"""The states of an action that is pending no more."""

_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")
_TO_BASE_32 = str.maketrans("JKMNPQRSTVWXYZ", "IJKLMNOPQRSTUV")
_DAY = 24 * 60 * 60 * 1000
_EPOCH = date(1970, 1, 1).toordinal()
_EARLIEST, _LATEST = date(2010, 1, 1).toordinal() - _EPOCH, date(2200, 1, 1).toordinal() - _EPOCH
_MOST_USERS = 10**15
_METRICS = {"mttd": Metric.MTTD, "mtta": Metric.MTTA, "mttr": Metric.MTTR, "duration": Metric.DURATION}

_HAS = {
    "services": "service",
    "tags": "tag",
    "cause": "cause",
    "severity": "severity",
    "facilitator": "facilitator",
    "summary": "summary",
    "trigger": "trigger",
    "resolution": "resolution",
    "impact.prose": "impact",
    "impact.error_budget": "budget",
    "impact.users": "users",
    "timeline": "timeline",
    "whys": "whys",
    "factors": "factors",
    "lessons": "lessons",
    "actions": "actions",
    "questions": "questions",
    "conflicts": "conflicts",
}
_GETTERS = [(attrgetter(field), name) for field, name in _HAS.items()]
HAS = (*_HAS.values(), "pending", *_METRICS)
"""What `has:` may ask for, beside what depends on the day."""


class Pending(NamedTuple):
    """An action that is neither done nor given up: the day on which it was filed, and the day when it is due."""

    item: str
    born: date
    due: date | None


class Facts(NamedTuple):
    """The facts of a session.

    `when` is the moment by which the incident is dated, on the clock of the session's zone and without it. `values`
    are pairs of a field of the query line and a value as written; `numbers` are those that are known: metrics in
    seconds, the share of the error budget in percent, users.
    """

    when: datetime
    values: tuple[tuple[str, str], ...]
    numbers: dict[str, float]
    pending: tuple[Pending, ...]


def facts(session: Session) -> Facts:
    """Return the facts of a session."""
    session = published(session)
    when = local(incident_day(session) or session.created, session.zone).replace(tzinfo=None)
    numbers = _numbers(session)
    pending = tuple(
        Pending(action.id, born(action, session), action.due)
        for action in session.actions
        if action.status not in CLOSED
    )
    return Facts(when, tuple(_values(session, numbers, pending)), numbers, pending)


def born(action: Action, session: Session) -> date:
    """Return the day in UTC on which an action was filed: ids tell it, else it is that of the session's making."""
    if _ULID.fullmatch(action.id):
        # The digits of an ULID are those of Python's base 32 but for some letters, and its first ten are milliseconds.
        days = int(action.id[:10].translate(_TO_BASE_32), 32) // _DAY
        if _EARLIEST <= days < _LATEST:
            return date.fromordinal(_EPOCH + days)
    return session.created.date()


def causes(session: Session) -> tuple[str, ...]:
    """Return the categories of what caused it: the one that was stated, and those of the root causes."""
    of_factors = (factor.category for factor in session.factors if factor.root_cause and not factor.mitigator)
    return tuple(dict.fromkeys(each for each in (session.cause, *of_factors) if each))


def _numbers(session: Session) -> dict[str, float]:
    found: dict[str, float] = {}
    # What `metrics.measure` does for one metric, which looks through the whole timeline for each of its two ends.
    marked = {each: entry.at.at for entry in reversed(session.timeline) for each in entry.milestones}
    for name, metric in _METRICS.items() if marked else ():
        begin, end = (marked.get(milestone) for milestone in SPANS[metric])
        if begin is not None and end is not None and begin <= end:
            found[name] = (end - begin).total_seconds()
    if session.impact.error_budget is not None:
        found["budget"] = session.impact.error_budget
    if session.impact.users is not None:
        found["users"] = float(min(session.impact.users, _MOST_USERS))
    return found


def _values(session: Session, numbers: dict[str, float], pending: tuple[Pending, ...]) -> "list[tuple[str, str]]":
    found = [("status", str(session.status)), ("kind", str(session.review_kind))]
    found += [("service", each) for each in session.services]
    found += [("tag", each) for each in session.tags]
    found += [("cause", each) for each in causes(session)]
    found += [("owner", each) for each in dict.fromkeys(action.owner for action in session.actions) if each]
    if session.severity is not None:
        found.append(("severity", str(session.severity)))
    if session.facilitator:
        found.append(("facilitator", session.facilitator))
    found += [("has", name) for getter, name in _GETTERS if getter(session) not in (None, "", ())]
    found += [("has", name) for name in numbers if name in _METRICS]
    if pending:
        found.append(("has", "pending"))
    return found
