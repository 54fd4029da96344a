"""What `facilitator show` says about a session: for people as text, for programs as plain data."""

import json
from typing import Any

from facilitator.cli.output import pad
from facilitator.documents.session_json import session_json
from facilitator.documents.tables import width
from facilitator.model.clocks import clock, day
from facilitator.model.metrics import Absent, Measured, Metric, measure, told, window
from facilitator.model.moments import Moment, Precision
from facilitator.model.phases import Phase, count, lacks
from facilitator.model.session import Action, ActionStatus, ReviewKind, Session
from facilitator.model.text import handle, one_line

CLOSED = (ActionStatus.DONE, ActionStatus.WONT_DO)


def overview(session: Session, file: str) -> str:
    """Return the header, the metrics, what each phase lacks and the open actions, as text of short lines."""
    blocks = [
        one_line(session.title),
        _facts(_header(session, file)),
        _block("Metrics", [(metric, _metric(measure(session, metric))) for metric in Metric]),
        _block("Phases", [(phase, _phase(session, phase)) for phase in Phase]),
        _block("Open actions", [(_urgency(each), _action(each)) for each in _open(session)]),
    ]
    return "\n\n".join(block for block in blocks if block)


def plain(session: Session) -> dict[str, Any]:
    """Return the session as JSON has it, with its metrics and what each phase lacks."""
    found: dict[str, Any] = json.loads(session_json(session))
    found["metrics"] = {str(metric): _plain_metric(measure(session, metric)) for metric in Metric}
    found["lacks"] = {str(phase): list(lacks(session, phase)) for phase in Phase}
    return found


def _header(session: Session, file: str) -> list[tuple[str, str]]:
    kind = "" if session.review_kind is ReviewKind.INCIDENT else f"review of: {session.review_kind}"
    return [
        ("ID", session.id),
        ("File", file),
        ("Status", ", ".join(each for each in (session.severity or "", session.status, kind) if each)),
        ("When", _when(session)),
        ("Services", ", ".join(session.services)),
        ("Tags", ", ".join(session.tags)),
        ("Cause", session.cause),
        ("Held", session.held.isoformat() if session.held else ""),
        ("Facilitator", session.facilitator),
        ("Authors", ", ".join(session.authors)),
        ("Reviewers", ", ".join(session.reviewers)),
        ("Parked", str(len(session.parking_lot) or "")),
        ("Questions", str(sum(1 for each in session.questions if not each.answer) or "")),
    ]


def _when(session: Session) -> str:
    start, end = window(session)
    if start is None or end is None:
        said = _moment(start, session.zone) if start else f"until {_moment(end, session.zone)}" if end else ""
    else:
        said = f"{_moment(start, session.zone)} to {_moment(end, session.zone, start)}"
    return f"{said} {session.zone}" if said else ""


def _moment(moment: Moment, zone: str, after: Moment | None = None) -> str:
    """Return day and time of day, without the day when it is the same as that of the moment `after` which it stands."""
    date = day(moment.at, zone, year=True)
    if moment.precision is Precision.DAY:
        return date
    same_day = after is not None and day(after.at, zone, year=True) == date
    return clock(moment, zone) if same_day else f"{date} {clock(moment, zone)}"


def _metric(found: Measured | Absent) -> str:
    if isinstance(found, Absent):
        return f"- ({found.reason})"
    return told(found)


def _plain_metric(found: Measured | Absent) -> dict[str, Any]:
    if isinstance(found, Absent):
        return {"seconds": None, "absent": found.reason}
    return {"seconds": found.span.total_seconds(), "about": found.about}


def _phase(session: Session, phase: Phase) -> str:
    number = count(session, phase)
    missing = lacks(session, phase)
    state = f"lacks {', '.join(missing)}" if missing else "complete"
    return f"{'' if number is None else number:>4}  {state}"


def _open(session: Session) -> list[Action]:
    still = [each for each in session.actions if each.status not in CLOSED]
    return sorted(still, key=lambda each: each.priority or "P9")


def _urgency(action: Action) -> str:
    return action.priority or "-"


def _action(action: Action) -> str:
    facts = (
        handle(action.owner),
        f"due {action.due.isoformat()}" if action.due else "",
        action.ticket,
        action.status if action.status is not ActionStatus.OPEN else "",
    )
    said = ", ".join(one_line(fact) for fact in facts if fact)
    return one_line(action.text) + (f"  [{said}]" if said else "")


def _block(heading: str, rows: list[tuple[str, str]]) -> str:
    return f"{heading}\n{_facts(rows, indent='  ')}" if rows else ""


def _facts(rows: list[tuple[str, str]], indent: str = "") -> str:
    kept = [(label, value) for label, value in rows if value]
    widest = max((width(label) for label, _ in kept), default=0)
    return "\n".join(f"{indent}{pad(label, widest)}  {value}" for label, value in kept)
