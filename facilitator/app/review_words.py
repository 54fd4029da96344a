"""How far a session is on its way to publication, in words."""

from datetime import datetime, timedelta

from facilitator.model.clocks import clock, day
from facilitator.model.moments import Moment
from facilitator.model.session import Session, Status
from facilitator.review.steps import left

_HOUR = timedelta(hours=1)


def span(time: timedelta) -> str:
    """Return a time that is left in words: "31 h", "20 min"; a begun hour counts until there is less than one."""
    if time >= _HOUR:
        return f"{-(-time // _HOUR)} h"
    return f"{max(1, time // timedelta(minutes=1))} min"


def window(session: Session, now: datetime) -> str:
    """Return how much of the time for review is left: "ends in 31 h"; nothing when the session is not in review."""
    time = left(session, now)
    if time is None:
        return ""
    return f"ends in {span(time)}" if time > timedelta() else f"ended {span(-time)} ago"


def answers(session: Session) -> str:
    """Return how many of those who were asked have answered: "2 of 3 answered"; nothing when nobody was."""
    asked = session.review_requests
    return f"{sum(each.answered is not None for each in asked)} of {len(asked)} answered" if asked else ""


def review_told(session: Session, now: datetime) -> str:
    """Return when the review ends and who has answered: "Review ends in 31 h, 2 of 3 answered."; or nothing."""
    told = window(session, now)
    return f"Review {', '.join(each for each in (told, answers(session)) if each)}." if told else ""


def status_told(session: Session, now: datetime, *, brief: bool) -> str:
    """Return the status for the bar above a session: "review ends in 31 h, 2 of 3 answered"; if `brief`, less."""
    if session.status is Status.FINAL and session.versions:
        return f"final, version {max(each.number for each in session.versions)}"
    told = window(session, now)
    if not told:
        return str(session.status)
    if brief:
        return told if told.startswith("ended") else f"{span(left(session, now) or timedelta())} left"
    return ", ".join(each for each in (f"review {told}", answers(session)) if each)


def ends_on(session: Session) -> str:
    """Return the moment at which the review ends, in the zone of the session."""
    if session.review_until is None:
        return ""
    return f"{day(session.review_until, session.zone)}, {clock(Moment(session.review_until), session.zone)}"
