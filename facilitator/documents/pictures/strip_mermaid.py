"""The milestones of a timeline as a Mermaid Gantt chart. It holds our own words and times only: no text of people."""

from collections.abc import Iterator
from datetime import UTC, datetime

from facilitator.documents.pictures.strip_phases import phases
from facilitator.model.metrics import spoken
from facilitator.model.moments import find_zone, local
from facilitator.model.session import Session
from facilitator.model.strip import Mark, strip

_DAY = 86_400
_WAYS = {"undetected": "active, ", "responding": "", "recovering": "done, "}


def strip_mermaid(session: Session) -> str:
    """Return the phases and the milestones of a session on the clock of its zone, or nothing without milestones."""
    marks = strip(session.timeline, 1).marks
    if not marks:
        return ""
    several_days = marks[-1].at - marks[0].at >= _DAY
    source = [
        "gantt",
        "accTitle: Milestones of the incident",
        f"title Times in {session.zone if find_zone(session.zone) else 'UTC'}",
        "dateFormat YYYY-MM-DD HH:mm:ss",
        f"axisFormat {'%b %e %H:%M' if several_days else '%H:%M'}",
        "todayMarker off",
        *_lines(marks, session.zone),
    ]
    return "\n  ".join(source) + "\n"


def _lines(marks: tuple[Mark, ...], zone: str) -> Iterator[str]:
    found = list(phases(marks))
    if found:
        yield "section Phases"
    for phase in found:
        begin, end = _time(phase.first, zone), _time(phase.last, zone)
        yield f"{phase.name} {spoken(phase.span)} :{_WAYS[phase.name]}{begin}, {end}"
    yield "section Milestones"
    for mark in marks:
        yield f"{mark.milestone} :milestone, {_time(mark, zone)}, 0s"


def _time(mark: Mark, zone: str) -> str:
    at = local(datetime.fromtimestamp(mark.at, UTC), zone)
    return f"{at:%Y-%m-%d %H:%M:%S}".rjust(19, "0")
