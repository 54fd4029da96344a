"""Statuspage: incidents with their updates, from the API, the page's own JSON, and webhooks."""

from collections.abc import Iterator

from facilitator.intake.drafts import Draft, Signal
from facilitator.intake.payloads.records import (
    Desk,
    Record,
    field_at,
    first_line,
    line_at,
    link_at,
    list_at,
    names_at,
    objects_at,
    text_at,
    time_at,
    with_state,
)
from facilitator.intake.payloads.shapes import Shape, reader

_STATUSES = {"resolved": Signal.ENDS, "completed": Signal.ENDS, "monitoring": Signal.MITIGATED}


def _incident(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an incident and its updates, which are the words that the public was told, oldest first."""
    incident = record.value
    number, name = line_at(incident, "id"), text_at(incident, "name")
    link, place = link_at(incident, "shortlink"), names_at(list_at(incident, "components"))
    planned = field_at(incident, "scheduled_for") is not None
    yield from desk.draft(
        record,
        (number,),
        name,
        time_at(incident, "started_at", "created_at"),
        paths=("created_at",),
        signal=None if planned else Signal.DECLARED,
        place=place,
        link=link,
        key=number,
    )
    for each in reversed(list(objects_at(record, "incident_updates"))):
        update = each.value
        status = line_at(update, "status")
        yield from desk.draft(
            each,
            (number, line_at(update, "id")) if line_at(update, "id") else (),
            text_at(update, "body") or with_state(name, status),
            time_at(update, "display_at", "created_at"),
            paths=("display_at", "created_at"),
            signal=_STATUSES.get(status, Signal.NOTE),
            place=names_at(list_at(update, "affected_components")) or place,
            link=link,
            key=number,
        )


def _component(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read the webhook that tells of a component's change of status."""
    update = field_at(record.value, "component_update")
    name = first_line(record.value, "component.name")
    status = line_at(update, "new_status")
    yield from desk.draft(
        record,
        (line_at(update, "id"),),
        with_state(name, status),
        time_at(update, "created_at"),
        paths=("component_update.created_at",),
        signal=Signal.ENDS if status == "operational" else None,
        place=name,
        key=line_at(update, "component_id"),
    )


_SHAPES = (
    Shape(_incident, ("name", "incident_updates[]", "created_at|started_at"), sure=96),
    Shape(_component, ("component_update{}", "component{}", "component_update.new_status"), sure=96),
)

READER = reader("statuspage", "Statuspage", _SHAPES)
