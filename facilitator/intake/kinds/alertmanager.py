"""Alertmanager: the webhook of versions 3 and 4, and the alerts of its API."""

from collections.abc import Iterator, Mapping
from typing import Any

from facilitator.intake.drafts import Draft, Signal
from facilitator.intake.payloads.labels import fingerprint, labels_of, place_of, title_of, words_of
from facilitator.intake.payloads.records import (
    Desk,
    Record,
    field_at,
    line_at,
    link_at,
    list_at,
    objects_at,
    time_at,
    with_state,
)
from facilitator.intake.payloads.shapes import Shape, reader

_GRAFANA = ("silenceURL", "dashboardURL", "panelURL", "valueString")


def _webhook(record: Record, desk: Desk) -> Iterator[Draft]:
    found = False
    for each in objects_at(record, "alerts"):
        found = True
        yield from _alert(each, desk)
    if not found:
        desk.skip(record, "no alerts in it")


def _alert(record: Record, desk: Desk) -> Iterator[Draft]:
    """Read one alert: that it fires, and that it ended where it is said to be resolved.

    The end of an alert that is not resolved is open (year 1), or a guess of the API, and is not read.
    """
    alert = record.value
    labels = labels_of(alert)
    key = line_at(alert, "fingerprint") or fingerprint(labels)
    started = time_at(alert, "startsAt")
    begun = started.moment("UTC").at.isoformat() if started else ""
    about = {"place": place_of(labels), "link": link_at(alert, "generatorURL"), "key": key}
    yield from desk.draft(
        record, (key, begun, "fires"), words_of(alert), started, paths=("startsAt",), signal=Signal.FIRES, **about
    )
    if line_at(alert, "status") == "resolved":
        ended = time_at(alert, "endsAt")
        text = with_state(title_of(alert), "resolved")
        yield from desk.draft(record, (key, begun, "ends"), text, ended, paths=("endsAt",), signal=Signal.ENDS, **about)


def _is_plain(value: Mapping[str, Any]) -> bool:
    """Return whether a webhook or an alert is without what only Grafana says."""
    alerts = list_at(value, "alerts") or [value]
    return "orgId" not in value and not any(field_at(alert, name) is not None for alert in alerts for name in _GRAFANA)


def _is_timeless(value: Mapping[str, Any]) -> bool:
    return "startsAt" not in value and "activeAt" not in value and "ruleGroup" not in value and _is_plain(value)


def _is_of_api(value: Mapping[str, Any]) -> bool:
    return isinstance(value.get("status"), str | Mapping) and _is_plain(value)


_SHAPES = (
    Shape(_webhook, ("receiver", "alerts[]", "groupLabels{}", "commonLabels{}"), sure=96, test=_is_plain),
    Shape(_alert, ("labels{}", "startsAt"), sure=90, test=_is_of_api),
    # As an alert is posted to the API, which may leave the time to Alertmanager: it is known, and reported.
    Shape(_alert, ("labels{}", "labels.alertname|severity", "annotations{}"), sure=50, test=_is_timeless),
    Shape(_alert, ("labels{}", "labels.alertname|severity", "summary"), sure=50, test=_is_timeless),
)

READER = reader("alertmanager", "Alertmanager", _SHAPES)
