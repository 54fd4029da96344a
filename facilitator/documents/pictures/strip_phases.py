"""The phases of an incident, as its milestones divide it."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import NamedTuple

from facilitator.model.session import Milestone
from facilitator.model.strip import Mark


class Phase(NamedTuple):
    """A part of an incident: its name, the milestones at which it begins and ends, and how long it lasted."""

    name: str
    first: Mark
    last: Mark
    span: timedelta


def phases(marks: Iterable[Mark]) -> Iterator[Phase]:
    """Return the phases whose milestones are there, in order, and not of the same moment."""
    found = {mark.milestone: mark for mark in marks}
    ended = Milestone.MITIGATED if Milestone.MITIGATED in found else Milestone.RESOLVED
    for name, first, last in (
        ("undetected", Milestone.START, Milestone.DETECTED),
        ("responding", Milestone.DETECTED, ended),
        ("recovering", Milestone.MITIGATED, Milestone.RESOLVED),
    ):
        begin, end = found.get(first), found.get(last)
        if begin is not None and end is not None and begin.at < end.at:
            yield Phase(name, begin, end, timedelta(seconds=end.at - begin.at))
