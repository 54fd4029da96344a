"""FireHydrant: incidents with their milestones, timeline events, alerts, change events and tasks."""

from collections.abc import Iterator
from itertools import chain

from facilitator.intake.drafts import Draft, Signal
from facilitator.intake.payloads.records import (
    Desk,
    Record,
    first_line,
    first_text,
    line_at,
    link_at,
    list_at,
    names_at,
    objects_at,
    text_at,
    time_at,
    with_detail,
    with_state,
)
from facilitator.intake.payloads.shapes import Shape, reader

_MILESTONES = {
    "acknowledged": Signal.ACKNOWLEDGED,
    "mitigated": Signal.MITIGATED,
    "resolved": Signal.ENDS,
}
_EVENTS = {
    "note": Signal.NOTE,
    "chatmessage": Signal.NOTE,
    "genericchatmessage": Signal.NOTE,
    "generalupdate": Signal.NOTE,
    "rootcause": Signal.NOTE,
    "alertlinked": Signal.FIRES,
}
_WORDS = (
    "data.body",
    "data.text",
    "data.message",
    "data.summary",
    "data.note",
    "data.cause",
    "data.comment",
    "data.title",
)
_MORE_WORDS = ("data.alert.summary", "data.name", "data.description", "data.change_event.summary", "data.status")


def _incident(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an incident: when it was opened, and its milestones as one list or by phases of its lifecycle."""
    incident = record.value
    number, name = line_at(incident, "id"), text_at(incident, "name")
    about = {"place": _services(incident), "link": link_at(incident, "incident_url"), "key": number}
    yield from desk.draft(
        record,
        (number,),
        with_detail(name, first_text(incident, "description", "summary")),
        time_at(incident, "created_at", "started_at"),
        paths=("created_at",),
        signal=Signal.DECLARED,
        who=line_at(incident, "created_by", "name"),
        **about,
    )
    phases = chain.from_iterable(objects_at(phase, "milestones") for phase in objects_at(record, "lifecycle_phases"))
    told: set[str] = set()
    for each in chain(objects_at(record, "milestones"), phases):
        what = first_line(each.value, "type", "slug", "name").casefold()
        at = time_at(each.value, "occurred_at")
        # A milestone of the lifecycle that was not reached yet has no time; one told in both forms is one.
        if at is None or what in told:
            continue
        told.add(what)
        yield from desk.draft(
            each, (number, what), with_state(name, what), at, signal=_MILESTONES.get(what),
            who=line_at(each.value, "updated_by", "name"), **about,
        )  # fmt: skip
    note = incident.get("last_note")
    if isinstance(note, dict) and text_at(note, "body"):
        yield from _note(record.inner(note, "last_note"), desk)


def _note(record: Record, desk: Desk) -> Iterator[Draft]:
    note = record.value
    yield from desk.draft(
        record, (line_at(note, "id"),), text_at(note, "body"), time_at(note, "created_at"), paths=("created_at",),
        signal=Signal.NOTE, key=line_at(record.outer, "id"),
    )  # fmt: skip


def _event(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an event of an incident's timeline; what it says lies in other fields for every type."""
    event = record.value
    kind = line_at(event, "type")
    words = first_text(event, *_WORDS, *_MORE_WORDS)
    yield from desk.draft(
        record,
        (line_at(event, "id"),),
        words or text_at(event, "context"),
        time_at(event, "occurred_at"),
        paths=("occurred_at",),
        signal=_EVENTS.get(kind.casefold().replace("_", "")),
        who=line_at(event, "author", "name"),
        key=line_at(event, "incident_id"),
    )


def _alert(record: Record, desk: Desk) -> Iterator[Draft]:
    alert = record.value
    number, title = line_at(alert, "id"), text_at(alert, "summary")
    about = {
        "place": _services(alert) or line_at(alert, "integration_name"),
        "link": link_at(alert, "remote_url"),
        "key": line_at(alert, "remote_id") or number,
    }
    text = with_detail(title, text_at(alert, "description"))
    yield from desk.draft(
        record, (number, "fires"), text, time_at(alert, "starts_at"), paths=("starts_at",), signal=Signal.FIRES, **about
    )
    ended = time_at(alert, "ends_at")
    if ended is not None:
        words = with_state(title, first_line(alert, "status") or "ended")
        yield from desk.draft(record, (number, "ends"), words, ended, signal=Signal.ENDS, **about)


def _change(record: Record, desk: Desk) -> Iterator[Draft]:
    change = record.value
    yield from desk.draft(
        record,
        (line_at(change, "id"),),
        with_detail(text_at(change, "summary"), text_at(change, "description")),
        time_at(change, "starts_at", "created_at"),
        paths=("starts_at",),
        signal=Signal.CHANGED,
        who=first_line(change, "authors.0.name"),
        place=_services(change),
        key=line_at(change, "external_id"),
    )


def _task(record: Record, desk: Desk) -> Iterator[Draft]:
    task = record.value
    yield from desk.draft(
        record,
        (line_at(task, "id"),),
        text_at(task, "title"),
        time_at(task, "created_at"),
        paths=("created_at",),
        signal=Signal.NOTE,
        who=first_line(task, "created_by.name", "assignee.name"),
    )


def _services(value: object) -> str:
    return names_at(list_at(value, "services"))


_SHAPES = (
    Shape(_incident, ("name", "current_milestone", "created_at|started_at"), sure=95),
    Shape(_incident, ("name", "milestones[]", "created_at|started_at"), sure=94),
    Shape(_incident, ("name", "lifecycle_phases[]", "created_at|started_at"), sure=94),
    Shape(_event, ("incident_id", "occurred_at", "type", "data{}"), sure=94),
    Shape(_alert, ("summary", "starts_at", "integration_name|remote_id|signal_id"), sure=93),
    Shape(_change, ("summary", "starts_at", "related_changes[]"), sure=92),
    Shape(_change, ("summary", "starts_at", "identities[]"), sure=92),
    Shape(_task, ("title", "state", "created_at", "created_by{}", "created_by.source"), sure=90),
)

READER = reader("firehydrant", "FireHydrant", _SHAPES)
