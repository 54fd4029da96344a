"""incident.io: incidents with their timestamps, updates, follow-ups and actions, from the API and from webhooks."""

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
    text_at,
    time_at,
    with_detail,
    with_state,
)
from facilitator.intake.payloads.records import objects_at as objects
from facilitator.intake.payloads.shapes import Shape, reader

_MILESTONES = {
    "declared": Signal.DECLARED,
    "reported": Signal.DECLARED,
    "accepted": Signal.ACKNOWLEDGED,
    "fixed": Signal.MITIGATED,
    "mitigated": Signal.MITIGATED,
    "stabilised": Signal.MITIGATED,
    "stabilized": Signal.MITIGATED,
    "resolved": Signal.ENDS,
}
_TO_DO = "outstanding|completed|deleted|not_doing"
_CATEGORIES = {"closed": Signal.ENDS, "post-incident": Signal.ENDS}


def _incident(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an incident: when it was created, and the timestamps that people set for it."""
    incident = record.value
    number, name = line_at(incident, "id"), text_at(incident, "name")
    about = {
        "place": first_line(incident, "slack_channel_name"),
        "link": link_at(incident, "permalink"),
        "key": line_at(incident, "reference") or number,
    }
    who = first_line(incident, "creator.user.name", "creator.api_key.name", "creator.alert.title")
    text = with_detail(name, text_at(incident, "summary"))
    created = time_at(incident, "created_at")
    # The timestamp that says when it was declared may be the same fact; it is kept when it is another time.
    stamps = [*objects(record, "incident_timestamp_values"), *objects(record, "incident_timestamps")]
    named = [(each, *_timestamp(each.value)) for each in stamps]
    yield from desk.draft(
        record, (number,), text, created, paths=("created_at",), signal=Signal.DECLARED, who=who, **about
    )
    for each, what, at in named:
        if at is None or (created is not None and at.local == created.local and at.zone == created.zone):
            continue
        signal = _MILESTONES.get(what.casefold().removesuffix(" at"))
        yield from desk.draft(each, (number, what), with_state(name, what), at, signal=signal, **about)


def _timestamp(value: Mapping[str, Any]) -> tuple[str, Any]:
    what = first_line(value, "incident_timestamp.name", "name")
    return what, time_at(value, "value.value", "last_occurred_at", "value")


def _update(record: Record, desk: Desk) -> Iterator[Draft]:
    update = record.value
    status = first_line(update, "new_incident_status.name")
    severity = first_line(update, "new_severity.name")
    category = line_at(update, "new_incident_status", "category")
    yield from desk.draft(
        record,
        (line_at(update, "id"),),
        text_at(update, "message") or ", ".join(filter(None, (status, severity))),
        time_at(update, "created_at"),
        paths=("created_at",),
        signal=_CATEGORIES.get(category, Signal.NOTE),
        who=first_line(update, "updater.user.name", "updater.name", "updater.api_key.name"),
        key=line_at(update, "incident_id"),
    )


def _follow_up(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a follow-up or an action: that somebody noted it at that time."""
    item = record.value
    yield from desk.draft(
        record,
        (line_at(item, "id"),),
        first_text(item, "title", "description"),
        time_at(item, "created_at"),
        paths=("created_at",),
        signal=Signal.NOTE,
        who=first_line(item, "assignee.name", "creator.user.name"),
        link=link_at(item, "external_issue_reference.issue_permalink"),
        key=line_at(item, "incident_id"),
    )


def _alert(record: Record, desk: Desk) -> Iterator[Draft]:
    alert = record.value
    number, title = line_at(alert, "id"), text_at(alert, "title")
    link, key = link_at(alert, "source_url"), first_line(alert, "deduplication_key") or number
    text = with_detail(title, text_at(alert, "description"))
    yield from desk.draft(
        record, (number, "fires"), text, time_at(alert, "created_at"), paths=("created_at",), signal=Signal.FIRES,
        link=link, key=key,
    )  # fmt: skip
    ended = time_at(alert, "resolved_at")
    if ended is not None:
        words = with_state(title, "resolved")
        yield from desk.draft(record, (number, "ends"), words, ended, signal=Signal.ENDS, link=link, key=key)


def _has_status(value: Mapping[str, Any]) -> bool:
    return any(field_at(value, *path) is not None for path in (("incident_status", "category"), ("mode",)))


_SHAPES = (
    Shape(_incident, ("reference", "name", "created_at"), sure=96, test=_has_status),
    Shape(_update, ("new_incident_status{}", "created_at", "message|incident_id"), sure=94),
    Shape(_follow_up, ("title|description", "created_at", "incident_id", f"status={_TO_DO}"), sure=92),
    Shape(_alert, ("alert_source_id", "title", "created_at", "status=firing|resolved"), sure=94),
)  # fmt: skip

READER = reader("incident_io", "incident.io", _SHAPES)
