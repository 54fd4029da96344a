"""Sessions for the tests of the checks, made by hand in a few words."""

from datetime import UTC, datetime
from typing import Any

from facilitator.capture.zones import zone_called
from facilitator.checks.finding import Finding
from facilitator.model.edits import ordered
from facilitator.model.moments import Moment
from facilitator.model.session import Entry, Milestone, Session

NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)
"""Two days after the incident of these sessions."""


def entry(number: int, time: str, text: str, *marks: Milestone, zone: str = "UTC", **fields: Any) -> Entry:
    """An entry of 15 November 2026, or of another `day`, `month` and `year`, at a time on the clock of a zone."""
    on = {name: fields.pop(name, default) for name, default in (("year", 2026), ("month", 11), ("day", 15))}
    hour, minute = map(int, time.split(":"))
    at = datetime(**on, hour=hour, minute=minute, tzinfo=zone_called(zone)).astimezone(UTC)
    return Entry(id=f"e{number}", at=Moment(at, zone), text=text, milestones=marks, **fields)


CHECKOUT = (
    entry(1, "14:00", "v3.2 deployed to production", Milestone.START),
    entry(2, "14:08", "first orders end on an error page"),
    entry(3, "14:15", "support sees two tickets"),
    entry(4, "14:22", "burn rate alert fires", Milestone.DETECTED),
    entry(5, "14:24", "on-call takes it on", Milestone.ACKNOWLEDGED),
    entry(6, "14:26", "SEV2 declared", Milestone.DECLARED),
    entry(7, "14:35", "rollback complete", Milestone.MITIGATED),
    entry(8, "14:40", "error rate at baseline", Milestone.RESOLVED),
)
"""A timeline in which nothing is wrong."""


def session(*timeline: Entry, **fields: Any) -> Session:
    """A session with these entries, in order."""
    given: dict[str, Any] = {"id": "S", "title": "Checkout errors", "created": NOW, "timeline": ordered(timeline)}
    return Session(**(given | fields))


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """The rules of findings, and what they are about: the id of the item, or the words."""
    return [(each.rule, each.words or each.about) for each in findings]
