"""PagerDuty: incidents, log entries, notes, past incidents and change events of the REST API, webhooks, sent events."""

from collections.abc import Iterator, Mapping
from typing import Any

from facilitator.intake.drafts import Draft, Signal
from facilitator.intake.payloads.records import (
    Desk,
    Record,
    field_at,
    first_line,
    first_text,
    line_at,
    link_at,
    list_at,
    objects_at,
    signal_of,
    text_at,
    time_at,
    with_detail,
    with_state,
)
from facilitator.intake.payloads.shapes import Shape, reader

_LOG_SIGNALS = {
    "trigger": Signal.FIRES,
    "acknowledge": Signal.ACKNOWLEDGED,
    "resolve": Signal.ENDS,
    "escalate": Signal.ESCALATED,
    "repeat_escalation_path": Signal.ESCALATED,
    "annotate": Signal.NOTE,
    "notify": Signal.ROUTINE,
}
_EVENT_SIGNALS = {
    "triggered": Signal.FIRES,
    "trigger": Signal.FIRES,
    "reopened": Signal.FIRES,
    "acknowledged": Signal.ACKNOWLEDGED,
    "acknowledge": Signal.ACKNOWLEDGED,
    "resolved": Signal.ENDS,
    "resolve": Signal.ENDS,
    "escalated": Signal.ESCALATED,
    "escalate": Signal.ESCALATED,
    "annotated": Signal.NOTE,
    "annotate": Signal.NOTE,
    "status_update_published": Signal.NOTE,
    "responder.replied": Signal.NOTE,
}


def _title(incident: Any) -> str:
    return first_line(
        incident, "title", "summary", "trigger_summary_data.subject", "trigger_summary_data.description", "description"
    )


def _place(incident: Any) -> str:
    return first_line(incident, "service.summary", "service.name")


def _incident(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an incident: when it was triggered, acknowledged and resolved."""
    incident = record.value
    number, title = line_at(incident, "id"), _title(incident)
    about = {"place": _place(incident), "link": link_at(incident, "html_url"), "key": number}
    created = time_at(incident, "created_at", "created_on")
    yield from desk.draft(
        record, (number, "triggered"), title, created, paths=("created_at",), signal=Signal.FIRES, **about
    )
    for each in objects_at(record, "acknowledgements"):
        at = time_at(each.value, "at")
        parts = (number, "acknowledged", line_at(each.value, "acknowledger", "id"), at.local.isoformat() if at else "")
        who, text = line_at(each.value, "acknowledger", "summary"), with_state(title, "acknowledged")
        yield from desk.draft(each, parts, text, at, paths=("at",), signal=Signal.ACKNOWLEDGED, who=who, **about)
    resolved = time_at(incident, "resolved_at")
    if resolved is None and text_at(incident, "status") == "resolved":
        resolved = time_at(incident, "last_status_change_at", "last_status_change_on")
    if resolved is not None:
        who = first_line(incident, "last_status_change_by.summary", "resolved_by_user.name")
        text = with_state(title, "resolved")
        yield from desk.draft(record, (number, "resolved"), text, resolved, signal=Signal.ENDS, who=who, **about)


def _alert(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read one of the alerts of an incident."""
    alert = record.value
    number, title = line_at(alert, "id"), text_at(alert, "summary")
    about = {"place": _place(alert), "link": link_at(alert, "html_url"), "key": line_at(alert, "alert_key") or number}
    yield from desk.draft(
        record,
        (number, "fires"),
        with_detail(title, first_text(alert, "body.details", "body.cef_details.description")),
        time_at(alert, "created_at"),
        paths=("created_at",),
        signal=Signal.FIRES,
        **about,
    )
    ended = time_at(alert, "resolved_at")
    if ended is not None:
        text = with_state(title, "resolved")
        yield from desk.draft(record, (number, "ends"), text, ended, signal=Signal.ENDS, **about)


def _log_entry(record: Record, desk: Desk) -> Iterator[Draft]:
    entry = record.value
    kind = line_at(entry, "type").removesuffix("_reference").removesuffix("_log_entry")
    words = first_text(entry, "channel.content", "channel.summary", "note") if kind == "annotate" else ""
    detail = first_text(
        entry, "event_details.description", "channel.subject", "channel.description", "incident.summary", "note"
    )
    yield from desk.draft(
        record,
        (line_at(entry, "id"),),
        words or (with_detail(text_at(entry, "summary"), detail) if kind == "trigger" else text_at(entry, "summary")),
        time_at(entry, "created_at"),
        paths=("created_at",),
        signal=_LOG_SIGNALS.get(kind),
        who=line_at(entry, "agent", "summary"),
        place=_place(entry),
        link=link_at(entry, "html_url", "incident.html_url"),
        key=first_line(entry, "incident.id"),
    )


def _note(record: Record, desk: Desk) -> Iterator[Draft]:
    note = record.value
    yield from desk.draft(
        record,
        (line_at(note, "id"),),
        text_at(note, "content"),
        time_at(note, "created_at"),
        paths=("created_at",),
        signal=Signal.NOTE,
        who=line_at(note, "user", "summary"),
        place=_place(record.outer.get("incident")),
        key=line_at(record.outer, "incident", "id"),
    )


def _past_incident(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an incident of earlier days; it is none of this timeline's alerts, so it has no signal."""
    incident = field_at(record.value, "incident")
    yield from desk.draft(
        record,
        (line_at(incident, "id"), "past"),
        _title(incident),
        time_at(incident, "created_at"),
        paths=("incident.created_at",),
        link=link_at(incident, "html_url"),
        key=line_at(incident, "id"),
    )


def _change_event(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a change, from the list of change events or as it was sent."""
    change = record.value
    yield from desk.draft(
        record,
        (line_at(change, "id"),),
        first_text(change, "summary", "payload.summary"),
        time_at(change, "timestamp", "payload.timestamp"),
        paths=("timestamp", "payload.timestamp"),
        signal=Signal.CHANGED,
        place=first_line(change, "services.0.summary", "source", "payload.source"),
        link=link_at(change, "links.0.href"),
    )


def _webhook(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a webhook of version 3."""
    event = field_at(record.value, "event")
    data = field_at(event, "data")
    incident = data if field_at(data, "incident") is None else field_at(data, "incident")
    kind = line_at(event, "event_type")
    if kind == "pagey.ping":
        desk.skip(record, "a test of the webhook")
        return
    what = kind.partition(".")[2]
    said = first_text(data, "content", "message")
    changed = line_at(data, "priority", "summary") if what == "priority_updated" else ""
    state = what.replace(".", " ") + (f": {changed}" if changed else "")
    yield from desk.draft(
        record,
        (line_at(event, "id"),),
        said or (_title(incident) if what in ("triggered", "") else with_state(_title(incident), state)),
        time_at(event, "occurred_at"),
        paths=("event.occurred_at",),
        signal=_EVENT_SIGNALS.get(what),
        who=line_at(event, "agent", "summary"),
        place=_place(incident),
        link=link_at(incident, "html_url"),
        key=line_at(incident, "id"),
    )


def _messages(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read the messages of a webhook of version 1 or 2."""
    for each in objects_at(record, "messages"):
        message = each.value
        kind = first_line(message, "event", "type").partition(".")[2]
        incident = field_at(message, "incident") or field_at(message, "data", "incident")
        entry = next((item for item in list_at(message, "log_entries") if isinstance(item, Mapping)), {})
        said = first_text(entry, "channel.content", "channel.summary", "note") if kind == "annotate" else ""
        yield from desk.draft(
            each,
            (line_at(message, "id"),),
            said or (_title(incident) if kind == "trigger" else with_state(_title(incident), kind)),
            time_at(message, "created_on", "created_at"),
            paths=("created_on",),
            signal=_EVENT_SIGNALS.get(kind),
            who=first_line(entry, "agent.summary") or _who(incident, kind),
            place=_place(incident),
            link=link_at(incident, "html_url"),
            key=line_at(incident, "id"),
        )


def _who(incident: Any, kind: str) -> str:
    """Return who acted, as version 1 says it; what was triggered was triggered by nobody."""
    if kind == "trigger":
        return ""
    return first_line(incident, "resolved_by_user.name", "last_status_change_by.name", "last_status_change_by.summary")


def _sent(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an event as a monitoring system sent it to the Events API; it has a time only when the sender gave one."""
    event = record.value
    action, title = line_at(event, "event_action"), first_text(event, "payload.summary")
    key = line_at(event, "dedup_key")
    at = time_at(event, "payload.timestamp")
    yield from desk.draft(
        record,
        (key, action, at.local.isoformat() if at else ""),
        title if action == "trigger" else with_state(title, action),
        at,
        paths=("payload.timestamp",),
        signal=signal_of(action),
        place=first_line(event, "payload.source", "payload.component"),
        link=link_at(event, "links.0.href", "client_url"),
        key=key,
    )


def _of_incidents(value: Mapping[str, Any]) -> bool:
    """Return whether the messages of an older webhook are about incidents."""
    first = next(iter(list_at(value, "messages")), None)
    return line_at(first, "event").startswith("incident.") or (
        line_at(first, "type").startswith("incident.") and field_at(first, "data", "incident") is not None
    )


_SHAPES = (
    Shape(_webhook, ("event.event_type", "event.occurred_at", "event.data{}"), sure=98),
    Shape(_messages, ("messages[]",), sure=97, test=_of_incidents),
    Shape(
        _log_entry, ("type", "created_at"), sure=97,
        test=lambda value: line_at(value, "type").removesuffix("_reference").endswith("_log_entry"),
    ),
    Shape(_incident, ("incident_number", "created_at|created_on", "title|summary|description"), sure=96),
    Shape(_alert, ("alert_key", "created_at", "summary"), sure=95),
    Shape(_past_incident, ("incident{}", "incident.created_at", "score"), ("past_incidents",), sure=96),
    Shape(_note, ("content", "created_at", "user{}"), ("notes",), sure=92),
    Shape(_change_event, ("summary", "timestamp"), ("change_events",), sure=96),
    Shape(_change_event, ("summary", "timestamp", "type=change_event|change_event_reference"), sure=94),
    Shape(_sent, ("routing_key", "event_action", "payload.summary"), sure=96),
    Shape(_change_event, ("routing_key", "payload.summary", "payload.timestamp"), sure=90),
)  # fmt: skip

READER = reader("pagerduty", "PagerDuty", _SHAPES)
