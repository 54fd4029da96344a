"""The values of fields, from the Markdown in which somebody changed them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from facilitator.capture.due import due_date
from facilitator.capture.instants import Frame
from facilitator.capture.reading import Reading
from facilitator.capture.values import read_count, read_date, read_member, read_percent, read_source, read_yes_no
from facilitator.capture.when import read_when
from facilitator.documents.escape import address, inline, link
from facilitator.documents.references import References
from facilitator.documents.roundtrip.words import line, prose, targets
from facilitator.model.moments import Moment, Precision, find_zone
from facilitator.model.session import (
    ActionStatus,
    ActionType,
    BranchEnd,
    Confidence,
    DetectionSource,
    Join,
    LessonArea,
    LessonKind,
    Milestone,
    Priority,
    ResponseKind,
    ReviewKind,
    Role,
    Session,
    Severity,
    Status,
)
from facilitator.model.text import MAX_TEXT

_ENDS = {
    "end of this branch: we can act on it": BranchEnd.ACTIONABLE,
    "end of this branch: outside our control": BranchEnd.OUTSIDE,
    "end of this branch: not known": BranchEnd.UNKNOWN,
}
_NOTICED = {
    "an alert": DetectionSource.ALERT,
    "a customer": DetectionSource.CUSTOMER,
    "a person": DetectionSource.PERSON,
}
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:\S+")
_ARTICLE = re.compile(r"an? ", re.IGNORECASE)


class UnclearError(ValueError):
    """What was written into a field cannot be its value; the message says why, or what is wanted."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What values are read against.

    `names` are the names of the parts in the document as it was written, and `today` the day of whoever reads it.
    `factors` are ids by the numbers in the document as it is, and `told` the ids of entries by their time.
    """

    session: Session
    names: References
    today: date
    factors: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def text(raw: str) -> str:
    """Return one line of text. Raises UnclearError for one that is too long for a field."""
    return _short_enough(line(raw))


def long_text(raw: str) -> str:
    """Return text of several paragraphs. Raises UnclearError for one that is too long for a field."""
    return _short_enough(prose(raw))


def names(raw: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the names in a list that commas divide; a known name may hold commas itself."""
    by_raw = {shown: each for each in known if (shown := inline(each))}
    found = []
    while raw := raw.strip(", "):
        whole = next((shown for shown in by_raw if raw == shown or raw.startswith(f"{shown}, ")), None)
        piece = whole if whole is not None else raw.partition(",")[0]
        raw = raw[len(piece) :]
        found.append(by_raw[piece] if whole is not None else text(piece))
    return tuple(dict.fromkeys(each for each in found if each))


def session_value(path: str, raw: str, scope: Scope) -> Any:
    """Return the value of a field of the session, by its path. Raises UnclearError."""
    before = scope.session
    if path in _LISTS:
        part, _, inner = path.partition(".")
        return names(raw, getattr(getattr(before, part), inner) if inner else getattr(before, part))
    read = _SESSION.get(path)
    return read(line(raw), scope) if read is not None else long_text(raw)


def _title(said: str, _scope: Scope) -> str:
    return _needed(_short_enough(said), "a session needs a title")


def _source_of_detection(said: str, _scope: Scope) -> DetectionSource | None:
    if not said:
        return None
    known = _NOTICED.get(said.casefold())
    return known if known is not None else DetectionSource(_settled(read_source(said)))


def _kind_of_review(said: str, _scope: Scope) -> ReviewKind:
    return ReviewKind(_member(_ARTICLE.sub("", said, count=1), ReviewKind)) if said else ReviewKind.INCIDENT


def _if_said(read: Callable[[str, Scope], Reading[object]]) -> Callable[[str, Scope], Any]:
    return lambda said, scope: _settled(read(said, scope)) if said else None


def _as_written(said: str, _scope: Scope) -> str:
    return _short_enough(said)


_SESSION: Mapping[str, Callable[[str, Scope], Any]] = {
    "title": _title,
    "status": lambda said, _: _member(_needed(said, "draft, in review or final"), Status),
    "review_kind": _kind_of_review,
    "severity": _if_said(lambda said, _: read_member(said, Severity)),
    "held": _if_said(lambda said, scope: read_date(said, scope.today)),
    "impact.users": _if_said(lambda said, _: read_count(said)),
    "impact.error_budget": _if_said(lambda said, _: read_percent(said)),
    "impact.sla_breached": _if_said(lambda said, _: read_yes_no(said)),
    "detection.appropriate": _if_said(lambda said, _: read_yes_no(said)),
    "detection.source": _source_of_detection,
    "cause": _as_written,
    "facilitator": _as_written,
    "impact.revenue": _as_written,
}
"""How the fields of a session that hold no prose are read from one line."""

_LISTS = frozenset({"services", "tags", "authors", "reviewers", "impact.features", "impact.regions"})


def when(raw: str, day: str, scope: Scope) -> tuple[Moment, datetime | None]:
    """Return the moment that stands in the timeline below a day, and the end of its span. Raises UnclearError."""
    zone = scope.names.zone
    on = _day(day, scope) if day else _usual_day(scope)
    noon = datetime.combine(on, time(12), tzinfo=find_zone(zone) or UTC)
    frame = Frame(zone=zone, today=scope.today, near=Moment(noon, zone, Precision.DAY))
    said = line(raw)
    reading = read_when(said, frame) if said else Reading(question="When was it?")
    if reading.value is None:
        raise UnclearError(reading.question)
    if reading.value.end < len(said):
        raise UnclearError("Write the time alone, such as 14:22")
    return reading.value.moment, reading.value.until


def milestones(raw: str, _scope: Scope) -> tuple[Milestone, ...]:
    """Return the milestones that an entry marks, in their order. Raises UnclearError."""
    found = {_member(each, Milestone) for each in line(raw).split(",") if each.strip()}
    return tuple(each for each in Milestone if each in found)


def source(raw: str, links: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the source of an entry and its addresses; `links` are those that it had."""
    shown = {link(each): each for each in links}
    by_target = {target: each for each in links if (target := address(each)) is not None}
    found: list[str] = []
    rest = raw
    for written, each in shown.items():
        if written and written in rest:
            rest = rest.replace(written, "", 1)
            found.append(each)
    for _, target in targets(rest):
        found.append(by_target.get(target, target))
    left = []
    for piece in re.sub(r"(?<!\\)\[(?:[^\[\]\\]|\\.){0,1000}\]\([^()\s]{0,2000}\)|<[a-z]+:[^<>\s]+>", "", rest).split(
        ","
    ):
        said = line(piece)
        if _URL.fullmatch(said):
            found.append(said)
        elif said:
            left.append(said)
    ordered = [each for each in links if each in found] + [each for each in found if each not in links]
    return _short_enough(", ".join(left)), tuple(dict.fromkeys(ordered))


def ticket(raw: str) -> str:
    """Return the ticket of an action: where its link leads, or its name."""
    found = targets(raw)
    return found[0][1] if len(found) == 1 and line(raw).endswith((found[0][1], f"({found[0][1]})")) else text(raw)


def why_remarks(raw: str) -> dict[str, Any]:
    """Return what the remarks behind an answer say: how sure it is, whether the branch ends. Raises UnclearError."""
    values: dict[str, Any] = {"confidence": None, "end": None}
    for remark in filter(None, line(raw).split("; ")):
        if remark.casefold() in _ENDS:
            values["end"] = _ENDS[remark.casefold()]
        else:
            values["confidence"] = _member(remark, Confidence)
    return values


def factors(raw: str, scope: Scope) -> tuple[str, ...]:
    """Return the ids of the factors with these numbers. Raises UnclearError."""
    return tuple(dict.fromkeys(_found(each, scope.factors) for each in _pieces(line(raw))))


def entries(raw: str, had: tuple[str, ...], scope: Scope) -> tuple[str, ...]:
    """Return the ids of the entries with these times; of several, those that were evidence. Raises UnclearError."""
    found: list[str] = []
    for each in _pieces(line(raw)):
        ids = scope.told.get(each, ())
        ids = tuple(one for one in ids if one in had) or ids
        if not ids:
            raise UnclearError(f"no entry is at {each}")
        if len(ids) > 1 and not set(ids) <= set(had):
            raise UnclearError(f"several entries are at {each}")
        found += ids
    return tuple(dict.fromkeys(found))


def quoted(raw: str, had: tuple[str, ...], scope: Scope) -> tuple[str, ...]:
    """Return the ids of entries that are quoted with their times below an answer. Raises UnclearError."""
    times = [re.sub(r'\s*".*', "", each, flags=re.DOTALL) for each in re.split(r"(?<=\")\s*;\s*", line(raw))]
    return entries(", ".join(each for each in times if each), had, scope)


def owner(raw: str) -> str:
    """Return somebody who has an action or a question, without the sign before the name."""
    return text(raw).removeprefix("@")


def yes_no(raw: str) -> bool | None:
    """Return an answer, or None where there is none; what follows a colon is not read. Raises UnclearError."""
    said = line(raw).partition(":")[0].strip()
    return _settled(read_yes_no(said)) if said else None


def due(raw: str, scope: Scope) -> date | None:
    """Return a day, or None where there is none. Raises UnclearError."""
    said = line(raw)
    found = due_date(said, scope.today) if said else None
    if said and (found is None or found.wrong or len(found.options) != 1):
        raise UnclearError("write a day such as 2026-11-29")
    return found.options[0] if found is not None else None


def member(kind: type[StrEnum]) -> Callable[[str], Any]:
    """Return how a word of a list is read, or None where there is none. Raises UnclearError."""
    return lambda raw: _member(said, kind) if (said := line(raw)) else None


AREA = member(LessonArea)
PRIORITY = member(Priority)
TYPE = member(ActionType)
ROLE = member(Role)
JOIN = member(Join)
LESSON = member(LessonKind)
NOTE = member(ResponseKind)


def status(raw: str) -> ActionStatus:
    """Return how far an action is. Raises UnclearError."""
    return ActionStatus(_member(_needed(line(raw), "open, in progress or done"), ActionStatus))


def person(raw: str) -> tuple[str, str]:
    """Return the name and the role of somebody who takes part: "Alice (on call)"."""
    said = text(raw)
    found = re.fullmatch(r"(.*?) \((.*)\)", said)
    return (found[1], found[2]) if found is not None and found[1] else (said, "")


def _usual_day(scope: Scope) -> date:
    first = scope.session.timeline[0].at if scope.session.timeline else scope.session.started
    zone = find_zone(scope.names.zone) or UTC
    return first.at.astimezone(zone).date() if first is not None else scope.today


def _day(raw: str, scope: Scope) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return date.fromisoformat(str(_settled(read_date(raw, scope.today))))


def _pieces(said: str) -> list[str]:
    return [each for piece in said.split(",") if (each := piece.strip())]


def _found(name: str, ids: Mapping[str, str]) -> str:
    if name not in ids:
        raise UnclearError(f"no factor is called {name}")
    return ids[name]


def _member(said: str, kind: type[StrEnum]) -> Any:
    return _settled(read_member(said.strip(), kind))


def _settled(reading: Reading[object]) -> Any:
    if reading.question:
        raise UnclearError(reading.question)
    return reading.value


def _needed(said: str, wanted: str) -> str:
    if not said:
        raise UnclearError(f"it cannot be empty: {wanted}")
    return said


def _short_enough(said: str) -> str:
    if len(said) > MAX_TEXT:
        raise UnclearError(f"it is longer than {MAX_TEXT:,} characters")
    return said
