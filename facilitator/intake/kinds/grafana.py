"""Grafana: the webhook of its alerting, that of the alerting before version 9, its annotations, and OnCall."""

from collections.abc import Iterator, Mapping
from typing import Any

from facilitator.intake.drafts import Draft, Signal
from facilitator.intake.payloads.labels import fingerprint, labels_of, place_of, title_of, words_of
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

_ONLY_HERE = ("silenceURL", "dashboardURL", "panelURL", "valueString")


def _webhook(record: Record, desk: Desk) -> Iterator[Draft]:
    for each in objects_at(record, "alerts"):
        yield from _alert(each, desk)


def _alert(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read one alert: that it fires, and that it ended where it is said to be resolved."""
    alert = record.value
    labels = labels_of(alert)
    key = line_at(alert, "fingerprint") or fingerprint(labels)
    started = time_at(alert, "startsAt")
    begun = started.moment("UTC").at.isoformat() if started else ""
    place = place_of(labels) or first_line(labels, "grafana_folder")
    link = link_at(alert, "panelURL", "dashboardURL", "generatorURL")
    yield from desk.draft(
        record, (key, begun, "fires"), words_of(alert), started, paths=("startsAt",), signal=Signal.FIRES,
        place=place, link=link, key=key,
    )  # fmt: skip
    if line_at(alert, "status") == "resolved":
        yield from desk.draft(
            record, (key, begun, "ends"), with_state(title_of(alert), "resolved"), time_at(alert, "endsAt"),
            paths=("endsAt",), signal=Signal.ENDS, place=place, link=link, key=key,
        )  # fmt: skip


def _legacy(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read the webhook of older versions, which says no time unless somebody added one."""
    rule = record.value
    state, number = line_at(rule, "state"), line_at(rule, "ruleId")
    at = time_at(rule, "time", "date", "timestamp")
    signal = signal_of(state)
    title = first_line(rule, "title", "ruleName")
    yield from desk.draft(
        record,
        (number, state, at.local.isoformat() if at else ""),
        with_detail(title, text_at(rule, "message")) if signal is Signal.FIRES else with_state(title, state),
        at,
        signal=signal,
        place=first_line(rule, "tags.service", "ruleName"),
        link=link_at(rule, "ruleUrl"),
        key=number,
    )


def _annotation(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read an annotation: a note on a dashboard, or a change of state that Grafana noted there itself."""
    note = record.value
    state = line_at(note, "newState")
    signal = signal_of(state)
    yield from desk.draft(
        record,
        (line_at(note, "id"),),
        with_detail(with_state(line_at(note, "alertName"), state), text_at(note, "text")),
        time_at(note, "time"),
        paths=("time",),
        signal=signal or (None if state else Signal.NOTE),
        who=first_line(note, "login", "email"),
        key=line_at(note, "alertId") if line_at(note, "alertId") != "0" else "",
    )


def _oncall(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read a webhook of OnCall about a group of alerts."""
    event, group = field_at(record.value, "event"), field_at(record.value, "alert_group")
    kind, number = line_at(event, "type"), line_at(group, "id")
    at = time_at(record.value, "event.time", "alert_group.created_at")
    signal = Signal.FIRES if kind == "alert group created" else signal_of(kind)
    title = first_text(group, "title")
    yield from desk.draft(
        record,
        (number, kind, at.local.isoformat() if at else ""),
        title if signal is Signal.FIRES else with_state(title, kind),
        at,
        paths=("event.time",),
        signal=signal,
        who=first_line(record.value, "user.username", "user.email"),
        place=first_line(record.value, "integration.name"),
        link=link_at(group, "permalinks.web"),
        key=number,
    )


def _rule(record: Record, desk: Desk) -> Iterator[Draft]:
    """Report a rule: it says when an alert would fire, not that one did."""
    desk.skip(record, "the rule of an alert, not an alert")
    return iter(())


def _is_grafana(value: Mapping[str, Any]) -> bool:
    """Return whether a webhook or one of its alerts says what only Grafana does."""
    alerts = list_at(value, "alerts") or [value]
    return "orgId" in value or any(field_at(alert, name) is not None for alert in alerts for name in _ONLY_HERE)


_SHAPES = (
    Shape(_webhook, ("receiver", "alerts[]", "status"), sure=97, test=_is_grafana),
    Shape(_alert, ("labels{}", "startsAt", "status"), sure=94, test=_is_grafana),
    Shape(_legacy, ("ruleId", "ruleName", "state"), sure=94),
    Shape(_annotation, ("dashboardId|dashboardUID", "panelId", "time", "text"), sure=90),
    Shape(_rule, ("ruleGroup", "title", "condition"), sure=80),
    Shape(_oncall, ("event.type", "alert_group{}", "alert_group.id"), sure=94),
)

READER = reader("grafana", "Grafana", _SHAPES)
