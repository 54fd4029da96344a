"""How far a postmortem is: what it may be asked for already, and when it was held.

Nobody is told that something is missing which is only still to come.
"""

from datetime import date, datetime, timedelta

from facilitator.model.advice import Form, advise
from facilitator.model.metrics import incident_day, window
from facilitator.model.moments import local
from facilitator.model.session import Action, ActionStatus, Factor, Session, Status

LATEST = timedelta(hours=72)
"""How long after the incident a postmortem is held at the latest. Source: "Postmortems: learning from failure"."""

RIPE = timedelta(days=7)
"""How long after the incident its postmortem is judged as a whole even when it says that it is a draft."""


def is_ripe(session: Session, now: datetime) -> bool:
    """Tell whether a postmortem is so far that what is missing in it is missing: it has actions, or was reviewed."""
    if session.status is not Status.DRAFT or session.actions:
        return True
    end = over(session)
    return end is not None and now - end > RIPE


def over(session: Session) -> datetime | None:
    """Return when the incident was over, as far as that is known: its end, else its last entry, else its start."""
    _, end = window(session)
    if end is not None:
        return end.at
    return session.timeline[-1].at.at if session.timeline else incident_day(session)


def held_day(session: Session, now: datetime) -> date | None:
    """Return the day on which the first meeting about the incident was held, or None when none was until now."""
    days = [local(each.held, session.zone).date() for each in session.meetings if each.held is not None]
    days += [local(each.at, session.zone).date() for each in session.switches]
    if session.held is not None:
        days.append(session.held)
    today = local(now, session.zone).date()
    return min((each for each in days if each <= today), default=None)


def days_late(session: Session, now: datetime) -> tuple[date | None, int | None]:
    """Return when the postmortem was held, and how many days after the end of the incident, or until now."""
    end, held = over(session), held_day(session, now)
    if end is None:
        return held, None
    until = held or local(now, session.zone).date()
    return held, (until - local(end, session.zone).date()).days


def is_late(session: Session, now: datetime) -> bool:
    """Tell whether the postmortem was held, or is still to be held, later than it had better be."""
    end, held = over(session), held_day(session, now)
    if end is None:
        return False
    if held is None:
        return now - end > LATEST and advise(session, now).form is Form.MEETING
    # The hour is not known: only what is late by every hour of that day counts.
    last = local(end, session.zone).date() + LATEST
    return held > last


def planned(session: Session) -> tuple[Action, ...]:
    """Return the actions other than those that won't be done."""
    return tuple(each for each in session.actions if each.status is not ActionStatus.WONT_DO)


def waiting(session: Session) -> tuple[Action, ...]:
    """Return the actions that are not done yet, and will be."""
    return tuple(each for each in planned(session) if each.status is not ActionStatus.DONE)


def conditions(session: Session) -> tuple[Factor, ...]:
    """Return the factors that contributed, without those that kept it from being worse."""
    return tuple(factor for factor in session.factors if not factor.mitigator)


def reviewed_by(session: Session) -> tuple[str, ...]:
    """Return who has reviewed a postmortem, each once: who is named as a reviewer, and who answered or approved."""
    answered = (each.text for each in session.review_requests if each.answered is not None)
    names = (*session.reviewers, *answered, *(each.by for each in session.approvals))
    return tuple({each.casefold(): each for each in reversed(names) if each}.values())[::-1]


def other_reviewers(session: Session) -> tuple[str, ...]:
    """Return who has reviewed a postmortem and did not write it, each once."""
    authors = {each.casefold() for each in session.authors}
    return tuple(each for each in reviewed_by(session) if each.casefold() not in authors)
