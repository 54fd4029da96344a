"""Rootly: incidents with the times of their phases, timeline events, alerts and action items; API and webhooks."""

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
    names_at,
    text_at,
    time_at,
    with_detail,
    with_state,
)
from facilitator.intake.payloads.shapes import Shape, reader

_PHASES = (
    ("started", "started_at", None),
    ("detected", "detected_at", None),
    ("acknowledged", "acknowledged_at", Signal.ACKNOWLEDGED),
    ("mitigated", "mitigated_at", Signal.MITIGATED),
    ("resolved", "resolved_at", Signal.ENDS),
)
_SAID = {"mitigated": "mitigation_message", "resolved": "resolution_message"}


def _flat(value: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Return the id and the fields of an object of JSON:API, or of a webhook, where the fields lie beside the id."""
    fields = value.get("attributes")
    return line_at(value, "id"), fields if isinstance(fields, Mapping) else value


def _incident(record: Record, desk: Desk) -> Iterator[Draft]:
    number, incident = _flat(record.value)
    number = number or line_at(incident, "slug")
    title = text_at(incident, "title")
    about = {"place": _services(incident), "link": link_at(incident, "url", "short_url"), "key": number}
    who = first_line(incident, "user.name", "user.data.attributes.name", "user.data.attributes.full_name")
    created = time_at(incident, "created_at")
    at = created or time_at(incident, "started_at")
    text = with_detail(title, text_at(incident, "summary"))
    signal = Signal.DECLARED if created else None
    yield from desk.draft(
        record, (number,), text, at, paths=("attributes.created_at",), signal=signal, who=who, **about
    )
    for state, name, signal in _PHASES:
        at = time_at(incident, name)
        if at is not None and (created is not None or state != "started"):
            said = text_at(incident, _SAID.get(state, ""))
            words = with_detail(with_state(title, state), said)
            yield from desk.draft(record, (number, state), words, at, signal=signal, **about)


def _event(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an event of an incident's timeline."""
    number, event = _flat(record.value)
    yield from desk.draft(
        record,
        (number,),
        text_at(event, "event"),
        time_at(event, "occurred_at", "created_at"),
        paths=("attributes.occurred_at", "occurred_at"),
        signal=Signal.NOTE,
        who=first_line(event, "user.name", "user_display_name"),
        key=first_line(event, "incident_id"),
    )


def _alert(record: Record, desk: Desk) -> Iterator[Draft]:
    number, alert = _flat(record.value)
    title = first_text(alert, "summary")
    link, key = link_at(alert, "external_url", "url"), first_line(alert, "deduplication_key", "external_id") or number
    place, at = _services(alert), time_at(alert, "started_at", "created_at")
    text = with_detail(title, text_at(alert, "description"))
    yield from desk.draft(
        record, (number, "fires"), text, at, signal=Signal.FIRES, place=place, link=link, key=key
    )  # fmt: skip
    ended = time_at(alert, "ended_at")
    if ended is not None:
        words = with_state(title, "ended")
        yield from desk.draft(
            record, (number, "ends"), words, ended, signal=Signal.ENDS, place=place, link=link, key=key
        )


def _action(record: Record, desk: Desk) -> Iterator[Draft]:
    number, item = _flat(record.value)
    yield from desk.draft(
        record,
        (number,),
        first_text(item, "summary", "description"),
        time_at(item, "created_at"),
        paths=("attributes.created_at", "created_at"),
        signal=Signal.NOTE,
        who=first_line(item, "assigned_to.name", "assigned_to_user.name"),
        link=link_at(item, "jira_issue_url", "url"),
    )


def _services(value: Mapping[str, Any]) -> str:
    return names_at(list_at(value, "services") or list_at(value, "services", "data"), "name", "attributes.name")


def _is_incident(value: Mapping[str, Any]) -> bool:
    """Return whether an object is an incident of Rootly: it alone has both a slug and these times."""
    _, fields = _flat(value)
    told = "sequential_id" in fields or "retrospective_progress_status" in fields or "mitigated_at" in fields
    return told and all(isinstance(fields.get(name), str) for name in ("title", "slug", "status"))


def _is_event(value: Mapping[str, Any]) -> bool:
    _, fields = _flat(value)
    return (
        isinstance(fields.get("event"), str) and "visibility" in fields and field_at(fields, "occurred_at") is not None
    )


_SHAPES = (
    Shape(_incident, ("type=incidents", "attributes{}"), sure=96, test=_is_incident),
    Shape(_incident, ("slug", "title"), sure=94, test=_is_incident),
    Shape(_event, ("type=incident_events", "attributes{}", "attributes.event"), sure=96),
    Shape(_event, ("event", "occurred_at"), sure=92, test=_is_event),
    Shape(_alert, ("type=alerts", "attributes{}", "attributes.summary", "attributes.source"), sure=94),
    Shape(_action, ("type=incident_action_items", "attributes{}", "attributes.summary|description"), sure=94),
)

READER = reader("rootly", "Rootly", _SHAPES)
