"""Datadog: incidents, the cells of their timeline and their todos; events; webhooks of monitors."""

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
    signal_of,
    text_at,
    time_at,
    with_detail,
    with_state,
)
from facilitator.intake.payloads.shapes import Shape, reader

_TRANSITIONS = {
    "triggered": Signal.FIRES,
    "re-triggered": Signal.FIRES,
    "warn": Signal.FIRES,
    "re-warn": Signal.FIRES,
    "no data": Signal.FIRES,
    "re-no data": Signal.FIRES,
    "recovered": Signal.ENDS,
}
_ALERT_TYPES = {"error": Signal.FIRES, "warning": Signal.FIRES, "success": Signal.ENDS, "recovery": Signal.ENDS}
_MONITOR_TIMES = ("date", "date_posix", "last_updated", "date_happened", "occurred_at", "alert_date", "timestamp")
_TIMES = (
    ("detected", "detected", None),
    ("customer impact started", "customer_impact_start", None),
    ("customer impact ended", "customer_impact_end", None),
    ("resolved", "resolved", Signal.ENDS),
)


def _incident(record: Record, desk: Desk) -> Iterator[Draft]:
    incident = field_at(record.value, "attributes")
    number, title = line_at(record.value, "id"), text_at(incident, "title")
    about = {
        "place": first_line(incident, "fields.services.value.0"),
        "key": line_at(incident, "public_id") or number,
    }
    scope = text_at(incident, "customer_impact_scope")
    declared = time_at(incident, "declared", "created")
    yield from desk.draft(
        record, (number,), with_detail(title, scope), declared, paths=("attributes.created",), signal=Signal.DECLARED,
        who=first_line(incident, "commander.data.attributes.name", "declared_by.name"), **about,
    )  # fmt: skip
    for state, name, signal in _TIMES:
        at = time_at(incident, name)
        if at is not None:
            yield from desk.draft(record, (number, state), with_state(title, state), at, signal=signal, **about)


def _cell(record: Record, desk: Desk) -> Iterator[Draft]:
    cell = field_at(record.value, "attributes")
    yield from desk.draft(
        record,
        (line_at(record.value, "id"),),
        first_text(cell, "content.content", "content.message", "content.title", "content.text"),
        time_at(cell, "display_time", "created"),
        paths=("attributes.display_time", "attributes.created"),
        signal=Signal.NOTE,
        who=first_line(cell, "author.name", "author.attributes.name"),
        link=link_at(cell, "content.url", "source.url"),
        key=first_line(record.value, "relationships.incident.data.id", "attributes.incident_id"),
    )


def _todo(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a todo of an incident: that somebody noted it at that time."""
    todo = field_at(record.value, "attributes")
    yield from desk.draft(
        record,
        (line_at(record.value, "id"),),
        text_at(todo, "content"),
        time_at(todo, "created"),
        paths=("attributes.created",),
        signal=Signal.NOTE,
        who=first_line(todo, "assignees.0.name", "assignees.0.handle", "assignees.0"),
        key=first_line(todo, "incident_id"),
    )


def _monitor(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read the webhook of a monitor, whose fields people choose; these are the names of the template and usual ones."""
    alert = record.value
    state = first_line(alert, "alert_transition", "transition", "alert_status")
    title = first_line(alert, "title", "event_title", "alert_title")
    signal = _TRANSITIONS.get(state.casefold()) or _ALERT_TYPES.get(line_at(alert, "alert_type").casefold())
    at = time_at(alert, *_MONITOR_TIMES)
    body = first_text(alert, "body", "event_msg", "text_only_msg", "alert_body", "message")
    yield from desk.draft(
        record,
        (first_line(alert, "id", "event_id"), at.local.isoformat() if at else ""),
        with_state(title, state) if signal is Signal.ENDS else with_detail(title, _without_marks(body)),
        at,
        paths=_MONITOR_TIMES,
        signal=signal,
        place=first_line(alert, "service", "hostname", "host", "scope", "alert_scope"),
        link=link_at(alert, "link", "url", "event_url"),
        key=first_line(alert, "aggreg_key", "alert_cycle_key", "cycle_key", "alert_id", "monitor_id"),
    )


def _monitor_itself(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a monitor as the API lists it: in which state it is, and since when."""
    monitor = record.value
    state, at = line_at(monitor, "overall_state"), time_at(monitor, "overall_state_modified")
    title, number = first_line(monitor, "name", "title"), first_line(monitor, "id", "monitor_id")
    signal = signal_of(state)
    yield from desk.draft(
        record,
        (number, state, at.local.isoformat() if at else ""),
        with_detail(title, text_at(monitor, "message")) if signal is Signal.FIRES else with_state(title, state),
        at,
        paths=("overall_state_modified",),
        signal=signal,
        key=number,
    )


def _event(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an event of the API of version 1."""
    event = record.value
    kind = line_at(event, "source_type_name").casefold() + line_at(event, "source").casefold()
    signal = _ALERT_TYPES.get(line_at(event, "alert_type").casefold()) if "alert" in kind else None
    yield from desk.draft(
        record,
        (line_at(event, "id"),),
        with_detail(text_at(event, "title"), _without_marks(text_at(event, "text"))),
        time_at(event, "date_happened"),
        paths=("date_happened",),
        signal=signal or (Signal.CHANGED if "deploy" in kind else None),
        place=first_line(event, "host", "device_name"),
        link=link_at(event, "url"),
        key=first_line(event, "aggregation_key", "monitor_id"),
    )


def _event_v2(record: Record, desk: Desk) -> Iterator[Draft]:
    event = field_at(record.value, "attributes")
    inner = field_at(event, "attributes")
    state = first_line(inner, "monitor.transition.trans_name", "status")
    title = first_line(inner, "title", "monitor.name")
    yield from desk.draft(
        record,
        (line_at(record.value, "id"),),
        with_detail(title, _without_marks(text_at(event, "message"))),
        time_at(event, "timestamp"),
        paths=("attributes.timestamp",),
        signal=_TRANSITIONS.get(state.casefold()) or (signal_of(state) if state in ("error", "ok") else None),
        place=first_line(inner, "service", "hostname"),
        key=first_line(inner, "aggregation_key", "monitor.id", "monitor_id"),
    )


def _without_marks(text: str) -> str:
    """Return the text of an event without the signs that say that it is Markdown."""
    return text.removeprefix("%%%").removesuffix("%%%").strip()


def _is_incident(value: Mapping[str, Any]) -> bool:
    """Return whether an incident is one of Datadog, not another's of JSON:API."""
    fields = field_at(value, "attributes")
    return field_at(fields, "public_id") is not None or field_at(fields, "customer_impacted") is not None


def _is_alerting(value: Mapping[str, Any]) -> bool:
    return line_at(value, "type").endswith((" alert", " check"))


def _is_todo(value: Mapping[str, Any]) -> bool:
    return isinstance(field_at(value, "attributes", "assignees"), list)


def _is_monitor(value: Mapping[str, Any]) -> bool:
    """Return whether an object is made of the variables of a monitor's webhook."""
    names = (
        "alert_transition",
        "last_updated",
        "event_type",
        "org",
        "aggreg_key",
        "alert_metric",
        "alert_query",
        "priority",
    )
    return sum(name in value for name in names) >= 2 and not list_at(value, "alerts")


_SHAPES = (
    Shape(_incident, ("type=incidents", "attributes{}", "attributes.title"), sure=95, test=_is_incident),
    Shape(_cell, ("attributes{}", "attributes.cell_type", "attributes.content{}"), sure=96),
    Shape(_todo, ("type=incident_todos", "attributes.content"), sure=96),
    Shape(_todo, ("attributes{}", "attributes.content", "attributes.incident_id|due_date"), sure=90, test=_is_todo),
    Shape(_monitor, ("alert_transition", "title|event_title|alert_title"), sure=92),
    Shape(_event, ("date_happened", "title"), sure=94),
    Shape(_monitor_itself, ("id|monitor_id", "query", "type", "message", "name|title"), sure=80, test=_is_alerting),
    Shape(_event_v2, ("type=event", "attributes.timestamp", "attributes.attributes{}"), sure=94),
    Shape(
        _monitor, ("id|event_id|alert_id", "title|event_title|alert_title", "event_type"), sure=88,
        test=_is_monitor,
    ),
)  # fmt: skip

READER = reader("datadog", "Datadog", _SHAPES)
