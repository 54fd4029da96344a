"""Opsgenie: incidents, alerts, logs, notes and timelines of the REST API, and the webhooks of alerts and incidents."""

from collections.abc import Iterator

from facilitator.intake.drafts import Draft, Signal
from facilitator.intake.payloads.records import (
    Desk,
    Record,
    first_line,
    first_text,
    line_at,
    link_at,
    text_at,
    time_at,
    with_detail,
    with_state,
)
from facilitator.intake.payloads.shapes import Shape, reader

_ACTIONS = {
    "create": Signal.FIRES,
    "acknowledge": Signal.ACKNOWLEDGED,
    "close": Signal.ENDS,
    "resolve": Signal.ENDS,
    "escalate": Signal.ESCALATED,
    "escalatenext": Signal.ESCALATED,
    "addnote": Signal.NOTE,
}
_LOG_TYPES = {
    "alertRecipient": Signal.ROUTINE,
    "notification": Signal.ROUTINE,
    "escalation": Signal.ESCALATED,
}
_TIMELINE_TYPES = {
    "IncidentCreated": Signal.DECLARED,
    "IncidentResolved": Signal.ENDS,
    "IncidentClosed": Signal.ENDS,
    "AlertCreated": Signal.FIRES,
    "AlertAcknowledged": Signal.ACKNOWLEDGED,
    "AlertClosed": Signal.ENDS,
    "NoteAdded": Signal.NOTE,
    "ResponderNotified": Signal.ROUTINE,
}


def _place(alert: object) -> str:
    """Return what an alert is about, or where it came from; an address is a person's."""
    place = first_line(alert, "entity", "source")
    return "" if "@" in place else place


def _webhook(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read what was done to an alert. A creation has the time of the alert, everything else that of the change."""
    outer = record.value
    what = "alert" if isinstance(outer.get("alert"), dict) else "incident"
    alert, action = outer[what], line_at(outer, "action")
    creation = action.casefold() == "create"
    number = first_line(alert, "alertId", "incidentId", "id")
    times = ("createdAt", "updatedAt") if creation else ("updatedAt", "createdAt")
    at = time_at(alert, *times)
    title = text_at(alert, "message")
    note = text_at(alert, "note")
    text = with_detail(title, text_at(alert, "description")) if creation else with_state(title, action)
    who = "" if creation else first_line(alert, "username", "userFullName")
    yield from desk.draft(
        record,
        (number, action, at.local.isoformat() if at else ""),
        note if action.casefold() == "addnote" and note else text,
        at,
        paths=tuple(f"{what}.{name}" for name in times),
        signal=Signal.DECLARED if creation and what == "incident" else _ACTIONS.get(action.casefold()),
        who=who,
        place=_place(alert),
        key=first_line(alert, "alias") or number,
    )


def _alert(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an alert: its creation, its acknowledgement and its end when the report of it has their times."""
    alert = record.value
    number, title = line_at(alert, "id"), text_at(alert, "message")
    key, place = first_line(alert, "alias") or number, _place(alert)
    text = with_detail(title, text_at(alert, "description"))
    yield from desk.draft(
        record, (number, "created"), text, time_at(alert, "createdAt"), paths=("createdAt",), signal=Signal.FIRES,
        place=place, key=key,
    )  # fmt: skip
    created = time_at(alert, "createdAt")
    for state, who, signal in (
        ("ack", "acknowledgedBy", Signal.ACKNOWLEDGED),
        ("close", "closedBy", Signal.ENDS),
    ):
        # These two are told as how many milliseconds after the creation they were.
        elapsed = alert.get("report", {}).get(f"{state}Time") if isinstance(alert.get("report"), dict) else None
        at = _later(alert.get("createdAt"), elapsed) if created else None
        if at is not None:
            yield from desk.draft(
                record, (number, state), with_state(title, "acknowledged" if state == "ack" else "closed"),
                time_at({"at": at}, "at"), signal=signal, who=line_at(alert, "report", who), place=place, key=key,
            )  # fmt: skip


def _later(created: object, elapsed: object) -> float | None:
    """Return the Unix milliseconds that are `elapsed` milliseconds after a creation, or None."""
    stamp = time_at({"at": created}, "at")
    if stamp is None or isinstance(elapsed, bool) or not isinstance(elapsed, int) or not 0 < elapsed < 10**12:
        return None
    return stamp.moment("UTC").at.timestamp() * 1000 + elapsed


def _incident(record: Record, desk: Desk) -> Iterator[Draft]:
    incident = record.value
    number, title = line_at(incident, "id"), text_at(incident, "message")
    place = first_line(incident, "ownerTeam", "impactedServices.0")
    text = with_detail(title, text_at(incident, "description"))
    link = link_at(incident, "links.web")
    states = (
        ("created", text, "createdAt", Signal.DECLARED),
        ("impact started", with_state(title, "impact started"), "impactStartDate", None),
        ("impact detected", with_state(title, "impact detected"), "impactDetectDate", None),
        ("impact ended", with_state(title, "impact ended"), "impactEndDate", Signal.ENDS),
    )
    for state, words, name, signal in states:
        at = time_at(incident, name)
        if at is not None or state == "created":
            yield from desk.draft(
                record, (number, state), words, at, paths=(name,), signal=signal, place=place, link=link, key=number
            )


def _log(record: Record, desk: Desk) -> Iterator[Draft]:
    entry = record.value
    yield from desk.draft(
        record,
        (line_at(record.outer, "id"), line_at(entry, "offset")) if line_at(record.outer, "id") else (),
        text_at(entry, "log"),
        time_at(entry, "createdAt"),
        paths=("createdAt",),
        signal=_LOG_TYPES.get(line_at(entry, "type")),
        who=line_at(entry, "owner"),
    )


def _note(record: Record, desk: Desk) -> Iterator[Draft]:
    note = record.value
    yield from desk.draft(
        record, (), text_at(note, "note"), time_at(note, "createdAt"), paths=("createdAt",),
        signal=Signal.NOTE, who=line_at(note, "owner"),
    )  # fmt: skip


def _timeline(record: Record, desk: Desk) -> Iterator[Draft]:
    entry = record.value
    if entry.get("hidden") is True:
        desk.skip(record, "hidden there")
        return
    kind = line_at(entry, "type")
    yield from desk.draft(
        record,
        (line_at(entry, "id"),),
        first_text(entry, "description.content", "description.name", "description", "title.content", "title"),
        time_at(entry, "eventTime"),
        paths=("eventTime",),
        signal=_TIMELINE_TYPES.get(kind),
        who=first_line(entry, "actor.name", "actor"),
    )


_SHAPES = (
    Shape(_webhook, ("action", "alert{}", "alert.alertId", "alert.message|tinyId"), sure=96),
    Shape(_webhook, ("action", "incident{}", "incident.incidentId", "incident.message|tinyId"), sure=95),
    Shape(_timeline, ("eventTime", "group", "type"), ("entries", "data"), sure=92),
    Shape(_incident, ("tinyId", "message", "createdAt", "impactStartDate|ownerTeam|impactDetectDate"), sure=95),
    Shape(_alert, ("tinyId", "message", "createdAt"), sure=92),
    Shape(_log, ("log", "createdAt", "owner|offset"), ("data", "logs", ""), sure=92),
    Shape(_note, ("note", "createdAt", "owner|offset"), ("data", "notes", ""), sure=90),
)

READER = reader("opsgenie", "Opsgenie", _SHAPES)
