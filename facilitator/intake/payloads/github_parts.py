"""What the records of GitHub have in common: numbers, people, repositories, and how checks end."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from facilitator.intake.drafts import Signal, Stamp
from facilitator.intake.payloads.records import Record, field_at, first_line, line_at, time_at

_REPOSITORY = re.compile(
    r"https?://[^/\s]+/(?:api/v3/)?(?:repos/)?([\w.-]+/[\w.-]+)/(?:deployments|releases|actions|issues|pull|pulls"
    r"|commit|commits|git|statuses|check-runs|runs|tree|compare)\b"
)
_LAST_NUMBER = re.compile(r"/(\d{1,20})(?:/statuses(?:/\d{1,20})?)?/?$")
_USUAL = ("success", "neutral", "skipped", "cancelled", "stale", "pending", "queued", "in_progress", "requested", "")


def parts(record: Record, name: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return what an event is about, and the event: both the record when it is no event but the thing itself."""
    inner = record.value.get(name)
    return (inner if isinstance(inner, Mapping) else record.value), record.value


def joined(*parts: str) -> str:
    """Return the parts that say something, in a row."""
    return " ".join(part for part in parts if part)


def id_of(name: str, value: Any, *more: str) -> tuple[str, ...]:
    """Return what a thing is called by: its own number, and for what changes also its state until it is over."""
    number = line_at(value, "id")
    return (name, number, *more) if number else ()


def key_of(name: str, value: Any) -> str:
    """Return what other records call the same thing by."""
    return "/".join(id_of(name, value))


def login(value: Any, name: str) -> str:
    """Return the name of the account, or of the person, that a field holds."""
    return first_line(value, f"{name}.login", f"{name}.name")


def last_number(url: object) -> str:
    """Return the number of the deployment, or of another thing, with which an address ends."""
    found = _LAST_NUMBER.search(url[:500]) if isinstance(url, str) else None
    return found[1] if found else ""


def place_of(record: Record, *values: Any) -> str:
    """Return the repository: as the event says it, else as the addresses of the thing say it."""
    told = first_line(record.value, "repository.full_name") or line_at(record.outer, "repository", "full_name")
    if told:
        return told
    for value in values:
        for name in ("url", "html_url", "repository_url", "statuses_url", "deployment_url", "issue_url"):
            found = _REPOSITORY.match(line_at(value, name) + "/tree" * (name == "repository_url"))
            if found:
                return found[1]
    return ""


def of_check(state: str) -> Signal | None:
    """Return ROUTINE for what checks say all day; a failure is none, and whether it matters is not said."""
    return Signal.ROUTINE if state in _USUAL else None


def span_of(value: Any, starts: tuple[str, ...], ends: tuple[str, ...]) -> Stamp | None:
    """Return the first time of `starts`, going on until the first of `ends`."""
    start = time_at(value, *starts)
    end = time_at(value, *ends)
    if start is None or end is None or end.zone != start.zone or end.local <= start.local:
        return start
    return msgspec.structs.replace(start, until=end.local)


def count_of(value: Any, name: str) -> int:
    """Return a number of things, 0 for anything else."""
    number = field_at(value, name)
    return number if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 10**6 else 0


def reactions_to(value: Any) -> int:
    """Return how many reactions there were."""
    return count_of(field_at(value, "reactions"), "total_count")
